"""Explain where each column of a list goes, and why, for the importer to check."""

import re
from collections.abc import Iterator

from register.book.outcome import ColumnUse
from register.book.package_data import package_table
from register.book.schema import Language, Tab
from register.intake.column_map import ColumnMap
from register.intake.header_names import EITHER
from register.intake.refusals import consent_kind
from register.intake.sheet import ListSheet

_ON_LETTERS = ("leave", "opt-out", "list")
_NOTES = package_table("register.imports", "sentences")["column_uses"]


def column_uses(
    sheet: ListSheet, columns: ColumnMap, tab: Tab, language: Language
) -> Iterator[ColumnUse]:
    """Yield the use of each column that has any cells, except a program's own marks."""
    first = {index: at for seat in columns.further_organisations for index, at in seat.items()}
    target_at = {link.index: link.target for link in columns.links}
    for link in columns.links:
        cells = sheet.column(link.index)
        if link.how == "technical" or not cells:
            continue
        either = link.target == EITHER
        seated = target_at.get(first.get(link.index, -1), "")
        column = tab.column("org" if either else seated or link.target or link.spare or "text")
        said: dict[str, object] = {
            "column": column.headers[language],
            "other": tab.column("name").headers[language],
            "holder": link.holder,
            "count": len(cells),
        }
        how: str = link.how
        if seated:
            how = "seat"
        elif link.holder and link.is_kept and how != "secret":
            how = "held"
        elif either or link.spare:
            how = "either" if either else "unnamed" if how == "private" else "spare"
        elif how in ("unknown", "none") and consent_kind(link.header) in _ON_LETTERS:
            how = "heard"
        needed = set(re.findall(r"\{(\w+)\}", _NOTES[how]))
        goes = (_NOTES[how], {key: value for key, value in said.items() if key in needed})
        yield ColumnUse(link.label, goes, next(iter(link.samples), ""))
