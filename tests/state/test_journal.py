"""The journal counts what each cleanup left, for the trend of the reports."""

from datetime import UTC, datetime, timedelta

import pytest

from register.book.plan import Plan
from register.state.folder import make_private
from register.state.journal import SqliteJournal

START = datetime(2026, 11, 1, 3, 15, tzinfo=UTC)


def test_the_last_cleanups_come_oldest_first(tmp_path):
    make_private(tmp_path / "state")
    journal = SqliteJournal(tmp_path / "state")
    assert journal.past(12) == []
    for day in range(15):
        journal.count(f"run-{day:02}", START + timedelta(days=day), {"error": day, "info": 1})
    past = SqliteJournal(tmp_path / "state").past(12)
    assert [at for at, _ in past] == [START + timedelta(days=day) for day in range(3, 15)]
    assert past[0][1] == {"error": 3, "warning": 0, "info": 1}


def test_a_run_that_is_counted_twice_counts_once(tmp_path):
    make_private(tmp_path / "state")
    journal = SqliteJournal(tmp_path / "state")
    for errors in (5, 4):
        journal.count("run", START, {"error": errors})
    ((_, counts),) = journal.past(12)
    assert counts["error"] == 4


def test_a_register_without_a_journal_has_no_past():
    assert list(SqliteJournal(None).past(12)) == []


def test_nothing_is_written_without_a_journal():
    with pytest.raises(RuntimeError):
        SqliteJournal(None).begin("R", "cleanup", START, Plan.of([]))
