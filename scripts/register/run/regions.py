"""``regions.py``: lists of a region's organisations, what is missing there, whom we know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import click

from register.book.errors import VerkostoError
from register.book.table import Book
from register.cooperation.offers import open_matches, sentence
from register.imports.pioneer import kit, one_municipality, pioneer
from register.intake.registered import Answer
from register.lists.directory import Directory
from register.lists.events import events
from register.lists.listing import Listing
from register.lists.networks import networks
from register.lists.officials import officials
from register.lists.regional import gaps_of, regions
from register.lists.selection import Selection, Wanted, selection
from register.ports import Kept
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_page
from register.run.registers import answers_of_open_registers
from register.run.session import Desk, opened
from register.show import coverage, coverage_matrix, document, listing, offers
from register.show.directory import as_csv, as_html, people_csv
from register.show.directory_lists import lists_markdown, lists_text
from register.show.directory_sheets import as_xlsx
from register.show.directory_summary import as_contract, as_text
from register.show.headings import of_organisations, placed
from register.show.own_tabs import own_tabs
from register.show.page_model import Page
from register.show.vcards import as_cards
from register.words.sentences import Sentences

_MADE_ANEW = (
    "These tabs are made anew whole each time; they are not in Loki, and undo.py leaves them "
    "alone. Delete those that you do not want."
)


def show_lists(options: Options, wanted: Wanted, *, public: bool, to_book: bool) -> None:
    """Print the figures of each region; save the lists in all forms."""
    found, kept, chosen, say = _lists(options, wanted, public=public, to_book=to_book)
    _print_notes(chosen, say)
    show_page(_lists_page(found, of_organisations(chosen, say), options, say), options, news=False)
    if to_book and not (options.quiet or options.cron):
        _print_tabs(kept, options, say)


def _lists(
    options: Options, wanted: Wanted, *, public: bool, to_book: bool
) -> tuple[Directory, Kept, Selection, Sentences]:
    """Read the register and make its lists; the register itself is let go, for it is large."""
    with _read(options, wanted) as (desk, book, chosen, say):
        found = regions(book, desk.now.date(), public=public, chosen=chosen, language=say.language)
        kept = Kept()
        if to_book:
            tabs = own_tabs(found, say, of_organisations(chosen, say))
            kept = desk.store.keep_tabs(tabs, apply=options.apply)
    return found, kept, chosen, say


def _lists_page(found: Directory, title: str, options: Options, say: Sentences) -> Page:
    def text() -> str:
        figures = f"{title}\n\n{as_text(found, say)}"
        if found.whole or options.report_dir:
            return figures
        return f"{figures}\n\n{lists_text(found, say)}".rstrip()

    forms = {
        "text": text,
        "md": lambda: lists_markdown(found, say, title),
        "html": lambda: as_html(found, say, title=title),
        "json": lambda: json.dumps(as_contract(found), ensure_ascii=False, indent=1),
    }
    files = {
        "index.html": lambda: as_html(found, say, title=title).encode(),
        "regions.xlsx": lambda: as_xlsx(found, say, title),
        "organisations.csv": lambda: as_csv(found, say),
        "people.csv": lambda: people_csv(found, say),
        "contacts.vcf": lambda: as_cards(found, say),
    }
    return Page("lists", forms, files, saved=("md",))


def _print_tabs(kept: Kept, options: Options, say: Sentences) -> None:
    for sign, tab in (*(("+", t) for t in kept.titles), *(("-", t) for t in kept.removed)):
        click.echo(f"{sign} {say('the tab {tab}', tab=tab)}", err=True)
    if options.apply:
        click.echo(say(_MADE_ANEW), err=True)
    else:
        click.echo(say("Nothing was written. Add --apply to do it."), err=True)


def show_gaps(options: Options, wanted: Wanted) -> None:
    """Print what is missing where; save also a page with a map."""
    with _read(options, wanted) as (desk, book, chosen, say):
        found = gaps_of(book, desk.now.date(), chosen, say.language)
    title = placed("Gaps in the network {place}", "Gaps in the network", chosen, say)
    _print_notes(chosen, say)
    forms = {
        "html": lambda: coverage.as_html(found, say, title),
        "md": lambda: coverage.as_markdown(found, say, title),
        "json": lambda: json.dumps(coverage.as_contract(found), ensure_ascii=False, indent=1),
        "text": lambda: f"{title}\n\n{coverage.as_text(found, say)}",
    }
    files = {
        "gaps.csv": lambda: coverage.as_csv(found, say),
        "topics.csv": lambda: coverage_matrix.as_csv(found, say),
    }
    show_page(Page("gaps", forms, files), options, news=False)


def show_networks(options: Options, wanted: Wanted) -> None:
    """List the networks: which we are in, which to consider joining, who is in them."""
    with _read(options, wanted) as (_, book, chosen, say):
        found = networks(book, chosen)
    title = placed("Networks {place}", "Networks", chosen, say)
    _show_listing(found, title, "networks", chosen, options, say)


def show_events(options: Options, wanted: Wanted) -> None:
    """List others' events that are coming: who of us goes, which partners are met there."""
    with _read(options, wanted) as (desk, book, chosen, say):
        found = events(book, chosen, desk.now.date())
    title = placed("Events {place}", "Events to go to", chosen, say)
    _show_listing(found, title, "events", chosen, options, say)


def show_decision_makers(options: Options, area: str) -> None:
    """List an area's officials and elected people: who knows them, where nobody is known."""
    wanted = Wanted(areas=(area,) if area else ())
    with _read(options, wanted) as (desk, book, chosen, say):
        found = officials(book, chosen, desk.now.date(), say.language)
    title = placed("Decision-makers {place}", "Decision-makers", chosen, say)
    _show_listing(found, title, "decision-makers", chosen, options, say)


def start_network(options: Options, municipality: str, *, offline: bool) -> None:
    """Make a municipality's starter kit: its organisations, and a draft of a first meeting."""
    with opened(options) as desk:
        outcome = desk.carry_out_saved("pioneer")
        if outcome is None:
            book = desk.read()
            chosen = selection(book, Wanted(municipalities=(municipality,)), desk.language)
            answers, faults = _answers(desk, chosen, book, offline=offline)
            found = kit(book, regions(book, desk.now.date(), chosen=chosen), chosen, answers)
            title = placed("Organisations {place}", "Organisations", chosen, desk.say)
            if options.format == "text" or options.report_dir:
                _show_listing(found, title, "kit", chosen, options, desk.say)
            for fault in faults:
                click.echo(desk.say.error(fault), err=True)
                click.echo(desk.say("The list is without what that register has."), err=True)
            outcome = pioneer(book, chosen, desk.now, Sentences(book.language))
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


def _answers(
    desk: Desk, chosen: Selection, book: Book, *, offline: bool
) -> tuple[dict[str, Answer], Sequence[VerkostoError]]:
    if offline:
        return {}, ()
    return answers_of_open_registers(desk, one_municipality(chosen), book.language)


def show_exchange(options: Options) -> None:
    """Print whose offer meets whose need, and why."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = open_matches(book, desk.now.date(), desk.config.letters.organisation)
    found = found[: options.limit] if options.limit else found
    made = offers.as_document(found, lambda match: sentence(book, match, say), say)
    forms = {
        "text": lambda: document.as_text(made),
        "md": lambda: document.as_markdown(made),
        "html": lambda: document.as_html(made, say),
        "json": lambda: json.dumps([asdict(match) for match in found], ensure_ascii=False),
    }
    show_page(Page("match", forms, saved=("html",)), options, news=bool(found))


def _show_listing(
    found: Listing, title: str, name: str, chosen: Selection, options: Options, say: Sentences
) -> None:
    _print_notes(chosen, say)
    forms = {
        "html": lambda: listing.as_html(found, say, title),
        "md": lambda: listing.as_markdown(found, say, title),
        "json": lambda: json.dumps(listing.as_contract(found), ensure_ascii=False, indent=1),
        "text": lambda: f"{title}\n\n{listing.as_text(found, say)}",
    }
    files = {f"{name}.csv": lambda: listing.as_csv(found, say)}
    show_page(Page(name, forms, files), options, news=False)


@contextmanager
def _read(options: Options, wanted: Wanted) -> Iterator[tuple[Desk, Book, Selection, Sentences]]:
    """Read the register, and what was asked for; sentences are in its language unless told else."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        yield desk, book, selection(book, wanted, say.language), say


def _print_notes(chosen: Selection, say: Sentences) -> None:
    for msgid, values in chosen.notes:
        click.echo(say(msgid, **values), err=True)
