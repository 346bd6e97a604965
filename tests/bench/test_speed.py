"""How long a large register takes, as a ratio to reading it alone; printed, never asserted."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from register.book.plan import Change, Plan
from register.flows.check import check
from register.flows.cleanup import Orders, cleanup
from register.flows.regions import regions
from register.report.sentences import Sentences
from register.rules import SAFE, Setting
from register.sample.book import large_register
from register.stores.workbook import Workbook

pytestmark = pytest.mark.bench
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def timed(work):
    """Return what the work gives, and how many seconds it took."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def test_a_large_register(tmp_path, capsys):
    large = large_register(1, 8_000, 20_000)
    store = Workbook(tmp_path / "r.xlsx")
    store.create("fi", [], {}, apply=True)
    there = store.read()
    cells = [
        Change(tab, row_id, column, "", value, "bench", "add")
        for tab in ("organisations", "people", "bans")
        for row_id, row in large.table(tab).rows()
        for column, value in row.items()
        if value
    ]
    plan = Plan.of(cells)
    written, writing = timed(lambda: store.write(plan, lambda changes, book: []))
    assert not written.conflicts
    book, reading = timed(store.read)
    rows = sum(len(table) for table in book.tables.values())
    assert rows - sum(len(table) for table in there.tables.values()) > 28_000
    steps = {"read": reading, "write it all": writing}
    _, steps["check"] = timed(lambda: check(book, Setting(date(2026, 11, 23))))
    outcome, steps["cleanup"] = timed(lambda: cleanup(book, NOW, Orders(SAFE), Sentences("fi")))
    after = book.applied(outcome.plan.changes)
    again, steps["cleanup again"] = timed(
        lambda: cleanup(after, NOW, Orders(SAFE), Sentences("fi"))
    )
    assert not again.plan.changes
    _, steps["lists"] = timed(lambda: regions(after, NOW.date()))
    with capsys.disabled():
        print(f"\n{rows} rows")
        for name, seconds in steps.items():
            rate, ratio = rows / seconds, seconds / reading
            print(f"{name:14} {seconds:6.1f} s {rate:9,.0f} rows/s {ratio:6.1f} x read")
