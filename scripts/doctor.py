"""Is everything in place? Says what is, and at the first thing that is not, what to do."""

from environment import ensure

ensure()

from pathlib import Path
from typing import Any

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@shared_options
@click.option("--mail", is_flag=True, help="Look also at all that letters need before they go.")
@click.option(
    "--live",
    is_flag=True,
    help="Ask Google itself what no test can answer, with --apply in an empty sheet made for it.",
)
@click.option(
    "--alive", is_flag=True, help="Ask only whether the last good run is recent, for monitoring."
)
@click.option("--save", type=click.Path(path_type=Path), help="Save the state into this file.")
@click.option("--restore", type=click.Path(path_type=Path), help="Make the state of this file.")
@click.option(
    "--restore-sealed",
    type=click.Path(path_type=Path),
    help="Make the state of what the register keeps; this file is the age identity that opens it.",
)
def command(
    options: Options,
    *,
    save: Path | None,
    restore: Path | None,
    restore_sealed: Path | None,
    **looks: Any,
) -> None:
    """Examine the register and the way to it."""
    from register.run.doctor import run_doctor
    from register.run.state_transfer import load_state, save_state, unseal_state

    if save:
        save_state(options, save)
    elif restore:
        load_state(options, restore)
    elif restore_sealed:
        unseal_state(options, restore_sealed)
    else:
        run_doctor(options, **looks)


if __name__ == "__main__":
    run_command(command)
