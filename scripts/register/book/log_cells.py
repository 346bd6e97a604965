"""A row's cells in lines of ``log``: as JSON in as many lines as they need, and whole again.

A spreadsheet's cell holds 32,767 characters, and JSON is longer than the texts in it. A text that
no line takes is cut in pieces, each under its column's key with the place where it begins. Lines
may be sorted in any order.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from register.book.cells import cell_length

_LONGEST = 30_000
"""The most JSON that one line holds (UTF-16 units, as spreadsheets count)."""
_PIECE = 4_000
"""The length of a piece (characters): escaped, it has six times as many at most."""
_json = json.JSONEncoder(ensure_ascii=False).encode
_CUT = re.compile(r"(.*) ⚙(\d+)", re.DOTALL)


def pack_cells(cells: Mapping[str, str]) -> list[str]:
    """Return a row's cells as JSON texts, each short enough for a line; at least one."""
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
    """Return the cells that JSON texts keep together; what people have spoilt is passed over."""
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
