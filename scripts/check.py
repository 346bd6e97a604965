"""Check every cell of the register against the rules. Nothing is ever written to it."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.run.check import check
from register.run.command_line import finish, run_command
from register.run.options import Options, shared_options
from register.run.printing import show_rules
from register.run.session import open_session


@click.command(help=__doc__)
@shared_options
@click.option(
    "--explain",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[CODE]",
    help="Say what a rule means and what to do; without a code, list all rules.",
)
def command(options: Options, explain: str | None) -> None:
    """Check the register."""
    if explain is not None:
        show_rules(explain, options)
    with open_session(options) as desk:
        outcome = check(desk.store.read(), desk.setting)
        around = desk.around()
    finish(outcome, options, around)


if __name__ == "__main__":
    run_command(command)
