"""Listings as a document, as CSV and as JSON values; cells are mere data in all of them."""

from collections.abc import Iterator
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.lists.listing import LOOK_UP, Listing, ListingColumn, ListingGroup
from register.lists.selection import Selection
from register.show.directory_cells import clean_cell
from register.show.document import Document, PageLink, PagePart, PageSection
from register.show.tables import csv_bytes
from register.values.area_forms import area_in_case
from register.words.sentences import Sentences


def listing_headers(listing: Listing, say: Sentences) -> list[str]:
    """Return the headers of the columns."""
    return [say.header(c.tab, c.column) if c.tab else say(c.column) for c in listing.columns]


def listing_document(listing: Listing, say: Sentences, title: str) -> Document:
    """Return a section for each group, with a part for each row."""
    return Document(
        title,
        "",
        tuple(
            PageSection(
                group.key,
                f"{say(group.heading)} ({len(group.rows)})",
                "" if group.rows else say(group.note),
                tuple(_parts(listing, group, say)),
                layout="cards",
            )
            for group in listing.groups
        ),
    )


def listing_csv(listing: Listing, say: Sentences) -> bytes:
    """Return all rows as CSV; the first column is the group."""
    rows = (
        [say(group.heading), *row]
        for group in listing.groups
        for row in _shown(listing, group, say)
    )
    return csv_bytes([say("Group"), *listing_headers(listing, say)], rows)


def listing_values(listing: Listing) -> dict[str, Any]:
    """Return JSON values: the rows of each group, with cells as in the Book by column key."""
    keys = [column.key for column in listing.columns]
    return {
        group.key: [
            dict(zip(keys, (mask_identity_codes(cell) for cell in row), strict=True))
            for row in group.rows
        ]
        for group in listing.groups
    }


def _parts(listing: Listing, group: ListingGroup, say: Sentences) -> Iterator[PagePart]:
    """Yield a part for each row: its name and id, and its other non-blank cells.

    Rows that are only one cell without a name become one enumeration.
    """
    heads = listing_headers(listing, say)
    keys = [column.key for column in listing.columns]
    named = keys.index("name")
    linked = [n for n, key in enumerate(keys) if key == LOOK_UP]
    apart = (0, named, *linked)
    rows = [
        (
            row[named],
            row[0],
            tuple((heads[n], cell) for n, cell in enumerate(row) if cell and n not in apart),
            tuple(PageLink(heads[n], row[n]) for n in linked if row[n]),
        )
        for row in _shown(listing, group, say)
    ]
    if rows and all(not name and len(rest) == 1 for name, _, rest, _ in rows):
        yield PagePart(lines=(", ".join(rest[0][1] for _, _, rest, _ in rows),))
        return
    for name, row_id, rest, links in rows:
        title = name or (rest[0][1] if rest else row_id)
        yield PagePart(title, row_id, facts=rest if name else rest[1:], links=links)


def _shown(listing: Listing, group: ListingGroup, say: Sentences) -> Iterator[list[str]]:
    for row in group.rows:
        yield [_cell(c, cell, say) for c, cell in zip(listing.columns, row, strict=True)]


def _cell(column: ListingColumn, cell: str, say: Sentences) -> str:
    if not cell:
        return ""
    if column.key == "last" and column.tab:
        return clean_cell(say.value("organisations", "verified_on", cell))
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
    """Return a heading, with the place if one was selected.

    ``msgid`` has ``{place}``: the genitive in Finnish ("Espoon"), a prepositional phrase in other
    languages ("i Esbo"). ``plain`` is the msgid of the heading without a place.
    """
    return _with_words(_placed(msgid, say(plain), chosen, say), chosen)


def _placed(msgid: str, plain: str, chosen: Selection, say: Sentences) -> str:
    if not chosen.place:
        return plain
    form = area_in_case(chosen.place, "of" if say.language == "fi" else "in", say.language)
    return say(msgid, place=form)


def _with_words(title: str, chosen: Selection) -> str:
    return f"{title}: {', '.join(chosen.words)}" if chosen.words else title
