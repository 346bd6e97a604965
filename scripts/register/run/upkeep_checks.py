"""Steps of ``doctor.py`` for a register in use: runs, the lock, the lease, upgrades."""

import os
import platform
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

from filelock import FileLock, Timeout

from register.autopilot.lease import lease_holder
from register.book.errors import SilentRuns, UsageError
from register.book.phrase import Phrase
from register.book.schema import schema
from register.book.table import Book
from register.configuration.sections import Config
from register.disk import readable_by_others
from register.ports.store import Maker
from register.run.create import create
from register.run.diagnosis import Advice, Step
from register.run.kept_state import kept_line
from register.run.location import Location
from register.run.options import VERSION
from register.state.journal import knows_rows
from register.state.last_run import last_good_run, silent_since
from register.stores.google import GoogleSheet
from register.stores.google_http import REQUESTS_A_MINUTE
from register.stores.package import MOST_BOOK_ROWS
from register.stores.workbook import Workbook
from register.values.date import day

_NEARLY_FULL = 0.75
"""The share of a tab's most rows with which it is nearly full."""


def check_version() -> Phrase:
    """Return the versions of the program and of Python, as a sentence."""
    return "Verkosto {version}, Python {python}.", {
        "version": VERSION,
        "python": platform.python_version(),
    }


def check_secrets(location: Location) -> Phrase:
    """Return which files hold secrets; raise UsageError where other users can read one."""
    named = [*_secret_files(location.config)]
    files = [path for name in named if (path := location.beside / Path(name).expanduser()).exists()]
    for file in files:
        if readable_by_others(file):
            raise UsageError(
                "Others can read the password file {file}.",
                remedy="Take it from them: chmod 600 {file}",
                file=str(file),
            )
    if not files:
        return "No password or key is in a file.", {}
    return "Nobody else can read the files with secrets: {files}.", {"files": list(map(str, files))}


def _secret_files(config: Config) -> Iterator[str]:
    files = (config.google.key_file, config.post.password_file, config.mailbox.password_file)
    yield from filter(None, files)


def upkeep_steps(
    location: Location, store: Workbook | GoogleSheet, book: Book, now: datetime
) -> Iterator[Step]:
    """Yield the steps that follow once the register has been read."""
    yield Step("upgrade", lambda: _upgrade(location, store), apart=True)
    yield Step("room", lambda: check_room(book, str(location.address), now), apart=True)
    if isinstance(store, GoogleSheet):
        yield Step("quota", lambda: _quota(store), apart=True)
    yield Step("lease", lambda: _lease(book, now), apart=True)
    if location.state.is_dir():
        yield Step("lock", lambda: _lock(location.state), apart=True)
    yield Step("elsewhere", lambda: _elsewhere(location, book), apart=True)
    yield Step("last_run", lambda: check_last_run(location, now), apart=True)
    yield Step("kept", lambda: kept_line(location, store), apart=True)


def _elsewhere(location: Location, book: Book) -> Phrase | Advice:
    """Return whether this computer remembers the register, where runs have worked on it."""
    days = {cell[:10] for _, cell in book.table("log").column("at")}
    last = max(map(day, days), default="")
    if not last or knows_rows(location.state):
        return "No other computer's work is missing here.", {}
    return Advice(
        (
            "Another computer has worked on this register, last on {day}. This one remembers"
            " nothing of it.",
            {"day": date.fromisoformat(last)},
        ),
        (
            "Before the first run here, bring along what the other one remembers: there"
            " python3 scripts/doctor.py --save state.zip, here python3 scripts/doctor.py --restore"
            " state.zip. Then remove the schedule from the other one.",
            {},
        ),
    )


def check_last_run(location: Location, now: datetime) -> Phrase:
    """Return when a run last succeeded; raise SilentRuns where that is too long ago.

    Where none ever did, that is counted from when runs were to begin.
    """
    at, most = silent_since(location.state), location.config.autopilot.silent_days
    if at is None:
        return "No run has been made from this computer yet.", {}
    day, time, ever = at.date(), f"{at:%H.%M}", last_good_run(location.state)
    if now - at > timedelta(days=most):
        raise SilentRuns(
            "No run has ended well for {count} days: the last one was on {day} at {time}."
            if ever
            else "No run has ever ended well: they were to begin on {day} at {time}.",
            remedy="Look at what it says: python3 scripts/autopilot.py --apply. Then look whether"
            " the schedule still starts it.",
            count=(now - at).days,
            day=day,
            time=time,
        )
    if not ever:
        return "No run has ended well yet; they were to begin on {day} at {time}.", {
            "day": day,
            "time": time,
        }
    return "The last run that ended well was on {day} at {time}.", {"day": day, "time": time}


def check_room(
    book: Book, address: str, now: datetime, share: float = _NEARLY_FULL
) -> Phrase | Advice:
    """Return how long the longest tab is, with advice where it has this share of its most rows.

    A tab with more rows than are read stops every run. ``address`` is what ``--book`` accepts.
    """
    rows = {key: max(table.numbers.values(), default=1) - 1 for key, table in book.tables.items()}
    fullest = max(rows, key=lambda key: rows[key])
    title = schema().tab(fullest).titles[book.language]
    values = {"tab": title, "count": rows[fullest], "limit": MOST_BOOK_ROWS}
    if rows[fullest] < share * MOST_BOOK_ROWS:
        return "The longest tab is {tab}; its rows: {count}. A tab may have {limit}.", values
    remedy = (
        (
            "Rename the tab to “{tab} {year}” and give: python3 scripts/create.py --book {book} "
            "--apply. It adds a new one; what the old one tells can no longer be undone.",
            {"tab": title, "year": now.year, "book": address},
        )
        if fullest == "log"
        else ("Divide the register, or move to another file what is of no use any more.", {})
    )
    return Advice(
        ("{tab} is nearly full; its rows: {count}. A tab may have {limit}.", values), remedy
    )


def _upgrade(location: Location, store: Workbook | GoogleSheet) -> Phrase | Advice:
    lacking = len(create(cast(Maker, store), location.language, apply=False).added)
    if not lacking:
        return "The register has all that this version knows.", {}
    return Advice(
        ("The register lacks {count} things that this version knows.", {"count": lacking}),
        see_what_is_added(location),
    )


def see_what_is_added(location: Location) -> Phrase:
    """Return what to do about what a register lacks."""
    return "See them: python3 scripts/create.py --book {book}. Then add --apply.", {
        "book": str(location.address)
    }


def _quota(store: GoogleSheet) -> Phrase | Advice:
    traffic = store.traffic
    if traffic.waited:
        return Advice(
            (
                "Google let this wait {seconds} s: too much is asked of it.",
                {"seconds": round(traffic.waited)},
            ),
            ("Let runs begin at other moments than those of other programs.", {}),
        )
    return "Google was asked {count} times for this; it allows {limit} times a minute.", {
        "count": traffic.reads,
        "limit": REQUESTS_A_MINUTE,
    }


def _lease(book: Book, now: datetime) -> Phrase | Advice:
    holder = lease_holder(book, now)
    if holder is None:
        return "No computer is at work on the register.", {}
    if holder.is_over:
        return Advice(
            (
                "A run on {computer} was cut off; it is waited for no longer.",
                {"computer": holder.computer},
            ),
            ("The next run goes on: python3 scripts/autopilot.py --apply", {}),
        )
    return Advice(
        (
            "{computer} is at work on the register; it is waited for until {time}.",
            {"computer": holder.computer, "time": holder.until},
        ),
        ("The next run goes on when it is done.", {}),
    )


def _lock(state: Path) -> Phrase | Advice:
    if (file := state / "lock").exists() and os.access(file, os.W_OK):
        lock = FileLock(file, mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return Advice(
                ("Another run of Verkosto is at work on this register.", {}),
                ("Wait until it is done and give the same command again.", {}),
            )
        lock.release()
    return "No run of this computer is at work.", {}
