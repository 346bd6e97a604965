"""List the organisations of each region and municipality, and the municipalities without any."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

import click

from register.book.table import Book
from register.cli import Options, finish, main, shared_options
from register.disk import unwritten, write_private
from register.errors import VerkostoError
from register.flows.offers import open_matches, sentence
from register.flows.pioneer import kit, one_municipality
from register.flows.pioneer import pioneer as flow
from register.flows.regions import gaps_of, regions
from register.intake.registered import Answer
from register.lists.directory import Directory
from register.lists.events import events as events_of
from register.lists.listing import Listing
from register.lists.networks import networks as networks_of
from register.lists.officials import officials
from register.lists.selection import Selection, Wanted, selection
from register.ports import Kept
from register.report import coverage, coverage_matrix, document, listing, offers
from register.report.directory import as_csv, as_html, people_csv
from register.report.directory_lists import lists_markdown, lists_text
from register.report.directory_sheets import as_xlsx
from register.report.directory_summary import as_contract, as_text
from register.report.headings import of_organisations, placed
from register.report.own_tabs import own_tabs
from register.report.sentences import Sentences
from register.report.vcards import as_cards
from register.wiring import Desk, opened
from register.wiring.registers import answers_of_open_registers


class _Lists(click.Group):
    """Takes ``lists`` for granted where no other word is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["lists", *args]
        return super().parse_args(ctx, args)


_CHOICES = (
    ("municipalities", "--municipality", "At home or active in this municipality."),
    ("regions", "--region", "At home or active in this region."),
    ("counties", "--county", "At home or active in this wellbeing services county."),
    ("areas", "--area", "At home or active in this area: any of those, or one of Valikot's."),
    ("topics", "--topic", "With this topic."),
    ("types", "--type", "Of this type."),
    ("networks", "--network", "In this network (name or id)."),
)


def part_of_the_register(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags that choose a part; it is called with ``wanted``."""

    @wraps(command)
    def called(*args: Any, **flags: Any) -> Any:  # noqa: ANN401 (what click hands over)
        wanted = Wanted(**{key: flags.pop(key) for key, _, _ in _CHOICES})
        return command(*args, wanted=wanted, **flags)

    wrapped: Callable[..., Any] = called
    for key, flag, text in reversed(_CHOICES):
        wrapped = click.option(flag, key, multiple=True, metavar="NAME", help=text)(wrapped)
    return wrapped


_MADE_ANEW = (
    "These tabs are made anew whole each time; they are not in Loki, and undo.py leaves them "
    "alone. Delete those that you do not want."
)


@contextmanager
def _asked(options: Options, wanted: Wanted) -> Iterator[tuple[Desk, Book, Selection, Sentences]]:
    """Read the register, and what was asked for; sentences are in its language unless told else."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        yield desk, book, selection(book, wanted, say.language), say


@click.group(cls=_Lists, help=__doc__)
def command() -> None:
    """List the organisations of each region."""


@command.command()
@click.option("--public", is_flag=True, help="Leave out people who may not be published.")
@click.option("--to-book", is_flag=True, help="Also as tabs of the register, with --apply.")
@part_of_the_register
@shared_options
def lists(options: Options, *, public: bool, to_book: bool, wanted: Wanted) -> None:
    """Print the figures of each region; with --report-dir also make page, workbook and lists."""
    found, kept, chosen, say = _lists(options, wanted, public=public, to_book=to_book)
    title = of_organisations(chosen, say)
    for msgid, values in chosen.notes:
        click.echo(say(msgid, **values), err=True)
    files: list[Path] = []
    if folder := options.report_dir:
        made: dict[str, Callable[[], bytes]] = {
            "index.html": lambda: as_html(found, say, title=title).encode(),
            "regions.xlsx": lambda: as_xlsx(found, say, title),
            "organisations.csv": lambda: as_csv(found, say),
            "people.csv": lambda: people_csv(found, say),
            "contacts.vcf": lambda: as_cards(found, say),
            "lists.md": lambda: lists_markdown(found, say, title).encode(),
        }
        files = [_kept(folder / name, content()) for name, content in made.items()]
    if options.quiet or options.cron:
        return
    match options.format:
        case "json":
            text = json.dumps(as_contract(found), ensure_ascii=False, indent=1)
        case "html":
            text = as_html(found, say, title=title)
        case "md":
            text = lists_markdown(found, say, title).rstrip()
        case _:
            text = f"{title}\n\n{as_text(found, say)}"
            if not found.whole and not files:
                text += f"\n\n{lists_text(found, say)}"
            text = "\n".join((text.rstrip(), *(f"  → {path}" for path in files)))
    click.echo(text)
    if to_book:
        for sign, tab in (*(("+", t) for t in kept.titles), *(("-", t) for t in kept.removed)):
            click.echo(f"{sign} {say('the tab {tab}', tab=tab)}", err=True)
        if options.apply:
            click.echo(say(_MADE_ANEW), err=True)
        else:
            click.echo(say("Nothing was written. Add --apply to do it."), err=True)


def _lists(
    options: Options, wanted: Wanted, *, public: bool, to_book: bool
) -> tuple[Directory, Kept, Selection, Sentences]:
    """Read the register and make its lists; the register itself is let go, for it is large."""
    with _asked(options, wanted) as (desk, book, chosen, say):
        found = regions(book, desk.now.date(), public=public, chosen=chosen, language=say.language)
        kept = Kept()
        if to_book:
            tabs = own_tabs(found, say, of_organisations(chosen, say))
            kept = desk.store.keep_tabs(tabs, apply=options.apply)
    return found, kept, chosen, say


@command.command()
@part_of_the_register
@shared_options
def gaps(options: Options, *, wanted: Wanted) -> None:
    """Say what is missing where; with --report-dir also make a page with a map."""
    with _asked(options, wanted) as (desk, book, chosen, say):
        found = gaps_of(book, desk.now.date(), chosen, say.language)
    title = placed("Gaps in the network {place}", "Gaps in the network", chosen, say)
    for msgid, values in chosen.notes:
        click.echo(say(msgid, **values), err=True)
    made = {
        "gaps.html": coverage.as_html(found, say, title),
        "gaps.md": coverage.as_markdown(found, say, title),
        "gaps.json": json.dumps(coverage.as_contract(found), ensure_ascii=False, indent=1),
        "gaps.txt": f"{title}\n\n{coverage.as_text(found, say)}",
    }
    files: list[Path] = []
    if folder := options.report_dir:
        some = [name for name in made if not name.endswith(".txt")]
        files = [_kept(folder / name, made[name].encode()) for name in some]
        files.append(_kept(folder / "gaps.csv", coverage.as_csv(found, say)))
        files.append(_kept(folder / "topics.csv", coverage_matrix.as_csv(found, say)))
    if not (options.quiet or options.cron):
        suffix = "txt" if options.format == "text" else options.format
        click.echo(made[f"gaps.{suffix}"])
        if suffix == "txt":
            click.echo("".join(f"\n  → {path}" for path in files), nl=bool(files))


@command.command()
@part_of_the_register
@shared_options
def networks(options: Options, *, wanted: Wanted) -> None:
    """List the networks: which we are in, which to consider joining, who is in them."""
    with _asked(options, wanted) as (_, book, chosen, say):
        found = networks_of(book, chosen)
    title = placed("Networks {place}", "Networks", chosen, say)
    _show(found, title, "networks", chosen, options, say)


@command.command()
@part_of_the_register
@shared_options
def events(options: Options, *, wanted: Wanted) -> None:
    """List others' events that are coming: who of us goes, which partners are met there."""
    with _asked(options, wanted) as (desk, book, chosen, say):
        found = events_of(book, chosen, desk.now.date())
    title = placed("Events {place}", "Events to go to", chosen, say)
    _show(found, title, "events", chosen, options, say)


@command.command("decision-makers")
@click.argument("area", default="")
@shared_options
def decision_makers(options: Options, *, area: str) -> None:
    """List the officials and elected people of AREA: who knows them, and where nobody is known."""
    wanted = Wanted(areas=(area,) if area else ())
    with _asked(options, wanted) as (desk, book, chosen, say):
        found = officials(book, chosen, desk.now.date(), say.language)
    title = placed("Decision-makers {place}", "Decision-makers", chosen, say)
    _show(found, title, "decision-makers", chosen, options, say)


@command.command()
@click.argument("municipality")
@click.option("--offline", is_flag=True, help="Do not ask the open registers (PRH, PTV).")
@shared_options
def pioneer(options: Options, *, municipality: str, offline: bool) -> None:
    """Make the starter kit of MUNICIPALITY: its organisations, and a draft of a first meeting.

    The organisations are the register's, and those that only PRH and PTV have.
    """
    with opened(options) as desk:
        outcome = desk.carry_out_saved("pioneer")
        if outcome is None:
            book = desk.read()
            chosen = selection(book, Wanted(municipalities=(municipality,)), desk.language)
            answers: dict[str, Answer] = {}
            faults: list[VerkostoError] = []
            if not offline:
                code = one_municipality(chosen)
                answers, faults = answers_of_open_registers(desk, code, book.language)
            found = kit(book, regions(book, desk.now.date(), chosen=chosen), chosen, answers)
            title = placed("Organisations {place}", "Organisations", chosen, desk.say)
            if options.format == "text" or options.report_dir:
                _show(found, title, "kit", chosen, options, desk.say)
            for fault in faults:
                click.echo(desk.say.error(fault), err=True)
                click.echo(desk.say("The list is without what that register has."), err=True)
            outcome = desk.carry_out(book, flow(book, chosen, desk.now, Sentences(book.language)))
    finish(outcome, options)


def _show(
    found: Listing, title: str, name: str, chosen: Selection, options: Options, say: Sentences
) -> None:
    """Print a list in the form that was asked for; with --report-dir write it in all forms."""
    for msgid, values in chosen.notes:
        click.echo(say(msgid, **values), err=True)
    made = {
        "html": listing.as_html(found, say, title),
        "md": listing.as_markdown(found, say, title),
        "json": json.dumps(listing.as_contract(found), ensure_ascii=False, indent=1),
        "text": f"{title}\n\n{listing.as_text(found, say)}",
    }
    if folder := options.report_dir:
        for suffix in ("html", "md", "json"):
            _kept(folder / f"{name}.{suffix}", made[suffix].encode())
        _kept(folder / f"{name}.csv", listing.as_csv(found, say))
    if not (options.quiet or options.cron):
        click.echo(made[options.format])


@command.command("match")
@shared_options
def match_(options: Options) -> None:
    """Print whose offer meets whose need, and why: tips for us, help from us, introductions."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = open_matches(book, desk.now.date(), desk.config.letters.organisation)
    found = found[: options.limit] if options.limit else found
    made = offers.as_document(found, lambda match: sentence(book, match, say), say)
    texts = {
        "text": lambda: document.as_text(made),
        "md": lambda: document.as_markdown(made),
        "html": lambda: document.as_html(made, say),
        "json": lambda: json.dumps([asdict(match) for match in found], ensure_ascii=False),
    }
    if folder := options.report_dir:
        _kept(folder / "match.html", texts["html"]().encode())
    if found or not options.cron:
        click.echo(texts[options.format]())


_REMEDY = "Close it where it is open, or give another --report-dir."


def _kept(path: Path, content: bytes) -> Path:
    """Write a list for its owner only: it holds people's names and addresses."""
    try:
        write_private(path, content)
    except OSError as fault:
        raise unwritten(path, fault, _REMEDY) from fault
    return path


if __name__ == "__main__":
    main(command)
