"""Every typed cell of the register, read by its field once per distinct value."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from register.book.schema import Column, schema
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import CHECKED_TABS
from register.values import area, choice, language, municipality, postal_code
from register.values.reading import LONGEST_VALUE_READ, Reading
from register.values.registry import PLAIN_READERS

_COMMAS = re.compile(r"[,;\n]")
_LONG = ("notes", "agreed", "next", "join")
"""The columns of free text."""

_MOST_KNOWN = 1 << 18
"""The most canonical cells of a kind that are kept."""

_Read = Callable[[str], Reading]
_ReadBeside = Callable[[str, str], Reading]


def unlike_readings(book: Book) -> Sequence[tuple[str, str, Column, str, Reading]]:
    """Return ``(tab, row id, column, cell, reading)`` of the cells that are not canonical.

    Those are filled cells with a problem or another canonical form. The tool's own columns but
    ``status``, references and cells with a formula are left out.
    """
    return book.once(_unlike_readings)


def _unlike_readings(book: Book) -> Sequence[tuple[str, str, Column, str, Reading]]:
    found: list[tuple[str, str, Column, str, Reading]] = []
    for key in CHECKED_TABS:
        table = book.table(key)
        for column in table.tab.columns:
            read = reader(book, column) if table.has(column.key) else None
            if read is None or (column.tool and column.enum != "row_status"):
                continue
            beside = "municipality" if column.type == "postal_code" else ""
            cells = list(live_cells(table, column.key, beside))
            unlike = _unlike(column, read, {(cell, place) for _, cell, place in cells})
            for row_id, cell, place in cells if unlike else ():
                if (cell, place) in unlike and (row_id, column.key) not in table.formulas:
                    found.append((key, row_id, column, cell, unlike[cell, place]))
    return found


def _unlike(
    column: Column, read: _ReadBeside, cells: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Reading]:
    """Return the readings of those cells, with what stands beside them, that are not canonical."""
    is_plain = column.type in PLAIN_READERS
    canonical = _canonical(column.type, _longest(column)) if is_plain else set[str]()
    if len(canonical) > _MOST_KNOWN:
        canonical.clear()
    unlike: dict[tuple[str, str], Reading] = {}
    for cell, place in cells:
        if not cell or cell in canonical:
            continue
        reading = read(cell, place)
        if reading.problem or reading.value not in ("", cell):
            unlike[cell, place] = reading
        elif is_plain:
            canonical.add(cell)
    return unlike


@cache
def _canonical(kind: str, longest: int) -> set[str]:
    """Return the cells of a plain kind known to be canonical, kept while the process runs."""
    return set()


def reader(book: Book, column: Column) -> _ReadBeside | None:
    """Return the function that reads a column's cells, None if there is none.

    It takes ``(cell, the row's municipality)``.
    """
    if column.type == "postal_code":
        return lambda cell, place: postal_code.read(cell, municipality=place)
    if column.type == "municipality":
        return lambda cell, place: municipality.read(cell, language=book.language)
    if column.type == "area":
        own = tuple(cell for _, cell in book.table("choices").column("areas") if cell)
        return lambda cell, place: area.read(cell, own, book.language)
    if column.enum == "language":
        return lambda cell, place: language.read(cell)
    if column.type in ("enum", "choice", "choices"):
        one = _reader_of_choice(book, column)
        if column.type == "choices":
            return lambda cell, place: _several(cell, one)
        return lambda cell, place: one(cell)
    found = PLAIN_READERS.get(column.type)
    if found is None:
        return None
    longest = _longest(column)
    return lambda cell, place: (
        Reading(problem="text-too-long") if len(cell) > longest else found(cell)
    )


def _reader_of_choice(book: Book, column: Column) -> _Read:
    said = {
        word: key for enum in column.enum_keys for word, key in schema().enum(enum).said.items()
    }
    return partial(choice.read, options=choice_options(book, column), said=said)


def _longest(column: Column) -> int:
    """Return how long a cell may be: names are shown in letters, notes are not."""
    if column.type in ("organisation_name", "person_name"):
        return 200
    is_short = column.type in ("text", "post") and column.key not in _LONG
    return 400 if is_short else LONGEST_VALUE_READ


def choice_options(book: Book, column: Column) -> list[tuple[str, tuple[str, ...]]]:
    """Return a dropdown's options as (value, labels): enums, ``choices`` block and row names."""
    offered: list[tuple[str, tuple[str, ...]]] = []
    for name in column.enum_keys:
        enum = schema().enum(name)
        offered += [(key, tuple(labels.values())) for key, labels in enum.labels.items()]
    blocks = [column.block, "types" if "organisation_type" in column.enum_keys else ""]
    for block in dict.fromkeys(filter(None, blocks)):
        cells = (cell.strip() for _, cell in book.table("choices").column(block))
        offered += [(cell, (cell,)) for cell in cells if cell]
    for tab in column.names:
        for row_id, name in book.table(tab).column("name"):
            offered += [(said, (said,)) for said in (name, book.reference(tab, row_id)) if name]
    return offered


def unlisted_values(book: Book, column: Column, cell: str) -> list[str]:
    """Return the values in a dropdown's cell that it does not offer, nor anything similar."""
    one = _reader_of_choice(book, column)
    parts = _parts(cell, one) if column.type == "choices" else [cell.strip()]
    return [part for part in dict.fromkeys(parts) if one(part).problem and not one(part).suggestion]


def _several(cell: str, one: _Read) -> Reading:
    """Read a cell of several values; a mistyped one is corrected in the suggestion."""
    values: list[str] = []
    mistyped = ""
    if len(cell) > LONGEST_VALUE_READ:
        return Reading(problem="choice-unknown")
    for part in _parts(cell, one):
        reading = one(part)
        if reading.problem and (mistyped or not reading.suggestion):
            return Reading(problem="choice-unknown")
        mistyped = mistyped or reading.problem
        value = reading.value or reading.suggestion
        if value not in values:
            values.append(value)
    whole = ", ".join(values)
    return Reading(problem=mistyped, suggestion=whole) if mistyped else Reading(whole)


def _parts(cell: str, one: _Read) -> list[str]:
    """Return the values of a cell; a slash separates only parts that are each a value."""
    parts = [part.strip() for part in _COMMAS.split(cell)]
    divided: list[str] = []
    for part in filter(None, parts):
        slashed = [piece.strip() for piece in part.split("/")]
        known = "/" in part and not one(part).value and all(one(piece).value for piece in slashed)
        divided += slashed if known else [part]
    return divided
