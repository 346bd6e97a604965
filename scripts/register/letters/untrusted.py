"""Sanitising of cells' text: one line, no markup, no hidden changes of text direction.

Anyone who can edit the sheet can write anything into a field; in a letter it is only ever text.
"""

import re
import unicodedata

from register.values.text import has_hidden_characters

_FIELD_LENGTH = 1_000
"""Maximum length of a field; the rest is cut off."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = frozenset("\u200c\u200d\u00ad")


def breaks_header(text: str) -> bool:
    """Return True if a text would break a header: a control, line separator or bidi character.

    Lone surrogates count as well: they cannot be sent.
    """
    if text.isprintable():
        return False
    return has_hidden_characters(text) or any(
        unicodedata.category(char) in ("Cc", "Cs") for char in text
    )


def untrusted_lines(text: str) -> str:
    """Return lines of text without control, bidi and private-use characters."""
    plain = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return "\n".join("".join(map(_kept, line)) for line in plain.split("\n"))


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    dropped = category in ("Cc", "Cs", "Co") or (category == "Cf" and char not in _JOINERS)
    return "" if dropped else char


def field_line(text: str) -> str:
    """Return a field as one line of plain characters, of at most 1,000."""
    if text.isprintable():
        return " ".join(text[:_FIELD_LENGTH].split())
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Zs", "Cs") else char
        for char in text[:_FIELD_LENGTH]
        if char in _JOINERS or unicodedata.category(char) != "Cf"
    )
    return " ".join("".join(kept).split())
