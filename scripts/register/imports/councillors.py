"""``contacts.py import-councillors``: add missing councillors, ask about changed ones.

New councillors become rows of ``inbox``: names, party, council and source. An elected person of the
place who is in the register is recognised by name. If the party differs, or a councillor of ours
was not elected, ``review`` asks. A namesake who is in the register for another reason may be
another person: that is asked about when ``inbox`` is taken in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date as Date, datetime

from register.book.cells import iso_minute
from register.book.change import Change, added_row
from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import new_id, reference_id
from register.book.outcome import Outcome, run_id
from register.book.plan import Plan
from register.book.schema import Language
from register.book.table import Book
from register.imports.pioneer import only_municipality
from register.imports.registers import REGISTER_REASON, dated_source
from register.intake.registered import Council, CouncilKind, ElectedPerson
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.people.records import Organisation, Person
from register.review.register_questions import value_question
from register.values import date, organisation_name, person_name, places
from register.values.areas import home_code
from register.words.sentences import Sentences

_ROLE = {"municipal": "councillor", "county": "county councillor"}
_SENTENCES = {
    "municipal": "Municipal elections {year}",
    "county": "County elections {year}",
    "councillor": "councillor",
    "county councillor": "county councillor",
    "municipal body": "council",
    "county body": "county council",
    "party": "{register}: {name} was elected for {value}. Shall the party be written here?",
    "left": "{register}: {name} was not elected to the council of {place}. Did their term end on "
    "{day}?",
}
_ALAND = "21"
_COUNCIL_WORDS = ("valtuu", "fullmäktig", "council")
"""Words in ``role`` or ``body`` of a council's member; members of boards and committees lack
them."""


def bring_in_council(
    book: Book, council: Council, now: datetime, say: Sentences, limit: int | None = None
) -> Outcome:
    """Return the plan with rows for ``inbox`` and questions for ``review``; a second run adds none.

    ``say`` speaks the book's language. At most ``limit`` new people are added.
    """
    source = say(_SENTENCES[council.kind], year=council.year)
    seats = _Seats(book, council)
    cells = _shared_cells(council, now, say, seats.organisation)
    taken = book.taken()
    changes: list[Change] = []
    new = known = 0
    for one in council.members:
        if row_id := seats.known(one):
            known += 1
            party = one.party(book.language)
            if party and fold_header(party) != fold_header(
                book.table("people").cell(row_id, "party")
            ):
                place = ("people", row_id, "party")
                message = _say_of(book, row_id, "party", say, register=source, value=party)
                changes += value_question(book, place, party, message, say)
        elif seats.waits(one):
            known += 1
        elif limit is None or new < limit:
            new += 1
            added = _proposal(book, one, {**cells, "source": dated_source(source, now)}, taken)
            taken.add(added[0].row_id)
            changes += added
    day = f"{council.year}-05-31"
    shown = {"place": _place(council, book), "day": say.value("people", "end", day)}
    for row_id in seats.left(day):
        message = _say_of(book, row_id, "left", say, register=source, **shown)
        changes += value_question(book, ("people", row_id, "end"), day, message, say)
    counts = {"count": len(council.members), "new": new, "known": known}
    notes: list[tuple[str, dict[str, object]]] = [
        (
            "{register}, {place}: {count} were elected; new: {new}, known: {known}.",
            {"register": source, "place": shown["place"], **counts},
        )
    ]
    if council.unread:
        notes.append(("{count} rows could not be read.", {"count": council.unread}))
    plan, failed = Plan.of(changes), council.unread
    return Outcome("import", book, run=run_id(now), plan=plan, failed=failed, notes=tuple(notes))


def find_council(book: Book, area: str, language: Language) -> tuple[CouncilKind, str, Selection]:
    """Return the kind and code of the council of ``area``, and the selection with its notes.

    Raises UsageError if the name is unknown, or the place has no such elections.
    """
    if county := places.county_named(area):
        return "county", county.code, Selection()
    chosen = select_part(book, SelectionCriteria(municipalities=(area,)), language)
    code = only_municipality(chosen)
    if places.municipality(code).region == _ALAND:
        raise UsageError(
            "The municipalities of Åland have elections of their own; they are not in these files.",
            remedy="Write the councillors into {tab:people} by hand.",
        )
    return "municipal", code, chosen


class _Seats:
    """The people of the register, and of ``inbox``, who hold seats of a council."""

    def __init__(self, book: Book, council: Council) -> None:
        self.owner = _owner(book, council)
        """The id of the municipality's or county's organisation, '' if the register has none."""
        self._rows: dict[str, Person] = {}
        self._known: dict[frozenset[str], list[str]] = defaultdict(list)
        self._waiting: Counter[frozenset[str]] = Counter()
        self._parties: dict[frozenset[str], set[str]] = defaultdict(set)
        for one in council.members:
            parties = {fold_header(one.party_fi), fold_header(one.party_sv)}
            self._parties[person_name.name_keys(one.first, one.last)] |= parties
        home = council.code if council.kind == "municipal" else ""
        for row in Person.live(book):
            if row.group != "elected":
                continue
            owner = row.org_id
            works_at = Organisation.at(book, owner)
            at = home_code(row.municipality or works_at.municipality)
            lives_here = home and at == home and works_at.type != "county"
            if lives_here or (owner and owner == self.owner):
                self._rows[row.id] = row
                self._known[row.name_keys].append(row.id)
        town = _waiting_town(book, council)
        called = Organisation.at(book, self.owner).name
        self.organisation = (
            book.reference("organisations", self.owner)
            if self.owner
            else town or _owner_name(council, book)
        )
        """The cell ``org``: the town or county in the register or ``inbox``, else the council."""
        names = {fold_header(name) for name in (called, town, _owner_name(council, book)) if name}
        for _, card in book.table("inbox").rows():
            org = card.get("org", "")
            mine = fold_header(org) in names or (self.owner and reference_id(org) == self.owner)
            if card.get("group") == "elected" and mine:
                self._waiting[
                    person_name.name_keys(card.get("first", ""), card.get("last", ""))
                ] += 1

    def known(self, one: ElectedPerson) -> str:
        """Return the id of an elected person's row, '' if no row of the name is left.

        Each row is given out once. A row whose party is a namesake's is left for the namesake.
        """
        names = person_name.name_keys(one.first, one.last)
        mine = {fold_header(one.party_fi), fold_header(one.party_sv)}
        others = self._parties[names] - mine - {""}
        rows = {id_: fold_header(self._rows[id_].party) for id_ in self._known[names]}
        same = (row_id for row_id, party in rows.items() if party in mine)
        free = (row_id for row_id, party in rows.items() if party not in others)
        if found := next(same, "") or next(free, ""):
            self._known[names].remove(found)
        return found

    def waits(self, one: ElectedPerson) -> bool:
        """Whether a row of ``inbox``, waiting or taken in, is this person; each row counts once."""
        names = person_name.name_keys(one.first, one.last)
        self._waiting[names] -= 1
        return self._waiting[names] >= 0

    def left(self, day: str) -> Iterator[str]:
        """Yield our councillors who were not found by :meth:`known` and are still in office.

        A councillor whose term began after ``day`` (an ISO date) came in another way, and is left
        out.
        """
        last = Date.fromisoformat(day)
        for rows in self._known.values():
            for row_id in rows:
                row = self._rows[row_id]
                sits = f"{row.role} {row.body}".casefold()
                began = date.read(row.start).value
                in_council = any(word in sits for word in _COUNCIL_WORDS)
                if in_council and began <= day and not row.ended(last):
                    yield row_id


def _owner(book: Book, council: Council) -> str:
    """Return the id of the municipality or county whose council it is, '' if unknown."""
    name = fold_header(_owner_name(council, book))
    towns = (
        row.id
        for row in Organisation.live(book)
        if council.kind == "municipal"
        and row.type == "municipality"
        and home_code(row.municipality) == council.code
        and organisation_name.legal_form(row.name) == "municipality"
    )
    named = (row.id for row in Organisation.live(book) if fold_header(row.name) == name)
    return next(named, "") or next(towns, "")


def _owner_name(council: Council, book: Book) -> str:
    """Return a name for the council's organisation, for a register that has none.

    For a municipality it is the council's name: no table says whether it is a town.
    """
    if council.kind == "county":
        return places.county_of_code(council.code).name(book.language)
    place = places.municipality(council.code)
    match book.language:
        case "fi":
            return f"{place.genitive_fi} valtuusto"
        case "sv":
            return f"Fullmäktige i {place.name_sv}"
        case _:
            return f"{place.name_fi} council"


def _place(council: Council, book: Book) -> str:
    if council.kind == "county":
        return places.county_of_code(council.code).name(book.language)
    return places.municipality(council.code).name(book.language)


def _waiting_town(book: Book, council: Council) -> str:
    """Return the name of the municipality's row in ``inbox``, as import-ptv adds it; else ''."""
    for _, row in book.table("inbox").rows():
        name = row.get("org", "")
        is_town = organisation_name.legal_form(name) == "municipality" and not row.get("last")
        here = home_code(row.get("municipality", "")) == council.code
        if council.kind == "municipal" and is_town and here:
            return name
    return ""


def _shared_cells(
    council: Council, now: datetime, say: Sentences, organisation: str
) -> dict[str, str]:
    return {
        "at": iso_minute(now.replace(microsecond=0)),
        "group": "elected",
        "body": say(_SENTENCES[f"{council.kind} body"]),
        "org": organisation,
        "type": "county" if council.kind == "county" else "municipality",
        "role": say(_SENTENCES[_ROLE[council.kind]]),
    }


def _proposal(
    book: Book, one: ElectedPerson, shared: Mapping[str, str], taken: set[str] | frozenset[str]
) -> list[Change]:
    table = book.table("inbox")
    row_id = new_id("S", (shared["org"], one.first, one.last, one.party_fi), taken)
    cells = {
        "id": row_id,
        "first": one.first,
        "last": one.last,
        "party": one.party(book.language),
        "municipality": places.municipality(one.home).name(book.language) if one.home else "",
        **shared,
    }
    there = {key: value for key, value in cells.items() if table.has(key)}
    return added_row("inbox", there, REGISTER_REASON)


def _say_of(book: Book, row_id: str, what: str, say: Sentences, **values: str) -> str:
    return say(_SENTENCES[what], name=say.row(book, "people", row_id), **values)
