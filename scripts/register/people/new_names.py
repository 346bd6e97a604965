"""A new name of a known person in a sentence: "Heidi Aalto on nykyisin Heidi Korpi"."""

import re

_LONGEST = 500
_NAME = r"[A-ZÅÄÖ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)?"
_CALLED = re.compile(
    r"(?:\b(?i:on (?:nykyään|nykyisin|nyt)|nykyään|nykyisin|nyk\.|heter (?:nu|numera|idag)"
    rf"|is now(?: called)?|is called)|-+>|→)\s*({_NAME}(?: {_NAME})?)(?=\s*(?:[.,;(!]|$))"
)
_INFLECTED = re.compile(r"(?:lla|llä|lle|lta|ltä|ssa|ssä|sta|stä)$")


def new_last_name(text: str, first: str = "") -> str:
    """Return the last name that a sentence says somebody has now, '' for none.

    The new name is a last name alone, or a first and a last name; the first must be ``first`` if
    that is given.
    """
    found = _CALLED.search(text[:_LONGEST])
    if not found:
        return ""
    *before, last = found[1].split()
    if _INFLECTED.search(last) or (first and before and before[0].casefold() != first.casefold()):
        return ""
    return last
