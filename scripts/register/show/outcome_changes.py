"""The changes of an outcome as sections of a document: new rows by tab, then each change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from register.book.schema import schema
from register.show.document import (
    LazySequence,
    PageCell,
    PageFilter,
    PagePart,
    PageSection,
    PageSpan,
    PageTable,
)
from register.show.lines import ADDED, ATTENTION, CHANGED, MERGED, REMOVED, SIGNS, OutcomeLine
from register.words.sentences import Sentences

_KIND_NAMES = {
    ATTENTION: ("error", "left out"),
    ADDED: ("added", "new row"),
    CHANGED: ("changed", "change"),
    MERGED: ("merged", "merge"),
    REMOVED: ("removed", "removal"),
}
"""For each sign its class in the stylesheet, and its name (msgids)."""

_ARROW = PageSpan(" → ", "arrow")
_BLANK = PageSpan("–", "blank")


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """Two values: the same ``head`` and ``tail``, and ``gone`` or ``new`` between them."""

    head: str
    gone: str
    new: str
    tail: str

    def spans(self, middle: str, look: str) -> tuple[PageSpan, ...]:
        """Return one of the two values, with ``middle`` marked by ``look``."""
        pieces = (PageSpan(self.head), PageSpan(middle, look), PageSpan(self.tail))
        return tuple(piece for piece in pieces if piece.text)


def value_difference(before: str, after: str) -> ValueDifference:
    """Return where two values differ: all between their common beginning and their common end."""
    head = _shared(before, after)
    rest = len(head)
    tail = _shared(before[rest:][::-1], after[rest:][::-1])[::-1]
    end = len(tail)
    return ValueDifference(
        head, before[rest : len(before) - end], after[rest : len(after) - end], tail
    )


def _shared(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return "".join(char for char, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def change_sections(
    lines: Sequence[OutcomeLine], title: str, lead: str, say: Sentences
) -> Iterator[PageSection]:
    """Yield the sections of new rows, and of other changes under ``title``, if there are any."""
    if parts := tuple(new_row_tables(lines, say)):
        yield PageSection("new-rows", say("New rows"), lead, parts, "open")
    if changes := [line for line in lines if line.sign != ADDED]:
        table = PagePart(table=_change_table(changes, say))
        yield PageSection("changes", title, "" if parts else lead, (table,))


def new_row_tables(lines: Iterable[OutcomeLine], say: Sentences) -> Iterator[PagePart]:
    """Yield a table of each tab's added rows, with the columns that at least one row fills.

    A value that all rows share is a fact of the part instead of a column. Where a row is from
    comes last.
    """
    by_tab: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        if line.sign == ADDED:
            cells = {header: after for header, _, after in line.cells if after}
            by_tab.setdefault(line.tab, []).append(cells)
    for tab, rows in by_tab.items():
        keys = [column.key for column in schema().tab(tab).columns]
        order = [say.column(tab, key) for key in sorted(keys, key=lambda key: key == "source")]
        filled = dict.fromkeys(header for row in rows for header in row)
        headers = sorted(filled, key=lambda h: order.index(h) if h in order else len(order))
        shared = {
            header: rows[0][header]
            for header in headers
            if len(rows) > 1 and all(row.get(header) == rows[0].get(header) for row in rows)
        }
        kept = tuple(header for header in headers if header not in shared)
        shown = tuple(tuple(row.get(header, "") for header in kept) for row in rows)
        table = PageTable(kept, shown, wide=True)
        yield PagePart(say.tab(tab), say.number(len(rows)), tuple(shared.items()), table)


def _change_table(lines: Sequence[OutcomeLine], say: Sentences) -> PageTable:
    def row(line: OutcomeLine) -> tuple[PageCell, ...]:
        look, kind = _KIND_NAMES[line.sign]
        name = f"{line.name} → {line.into}" if line.into else line.name
        return (
            PageCell(
                (PageSpan(f"{line.sign} {say(kind)}", f"tag {look}"),),
                order=SIGNS.index(line.sign),
            ),
            PageCell(tuple(row_spans(name, say.tab(line.tab), "", line.row_id))),
            _edits(line, say),
            PageCell((PageSpan(line.why, "why"),)),
        )

    kinds = tuple(say(_KIND_NAMES[line.sign][1]) for line in lines)
    return PageTable(
        (say("Kind"), say("Row"), say("Before → after"), say("Why")),
        LazySequence(row, lines),
        look="list stack",
        key="list-changes",
        filters=(
            PageFilter("kind", say("Kind"), kinds),
            PageFilter("tab", say("Tab"), tuple(say.tab(line.tab) for line in lines)),
            PageFilter("why", say("Why"), tuple(line.sort for line in lines)),
        ),
    )


def row_spans(name: str, tab: str, number: str, row_id: str, url: str = "") -> Iterator[PageSpan]:
    """Yield the name of a row, linked to ``url``, and its tab, number and id if known."""
    yield from (PageSpan(name, "name", url), PageSpan(" "))
    known = "" if row_id in (name, "") or row_id[0] == "#" else row_id
    pieces = [(tab, "tab"), (number, "muted"), (known, "id")]
    shown = [(text, look) for text, look in pieces if text]
    yield from (PageSpan(f"{text} · ", look) for text, look in shown[:-1])
    yield PageSpan(*shown[-1])


def _edits(line: OutcomeLine, say: Sentences) -> PageCell:
    if len(line.cells) == 1:
        ((header, before, after),) = line.cells
        return PageCell((PageSpan(header, "under"), PageSpan(" "), *_edit(before, after)))
    facts = tuple((header, PageCell(_edit(before, after))) for header, before, after in line.cells)
    count = say("{count} cells", count=len(facts)) if facts else ""
    return PageCell((PageSpan(count),), facts=facts)


def _edit(before: str, after: str) -> tuple[PageSpan, ...]:
    by = value_difference(before, after)
    if before and after and (by.head or by.tail):
        return (*by.spans(by.gone, "del"), _ARROW, *by.spans(by.new, "ins"))
    gone = PageSpan(before, "del") if before else _BLANK
    return (gone, _ARROW, PageSpan(after, "ins") if after else _BLANK)
