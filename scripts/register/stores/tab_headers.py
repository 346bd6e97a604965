"""Recognises the register's tabs and columns in a store, and names what makes them unusable."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from register.book.cells import Raw, to_book
from register.book.headers import (
    EXTRA,
    Headers,
    fold_header,
    language_of,
    read_headers,
    tab_named,
)
from register.book.phrase import Phrase
from register.book.schema import Language, Tab, schema
from register.intake.renamed import guess_renamed, renamed_faults
from register.unpacking import column_letters

_ALIKE, _LONGEST_TITLE = 0.75, 200
_SET_ASIDE = re.compile(r"\D*\b20\d\d\b.*")
"""A title with a year, as a ``log`` has that was set aside because it had grown long."""
_HIGHEST, _FEW = 20, 3
"""How far down headers are searched, and how many of them make a row a header row."""

FIRST_ROWS = "1:41"
"""The header row of a tab, with enough rows below it to tell what a column is."""

StoreRows = Sequence[Sequence[Raw]]


def named_tabs(
    titles: Sequence[str], *, later: bool = False
) -> tuple[dict[str, str], list[Phrase]]:
    """Return the titles of the register's tabs by key, and faults: missing and duplicated tabs.

    The fault for a missing tab suggests another title if that may be the tab, renamed. Missing tabs
    that were added to the schema later are reported only with ``later``, since a register works
    without them.
    """
    found: dict[str, str] = {}
    faults: list[Phrase] = []
    language = language_of(titles)
    for title in titles:
        tab = tab_named(title)
        if tab is None:
            continue
        if tab.key in found:
            values = {"tab": title, "other": found[tab.key]}
            faults.append(("The tabs {tab} and {other} are the same one, twice.", values))
        found.setdefault(tab.key, title)
    own = [title for title in titles if tab_named(title) is None] if found else []
    for tab in schema().tabs.values():
        if tab.key in found or not tab.columns or (tab.later and not later):
            continue
        values = {"tab": tab.titles[language]}
        guess = _title_alike(tab, own)
        faults.append(
            (
                "There is no tab {tab}; is it “{guess}”? Then give it its name again.",
                {**values, "guess": guess},
            )
            if guess
            else ("There is no tab {tab}.", values)
        )
    return found, faults


def _title_alike(tab: Tab, own: Sequence[str]) -> str:
    """Return the title among people's own tabs that resembles this tab's; '' if none does.

    A ``log`` that was set aside is no such title.
    """
    names = [fold_header(name) for name in tab.titles.values()]
    for title in own:
        if tab.key == "log" and _SET_ASIDE.fullmatch(title):
            continue
        plain = fold_header(title[:_LONGEST_TITLE])
        if any(
            re.search(rf"\b{re.escape(name)}\b", plain)
            or OSA.normalized_similarity(name, plain) >= _ALIKE
            for name in names
        ):
            return title
    return ""


def no_headers(tab: Tab, title: str, rows: StoreRows) -> Phrase:
    """Return the fault of a tab whose first row has no known header, with the headers' place."""
    for number, row in enumerate(rows[:_HIGHEST], start=1):
        names = read_headers(tab, [to_book(None, cell, "fi") for cell in row]).columns
        if sum(bool(key) and not key.startswith(EXTRA) for key in names) >= _FEW:
            return (
                "The headers of {tab} are in row {row}; they belong in the first. Take away the "
                "rows above them.",
                {"tab": title, "row": number},
            )
    return "The tab {tab} has no headers in its first row.", {"tab": title}


def header_faults(
    tab: Tab, title: str, headers: Headers, rows: StoreRows, language: Language
) -> list[Phrase]:
    """Return the faults that make a tab's header row, the first row, unusable."""
    if not known_columns(headers):
        return [no_headers(tab, title, rows)]
    missing = [tab.column(key) for key in headers.missing]
    guesses = guess_renamed(tab, missing, peoples_columns(headers, rows))
    faults = renamed_faults(tab, title, guesses, language)
    for column in (one for one in missing if one.key not in guesses):
        values = {"tab": title, "column": column.headers[language]}
        faults.append(("{tab}: there is no column {column}.", values))
    for key in headers.doubled:
        header = tab.column(key).headers[language]
        values = {"tab": title, "column": header}
        faults.append(("{tab}: the column {column} is there twice.", values))
    return faults


def headers_of(tab: Tab, rows: StoreRows) -> Headers:
    """Return the columns that the first row of a tab names.

    If columns of the tab are missing, a column with cells below an empty header is named after the
    place of its header, such as ``F1``.
    """
    titles = [to_book(None, cell, "fi") for cell in rows[0]] if rows else []
    headers = read_headers(tab, titles)
    if not (headers.missing or headers.absent):
        return headers
    filled = {n for row in rows[1:] for n, cell in enumerate(row) if cell not in ("", None)}
    width = max((len(titles), *(n + 1 for n in filled)))
    titles += [""] * (width - len(titles))
    named = [
        f"{column_letters(n + 1)}1" if not title.strip() and n in filled else title
        for n, title in enumerate(titles)
    ]
    return read_headers(tab, named)


def known_columns(headers: Headers) -> frozenset[int]:
    """Return the numbers of the columns that are the register's; all others are people's."""
    named = enumerate(headers.columns, start=1)
    return frozenset(number for number, key in named if key and not key.startswith(EXTRA))


def peoples_columns(headers: Headers, rows: StoreRows) -> dict[str, list[str]]:
    """Return the cells of people's own columns, by header."""
    return {
        name.removeprefix(EXTRA): [
            to_book(None, row[number], "fi") for row in rows[1:] if number < len(row)
        ]
        for number, name in enumerate(headers.columns)
        if name.startswith(EXTRA)
    }
