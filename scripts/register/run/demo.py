"""``demo.py``: the main job on a messy list, one line a step. The register itself is Finnish."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click
from babel.numbers import format_decimal

from register.book.errors import UsageError
from register.book.outcome import Outcome
from register.book.schema import Language
from register.disk import make_private_folder, write_private
from register.run.options import DEFAULTS
from register.run.session import open_session
from register.sample.demo import CONFIG, messy_csv, release_meeting
from register.sample.other_lists import clubs_csv, officers_workbook, phone_cards
from register.words.sentences import Sentences

_SCRIPTS = Path(__file__).parents[2]
FOLDER = Path("demo")
BOOK = FOLDER / "register.xlsx"
LIST = FOLDER / "jasenlista.csv"
OFFICERS = FOLDER / "toimihenkilot.xlsx"
CLUBS = FOLDER / "seurat.csv"
CARDS = FOLDER / "puhelin.vcf"
LOG = FOLDER / "demo.log"
MADE_BY_DEMO = FOLDER / ".made-by-verkosto-demo"
_LAST_LINES = 10
"""Number of lines shown of a failed command's output; the log has all of it."""


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A step: its name, what to look at afterwards, and the script with its arguments."""

    name: str
    look_at: str
    command: list[str]


def demo_steps(say: Sentences) -> Iterator[DemoStep]:
    """Yield the steps.

    Each is run before the next is made, so that the meeting can be added to the register halfway.
    """
    on_book = ["--book", str(BOOK)]
    spoken = [*on_book, "--lang", say.language]
    yield DemoStep(say("Make the register"), str(BOOK), ["create.py", *on_book, "--apply"])
    yield DemoStep(
        say("Bring the list in, each line as a row to sort"),
        _tabs("inbox"),
        ["contacts.py", "import", str(LIST), *spoken, "--apply"],
    )
    for name, path in (
        (say("Bring in a list drawn by hand: officers side by side, headings, notes"), OFFICERS),
        (say("Bring in a town's list of clubs, nobody's name in it"), CLUBS),
        (say("Bring in the contacts of a phone"), CARDS),
    ):
        page = FOLDER / "import" / path.stem
        command = ["contacts.py", "import", str(path), *spoken, "--apply"]
        yield DemoStep(name, str(page / "import.html"), [*command, "--report-dir", str(page)])
    report = FOLDER / "report"
    yield DemoStep(
        say("Clean it: ids, spelling, duplicates, questions to people"),
        f"{report / 'cleanup.html'}, {_tabs('review', 'log')}",
        ["cleanup.py", *spoken, "--apply", "--report-dir", str(report)],
    )
    yield DemoStep(
        say("Clean it again: nothing is left to do"),
        str(LOG),
        ["cleanup.py", *spoken, "--apply"],
    )
    lists = FOLDER / "lists"
    yield DemoStep(
        say("List the organisations of each region"),
        str(lists / "index.html"),
        ["regions.py", *spoken, "--report-dir", str(lists)],
    )
    meeting = add_released_meeting()
    yield DemoStep(
        say("Invite to a meeting that a person has released, but not who asked for no letters"),
        _tabs("meetings", "invitations", "bans"),
        ["invite.py", "plan", meeting, *spoken, "--apply"],
    )
    preview = FOLDER / "preview"
    yield DemoStep(
        say("Look at the letters before they go"),
        str(preview / "outbox.html"),
        ["invite.py", "preview", meeting, *spoken, "--report-dir", str(preview)],
    )
    yield DemoStep(
        say("Send them, as a rehearsal, into a folder"),
        str(FOLDER / "outbox"),
        ["invite.py", "send", meeting, *spoken, "--apply"],
    )


def run_demo(
    language: Language, steps: Callable[[Sentences], Iterable[DemoStep]] = demo_steps
) -> int:
    """Run the whole demo; return 0, or the exit code of the step that failed."""
    say = Sentences(language, sheet="fi")
    _make_folder()
    started = time.monotonic()
    click.echo(say("A messy list of 500 invented people: {file}", file=LIST))
    for number, step in enumerate(steps(say), start=1):
        click.echo(f"{number}. {step.name} … ", nl=False)
        begun = time.monotonic()
        code, printed = _run(step.command)
        if code:
            click.echo()
            _tell_failure(say, step.name, code, printed)
            return code
        click.echo(f"{_seconds(begun, language)} s → {step.look_at}")
    spent = _seconds(started, language)
    click.echo(say("Done in {seconds} s. What the commands said: {log}", seconds=spent, log=LOG))
    return 0


def add_released_meeting() -> str:
    """Add a released meeting and a ban to the register, as a person would; return its id."""
    options = replace(DEFAULTS, book=str(BOOK), apply=True, quiet=True)
    with open_session(options) as session:
        book = session.read()
        plan, meeting = release_meeting(book, date.today())
        session.carry_out(book, Outcome("demo", book, plan=plan))
    return meeting


def _make_folder() -> None:
    """Make the demo's folder anew; raise UsageError if the demo did not make the existing one."""
    if FOLDER.exists() and any(FOLDER.iterdir()) and not MADE_BY_DEMO.exists():
        raise UsageError(
            "{folder} is not a folder that this demo made; it is left alone.",
            remedy="Run the demo in another folder.",
            folder=FOLDER.resolve(),
        )
    shutil.rmtree(FOLDER, ignore_errors=True)
    make_private_folder(FOLDER)
    MADE_BY_DEMO.touch()
    write_private(FOLDER / "config.toml", CONFIG.encode())
    write_private(LIST, messy_csv())
    write_private(OFFICERS, officers_workbook())
    write_private(CLUBS, clubs_csv())
    write_private(CARDS, phone_cards())


def _run(command: list[str]) -> tuple[int, str]:
    """Run one script as a person would, and log it; return its exit code and its output."""
    script, *arguments = command
    done = subprocess.run(
        [sys.executable, str(_SCRIPTS / script), *arguments, "--fail-on", "never"],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ python3 scripts/{' '.join(command)}\n{done.stdout}\n")
    return done.returncode, done.stdout


def _tell_failure(say: Sentences, step: str, code: int, printed: str) -> None:
    told = say("“{step}” failed with exit code {code}. Its last lines:", step=step, code=code)
    click.echo(told, err=True)
    for line in printed.rstrip().splitlines()[-_LAST_LINES:]:
        click.echo(f"  {line}", err=True)
    click.echo(say("All that the commands printed is in {log}.", log=LOG), err=True)


def _tabs(*keys: str) -> str:
    """Return where to look in the workbook: its path and the titles of these tabs."""
    return f"{BOOK}: {', '.join(Sentences('fi').title(key) for key in keys)}"


def _seconds(since: float, language: Language) -> str:
    return format_decimal(time.monotonic() - since, format="0.0", locale=language)
