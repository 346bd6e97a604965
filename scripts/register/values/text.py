"""Plain text: NFC, single spaces, no invisible characters; line breaks are kept."""

import re
import unicodedata
from functools import lru_cache

from register.values.reading import LONGEST_VALUE_READ, Reading

_HARMLESS = re.compile("[\u200b\ufeff\u00ad\u2060]")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e"
    "\u2066-\u2069\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("[\u000b\u000c\u001c-\u001f\u0085\u2028\u2029]")
_LINE_END = re.compile("\r\n?|\n")
_LOOKALIKES = ("CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN")


def tidy(text: str) -> str:
    """Return a text in NFC, with single spaces, without characters of no width."""
    plain = unicodedata.normalize("NFC", _HARMLESS.sub("", text))
    return " ".join(plain.split())


def tidy_line(text: str, longest: int) -> str | None:
    """Return a tidied text, or None if it is longer than a value of its kind can be.

    Nothing is cut, because a reader must not lose what it has not seen when the cell is rewritten.
    A text over ``LONGEST_VALUE_READ`` is not even tidied, because NFC may take quadratic time.
    """
    bare = text.strip()
    if len(bare) > LONGEST_VALUE_READ:
        return None
    plain = tidy(bare)
    return plain if len(plain) <= longest else None


def without_hidden_characters(text: str) -> str:
    """Return the text without the characters that :func:`has_hidden_characters` finds."""
    return _HIDDEN.sub("", _BREAKS.sub(" ", text))


def read(text: str) -> Reading:
    """Read a text: tidied line by line, unless it contains hidden characters or mixed scripts."""
    if len(text) > LONGEST_VALUE_READ:
        return Reading(problem="text-too-long")
    plain = "\n".join(map(tidy, _LINE_END.split(without_hidden_characters(text)))).strip("\n")
    if has_mixed_scripts(plain):
        return Reading(problem="text-mixed-scripts")
    return (
        Reading(problem="text-hidden", suggestion=plain)
        if has_hidden_characters(text)
        else Reading(plain)
    )


def read_line(text: str) -> Reading:
    """Read a text that must be one line, such as a name."""
    return read(_LINE_END.sub(" ", text))


def has_hidden_characters(text: str) -> bool:
    """Return True if a text has control, line separator, direction or surrogate characters."""
    return bool(_HIDDEN.search(text))


@lru_cache(maxsize=4096)
def has_mixed_scripts(text: str) -> bool:
    """Return True if a word mixes Latin letters with lookalike letters of another script."""
    if text.isascii():
        return False
    return any(_is_mixed(word) for word in re.split(r"[\s\-–/]+", text))


def is_foreign_script(text: str) -> bool:
    """Return True if a text consists of letters of lookalike scripts only."""
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
    return bool(scripts) and scripts <= set(_LOOKALIKES)


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    return "LATIN" in scripts and any(script in scripts for script in _LOOKALIKES)
