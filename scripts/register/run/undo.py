"""``undo.py``: the runs, or one of them taken back."""

from __future__ import annotations

from register.book.outcome import Outcome, run_id
from register.cleanup.undo import runs, undo
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import opened
from register.words.sentences import Sentences


def run_undo(options: Options, target: str | None) -> None:
    """Take back a run, or all that was done to a row; without a target list the runs."""
    with opened(options) as desk:
        if target is None and options.plan is None:
            book = desk.store.read()
            rows = [(r.run, r.at, str(r.lines), str(r.undone)) for r in runs(book)]
            say = Sentences(options.lang or book.language)
            show_table(("run", "at", "lines", "undone"), rows, options, say)
        outcome = desk.carry_out_saved("undo")
        if outcome is None:
            book = desk.read()
            run = run_id(desk.now)
            outcome = Outcome("undo", book, run=run, plan=undo(book, target or "", run))
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)
