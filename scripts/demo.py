"""Show the main job on a messy sample list: make, import, clean, list, invite. In ./demo/."""

from __future__ import annotations

from environment import PROJECT, ensure

ensure()

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from register.sample.demo import CONFIG, release, write_list

FOLDER = Path("demo")
MARK = FOLDER / ".made-by-verkosto-demo"


def main() -> int:
    """Run the whole demo; return the exit code of the first step that fails."""
    if FOLDER.exists() and any(FOLDER.iterdir()) and not MARK.exists():
        print(f"{FOLDER.resolve()} is not a folder that this demo made; it is left alone.")
        print("Run the demo in another folder.")
        return 2
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    MARK.touch()
    (FOLDER / "config.toml").write_text(CONFIG, encoding="utf-8")
    started = time.monotonic()
    rows = write_list(FOLDER / "jasenlista.csv")
    print(f"A messy list of {rows} rows: demo/jasenlista.csv")
    book = ["--book", "demo/register.xlsx"]
    for what, command in (
        ("1. Make the register", ["create.py", *book, "--apply"]),
        (
            "2. Bring the list in (Saapuneet)",
            ["contacts.py", "import", "demo/jasenlista.csv", *book, "--apply"],
        ),
        (
            "3. Clean it: ids, fixes, intake, duplicates, Tarkista",
            ["cleanup.py", *book, "--invite", "--apply", "--report-dir", "demo/report"],
        ),
        ("4. Clean it again: nothing is left to do", ["cleanup.py", *book, "--apply"]),
        ("5. List the organisations of each region", ["regions.py", *book, "--report-dir", "demo/lists"]),
    ):
        if code := _step(what, command):
            return code
    meeting = release(FOLDER / "register.xlsx", date.today())
    print(f"\n6. The demo plays the person who releases a meeting: {meeting} is “saa lähettää”.")
    for what, command in (
        ("7. Who is invited", ["invite.py", "plan", meeting, *book, "--apply"]),
        ("8. Look at the letters first", ["invite.py", "preview", meeting, *book, "--report-dir", "demo/preview"]),
        ("9. Send, as a rehearsal, into demo/outbox", ["invite.py", "send", meeting, *book, "--apply"]),
    ):
        if code := _step(what, command):
            return code
    print(f"\nDone in {time.monotonic() - started:.0f} s. Look at:")
    for path, what in (
        ("register.xlsx", "the register: guide, dropdowns, colours, the Tarkista tab, the log in Loki"),
        ("report/cleanup.html", "what was found and changed"),
        ("lists/index.html", "the organisations of each region"),
        ("preview/outbox.html", "the invitations"),
        ("outbox", "the invitations as .eml files"),
    ):
        print(f"  {FOLDER / path}  {what}")
    return 0


def _step(what: str, command: list[str]) -> int:
    """Run one script as a person would, and show the command."""
    print(f"\n{what}\n$ python3 scripts/{' '.join(command)}", flush=True)
    script, *arguments = command
    wanted = [sys.executable, str(PROJECT / "scripts" / script), *arguments, "--fail-on", "never"]
    code = subprocess.run(wanted, check=False).returncode
    if code:
        print(f"This step ended with exit code {code}.")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
