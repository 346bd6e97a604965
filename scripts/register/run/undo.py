"""``undo.py``: the runs, or one of them taken back."""

from __future__ import annotations

from register.book.outcome import Outcome, run_id
from register.cleanup.undo import list_runs, undo
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import open_session
from register.words.sentences import Sentences


def run_undo(options: Options, target: str | None) -> None:
    """Take back a run, or all that was done to a row; without a target list the runs."""
    with open_session(options) as session:
        if target is None and options.plan is None:
            book = session.look()
            rows = [(r.run, r.at, str(r.lines), str(r.undone)) for r in list_runs(book)]
            say = Sentences(options.lang or book.language)
            show_table(("run", "at", "lines", "undone"), rows, options, say)
        run = run_id(session.now)
        outcome = session.run(
            "undo",
            lambda book: Outcome("undo", book, run=run, plan=undo(book, target or "", run)),
        )
    finish(outcome, options)
