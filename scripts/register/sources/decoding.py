"""Turn a text file's bytes into text: find the encoding, refuse binary files."""

import re

from register.book.errors import UsageError
from register.values.encoding import MARKS, decode, has_undecoded_bytes

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_UNREAD = 4
"""If more than one line in so many cannot be read, the encoding is none of those known."""


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Return a text file's text and its encoding.

    Bytes that cannot be read stay as surrogate escapes: see
    :func:`register.values.encoding.has_undecoded_bytes`. Raises UsageError if the file is not text,
    or is in an unknown encoding.
    """
    text, encoding = decode(data)
    head = text[:4096]
    if len(_CONTROLS.findall(head)) > len(head) // 100:
        raise _binary(name)
    if has_undecoded_bytes(text):
        lines = [line for line in text.splitlines() if line.strip()]
        bad = sum(map(has_undecoded_bytes, lines))
        if has_undecoded_bytes(lines[0]) or _MOST_UNREAD * bad > len(lines):
            raise (
                _strange(name) if not data.startswith(tuple(m for m, _ in MARKS)) else _binary(name)
            )
    return text, encoding


def _strange(name: str) -> UsageError:
    return UsageError(
        "{file} is in an encoding that is not read here: its letters beyond a to z would be wrong.",
        remedy="Open it in the program that it comes from and save it as .xlsx, or as CSV in "
        "UTF-8.",
        file=name,
    )


def _binary(name: str) -> UsageError:
    return UsageError(
        "{file} is not a list that can be read: it is no text, or it is broken.",
        remedy="Save it as .csv, .xlsx or .docx in the program that it comes from.",
        file=name,
    )
