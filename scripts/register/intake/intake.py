"""From Saapuneet to Organisaatiot and Yhteyshenkilöt: known rows are recognised, others added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from register.book.headers import folded
from register.book.ids import new_id, reference, reference_id
from register.book.plan import Change
from register.book.schema import schema
from register.book.table import Book
from register.fields import (
    association_no,
    business_id,
    email,
    language,
    municipality,
    organisation_name,
    person_name,
    phone,
    postal_code,
)
from register.fields.reading import Reading

GONE = ("merged", "archived")
_OFFICES = ("municipality", "county", "state")
_ASSOCIATIONS = ("association", "foundation", "parish", "informal")


@dataclass(frozen=True, slots=True)
class Completion:
    """A blank cell of a known row that a row of Saapuneet could fill; a person decides."""

    source: str
    tab: str
    row_id: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A row that a row of Saapuneet may be; ``same`` is a person's word, without it we ask."""

    source: str
    tab: str
    row_id: str
    same: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row of Saapuneet that waits to be taken in: what it says of each sort, {} for nothing."""

    row_id: str
    organisation: dict[str, str]
    person: dict[str, str]


_COMPLETED = {
    "organisations": ("business_id", "assoc_no", "municipality", "email", "phone", "postcode"),
    "people": ("role", "body", "email", "phone", "language"),
}
"""The blank cells of a known row that a row of Saapuneet may fill."""


@dataclass(frozen=True, slots=True)
class _Card:
    """A row of Saapuneet, its cells in canonical form where that is certain."""

    row_id: str
    row: dict[str, str]
    first: str
    last: str
    former: str
    title: str
    org: str
    numbers: tuple[str, str]
    municipality: str

    def get(self, key: str) -> str:
        return self.row.get(key, "")

    @property
    def is_person(self) -> bool:
        return bool(self.first or self.last)

    @property
    def org_home(self) -> str:
        """The home of the organisation: not that of a county's councillor, who lives anywhere."""
        in_county = self.is_person and organisation_name.legal_form(self.org) == "county"
        return "" if in_county else self.municipality


def take_in(
    book: Book,
    today: date,
    *,
    invite: bool = False,
    passed_over: Collection[str] = (),
    links: Iterable[Link] = (),
) -> list[Change]:
    """Take in the rows of Saapuneet that have no result yet, or wait for an answer.

    An organisation is recognised by its Y-tunnus or register number, else by its name in the same
    municipality; a person by name and mailbox, or by name in an organisation where neither row has
    a mailbox that says otherwise; and either by what a person has said (``links``). Where a link
    is not settled, the row waits: nothing is added, its result says that Tarkista asks. Nobody is
    invited (Kutsutaan = ei) unless their row says Lupa or ``invite`` is set. ``passed_over`` are
    rows whose intake a person has undone.
    """
    desk = _Desk(book, today, invite=invite, links=links)
    for card in sorted(_waiting(book, passed_over), key=_telling):
        desk.take(card)
    return desk.changes


def arrivals(book: Book, passed_over: Collection[str] = ()) -> list[Arrival]:
    """Return the rows of Saapuneet that wait and are not recognised without a doubt."""
    desk = _Desk(book, date.min, invite=False)
    found = []
    for card in _waiting(book, passed_over):
        org_id, person_id = desk.recognised(card)
        organisation = _organisation(card) if card.org and not org_id else {}
        person = {} if not card.is_person or person_id else _as_person(card)
        if organisation or person:
            found.append(Arrival(card.row_id, organisation, person))
    return found


def _waiting(book: Book, passed_over: Collection[str]) -> list[_Card]:
    asked = schema().enum("intake_result").label("asked", book.language)
    return [
        _card(row_id, row, book)
        for row_id, row in book.table("inbox").rows()
        if not row_id.startswith("#")
        and row.get("result", "") in ("", asked)
        and row_id not in passed_over
    ]


def _as_person(card: _Card) -> dict[str, str]:
    cells = {key: card.get(key) for key in ("email", "phone", "postcode", "role")}
    names = {"first": card.first, "last": card.last}
    return {**cells, **names, "org": card.org, "municipality": card.municipality}


def completions(book: Book) -> list[Completion]:
    """Return what rows of Saapuneet that were recognised could fill in, blank cells only."""
    known = schema().enum("intake_result").label("known", book.language)
    offers: dict[tuple[str, str, str], Completion] = {}
    for source, row in book.table("inbox").rows():
        for word in row.get("result", "").split(", "):
            label, _, row_id = word.rpartition(" ")
            tab = schema().tab_of_id(row_id)
            if label != known or tab is None or row_id not in book.table(tab.key):
                continue
            target = book.table(tab.key).row(row_id)
            if target.get("status") in GONE:
                continue
            card = _card(source, row, book)
            cells = _organisation(card) if tab.key == "organisations" else card.row
            for column in _COMPLETED[tab.key]:
                if cells.get(column) and column in target and not target[column]:
                    offer = Completion(source, tab.key, row_id, column, cells[column])
                    offers.setdefault((row_id, column, cells[column]), offer)
    return list(offers.values())


class _Desk:
    """Takes cards one by one; what an earlier card brought in is known to the later ones."""

    def __init__(
        self, book: Book, today: date, *, invite: bool, links: Iterable[Link] = ()
    ) -> None:
        self.changes: list[Change] = []
        self._book = book
        self._today = today.isoformat()
        self._invite = invite
        self._taken = book.taken()
        self._fresh: dict[str, dict[str, str]] = {}
        self._orgs = _Organisations(book)
        self._people = _People(book)
        self._links: dict[tuple[str, str], list[Link]] = {}
        for link in links:
            self._links.setdefault((link.source, link.tab), []).append(link)

    def recognised(self, card: _Card) -> tuple[str, str]:
        """Return the ids of the organisation and the person that a card is about, '' if unknown."""
        org_id = self._orgs.known(card) if card.org or any(card.numbers) else ""
        org_id = org_id or self._linked(card, "organisations")
        person_id = self._people.known(card, org_id) if card.is_person else ""
        return org_id, person_id or self._linked(card, "people")

    def _linked(self, card: _Card, tab: str) -> str:
        links = self._links.get((card.row_id, tab), ())
        return next((link.row_id for link in links if link.same), "")

    def _must_ask(self, card: _Card) -> bool:
        """Whether a link of the card is open: for a sort that it tells of and nobody has known."""
        org_id, person_id = self.recognised(card)
        open_tabs = {tab for source, tab in self._links if source == card.row_id}
        return ("organisations" in open_tabs and not org_id and bool(card.org)) or (
            "people" in open_tabs and not person_id and card.is_person
        )

    def take(self, card: _Card) -> None:
        words: list[str] = []
        org_id = org_name = org_type = ""
        if self._must_ask(card):
            self._say(card, schema().enum("intake_result").label("asked", self._book.language))
            return
        if card.org or any(card.numbers):
            org_id = self.recognised(card)[0]
            cells = {**_organisation(card), "source": self._source(card)}
            if org_id:
                self._complete(card, "organisations", org_id, cells)
                words.append(self._word("known", org_id))
            else:
                org_id = self._add("organisations", "O", card, cells)
                words.append(self._word("new", org_id))
                self._orgs.enter(org_id, card)
            org_name = self._orgs.name(org_id) or card.org
            org_type = self._orgs.type(org_id)
        if card.is_person:
            cells = self._person_cells(card, org_id, org_name, org_type)
            person_id = self._people.known(card, org_id) or self._linked(card, "people")
            if person_id:
                self._complete(card, "people", person_id, cells)
                words.append(self._word("known", person_id))
            else:
                person_id = self._add("people", "H", card, cells)
                words.append(self._word("new", person_id))
                self._people.enter(person_id, card, org_id)
        if words:
            self._say(card, ", ".join(words))

    def _say(self, card: _Card, result: str) -> None:
        before = card.get("result")
        if before != result:
            self.changes.append(
                Change("inbox", card.row_id, "result", before, result, f"intake {card.row_id}")
            )

    def _add(self, tab: str, letter: str, card: _Card, cells: dict[str, str]) -> str:
        row_id = new_id(letter, (card.row_id, *sorted(cells.values())), self._taken)
        self._taken.add(row_id)
        cells = {"id": row_id, **cells, "added_on": self._today}
        self._fresh[row_id] = cells
        if tab == "organisations":
            self._orgs.rows[row_id] = cells
        for column, value in cells.items():
            if value:
                self.changes.append(
                    Change(tab, row_id, column, "", value, f"intake {card.row_id}", kind="add")
                )
        return row_id

    def _complete(self, card: _Card, tab: str, row_id: str, cells: dict[str, str]) -> None:
        """Fill blank cells of a row that this very run adds; others are a person's to decide."""
        fresh = self._fresh.get(row_id)
        if fresh is None:
            return
        for column in (*_COMPLETED[tab], "notes"):
            if cells.get(column) and not fresh.get(column):
                fresh[column] = cells[column]
                self.changes.append(
                    Change(
                        *(tab, row_id, column, "", cells[column], f"intake {card.row_id}"),
                        kind="add",
                    )
                )

    def _person_cells(
        self, card: _Card, org_id: str, org_name: str, org_type: str
    ) -> dict[str, str]:
        group = card.get("group") or _group(card, org_type)
        consent = card.get("consent") == "yes"
        home = self._orgs.rows.get(org_id, {}).get("municipality", "")
        office = group in ("official", "elected")
        return {
            "first": card.first,
            "last": card.last,
            "former_name": card.former,
            "org": reference(org_name, org_id) if org_id else "",
            "municipality": card.municipality if card.municipality != home else "",
            "role": card.get("role") or card.title,
            "group": group,
            "body": card.get("body"),
            "party": card.get("party"),
            "email": card.get("email"),
            "phone": card.get("phone"),
            "language": card.get("language"),
            "invite": "yes" if consent or self._invite else "no",
            "met_at": card.get("met_at"),
            "source": self._source(card),
            "basis": "consent" if consent else "public_duty" if office else "legitimate_interest",
            "consent_on": (card.get("at")[:10] or self._today) if consent else "",
            "notes": card.get("text"),
        }

    def _source(self, card: _Card) -> str:
        title = schema().tab("inbox").titles[self._book.language]
        return card.get("source") or f"{title} {card.row_id}"

    def _word(self, key: str, row_id: str) -> str:
        word = schema().enum("intake_result").label(key, self._book.language)
        return f"{word} {row_id}"


class _Organisations:
    """The organisations by number and by name, new ones included."""

    def __init__(self, book: Book) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        self._numbers: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        for row_id, row in book.table("organisations").rows():
            if row.get("status") not in GONE:
                self.rows[row_id] = row
                self._index(row_id, row)

    def known(self, card: _Card) -> str:
        for number in card.numbers:
            if number and number in self._numbers:
                return self._numbers[number]
        if row_id := reference_id(card.get("org")):
            return row_id if row_id in self.rows else ""
        same = [
            row_id
            for row_id in self._names.get(organisation_name.key(card.org), [])
            if self._fits(card, self.rows[row_id])
        ]
        return same[0] if len(same) == 1 else ""

    def enter(self, row_id: str, card: _Card) -> None:
        self._index(row_id, self.rows[row_id])

    def name(self, row_id: str) -> str:
        return self.rows.get(row_id, {}).get("name", "")

    def type(self, row_id: str) -> str:
        return self.rows.get(row_id, {}).get("type", "")

    def _fits(self, card: _Card, row: dict[str, str]) -> bool:
        for mine, key in zip(card.numbers, ("business_id", "assoc_no"), strict=True):
            if mine and row.get(key) and mine != row[key]:
                return False
        there = row.get("municipality", "")
        return not card.org_home or not there or folded(there) == folded(card.org_home)

    def _index(self, row_id: str, row: dict[str, str]) -> None:
        for key in ("business_id", "assoc_no"):
            if row.get(key):
                self._numbers.setdefault(row[key], row_id)
        for name in {organisation_name.key(row.get(k, "")) for k in ("name", "short")} - {""}:
            self._names.setdefault(name, []).append(row_id)


ANYWHERE = "*"
"""In the place of an organisation: a person's own mailbox is theirs in every one."""


class _People:
    """The people by name and mailbox, new ones included; namesakes of two parties are two."""

    def __init__(self, book: Book) -> None:
        self._mailboxes: dict[tuple[frozenset[str], str, str], str] = {}
        self._bare: dict[tuple[frozenset[str], str], list[tuple[str, str]]] = {}
        for row_id, row in book.table("people").rows():
            if row.get("status") not in GONE:
                names = _names(row.get("first", ""), row.get("last", ""))
                org_id = reference_id(row.get("org", ""))
                self._enter(row_id, names, row.get("email", ""), org_id, row.get("party", ""))

    def known(self, card: _Card, org_id: str) -> str:
        names, address = _names(card.first, card.last), email.mailbox_key(card.get("email"))
        if address:
            own = "" if email.is_role_mailbox(address) or len(names) < 2 else ANYWHERE
            return self._mailboxes.get((names, address, org_id), "") or (
                self._mailboxes.get((names, address, own), "") if own else ""
            )
        party = folded(card.get("party"))
        rows = self._bare.get((names, org_id), ()) if org_id else ()
        return next(
            (row_id for row_id, other in rows if "" in (party, other) or party == other), ""
        )

    def enter(self, row_id: str, card: _Card, org_id: str) -> None:
        names = _names(card.first, card.last)
        self._enter(row_id, names, card.get("email"), org_id, card.get("party"))

    def _enter(
        self, row_id: str, names: frozenset[str], address: str, org_id: str, party: str
    ) -> None:
        if not names:
            return
        if mailbox := email.mailbox_key(address):
            self._mailboxes.setdefault((names, mailbox, org_id), row_id)
            self._mailboxes.setdefault((names, mailbox, ANYWHERE), row_id)
        else:
            self._bare.setdefault((names, org_id), []).append((row_id, folded(party)))


def _organisation(card: _Card) -> dict[str, str]:
    """Return what a card says of its organisation; a person's own address and phone are not."""
    mine = not card.is_person
    return {
        "name": card.org,
        "type": card.get("type") or organisation_name.legal_form(card.org),
        "business_id": card.numbers[0],
        "assoc_no": card.numbers[1],
        "municipality": card.org_home,
        "email": card.get("email") if mine or email.is_role_mailbox(card.get("email")) else "",
        "phone": card.get("phone") if mine else "",
        "postcode": card.get("postcode"),
        "language": (card.get("language") if mine else "") or _tells_language(card.org),
        "notes": card.get("text") if mine else "",
    }


def _tells_language(name: str) -> str:
    """A registered association whose form is written "rf" has a Swedish name."""
    return "sv" if organisation_name.read(name).value.endswith(" rf") else ""


def _card(row_id: str, row: dict[str, str], book: Book) -> _Card:
    first, last, former, title = _name(row)
    org = _certain(organisation_name.read, row.get("org", ""))
    place = municipality.read(row.get("municipality", ""), language=book.language)
    cells = dict(row)
    readers: tuple[tuple[str, Callable[[str], Reading]], ...] = (
        ("email", email.read),
        ("phone", phone.read),
        ("postcode", postal_code.read),
        ("language", language.read),
    )
    for key, read in readers:
        cells[key] = _certain(read, row.get(key, ""))
    return _Card(
        row_id=row_id,
        row=cells,
        first=first,
        last=last,
        former=former,
        title=title,
        org=org,
        numbers=(
            _certain(business_id.read, row.get("business_id", "")),
            _certain(association_no.read, row.get("assoc_no", "")),
        ),
        municipality=place.value or row.get("municipality", "").strip(),
    )


def _name(row: dict[str, str]) -> tuple[str, str, str, str]:
    """Return first, last and former name and title, from one cell or from two."""
    if row.get("first") or row.get("last"):
        first = _certain(person_name.read, row.get("first", ""))
        last = _certain(person_name.read, row.get("last", ""))
        return first, last, "", ""
    if not row.get("name", "").strip():
        return "", "", "", ""
    split = person_name.split(row["name"])
    return split[0], split[1], split[2], split[3]


def _certain(read: Callable[[str], Reading], cell: str) -> str:
    """Return the canonical form; a text that has none is taken in as it stands, and asked about."""
    return read(cell).value or " ".join(cell.split())


def _telling(card: _Card) -> tuple[object, ...]:
    """The cards that tell most come first, so that the order of the rows changes nothing."""
    filled = sum(bool(cell) for cell in card.row.values())
    content = sorted((key, cell) for key, cell in card.row.items() if key != "id")
    return not any(card.numbers), not card.municipality, -filled, content


def _names(first: str, last: str) -> frozenset[str]:
    return frozenset({person_name.key(first), person_name.key(last)} - {""})


def _group(card: _Card, org_type: str) -> str:
    if card.get("party"):
        return "elected"
    if org_type in _OFFICES:
        return "elected" if card.get("body") else "official"
    return "association_actor" if org_type in _ASSOCIATIONS else ""
