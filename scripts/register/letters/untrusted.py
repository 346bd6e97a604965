"""What people typed into cells, made harmless: one line, no markup, no hidden turns of direction.

Whoever may edit the sheet can write anything into a field; a field is only ever text in a letter.
"""

from __future__ import annotations

import unicodedata

from register.values.text import has_hidden_characters

_FIELD_LENGTH = 1_000
"""A field is cut here."""

_JOINERS = frozenset("\u200c\u200d\u00ad")


def breaks_header(text: str) -> bool:
    """Whether a header would be broken, or read wrongly: a control, line separator or bidi mark.

    Lone surrogates count as well: they cannot be sent.
    """
    if text.isprintable():
        return False
    return has_hidden_characters(text) or any(
        unicodedata.category(char) in ("Cc", "Cs") for char in text
    )


def field_line(text: str) -> str:
    """Return a field as one line of plain characters, of at most FIELD_LENGTH."""
    if text.isprintable():
        return " ".join(text[:_FIELD_LENGTH].split())
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Zs", "Cs") else char
        for char in text[:_FIELD_LENGTH]
        if char in _JOINERS or unicodedata.category(char) != "Cf"
    )
    return " ".join("".join(kept).split())
