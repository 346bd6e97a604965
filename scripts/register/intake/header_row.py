"""Find the header row of a list: titles and blank lines may stand above it, or there is none."""

from collections.abc import Sequence

from register.intake.cell_looks import is_value
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder

_SEARCHED = 25
_SUMMARY = 10
"""The most rows of a summary that stands above the list with headers of its own."""

_FIELDS = frozenset((EITHER, "name", "first", "last", "phone", "email", "role"))
"""What a list says about each of several people."""


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the header row among the first rows, None if the list has no header.

    It is the row where known headers outnumber values by most, if at least a third of its cells are
    known. Where there is none, it is the first row, unless that holds an address, a number or a
    date. A row with less than half as many cells as the usual row is a title, unless it holds only
    headers of names: "Yhdistys" above columns without headers.
    """
    widths = sorted(sum(map(bool, row)) for row in rows[:200] if any(row))
    usual = widths[len(widths) // 2] if widths else 0
    wide = [
        (index, cells)
        for index, row in enumerate(rows[:_SEARCHED])
        if (cells := [cell for cell in row if cell])
        and (2 * len(cells) >= usual or all(map(_is_label_of_names, cells)))
    ]
    best, most = -1, 0
    for index, cells in wide:
        named = sum(bool(header_meaning(cell)[0]) for cell in cells)
        values = sum(map(is_value, cells))
        if named - values > most and 3 * named >= len(cells):
            best, most = index, named - values
    if best >= 0:
        return _that_names(rows, wide, best)
    return wide[0][0] if wide and not any(map(is_value, wide[0][1])) else None


def _that_names(
    rows: Sequence[Sequence[str]], wide: Sequence[tuple[int, list[str]]], best: int
) -> int:
    """Return the header row of the people if the best one only heads a summary above them."""
    below = rows[best + 1] if best + 1 < len(rows) else ()
    told = [cell for cell, value in zip(rows[best], below, strict=False) if not is_value(value)]
    if _names_somebody(told or rows[best]):
        return best
    later = (
        index
        for index, cells in wide
        if best < index <= best + _SUMMARY
        and not any(rows[index - 1])
        and not any(map(is_value, cells))
        and _names_somebody(cells)
        and any(header_meaning(cell)[0] in ("email", "phone") for cell in cells)
    )
    return next(later, best)


def _is_label_of_names(cell: str) -> bool:
    """Whether a cell is exactly a header of names, so that the other columns may have none."""
    meaning, certainty = header_meaning(cell)
    return certainty == "header" and meaning in (EITHER, "name", "first", "last", "org")


def _names_somebody(cells: Sequence[str]) -> bool:
    meanings = {header_meaning(cell)[0] for cell in cells if cell}
    return not meanings.isdisjoint((EITHER, "name", "first", "last", "org"))


def joined_headers(rows: Sequence[Sequence[str]], at: int) -> tuple[list[str], int, int]:
    """Return the headers, and the indexes of the first and last row that they stand in.

    Where a row of posts stands above ("Puheenjohtaja" over "Nimi", "Puhelin", "Sähköposti"), each
    post is put before the headers below it: up to the next post, or to a field that comes again.
    Where headers merged over two rows stand beside others that are cut in two, the lower ones hold.
    """
    for upper, lower in ((at - 1, at), (at, at + 1)):
        if upper < 0 or lower >= len(rows):
            continue
        if _tops(rows[upper], rows[lower]):
            return _joined(rows[upper], rows[lower]), upper, lower
        if _goes_on(rows[upper], rows[lower]):
            return list(rows[lower]), upper, lower
    return list(rows[at]), at, at


def _tops(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row names posts, and the row below it the fields of each."""
    fields = [header_meaning(cell)[0] for cell in below if cell]
    if sum(field in _FIELDS for field in fields) < 2 or any(map(is_value, below)):
        return False
    posts = [n for n, cell in enumerate(above) if cell and _is_post(cell)]
    return any(n < len(below) and below[n] for n in posts)


def _goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of headers repeats some of those above it, and cuts the others in two."""
    pairs = list(zip(above, below, strict=False))
    again = any(one and one == other for one, other in pairs)
    cut = any(not one and other for one, other in pairs)
    told = [cell for cell in below if cell]
    known = sum(bool(header_meaning(cell)[0]) for cell in told)
    return again and cut and 2 * known >= len(told) and not any(map(is_value, told))


def _is_post(cell: str) -> bool:
    found = read_holder(cell)
    return bool(found and (found.role or found.number) and not found.field)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    headers: list[str] = []
    post, told = "", set[str]()
    for n in range(max(len(above), len(below))):
        top = above[n] if n < len(above) else ""
        header = below[n] if n < len(below) else ""
        field = header_meaning(header)[0]
        if top:
            post, told = (top if _is_post(top) else ""), set()
        elif post and (field not in _FIELDS or (field in told and field != "phone")):
            post = ""
        told.add(field)
        above_it = post or top
        same = above_it.casefold() == header.casefold()
        headers.append(" ".join(filter(None, ("" if same else above_it, header))))
    return headers
