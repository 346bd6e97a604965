"""Show the main job on a messy sample list: make, import, clean, list, invite. In ./demo/."""

from __future__ import annotations

from environment import PROJECT, ensure

ensure()

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from register.book.outcome import Outcome
from register.cli import DEFAULTS
from register.disk import make_private_folder, write_private
from register.sample.demo import CONFIG, messy_csv, release
from register.wiring import opened

FOLDER = Path("demo")
BOOK = FOLDER / "register.xlsx"
LIST = FOLDER / "jasenlista.csv"
LOG = FOLDER / "demo.log"
MARK = FOLDER / ".made-by-verkosto-demo"

ON_BOOK = ["--book", str(BOOK)]
BEFORE_THE_MEETING = (
    ("1. Make the register", ["create.py", *ON_BOOK, "--apply"]),
    (
        "2. Bring the list in: every row goes to the tab Saapuneet",
        ["contacts.py", "import", str(LIST), *ON_BOOK, "--apply"],
    ),
    (
        "3. Clean it: ids, fixes, intake, duplicates, questions in Tarkista",
        ["cleanup.py", *ON_BOOK, "--apply", "--report-dir", str(FOLDER / "report")],
    ),
    ("4. Clean it again: nothing is left to do", ["cleanup.py", *ON_BOOK, "--apply", "--quiet"]),
    (
        "5. List the organisations of each region",
        ["regions.py", *ON_BOOK, "--report-dir", str(FOLDER / "lists")],
    ),
)
LOOK_AT = (
    ("register.xlsx", "the register: guide, dropdowns, colours, the to-do tab Tarkista, Loki"),
    ("report/cleanup.html", "what was found and changed"),
    ("lists/index.html", "the organisations of each region, and the municipalities with none"),
    ("preview/outbox.html", "the invitations, as they would arrive"),
    ("outbox", "the invitations as .eml files"),
    ("demo.log", "all that was printed here"),
)


def main() -> int:
    """Run the whole demo; return the exit code of the first step that fails."""
    if FOLDER.exists() and any(FOLDER.iterdir()) and not MARK.exists():
        print(f"{FOLDER.resolve()} is not a folder that this demo made; it is left alone.")
        print("Run the demo in another folder.")
        return 2
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.umask(0o077)
    make_private_folder(FOLDER)
    MARK.touch()
    write_private(FOLDER / "config.toml", CONFIG.encode())
    write_private(LIST, messy_csv())
    started = time.monotonic()
    _say(f"A messy list of 500 people: {LIST}")
    for what, command in BEFORE_THE_MEETING:
        if code := _step(what, command):
            return code
    meeting = _release()
    _say(
        f"\n6. The demo plays the person who sets a meeting's Tila to “saa lähettää” ({meeting})\n"
        "   and writes down that somebody wants no invitations (Kiellot)"
    )
    on_meeting = [meeting, *ON_BOOK]
    for what, command in (
        ("7. Who is invited: rows in Kutsut", ["invite.py", "plan", *on_meeting, "--apply"]),
        (
            "8. Look at the letters first",
            ["invite.py", "preview", *on_meeting, "--report-dir", str(FOLDER / "preview")],
        ),
        ("9. Send, as a rehearsal, to demo/outbox", ["invite.py", "send", *on_meeting, "--apply"]),
    ):
        if code := _step(what, command):
            return code
    _say(f"\nDone in {time.monotonic() - started:.0f} s. Look at:")
    for path, what in LOOK_AT:
        _say(f"  {FOLDER / path!s:26}  {what}")
    return 0


def _release() -> str:
    """Add a released meeting to the register, as a person would by hand."""
    with opened(replace(DEFAULTS, book=str(BOOK), apply=True, quiet=True)) as desk:
        book = desk.read()
        plan, meeting = release(book, date.today())
        desk.carry_out(book, Outcome("demo", book, plan=plan))
    return meeting


def _step(what: str, command: list[str]) -> int:
    """Run one script as a person would, show the command, and keep what it prints."""
    _say(f"\n{what}\n$ python3 scripts/{' '.join(command)}")
    script, *arguments = command
    wanted = [sys.executable, str(PROJECT / "scripts" / script), *arguments, "--fail-on", "never"]
    done = subprocess.run(wanted, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    if done.stdout:
        _say(done.stdout.rstrip())
    if done.returncode:
        _say(f"This step ended with exit code {done.returncode}.")
    return done.returncode


def _say(text: str) -> None:
    print(text, flush=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
