"""What a cleanup costs as a whole process, beside one that reads the same file and writes a cell.

CPU seconds, for other programs take turns with these. A night's run is measured after somebody has
changed ten cells: nothing that an earlier run worked out is at hand. ``python -m
tests.bench.test_cleanup_speed`` measures 20,000 rows of each kind, which takes many minutes.
"""

import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from register.book.change import Change
from register.book.ids import new_id
from register.book.plan import Plan
from register.stores.workbook import Workbook
from tests.bench.test_lists_speed import MEASURED, SCRIPTS
from tests.large_register import large_register

pytestmark = pytest.mark.bench
FIRST = (
    *("Maija", "Maia", "Maja", "Pekka", "Pekko", "Liisa", "Lisa", "Anna", "Anni", "Antti"),
    "Kari",
)
LAST = (
    *("Virtanen", "Virtanes", "Virttanen", "Korhonen", "Korhone", "Nieminen", "Niemine", "Mäkinen"),
    *("Mäkine", "Laine", "Laines", "Heikkinen", "Heikinen", "Koskinen", "Koskine", "Järvinen"),
)
COPY = """
import sys
from pathlib import Path
from register.book.change import Change
from register.book.plan import Plan
from register.stores.workbook import Workbook
store = Workbook(Path(sys.argv[1]))
people = store.read().table("people")
row, before = next(people.column("notes"))
change = Change("people", row, "notes", before, before + "x", "bench")
assert not store.write(Plan.of([change]), lambda changes, book: []).conflicts
"""
MOST_ORGANISATIONS = 19_000
MOST_TIMES_FIRST, MOST_TIMES_NIGHT = 40, 25
"""Far above what is measured: these tell a step that has come to cost its square."""


def near_equal_members(count):
    """People of few names, mistyped in few ways, in forty clubs; half have a mailbox, half a phone."""
    dice, taken = Random(1), set()
    for number in range(count):
        taken.add(row_id := new_id("H", ("near", str(number)), taken))
        first, last = dice.choice(FIRST), dice.choice(LAST)
        mailbox, phone = (
            f"{first}.{last}.{number}@example.org",
            f"+35840{dice.randrange(10**7):07d}",
        )
        row = {"id": row_id, "first": first, "last": last, "org": f"Kylä {dice.randrange(40)} ry"}
        row |= {"email": mailbox.lower()} if dice.random() < 0.5 else {}
        yield "people", row | ({"phone": phone} if dice.random() < 0.5 else {})


def mostly_clean(count):
    """A register as it may stand after some years: two people of a hundred are there twice.

    As many rows of organisations as of people, but no more than the sample has names for.
    """
    large = large_register(1, min(count, MOST_ORGANISATIONS), count)
    for tab in ("organisations", "people", "bans"):
        yield from ((tab, row) for _, row in large.table(tab).rows())


def test_near_equal_members(tmp_path, capsys):
    with capsys.disabled():
        compare(tmp_path / "r.xlsx", list(near_equal_members(5_000)))


def test_mostly_clean(tmp_path, capsys):
    with capsys.disabled():
        compare(tmp_path / "r.xlsx", list(mostly_clean(2_500)))


def compare(path, rows):
    """Fill a register, clean it, change ten cells, clean it again; print and compare.

    Each run is compared with reading, and with reading and writing, the file that it was given.
    """
    store = Workbook(path)
    store.create("fi", [], {}, apply=True)
    write(store, [(*(tab, row["id"], k), v) for tab, row in rows for k, v in row.items() if v])
    again = "read and write again"
    before = {"first cleanup": "read and write", "night's run": again}
    reading = {"first cleanup": seconds_to_read(store)}
    cleanup = (str(SCRIPTS / "cleanup.py"), "--book", str(path), "--apply", "--fail-on", "never")
    found = {"read and write": measured("-c", COPY, str(path))}
    found["first cleanup"] = measured(*cleanup, "--max-changes", "100%")
    ids = [row["id"] for tab, row in rows if tab == "people"][-10:]
    write(store, [("people", row_id, "notes", "Tavattu messuilla") for row_id in ids])
    found[again] = measured("-c", COPY, str(path))
    reading["night's run"] = seconds_to_read(store)
    found["night's run"] = measured(*cleanup)
    print(f"\n{len(rows):,} rows")
    for name, (seconds, memory) in found.items():
        print(f"{name:20} {seconds:6.1f} s {memory:5} MB", end="")
        if name in reading:
            print(f" {seconds / found[before[name]][0]:5.1f} x read and write", end="")
            print(f" {seconds / reading[name]:5.1f} x reading ({reading[name]:.2f} s)", end="")
        print()
    plain = found["read and write"][0]
    assert found["first cleanup"][0] < MOST_TIMES_FIRST * plain
    assert found["night's run"][0] < MOST_TIMES_NIGHT * plain


def seconds_to_read(store):
    """Return what it costs to read the register as it stands now, marks and questions with it."""
    started = time.process_time()
    store.read()
    return time.process_time() - started


def write(store, cells):
    """Write texts into cells, which may be of new rows."""
    there = store.read()
    plan = Plan.of(
        Change(
            *(tab, row_id, column, there.table(tab).cell(row_id, column), text, "bench"),
            "set" if row_id in there.table(tab) else "add",
        )
        for tab, row_id, column, text in cells
    )
    assert not store.write(plan, lambda changes, book: []).conflicts


def measured(*command):
    """Run Python with these arguments; return its CPU seconds and its most memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, *command],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(SCRIPTS)},
        check=True,
    )
    status, processor, memory = done.stdout.split()
    assert status == "0", done.stderr
    return float(processor), int(memory) // 1024


if __name__ == "__main__":
    for made in (near_equal_members(20_000), mostly_clean(20_000)):
        with TemporaryDirectory() as folder:
            compare(Path(folder) / "r.xlsx", list(made))
