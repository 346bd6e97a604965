"""Answer for the people in the register: show, move, forget, describe."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.group(help=__doc__)
def command() -> None:
    """Answer for the people in the register."""


@command.command()
@click.argument("whom", metavar="PERSON|ADDRESS")
@shared_options
def export(options: Options, *, whom: str) -> None:
    """Show all that is held on H-…, or on whoever has an address; --report-dir saves it to send."""
    from register.run.privacy import show_export

    show_export(options, whom)


@command.command()
@click.argument("whom", metavar="PERSON|ADDRESS", default="")
@shared_options
def erase(options: Options, *, whom: str) -> None:
    """Take H-…, or whoever has an address, out of all that is kept; it cannot be undone.

    Without a name it goes on with an erasure that was cut off.
    """
    from register.run.privacy import run_erasure

    run_erasure(options, whom)


@command.command()
@shared_options
def describe(options: Options) -> None:
    """Write the register's description (art. 13, 14, 30); --apply keeps it for the next one."""
    from register.run.privacy_reports import show_description

    show_description(options)


@command.command()
@click.option("--lacking", is_flag=True, help="Only rows whose ground lacks something.")
@shared_options
def basis(options: Options, *, lacking: bool) -> None:
    """List the legal basis, source and consent of each person."""
    from register.run.privacy_reports import show_basis

    show_basis(options, lacking=lacking)


@command.command()
@shared_options
def due(options: Options) -> None:
    """List whose data has been kept long enough; --apply asks about each in the review tab."""
    from register.run.privacy_reports import run_due

    run_due(options)


@command.command("change-key")
@shared_options
def change_key(options: Options) -> None:
    """Make a new key for tokens and hashes; the earlier ones still know what they made."""
    from register.run.privacy import run_key_change

    run_key_change(options)


if __name__ == "__main__":
    run_command(command)
