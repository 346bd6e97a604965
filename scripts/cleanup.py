"""Clean the register: ids, safe fixes, intake from Saapuneet, duplicates, decisions, Tarkista."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.cli import Options, finish, main, shared_options
from register.flows.cleanup import cleanup
from register.report.sentences import Sentences
from register.wiring import opened


@click.command(help=__doc__)
@click.option("--invite", is_flag=True, help="Those who are taken in get Kutsutaan = kyllä.")
@shared_options
def command(options: Options, *, invite: bool) -> None:
    """Clean the register."""
    with opened(options) as desk:
        outcome = desk.carry_out_saved("cleanup")
        if outcome is None:
            book = desk.read()
            outcome = cleanup(book, desk.now, desk.orders(invite=invite), Sentences(book.language))
            outcome = desk.carry_out(book, outcome)
            desk.count(outcome)
        around = desk.around()
    finish(outcome, options, around)


if __name__ == "__main__":
    main(command)
