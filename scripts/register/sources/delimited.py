"""Lists as text: CSV and its kin, whatever separates their cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice
from typing import Literal

from register.errors import UsageError
from register.fields.encoding import unread
from register.sources.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, clean, too_large

_SEPARATORS = (";", ",", "\t", "|")
_SEP = re.compile(r"\s*\"?sep=(.)\"?[ \t;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_READINGS: tuple[tuple[bool, Literal[0, 3]], ...] = (
    (True, csv.QUOTE_MINIMAL),
    (False, csv.QUOTE_MINIMAL),
    (True, csv.QUOTE_NONE),
)
_LOOKED_AT = 300
_FIELD = 8 * LONGEST_CELL


def delimited(text: str, name: str) -> tuple[list[list[str]], str]:
    """Return a text's rows and its separator; a first line ``sep=;`` is obeyed and left blank.

    Rows with letters that cannot be read come back with their surrogate escapes.
    """
    above = 0
    if found := _SEP.match(text):
        separator, text, above = found[1], text[found.end() :], 1
    else:
        separator = _separator(text)
    rows = _parsed(text, separator, name)
    return [[] for _ in range(above)] + rows, separator


def _separator(text: str) -> str:
    """Return the separator that cuts most rows into equally many cells; the more the better."""
    best, most = ";", 0.0
    for separator in _SEPARATORS:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        try:
            widths = [len(row) for row in islice(reader, _LOOKED_AT) if any(row)]
        except csv.Error:
            continue
        usual = Counter(width for width in widths if width > 1).most_common(1)
        if usual:
            width, count = usual[0]
            score = count / len(widths) * width
            if score > most:
                best, most = separator, score
    return best


def _parsed(text: str, separator: str, name: str) -> list[list[str]]:
    """Read the rows; where quotation marks do not pair up, they are characters like others."""
    before = csv.field_size_limit(_FIELD)
    try:
        for strict, quoting in _READINGS:
            try:
                rows = _rows(text, separator, name, strict=strict, quoting=quoting)
            except csv.Error:
                continue
            if strict or not _swallowed(rows, separator):
                return rows
    finally:
        csv.field_size_limit(before)
    raise UsageError(
        "{file} cannot be cut into rows and columns.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
        file=name,
    )


def _swallowed(rows: list[list[str]], separator: str) -> bool:
    """Whether a stray quotation mark has made one cell of whole rows."""
    widths = Counter(len(row) for row in rows if any(row))
    usual = max(2, widths.most_common(1)[0][0]) if widths else 2
    return any("\n" in cell and cell.count(separator) >= usual - 1 for row in rows for cell in row)


def _rows(
    text: str, separator: str, name: str, *, strict: bool, quoting: Literal[0, 3]
) -> list[list[str]]:
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=separator,
        skipinitialspace=separator != "\t",
        strict=strict,
        quoting=quoting,
    )
    rows: list[list[str]] = []
    torn = unread(text)
    for row in reader:
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise too_large(name)
        rows.append(list(row) if torn and any(map(unread, row)) else [clean(cell) for cell in row])
    return rows
