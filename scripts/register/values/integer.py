"""Whole numbers."""

import re

from register.values.reading import Reading
from register.values.text import tidy_line

_SHAPE = re.compile(r"([0-9]{1,9})(?:[.,]0{1,2})?")
_WITH_WORDS = re.compile(
    r"(?:n\.?|noin|ca\.?|max\.?|enintään|högst)?\s*([0-9]{1,6})\s*"
    r"(?:hlö[aä]?|henkilöä|henkeä|henk\.|paikkaa|kpl|personer|pers\.|platser|people)?\.?",
    re.IGNORECASE,
)


def read(text: str) -> Reading:
    """Read a whole number of up to nine digits; "1.000" may be a thousand and is not guessed."""
    plain = tidy_line(text, 40)
    if plain == "":
        return Reading()
    found = _SHAPE.fullmatch((plain or "").replace(" ", ""))
    if found:
        return Reading(str(int(found[1])))
    worded = _WITH_WORDS.fullmatch(plain or "")
    return Reading(problem="integer-impossible", suggestion=str(int(worded[1])) if worded else "")
