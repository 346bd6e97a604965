"""Formats of a question's row: the dropdown of its decision, and its link."""

from collections.abc import Iterable, Iterator

from register.book.change import Change
from register.book.table import Book
from register.review.question import Question


def format_changes(book: Book, questions: Iterable[Question]) -> Iterator[Change]:
    """Yield the changes that give each open question its dropdown and the link to its cell.

    A format that the row already has yields no change.
    """
    review = book.table("review")
    for question in questions:
        if question.id not in review:
            continue
        wanted = {"decision": " ".join(_offered(book, question)), "link": _place(book, question)}
        for column, after in wanted.items():
            before = review.formats.get((question.id, column), "")
            if after and before != after and review.has(column):
                yield Change("review", question.id, column, before, after, "review", "format")


def _offered(book: Book, question: Question) -> Iterator[str]:
    """Yield the decision words that a question offers; "value" only if its column exists."""
    has_value = book.table("review").has("value")
    yield from (word for word in question.offered if word != "value" or has_value)


def _place(book: Book, question: Question) -> str:
    """Return "tab row column", where a question's link leads, or '' if its row does not exist."""
    tab, row_id, column = question.place
    table = book.tables.get(tab)
    if table is None or (row_id and row_id not in table) or row_id.startswith("#"):
        return ""
    return f"{tab} {row_id} {column if table.has(column) else 'id'}"
