"""List what the runs did (without TARGET), or take back a run or all that was done to a row."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.book.outcome import Outcome, run_id
from register.cleanup.undo import list_runs, undo
from register.run.command_line import finish, run_command
from register.run.options import Options, shared_options
from register.run.printing import show_table
from register.run.session import open_session
from register.words.sentences import Sentences


@click.command(help=__doc__)
@click.argument("target", required=False, metavar="[RUN | ROW-ID]")
@shared_options
def command(options: Options, target: str | None) -> None:
    """List the runs or undo one."""
    with open_session(options) as desk:
        if target is None and options.plan is None:
            book = desk.store.read()
            rows = [(r.run, r.at, str(r.lines), str(r.undone)) for r in list_runs(book)]
            say = Sentences(options.lang or book.language)
            show_table(("run", "at", "lines", "undone"), rows, options, say)
        outcome = desk.carry_out_saved("undo")
        if outcome is None:
            book = desk.read()
            run = run_id(desk.now)
            outcome = Outcome("undo", book, run=run, plan=undo(book, target or "", run))
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


if __name__ == "__main__":
    run_command(command)
