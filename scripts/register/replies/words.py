"""What free text seems to say: a guess that a person judges."""

import re

from register.book.package_data import package_table

_LONGEST = 2_000
_MANY = r"(?:mitään |enää |lisää |näitä |fler |några |more |any |further )*"
_GUESSES = {
    key: re.compile("|".join(ways).replace("{many}", _MANY))
    for key, ways in package_table("register.replies", "words").items()
}


def answer_hints(text: str) -> list[str]:
    """Return all that free text may say: keys of ``rsvp``, and ``unsubscribe`` first."""
    small = " ".join(text.casefold().split())[:_LONGEST].replace("’", "'")
    return [key for key, pattern in _GUESSES.items() if pattern.search(small)]


def guess_answer(text: str) -> str:
    """Return what free text seems to say: a key of ``rsvp``, ``unsubscribe``, or '' (no idea).

    Text that seems to say two things is nobody's to guess, but that a no outweighs a yes in it.
    """
    found = answer_hints(text)
    if found[:1] == ["not_coming"] and "maybe" in found:
        small = text.casefold()
        return "maybe" if "en tiedä" in small or "not sure" in small else ""
    return found[0] if found else ""
