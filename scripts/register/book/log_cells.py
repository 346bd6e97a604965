"""A row's cells in lines of ``log``: JSON in as many lines as needed, and read back.

A spreadsheet's cell holds 32,767 characters, and JSON is longer than the texts in it. A text that
does not fit into a line is cut into pieces, each under its column key and the position where it
begins, so that lines may be sorted in any order.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from register.book.cells import cell_length

_LONGEST = 30_000
"""The maximum length of JSON in one line, in UTF-16 units as spreadsheets count."""
_PIECE = 4_000
"""The length of a piece in characters; escaped, it may be six times as long."""
_json = json.JSONEncoder(ensure_ascii=False).encode
_CUT = re.compile(r"(.*) ⚙(\d+)", re.DOTALL)


def pack_cells(cells: Mapping[str, str]) -> list[str]:
    """Return a row's cells as one or more JSON texts, each short enough for a line."""
    whole = _json(dict(cells))
    if cell_length(whole) <= _LONGEST:
        return [whole]
    lines: list[dict[str, str]] = [{}]
    room = _LONGEST
    for key, value in _pieces(cells):
        size = cell_length(_json({key: value}))
        if size > room and lines[-1]:
            lines.append({})
            room = _LONGEST
        lines[-1][key] = value
        room -= size
    return [_json(line) for line in lines]


def unpack_cells(texts: Iterable[str]) -> dict[str, str]:
    """Return the cells that JSON texts hold together; texts that people have broken are skipped."""
    cells: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for text in texts:
        for key, value in _read(text).items():
            if cut := _CUT.fullmatch(key):
                pieces.setdefault(cut[1], {})[int(cut[2])] = value
            else:
                cells[key] = value
    for key, parts in pieces.items():
        whole = ""
        for start, part in sorted(parts.items()):
            if start == len(whole):
                whole += part
        cells[key] = whole
    return cells


def _pieces(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in cells.items():
        if cell_length(_json({key: value})) <= _LONGEST:
            yield key, value
            continue
        for start in range(0, len(value), _PIECE):
            yield f"{key} ⚙{start}", value[start : start + _PIECE]


def _read(text: str) -> dict[str, str]:
    try:
        cells = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in cells.items()} if isinstance(cells, dict) else {}
