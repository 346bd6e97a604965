"""Do all that is due in one run: people's requests, cleanup, answers, letters, lists."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, run_options


@click.command(help=__doc__)
@run_options
def command(options: Options) -> None:
    """Do all that is due."""
    from register.run.autopilot import run_autopilot

    run_autopilot(options)


if __name__ == "__main__":
    run_command(command)
