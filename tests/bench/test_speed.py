"""How long a large register takes, as a ratio to reading it alone; printed, never asserted.

In one process, where a cleanup of its result finds pairs judged; tests/bench/test_cleanup_speed.py
measures whole processes.
"""

import gc
import resource
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from register.book.change import Change
from register.book.ids import new_id
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.lists.regional import regional_directory
from register.rules import RULES, SAFE, RuleContext
from register.run.check import check_book
from register.show.outcome import outcome_forms
from register.stores.workbook import Workbook
from register.words.sentences import Sentences
from tests.large_register import large_register
from tests.making import book as book_of
from tests.rules.hostile import HOSTILE

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
    _, steps["check"] = timed(lambda: check_book(book, RuleContext(date(2026, 11, 23))))
    outcome, steps["cleanup"] = timed(
        lambda: cleanup(book, NOW, CleanupOptions(SAFE), Sentences("fi"))
    )
    after = book.with_changes(outcome.plan.changes)
    again, steps["cleanup again"] = timed(
        lambda: cleanup(after, NOW, CleanupOptions(SAFE), Sentences("fi"))
    )
    assert not again.plan.changes
    _, steps["lists"] = timed(lambda: regional_directory(after, NOW.date()))
    with capsys.disabled():
        print(f"\n{rows} rows")
        for name, seconds in steps.items():
            rate, ratio = rows / seconds, seconds / reading
            print(f"{name:14} {seconds:6.1f} s {rate:9,.0f} rows/s {ratio:6.1f} x read")


def test_the_rules_on_twenty_thousand_of_each(tmp_path, capsys):
    """Check alone, rule by rule, and its memory; rows a second against reading alone."""
    store = Workbook(tmp_path / "r.xlsx")
    store.create("fi", [], {}, apply=True)
    large = doubled(large_register(1, 10_000, 10_000))
    cells = [
        Change(tab, row_id, column, "", value, "bench", "add")
        for tab in ("organisations", "people", "bans")
        for row_id, row in large.table(tab).rows()
        for column, value in row.items()
        if value
    ]
    store.write(Plan.of(cells), lambda changes, book: [])
    book, reading = timed(store.read)
    rows = sum(len(book.table(tab)) for tab in ("organisations", "people"))
    assert rows == 40_000
    setting = RuleContext(date(2026, 11, 23))
    shares = {
        rule.__name__.rpartition(".")[2]: timed(lambda r=rule: list(r.check(book, setting)))[1]
        for rule in RULES
    }
    outcome, checking = timed(lambda: check_book(book, setting))
    _, page = timed(lambda: outcome_forms(outcome, Sentences("fi")).forms["html"]())
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        print(f"\n{rows:,} rows, {len(outcome.findings):,} findings, {used} MB at most")
        for name, seconds in {"read": reading, "check": checking, "page": page}.items():
            print(
                f"{name:14} {seconds:6.1f} s {rows / seconds:9,.0f} rows/s {seconds / reading:6.2f} x read"
            )
        for name, seconds in sorted(shares.items(), key=lambda item: -item[1])[:8]:
            print(f"  {name:14} {seconds:6.2f} s")


def test_the_slowest_cell(capsys):
    """Each hostile cell in each column of people's, alone in its register; the slowest again.

    The best of three of those counts: what other programs and the collector of earlier tests'
    garbage take is not the cell's.
    """
    gc.collect()
    gc.freeze()
    tabs = {
        t.key: [c.key for c in t.columns if not c.tool] for t in schema().tabs.values() if t.columns
    }

    def checked(tab, column, cell):
        book = book_of(**{tab: [{column: cell}]})
        return timed(lambda: check_book(book, RuleContext(date(2026, 11, 23))))[1]

    once = sorted(
        (checked(tab, column, cell), name, tab, column)
        for name, cell in HOSTILE.items()
        for tab in ("organisations", "people", "meetings", "inbox", "choices")
        for column in tabs[tab]
    )
    again = sorted(
        (min(seconds, *(checked(tab, column, HOSTILE[name]) for _ in range(2))), name, tab, column)
        for seconds, name, tab, column in once[-30:]
    )
    with capsys.disabled():
        print(f"\nThe slowest of {len(once):,} cells:")
        for seconds, name, tab, column in again[-5:]:
            print(f"  {seconds * 1000:6.1f} ms  {name}  {tab}.{column}")


def doubled(book):
    """Return the register with every row twice: the second time under other ids and addresses."""
    tables = dict(book.tables)
    for key in ("organisations", "people"):
        table, taken = book.table(key), set(book.table(key).numbers)
        changes = []
        for row_id, row in table.rows():
            new = new_id(table.tab.letter, ("bench", row_id), taken)
            taken.add(new)
            again = row | {"id": new, "business_id": "", "assoc_no": ""}
            again = {k: v for k, v in again.items() if k in table.columns}
            for column in ("name", "last"):
                if column in again:
                    again[column] += " toinen"
            if row["email"]:
                again["email"] = f"toinen.{row['email']}"
            changes += [Change(key, new, c, "", v, "", "add") for c, v in again.items() if v]
        tables[key] = table.with_changes(changes)
    return Book(tables, book.language)
