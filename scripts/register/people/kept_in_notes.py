"""Values that a merge has found no room for: in ``notes``, each under its column's header.

``Sähköposti: old@example.org; ``group``: viranhaltija`` keeps a second address and a second group;
a person may write such a part by hand as well. Parts are separated by semicolons.
"""

import re
from collections.abc import Iterable, Mapping

from register.book.headers import fold_header
from register.book.schema import LANGUAGES, Column, Language, schema

_PART = re.compile(r";\s+")


def kept_values(row: Mapping[str, str], column: Column) -> tuple[str, ...]:
    """Return the further values of a column that a row's notes keeps, dropdown values as keys."""
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
    """Return all values of a column of one value that a row has: its cell's, then those kept."""
    own = row.get(column.key, "")
    return tuple(dict.fromkeys((*((own,) if own else ()), *kept_values(row, column))))


def labelled_value(column: Column, value: str, language: Language) -> tuple[str, str]:
    """Return a column's header and a value as its cells show it, as ``notes`` keeps them."""
    label = value
    for enum in column.enum_keys:
        label = schema().enum(enum).label(label, language)
    return column.headers[language], label


def notes_with_kept(notes: str, further: Iterable[tuple[str, str]]) -> str:
    """Return notes with further values under their headers; what it says already is not said."""
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
