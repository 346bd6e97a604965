"""Loki: what each run changed, as rows of the register itself, and how to read them back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from register.book.cells import to_book, to_cell
from register.book.ids import new_id
from register.book.plan import Change, Kind
from register.book.schema import Column, Language, schema
from register.book.table import Book

ADDED, RETIRED = "+", "-"
"""Stand in the column Sarake where a line is about a whole row, its cells as JSON."""


def log_rows(
    changes: Sequence[Change], run: str, at: str, language: Language, taken: Collection[str]
) -> list[dict[str, str]]:
    """Return Loki's lines for changes that are about to be made: one a cell, one an added row.

    ``at`` is the local time in ISO form. Values are shown as the sheet shows them. A row that gets
    its id by these changes is called by that id. Loki's own cells are not logged.
    """
    given = {
        (c.tab, c.row_id): c.after for c in changes if c.column == "id" and c.row_id[:1] == "#"
    }
    lines: list[dict[str, str]] = []
    whole: dict[tuple[str, str, str], dict[str, str]] = {}
    for change in changes:
        if change.kind in ("note", "format") or change.tab == "log":
            continue
        change = replace(change, row_id=given.get((change.tab, change.row_id), change.row_id))
        if change.kind in ("add", "retire"):
            key = (change.tab, change.row_id, change.kind)
            value = change.after if change.kind == "add" else change.before
            if key not in whole:
                whole[key] = {}
                mark = ADDED if change.kind == "add" else RETIRED
                lines.append(_line(change, language, mark))
            whole[key][change.column] = _label(change.tab, change.column, value, language)
            continue
        line = _line(change, language, change.column)
        line["old"] = _label(change.tab, change.column, change.before, language)
        line["new"] = _label(change.tab, change.column, change.after, language)
        lines.append(line)
    used = set(taken)
    for number, line in enumerate(lines):
        kind = {ADDED: "add", RETIRED: "retire"}.get(line["col"])
        if kind:
            cells = json.dumps(whole[line["_tab"], line["row"], kind], ensure_ascii=False)
            line["new" if kind == "add" else "old"] = cells
        del line["_tab"]
        line |= {"run": run, "at": at}
        line["id"] = new_id("L", (run, str(number)), used)
        used.add(line["id"])
    return lines


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of Loki, read back: the changes that it stands for."""

    line: str
    run: str
    at: str
    changes: tuple[Change, ...]
    undo: bool
    undone: str


def entries(book: Book) -> Iterator[Entry]:
    """Yield Loki's lines as changes, oldest first; lines that nobody can read are passed over."""
    for line_id, row in book.table("log").rows():
        changes = tuple(_changes(row, book.language))
        if changes and row.get("run"):
            undo = row.get("undo", "") == "undo"
            yield Entry(line_id, row["run"], row["at"], changes, undo, row.get("undone", ""))


def _line(change: Change, language: Language, column: str) -> dict[str, str]:
    tab = schema().tab(change.tab)
    header = tab.column(column).headers[language] if tab.has(column) else column
    return {
        "_tab": change.tab,
        "tab": tab.titles[language],
        "row": change.row_id,
        "col": header,
        "old": "",
        "new": "",
        "why": change.reason,
    }


def _changes(row: dict[str, str], language: Language) -> Iterator[Change]:
    tab = next((t for t in schema().tabs.values() if row["tab"] in t.titles.values()), None)
    if tab is None:
        return
    if row["col"] in (ADDED, RETIRED):
        kind: Kind = "add" if row["col"] == ADDED else "retire"
        try:
            cells = json.loads(row["new" if kind == "add" else "old"])
        except ValueError:
            return
        for key, text in cells.items():
            if tab.has(key):
                value = _value(tab.column(key), str(text), language)
                before, after = ("", value) if kind == "add" else (value, "")
                if key == "status" and kind == "retire":
                    after = "archived"
                yield Change(tab.key, row["row"], key, before, after, row["why"], kind)
        return
    column = next((c for c in tab.columns if row["col"] in c.headers.values()), None)
    if column is not None:
        old, new = (_value(column, row[side], language) for side in ("old", "new"))
        yield Change(tab.key, row["row"], column.key, old, new, row["why"], "set")


def _label(tab: str, key: str, value: str, language: Language) -> str:
    if not value or not schema().tab(tab).has(key):
        return value
    column = schema().tab(tab).column(key)
    return str(to_cell(column, value, language)) if column.enum_keys else value


def _value(column: Column, text: str, language: Language) -> str:
    return to_book(column, text, language)
