"""What free text seems to say: a guess for a person to judge."""

import re

from register.book.package_data import package_table

_LONGEST = 2_000
_MANY = r"(?:mitään |enää |lisää |näitä |fler |några |more |any |further )*"
_GUESSES = {
    key: re.compile("|".join(ways).replace("{many}", _MANY))
    for key, ways in package_table("register.replies", "words").items()
}


def answer_hints(text: str) -> list[str]:
    """Return everything that a text may say: ``unsubscribe`` first, then keys of ``rsvp``."""
    small = " ".join(text.casefold().split())[:_LONGEST].replace("’", "'")
    return [key for key, pattern in _GUESSES.items() if pattern.search(small)]


def guess_answer(text: str) -> str:
    """Return what a text seems to say: a key of ``rsvp``, ``unsubscribe``, or '' if unclear.

    An opt-out outweighs every answer, and a no or a maybe outweighs a yes. A no together with a
    maybe is unclear, except in "en tiedä" and "not sure", which are a maybe.
    """
    found = answer_hints(text)
    if found[:1] == ["not_coming"] and "maybe" in found:
        small = text.casefold()
        return "maybe" if "en tiedä" in small or "not sure" in small else ""
    return found[0] if found else ""
