"""A document in sections, which becomes a page, Markdown or text; every text in it is data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, overload

T = TypeVar("T")


class LazySequence(Sequence[T]):
    """Values each of which is made when it is looked at: a text shows few rows of thousands."""

    def __init__(self, make: Callable[[Any], T], of: Sequence[object]) -> None:
        self._make, self._of = make, of

    def __len__(self) -> int:
        return len(self._of)

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        """Make one, or those of a part when they are looked at."""
        if isinstance(number, slice):
            return LazySequence(self._make, self._of[number])
        return self._make(self._of[number])


@dataclass(frozen=True, slots=True)
class PageLink:
    """A place to read more: our own link, never a cell's."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A piece of a cell; ``look`` is its class in the stylesheet, ``del``, ``ins`` or ``mark``.

    Those that look like ``tab`` are left out where the tab is told above them.
    """

    text: str
    look: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of more than a text.

    ``order`` is what its column is sorted by, ``facts`` are folded away under ``spans``, ``weight``
    is drawn as a bar to the left or right, full at -1 and 1.
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
    """What a table's rows are chosen by: its key, its name, and the value of each row."""

    key: str
    name: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows under headers; ``marked`` are the numbers of the rows that want attention.

    With ``filters`` a page searches and sorts it; ``key`` is its anchor then. ``look`` is its
    class in the stylesheet. The rows of a ``wide`` one are no columns of text.
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
    """A bar of a chart: its label, and the counts that it is made of, by severity."""

    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return the length of the whole bar."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class PageChart:
    """Bars; a click on one shows the rows of ``table`` that have its label in ``filter``."""

    bars: tuple[PageBar, ...]
    table: str = ""
    filter: str = ""


@dataclass(frozen=True, slots=True)
class PageTile:
    """A count that stands out, what it counts, and its class in the stylesheet."""

    count: int
    label: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One of many: its day, if it has one, as people write it, what, of what sort, more of it."""

    day: str
    title: str
    tag: str = ""
    details: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PagePart:
    """One thing: its name, a word beside it, facts ``(label, value)``, a table, what happened.

    A chart is shown on a page only.
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
    """A chapter; ``key`` is its anchor, ``lead`` a sentence on how to read it.

    On a page its parts are one under the other, ``cards`` side by side, ``columns`` of charts,
    name ``tags`` to print, or stand ``open``, without a border.
    """

    key: str
    title: str
    lead: str
    parts: tuple[PagePart, ...]
    layout: Literal["", "cards", "columns", "tags", "open"] = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole: a title, a word above and a sentence under it, counts in rows, notes, sections.

    ``next_step`` ends a text, and stands under the title elsewhere; ``foot`` ends a page.
    ``longest`` is how many characters of a text are shown (0: all).
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
        """Whether a table of it has filters."""
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
    """Return a chapter that is one table; it has no parts where there are no rows."""
    table = PageTable(tuple(headers), tuple(rows), marked)
    return PageSection(key, title, lead, (PagePart(table=table),) if rows else ())


def table_document(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[str | PageCell]]
) -> Document:
    """Return a document of one table."""
    table = PageTable(tuple(headers), tuple(map(tuple, rows)))
    return Document(title, "", (PageSection("rows", "", "", (PagePart(table=table),)),))
