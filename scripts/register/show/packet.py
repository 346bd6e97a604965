"""The handover packet as a document: what a successor reads on the first day."""

from collections.abc import Iterator

from register.book.cells import cell_text
from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.cooperation.events import EXCHANGE, CooperationEvent
from register.cooperation.packet import GREETING_REASONS, NARROWER_WISHES, Packet, Partner
from register.cooperation.partnership import stage_sentence
from register.cooperation.prose import Prose
from register.people.records import Contact, Organisation, Person, Record
from register.rules.rule import ENDED
from register.show.document import (
    Document,
    PageEntry,
    PageLink,
    PagePart,
    PageSection,
    PageTable,
    table_section,
)
from register.show.name_removal import NameRemover
from register.show.packet_advice import how_work_goes_on
from register.values.phone import national_phone
from register.words.sentences import Sentences

_GUIDES = (
    PageLink("Kumppanuuskäsikirja (Socom, 2014)", "https://www.socom.fi/"),
    PageLink("Kumppanuuden käsikirjasto", "https://www.maaseutupolitiikka.fi/kumppanuus"),
    PageLink(
        "Ryhmistä verkostoiksi ja verkoston toiminta laadukkaaksi (Allianssi)",
        "https://nuorisoala.fi/",
    ),
    PageLink("VALIKKO (Kansalaisareena)", "https://kansalaisareena.fi/"),
    PageLink("EJY ry", "https://www.ejy.fi/"),
)
"""Handbooks of the field on building networks, and the first networks to know."""

_LATEST = 12
"""How many of the latest events of a partner are shown; the history has all."""


def packet_document(
    packet: Packet, book: Book, say: Sentences, *, public: bool = False
) -> Document:
    """Return the packet in the reader's language.

    A ``public`` one names only people who may be published, and has nothing said in confidence: no
    free text, no trust, no addresses, no refusals.
    """
    return _Writer(packet, book, say, public=public).document()


class _Writer:
    def __init__(self, packet: Packet, book: Book, say: Sentences, *, public: bool) -> None:
        self._packet, self._book, self._say, self._public = packet, book, say, public
        hidden = frozenset(
            one.id for one in Person.all(book).values() if public and one.publish != "yes"
        )
        self._prose = Prose(book, say, unnamed=hidden)
        self._unnamed = NameRemover(book, hidden) if public else None

    def document(self) -> Document:
        say = self._say
        sections = [
            self._greetings(),
            self._open(),
            self._partners(),
            self._trusting(),
            self._networks(),
            self._meetings(),
            self._not_twice(),
            None if self._public else how_work_goes_on(self._book, say),
            PageSection(
                "guides",
                say("Where to read more"),
                say("What the field has written on networks and partnership."),
                (PagePart(links=_GUIDES),),
            ),
        ]
        return Document(
            self._said(say("Handover: {name}", name=self._packet.title)),
            say("As the register was on {day}.", day=self._packet.day),
            tuple(section for section in sections if section and section.parts),
        )

    def _greetings(self) -> PageSection | None:
        if self._public:
            return None
        say = self._say
        parts = tuple(
            PagePart(
                self._prose.person(one.person.id) or say("vacant post"),
                self._prose.org(Organisation.current_id(self._book, one.person.org)),
                facts=(
                    (
                        say("Why first"),
                        ", ".join(say(GREETING_REASONS[key]) for key in one.reasons),
                    ),
                    *self._reach(one.person),
                ),
            )
            for one in self._packet.greet
        )
        return PageSection(
            "greet", say("Whom to greet first"), say("In this order."), parts, "cards"
        )

    def _open(self) -> PageSection:
        say, today = self._say, self._packet.day.isoformat()
        headers = ["matter", "due", "org"]
        if not self._public:
            headers = ["matter", "next", "due", "org", "owner"]
        rows, late = [], set()
        for number, event in enumerate(self._packet.open):
            cells = {
                "matter": self._said(event.matter, event),
                "next": event.next,
                "due": self._prose.day(event.due),
                "org": self._prose.parties(event),
                "owner": event.owner,
            }
            if event.due and event.due < today and not self._public:
                late.add(number)
                cells["due"] = say("{day}, late", day=cells["due"])
            rows.append(tuple(cells[key] for key in headers))
        heads = tuple(say.header("cooperation", key) for key in headers)
        lead = say("The most urgent first.")
        return table_section("open", say("What is open"), lead, heads, rows, frozenset(late))

    def _partners(self) -> PageSection:
        say = self._say
        return PageSection(
            "partners",
            say("The partners"),
            say("Who is who, how far the partnership is, and what was agreed."),
            (*map(self._partner, filter(self._is_told, self._packet.partners)), *self._loose()),
        )

    def _is_told(self, partner: Partner) -> bool:
        """Return True if the reader may see a partner: a refusal is confidential."""
        return not self._public or partner.org.stage not in ENDED

    def _partner(self, partner: Partner) -> PagePart:
        say = self._say
        keys = ("type", "municipality", "stage", "topics", "email", "phone", "url")
        facts = [(say.header("organisations", key), self._cell(key, partner.org)) for key in keys]
        if partner.since and not self._public:
            facts.insert(3, (say("In this stage"), stage_sentence(partner.since, say)))
        if not self._public:
            former = map(self._former, partner.former)
            facts.append((say("Before them"), "; ".join(former)))
            facts.append((say.header("organisations", "notes"), partner.org.notes))
        return PagePart(
            self._prose.org(partner.org.id),
            partner.org.id,
            facts=tuple((label, value) for label, value in facts if value),
            table=self._people(partner),
            entries=self._entries(partner.events),
            lines=self._earlier(partner.events),
        )

    def _loose(self) -> Iterator[PagePart]:
        """Yield a part with the events without an organisation, so that they are not lost."""
        if events := self._packet.loose:
            title = self._say("Without an organisation")
            yield PagePart(title, entries=self._entries(events), lines=self._earlier(events))

    def _people(self, partner: Partner) -> PageTable | None:
        """Return the table of a partner's people without blank columns, None if there are none."""
        say = self._say
        keys = ("role", "body", "phone", "email", "trust", "notes")
        rows = [
            {
                "name": self._prose.person(person.id)
                if person.first or person.last
                else say("vacant post"),
                **{key: self._of_person(key, person) for key in keys},
            }
            for person in partner.people
        ]
        shown = ["name", *(key for key in keys if any(row[key] for row in rows))]
        if not rows:
            return None
        heads = (say("Name") if key == "name" else say.header("people", key) for key in shown)
        return PageTable(tuple(heads), tuple(tuple(row[key] for key in shown) for row in rows))

    def _of_person(self, key: str, person: Person) -> str:
        if self._public and (key != "role" or person.publish != "yes"):
            return ""
        if key == "trust":
            return self._prose.label("trust", person.trust)
        return _numbers(person) if key == "phone" else str(getattr(person, key))

    def _entries(self, events: tuple[CooperationEvent, ...]) -> tuple[PageEntry, ...]:
        """Return the latest events, the newest first, then offers and needs."""
        if self._public:
            events = tuple(event for event in events if event.state != "lapsed")
        done = [event for event in events if event.kind not in EXCHANGE]
        exchange = [event for event in events if event.kind in EXCHANGE]
        return tuple(map(self._entry, (*reversed(done[-_LATEST:]), *reversed(exchange))))

    def _earlier(self, events: tuple[CooperationEvent, ...]) -> tuple[str, ...]:
        more = sum(event.kind not in EXCHANGE for event in events) - _LATEST
        say = self._say
        return (say("{count} earlier entries are in the history.", count=more),) if more > 0 else ()

    def _trusting(self) -> PageSection | None:
        if self._public:
            return None
        say = self._say
        rows = tuple(
            (
                self._prose.person(person.id),
                person.role,
                self._prose.org(Organisation.current_id(self._book, person.org)),
                ", ".join(matters) or "–",
                self._prose.day(person.end) if person.end else "",
            )
            for person, matters in self._packet.trusting
        )
        headers = (
            say("Name"),
            *(say.header("people", key) for key in ("role", "org")),
            say("In which matter"),
            say.header("people", "end"),
        )
        lead = say("Trust is a person's own: greet a successor as a new acquaintance.")
        return table_section("trust", say("Decision-makers who trust us"), lead, headers, rows)

    def _networks(self) -> PageSection:
        say = self._say
        keys = ("area", "org", "member", "topics", "join")
        parts = []
        for network in self._packet.networks:
            facts = [(say.header("networks", key), self._cell(key, network)) for key in keys]
            contact = Person.present(self._book, network.person, self._packet.day)
            person = self._prose.person(reference_id(contact))
            facts.append((say.header("networks", "person"), person))
            met = [
                f"{self._cell('date', meeting)} {meeting.name}"
                for meeting in self._packet.network_meetings[network.id]
                if not self._public or meeting.state != "draft"
            ]
            facts.append((say.title("meetings"), ", ".join(met)))
            if not self._public:
                facts.append((say.header("networks", "notes"), network.notes))
            shown = tuple((label, self._said(value)) for label, value in facts if value)
            parts.append(PagePart(self._said(network.name), network.id, facts=shown))
        return PageSection("networks", say("The networks"), "", tuple(parts))

    def _meetings(self) -> PageSection:
        say = self._say
        keys = ("name", "date", "start", "place", "state")
        rows = tuple(
            (
                *(self._said(self._cell(key, meeting)) for key in keys),
                self._prose.person(Person.current_id(self._book, meeting.host)),
            )
            for meeting in self._packet.meetings
            if not self._public or meeting.state != "draft"
        )
        headers = tuple(say.header("meetings", key) for key in (*keys, "host"))
        return table_section("meetings", say("Meetings to come"), "", headers, rows)

    def _not_twice(self) -> PageSection | None:
        if self._public:
            return None
        say = self._say
        lines = [
            say(
                "{matter}: it came to nothing ({who}).", matter=e.matter, who=self._prose.parties(e)
            )
            for e in self._packet.rest
        ]
        lines += [
            f"{self._prose.org(org.id)}: {self._cell('stage', org)}"
            for org in self._packet.refusing
        ]
        lines += [
            say("{name} does not want invitations.", name=self._prose.person(person))
            if scope == "ban-invitations"
            else say("{name} does not want letters from us.", name=self._prose.person(person))
            for person, scope in self._packet.bans
        ]
        lines += [
            say(NARROWER_WISHES[scope], name=self._prose.person(person), topic=topic)
            for person, scope, topic in self._packet.narrower
        ]
        return PageSection(
            "not-twice",
            say("What not to mention twice"),
            say("They have heard it, and answered."),
            (PagePart(lines=tuple(lines)),) if lines else (),
        )

    def _former(self, person: Person) -> str:
        say = self._say
        heir = self._prose.person(Person.current_id(self._book, person.successor))
        name, left = self._prose.person(person.id), self._prose.day(person.end)
        if heir:
            return say("{name} until {day}, then {heir}", name=name, day=left, heir=heir)
        return say("{name} until {day}", name=name, day=left)

    def _reach(self, person: Person) -> Iterator[tuple[str, str]]:
        say = self._say
        yield say.header("people", "role"), person.role
        for key in ("email", "phone", "met_at", "notes"):
            if told := self._cell(key, person):
                yield say.header("people", key), told

    def _entry(self, event: CooperationEvent) -> PageEntry:
        who = self._prose.person(event.person)
        told = () if self._public else self._prose.details(event)
        return PageEntry(
            self._prose.day(event.date),
            self._said(event.matter, event),
            self._prose.label("cooperation_kind", event.kind),
            tuple(part for part in (who, *told) if part),
            event.is_open and not self._public,
        )

    def _cell(self, key: str, row: Record) -> str:
        if self._public and row.tab == "organisations" and key in ("stage", "email", "phone"):
            return ""
        if key == "phone" and isinstance(row, Contact):
            return _numbers(row)
        cell: str = getattr(row, key)
        column = schema().tab(row.tab).column(key)
        if key == "url":
            return cell
        if column.type in ("ref", "refs"):
            return ", ".join(part.partition(" · ")[0] for part in cell.split(", ") if part)
        return cell_text(column, cell, self._say.language)

    def _said(self, text: str, event: CooperationEvent | None = None) -> str:
        """Return a text; in a public packet without the names of people who may not be named."""
        of = (event.person, *event.handed_from) if event else ()
        return self._unnamed.text(text, of=of) if self._unnamed else text


def _numbers(row: Contact) -> str:
    """Return the phones of a row (up to two) as people in Finland write them."""
    numbers = dict.fromkeys(filter(None, (row.phone, row.phone2)))
    return ", ".join(map(national_phone, numbers))
