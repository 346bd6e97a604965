"""Values that a merge had no room for: in ``notes``, each under its column's header.

``Sähköposti: old@example.org; Ryhmä: viranhaltija`` keeps a second address and a second group;
people may write such parts by hand as well. Parts are separated by semicolons.
"""

import re
from collections.abc import Iterable, Mapping

from register.book.headers import fold_header
from register.book.schema import LANGUAGES, Column, Language, schema

_PART = re.compile(r";\s+")


def kept_values(row: Mapping[str, str], column: Column) -> tuple[str, ...]:
    """Return the further values of a column that a row's notes keep, dropdown values as keys."""
    notes = row.get("notes", "")
    if ":" not in notes:
        return ()
    names = {fold_header(column.headers[language]) for language in LANGUAGES}
    found = []
    for part in _PART.split(notes):
        header, colon, value = part.partition(":")
        if colon and value.strip() and fold_header(header) in names:
            found.append(_key(column, value.strip()))
    return tuple(dict.fromkeys(found))


def all_values(row: Mapping[str, str], column: Column) -> tuple[str, ...]:
    """Return all values of a row for a single-value column: its cell's, then those in notes."""
    own = row.get(column.key, "")
    return tuple(dict.fromkeys((*((own,) if own else ()), *kept_values(row, column))))


def labelled_value(column: Column, value: str, language: Language) -> tuple[str, str]:
    """Return a column's header and a value's label, as ``notes`` keeps them."""
    label = value
    for enum in column.enum_keys:
        label = schema().enum(enum).label(label, language)
    return column.headers[language], label


def notes_with_kept(notes: str, further: Iterable[tuple[str, str]]) -> str:
    """Return notes with further (header, label) parts added, except those they already have."""
    parts = _PART.split(notes) if notes else []
    return "; ".join(
        [notes] * bool(notes)
        + [
            part
            for part in dict.fromkeys(f"{header}: {label}" for header, label in further)
            if part not in parts
        ]
    )


def _key(column: Column, label: str) -> str:
    for enum in column.enum_keys:
        for language in LANGUAGES:
            if (value := schema().enum(enum).value(label, language)) is not None:
                return value
    return label
