"""People that a sentence names, in any case form: "Soitin Leena Virralle" is Leena Virta."""

import re

from register.book.table import Book
from register.people.records import Person

_PAIR = re.compile(r"(?=(?<![\w-])([^\W\d_][\w-]+) ([^\W\d_][\w-]+))")
_FIRST = re.compile(
    r"(?<![\w@.-])([A-ZÅÄÖ][^\W\d_]+)\b"
    r"(?! [A-ZÅÄÖ][^\W\d_]+(?<!lta|ltä|sta|stä|ssa|ssä)\b)(?: ([A-ZÅÄÖ])(?=[.\s]|$))?"
)
"""A first name without the last: alone, with a town ("Annu Keravalta"), or with the initial."""

_CASES = frozenset(("n", "lle", "lta", "ltä", "lla", "llä", "a", "ä", "in", "ille", "s"))
"""The case endings of a first name."""

_LONGEST = 4_000
_ENDING = 3
"""How many last letters of a name may change before a case ending."""

_ADDED = 5


def person_named(book: Book, text: str) -> tuple[str, str]:
    """Return the whole name of the only person that a text names, and its words there.

    Two '' if it names nobody or several people.
    """
    found = all_people_named(book, text)
    return found[0] if len({name for name, _ in found}) == 1 else ("", "")


def all_people_named(book: Book, text: str) -> tuple[tuple[str, str], ...]:
    """Return (whole name, words in the text) of the people that a text names, in order.

    The first name must stand as it is, the last name may be in any case form. If any words fit
    several names, nobody is named.
    """
    pairs = [
        (first, last)
        for first, last in _PAIR.findall(text[:_LONGEST])
        if first[0].isupper() and last[0].isupper()
    ]
    if not pairs:
        return ()
    found: dict[str, set[str]] = {}
    for one in Person.live(book):
        for first, last in pairs:
            if first.casefold() == one.first.casefold() and _is_form(last.casefold(), one.last):
                found.setdefault(f"{first} {last}", set()).add(f"{one.first} {one.last}")
    if any(len(names) > 1 for names in found.values()):
        return ()
    return tuple(
        (name, said)
        for said in dict.fromkeys(f"{first} {last}" for first, last in pairs)
        for name in found.get(said, ())
    )


def people_called(book: Book, text: str) -> tuple[Person, ...]:
    """Return the people that a first name in a text may mean: "Heikki", "Pirkko H.", "Leenan"."""
    called = {
        (first.casefold(), initial.casefold()) for first, initial in _FIRST.findall(text[:_LONGEST])
    }
    return tuple(
        one
        for one in Person.live(book)
        if any(
            _is_first(said, one.first) and one.last.casefold().startswith(initial)
            for said, initial in called
        )
    )


def _is_first(said: str, first: str) -> bool:
    plain = first.casefold()
    if said == plain:
        return True
    ending = said[len(plain) :] if said.startswith(plain) else ""
    return len(plain) > _ENDING and ending in _CASES


def _is_form(word: str, last: str) -> bool:
    plain = last.casefold()
    stem = plain[: max(2, len(plain) - _ENDING)]
    return bool(plain) and word.startswith(stem) and len(word) <= len(plain) + _ADDED
