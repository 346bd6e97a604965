"""Columns of the register that are not there, and the people's own headers that they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from register.book.headers import EXTRA, fold_header
from register.book.phrase import Phrase
from register.book.schema import Column, schema
from register.book.table import Book

_PARTS = re.compile(r"[/,|&+()\n:;]")
_ALIKE = 0.75
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class GoneColumns:
    """What is said of columns that are not there: of each that another header may be, of others."""

    renamed: tuple[Phrase, ...]
    lacking: tuple[Phrase, ...]


def columns_gone(book: Book) -> GoneColumns:
    """Return which known columns the tabs lack: what stands in one by another name is not read."""
    renamed: list[Phrase] = []
    lacking: list[str] = []
    for key, table in book.tables.items():
        tab = schema().tab(key)
        title = tab.titles[book.language]
        own = [name.removeprefix(EXTRA) for name in table.columns if name.startswith(EXTRA)]
        for column in (one for one in tab.columns if not table.has(one.key)):
            header = column.headers[book.language]
            likeness, guess = max(((_likeness(column, one), one) for one in own), default=(0.0, ""))
            if likeness >= _ALIKE:
                own.remove(guess)
                renamed.append(
                    (
                        "{tab} has no column “{column}”; is it “{guess}”? Then give it its name "
                        "again: what stands in it is not read.",
                        {"tab": title, "column": header, "guess": guess},
                    )
                )
            else:
                lacking.append(f"{title}: {header}")
    said = (
        "Columns are missing: {columns}. They are added by: python3 scripts/create.py --book "
        "{book} --apply"
    )
    values = {"columns": lacking, "book": book.name}
    tabs = [
        tab.titles[book.language]
        for tab in schema().tabs.values()
        if tab.later and tab.key not in book.tables
    ]
    said_of_tabs = (
        "Tabs are missing: {tabs}. They are added by: python3 scripts/create.py --book {book} "
        "--apply"
    )
    missing: list[Phrase] = [(said, values)] if lacking else []
    if tabs:
        missing.append((said_of_tabs, {"tabs": tabs, "book": book.name}))
    return GoneColumns(tuple(renamed), tuple(missing))


def _likeness(column: Column, header: str) -> float:
    """Return how like a column's name in any language a header or a part of it is, 0 to 1."""
    parts = [header, re.sub(r"\([^()]*\)", " ", header), *_PARTS.split(header), *header.split()]
    names = [_letters(name) for name in (*column.headers.values(), *column.aliases)]
    found = 0.0
    for number, part in enumerate(parts):
        plain = _letters(part)
        for name in names:
            if plain == name and plain:
                return 1.0
            if number < 2 and min(len(plain), len(name)) >= _SHORTEST:
                found = max(found, OSA.normalized_similarity(plain, name))
    return found


def _letters(header: str) -> str:
    return "".join(char for char in fold_header(header[:200]) if char.isalpha())
