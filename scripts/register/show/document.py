"""A document in sections that is the same as a page and as Markdown; every text in it is data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.show.pages import page_environment
from register.show.tables import markdown_table
from register.words.display import display_text, escape_markdown
from register.words.sentences import Sentences

_LONGEST = 1_000


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
class TimelineEntry:
    """Something that happened: the day as people write it, what, of what sort, and more of it."""

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
    entries: tuple[TimelineEntry, ...] = ()
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


def document_page(document: Document, say: Sentences) -> str:
    """Return a page that needs nothing else and prints well."""
    return page_environment(say.language).get_template("document.html.j2").render(document=document)


def document_markdown(document: Document) -> str:
    """Return Markdown; none of what cells say is read as its marks."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def document_text(document: Document) -> str:
    """Return plain text for a terminal: the Markdown without its marks."""
    lines = (re.sub(r"^#+ |\*\*", "", line) for line in _lines(document, escaped=False))
    return "\n".join(lines).rstrip()


def _lines(document: Document, *, escaped: bool = True) -> Iterator[str]:
    def safe(text: str) -> str:
        plain = display_text(text, limit=_LONGEST)
        return escape_markdown(plain, line_start=True) if escaped else plain

    yield from (f"# {safe(document.title)}", "", safe(document.lead), "")
    for section in document.sections:
        yield from (f"## {safe(section.title)}", "")
        if section.lead:
            yield from (safe(section.lead), "")
        for part in section.parts:
            if part.title:
                tag = f" ({safe(part.tag)})" if part.tag else ""
                yield from (f"### {safe(part.title)}{tag}", "")
            yield from (f"- **{safe(label)}**: {safe(value)}" for label, value in part.facts)
            if part.facts:
                yield ""
            if part.table:
                yield from markdown_table(part.table.headers, part.table.rows, safe=safe)
                yield ""
            for entry in part.entries:
                tag = f" ({safe(entry.tag)})" if entry.tag else ""
                yield f"- **{safe(entry.day)}** {safe(entry.title)}{tag}"
                yield from (f"    - {safe(detail)}" for detail in entry.details)
            if part.entries:
                yield ""
            yield from (f"- {safe(line)}" for line in part.lines)
            yield from (f"- [{safe(link.text)}]({link.url})" for link in part.links)
            if part.lines or part.links:
                yield ""
