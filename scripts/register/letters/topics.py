"""What a letter is about: the topics that its audience asks for."""

from register.book.headers import fold_header
from register.book.table import Book
from register.letters.mailing_list import find_list
from register.letters.target import read_target, register_topics
from register.people.mailings import LetterRow, ReleasedRow


def topics_of(book: Book, row: ReleasedRow) -> dict[str, str]:
    """Return the topics of a meeting's or a letter's audience, by how they are compared.

    Those that it names itself, and those of the mailings that it names or goes to. Raises
    UsageError where a letter's mailing is none.
    """
    if isinstance(row, LetterRow):
        target = read_target(book, "")
        lists = {find_list(book, row.mailing)}
    else:
        target = read_target(book, row.audience)
        lists = set(target.lists)
    return _topics(book, target.topics, lists)


def topics_of_list(book: Book, row_id: str) -> dict[str, str]:
    """Return the topics of a mailing, by how they are compared."""
    return _topics(book, frozenset(), {row_id})


def _topics(book: Book, named: frozenset[str], lists: set[str]) -> dict[str, str]:
    """Return the topics that are named, and those of these mailings."""
    cells = (book.table("mailings").cell(one, "audience") for one in sorted(lists))
    found = named.union(*(read_target(book, cell).topics for cell in cells))
    known = register_topics(book)
    return {fold_header(known[one]): known[one] for one in sorted(found)}
