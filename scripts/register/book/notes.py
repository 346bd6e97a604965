"""The tool's part of a cell's note: below its own mark, so that people's part stays theirs.

A cell has one note only. If a person has written one, the tool's part is put below, and removed
later without changing the person's part.
"""

import re
from functools import lru_cache

MARK = "⚙ Verkosto"
"""The first line of the tool's part."""

_LONGEST = 1_000
_CONTROL = re.compile(r"[^\S\n]+|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]+")
_OWN = re.compile(rf"(?:^|\n\n?){re.escape(MARK)}\n")


def split_note(text: str) -> tuple[str, str]:
    """Return the two parts of a note: ``(people's, the tool's)``."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _OWN.search(plain)
    return (plain[: found.start()], plain[found.end() :]) if found else (text, "")


def join_note(people: str, own: str) -> str:
    """Return the whole note: people's part unchanged, the tool's below; '' if both are blank."""
    if not own:
        return people
    return f"{people}\n\n{MARK}\n{own}" if people else f"{MARK}\n{own}"


@lru_cache(maxsize=1 << 15)
def tidy_note(text: str) -> str:
    """Return the tool's part without control characters, cut to the maximum length."""
    plain = "\n".join(" ".join(_CONTROL.sub(" ", line).split()) for line in text.split("\n"))
    return plain.strip().replace(MARK, "Verkosto")[:_LONGEST].strip()
