"""Rows of one human whose addresses differ: does a change in one row apply to the others?

There is one question for each human and column. The value that ``log`` shows to be the newest is
proposed; where ``log`` cannot tell, nothing is. A mailbox or phone of an office or of the
organisation itself is not personal, so it is not compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from register.book.change import Change
from register.book.ids import fingerprint, reference_id
from register.book.log import log_entries
from register.book.schema import schema
from register.book.table import Book
from register.people.kept_in_notes import all_values
from register.people.same_human import Humans
from register.people.tenure import has_ended
from register.review.question import Cell, Changes, Question, choices_for_proposal, question_cells
from register.values import phone
from register.values.email import is_role_mailbox, mailbox_key
from register.words.sentences import Sentences

_REASON = "address-change"
"""The reason of a change that copies a value from another row of the same human."""


@dataclass(frozen=True, slots=True)
class DifferingAddresses:
    """The live rows of one human whose own mailboxes (or phones) are not all the same.

    ``cells`` are the values by row id, the oldest row first; ``newer`` is the one of them that is
    the newest by ``log``, or '' if ``log`` does not tell.
    """

    column: str
    cells: Mapping[str, str]
    newer: str = ""


def differing_addresses(book: Book, today: date) -> list[DifferingAddresses]:
    """Return each human and column (``email``, ``phone``) where the human's own values differ.

    Rows whose post has ended are left out. Two rows that share any value do not differ, even if the
    shared value is a second phone, or one that a merge has kept in ``notes``.
    """
    people = book.table("people")
    found = []
    for rows in Humans(book).several_rows():
        present = [one for one in rows if not has_ended(people.row(one), today)]
        for column in ("email", "phone"):
            own = {one: keys for one in present if (keys := _own(book, one, column))}
            if any(a.isdisjoint(b) for a, b in combinations(own.values(), 2)):
                cells = {one: people.cell(one, column) for one in own}
                found.append(DifferingAddresses(column, cells))
    if not found:
        return []
    history = _History(book)
    return [
        DifferingAddresses(one.column, one.cells, history.newest(one.column, one.cells))
        for one in found
    ]


def address_change_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a question for each human and column whose rows differ; nothing is written unasked.

    Accepting writes the proposal, or the value that a person gives, into the rows that hold another
    one. Once ignored, the same set of values is not asked about again.
    """
    return [_question(book, one, say) for one in differing_addresses(book, today)]


def _question(book: Book, one: DifferingAddresses, say: Sentences) -> Question:
    oldest = next(iter(one.cells))
    header = say.header("people", one.column)
    values = [
        f"{say.value('people', one.column, cell)} ({_place(book, row_id)})"
        for row_id, cell in one.cells.items()
    ]
    who = book.reference("people", oldest)
    cells = question_cells(
        book,
        say,
        ("people", oldest),
        "warning",
        say(
            "The rows of {who} say different things in {column}: {values}. Which one is right?"
            " Write it into {column:review.value}; if they differ on purpose, choose"
            " “{word:ignore}”.",
            who=who,
            column=header,
            values=values,
        ),
        left=f"{header}: {values[0]}",
        right="; ".join(values[1:]),
        suggestion=say.value("people", one.column, one.newer),
    )
    field: Cell = ("people", oldest, one.column)
    keys = {_key(one.column, cell) for cell in one.cells.values()}
    return Question(
        fingerprint(_REASON, oldest, one.column, *sorted(keys)),
        tuple(("people", row_id) for row_id in one.cells),
        cells,
        choices_for_proposal(_written(one, one.newer) if one.newer else ()),
        (field,),
        valued=lambda values: _written(one, values[field]),
    )


def _written(one: DifferingAddresses, value: str) -> Changes:
    """Return the changes that give all rows one value; they land together or not at all."""
    group = f"{_REASON} {next(iter(one.cells))} {one.column}"
    return tuple(
        Change("people", row_id, one.column, cell, value, _REASON, group=group)
        for row_id, cell in one.cells.items()
        if cell != value
    )


def _place(book: Book, row_id: str) -> str:
    """Return the name of a row's organisation, or its id; both tell it from the human's others."""
    org = reference_id(book.table("people").cell(row_id, "org"))
    name = book.row_name("organisations", org) if org in book.table("organisations") else ""
    return name or row_id


def _own(book: Book, row_id: str, column: str) -> frozenset[str]:
    """Return the comparison keys of a row's personal values in a column; empty if it has none.

    It has none if the cell is blank, equals the organisation's own, or is a role mailbox
    (``info@``).
    """
    row = book.table("people").row(row_id)
    org = reference_id(row.get("org", ""))
    shared = _key(column, book.table("organisations").cell(org, column))
    first = _key(column, row.get(column, ""))
    if not first or first == shared or (column == "email" and is_role_mailbox(row["email"])):
        return frozenset()
    values = [*all_values(row, schema().tab("people").column(column))]
    values += [row.get("phone2", "")] if column == "phone" else []
    return frozenset(key for value in values if (key := _key(column, value)))


def _key(column: str, cell: str) -> str:
    return mailbox_key(cell) if column == "email" else phone.read(cell).value


class _History:
    """What ``log`` tells about the mailboxes and phones in rows of ``people``."""

    def __init__(self, book: Book) -> None:
        self._past: dict[tuple[str, str], dict[str, str]] = {}
        """By (row id, column): each value key the cell has had, and when ``log`` last wrote it.

        The time is '' for a value that ``log`` shows only as the one before a change.
        """
        for entry in log_entries(book):
            for change in entry.changes:
                if change.tab == "people" and change.column in ("email", "phone"):
                    past = self._past.setdefault((change.row_id, change.column), {})
                    past.setdefault(_key(change.column, change.before), "")
                    past[_key(change.column, change.after)] = entry.at

    def newest(self, column: str, cells: Mapping[str, str]) -> str:
        """Return the value that is newer than all the others, '' if ``log`` does not tell."""
        values: dict[str, str] = {}
        for cell in cells.values():
            values.setdefault(_key(column, cell), cell)
        found = [
            key
            for key in values
            if all(self._is_newer(column, cells, key, other) for other in values if other != key)
        ]
        return values[found[0]] if len(found) == 1 else ""

    def _is_newer(self, column: str, cells: Mapping[str, str], key: str, other: str) -> bool:
        """Whether the value ``key`` replaced ``other`` in a row, or was written after it."""
        mine = [one for one, cell in cells.items() if _key(column, cell) == key]
        theirs = [one for one, cell in cells.items() if _key(column, cell) == other]
        if any(other in self._past.get((one, column), {}) for one in mine):
            return not any(key in self._past.get((one, column), {}) for one in theirs)
        written = max(self._since(one, column) for one in mine)
        known = [self._past.get((one, column), {}).get(other, "") for one in theirs]
        return bool(written) and all(known) and written > max(known)

    def _since(self, row_id: str, column: str) -> str:
        """Return when ``log`` last wrote a cell, '' if never; its value is no older than that."""
        return max(self._past.get((row_id, column), {}).values(), default="")
