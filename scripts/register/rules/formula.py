"""A data cell holds a value, not a formula; a formula that fetches from outside is an error.

The tool never writes over a formula. IMPORT…, HYPERLINK, IMAGE and WEBSERVICE can carry the
register's data out of the sheet when somebody opens it (OWASP, CSV injection).
"""

import re
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.headers import EXTRA
from register.book.table import Book
from register.rules.rule import DATA_TABS, RuleInfo, Setting

CODES = (
    RuleInfo(
        "formula",
        "warning",
        "This cell holds a formula; the register keeps values. Please put the value itself here.",
    ),
    RuleInfo(
        "formula-text",
        "warning",
        "“{cell}” begins like a formula; please write what it should say.",
    ),
    RuleInfo(
        "formula-external",
        "error",
        "“{cell}” would fetch or open something outside the sheet; please delete it.",
    ),
)
_EXTERNAL = re.compile(
    r"\b(IMPORT(?:XML|HTML|DATA|FEED|RANGE)|HYPERLINK|IMAGE|WEBSERVICE)\s*\(", re.IGNORECASE
)
_LONGEST = 5_000


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the data cells that hold a formula, or a text that a spreadsheet would take for one."""
    for key in DATA_TABS:
        table = book.table(key)
        for row_id, name in sorted(table.formulas):
            if not name.startswith(EXTRA):
                cell = table.cell(row_id, name)
                yield Finding(key, row_id, name, "formula", "warning", cell)
        for column in table.tab.columns:
            if column.tool:
                continue
            for row_id, cell in table.column(column.key):
                if not cell.startswith(("=", "@")):
                    continue
                if _EXTERNAL.search(cell[:_LONGEST]):
                    yield Finding(key, row_id, column.key, "formula-external", "error", cell)
                elif cell.startswith("=") and len(cell) > 1:
                    yield Finding(key, row_id, column.key, "formula-text", "warning", cell)
