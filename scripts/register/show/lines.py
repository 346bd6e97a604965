"""The changes of an outcome as lines for people: one for each cell, added row or merge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from register.book.change import Change
from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.schema import schema
from register.words.sentences import Sentences

ADDED, CHANGED, MERGED, REMOVED, ATTENTION = "+", "~", "⇄", "-", "!"
SIGNS = (ATTENTION, ADDED, MERGED, REMOVED, CHANGED)
"""The signs of lines, in the order in which the lines of a tab are shown."""

ASKED = "?"
"""The key of :func:`line_totals` for new questions in ``review``, which are no new contacts."""

_SIGN = {"add": ADDED, "set": CHANGED, "merge": MERGED, "retire": REMOVED}

_LEFT_OUT = {
    "row gone": "The row is no longer there.",
    "column gone": "The column is no longer there.",
    "formula": "There is a formula in the cell now.",
    "row moved": "Rows or columns were being moved; the next run makes this change.",
    "too long": "The text is longer than a cell can be.",
    "goes with another that was left out": "It belongs to another change that was left out.",
}
"""Why a change was left out (msgids), by the text that the store gives; any other text is the new
value of the cell."""

_Cell = tuple[str, str, str]
"""``(header, before, after)`` as people read them."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A line: what was done to a row, where, and why.

    ``cells`` has one item for a changed cell, several for an added, removed or merged row, and none
    if ``name`` says everything. ``sort`` is ``why`` without ids. All texts are safe to show.
    """

    sign: str
    tab: str
    row_id: str
    name: str
    cells: tuple[_Cell, ...] = ()
    why: str = ""
    sort: str = ""
    into: str = ""
    rows: int = 1


def outcome_lines(outcome: Outcome, say: Sentences) -> list[OutcomeLine]:
    """Return the lines of what was or would be written, by tab; those that need attention first.

    New ids are one line for each tab. Notes, formats and the overview in the guide have no lines.
    """
    changes = outcome.written.changes if outcome.applied else outcome.plan.changes
    wanted = [c for c in changes if c.kind not in ("note", "format") and c.tab != "guide"]
    new_ids = {c.row: c.after for c in wanted if c.gives_id}
    made = [*_astray(outcome, say), *_conflicts(outcome, say), *_new_ids(wanted, say)]
    merged = _merged_rows(wanted)
    whole: dict[tuple[str, ...], list[Change]] = {}
    for change in wanted:
        if change.column == "id" and change.kind == "set":
            continue
        match change.kind:
            case "merge":
                key: tuple[str, ...] = ("merge", *_merged_row(change, merged.get(change.group, [])))
            case "set":
                key = ("set", *change.cell)
            case _:
                key = (change.kind, change.tab, change.row_id)
        whole.setdefault(key, []).append(change)
    for group in whole.values():
        made.append(_line(outcome, group, new_ids, say))
    tabs = list(schema().tabs)
    return sorted(made, key=lambda line: (tabs.index(line.tab), SIGNS.index(line.sign)))


def _merged_rows(changes: Iterable[Change]) -> dict[str, list[tuple[str, str]]]:
    """Return the rows that each group merges into others."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for change in changes:
        if change.column == "merged_into" and change.after:
            rows.setdefault(change.group, []).append(change.row)
    return rows


def _merged_row(change: Change, merged: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the merged row whose line includes a change: its own row, or the group's first."""
    return change.row if change.row in merged or not merged else merged[0]


def line_totals(shown: Iterable[OutcomeLine]) -> dict[str, int]:
    """Return by sign how many rows were added, merged, removed and left out, and cells changed.

    Of the tool's changes in ``review`` only new questions count, under :data:`ASKED`.
    """
    counts = dict.fromkeys((*SIGNS, ASKED), 0)
    for line in shown:
        if line.tab != "review" or line.sign == ATTENTION:
            counts[line.sign] += line.rows
        elif line.sign == ADDED:
            counts[ASKED] += line.rows
    return counts


def _line(
    outcome: Outcome, group: list[Change], new_ids: dict[tuple[str, str], str], say: Sentences
) -> OutcomeLine:
    first = group[0]
    into = ""
    if first.kind == "merge":
        marked = next((c for c in group if c.column == "merged_into" and c.after), None)
        if marked is not None:
            first = marked
            survivor = reference_id(marked.after)
            into = f"{say.row(outcome.book, marked.tab, survivor)} {survivor}"
    new_id = new_ids.get((first.tab, first.row_id), first.row_id)
    row_id = new_id if new_id in outcome.book.table(first.tab) else first.row_id
    tab = schema().tab(first.tab)
    named = ("message",) if first.tab == "review" else tab.name
    tool = {c.key for c in tab.columns if c.tool}.difference(named)
    cells = [
        (
            say.column(c.tab, c.column),
            say.value(c.tab, c.column, c.before),
            say.value(c.tab, c.column, c.after),
        )
        for c in group
        if len(group) == 1 or not (c.tab == first.tab and c.column in tool)
    ]
    name = say.row(outcome.book, first.tab, row_id)
    if first.kind == "add" and name == row_id:
        parts = {c.column: c.after for c in group}
        name = say.value("", "", " ".join(parts[k] for k in tab.name if parts.get(k))) or row_id
    why = say.reason(first.reason)
    sort = why if first.kind == "merge" else say.reason(first.reason.split(" + ")[0])
    return OutcomeLine(_SIGN[first.kind], first.tab, row_id, name, tuple(cells), why, sort, into)


def _new_ids(changes: Iterable[Change], say: Sentences) -> Iterator[OutcomeLine]:
    counts: dict[str, int] = {}
    for change in changes:
        if change.column == "id" and change.kind == "set":
            counts[change.tab] = counts.get(change.tab, 0) + 1
    for tab, count in counts.items():
        said = say("{count} rows get an id", count=count)
        why = say.reason("id")
        yield OutcomeLine(CHANGED, tab, "", said, why=why, sort=why, rows=count)


def _astray(outcome: Outcome, say: Sentences) -> Iterator[OutcomeLine]:
    """Yield a line for each cell that holds what was meant for another cell."""
    why = say("This cell holds what was meant for another one: put it right by hand.")
    for one in outcome.written.astray:
        header, before, holds = (
            say.value("", "", text) for text in (one.header, one.before, one.holds)
        )
        name = say.row(outcome.book, one.tab, one.row_id)
        yield OutcomeLine(
            ATTENTION, one.tab, one.row_id, name, ((header, before, holds),), why, why
        )


def _conflicts(outcome: Outcome, say: Sentences) -> Iterator[OutcomeLine]:
    for conflict in outcome.written.conflicts:
        c = conflict.change
        found = conflict.found
        if found in _LEFT_OUT:
            why, now = say(_LEFT_OUT[found]), ""
        else:
            why = say("Somebody has changed this cell meanwhile; it was left as it is.")
            now = say.value(c.tab, c.column, found)
        cell = (say.column(c.tab, c.column), say.value(c.tab, c.column, c.before), now)
        yield OutcomeLine(
            ATTENTION, c.tab, c.row_id, say.row(outcome.book, c.tab, c.row_id), (cell,), why, why
        )
