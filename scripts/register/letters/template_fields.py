"""The fields of a mailing's templates: the reader, the sender, the meeting and its own texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from register.book.ids import reference_id
from register.book.schema import Language
from register.book.starters import topic_translations
from register.book.table import Book
from register.letters.answering import answer_links, day_links, topic_link
from register.letters.campaign import Mailing
from register.letters.filters import (
    deadline_text,
    hours_text,
    join_names,
    join_with_or,
    letter_filters,
)
from register.letters.kinds import LETTER_KINDS
from register.letters.letter_words import LetterWords
from register.letters.meeting import InvitableMeeting
from register.letters.notice import notice_fields
from register.letters.own_words import OwnWords
from register.letters.people import Recipient, greeting_names
from register.letters.settings import Sender
from register.letters.topics import topics_of
from register.people.mailings import LetterRow
from register.people.names import has_link_or_hidden_chars, is_unreviewed_name
from register.people.origin import origin_to_show, shown_basis
from register.people.records import Organisation, Person
from register.people.refusals import Refusals
from register.values.places import resolve_place

_KINDS_TOLD = {"invitations": "invitation", "letters": "letter", "reminders": "reminder"}


def merge_values(
    book: Book, about: InvitableMeeting | None, sender: Sender, to: Recipient, language: Language
) -> Mapping[str, str]:
    """Return the value of each of :data:`~register.letters.merge_fields.FIELD_NAMES`, '' for none.

    The fields of a meeting are there only if the letter is ``about`` one. Dates, hours and
    municipalities are in ``language``, that of the text; dates are written for running text:
    ``torstaina 3.12.2026``. Where several people share a mailbox, a name field holds all their
    names.
    """
    people = [Person.at(book, one) for one in to.people]
    home = Organisation.at(book, to.organisation)
    return {
        "first": _each(language, (one.first for one in people)),
        "last": _each(language, (one.last for one in people)),
        "name": join_names(to.names, language=language) if to.names else "",
        "organisation": home.name,
        "municipality": _municipality(people[0].municipality or home.municipality, language),
        "role": people[0].role if len(people) == 1 else "",
        "sender": sender.name,
        **(_of_meeting(about, language) if about else {}),
    }


def _of_meeting(about: InvitableMeeting, language: Language) -> Mapping[str, str]:
    day = letter_filters(language)["date" if language == "en" else "on_date"]
    return {
        "meeting": about.row.name,
        "date": join_with_or(about.days, language=language) if about.days else str(day(about.date)),
        "time": hours_text(about.start, about.end, language=language),
        "place": about.row.place,
        "rsvp_by": deadline_text(about.rsvp_by, language=language) if about.rsvp_by else "",
    }


def _each(language: Language, names: Iterable[str]) -> str:
    several = list(dict.fromkeys(filter(None, names)))
    return join_names(several, language=language) if several else ""


def _municipality(cell: str, language: Language) -> str:
    """Return a municipality's name in a language; an unknown one is unchanged."""
    known = resolve_place(cell[:200]).municipality if cell else None
    return known.name(language) if known else cell


class TemplateFields:
    """The fields that a mailing's templates may show.

    For each letter: ``person``, ``organisation``, ``greeted`` (names), ``shared``, ``sender``,
    ``answer`` (addresses of links: ``coming``, ``maybe``, ``not_coming``, ``yes``, ``unsubscribe``,
    those of PREFERENCES, ``all_days``, ``no_day``, ``form``), ``days`` (each ``date`` of a poll
    with its ``link``), ``poll`` (whether the chosen day suits the reader: ``suits``, ``other`` or
    ''), ``gets`` (whether the reader gets ``invitations``, ``letters``, ``reminders``;
    ``not_about`` are topics), ``topics`` (the letter's topics; each has a ``name``, and a ``link``
    that stops it or takes that back), ``exchange`` (offers and needs of the reader's that match
    others'; empty unless the mailing fills it), ``notice`` (None, except in a first letter).

    For a letter about a meeting: ``meeting``, ``host`` (or None) and, where its kind has them, the
    ``words`` of its row. The mailing may add fields. Dates and times of the meeting are date and
    time objects; all else is text.
    """

    def __init__(
        self,
        book: Book,
        about: InvitableMeeting | None,
        sender: Sender,
        mailing: Mailing,
        words: OwnWords | LetterWords | None = None,
        letter: LetterRow | None = None,
    ) -> None:
        """Read from the book, once, what is the same for all readers."""
        row = letter or (about.row if about else None)
        stoppable = book.table("bans").has("topic")
        self._topics = topics_of(book, row).values() if row and stoppable else ()
        self._about, self._sender, self._mailing = about, sender, mailing
        self._book, self._words = book, words
        self._common: dict[str, object] = {
            "sender": SimpleNamespace(
                name=sender.name,
                organisation=sender.organisation,
                address=sender.answers,
                privacy_url=sender.privacy_url,
            ),
        }
        if about:
            shown = {key: getattr(about, key) for key in ("id", "date", "start", "end", "rsvp_by")}
            cells = {
                key: getattr(about.row, key) for key in ("name", "kind", "place", "url", "area")
            }
            self._common["meeting"] = SimpleNamespace(**shown, **cells)
            self._common["host"] = _host(book, about)

    @property
    def common(self) -> Collection[str]:
        """The names of the fields that have the same value in all letters."""
        return self._common.keys()

    def of(self, to: Recipient) -> dict[str, object]:
        """Return the fields of one reader's letter, by name."""
        person = Person.at(self._book, to.person)
        name = self._about.row.name if self._about else ""
        asked = self._about.days if self._about else ()
        links = answer_links(self._sender, self._mailing, to, name)
        links["form"] = self._sender.form_url.replace("{token}", self._mailing.token(to.person))
        return {
            **self._common,
            "person": SimpleNamespace(
                first=person.first,
                last=person.last,
                source=origin_to_show(person),
                basis=shown_basis(person),
            ),
            "organisation": SimpleNamespace(name=Organisation.at(self._book, to.organisation).name),
            "greeted": greeting_names(self._book, to),
            "shared": to.shared,
            "answer": SimpleNamespace(**links),
            "days": day_links(self._sender, self._mailing, to, asked, name),
            "poll": "",
            "exchange": (),
            "notice": None,
            "topics": self._about_topics(to, "no_topic", self._topics),
            "gets": self._gets(to),
            **self._own_words(to),
            **self._mailing.fields(to.person),
        }

    def notice(self, to: Recipient) -> SimpleNamespace:
        """Return the fields of the register notice for a reader."""
        return notice_fields(self._book, self._sender.keeping, self._sender.answers, to)

    def _gets(self, to: Recipient) -> SimpleNamespace:
        """Return which kinds of letters a reader gets, by the wishes recorded so far."""
        refusals = self._book.once(Refusals)
        return SimpleNamespace(
            **{
                name: not refusals.stops(to.address, kind, to.person)
                for name, kind in _KINDS_TOLD.items()
            },
            not_about=self._about_topics(
                to, "want_topic", refusals.unwanted_topics(to.address, to.person)
            ),
        )

    def _about_topics(
        self, to: Recipient, wish: str, topics: Collection[str]
    ) -> tuple[SimpleNamespace, ...]:
        """Return topics in a reader's language, each with the link that expresses ``wish``."""
        names = (topic_translations(one).get(to.language, one) for one in topics)
        return tuple(
            SimpleNamespace(name=name, link=topic_link(self._sender, self._mailing, to, wish, name))
            for name in names
        )

    def _own_words(self, to: Recipient) -> dict[str, object]:
        """Return the texts of the row for a reader as ``words``; {} where the kind has none."""
        if self._words is None:
            return {}
        values = partial(merge_values, self._book, self._about, self._sender, to)
        attached = bool(LETTER_KINDS[self._mailing.kind].attaches)
        return {"words": self._words.shown(to.language, values, attached=attached)}


def own_links(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the links of a letter that only its reader gets."""
    yield from (link for key, link in vars(fields["answer"]).items() if key != "form")
    yield from (one.link for one in (*fields["days"], *fields["topics"], *fields["gets"].not_about))


def _host(book: Book, about: InvitableMeeting) -> SimpleNamespace | None:
    """Return the meeting's host, or None where unknown, ended or with a suspicious name.

    The phone number is included only if it may be published.
    """
    host = Person.all(book).get(reference_id(about.row.host))
    if host is None or has_link_or_hidden_chars(name := book.row_name("people", host.id)):
        return None
    if is_unreviewed_name(book, host) or host.ended(about.date):
        return None
    return SimpleNamespace(name=name, phone=host.phone if host.publish == "yes" else "")
