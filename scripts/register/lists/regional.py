"""``regions.py lists``: the organisations of each region, or of a selected part."""

from datetime import date

from register.book.schema import Language
from register.book.table import Book
from register.lists.coverage import Coverage, coverage
from register.lists.directory import Directory, directory
from register.lists.selection import Selection, apply_selection


def regional_directory(
    book: Book,
    today: date,
    *,
    public: bool = False,
    chosen: Selection | None = None,
    language: Language | None = None,
) -> Directory:
    """Return the directory of a register, or its ``chosen`` part; ``public`` for outsiders.

    Names of places are sorted as in ``language``, by default the book's.
    """
    lists = directory(book, today, public=public)
    return apply_selection(lists, chosen or Selection(), language or book.language)


def regional_gaps(book: Book, today: date, chosen: Selection, language: Language) -> Coverage:
    """Return the coverage of the chosen part of the register."""
    lists = regional_directory(book, today, chosen=chosen, language=language)
    return coverage(book, lists, today, language, chosen.topics)
