"""Lists as text: CSV and the like, tables drawn in Markdown or consoles, columns of blanks."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import dropwhile, islice
from typing import Literal

from register.book.errors import UsageError
from register.sources.limits import (
    LONGEST_LIST_CELL,
    MOST_LIST_CELLS,
    MOST_LIST_COLUMNS,
    MOST_LIST_ROWS,
    clean_text,
    too_large,
)
from register.values.encoding import has_undecoded_bytes

_SEPARATORS = (";", ",", "\t", "|")
_SEP = re.compile(r"\s*\"?sep=(.)\"?[ \t;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_READINGS: tuple[tuple[bool, Literal[0, 3]], ...] = (
    (True, csv.QUOTE_MINIMAL),
    (False, csv.QUOTE_MINIMAL),
    (True, csv.QUOTE_NONE),
)
_RULER = re.compile(r"(?=.*[-=])[\s|+:=-]*[|+][\s|+:=-]*|\s*-{3,}[\s-]*")
_LONGEST_RULER = 2_000
_MAILED = re.compile(r"\[([^\]]{0,300})\]\((?:mailto:|tel:)?\1\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|[*_`])(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
_LOOKED_AT = 300
_BEGINNING = 50_000
_STEADY = 0.8
BLANKS = "  "
"""The separator of a table whose columns are set with blanks."""

_FIELD = 8 * LONGEST_LIST_CELL


def read_delimited(text: str, name: str) -> tuple[list[list[str]], str]:
    """Return a text's rows and its separator; a first line "sep=;" is obeyed and becomes blank.

    Rows that cannot be decoded keep their surrogate escapes.
    """
    above = 0
    if found := _SEP.match(text):
        separator, text, above = found[1], text[found.end() :], 1
    elif drawn := _drawn(text, name):
        return drawn, "|"
    else:
        separator = _separator(text)
    if separator == BLANKS:
        return _in_columns(text, name), separator
    rows = _parsed(text, separator, name)
    return [[] for _ in range(above)] + rows, separator


def _separator(text: str) -> str:
    """Return the separator that cuts most rows into the same number of cells, preferring more."""
    best, most = ";", 0.0
    lines = [line for line in text[:_BEGINNING].splitlines() if line.strip()]
    if sum("\t" in line for line in lines) >= _STEADY * len(lines) > 0:
        return "\t"
    for separator in _SEPARATORS:
        width, share = _usual_width(text, separator)
        if share * width > most:
            best, most = separator, share * width
    if "\t" not in text:
        widths = [sum(map(bool, row)) for row in _in_columns(text, "", _LOOKED_AT) if any(row)]
        several = [width for width in widths if width > 1]
        if len(several) > 1 and len(several) / len(widths) * max(several) > most:
            return BLANKS
    return best


def common_width(text: str) -> int:
    """Return the number of cells into which a separator cuts nearly every line, 1 if none does."""
    widths = [_usual_width(text, separator) for separator in _SEPARATORS]
    return max((width for width, share in widths if share >= _STEADY), default=1)


def _usual_width(text: str, separator: str) -> tuple[int, float]:
    """Return the most common number of cells above one, and the share of rows that have it.

    (1, 0.0) if no row has several cells.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        widths = [len(row) for row in islice(reader, _LOOKED_AT) if any(row)]
    except csv.Error:
        return 1, 0.0
    usual = Counter(width for width in widths if width > 1).most_common(1)
    return (usual[0][0], usual[0][1] / len(widths)) if usual else (1, 0.0)


def _drawn(text: str, name: str) -> list[list[str]]:
    """Return the rows of a table with ruling lines ("|---|---|"), [] if the text has none."""
    lines = text.splitlines()
    if not any(_is_ruler(line) and ("|" in line or "+" in line) for line in lines[:_LOOKED_AT]):
        return []
    if len(lines) > MOST_LIST_ROWS:
        raise too_large(name)
    rows = []
    for line in lines:
        inner = "" if _is_ruler(line) else line.strip().removeprefix("|")
        cells = re.split(r"(?<!\\)\|", inner)
        if len(cells) > 1 and not cells[-1].strip():
            cells.pop()
        rows.append([_plain(cell) for cell in cells] if inner else [])
    return rows


def _is_ruler(line: str) -> bool:
    """Whether a line only rules off the headers or the rows of a table."""
    return len(line) <= _LONGEST_RULER and _RULER.fullmatch(line) is not None


def _plain(cell: str) -> str:
    """Return a cell of a Markdown table without its markup."""
    text = re.sub(r"<br\s*/?>", "\n", cell, flags=re.IGNORECASE).replace(r"\|", "|")
    text = _MAILED.sub(r"\1", re.sub(r"<([^\s<>@]+@[^\s<>]+)>", r"\1", text)).strip()
    return clean_text(_EMPHASIS.sub(r"\2", text))


def _in_columns(text: str, name: str, most: int = MOST_LIST_ROWS) -> list[list[str]]:
    """Cut lines at two blanks or more.

    If the lines below the title then differ in their number of cells, cut them where all have
    blanks.
    """
    lines = text.splitlines()[: most + 1]
    if len(lines) > MOST_LIST_ROWS and name:
        raise too_large(name)
    cut = [re.split(r"\s{2,}", line.strip()) for line in lines]
    several = [n for n, cells in enumerate(cut) if len(cells) > 1]
    usual = Counter(len(cut[n]) for n in several).most_common(1)
    if usual and usual[0][1] > 2:
        several = [*dropwhile(lambda n: len(cut[n]) != usual[0][0], several)]
    if len({len(cut[n]) for n in several}) > 1:
        starts = _starts([lines[n] for n in several])
        for n in several:
            bounds = zip(starts, [*starts[1:], None], strict=True)
            cut[n] = [lines[n][start:stop] for start, stop in bounds]
    return [
        [] if _is_ruler(line) else [clean_text(cell) for cell in cells]
        for line, cells in zip(lines, cut, strict=True)
    ]


def _starts(lines: Sequence[str]) -> list[int]:
    """Return where columns begin: after two blanks or more in every line."""
    width = min(max(map(len, lines)), LONGEST_LIST_CELL)
    used = bytearray(width)
    for line in lines:
        for word in re.finditer(r"\S+", line[:width]):
            used[word.start() : word.end()] = b"\1" * len(word[0])
    return [0, *(gap.end() for gap in re.finditer(rb"\x00{2,}(?=\x01)", used) if gap.start())]


def _parsed(text: str, separator: str, name: str) -> list[list[str]]:
    """Parse the rows; if quotation marks do not pair up, they are read as ordinary characters."""
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
    """Whether a stray quotation mark has joined whole rows into one cell."""
    widths = Counter(len(row) for row in rows if any(row))
    usual = max(2, widths.most_common(1)[0][0]) if widths else 2
    return any(
        ("\n" in cell or row is rows[-1]) and cell.count(separator) >= usual - 1
        for row in rows
        for cell in row
    )


def _rows(
    text: str, separator: str, name: str, *, strict: bool, quoting: Literal[0, 3]
) -> list[list[str]]:
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=separator,
        skipinitialspace=f'{separator} "' in text,
        strict=strict,
        quoting=quoting,
    )
    rows: list[list[str]] = []
    cells = 0
    for row in reader:
        cells += len(row)
        if len(rows) > MOST_LIST_ROWS or len(row) > MOST_LIST_COLUMNS or cells > MOST_LIST_CELLS:
            raise too_large(name)
        rows.append(list(row))
    _join_enumerations(rows, separator)
    torn = has_undecoded_bytes(text)
    return [
        row if torn and any(map(has_undecoded_bytes, row)) else list(map(clean_text, row))
        for row in rows
    ]


def _join_enumerations(rows: list[list[str]], separator: str) -> None:
    """Join the cells of a row that is too long at its separators before a blank, in place.

    In "Ivo Tamm,sihteeri, rahastonhoitaja,ei" the second comma stands within a cell. Nothing is
    joined unless that makes the row as long as most are.
    """
    usual = Counter(len(row) for row in rows if any(row)).most_common(1)
    for row in rows if usual else ():
        loose = [n for n, cell in enumerate(row) if n and cell.startswith(" ") and cell.strip()]
        if loose and len(row) - len(loose) == usual[0][0]:
            for n in reversed(loose):
                row[n - 1 : n + 1] = [f"{row[n - 1]}{separator}{row[n]}"]
