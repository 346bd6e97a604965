"""Tell what we have done with whom, and what the next person needs to know."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, receiver_option, shared_options


@click.group(help=__doc__)
def command() -> None:
    """Tell what the next person needs to know."""


@command.command()
@click.argument("subject")
@shared_options
def history(options: Options, *, subject: str) -> None:
    """Print what was done with O-…, H-…, in a matter or about a topic, in order of time."""
    from register.run.handover import show_history

    show_history(options, subject)


@command.command()
@click.argument("whom")
@click.option("--public", is_flag=True, help="Only what anybody may read.")
@receiver_option
@shared_options
def packet(options: Options, *, whom: str, public: bool, receiver: str) -> None:
    """Write what the next person needs to know: of H-…, or of one of our owners by name."""
    from register.run.handover import show_packet

    show_packet(options, whom, public=public, receiver=receiver)


@command.command("open")
@click.argument("owner", default="")
@shared_options
def open_matters(options: Options, *, owner: str) -> None:
    """List the open matters by owner, the late ones first; of one owner where named."""
    from register.run.handover import show_open_matters

    show_open_matters(options, owner)


if __name__ == "__main__":
    run_command(command)
