"""Limits on the size of a list and the content of its cells, the same for every file format."""

import re
from collections.abc import Sequence

from register.book.errors import UsageError

MOST_LIST_BYTES = 50 * 1024 * 1024
MOST_LIST_ROWS = 100_000
MOST_ABOVE = 100
"""The most lines beside the rows: headers, titles, blank lines."""

MOST_LIST_COLUMNS = 300
MOST_LIST_CELLS = 3_000_000
"""The most cells in all, blank ones too: 100,000 rows of 30 columns."""

LONGEST_LIST_CELL = 32_767
"""The most characters that a spreadsheet's cell can hold."""

_LONGEST_NAME = 300

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_ICONS = re.compile("[\ue000-\uf8ff]")
"""Private-use characters, which show only in their own font: Word's bullets, a telephone sign."""


def clean_text(cell: str) -> str:
    """Return a cell without outer blanks, icons and characters that no spreadsheet can hold."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", _ICONS.sub(" ", text)).strip()


def single_line(text: object, most: int = _LONGEST_NAME) -> str:
    """Return a server's text as one line, without characters that no spreadsheet can hold.

    Raises TypeError if it is not a text, ValueError if it is longer than ``most`` characters.
    """
    if not isinstance(text, str):
        raise TypeError
    line = " ".join(clean_text(text[: 10 * most]).split())
    if len(line) > most:
        raise ValueError
    return line


def check_size(rows: Sequence[Sequence[str]], name: str) -> None:
    """Raise UsageError for a list with too many rows, columns or cells."""
    most = max(map(len, rows), default=0)
    if len(rows) > MOST_LIST_ROWS + MOST_ABOVE or most > MOST_LIST_COLUMNS:
        raise too_large(name)
    if sum(map(len, rows)) > MOST_LIST_CELLS:
        raise too_large(name)


def too_large(name: str) -> UsageError:
    """Return the error for a list that is too large."""
    return UsageError(
        "{file} is too large: at most {rows} rows, {columns} columns, {cells} cells and {size} MB "
        "are read.",
        remedy="Divide it into several files.",
        file=name,
        rows=MOST_LIST_ROWS,
        columns=MOST_LIST_COLUMNS,
        cells=MOST_LIST_CELLS,
        size=MOST_LIST_BYTES // (1024 * 1024),
    )
