"""Join several tables on one sheet, or sheets that are parts of one list, into one table.

The line above a part, or the title of its sheet, becomes the heading of its rows if it is a place
or a kind of organisations.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.intake.cell_looks import is_value
from register.intake.drawn import is_sure_heading
from register.intake.header_names import EITHER, header_meaning
from register.intake.header_row import header_row
from register.intake.offices import read_holder
from register.sources.marks import CellPlace
from register.values.organisation_name import names_organisation
from register.values.person_name import first_names

_NAMES = ("org", "name", "first", "last", EITHER)
_REACH = ("email", "phone")
_SAME = (*_NAMES, *_REACH, "role")
"""Cells by which a row of a later table is the same as an earlier row, with more about it."""

_FEWEST, _MOSTLY = 2, 0.6
_SHOWN = 10
_LONGEST = 40


@dataclass(slots=True)
class OneTable:
    """The rows of one table.

    ``moved`` maps the old place of each cell to its new one, {} if none has moved. ``top`` is the
    index of its header row, None if the sheet was one table from the beginning.
    """

    rows: list[list[str]]
    moved: dict[CellPlace, CellPlace] = field(default_factory=dict)
    notes: list[Phrase] = field(default_factory=list)
    top: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A table within a sheet: the row of its headers, the row after its last, and its columns."""

    top: int
    stop: int
    columns: tuple[int, ...]


def as_one_table(rows: Sequence[Sequence[str]]) -> OneTable:
    """Put the tables of a sheet below each other, under the headers of all."""
    top = first_header(rows)
    if top is None:
        return OneTable([list(row) for row in rows])
    parts = [
        beside
        for below in _below_each_other(rows, top)
        for beside in _beside_each_other(rows, below)
    ]
    if len(parts) < _FEWEST:
        return OneTable([list(row) for row in rows])
    return _put_together(rows, parts)


def first_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the first table's header row, None if no table has headers."""
    at = header_row(rows)
    return None if at is None else next((n for n in range(at) if _knows(rows[n])), at)


def sheets_of_one_list(sheets: Sequence[tuple[str, list[list[str]]]]) -> list[tuple[str, int]]:
    """Return the titles and header rows of sheets that are parts of one list, [] if there are none.

    The title of each is a place or a kind of organisations, and at least 60 % of its headers are
    shared by all, among them one for a name. Headers are known ones, or those of two such sheets.
    """
    of_title = dict(sheets)
    titled = [(title, at) for title, rows in sheets
              if is_sure_heading(title) and (at := header_row(rows)) is not None]  # fmt: skip
    again = Counter(tuple(_folded(of_title[title][at])) for title, at in titled)
    found = [(title, at) for title, at in titled if _knows(row := of_title[title][at])
             or (again[tuple(_folded(row))] > 1 and not any(map(is_value, row)))]  # fmt: skip
    headers = [set(_folded(of_title[title][at])) - {""} for title, at in found]
    if len(found) < _FEWEST:
        return []
    shared = set.intersection(*headers)
    named = _names({header_meaning(header)[0] for header in shared})
    same = all(_MOSTLY * len(one) <= len(shared) for one in headers)
    return found if named and same else []


def join_parts(
    sheets: Sequence[tuple[str, list[list[str]]]], parts: Sequence[tuple[str, int]]
) -> tuple[list[list[str]], list[dict[CellPlace, CellPlace]]]:
    """Return the rows of all parts under the headers of all, each part below its title.

    Also return, for each part, the new places of its cells.
    """
    of_title = dict(sheets)
    rows = [list(row) for title, at in parts for row in of_title[title][:at]]
    headers: list[tuple[str, int]] = []
    shown_headers: list[str] = []
    for title, at in parts:
        for header, shown in zip(_numbered(of_title[title][at]), of_title[title][at], strict=False):
            if header not in headers:
                headers.append(header)
                shown_headers.append(shown)
    rows.append(shown_headers)
    moved: list[dict[CellPlace, CellPlace]] = []
    for title, at in parts:
        rows.append([title])
        columns = list(map(headers.index, _numbered(of_title[title][at])))
        places: dict[CellPlace, CellPlace] = {}
        for n, row in enumerate(of_title[title][at + 1 :], start=at + 2):
            told = [""] * len(headers)
            for old, cell in enumerate(row):
                new = columns[old] if old < len(columns) else len(told)
                told[new : new + 1] = [cell]
                places[n, old + 1] = (len(rows) + 1, new + 1)
            rows.append(told)
        moved.append(places)
    return rows, moved


def _numbered(row: Sequence[str]) -> list[tuple[str, int]]:
    """Return headers for comparison, each with the number of its earlier occurrences."""
    names = _folded(row)
    return [(name, names[:at].count(name)) for at, name in enumerate(names)]


def _below_each_other(rows: Sequence[Sequence[str]], top: int) -> list[_Part]:
    """Cut a sheet at header rows of further tables; each follows a blank row."""
    everything = tuple(range(max(map(len, rows))))
    tops = [top]
    for at in range(top + 2, len(rows)):
        if sum(map(bool, rows[at])) < _FEWEST:
            continue
        above = _titles_above(rows, at) - 1
        if above <= tops[-1] or any(rows[above]):
            continue
        known = (
            _knows(rows[at])
            or _comes_again(rows[at], rows[tops[-1]])
            or _is_unlike(rows, at, tops[-1])
        )
        anew = _folded(rows[at]) != _folded(rows[tops[-1]])
        if known and anew and any(map(any, rows[at + 1 :])):
            tops.append(at)
    ends = [_titles_above(rows, at) for at in tops[1:]]
    return [_Part(at, end, everything) for at, end in zip(tops, [*ends, len(rows)], strict=True)]


def _titles_above(rows: Sequence[Sequence[str]], at: int) -> int:
    """Return the index of the first of the rows with a single cell just above a header."""
    while at and sum(map(bool, rows[at - 1])) == 1:
        at -= 1
    return at


def _beside_each_other(rows: Sequence[Sequence[str]], part: _Part) -> list[_Part]:
    """Cut a table at its blank columns, if each part has names and all have the same headers."""
    filled = [
        any(c < len(row) and row[c] for row in rows[part.top : part.stop]) for c in part.columns
    ]
    groups: list[list[int]] = [[]]
    for c, is_filled in zip(part.columns, filled, strict=True):
        if is_filled:
            groups[-1].append(c)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group] if groups[-1] else groups[:-1]
    if len(groups) == 1:
        groups = _repeated(rows[part.top], groups[0])
    headers = [_folded([_cell(rows[part.top], c) for c in group]) for group in groups]
    alike = all(header == headers[0] for header in headers)
    named = [{header_meaning(header)[0] for header in one} for one in headers]
    orgs = all("org" in one and len(one) > 1 for one in named)
    if len(groups) < _FEWEST or not (orgs or (alike and all(map(_names, named)))):
        return [part]
    return [_Part(part.top, part.stop, tuple(group)) for group in groups]


def _repeated(header: Sequence[str], columns: list[int]) -> list[list[int]]:
    """Cut columns whose headers repeat in the same order, if an organisation is among them."""
    names = _folded([_cell(header, c) for c in columns])
    for width in range(_FEWEST, len(names) // 2 + 1):
        first = names[:width]
        if len(names) % width == 0 and first * (len(names) // width) == names:
            meanings = [header_meaning(name)[0] for name in first]
            if "org" in meanings:
                return [columns[at : at + width] for at in range(0, len(columns), width)]
    return [columns]


def _names(meanings: set[str]) -> bool:
    return not meanings.isdisjoint(_NAMES)


def _put_together(rows: Sequence[Sequence[str]], parts: Sequence[_Part]) -> OneTable:
    """Return the parts of a sheet as one table; rows that agree in the cells of ``_SAME`` merge."""
    headers, places = _common_headers(rows, parts)
    first = parts[0].top
    titles = [_title(rows, part) for part in parts]
    found = OneTable([list(row) for row in rows[: _titles_above(rows, first)]])
    sure = all(is_sure_heading(title[-1]) for title in titles if title)
    kept = {cell for title in titles for cell in title}
    found.rows += [[cell for cell in row if cell and cell not in kept]
                   for row in rows[len(found.rows) : first]]  # fmt: skip
    found.top = len(found.rows)
    found.rows.append(headers)
    called = [n for n, header in enumerate(headers) if header_meaning(header)[0] in _SAME]
    told: dict[tuple[str, ...], int] = {}
    for part, place, title in zip(parts, places, titles, strict=True):
        if title and sure:
            found.rows.append([title[-1], *[""] * (len(headers) - 1)])
        before = dict(told)
        for at in range(part.top + 1, part.stop):
            row = [""] * len(headers)
            for c, n in place.items():
                row[n] = _cell(rows[at], c)
            key = tuple(fold_header(row[n]) for n in called)
            to = before.get(key, len(found.rows)) if any(key) else len(found.rows)
            if to == len(found.rows) or not _goes_with(found.rows[to], row):
                to = len(found.rows)
                found.rows.append(row)
            else:
                found.rows[to] = [a or b for a, b in zip(found.rows[to], row, strict=True)]
            told.setdefault(key, to)
            for c, n in place.items():
                found.moved[at + 1, c + 1] = (to + 1, n + 1)
    left = [] if sure else [title[-1] for title in titles if title]
    found.notes.append(
        ("{count} tables stand on one sheet; they were read as one, below each other.",
         {"count": len(parts)})
    )  # fmt: skip
    if left:
        found.notes.append(("Above the headers, left out: {cells}.", {"cells": left}))
    return found


def _common_headers(
    rows: Sequence[Sequence[str]], parts: Sequence[_Part]
) -> tuple[list[str], list[dict[int, int]]]:
    """Return the headers of all parts, and the new places of each part's columns.

    Numbers and addresses after different names ("Puheenjohtaja", "Nimi") keep columns apart.
    """
    headers: list[str] = []
    known: list[tuple[str, str]] = []
    places: list[dict[int, int]] = []
    for part in parts:
        place: dict[int, int] = {}
        owner = ""
        for c in part.columns:
            header = _cell(rows[part.top], c)
            meaning = header_meaning(header)[0]
            owner = fold_header(header) if _is_post(header) or meaning in _NAMES else owner
            column = fold_header(header), owner if meaning in _REACH else ""
            same = [n for n, one in enumerate(known) if n not in place.values() and one == column]
            if not same:
                headers.append(header)
                known.append(column)
            place[c] = same[0] if same else len(headers) - 1
        places.append(place)
    return headers, places


def _is_post(header: str) -> bool:
    held = read_holder(header)
    return bool(held and held.role)


def _goes_with(row: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows do not differ in any cell that both have."""
    return all(not a or not b or a == b for a, b in zip(row, other, strict=True))


def _title(rows: Sequence[Sequence[str]], part: _Part) -> list[str]:
    """Return the single text just above a part, [] if there is none or several."""
    if not part.top:
        return []
    told = [_cell(rows[part.top - 1], c) for c in part.columns]
    filled = [cell for cell in told if cell]
    return filled if len(filled) == 1 else []


def _knows(row: Sequence[str]) -> bool:
    """Whether a row holds headers and nothing else."""
    filled = [cell for cell in row if cell]
    known = sum(_is_post(cell) or (header_meaning(cell)[1] == "header"
                and bool(header_meaning(cell)[0])) for cell in filled)  # fmt: skip
    meanings = {header_meaning(cell)[0] for cell in filled}
    whole = known == len(filled) == _FEWEST or (known > _FEWEST and 3 * known >= 2 * len(filled))
    return whole and _names(meanings) and not any(map(is_value, filled))


def _is_unlike(rows: Sequence[Sequence[str]], at: int, top: int) -> bool:
    """Whether a row below a title holds words where its table has numbers or addresses.

    Such a row is a header row, provided that rows below it hold numbers.
    """
    row, below = rows[at], [row for row in rows[at + 1 : at + 1 + _SHOWN] if any(row)]
    filled = [n for n, cell in enumerate(row) if cell]
    words = [row[n] for n in filled]
    if at == _titles_above(rows, at) or len(filled) <= _FEWEST or len(below) < _FEWEST:
        return False
    if any(map(is_value, words)) or any(len(cell) > _LONGEST or "\n" in cell for cell in words):
        return False
    if any(map(names_organisation, words)) or _names_people(words):
        return False
    above = [one for one in rows[top + 1 : at] if sum(map(bool, one)) > 1]
    told = [n for n in filled if any(map(is_value, column := [_cell(one, n) for one in above]))
            and not any(cell and not is_value(cell) for cell in column)]  # fmt: skip
    return bool(told) and any(
        any(char.isdigit() for char in _cell(one, n)) for one in below for n in filled
    )


def _names_people(cells: Sequence[str]) -> bool:
    return not first_names().isdisjoint(" ".join(cells).casefold().split())


def _comes_again(row: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether at least half of a row's cells are headers of the table above, several known."""
    filled = [cell for cell in row if cell]
    same = {fold_header(cell) for cell in filled} & set(_folded(headers))
    meanings = {header_meaning(header)[0] for header in same} - {""}
    return (
        _names(meanings)
        and len(meanings) > _FEWEST
        and 2 * len(same) >= len(filled)
        and not any(map(is_value, filled))
    )


def _folded(row: Sequence[str]) -> list[str]:
    cells = [fold_header(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
