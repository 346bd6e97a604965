"""Owners: our own people who look after contacts and matters, as listed in ``choices``."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from register.book.table import Book
from register.people.records import Record
from register.people.tenure import is_end_past


@dataclass(frozen=True, slots=True)
class Owner(Record):
    """One of our own people, as a row of ``choices``."""

    tab: ClassVar[str] = "choices"
    owners: str
    owner_email: str
    owner_end: str

    @classmethod
    def named(cls, book: Book, on: date) -> tuple[list[str], list[str]]:
        """Return (names of the owners on a day, names of those who have left)."""
        every = [one for one in cls.all(book).values() if one.owners]
        left = [one.owners for one in every if is_end_past(one.owner_end, on)]
        return [one.owners for one in every if not is_end_past(one.owner_end, on)], left
