"""Clean the register: ids, safe fixes, intake from Saapuneet, duplicates, decisions, Tarkista."""

from __future__ import annotations

from environment import ensure

ensure()

from dataclasses import replace
from typing import NoReturn

import click

from register.cleanup.cleanup import cleanup
from register.review.explain_pair import explain_pair
from register.run.command_line import finish, run_command
from register.run.options import Options, shared_options
from register.run.printing import show_table
from register.run.session import open_session
from register.words.sentences import Sentences


@click.command(help=__doc__)
@click.option("--invite", is_flag=True, help="Those who are taken in get Kutsutaan = kyllä.")
@click.argument("explain", nargs=-1, metavar="[explain ID ID]")
@shared_options
def command(options: Options, *, invite: bool, explain: tuple[str, ...]) -> None:
    """Clean the register, or explain why two rows are thought to be one."""
    if explain:
        _explain(options, explain)
    with open_session(options) as desk:
        outcome = desk.carry_out_saved("cleanup")
        if outcome is None:
            book = desk.read()
            outcome = cleanup(book, desk.now, desk.orders(invite=invite), Sentences(book.language))
            outcome = desk.carry_out(book, outcome)
            desk.count(outcome)
        around = desk.around()
    finish(outcome, options, around)


def _explain(options: Options, words: tuple[str, ...]) -> NoReturn:
    """Print the evidence for and against two rows being one."""
    if words[0] != "explain":
        raise click.UsageError(f"Got unexpected extra argument ({words[0]})")
    with open_session(replace(options, apply=False)) as desk:
        book = desk.store.read()
    say = Sentences(options.lang or book.language)
    lines = explain_pair(book, words[1:], say)
    if not lines:
        click.echo(say("These two are not thought to be one."))
        raise SystemExit(0)
    show_table(("evidence", "weight", "left", "right"), lines, options, say)


if __name__ == "__main__":
    run_command(command)
