"""Whom of a register a sentence names, in whatever case: "Soitin Leena Virralle" is Leena Virta."""

import re

from register.book.table import Book
from register.people.records import Person

_PAIR = re.compile(r"(?=(?<![\w-])([^\W\d_][\w-]+) ([^\W\d_][\w-]+))")
_LONGEST = 4_000
_ENDING = 3
"""A case ending, and the consonants that change before it, take so many letters of a name."""

_ADDED = 5


def person_named(book: Book, text: str) -> tuple[str, str]:
    """Return the whole name of the only person whom a text names, and its words there, or ''.

    The first name stands as it is, the last name in any case.
    """
    pairs = [
        (first, last)
        for first, last in _PAIR.findall(text[:_LONGEST])
        if first[0].isupper() and last[0].isupper()
    ]
    if not pairs:
        return "", ""
    found = {
        f"{one.first} {one.last}": f"{first} {last}"
        for one in Person.live(book)
        for first, last in pairs
        if first.casefold() == one.first.casefold() and _is_form(last.casefold(), one.last)
    }
    return found.popitem() if len(found) == 1 else ("", "")


def _is_form(word: str, last: str) -> bool:
    plain = last.casefold()
    stem = plain[: max(2, len(plain) - _ENDING)]
    return bool(plain) and word.startswith(stem) and len(word) <= len(plain) + _ADDED
