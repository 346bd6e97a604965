"""List what the runs did (without TARGET), or take back a run or all that was done to a row."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@click.argument("target", required=False, metavar="[RUN | ROW-ID]")
@shared_options
def command(options: Options, target: str | None) -> None:
    """List the runs or undo one."""
    from register.run.undo import run_undo

    run_undo(options, target)


if __name__ == "__main__":
    run_command(command)
