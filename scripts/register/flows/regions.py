"""``regions.py``: the organisations of each region, and the municipalities that have none."""

from __future__ import annotations

from datetime import date

from register.book.table import Book
from register.lists.directory import Directory, directory


def regions(book: Book, today: date, *, public: bool = False) -> Directory:
    """Return the regional lists of a register; ``public`` for people outside the network."""
    return directory(book, today, public=public)
