"""Languages: fi, sv, en or fi+sv, however people name them."""

from __future__ import annotations

import re

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "language-unknown": (
        "warning",
        "“{cell}” is not one of the register's languages (fi, sv, en, fi+sv).",
    ),
}
_NAMES = {
    **dict.fromkeys(("fi", "suomi", "finska", "finnish", "fin", "suomeksi"), "fi"),
    **dict.fromkeys(("sv", "ruotsi", "svenska", "swedish", "swe", "se", "ruotsiksi"), "sv"),
    **dict.fromkeys(("en", "englanti", "engelska", "english", "eng", "englanniksi"), "en"),
}


def read(text: str) -> Reading:
    """Read one language, or Finnish and Swedish together."""
    words = re.split(r"[\s,;/+&]+|\bja\b|\boch\b|\band\b", text[:80].strip().casefold())
    found = [_NAMES.get(word, "?") for word in words if word]
    if not found:
        return Reading()
    if sorted(set(found)) == ["fi", "sv"]:
        return Reading("fi+sv")
    if len(set(found)) == 1 and found[0] != "?":
        return Reading(found[0])
    return Reading(problem="language-unknown")
