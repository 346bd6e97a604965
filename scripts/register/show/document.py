"""A document in sections: the same as a page, as Markdown and as text; every text in it is data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from register.show.page_model import json_text
from register.show.pages import page_environment
from register.show.tables import markdown_table
from register.words.display import display_text, escape_markdown
from register.words.sentences import Sentences

_LONGEST = 1_000
_SHORT = 3
"""So many facts of a part are told in a line on a terminal; more have a line each."""

_FIGURE = re.compile(r"[\d\s]*")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A place to read more: our own link, never a cell's."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows under headers; ``marked`` are the numbers of the rows that want attention."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: frozenset[int] = frozenset()


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
    """One thing: its name, a word beside it, facts ``(label, value)``, a table, what happened."""

    title: str = ""
    tag: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    table: PageTable | None = None
    entries: tuple[PageEntry, ...] = ()
    lines: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSection:
    """A chapter; ``key`` is its anchor, ``lead`` a sentence on how to read it.

    Small parts may stand ``side_by_side`` on a wide page.
    """

    key: str
    title: str
    lead: str
    parts: tuple[PagePart, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The whole: a title, a sentence under it, sections."""

    title: str
    lead: str
    sections: tuple[PageSection, ...]


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


def document_forms(
    made: Callable[[], Document], say: Sentences, value: Callable[[], object]
) -> dict[str, Callable[[], str]]:
    """Return a document's forms; ``value`` is what its JSON holds."""
    return {
        "html": lambda: document_page(made(), say),
        "md": lambda: document_markdown(made()),
        "json": lambda: json_text(value()),
        "text": lambda: document_text(made()),
    }


def document_page(document: Document, say: Sentences) -> str:
    """Return a page that needs nothing else and prints well."""
    return page_environment(say.language).get_template("document.html.j2").render(document=document)


def document_markdown(document: Document) -> str:
    """Return Markdown; none of what cells say is read as its marks."""
    return "\n".join(_markdown(document)).rstrip() + "\n"


def document_text(document: Document) -> str:
    """Return plain text for a terminal: a few facts in a line, tables in columns."""
    return "\n".join(_text(document)).rstrip()


def _markdown(document: Document) -> Iterator[str]:
    yield from (f"# {_escaped(document.title)}", "")
    if document.lead:
        yield from (_escaped(document.lead), "")
    for section in document.sections:
        yield from (f"## {_escaped(section.title)}", "")
        if section.lead:
            yield from (_escaped(section.lead), "")
        for part in section.parts:
            if part.title:
                yield from (f"### {_escaped(part.title)}{_tagged(part.tag, _escaped)}", "")
            yield from (
                f"- **{_escaped(label)}**: {_escaped(value)}" for label, value in part.facts
            )
            if part.facts:
                yield ""
            if table := part.table:
                figures = len(list(takewhile(bool, reversed(_figures(table)))))
                yield from markdown_table(table.headers, table.rows, figures=figures, safe=_escaped)
                yield ""
            for entry in part.entries:
                what = f"**{_escaped(entry.day)}** {_escaped(entry.title)}"
                shown = what if entry.day else f"**{_escaped(entry.title)}**"
                yield f"- {shown}{_tagged(entry.tag, _escaped)}"
                yield from (f"  - {_escaped(detail)}" for detail in entry.details)
            if part.entries:
                yield ""
            yield from (f"- {_escaped(line)}" for line in part.lines)
            yield from (f"- [{_escaped(link.text)}]({link.url})" for link in part.links)
            if part.lines or part.links:
                yield ""


def _text(document: Document) -> Iterator[str]:
    yield from (_plain(document.title), "")
    if document.lead:
        yield from (_plain(document.lead), "")
    for section in document.sections:
        yield _plain(section.title)
        if section.lead:
            yield f"  {_plain(section.lead)}"
        for part in section.parts:
            yield from _part_text(part)
        yield ""


def _part_text(part: PagePart) -> Iterator[str]:
    facts = [f"{_plain(label)}: {_plain(value)}" for label, value in part.facts]
    more = part.table or part.entries or part.lines or part.links
    if part.title:
        brief = "" if more or len(facts) > _SHORT else "; ".join(facts)
        title = f"  {_plain(part.title)}{_tagged(part.tag, _plain)}"
        yield f"{title}  {brief}" if brief else title
        facts = [] if brief else facts
    yield from (f"      {fact}" for fact in facts)
    if table := part.table:
        rows = [[_plain(cell) for cell in row] for row in (table.headers, *table.rows)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        aligned = [str.rjust if figures else str.ljust for figures in _figures(table)]
        for row in rows:
            cells = zip(aligned, row, widths, strict=True)
            yield "  ".join(align(cell, width) for align, cell, width in cells).rstrip()
    for entry in part.entries:
        day = f"{_plain(entry.day):>10}  " if entry.day else "    "
        yield f"{day}{_plain(entry.title)}{_tagged(entry.tag, _plain)}"
        yield from (f"{' ' * (len(day) if entry.day else 6)}{_plain(d)}" for d in entry.details)
    yield from (f"  {_plain(line)}" for line in part.lines)
    yield from (f"  {_plain(link.text)}: {link.url}" for link in part.links)


def _figures(table: PageTable) -> list[bool]:
    """Return of each column whether it holds figures alone, which stand to the right."""
    columns = zip(*table.rows, strict=True)
    return [all(map(_FIGURE.fullmatch, column)) for column in columns] or [False] * len(
        table.headers
    )


def _tagged(tag: str, safe: Callable[[str], str]) -> str:
    return f" ({safe(tag)})" if tag else ""


def _plain(text: str) -> str:
    return display_text(text, limit=_LONGEST)


def _escaped(text: str) -> str:
    return escape_markdown(_plain(text), line_start=True)
