"""Documents in sections, which are rendered as a page, Markdown or text; all texts are data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, overload

T = TypeVar("T")


class LazySequence(Sequence[T]):
    """A sequence whose items are made on access, because a text shows few of thousands of rows."""

    def __init__(self, make: Callable[[Any], T], of: Sequence[object]) -> None:
        self._make, self._of = make, of

    def __len__(self) -> int:
        return len(self._of)

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        """Return one item, or a lazy sequence of a slice."""
        if isinstance(number, slice):
            return LazySequence(self._make, self._of[number])
        return self._make(self._of[number])


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to further reading, always our own and never from a cell."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A piece of a cell; ``look`` is its class in the stylesheet, ``del``, ``ins`` or ``mark``.

    In text, spans with the look ``tab`` are left out, because rows are grouped by tab there.
    """

    text: str
    look: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell with more than a text.

    ``order`` is the value by which its column is sorted. ``facts`` are collapsed under ``spans``.
    ``weight`` is drawn as a bar to the left or right, which is full at -1 and 1.
    """

    spans: tuple[PageSpan, ...] = ()
    order: float | None = None
    facts: tuple[tuple[str, PageCell], ...] = ()
    weight: float | None = None

    def __str__(self) -> str:
        folded = "; ".join(f"{label} {cell}" for label, cell in self.facts)
        return folded or "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class PageFilter:
    """A filter of a table's rows: its key, its name, and the value of each row."""

    key: str
    name: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows under headers; ``marked`` are the indexes of rows that need attention.

    With ``filters`` a page can search and sort the table, and ``key`` is its anchor. ``look`` is
    its class in the stylesheet. In text, the rows of a ``wide`` table are not aligned in columns.
    """

    headers: tuple[str, ...]
    rows: Sequence[tuple[str | PageCell, ...]]
    marked: frozenset[int] = frozenset()
    look: str = "list stacking"
    key: str = ""
    filters: tuple[PageFilter, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class PageBar:
    """A bar of a chart: its label, and the counts by severity that it consists of."""

    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """The length of the whole bar."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class PageChart:
    """A bar chart; a click on a bar shows the rows of ``table`` with its label in ``filter``."""

    bars: tuple[PageBar, ...]
    table: str = ""
    filter: str = ""


@dataclass(frozen=True, slots=True)
class PageTile:
    """A prominent count, its label, and its class in the stylesheet."""

    count: int
    label: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """An item of a list: day (as people write it, or ''), title, kind, and details."""

    day: str
    title: str
    tag: str = ""
    details: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a section: title, a tag beside it, facts ``(label, value)``, a table, and lists.

    A chart is shown only on a page.
    """

    title: str = ""
    tag: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    table: PageTable | None = None
    entries: tuple[PageEntry, ...] = ()
    lines: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    chart: PageChart | None = None


@dataclass(frozen=True, slots=True)
class PageSection:
    """A section; ``key`` is its anchor, ``lead`` a sentence on how to read it.

    On a page its parts are below each other, or by ``layout``: ``cards`` side by side, ``columns``
    of charts, name ``tags`` to print, or ``open``, without a border.
    """

    key: str
    title: str
    lead: str
    parts: tuple[PagePart, ...]
    layout: Literal["", "cards", "columns", "tags", "open"] = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: title, a line above it, a sentence below it, tiles in rows, notes, and sections.

    ``next_step`` is the last line of a text, and is below the title in other forms. ``foot`` is the
    end of a page. ``longest`` is the number of characters shown of a text (0 for all).
    """

    title: str
    lead: str
    sections: tuple[PageSection, ...]
    above: str = "Verkosto"
    tiles: tuple[tuple[PageTile, ...], ...] = ()
    notes: tuple[str, ...] = ()
    next_step: str = ""
    foot: str = ""
    longest: int = 1_000

    @property
    def searched(self) -> bool:
        """Whether any of its tables has filters."""
        parts = (part for section in self.sections for part in section.parts)
        return any(part.table and part.table.filters for part in parts)


def table_section(
    key: str,
    title: str,
    lead: str,
    headers: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    marked: frozenset[int] = frozenset(),
) -> PageSection:
    """Return a section with one table; without rows it has no parts."""
    table = PageTable(tuple(headers), tuple(rows), marked)
    return PageSection(key, title, lead, (PagePart(table=table),) if rows else ())


def table_document(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[str | PageCell]]
) -> Document:
    """Return a document with one table."""
    table = PageTable(tuple(headers), tuple(map(tuple, rows)))
    return Document(title, "", (PageSection("rows", "", "", (PagePart(table=table),)),))
