"""List the organisations of each region and municipality, and the municipalities without any."""

from __future__ import annotations

from environment import ensure

ensure()

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from register.run.command_line import run_command
from register.run.options import Options, receiver_option, shared_options

if TYPE_CHECKING:
    from register.lists.selection import SelectionCriteria

_CHOICES = (
    ("municipalities", "--municipality", "At home or active in this municipality."),
    ("regions", "--region", "At home or active in this region."),
    ("counties", "--county", "At home or active in this wellbeing services county."),
    ("areas", "--area", "At home or active in this area: any of those, or one of your own."),
    ("topics", "--topic", "With this topic."),
    ("types", "--type", "Of this type."),
    ("networks", "--network", "In this network (name or id)."),
    ("mailings", "--mailing", "With people of this mailing (name or id)."),
)


class _Lists(click.Group):
    """Takes ``lists`` for granted where no other word is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["lists", *args]
        return super().parse_args(ctx, args)


_Command = Callable[..., Any]


def _choosing(choices: Sequence[tuple[str, str, str]]) -> Callable[[_Command], _Command]:
    """Give a command the flags that choose a part; it is called with ``wanted``."""

    def chosen(command: _Command) -> _Command:
        @wraps(command)
        def called(*args: Any, **flags: Any) -> Any:  # noqa: ANN401 (what click hands over)
            from register.lists.selection import SelectionCriteria

            wanted = SelectionCriteria(**{key: flags.pop(key) for key, _, _ in choices})
            return command(*args, wanted=wanted, **flags)

        wrapped: _Command = called
        for key, flag, text in reversed(choices):
            wrapped = click.option(flag, key, multiple=True, metavar="NAME", help=text)(wrapped)
        return wrapped

    return chosen


_part_of_the_register = _choosing(_CHOICES)
_part_without_people = _choosing([one for one in _CHOICES if one[0] != "mailings"])
"""For networks and others' events: no mailing holds those."""


@click.group(cls=_Lists, help=__doc__)
def command() -> None:
    """List the organisations of each region."""


@command.command()
@click.option("--public", is_flag=True, help="Leave out people who may not be published.")
@click.option("--to-book", is_flag=True, help="Also as tabs of the register, with --apply.")
@receiver_option
@_part_of_the_register
@shared_options
def lists(options: Options, **flags: Any) -> None:
    """Print the figures of each region; with --report-dir also make page, workbook and lists."""
    from register.run.regions import show_lists

    show_lists(options, **flags)


@command.command()
@_part_of_the_register
@shared_options
def gaps(options: Options, *, wanted: SelectionCriteria) -> None:
    """Say what is missing where; with --report-dir also make a page with a map."""
    from register.run.regions import show_gaps

    show_gaps(options, wanted)


@command.command()
@_part_of_the_register
@shared_options
def alive(options: Options, *, wanted: SelectionCriteria) -> None:
    """List the organisations by their last signs of life: who has given none, comes first."""
    from register.run.regions import show_alive

    show_alive(options, wanted)


@command.command()
@receiver_option
@_part_without_people
@shared_options
def networks(options: Options, *, receiver: str, wanted: SelectionCriteria) -> None:
    """List the networks: which we are in, which to consider joining, who is in them."""
    from register.run.regions import show_networks

    show_networks(options, wanted, receiver)


@command.command()
@_part_without_people
@shared_options
def events(options: Options, *, wanted: SelectionCriteria) -> None:
    """List others' events that are coming: who of us goes, which partners are met there."""
    from register.run.regions import show_events

    show_events(options, wanted)


@command.command("decision-makers")
@click.argument("area", default="")
@receiver_option
@shared_options
def decision_makers(options: Options, *, area: str, receiver: str) -> None:
    """List the officials and elected people of AREA: who knows them, and where nobody is known."""
    from register.run.regions import show_decision_makers

    show_decision_makers(options, area, receiver)


@command.command()
@click.option(
    "--sheet",
    type=click.Choice(("3x7", "2x4")),
    default="3x7",
    help="The sheet of labels, on A4: 21 of 63.5 x 38.1 mm, or 8 of 99.1 x 67.7 mm.",
)
@click.option("--without-email", is_flag=True, help="Only of those who have no e-mail address.")
@_part_of_the_register
@shared_options
def labels(options: Options, **flags: Any) -> None:
    """Make address labels for paper post as a PDF, into --report-dir or the folder labels."""
    from register.run.publishing import make_labels

    make_labels(options, **flags)


@command.command()
@click.option("--licence", default="", metavar="NAME", help="Of the data, as in: CC-BY-4.0")
@_part_of_the_register
@shared_options
def publish(options: Options, *, licence: str, wanted: SelectionCriteria) -> None:
    """Make a public directory, organisations only: page, CSV, JSON and what the data is."""
    from register.run.publishing import publish_directory

    publish_directory(options, wanted, licence=licence)


@command.command("give-back")
@_part_of_the_register
@shared_options
def give_back(options: Options, *, wanted: SelectionCriteria) -> None:
    """Print a sheet an organisation with what the form of a public register asks."""
    from register.run.publishing import show_give_back

    show_give_back(options, wanted)


@command.command()
@click.argument("municipality")
@click.option("--offline", is_flag=True, help="Do not ask the open registers (PRH, PTV).")
@shared_options
def pioneer(options: Options, *, municipality: str, offline: bool) -> None:
    """Make the starter kit of MUNICIPALITY: its organisations, and a draft of a first meeting.

    The organisations are the register's, and those that only PRH and PTV have.
    """
    from register.run.regions import start_network

    start_network(options, municipality, offline=offline)


@command.command()
@shared_options
def match(options: Options) -> None:
    """Print whose offer meets whose need, and why: tips for us, help from us, introductions."""
    from register.run.regions import show_exchange

    show_exchange(options)


if __name__ == "__main__":
    run_command(command)
