"""Questions that nobody asks any more, though somebody has decided them: does the book say it."""

from __future__ import annotations

from collections.abc import Mapping

from register.book.schema import schema
from register.book.table import Book
from register.people.records import NOT_LIVE
from register.review.merging import are_one
from register.review.pairs import asked_about
from register.review.question import Cell, linked_row
from register.review.values import ValueRefusal, read_value
from register.review.words import decision
from register.rules.references import living_row
from register.words.sentences import Sentences


def says_so(book: Book, row: Mapping[str, str], say: Sentences) -> bool:
    """Whether the cell that a row of ``review`` is about holds what was decided: proposal or value.

    False where the row does not tell which cell that is.
    """
    cell = asked_cell(book, row)
    if cell is None:
        return False
    text = row.get("suggestion", "")
    if not decision(row.get("decision", "")):
        text = row.get("decision", "")
    text = row.get("value", "").strip() or text
    value = read_value(book, cell, text, say) if text.strip() else ""
    living = living_row(book, cell[0], cell[1]) or cell[1]
    there = book.table(cell[0]).cell(living, cell[2])
    return bool(there) and not isinstance(value, ValueRefusal) and value == there


def is_over(book: Book, case_id: str, row: Mapping[str, str], say: Sentences) -> bool:
    """Whether nothing is left to do of what stands in a question's row, whatever the word.

    Its rows are one by now, or one of them is in use no more; what is still wrong with the row that
    goes on is asked about there. A value that can be read is not over: nobody has written it.
    """
    pairing = asked_about(case_id, row)
    if pairing:
        one, two = (_in_use(book, pairing.tab, row) for row in (pairing.left, pairing.right))
        return not one or not two or are_one(book, pairing.tab, one, two)
    about = linked_row(row)
    tab = schema().tab_of_id(about) if about else None
    if tab is None or about not in book.table(tab.key) or not book.table(tab.key).has("status"):
        return False
    if book.table(tab.key).cell(about, "status") not in NOT_LIVE:
        return False
    cell, text = asked_cell(book, row), row.get("value", "").strip()
    text = text or ("" if decision(row.get("decision", "")) else row.get("decision", ""))
    return not text or cell is None or isinstance(read_value(book, cell, text, say), ValueRefusal)


def _in_use(book: Book, tab: str, row_id: str) -> str:
    """Return the row that a row lives on in, '' where it is in use no more."""
    if tab not in book.tables or row_id not in book.table(tab):
        return ""
    living = living_row(book, tab, row_id)
    return "" if book.table(tab).cell(living, "status") == "archived" else living


def asked_cell(book: Book, row: Mapping[str, str]) -> Cell | None:
    """Return the cell that a row of ``review`` is about: its row's id, and the header under A."""
    row_id = linked_row(row)
    tab = schema().tab_of_id(row_id) if row_id else None
    if tab is None or row_id not in book.table(tab.key):
        return None
    header = row.get("left", "").partition(":")[0].strip().casefold()
    for column in tab.columns:
        if header and header in (name.casefold() for name in column.headers.values()):
            return tab.key, row_id, column.key
    return None
