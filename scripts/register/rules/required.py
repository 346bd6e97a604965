"""A required cell is filled in (the ``required`` columns of ``schema.toml``).

An empty one is asked about; it never keeps a row out of the register.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import CHECKED_TABS, RuleContext, is_blank

_ONLINE = {"fi": "verkossa", "sv": "på nätet", "en": "online"}
"""The place proposed for a meeting with a link and no place, by the register's language."""


_INSTEAD = {("meetings", "date"): "day_options", ("cooperation", "org"): "person"}
"""The column that makes up for a blank required one."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the blank required cells of rows that hold something else.

    A vacant post that a ``successor`` refers to needs no name until it is filled. A meeting with
    days to choose from needs no day yet, a person's matter no organisation.
    """
    people = book.table("people")
    posts = {reference_id(cell) for _, cell in people.column("successor") if cell}
    for key in CHECKED_TABS:
        table = book.table(key)
        for column in (c.key for c in table.tab.columns if c.required and table.has(c.key)):
            instead = _INSTEAD.get((key, column), "")
            link = "url" if key == "meetings" and column == "place" else ""
            for row_id, cell, other, url in live_cells(table, column, instead, link):
                if is_blank(cell) and is_blank(other):
                    place = "" if is_blank(url) else _ONLINE[book.language]
                    yield Finding(key, row_id, column, "required-empty", "", place)
    for row_id, first, last in live_cells(people, "first", "last"):
        if is_blank(first) and is_blank(last) and row_id not in posts:
            yield Finding("people", row_id, "first", "name-missing")
    for row_id, email, erased in live_cells(book.table("bans"), "email", "hmac"):
        if is_blank(email) and not erased:
            yield Finding("bans", row_id, "email", "required-empty")
