"""Plain text: NFC, single spaces, no invisible characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from register.fields.reading import LONGEST, Problems, Reading

PROBLEMS: Problems = {
    "text-hidden": (
        "warning",
        "There are invisible characters here. The plain text would be “{suggestion}”.",
    ),
    "text-mixed-scripts": (
        "warning",
        "Letters of two alphabets are mixed here, so it may not be the word that it looks like.",
    ),
    "text-too-long": ("warning", "This cell is very long. Please keep only what is needed."),
}
_HARMLESS = re.compile("[\u200b\ufeff\u00ad\u2060]")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e"
    "\u2066-\u2069\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LOOKALIKES = ("CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN")


def tidy(text: str) -> str:
    """Return text in NFC, with single spaces, without characters that show nothing."""
    plain = _HARMLESS.sub("", unicodedata.normalize("NFC", text))
    return " ".join(plain.split())


def read(text: str) -> Reading:
    """Read a text: tidied, unless something in it hides from the eye."""
    if len(text) > LONGEST:
        return Reading(problem="text-too-long")
    if _HIDDEN.search(text):
        return Reading(problem="text-hidden", suggestion=tidy(_HIDDEN.sub("", text)))
    plain = tidy(text)
    if mixed_scripts(plain):
        return Reading(problem="text-mixed-scripts")
    return Reading(plain)


def hidden(text: str) -> bool:
    """Whether the text holds control, line separator or direction characters."""
    return bool(_HIDDEN.search(text))


@lru_cache(maxsize=4096)
def mixed_scripts(text: str) -> bool:
    """Whether one word mixes Latin letters with letters of another script that look alike."""
    if text.isascii():
        return False
    return any(_is_mixed(word) for word in text.split())


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    return "LATIN" in scripts and any(script in scripts for script in _LOOKALIKES)
