"""``undo.py``: lists the runs, or takes one back."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from register.book.outcome import Outcome, run_id
from register.cleanup.undo import LoggedRun, list_runs, undo
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import open_session, sentences_for
from register.run.spoken_language import given_flags
from register.words.sentences import Sentences


def run_undo(options: Options, target: str | None) -> None:
    """Take back a run, or all that was done to a row; without a target list the runs."""
    with open_session(options) as session:
        if target is None and options.plan is None:
            book = session.look()
            show_runs(list_runs(book), options, sentences_for(options, book.language))
        run = run_id(session.now)
        outcome = session.run(
            "undo",
            lambda book: Outcome("undo", book, run=run, plan=undo(book, target or "", run)),
        )
    finish(outcome, options)


def show_runs(runs: Sequence[LoggedRun], options: Options, say: Sentences) -> NoReturn:
    """Print what the runs did, newest first, and the command that takes back the newest; exit."""
    rows = [
        (
            *(one.run, say.value("log", "at", one.at)),
            *(str(one.lines), str(one.undone), _told(one.done, say)),
        )
        for one in runs
    ]
    given = given_flags(sys.argv[1:])
    left = next((one.run for one in runs if one.undone < one.lines), "")
    command = shlex.join(("python3", "scripts/undo.py", left, *given, "--apply"))
    values = [
        {
            "run": one.run,
            "at": one.at,
            "lines": str(one.lines),
            "undone": str(one.undone),
            "done": one.done,
        }
        for one in runs
    ]
    above = say("To take back a run: {command}", command=command) + "\n" if left else ""
    show_table(
        ("run", "at", "lines", "undone", "what was done"),
        rows,
        options,
        say,
        value=values,
        above=above,
    )


def _told(done: Mapping[str, Mapping[str, int]], say: Sentences) -> str:
    """Return ``Organisations +12 ~3, Log …``: rows and cells by tab, in the reader's language."""
    return ", ".join(
        " ".join((say.tab(tab), *(f"{mark}{n}" for mark, n in marks.items())))
        for tab, marks in done.items()
    )
