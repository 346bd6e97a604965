"""A data cell holds a value, not a formula; a formula that fetches from outside is an error.

The tool never writes over a formula. IMPORT…, HYPERLINK, IMAGE and WEBSERVICE can carry the
register's data out of the sheet when somebody opens it (OWASP, CSV injection).
"""

import re
import unicodedata
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.headers import EXTRA
from register.book.table import Book, Table
from register.rules.rule import DATA_TABS, RuleContext

_EXTERNAL = re.compile(
    r"(?<![A-Z])(?:IMPORT(?:XML|HTML|DATA|FEED|RANGE)|HYPERLINK|IMAGE|WEBSERVICE|FILTERXML|RTD"
    r"|DDE|QUERYSTRING|CALL|REGISTER\.ID)\s*\(|^\W*\w+\s*\|\s*'",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"=(?=.)|[@+\-][^ ]{0,200}?(?<![\w.])[A-Z][A-Z0-9.]{1,40}\(", re.DOTALL)
_UNSEEN = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff\u00ad\u0000-\u001f]+")
_LONGEST = 5_000


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield data cells with a formula, or with a text that a spreadsheet would take for one.

    Columns that people have added may hold formulas of their own, except external ones.
    """
    for key in DATA_TABS:
        table = book.table(key)
        yield from _formulas(table)
        for name in table.columns:
            if not name.startswith(EXTRA) and table.tab.column(name).tool:
                continue
            texts = {cell for _, cell in table.column(name)} - {""}
            codes = {
                cell: formula_code(cell)
                for cell in texts
                if not (cell[0].isalnum() and cell[0].isascii())
            }
            for row_id, cell in table.column(name) if any(codes.values()) else ():
                code = "" if (row_id, name) in table.formulas else codes.get(cell, "")
                if code == "formula-external" or (code and not name.startswith(EXTRA)):
                    yield Finding(key, row_id, name, code, cell)


def _formulas(table: Table) -> Iterator[Finding]:
    for (row_id, name), text in sorted(table.formulas.items()):
        place = (table.tab.key, row_id, name)
        if _EXTERNAL.search(text[:_LONGEST]):
            yield Finding(*place, "formula-external", f"={text[:200]}")
        elif not text and not table.cell(row_id, name):
            if not name.startswith(EXTRA):
                yield Finding(*place, "cell-merged")
        elif not name.startswith(EXTRA) and not table.tab.column(name).tool:
            yield Finding(*place, "formula", table.cell(row_id, name))


def formula_code(cell: str) -> str:
    """Return the code for a text that a spreadsheet (or one that opens its CSV) would calculate.

    "formula-external", "formula-text", or '' for plain text.
    """
    start = _UNSEEN.sub("", cell[:_LONGEST])
    start = unicodedata.normalize("NFKC", start[:1]) + start[1:]
    if not _FORMULA.match(start):
        return ""
    return "formula-external" if _EXTERNAL.search(start) else "formula-text"
