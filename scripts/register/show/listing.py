"""A plain list as text, Markdown, CSV, JSON and page; a cell is data in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.lists.listing import Listing, ListingColumn, ListingGroup
from register.lists.selection import Selection
from register.show.directory_cells import clean_cell
from register.show.pages import page_environment
from register.show.tables import csv_bytes, markdown_table
from register.values.area_forms import area_in_case
from register.words.display import escape_markdown
from register.words.sentences import Sentences

_SHORT = 3
"""So many facts of a row are told in a line on a terminal; more have a line each."""


def listing_headers(listing: Listing, say: Sentences) -> list[str]:
    """Return the columns' headers."""
    return [say.header(c.tab, c.column) if c.tab else say(c.column) for c in listing.columns]


def listing_text(listing: Listing, say: Sentences) -> str:
    """Return a paragraph for each row: its name, then what else is known of it."""
    return "\n".join(_text(listing, say)).rstrip()


def listing_markdown(listing: Listing, say: Sentences, title: str) -> str:
    """Return a table for each group."""
    lines = [f"# {escape_markdown(title)}", ""]
    heads = listing_headers(listing, say)
    for group in listing.groups:
        lines += [f"## {escape_markdown(say(group.heading))}", ""]
        if group.rows:
            lines += markdown_table(heads, _shown(listing, group, say))
        else:
            lines.append(say(group.note))
        lines.append("")
    return "\n".join(lines)


def listing_csv(listing: Listing, say: Sentences) -> bytes:
    """Return all rows; the first column says the group."""
    rows = (
        [say(group.heading), *row]
        for group in listing.groups
        for row in _shown(listing, group, say)
    )
    return csv_bytes([say("Group"), *listing_headers(listing, say)], rows)


def listing_values(listing: Listing) -> dict[str, Any]:
    """Return JSON's values: for each group its rows, cells as in the Book by the columns' keys."""
    keys = [column.key for column in listing.columns]
    return {
        group.key: [
            dict(zip(keys, (mask_identity_codes(cell) for cell in row), strict=True))
            for row in group.rows
        ]
        for group in listing.groups
    }


def listing_page(
    listing: Listing, say: Sentences, title: str, templates: Path | None = None
) -> str:
    """Return the page."""
    page = page_environment(say.language, templates).get_template("listing.html.j2")
    heads = listing_headers(listing, say)
    return page.render(
        title=title,
        heads=heads,
        groups=[
            (say(group.heading), say(group.note), _records(listing, group, heads, say))
            for group in listing.groups
        ],
    )


def _records(
    listing: Listing, group: ListingGroup, heads: list[str], say: Sentences
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return each row as its name, its id, and the other cells that are not blank."""
    named = _named(listing)
    found = []
    for row in _shown(listing, group, say):
        rest = [
            (head, cell)
            for n, (head, cell) in enumerate(zip(heads, row, strict=True))
            if cell and n not in (0, named)
        ]
        found.append((row[named], row[0], rest))
    return found


def _text(listing: Listing, say: Sentences) -> Iterator[str]:
    heads = listing_headers(listing, say)
    for group in listing.groups:
        yield f"{say(group.heading)} ({len(group.rows)})"
        if not group.rows and group.note:
            yield f"  {say(group.note)}"
        records = _records(listing, group, heads, say)
        if records and all(not name and len(rest) == 1 for name, _, rest in records):
            yield f"  {', '.join(rest[0][1] for _, _, rest in records)}"
            records = []
        for name, row_id, rest in records:
            if len(rest) > _SHORT:
                yield f"  {' '.join(filter(None, (name, row_id)))}"
                yield from (f"      {head}: {cell}" for head, cell in rest)
                continue
            told = "; ".join(f"{head}: {cell}" for head, cell in rest)
            yield f"  {' '.join(filter(None, (name, row_id)))}{'  ' if name else ''}{told}"
        yield ""


def _named(listing: Listing) -> int:
    return next(n for n, column in enumerate(listing.columns) if column.key == "name")


def _shown(listing: Listing, group: ListingGroup, say: Sentences) -> Iterator[list[str]]:
    for row in group.rows:
        yield [_cell(c, cell, say) for c, cell in zip(listing.columns, row, strict=True)]


def _cell(column: ListingColumn, cell: str, say: Sentences) -> str:
    if not cell:
        return ""
    if not column.tab:
        return (
            clean_cell(say.value("meetings", "date", cell))
            if column.key == "last"
            else clean_cell(cell)
        )
    if schema().tab(column.tab).column(column.column).type == "ref":
        cell = cell.partition(" · ")[0]
    return clean_cell(say.value(column.tab, column.column, cell))


def organisations_heading(chosen: Selection, say: Sentences) -> str:
    """Return the heading of a list of organisations."""
    plain = say("Organisations") if chosen.words else say("Organisations by region")
    return _with_words(_placed("Organisations {place}", plain, chosen, say), chosen)


def heading_with_place(msgid: str, plain: str, chosen: Selection, say: Sentences) -> str:
    """Return a heading that names its place where it has one.

    ``msgid`` has ``{place}``: the genitive in Finnish ("Espoon"), else with its preposition ("i
    Esbo"); ``plain`` is the msgid of the heading without a place.
    """
    return _with_words(_placed(msgid, say(plain), chosen, say), chosen)


def _placed(msgid: str, plain: str, chosen: Selection, say: Sentences) -> str:
    if not chosen.place:
        return plain
    form = area_in_case(chosen.place, "of" if say.language == "fi" else "in", say.language)
    return say(msgid, place=form)


def _with_words(title: str, chosen: Selection) -> str:
    return f"{title}: {', '.join(chosen.words)}" if chosen.words else title
