"""``undo.py``: listing runs, and undoing a run or the changes of a row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from register.book.change import Change
from register.book.errors import UsageError
from register.book.groups import DisjointSets
from register.book.ids import is_id, reference_id
from register.book.log import ADDED, MERGED, RETIRED, LogEntry, log_entries
from register.book.plan import Plan, squash_changes
from register.book.plan_builder import UndoneChange, undo_key
from register.book.schema import LANGUAGES, schema
from register.book.table import Book
from register.words.sentences import Sentences

_REASON = "undo"
_MARKS = {"add": ADDED, "retire": RETIRED}


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A run in ``log``: its time, the number of its lines, and how many of them are undone.

    ``done`` counts lines by tab and by mark: ``+`` for added rows, ``~`` for changed cells, ``⇄``
    for merged rows, ``-`` for withdrawn rows.
    """

    run: str
    at: str
    lines: int
    undone: int
    done: Mapping[str, Mapping[str, int]]


def list_runs(book: Book) -> list[LoggedRun]:
    """Return the runs in ``log``, the newest first."""
    lines: dict[str, list[LogEntry]] = {}
    for entry in log_entries(book):
        lines.setdefault(entry.run, []).append(entry)
    return [_counted(run, lines[run]) for run in sorted(lines, reverse=True)]


def _counted(run: str, lines: Sequence[LogEntry]) -> LoggedRun:
    done: dict[str, Counter[str]] = {}
    for entry in lines:
        first = entry.changes[0]
        mark = MERGED if entry.kept else _MARKS.get(first.kind, "~")
        done.setdefault(first.tab, Counter())[mark] += 1
    undone = sum(bool(entry.undone) for entry in lines)
    return LoggedRun(run, lines[0].at, len(lines), undone, done)


def undo(book: Book, target: str, run: str) -> Plan:
    """Return the plan that undoes a run or all changes of a row; ``target`` is its id.

    ``run`` is the id of the present run, which is written to each undone line of ``log``. Only
    cells that are still as the run left them are restored; later edits by people stay. Ids stay,
    too, because letters and references use them. A merge is undone as a whole
    (:func:`_whole_merges`). Raises UsageError if there is nothing to undo.
    """
    every = [entry for entry in log_entries(book) if not entry.undone]
    meant = [
        e for e in every if e.run == target or (is_id(target) and e.changes[0].row_id == target)
    ]
    wanted = _whole_merges(every, [*meant, *_handed_out(every, meant)])
    if not wanted:
        raise UsageError(
            "There is nothing to undo under “{target}”.",
            remedy="List the runs: python3 scripts/undo.py --book BOOK",
            target=target,
        )
    return Plan.of(inverse_of_lines(book, wanted, run))


def requested_undo(book: Book, run: str) -> list[Change]:
    """Return the changes that undo the lines of ``log`` marked "kumoa" by people.

    A merge is undone as a whole, whichever of its lines is marked (:func:`_whole_merges`). With a
    line for many rows, everything that its decision did is undone.
    """
    if not any(mark for _, mark in book.table("log").column("undo")):
        return []
    every = [entry for entry in log_entries(book) if not entry.undone]
    meant = [entry for entry in every if entry.undo]
    wanted = _whole_merges(every, [*meant, *_handed_out(every, meant)])
    return list(inverse_of_lines(book, wanted, run)) if wanted else []


def undone_changes(book: Book) -> frozenset[UndoneChange]:
    """Return the changes that were undone and not redone: no run may propose them again.

    Values that the tool derives (regions, states, cases of ``review``) are not included; they may
    be derived again.
    """
    undone: dict[UndoneChange, str] = {}
    if not any(run for _, run in book.table("log").column("undone")):
        return frozenset()
    for entry in log_entries(book):
        for change in filter(_decided, entry.changes):
            undone.pop(undo_key(change), None)
            if entry.undone:
                undone[undo_key(change)] = entry.changes[0].reason
    redone = {
        (tab, row, column, after, before)
        for (tab, row, column, before, after), reason in undone.items()
        if reason in _undo_words()
    }
    return frozenset(undone) - redone


@cache
def _undo_words() -> frozenset[str]:
    """Return the texts in ``log`` for the reason "undo", in each language and as a code."""
    return frozenset(("undo", *(Sentences(language).reason("undo") for language in LANGUAGES)))


def _whole_merges(every: Sequence[LogEntry], wanted: Iterable[LogEntry]) -> list[LogEntry]:
    """Return the wanted lines, and all other lines of the merges that they are part of.

    All that one run merged into one row is one merge, however many rows there were.
    """
    merges = DisjointSets[tuple[str, ...]]()
    groups: set[tuple[str, str]] = set()
    for entry in every:
        for change in entry.changes:
            if change.column == "merged_into" and change.group:
                group = (entry.run, change.group)
                groups.add(group)
                for row in (change.row_id, reference_id(change.after)):
                    merges.unite(group, (entry.run, "row", row))

    def merge(entry: LogEntry) -> tuple[str, ...]:
        """Return the key of the merge that a line is part of, () if there is none."""
        group = (entry.run, entry.changes[0].group)
        return merges.find(group) if group in groups else ()

    chosen = list(wanted)
    lines = {entry.line for entry in chosen}
    whole = {merge(entry) for entry in chosen} - {()}
    return [entry for entry in every if entry.line in lines or merge(entry) in whole]


def _handed_out(every: Sequence[LogEntry], meant: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """Yield the lines of decisions that lines for many rows among ``meant`` have handed out.

    Such a decision has the id of the line in its reason.
    """
    lines = {entry.changes[0].row_id for entry in meant if entry.changes[0].tab == "review"}
    groups = {
        (entry.run, entry.changes[0].group)
        for entry in every
        if entry.changes[0].column == "decision"
        and lines.intersection(entry.changes[0].reason.split(" + ")[1:])
    }
    for entry in every:
        change = entry.changes[0]
        if change.group and (entry.run, change.group) in groups:
            yield entry


_SAID = frozenset(("result", "merged_into", "same_human"))
"""The tool's own columns whose changes, once undone, are not proposed again."""


def _decided(change: Change) -> bool:
    tab = schema().tab(change.tab)
    if change.tab == "review" or not tab.has(change.column):
        return False
    return change.column in _SAID or not tab.column(change.column).tool


def inverse_of_lines(book: Book, wanted: Iterable[LogEntry], run: str) -> Iterator[Change]:
    """Yield the inverse changes of these lines, newest first, and the mark on each line.

    A merged row that somebody has deleted meanwhile is restored from ``log``.
    """
    newest_first = sorted(wanted, key=lambda entry: (entry.at, entry.run), reverse=True)
    gone = {
        (change.tab, change.row_id): entry
        for entry in newest_first
        for change in entry.changes
        if entry.kept and change.row_id not in book.table(change.tab)
    }
    back: list[Change] = []
    for made in reversed(list(_grouped(newest_first))):
        back += [
            replace(change, reason=_REASON, group="") for change in Plan(made).inverse().changes
        ]
    for change in squash_changes(back):
        if change.column == "id" and change.kind == "set":
            continue
        if (change.tab, change.row_id) in gone:
            continue
        current = book.table(change.tab).cell(change.row_id, change.column)
        tab = schema().tab(change.tab)
        if tab.has(change.column) and tab.column(change.column).tool:
            change = replace(change, before=current)
        if change.before != change.after:
            yield change
        if change.column == "status" and current == "merged":
            yield Change(change.tab, change.row_id, "hidden", "1", "", _REASON, kind="format")
    for (tab_key, row_id), entry in gone.items():
        for column, value in entry.kept.items():
            yield Change(tab_key, row_id, column, "", value, _REASON, kind="add")
    for entry in newest_first:
        for line in (entry.line, *entry.more):
            yield Change("log", line, "undone", "", run, _REASON)


def _grouped(newest_first: list[LogEntry]) -> Iterator[tuple[Change, ...]]:
    """Yield the changes of each run, the oldest run first, so that their inverses chain."""
    by_run: dict[str, list[Change]] = {}
    for entry in newest_first:
        by_run.setdefault(entry.run, []).extend(entry.changes)
    for run in sorted(by_run):
        yield tuple(by_run[run])
