"""Is everything in place? Says what is, and at the first thing that is not, what to do."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.diagnosis import examine
from register.run.doctor import diagnosis_steps
from register.run.options import Options, shared_options
from register.run.printing import show_diagnosis
from register.run.session import sentences_for


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
        from register.run.live import ask_google

        ask_google(options)
    show_diagnosis(examine(diagnosis_steps(options, mail=mail)), options, sentences_for(options))


if __name__ == "__main__":
    run_command(command)
