"""Setting up as a person lives it at a terminal, from the clone to the first run of the schedule.

``python -m tests.generated_pages`` writes what was on the screen into the page about setting up,
and ``tests/test_readme.py`` lives it again. The mail server, the mailbox, Google and the
domain's records are servers of ours on loopback; their names, the folder and the day are put in
the place of those of the test.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.dns_server import NameServer
from tests.google_front import GoogleFront
from tests.pymap_server import PASSWORD, USER, imap_server
from tests.sheets_server import SheetsServer
from tests.smtp_server.authority import Authority
from tests.smtp_server.scripted import Scripted
from tests.terminal import SITE, Terminal

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(__file__).parent / "data" / "bin"
US = "Maija Malli <maija@verkosto.example>"
ROBOT = "verkosto@project-1a2b.iam.gserviceaccount.com"
CLONE = "https://git.example.org/verkosto.git"
DOMAIN = {
    "verkosto.example": ["v=spf1 mx ~all"],
    "default._domainkey.verkosto.example": ["v=DKIM1; k=rsa; p=" + "A" * 392],
}
PLAIN = (
    (re.escape(str(ROOT)), CLONE),
    (r"https://docs\.google\.com/spreadsheets/d/\w+/edit", "https://docs.google.com/…"),
    (r"Python 3\.\d+\.\d+", "Python 3.11"),
    (r"\d+\.\d+\.\d{4} at \d+\.\d+", "1.12.2026 at 3.10"),
)


def workbook() -> str:
    """A register in a file, nobody's mail server yet."""
    with _home() as (home, environment):
        terminal = Terminal(home, environment)
        _clone(terminal)
        with terminal.running("python3 scripts/create.py --wizard"):
            terminal.answer("1/8", "en")
            terminal.answer("2/8")
            terminal.answer("3/8", "Espoon verkosto ry")
            terminal.answer("4/8", "Maija Malli")
            terminal.answer("4/8", US)
            for number in (5, 6, 7, 8):
                terminal.answer(f"{number}/8")
            terminal.answer("installed now", "yes")
        _first_run(terminal)
        return _as_told(terminal, home)


def google_sheet() -> str:
    """A register in a shared sheet, with mail: two answers are wrong at first."""
    with _home() as (home, environment), SheetsServer() as google:
        authority, sheet = Authority(home.parent), google.create("Yhdistysrekisteri")
        mail = Scripted(tls=authority.context(), passwords={"maija": "sala"})
        front = GoogleFront(google, authority)
        with front.running(), mail.running(), imap_server() as box:
            terminal = Terminal(home, environment | front.environment)
            terminal.environment["SSL_CERT_FILE"] = str(authority.file)
            _clone(terminal)
            with terminal.running("python3 scripts/create.py --wizard"):
                terminal.answer("1/8", "en")
                terminal.answer("2/8", sheet.url)
                key = terminal.folder / "project-1a2b.json"
                key.write_text(json.dumps(front.service_account(ROBOT)), encoding="utf-8")
                terminal.answer("The file with the key")
                terminal.answer("2/8", "")
                sheet.share(ROBOT, "writer")
                terminal.answer("The file with the key")
                terminal.answer("3/8", "Espoon verkosto ry")
                terminal.answer("4/8", US)
                for password in ("salla", "sala"):
                    terminal.answer("5/8", f"127.0.0.1:{mail.port}" if password == "salla" else "")
                    terminal.answer("user name", "maija")
                    terminal.answer("password", password)
                terminal.answer("6/8", f"127.0.0.1:{box}")
                terminal.answer("user name", USER)
                terminal.answer("password", PASSWORD)
                terminal.answer("7/8")
                terminal.answer("8/8", "quarter")
                terminal.answer("installed now", "yes")
            _first_run(terminal)
            servers = ((mail.port, "smtp.verkosto.example"), (box, "imap.verkosto.example"))
            for port, name in servers:
                terminal.shown = terminal.shown.replace(f"127.0.0.1:{port}", name)
            return _as_told(terminal, home)


SESSIONS: dict[str, Callable[[], str]] = {
    "session-workbook": workbook,
    "session-google": google_sheet,
}


@contextmanager
def _home() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a person's home with a crontab of its own, and the environment of a terminal there."""
    with tempfile.TemporaryDirectory() as made, NameServer(DOMAIN).running() as names:
        home = Path(made) / "maija"
        home.mkdir(mode=0o700)
        yield (
            home,
            {
                "HOME": str(home),
                "PATH": f"{BIN}:{os.environ['PATH']}",
                "LANG": "C.UTF-8",
                "PYTHONPATH": str(SITE),
                "TESTS_RESOLVER": names.address,
                "GIT_CONFIG_COUNT": "2",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "GIT_CONFIG_KEY_1": "advice.detachedHead",
                "GIT_CONFIG_VALUE_1": "false",
            },
        )


def _clone(terminal: Terminal) -> None:
    """Clone the project, with what is not committed yet, and the environment that is here."""
    terminal.run(f"git clone --quiet {ROOT}")
    (terminal.folder / ROOT.name).rename(terminal.folder / "verkosto")
    terminal.enter("verkosto")
    listed = ["git", "ls-files", "-z", "-m", "-o", "--exclude-standard"]
    for name in subprocess.check_output(listed, cwd=ROOT, encoding="utf-8").split("\0"):
        if name.startswith(("scripts/", "templates/")) and (ROOT / name).is_file():
            (terminal.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, terminal.folder / name)
    (terminal.folder / ".venv").symlink_to(ROOT / ".venv")


def _first_run(terminal: Terminal) -> None:
    """Look at the schedule, do what it does at its hour, and see that it was done."""
    terminal.run("crontab -l")
    terminal.run("crontab -l | cut -d ' ' -f 6- | sh")
    terminal.run("python3 scripts/doctor.py --alive")


def _as_told(terminal: Terminal, home: Path) -> str:
    text = terminal.shown.replace(str(home), "/home/maija")
    for pattern, instead in PLAIN:
        text = re.sub(pattern, instead, text)
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(("```", *lines, "```"))
