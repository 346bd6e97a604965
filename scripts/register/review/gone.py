"""Questions that nobody asks any more, though somebody has decided them: does the book say it."""

from collections.abc import Mapping

from register.book.schema import schema
from register.book.table import Book
from register.review.merging import are_one
from register.review.pairs import pair_of_question
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


def are_one_now(book: Book, case_id: str, row: Mapping[str, str]) -> bool:
    """Whether the two rows of a question have become one, so that no word is left to carry out."""
    pairing = pair_of_question(case_id, row)
    if pairing is None:
        return False
    one, two = (living_row(book, pairing.tab, row_id) for row_id in (pairing.left, pairing.right))
    return bool(one and two) and are_one(book, pairing.tab, one, two)


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
