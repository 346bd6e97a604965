"""The topics of a letter: those that its audience asks for."""

from register.book.headers import fold_header
from register.book.table import Book
from register.letters.mailing_list import find_list
from register.letters.target import read_target, register_topics
from register.people.mailings import LetterRow, ReleasedRow


def topics_of(book: Book, row: ReleasedRow) -> dict[str, str]:
    """Return the topics of a meeting's or a letter's audience as written, by their folded form.

    They are the topics that the audience names, and those of the mailings that it names or that the
    letter goes to. Raises UsageError where the letter's mailing does not exist.
    """
    if isinstance(row, LetterRow):
        target = read_target(book, "")
        lists = {find_list(book, row.mailing)}
    else:
        target = read_target(book, row.audience)
        lists = set(target.lists)
    return _topics(book, target.topics, lists)


def topics_of_list(book: Book, row_id: str) -> dict[str, str]:
    """Return the topics of a mailing as written, by their folded form."""
    return _topics(book, frozenset(), {row_id})


def _topics(book: Book, named: frozenset[str], lists: set[str]) -> dict[str, str]:
    """Return the named topics and those of these mailings, as written, by their folded form."""
    cells = (book.table("mailings").cell(one, "audience") for one in sorted(lists))
    found = named.union(*(read_target(book, cell).topics for cell in cells))
    known = register_topics(book)
    return {fold_header(known[one]): known[one] for one in sorted(found)}
