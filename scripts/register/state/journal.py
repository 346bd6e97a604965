"""The journal: what each run planned to write, what it wrote, and the rows it knew (SQLite)."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from register.book.change import Change
from register.book.finding import SEVERITIES
from register.book.moved_cells import MARKED, ColumnMarks, column_marks
from register.book.outcome import WriteOutcome
from register.book.personal_identity_code import mask_certain_identity_codes
from register.book.plan import Plan
from register.book.row_ids import row_digests
from register.book.schema import schema
from register.book.table import Book
from register.state.database import StateDatabase

_TABLES = """
create table if not exists run (
  run text primary key, verb text not null, at text not null,
  plan text not null, applied integer, conflicts integer);
create table if not exists known (
  tab text not null, row_id text not null, digest text not null, primary key (tab, row_id));
create table if not exists mark (
  tab text not null, "column" text not null, marks text not null, primary key (tab, "column"));
create table if not exists tally (
  run text primary key, at text not null, error integer, warning integer, info integer);
"""


class SqliteJournal:
    """Implements the port ``Journal`` with one file that only its owner may read.

    Without a folder it is the empty journal of a run that does not write.
    """

    def __init__(self, folder: Path | None, before: Callable[[], None] = lambda: None) -> None:
        """Open or create the journal; ``before`` is called before a plan is recorded."""
        self._before = before
        self._database = StateDatabase(folder and folder / "journal.sqlite", _TABLES)

    def begin(self, run: str, verb: str, at: datetime, plan: Plan) -> None:
        """Record the plan, with the cells' values before it, before the book is written.

        Raises RuntimeError without a folder: nothing is written that could not be taken back.
        """
        if not self._database.path:
            raise RuntimeError("a run that writes has a journal")
        if plan.changes:
            self._before()
        row = (run, verb, at.astimezone(UTC).isoformat(timespec="seconds"), _masked(plan).to_json())
        with self._database.transaction() as db:
            db.execute("insert or replace into run values (?, ?, ?, ?, null, null)", row)

    def finish(self, run: str, written: WriteOutcome) -> None:
        """Record how many changes were written; a run without this record was interrupted."""
        counts = (len(written.changes), len(written.conflicts), run)
        with self._database.transaction() as db:
            db.execute("update run set applied = ?, conflicts = ? where run = ?", counts)

    def count(self, run: str, at: datetime, counts: Mapping[str, int]) -> None:
        """Record how many findings a cleanup left, by severity."""
        moment = at.astimezone(UTC).isoformat(timespec="seconds")
        row = (run, moment, *(counts.get(severity, 0) for severity in SEVERITIES))
        with self._database.transaction() as db:
            db.execute("insert or replace into tally values (?, ?, ?, ?, ?)", row)

    def past(self, most: int) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Return the times and finding counts of the last ``most`` cleanups, oldest first."""
        query = "select at, error, warning, info from tally order by at desc, run desc limit ?"
        with self._database.transaction() as db:
            rows = db.execute(query, (most,)).fetchall()
        return [
            (datetime.fromisoformat(at), dict(zip(SEVERITIES, counts, strict=True)))
            for at, *counts in reversed(rows)
        ]

    def known(self, tab: str, row_id: str) -> str:
        """Return the digest that the row with this id had at the end of the last run, or ''."""
        with self._database.transaction() as db:
            query = "select digest from known where tab = ? and row_id = ?"
            found = db.execute(query, (tab, row_id)).fetchone()
        return found[0] if found else ""

    def known_ids(self, tab: str) -> frozenset[str]:
        """Return the ids of the tab's rows at the end of the last run."""
        with self._database.transaction() as db:
            rows = db.execute("select row_id from known where tab = ?", (tab,)).fetchall()
        return frozenset(row_id for (row_id,) in rows)

    def known_marks(self, tab: str) -> ColumnMarks:
        """Return the tab's cell marks at the end of the last run, by column key and row id."""
        with self._database.transaction() as db:
            rows = db.execute('select "column", marks from mark where tab = ?', (tab,)).fetchall()
        return {column: json.loads(marks) for column, marks in rows}

    def remember(self, book: Book) -> None:
        """Replace the stored row digests and cell marks with those of this book."""
        rows = [
            (table.tab.key, row_id, digest)
            for table in book.tables.values()
            if table.tab.letter and table.tab.key != "log"
            for row_id, digest in zip(
                table.cells,
                row_digests(table.tab, table.columns, table.cells.values()),
                strict=True,
            )
            if not row_id.startswith("#")
        ]
        marks = [
            (key, column, json.dumps(cells))
            for key in MARKED
            for column, cells in book.table(key).once(column_marks).items()
        ]
        with self._database.transaction() as db:
            db.execute("delete from known")
            db.executemany("insert into known values (?, ?, ?)", rows)
            db.execute("delete from mark")
            db.executemany("insert into mark values (?, ?, ?)", marks)


def knows_rows(folder: Path) -> bool:
    """Whether the journal in a folder knows rows of a register; it is only read."""
    file = folder / "journal.sqlite"
    if not file.is_file():
        return False
    there = f"{file.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(there, uri=True)) as db:
        return db.execute("select 1 from known limit 1").fetchone() is not None
    return False


def _masked(plan: Plan) -> Plan:
    """Return the plan with personal identity codes masked and values of passing columns emptied.

    Everything else stays as it is, for undo.
    """

    def mask(tab: str, column: str, text: str) -> str:
        return "" if is_passing(tab, column) else mask_certain_identity_codes(text)

    is_passing = schema().is_passing

    def masked(one: Change) -> Change:
        before, after = (mask(one.tab, one.column, text) for text in (one.before, one.after))
        same = before == one.before and after == one.after
        return one if same else replace(one, before=before, after=after)

    changes = map(masked, plan.changes)
    seen = {
        row: tuple((column, mask(row[0], column, text)) for column, text in cells)
        for row, cells in plan.witnesses.items()
    }
    return Plan(tuple(changes), seen)
