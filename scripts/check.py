"""Check every cell of the register against the rules. Nothing is ever written to it."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


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
    from register.run.check import run_check

    run_check(options, explain)


if __name__ == "__main__":
    run_command(command)
