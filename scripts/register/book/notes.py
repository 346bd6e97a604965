"""What the tool writes into a cell's note: below its own mark, so that people's notes stay theirs.

A spreadsheet keeps one note a cell. Where a person has written one, the tool's part stands below it
and is taken away again without a letter of the person's being touched.
"""

import re
from functools import lru_cache

MARK = "⚙ Verkosto"
"""The line that begins the tool's part of a note."""

_LONGEST = 1_000
_CONTROL = re.compile(r"[^\S\n]+|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]+")
_OWN = re.compile(rf"(?:^|\n\n?){re.escape(MARK)}\n")


def split_note(text: str) -> tuple[str, str]:
    """Return ``(what people wrote, what the tool wrote)`` of a cell's whole note."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _OWN.search(plain)
    return (plain[: found.start()], plain[found.end() :]) if found else (text, "")


def join_note(people: str, own: str) -> str:
    """Return a cell's whole note: people's part as it is, the tool's below it; '' for no note."""
    if not own:
        return people
    return f"{people}\n\n{MARK}\n{own}" if people else f"{MARK}\n{own}"


@lru_cache(maxsize=1 << 15)
def tidy_note(text: str) -> str:
    """Return the tool's part as it can be written: no control characters, not too long."""
    plain = "\n".join(" ".join(_CONTROL.sub(" ", line).split()) for line in text.split("\n"))
    return plain.strip().replace(MARK, "Verkosto")[:_LONGEST].strip()
