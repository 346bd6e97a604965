"""Languages: fi, sv, en or fi+sv, by any of their names."""

import re

from register.values.reading import Reading
from register.values.text import tidy_line

_NAMES = {
    **dict.fromkeys(("fi", "suomi", "finska", "finnish", "fin", "suomeksi", "fi-fi"), "fi"),
    **dict.fromkeys(
        ("sv", "ruotsi", "svenska", "swedish", "swe", "sve", "ruotsiksi", "sv-fi"), "sv"
    ),
    **dict.fromkeys(("en", "englanti", "engelska", "english", "eng", "engl", "englanniksi"), "en"),
}
_BETWEEN = re.compile(r"[\s,;/+&]+|\bja\b|\boch\b|\band\b")


def read(text: str) -> Reading:
    """Read one language, or Finnish and Swedish together."""
    plain = tidy_line(text, 80)
    if plain == "":
        return Reading()
    words = _BETWEEN.split((plain or "?").casefold().replace("_", "-"))
    found = {_NAMES.get(word.rstrip("."), "?") for word in words if word}
    if found == {"fi", "sv"}:
        return Reading("fi+sv")
    if len(found) == 1 and "?" not in found:
        return Reading(found.pop())
    return Reading(problem="language-unknown")
