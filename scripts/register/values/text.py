"""Plain text: NFC, single spaces, no invisible characters; its lines are kept."""

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
    """Return text in NFC, with single spaces, without characters that show nothing."""
    plain = unicodedata.normalize("NFC", _HARMLESS.sub("", text))
    return " ".join(plain.split())


def tidy_line(text: str, longest: int) -> str | None:
    """Return a text tidied, or None where it is longer than a value of its kind can be.

    Nothing is cut: what a reader has not seen must not be lost when the cell is written anew. A
    text over ``LONGEST_VALUE_READ`` is not even tidied, as NFC may take quadratic time.
    """
    bare = text.strip()
    if len(bare) > LONGEST_VALUE_READ:
        return None
    plain = tidy(bare)
    return plain if len(plain) <= longest else None


def text_shown(text: str) -> str:
    """Return the text without the characters that ``hidden`` speaks of."""
    return _HIDDEN.sub("", _BREAKS.sub(" ", text))


def read(text: str) -> Reading:
    """Read a text: tidied line by line, unless something in it hides from the eye."""
    if len(text) > LONGEST_VALUE_READ:
        return Reading(problem="text-too-long")
    plain = "\n".join(map(tidy, _LINE_END.split(text_shown(text)))).strip("\n")
    if has_mixed_scripts(plain):
        return Reading(problem="text-mixed-scripts")
    return (
        Reading(problem="text-hidden", suggestion=plain)
        if has_hidden_characters(text)
        else Reading(plain)
    )


def read_line(text: str) -> Reading:
    """Read a text that is one line, such as a name."""
    return read(_LINE_END.sub(" ", text))


def has_hidden_characters(text: str) -> bool:
    """Whether the text holds control, line separator, direction or surrogate characters."""
    return bool(_HIDDEN.search(text))


@lru_cache(maxsize=4096)
def has_mixed_scripts(text: str) -> bool:
    """Whether one word mixes Latin letters with letters of another script that look alike."""
    if text.isascii():
        return False
    return any(_is_mixed(word) for word in re.split(r"[\s\-–/]+", text))


def is_foreign_script(text: str) -> bool:
    """Whether the text is written in letters of a script that look like ours, and in no others."""
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
    return bool(scripts) and scripts <= set(_LOOKALIKES)


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    return "LATIN" in scripts and any(script in scripts for script in _LOOKALIKES)
