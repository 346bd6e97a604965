"""Documents as a page, as Markdown and as text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

import click

from register.show.document import Document, PageCell, PagePart, PageTable, PageTile
from register.show.page_model import json_text
from register.show.pages import page_environment
from register.show.tables import markdown_table
from register.words.display import display_text, escape_markdown
from register.words.sentences import Sentences

_FACTS = 3
"""Up to this many facts of a part are on its title line in text; more have a line each."""

_ROWS = 6
_CELLS = 4
_LONGEST_SPAN = 60
"""In a brief text: the maximum rows of a group, cells of a wide row, and characters of a span."""

_FIGURE = re.compile(r"[\d\s]*")

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True},
    "muted": {"dim": True},
    "why": {"dim": True},
    "arrow": {"dim": True},
    "id": {"fg": "cyan"},
    "del": {"fg": "red"},
    "ins": {"fg": "green"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "blue"},
    "added": {"fg": "green"},
    "changed": {"fg": "yellow"},
    "merged": {"fg": "cyan"},
    "removed": {"fg": "red"},
}
"""The arguments of ``click.style`` for each look."""

_Show = Callable[[object], str]


def document_forms(
    made: Callable[[], Document], say: Sentences, value: Callable[[], object]
) -> dict[str, Callable[[], str]]:
    """Return the forms of a document by name; ``value`` gives what its JSON holds."""
    return {
        "html": lambda: document_page(made(), say),
        "md": lambda: document_markdown(made()),
        "json": lambda: json_text(value()),
        "text": lambda: document_text(made()),
    }


def document_page(document: Document, say: Sentences) -> str:
    """Return a self-contained page that prints well."""
    return page_environment(say.language).get_template("document.html.j2").render(document=document)


def document_markdown(document: Document) -> str:
    """Return Markdown; texts of cells are escaped."""
    return "\n".join(_markdown(document)).rstrip() + "\n"


def document_text(
    document: Document, *, brief: Sentences | None = None, color: bool = False
) -> str:
    """Return plain text for a terminal: facts on one line if few, tables in columns.

    With ``brief``, long lists are cut, and the number of omitted rows is stated in its language.
    """
    return "\n".join(_DocumentText(document, brief, color).lines()).rstrip()


def _markdown(document: Document) -> Iterator[str]:
    plain = _plain(document)

    def safe(text: object) -> str:
        return escape_markdown(plain(text))

    yield from (f"# {safe(document.title)}", "")
    if lead := document.lead or document.next_step:
        yield from (safe(lead), "")
    counts = [f"- {tile.count} {safe(tile.label)}" for tile in _counted(document)]
    notes = [f"- {safe(note)}" for note in document.notes]
    yield from (*counts, *notes, "") if counts or notes else ()
    for section in document.sections:
        if section.layout == "columns":
            continue
        if section.title:
            yield from (f"## {safe(section.title)}", "")
        if section.lead:
            yield from (safe(section.lead), "")
        for part in section.parts:
            yield from _part_markdown(part, safe)


def _part_markdown(part: PagePart, safe: _Show) -> Iterator[str]:
    if part.title:
        yield from (f"### {safe(part.title)}{_tagged(part.tag, safe)}", "")
    yield from (f"- **{safe(label)}**: {safe(value)}" for label, value in part.facts)
    if part.facts:
        yield ""
    if table := part.table:
        figures = len(list(takewhile(bool, reversed(_figures(table)))))
        yield from markdown_table(table.headers, table.rows, figures=figures, safe=safe)
        yield ""
    for entry in part.entries:
        what = f"**{safe(entry.day)}** {safe(entry.title)}"
        shown = what if entry.day else f"**{safe(entry.title)}**"
        yield f"- {shown}{_tagged(entry.tag, safe)}"
        yield from (f"  - {safe(detail)}" for detail in entry.details)
    if part.entries:
        yield ""
    yield from (f"- {safe(line)}" for line in part.lines)
    yield from (f"- [{safe(link.text)}]({link.url})" for link in part.links)
    if part.lines or part.links:
        yield ""


class _DocumentText:
    def __init__(self, document: Document, brief: Sentences | None, color: bool) -> None:
        self._document = document
        self._brief = brief
        self._color = color
        self._plain = _plain(document)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole document."""
        document, plain = self._document, self._plain
        yield from (self._styled(plain(document.title), "title"), "")
        if document.lead:
            yield from (plain(document.lead), "")
        counts = [self._styled(f"{t.count} {plain(t.label)}", t.look) for t in _counted(document)]
        if counts:
            yield f"  {'  '.join(counts)}"
        yield from (f"  {plain(note)}" for note in document.notes)
        if counts or document.notes:
            yield ""
        for section in document.sections:
            if section.layout == "columns":
                continue
            if section.title:
                yield self._styled(plain(section.title), "title")
            if section.lead:
                yield f"  {plain(section.lead)}"
            for part in section.parts:
                yield from self._part(part)
            yield ""
        if document.next_step:
            yield self._styled(plain(document.next_step), "title")

    def _part(self, part: PagePart) -> Iterator[str]:
        plain = self._plain
        facts = [f"{plain(label)}: {plain(value)}" for label, value in part.facts]
        more = part.table or part.entries or part.lines or part.links
        if part.title:
            brief = "" if more or len(facts) > _FACTS else "; ".join(facts)
            title = f"  {plain(part.title)}{_tagged(part.tag, plain)}"
            yield f"{title}  {brief}" if brief else title
            facts = [] if brief else facts
        yield from (f"      {fact}" for fact in facts)
        if part.table:
            yield from self._table(part.table)
        for entry in part.entries:
            day = f"{plain(entry.day):>10}  " if entry.day else "    "
            yield f"{day}{plain(entry.title)}{_tagged(entry.tag, plain)}"
            yield from (f"{' ' * (len(day) if entry.day else 6)}{plain(d)}" for d in entry.details)
        yield from (f"  {plain(line)}" for line in part.lines)
        indent = " " * (6 if part.title else 2)
        yield from (f"{indent}{plain(link.text)}: {link.url}" for link in part.links)

    def _table(self, table: PageTable) -> Iterator[str]:
        if table.filters:
            yield from self._grouped(table)
        elif table.wide:
            kept = self._kept(range(len(table.rows)), [""] * len(table.rows))
            yield from (self._wide_row(table, number) for number in kept)
            yield from self._rest(len(table.rows) - len(kept))
        else:
            rows = [[self._plain(cell) for cell in row] for row in (table.headers, *table.rows)]
            widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
            aligned = [str.rjust if figures else str.ljust for figures in _figures(table)]
            for row in rows:
                cells = zip(aligned, row, widths, strict=True)
                yield "  ".join(align(cell, width) for align, cell, width in cells).rstrip()

    def _grouped(self, table: PageTable) -> Iterator[str]:
        """Yield the rows of a table grouped by tab."""
        first, tabs = (
            next(f.values for f in table.filters if f.key == key)
            for key in (table.filters[0].key, "tab")
        )
        order = list(dict.fromkeys(tabs))
        numbers = sorted(range(len(table.rows)), key=lambda number: order.index(tabs[number]))
        for tab, of_tab in groupby(numbers, key=tabs.__getitem__):
            group = list(of_tab)
            kept = self._kept(group, first)
            yield f"  {self._plain(tab)} ({len(group)})"
            for number in kept:
                cells = filter(None, map(self._cell, table.rows[number]))
                yield f"    {'  '.join(cells)}"
            yield from self._rest(len(group) - len(kept))

    def _kept(self, numbers: Sequence[int], kinds: Sequence[str]) -> list[int]:
        """Return the rows of a group to show: some of each kind, so that no kind hides another."""
        if not self._brief:
            return list(numbers)
        seen: Counter[str] = Counter()
        ranked = []
        for number in numbers:
            ranked.append((seen[kinds[number]], number))
            seen[kinds[number]] += 1
        chosen = {number for _, number in sorted(ranked)[:_ROWS]}
        return [number for number in numbers if number in chosen]

    def _rest(self, count: int) -> Iterator[str]:
        if self._brief and count:
            said = "… and {count} more: -v prints all, --report-dir writes all."
            yield f"      {self._styled(self._brief(said, count=count), 'muted')}"

    def _wide_row(self, table: PageTable, number: int) -> str:
        cells = [
            f"{self._plain(header)} {self._cut(str(cell))}"
            for header, cell in zip(table.headers, table.rows[number], strict=True)
            if str(cell)
        ]
        some = cells[: _CELLS if self._brief else None]
        return f"    + {'; '.join(some)}{' …' if len(some) < len(cells) else ''}"

    def _cell(self, cell: str | PageCell) -> str:
        if isinstance(cell, str):
            return self._plain(cell)
        spans = (span for span in cell.spans if span.look != "tab")
        return "".join(self._styled(self._cut(span.text), span.look) for span in spans)

    def _cut(self, text: str) -> str:
        return display_text(text, limit=_LONGEST_SPAN if self._brief else self._document.longest)

    def _styled(self, text: str, look: str) -> str:
        style = _STYLES.get(look.removeprefix("tag "))
        return click.style(text, **style) if self._color and style and text else text


def _counted(document: Document) -> Iterable[PageTile]:
    return (tile for row in document.tiles for tile in row if tile.count)


def _figures(table: PageTable) -> list[bool]:
    """Return for each column whether it has only figures, which are aligned right."""
    columns = zip(*table.rows, strict=True)
    figures = [all(_FIGURE.fullmatch(str(cell)) for cell in column) for column in columns]
    return figures or [False] * len(table.headers)


def _tagged(tag: str, safe: _Show) -> str:
    return f" ({safe(tag)})" if tag else ""


def _plain(document: Document) -> _Show:
    """Return what shows a text on one line, as a page does."""
    return lambda text: display_text(" ".join(str(text).split()), limit=document.longest)
