"""Is everything in place? Says what is, and at the first thing that is not, what to do."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.cli import Options, main, shared_options, show_diagnosis
from register.flows.doctor import examine
from register.wiring import speaks
from register.wiring.doctor import steps


@click.command(help=__doc__)
@shared_options
@click.option("--mail", is_flag=True, help="Look also at all that letters need before they go.")
@click.option(
    "--live",
    is_flag=True,
    help="Ask Google itself what no test can answer, with --apply in an empty sheet made for it.",
)
def command(options: Options, *, mail: bool, live: bool) -> None:
    """Examine the register and the way to it."""
    if live:
        from register.wiring.live import ask_google

        ask_google(options)
    show_diagnosis(examine(steps(options, mail=mail)), options, speaks(options))


if __name__ == "__main__":
    main(command)
