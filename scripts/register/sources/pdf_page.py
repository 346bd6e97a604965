"""One page of a PDF: its letters and ruled lines, as rows of tables and lines of text.

ISO 32000: a page only places letters and draws lines; the places tell which letters form a word, a
line or a cell. Coordinates are in points, from the lower left corner.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from register.intake.text_line import has_contact_details
from register.sources.limits import MOST_LIST_COLUMNS
from register.values.organisation_name import legal_form

_SAME = 3.0
"""Ruled lines that are this close together, in points, are one."""

_WORD, _CELL, _BLANKS, _PARAGRAPH = 0.15, 0.35, 0.9, 1.9
"""Gaps, in heights of a letter, that separate words, cells, cells with a blank between them, and
(the last one) paragraphs."""

_HALF = 0.5
_LONG_WORD = 12
_BROKEN_ADDRESS = re.compile(r"(?:^|\s)(?:[\w.+-]+@[\w.-]*|[^\W\d][\w+-]*\.[\w.+-]*)$")
_REST_OF_ADDRESS = re.compile(r"[\w-]*(?:\.[\w-]+)+(?=\s|$)|[\w.+-]*@[\w.-]+(?=\s|$)")
_FIRST_HALF = re.compile(r"[^\W\d_]-$")
_ADDRESS = re.compile(r"[\w+-]*[.@]\w")
_WHOLE_ADDRESS = re.compile(r"(?:^|\s)\S+@\S+\.[a-z]{2,}$")


@dataclass(frozen=True, slots=True)
class PlacedLetter:
    """A letter, or a blank that the file contains, and its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box, as x and y."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A ruled line: its x if ``upright``, else its y (``at``), and where it starts and ends."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together on a line, with their left and right edges."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text in segments; ``at`` is its y, ``height`` that of its letters."""

    at: float
    height: float
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The segments, with a space between them."""
        return " ".join(one.text for one in self.segments)


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The rows of a ruled table; ``at`` is the y of its upper edge."""

    at: float
    rows: list[list[str]]


def lines_of(letters: Sequence[PlacedLetter]) -> list[PageLine]:
    """Return the letters as lines, from the top, each cut into segments at wide gaps."""
    lines: list[list[PlacedLetter]] = []
    for letter in sorted(letters, key=lambda one: -one.middle[1]):
        near = lines[-1] if lines else []
        height = letter.top - letter.bottom
        if near and abs(near[0].middle[1] - letter.middle[1]) < _HALF * max(height, 1.0):
            near.append(letter)
        else:
            lines.append([letter])
    return [_line(line) for line in lines if any(one.text != " " for one in line)]


def _line(letters: Sequence[PlacedLetter]) -> PageLine:
    height = median(one.top - one.bottom for one in letters if one.text != " ") or 1.0
    segments: list[Segment] = []
    words: list[str] = []
    left = right = 0.0
    is_blank = False
    for letter in sorted(letters, key=lambda one: one.left):
        if letter.text == " ":
            is_blank = True
            continue
        gap = (letter.left - right) / height
        if words and gap > (_BLANKS if is_blank else _CELL):
            segments.append(Segment(left, right, "".join(words)))
            words = []
        elif words and (is_blank or gap > _WORD):
            words.append(" ")
        left = left if words else letter.left
        right = max(right, letter.right) if words else letter.right
        words.append(letter.text)
        is_blank = False
    segments.append(Segment(left, right, "".join(words)))
    return PageLine(letters[0].middle[1], height, tuple(segments))


def ruled_tables(
    letters: Sequence[PlacedLetter], rules: Sequence[DrawnLine]
) -> tuple[list[RuledTable], list[PlacedLetter]]:
    """Return the ruled tables of a page, and the letters outside them."""
    left = list(letters)
    tables: list[RuledTable] = []
    for low, high in _regions([rule for rule in rules if rule.upright]):
        uprights = [r for r in rules if r.upright and low <= r.start and r.end <= high]
        flat = [r for r in rules if not r.upright and low - _SAME <= r.at <= high + _SAME]
        across, up = _together([r.at for r in uprights]), _together([r.at for r in flat])[::-1]
        if not 2 < len(across) <= MOST_LIST_COLUMNS or len(up) < 2:
            continue
        inside = [one for one in left if across[0] < one.middle[0] < across[-1]
                  and up[-1] < one.middle[1] < up[0]]  # fmt: skip
        if not any(one.text != " " for one in inside):
            continue
        taken = set(map(id, inside))
        left = [one for one in left if id(one) not in taken]
        tables.append(RuledTable(up[0], _cells(inside, uprights, flat, across, up)))
    return tables, left


def _regions(uprights: Sequence[DrawnLine]) -> Iterator[tuple[float, float]]:
    """Yield the lowest and highest y of each group of vertical lines that overlap."""
    low = high = None
    for rule in sorted(uprights, key=lambda one: one.start):
        if low is None or high is None or rule.start > high + _SAME:
            if low is not None and high is not None:
                yield low, high
            low, high = rule.start, rule.end
        high = max(high, rule.end)
    if low is not None and high is not None:
        yield low, high


def _together(places: Sequence[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def _cells(
    letters: Sequence[PlacedLetter],
    uprights: Sequence[DrawnLine],
    flat: Sequence[DrawnLine],
    across: Sequence[float],
    up: Sequence[float],
) -> list[list[str]]:
    """Put letters into the cells of a ruled table; cells without a line between them are merged.

    The text of a merged cell stands in each of its rows, and in the first of its columns.
    """
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(up) - 1):
        for column in range(len(across) - 1):
            x = (across[column] + across[column + 1]) / 2
            y = (up[row] + up[row + 1]) / 2
            own = (row, column)
            if row and not _ruled(flat, up[row], x):
                own = first[row - 1, column]
            elif column and not _ruled(uprights, across[column], y):
                own = first[row, column - 1]
            first[row, column] = own
    held: dict[tuple[int, int], list[PlacedLetter]] = {}
    for letter in letters:
        x, y = letter.middle
        column = sum(place < x for place in across) - 1
        row = sum(place > y for place in up) - 1
        held.setdefault(first[row, column], []).append(letter)
    edges: dict[tuple[int, int], float] = {}
    for (_, column), own in first.items():
        edges[own] = max(edges.get(own, 0.0), across[column + 1])
    texts = {
        own: _joined([(line.text, _is_cut(line, across[own[1]], edges[own]))
                      for line in lines_of(told)])
        for own, told in held.items()
    }  # fmt: skip
    return [
        [
            texts.get(own, "") if (own := first[row, column])[1] == column else ""
            for column in range(len(across) - 1)
        ]
        for row in range(len(up) - 1)
    ]


def _ruled(rules: Sequence[DrawnLine], at: float, through: float) -> bool:
    return any(
        abs(rule.at - at) <= _SAME and rule.start - _SAME <= through <= rule.end + _SAME
        for rule in rules
    )


def _is_cut(line: PageLine, left: float, right: float) -> bool:
    """Whether a cell's line is one long word with no room for another letter: it may go on below.

    ``left`` and ``right`` are the edges of the cell; its margins are taken to be equal.
    """
    word = line.text
    start, end = line.segments[0].left, line.segments[-1].right
    room = right - (start - left) - end
    return len(word) >= _LONG_WORD and " " not in word and room < (end - start) / len(word)


def _joined(lines: Sequence[tuple[str, bool]]) -> str:
    """Join the lines of a cell, each with whether it may be cut off in the middle of a word.

    An address, a long word or a double name that is broken over two lines is whole again. A double
    name is "Nieminen-" above "Kaukola".
    """
    text, cut = "", False
    for line, next_cut in lines:
        broken = text and not _WHOLE_ADDRESS.search(text) and _BROKEN_ADDRESS.search(text)
        rest = _REST_OF_ADDRESS.match(line) if broken else None
        double = _FIRST_HALF.search(text) and (line[:1].isupper() or _ADDRESS.match(line))
        goes_on = cut and line[:1].islower() and not legal_form(f"X {line.split()[0]}")
        if double or goes_on or (broken and rest and "@" in broken[0] + rest[0]):
            text += line
        else:
            between = "\n" if has_contact_details(text) or has_contact_details(line) else " "
            text = f"{text}{between}{line}" if text else line
        cut = next_cut
    return text


def column_starts(lines: Sequence[PageLine]) -> list[float]:
    """Return the left edges of columns that no line crosses, [] if no line has several segments."""
    several = [line for line in lines if len(line.segments) > 1]
    if not several:
        return []
    pieces = sorted((one.left, one.right) for line in several for one in line.segments)
    starts, right = list[float](), float("-inf")
    for left, end in pieces:
        if left > right:
            starts.append(left)
        right = max(right, end)
    usual = Counter(len(line.segments) for line in several).most_common(1)[0][0]
    if len(starts) >= usual:
        return starts
    widest = max(several, key=lambda line: len(line.segments))
    return [one.left for one in widest.segments]


def is_paragraph_break(above: PageLine, below: PageLine) -> bool:
    """Whether there is more than a line's height between two lines."""
    return above.at - below.at > _PARAGRAPH * max(above.height, below.height)
