"""The tab ``log``: the changes of each run as rows of the register, and how to read them back."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from register.book.cells import to_book, to_cell
from register.book.change import Change, Kind
from register.book.groups import legacy_reason, parse_legacy_reason
from register.book.ids import new_id
from register.book.log_cells import pack_cells, unpack_cells
from register.book.schema import Column, Language, Tab, schema
from register.book.table import Book

ADDED, RETIRED, MERGED, GONE = "+", "-", "⇄", "×"
"""Values of the column ``col`` in lines about a whole row. Its cells are kept as JSON, except for
:data:`GONE`, a row that somebody has deleted, of which nothing is kept."""

_MARKS = ("status", "merged_into")
"""The columns that mark a row as merged."""

_TOLD_APART = frozenset(("same_human",))
"""Columns of an added row with a line of their own, so that a person can undo them without the
row."""


def log_rows(changes: Sequence[Change], run: str, at: str, book: Book) -> list[dict[str, str]]:
    """Return the lines of ``log`` for changes that are about to be made to ``book``.

    There is a line for each changed cell and each added or retired row (a new tie has its
    own). For each merged row there is one more line with the whole row: its cells at that time, and
    the marks that it gets. A row that is too long for one line has several alike
    (:mod:`register.book.log_cells`).

    ``at`` is the local time in ISO form. Values are as the sheet shows them. A row that gets its id
    by these changes is called by that id. Changes of ``log`` and ``guide`` are not logged, and
    values of passing columns (:meth:`Schema.is_passing`) are left out.
    """
    language = book.language
    given = {c.row: c.after for c in changes if c.gives_id}
    losing = _losing(changes)
    lines: list[dict[str, str]] = []
    whole: dict[tuple[str, str, str], dict[str, str]] = {}
    for change in changes:
        if change.kind in ("note", "format") or change.tab in ("log", "guide"):
            continue
        if change.row in losing and change.column in _MARKS:
            if change.column == "status":
                line = _line(change, language, MERGED)
                line["row"] = given.get(change.row, change.row_id)
                lines += _kept(book, change, losing[change.row], line)
            continue
        if change.row in given:
            change = replace(change, row_id=given[change.row])
        apart = change.kind == "add" and change.column in _TOLD_APART
        if schema().is_passing(change.tab, change.column):
            change = replace(change, before="", after="")
        if change.kind in ("add", "retire") and not apart:
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
    used = book.taken() | {change.row_id for change in changes if change.tab == "log"}
    grouped = book.table("log").has("group")
    told = [one for line in lines for one in _whole_row(line, whole)]
    for number, line in enumerate(told):
        del line["_tab"]
        if not grouped:
            line["why"] = legacy_reason(line["why"], line["_merge"] and line["group"])
            del line["group"]
        del line["_merge"]
        line |= {"run": run, "at": at}
        line["id"] = new_id("L", (run, str(number)), used)
        used.add(line["id"])
    return told


def deleted_row_lines(
    gone: Collection[tuple[str, str]], run: str, at: str, why: str, book: Book
) -> Iterator[Change]:
    """Yield the changes that log rows (tab, id) deleted by people since the last run.

    The lines have the time when it was noticed (``at``, ISO) and ``why`` in words. They cannot be
    undone.
    """
    used = book.taken()
    for tab, row_id in sorted(gone):
        line = new_id("L", (run, GONE, row_id), used)
        used.add(line)
        cells = {"id": line, "run": run, "at": at, "tab": schema().tab(tab).titles[book.language]}
        cells |= {"row": row_id, "col": GONE, "why": why}
        for column, text in cells.items():
            yield Change("log", line, column, "", text, "gone", "add")


def _losing(changes: Sequence[Change]) -> dict[tuple[str, str], list[Change]]:
    """Return all changes of each row that is merged into another one, by that row."""
    losing: dict[tuple[str, str], list[Change]] = {
        c.row: []
        for c in changes
        if c.kind == "merge" and (c.column, c.after) == ("status", "merged")
    }
    for change in changes:
        if change.row in losing:
            losing[change.row].append(change)
    return losing


def _whole_row(
    line: dict[str, str], whole: Mapping[tuple[str, str, str], dict[str, str]]
) -> list[dict[str, str]]:
    """Return the lines for one line about a whole row, with its cells filled in."""
    side = {ADDED: "new", RETIRED: "old"}.get(line["col"])
    if side is None:
        return [line]
    kind = "add" if side == "new" else "retire"
    return [{**line, side: text} for text in pack_cells(whole[line["_tab"], line["row"], kind])]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of ``log``, read back as changes; ``more`` are the ids of its continuation lines."""

    line: str
    run: str
    at: str
    changes: tuple[Change, ...]
    undo: bool
    undone: str
    kept: Mapping[str, str] = field(default_factory=dict)
    """The cells of a merged row before the merge; empty for other lines."""
    more: tuple[str, ...] = ()


def log_entries(book: Book) -> Iterator[LogEntry]:
    """Yield the lines of ``log`` as changes, oldest first; unreadable lines are skipped."""
    for (line_id, *more), row in _whole_lines(book):
        if not row.get("group"):
            row["why"], row["group"] = parse_legacy_reason(row.get("why", ""))
        changes = tuple(_changes(row, book.language))
        if changes and row.get("run"):
            undo, undone = row.get("undo", "") == "undo", row.get("undone", "")
            kept = _merged_row(row, book.language)
            yield LogEntry(line_id, row["run"], row["at"], changes, undo, undone, kept, tuple(more))


def last_written(book: Book, tab: str, column: str) -> dict[str, str]:
    """Return the values that runs last wrote into a column, by row, as far as ``log`` shows."""
    titles, written = set(schema().tab(tab).titles.values()), dict[str, str]()
    for _, row in _whole_lines(book):
        if row.get("tab") in titles:
            for change in _changes(row, book.language):
                if change.column == column:
                    written[change.row_id] = change.after
    return written


def unmade_change_lines(
    lines: Iterable[Change], missed: Collection[Change], book: Book
) -> set[str]:
    """Return the ids of log lines that describe changes which were not made (``missed``).

    ``lines`` are the changes that write those lines.
    """
    given = {c.row: c.after for c in missed if c.gives_id}
    marks = {"add": ADDED, "retire": RETIRED}
    told: set[tuple[str, str, str]] = set()
    for change in missed:
        tab = schema().tab(change.tab)
        header = tab.column(change.column).headers[book.language] if tab.has(change.column) else ""
        for mark in {header or change.column, marks.get(change.kind, "")} - {""}:
            row = given.get(change.row, change.row_id)
            told.add((tab.titles[book.language], row, mark))
        if change.kind == "merge" and (change.column, change.after) == ("status", "merged"):
            told.add((tab.titles[book.language], change.row_id, MERGED))
    cells: dict[str, dict[str, str]] = {}
    for line in lines:
        cells.setdefault(line.row_id, {})[line.column] = line.after
    return {
        line
        for line, row in cells.items()
        if (row.get("tab", ""), row.get("row", ""), row.get("col", "")) in told
    }


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
        "group": change.group,
        "_merge": "merge" if change.kind == "merge" else "",
    }


def _whole_lines(book: Book) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield ids and cells of each line; the lines of a row that needs several are put together."""
    found: dict[tuple[str, ...], list[tuple[str, dict[str, str]]]] = {}
    for line_id, row in book.table("log").rows():
        whole = row.get("col") in (ADDED, RETIRED, MERGED) and row.get("run")
        key = (row["run"], row["tab"], row["row"], row["col"]) if whole else (line_id,)
        found.setdefault(key, []).append((line_id, row))
    for lines in found.values():
        ids, rows = [line_id for line_id, _ in lines], [row for _, row in lines]
        first = dict(rows[0])
        if len(rows) > 1:
            for side in ("old", "new"):
                cells = unpack_cells(row[side] for row in rows)
                first[side] = json.dumps(cells, ensure_ascii=False) if cells else ""
            for mark in ("undo", "undone"):
                first[mark] = next((row[mark] for row in rows if row.get(mark)), "")
        yield ids, first


def _kept(
    book: Book, change: Change, changes: Sequence[Change], line: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the lines that keep a merged row as JSON: its cells in ``old``, its marks in ``new``.

    Cells that the same run changes for another reason have lines of their own, and are kept as they
    become.
    """
    cells = dict(book.table(change.tab).row(change.row_id))
    marks: dict[str, str] = {}
    for other in changes:
        if other.kind in ("note", "format"):
            continue
        if other.column in _MARKS:
            cells[other.column], marks[other.column] = other.before, other.after
        else:
            cells[other.column] = other.after
    old, new = (
        pack_cells(
            {k: _label(change.tab, k, value, book.language) for k, value in side.items() if value}
        )
        for side in (cells, marks)
    )
    return [{**line, "old": one, "new": two} for one, two in zip_longest(old, new, fillvalue="{}")]


def _merged_row(row: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return the cells of the merged row that a line keeps, {} for any other line."""
    tab = _tab(row)
    if row["col"] != MERGED or tab is None:
        return {}
    return {
        key: _value(tab.column(key), text, language) if tab.has(key) else text
        for key, text in unpack_cells((row["old"],)).items()
    }


def _tab(row: Mapping[str, str]) -> Tab | None:
    return next((t for t in schema().tabs.values() if row["tab"] in t.titles.values()), None)


def _changes(row: dict[str, str], language: Language) -> Iterator[Change]:
    tab, why, group = _tab(row), row["why"], row.get("group", "")
    if tab is None:
        return
    if row["col"] == MERGED:
        kept = _merged_row(row, language)
        for key, text in unpack_cells((row["new"],)).items():
            if tab.has(key):
                after = _value(tab.column(key), text, language)
                yield Change(tab.key, row["row"], key, kept.get(key, ""), after, why, group=group)
        return
    if row["col"] in (ADDED, RETIRED):
        kind: Kind = "add" if row["col"] == ADDED else "retire"
        for key, text in unpack_cells((row["new" if kind == "add" else "old"],)).items():
            if tab.has(key):
                value = _value(tab.column(key), text, language)
                before, after = ("", value) if kind == "add" else (value, "")
                if key == "status" and kind == "retire":
                    after = "archived"
                yield Change(tab.key, row["row"], key, before, after, why, kind, group)
        return
    column = next((c for c in tab.columns if row["col"] in c.headers.values()), None)
    if column is not None:
        old, new = (_value(column, row[side], language) for side in ("old", "new"))
        yield Change(tab.key, row["row"], column.key, old, new, why, group=group)


def _label(tab: str, key: str, value: str, language: Language) -> str:
    if not value or not schema().tab(tab).has(key):
        return value
    column = schema().tab(tab).column(key)
    return str(to_cell(column, value, language)) if column.enum_keys else value


def _value(column: Column, text: str, language: Language) -> str:
    return to_book(column, text, language)
