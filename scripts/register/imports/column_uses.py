"""Where each column of somebody's list goes, and why, for the importer to look over."""

import re
from collections.abc import Iterator

from register.book.outcome import ColumnUse
from register.book.schema import Language, Tab
from register.intake.column_map import ColumnMap
from register.intake.header_names import EITHER
from register.intake.sheet import ListSheet

_NOTES = {
    "asked": "{column} (as you asked)",
    "remembered": "{column} (as last time)",
    "header": "{column}",
    "similar": "{column} (by its name, not quite the usual one)",
    "held": "{column} of a card of their own ({holder})",
    "seat": "{column} on a further row of the same person",
    "cells": "{column} (by what its cells look like)",
    "left": "Left out, as you asked",
    "private": "Left out ({count} cells): a register does not keep such things of people",
    "unnamed": "{column} in rows that name nobody; elsewhere it may be somebody’s home, "
    "and is left out",
    "either": "{column} or {other}, each row by its words",
    "spare": "{column}, where the preferred column says nothing",
    "unknown": "{column}, with its header",
    "none": "{column}, with its header",
    "secret": "{column}, masked: personal identity codes are not kept",
    "taken": "{column}, with its header (another column is used instead)",
    "unlike": "{column}, with its header (cells unlike its name)",
}


def column_uses(
    sheet: ListSheet, columns: ColumnMap, tab: Tab, language: Language
) -> Iterator[ColumnUse]:
    """Yield the use of each column that says anything, but for marks of programs."""
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
        needed = set(re.findall(r"\{(\w+)\}", _NOTES[how]))
        goes = (_NOTES[how], {key: value for key, value in said.items() if key in needed})
        yield ColumnUse(link.label, goes, next(iter(link.samples), ""))
