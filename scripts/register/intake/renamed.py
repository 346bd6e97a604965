"""Find columns that a register lacks, and headers added by people that may be them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from register.book.headers import EXTRA, fold_header
from register.book.phrase import Phrase
from register.book.schema import Column, Language, Tab, schema
from register.book.table import Book, Table
from register.intake.cell_looks import looks_like
from register.intake.header_names import header_meaning

_PARTS = re.compile(r"[/,|&+()\n:;]")
_ALIKE = 0.75
_SHORTEST = 4
_MEANT, _HELD = 0.9, 0.85
"""Likeness of a header that lists use for the column, and of cells of the column's kind."""


@dataclass(frozen=True, slots=True)
class GoneColumns:
    """What to say about missing columns: those that may be renamed, and those that are lacking."""

    renamed: tuple[Phrase, ...]
    lacking: tuple[Phrase, ...]


def missing_known_columns(book: Book) -> GoneColumns:
    """Return which known columns the tabs lack; a column under another name is not read.

    An empty known column is asked about too, if a column that people added holds its kind of cells:
    the tool added it again after the other had lost its name.
    """
    renamed: list[Phrase] = []
    lacking: list[str] = []
    for key, table in book.tables.items():
        tab = schema().tab(key)
        title = tab.titles[book.language]
        own = {
            name.removeprefix(EXTRA): [cell for _, cell in table.column(name)]
            for name in table.columns
            if name.startswith(EXTRA)
        }
        gone = [column for column in tab.columns if not table.has(column.key)]
        guesses = guess_renamed(tab, gone, own)
        guesses |= _guess_emptied(table, {n: own[n] for n in own.keys() - guesses.values()})
        renamed += renamed_faults(tab, title, guesses, book.language)
        lacking += [f"{title}: {c.headers[book.language]}" for c in gone if c.key not in guesses]
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


def guess_renamed(
    tab: Tab, gone: Sequence[Column], own: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return for each missing column the added header that may be it, by column key.

    ``own`` maps the headers that people added to their cells, as far as known. A header counts by
    its letters and by its meaning in lists; cells count by what they plainly are.
    """
    told = {
        (column.key, header): _likeness(tab, column, header, cells)
        for column in gone
        for header, cells in own.items()
    }
    guesses: dict[str, str] = {}
    for (key, header), likeness in sorted(told.items(), key=lambda one: -one[1]):
        if likeness >= _ALIKE and key not in guesses and header not in guesses.values():
            guesses[key] = header
    return guesses


def renamed_faults(
    tab: Tab, title: str, guesses: Mapping[str, str], language: Language
) -> list[Phrase]:
    """Return a question for each missing column and the header that may be it."""
    return [
        (
            "{tab} has no column “{column}”; is it “{guess}”? Then give it its name again: what "
            "stands in it is not read.",
            {"tab": title, "column": tab.column(key).headers[language], "guess": guess},
        )
        for key, guess in guesses.items()
    ]


def _guess_emptied(table: Table, own: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each empty known column the added header that holds its kind of cells, by key."""
    held = {_held(table.tab, cells): header for header, cells in own.items()}
    return {
        key: header
        for key, header in held.items()
        if key and table.has(key) and not any(cell for _, cell in table.column(key))
    }


def _held(tab: Tab, cells: Sequence[str]) -> str:
    """Return the key of the column that cells plainly belong to, '' for none."""
    looks = looks_like([cell for cell in cells if cell])
    key = "name" if (tab.key, looks) == ("organisations", "org") else looks
    return key if tab.has(key) and not tab.column(key).tool else ""


def _likeness(tab: Tab, column: Column, header: str, cells: Sequence[str]) -> float:
    """Return how like a known column an added header and its cells are, 0 to 1."""
    return max(
        _spelt_alike(column, header),
        _MEANT * (header_meaning(header)[0] == column.key),
        _HELD * (_held(tab, cells) == column.key),
    )


def _spelt_alike(column: Column, header: str) -> float:
    """Return how like any name of a column a header, or a part of it, is spelt, 0 to 1."""
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
