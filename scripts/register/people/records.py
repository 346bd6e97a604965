"""The rows of a register as typed values, each read once per book.

A field is its column's cell, '' if the sheet lacks the column; a property is derived from cells.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import compress
from typing import ClassVar, Self, TypeVar

from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book, Table
from register.people.kept_in_notes import all_values
from register.people.tenure import is_end_past
from register.values.email import mailbox_key
from register.values.person_name import name_keys

_Found = TypeVar("_Found")

NOT_LIVE = ("merged", "archived")
"""The status of rows that are no longer in use."""

OFFERED_STATUS = frozenset(("", *schema().enum("row_status").labels))
"""The values of ``status``; any other is a word that a person typed there."""

OPEN = ("", "open", "in_progress")
"""The states of an open matter; a blank one counts as open."""

OFFICE = ("official", "elected")
"""The groups of people who are written to because of their public duty."""


def live_rows(table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (id, cells) of the rows in use of any tab: neither merged nor archived."""
    return (one for one in table.rows() if one[1].get("status") not in NOT_LIVE)


def live_cells(table: Table, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield ``(row id, cell of each column)`` of the rows in use, '' if there is no such column."""
    return compress(table.select(*columns), table.once(_in_use))


def _in_use(table: Table) -> list[bool]:
    return [status not in NOT_LIVE for _, status in table.select("status")]


def cells_found(
    table: Table, column: str, look: Callable[[str], _Found | None]
) -> Iterator[tuple[str, str, _Found]]:
    """Yield ``(row id, cell, what it holds)`` of the cells in use that hold what ``look`` finds.

    Each distinct text is looked at once. Blank cells and cells with a formula are left out.
    """
    texts = {cell for _, cell in live_cells(table, column)} - {""}
    found = {text: told for text in texts if (told := look(text))}
    for row_id, cell in live_cells(table, column) if found else ():
        if cell in found and (row_id, column) not in table.formulas:
            yield row_id, cell, found[cell]


def merged_into(cell: Callable[[str, str], str], row_id: str) -> str:
    """Return the id of the row that a row was merged into, in the end; its own if not merged.

    ``cell`` gives a cell by row id and column key ('' if there is none), as ``Table.cell`` does. If
    merged rows refer to each other in a circle, or to nothing, it is the last of the chain.
    """
    seen = set[str]()
    while cell(row_id, "status") == "merged" and row_id not in seen:
        seen.add(row_id)
        row_id = reference_id(cell(row_id, "merged_into")) or row_id
    return row_id


def living_row(book: Book, tab: str, row_id: str) -> str:
    """Return the row that a row was merged into, in the end; itself if not merged, '' if lost."""
    table = book.table(tab)
    found = merged_into(table.cell, row_id)
    return found if found in table and table.cell(found, "status") != "merged" else ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row; its ``id`` is ``#7``, the row's number, if the row has no id of its own."""

    tab: ClassVar[str]
    id: str

    @classmethod
    def of(cls, row_id: str, row: Mapping[str, str]) -> Self:
        """Return a record of a row's cells; columns without a field are ignored."""
        return cls(*(row_id, *(row.get(one.name, "") for one in fields(cls)[1:])))

    @classmethod
    def all(cls, book: Book) -> Mapping[str, Self]:
        """Return the rows of the tab by id, in the order of the tab."""
        return book.table(cls.tab).once(cls._every)

    @classmethod
    def at(cls, book: Book, row_id: str) -> Self:
        """Return a row, or a blank one if there is none."""
        return cls.all(book).get(row_id) or cls.of("", {})

    @classmethod
    def _every(cls, table: Table) -> dict[str, Self]:
        columns = (one.name for one in fields(cls)[1:])
        return {row[0]: cls(*row) for row in table.select(*columns)}


@dataclass(frozen=True, slots=True)
class LivingRecord(Record):
    """A row that may be merged or archived."""

    status: str

    @property
    def is_live(self) -> bool:
        """Whether it is in use: neither merged nor archived."""
        return self.status not in NOT_LIVE

    @classmethod
    def live(cls, book: Book) -> Iterator[Self]:
        """Yield the rows that are in use."""
        return (one for one in cls.all(book).values() if one.is_live)


@dataclass(frozen=True, slots=True)
class Contact(LivingRecord):
    """A row of a person or an organisation."""

    municipality: str
    email: str
    phone: str
    phone2: str
    language: str
    topics: str
    added_on: str
    merged_into: str

    @property
    def mailbox(self) -> str:
        """The comparison key of the address: equal for all spellings of a mailbox."""
        return mailbox_key(self.email)

    @classmethod
    def current_id(cls, book: Book, cell: str) -> str:
        """Return the id that a reference or an id means now: a merged row's is its survivor's.

        '' if the cell holds no reference.
        """
        rows = cls.all(book)
        return merged_into(lambda one, key: getattr(rows.get(one), key, ""), reference_id(cell))


@dataclass(frozen=True, slots=True)
class Organisation(Contact):
    """A row of ``organisations``."""

    tab: ClassVar[str] = "organisations"
    name: str
    short: str
    type: str
    business_id: str
    assoc_no: str
    area: str
    url: str
    address: str
    networks: str
    stage: str
    notes: str


@dataclass(frozen=True, slots=True)
class Person(Contact):
    """A row of ``people``: one human in one organisation."""

    tab: ClassVar[str] = "people"
    first: str
    last: str
    org: str
    role: str
    group: str
    body: str
    party: str
    trust: str
    invite: str
    publish: str
    start: str
    end: str
    successor: str
    met_at: str
    source: str
    basis: str
    consent_on: str
    owner: str
    notes: str
    same_human: str
    consent_words: str

    @property
    def is_vacant(self) -> bool:
        """Whether it is a vacant post: a role without a name."""
        return bool(self.role) and not (self.first or self.last)

    @property
    def name_keys(self) -> frozenset[str]:
        """The comparison keys of the name: equal whichever part is the first name."""
        return name_keys(self.first, self.last)

    @property
    def org_id(self) -> str:
        """The id in the organisation's cell, even if that row was merged since."""
        return reference_id(self.org)

    def ended(self, on: date) -> bool:
        """Whether their post has ended on a day."""
        return is_end_past(self.end, on)

    @classmethod
    def present(cls, book: Book, cell: str, on: date) -> str:
        """Return the current reference to a person, '' if they have left or are archived.

        A text that names no row is returned as it is.
        """
        person = cls.all(book).get(cls.current_id(book, cell))
        if person is None:
            return cell
        there = person.status != "archived" and not person.ended(on)
        return book.reference("people", person.id) if there else ""

    def why_absent(self, today: date, meeting: date | None = None) -> str:
        """Return why a person may not be written to because of their own row, or ''.

        A person who leaves on the day of a ``meeting`` to come, or before it, is not invited to it.
        """
        if self.id.startswith("#"):
            return "no-id"
        if not self.is_live or self.ended(today):
            return "ended" if self.is_live else self.status
        if meeting and self.ended(meeting):
            return "ends-before"
        return "" if self.invite == "yes" else "not-to-invite"

    def every(self, key: str) -> tuple[str, ...]:
        """Return all values of a single-value column: the cell's, then those that notes keep."""
        row = {key: getattr(self, key), "notes": self.notes}
        return all_values(row, schema().tab("people").column(key))

    def organisation(self, book: Book) -> Organisation | None:
        """Return the person's organisation, or the one it was merged into; None if not found."""
        there = Organisation.all(book)
        return there.get(Organisation.current_id(book, self.org)) or there.get(self.org_id)


@dataclass(frozen=True, slots=True)
class Matter(Record):
    """A row of ``cooperation``."""

    tab: ClassVar[str] = "cooperation"
    date: str
    org: str
    person: str
    kind: str
    matter: str
    topic: str
    agreed: str
    next: str
    due: str
    owner: str
    state: str
    handed_from: str
    source: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Network(LivingRecord):
    """A row of ``networks``."""

    tab: ClassVar[str] = "networks"
    name: str
    area: str
    org: str
    person: str
    topics: str
    join: str
    member: str
    notes: str
