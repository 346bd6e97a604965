"""Turn the marks of a sheet into columns of its list: colours, comments, struck-through text.

A struck-through number or address leaves its column and becomes words.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from register.book.phrase import Phrase
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder
from register.sources.limits import clean_text
from register.sources.marks import CellPlace, SheetMarks
from register.unpacking import column_letters
from register.words.display import first_few
from register.words.sentences import Sentences

_NAMES = ("name", "first", "last", "org", EITHER)
_LONGEST = 80
_FEWEST_MEANINGS = 2
_FEWEST = 4
"""From so many rows on, two alternating colours are a pattern without a meaning."""

_FILLS = {
    "red": "red",
    "orange": "orange",
    "yellow": "yellow",
    "green": "green",
    "turquoise": "turquoise",
    "blue": "blue",
    "purple": "purple",
    "pink": "pink",
    "brown": "brown",
    "grey": "grey",
    "black": "black",
}
_INKS = {
    "red": "red letters",
    "orange": "orange letters",
    "yellow": "yellow letters",
    "green": "green letters",
    "turquoise": "turquoise letters",
    "purple": "purple letters",
    "pink": "pink letters",
    "brown": "brown letters",
}
"""Black, grey and blue letters are missing: they are those of themes and links."""


@dataclass(slots=True)
class MarkedRows:
    """A list with the columns made of its marks."""

    headers: list[str]
    rows: list[list[str]]
    notes: list[Phrase] = field(default_factory=list)


def with_marks(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    first: int,
    marks: SheetMarks,
    above: Sequence[Sequence[str]],
    say: Sentences,
) -> MarkedRows:
    """Return the list with a column for each kind of mark that its rows have.

    ``first`` is the number of the list's first row. ``above`` are the rows above the list, from the
    first of the sheet: a coloured cell there explains its colour.
    """
    found = MarkedRows(list(headers), [list(row) for row in rows])
    meaning = _legend(marks, above, _take_legend_below(found, first, marks))
    _strike(found, first, marks, say)
    if column := _colours(found, first, marks, meaning, say):
        append_column(found, say("Colour"), column)
    column = {}
    for at, row in enumerate(found.rows):
        said = [
            _of_cell(found.headers, place, text)
            for place, text in sorted(marks.comments.items())
            if place[0] == first + at and any(row)
        ]
        if said:
            column[at] = "; ".join(said)
    if column:
        append_column(found, say("Comment"), column)
    beside = [
        f"{column_letters(place[1])}{abs(place[0])}: {text[:_LONGEST]}"
        for place, text in sorted(marks.comments.items())
        if not (0 <= place[0] - first < len(found.rows) and any(found.rows[place[0] - first]))
    ]
    if beside:
        found.notes.append(
            ("{count} comments stand beside the rows and were left out: {comments}.",
             {"count": len(beside), "comments": first_few(beside)})
        )  # fmt: skip
    return found


def _strike(found: MarkedRows, first: int, marks: SheetMarks, say: Sentences) -> None:
    """Move struck-through text to a column of its own.

    A row counts as struck through as a whole if its name is, or at least half of its cells are.
    """
    column: dict[int, str] = {}
    for at, row in enumerate(found.rows):
        struck = {c: marks.struck[first + at, c + 1] for c, cell in enumerate(row)
                  if cell and (first + at, c + 1) in marks.struck}  # fmt: skip
        if not struck:
            continue
        whole = [c for c, text in struck.items() if text is None]
        if 2 * len(whole) >= sum(map(bool, row)) or any(_is_name(found.headers, c) for c in whole):
            column[at] = say("the whole row")
            continue
        said = []
        for c, text in struck.items():
            said.append(_of_cell(found.headers, (first + at, c + 1), text or row[c]))
            row[c] = "" if text is None else _without(row[c], text)
        column[at] = "; ".join(said)
    if column:
        append_column(found, say("Struck through"), column)


def _colours(
    found: MarkedRows,
    first: int,
    marks: SheetMarks,
    meaning: Callable[[str], str],
    say: Sentences,
) -> dict[int, str]:
    """Return the meaning of each row's colours, by row index.

    {} if all rows have the same colours, or if two alternate.
    """
    if not (marks.fills or marks.inks):
        return {}
    looks = {
        at: {
            c: _colours_of(marks, (first + at, c + 1))
            for c, cell in enumerate(row)
            if cell or (first + at, c + 1) in marks.fills
        }
        for at, row in enumerate(found.rows)
        if any(row)
    }
    usual = {
        c: Counter(look.get(c, ("", "")) for look in looks.values()).most_common(1)[0]
        for c in range(len(found.headers) or max(map(len, found.rows), default=0))
    }
    constant = {c for c, (_, count) in usual.items() if count == len(looks)}
    told = {at: {c: one for c, one in look.items() if c not in constant and any(one)}
            for at, look in looks.items()}  # fmt: skip
    if not any(told.values()):
        return {}
    order = [frozenset(told[at].values()) for at in sorted(told)]
    if (
        len(order) >= _FEWEST
        and len(set(order)) == 2
        and all(one != other for one, other in pairwise(order))
    ):
        found.notes.append(("The colours of the rows alternate: they say nothing.", {}))
        return {}
    return {
        at: ", ".join(_said_of_row(found, at, look, say, meaning))
        for at, look in told.items()
        if look
    }


def _colours_of(marks: SheetMarks, place: CellPlace) -> tuple[str, str]:
    """Return the colours of a cell and of its letters, each '' for none."""
    return marks.fills.get(place, ""), marks.inks.get(place, "")


def _said_of_row(
    found: MarkedRows,
    at: int,
    look: dict[int, tuple[str, str]],
    say: Sentences,
    meaning: Callable[[str], str],
) -> Iterator[str]:
    """Yield each colour of a row, with its meaning, and its columns if it covers less than half."""
    row = found.rows[at]
    filled = sum(map(bool, row))
    for kind in (0, 1):
        for colour in dict.fromkeys(one[kind] for one in look.values() if one[kind]):
            cells = [c for c, one in look.items() if one[kind] == colour]
            word = say(_INKS[colour]) if kind else say(_FILLS[colour])
            legend = "" if kind else meaning(colour)
            word = f"{word} = {legend}" if legend else word
            where = ", ".join(_called(found.headers, c) for c in cells)
            most = 2 * sum(bool(row[c]) for c in cells if c < len(row)) >= filled
            yield word if most else f"{word} ({where})"


def _take_legend_below(found: MarkedRows, first: int, marks: SheetMarks) -> dict[str, list[str]]:
    """Remove a legend from below the list; return the texts that explain each colour.

    A legend is a row with one colour and one text for each colour, after a blank row; a title may
    stand above it.
    """
    rows, legend = found.rows, dict[int, tuple[str, str]]()
    for at in range(len(rows) - 1, -1, -1):
        if not any(rows[at]):
            continue
        texts = [cell for cell in rows[at] if cell]
        colours = {
            marks.fills[place]
            for column in range(1, 1 + max(len(rows[at]), len(found.headers)))
            if (place := (first + at, column)) in marks.fills
        }
        if len(texts) != 1 or len(colours) != 1:
            break
        legend[at] = (colours.pop(), texts[0])
    start = min(legend, default=0)
    title = start - 1
    if title > 0 and sum(map(bool, rows[title])) == 1:
        start = title
    if len(legend) < _FEWEST_MEANINGS or start == 0 or any(rows[start - 1]):
        return {}
    del rows[start:]
    said: dict[str, list[str]] = {}
    for colour, text in legend.values():
        said.setdefault(colour, []).append(text)
    return said


def _legend(
    marks: SheetMarks, above: Sequence[Sequence[str]], below: Mapping[str, Sequence[str]]
) -> Callable[[str], str]:
    """Return a function that gives the meaning of a colour.

    It returns '' unless exactly one coloured cell, above or below the list, explains the colour.
    """
    said = {colour: [*texts] for colour, texts in below.items()}
    for (row, column), colour in marks.fills.items():
        if row <= len(above) and column <= len(above[row - 1]) and above[row - 1][column - 1]:
            said.setdefault(colour, []).append(above[row - 1][column - 1])
    return lambda colour: (
        said[colour][0].rpartition("=")[2].strip()[:_LONGEST]
        if len(said.get(colour, ())) == 1
        else ""
    )


def append_column(found: MarkedRows, header: str, column: dict[int, str]) -> None:
    """Add a column; ``column`` holds its cells by row index."""
    width = max((len(found.headers), *map(len, found.rows)))
    found.headers = [*found.headers, *[""] * (width - len(found.headers)), header]
    found.rows = [
        [*row, *[""] * (width - len(row)), column.get(at, "")] if any(row) or at in column else row
        for at, row in enumerate(found.rows)
    ]


def _is_name(headers: Sequence[str], column: int) -> bool:
    """Whether a column names the person or organisation of the row, not one of several in it."""
    header = headers[column] if column < len(headers) else ""
    held = [read_holder(one) for one in headers]
    several = len({(one.role, one.number) for one in held if one}) > 1
    return header_meaning(header)[0] in _NAMES and not (several and read_holder(header))


def _of_cell(headers: Sequence[str], place: CellPlace, text: str) -> str:
    return f"{_called(headers, place[1] - 1)}: {text}"


def _called(headers: Sequence[str], column: int) -> str:
    return (headers[column] if column < len(headers) else "") or column_letters(column + 1)


def _without(cell: str, struck: str) -> str:
    """Return a cell without its struck-through part."""
    before, found, after = cell.partition(struck)
    return clean_text(f"{before.strip()} {after.strip()}") if found else cell
