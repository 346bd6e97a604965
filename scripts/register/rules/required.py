"""A required cell is filled in (the ``required`` columns of ``schema.toml``).

An empty one is asked about; it never keeps a row out of the register.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import CHECKED_TABS, RuleInfo, Setting, live_rows

CODES = (RuleInfo("required-empty", "warning", "{column} is empty; please fill it in."),)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the empty required cells of rows that hold something else."""
    for key in CHECKED_TABS:
        table = book.table(key)
        wanted = [c.key for c in table.tab.columns if c.required and table.has(c.key)]
        for row_id, row in live_rows(table):
            for column in wanted:
                if not row[column].strip():
                    yield Finding(key, row_id, column, "required-empty", "warning")
