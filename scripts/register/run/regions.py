"""``regions.py``: lists of a region's organisations, its gaps and our contacts there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial

import click

from register.book.outcome import Outcome
from register.book.table import Book
from register.cooperation.offers import exchange_sentence, undecided_matches
from register.imports.pioneer import only_municipality, plan_first_meeting, starter_kit
from register.lists.alive import organisations_by_sign
from register.lists.directory import Directory
from register.lists.events import upcoming_events
from register.lists.listing import Listing
from register.lists.networks import network_listing
from register.lists.officials import official_listing
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.ports.store import TabsWritten
from register.run.command_line import finish
from register.run.handed_lists import check_receiver, note_receiver
from register.run.options import Options
from register.run.printing import show_notes, show_page
from register.run.registers import answers_of_open_registers
from register.run.session import Session, open_session, sentences_for
from register.show import coverage, coverage_matrix, listing
from register.show.directory import directory_page
from register.show.directory_lists import (
    directory_document,
    directory_values,
    organisations_csv,
    people_csv,
)
from register.show.directory_sheets import directory_workbook
from register.show.document import Document
from register.show.document_forms import document_forms, document_markdown, document_text
from register.show.history import offers_document
from register.show.listing import heading_with_place, organisations_heading
from register.show.own_tabs import directory_tabs
from register.show.page_model import Page, json_text
from register.show.vcards import directory_vcards
from register.state.handed_lists import note_handed
from register.words.sentences import Sentences

_MADE_ANEW = (
    "These tabs are made anew whole each time; they are not in {tab:log}, and undo.py leaves them "
    "alone. Delete those that you do not want."
)


def show_lists(
    options: Options,
    wanted: SelectionCriteria,
    *,
    public: bool,
    to_book: bool,
    receiver: str = "",
) -> None:
    """Print the figures of each region; save the lists in all forms.

    If the lists go to a ``receiver``, that is recorded for each person in them. Raises UsageError
    where there is a receiver but no folder to save the lists in.
    """
    check_receiver(options, receiver)
    found, kept, chosen, say = _lists(
        options, wanted, public=public, to_book=to_book, receiver=receiver
    )
    show_notes(chosen.notes, say)
    show_page(
        _lists_page(found, organisations_heading(chosen, say), options, say), options, news=False
    )
    if to_book and not (options.quiet or options.cron):
        _print_tabs(kept, options, say)


def _lists(
    options: Options,
    wanted: SelectionCriteria,
    *,
    public: bool,
    to_book: bool,
    receiver: str,
) -> tuple[Directory, TabsWritten, Selection, Sentences]:
    """Make the lists from the register; the large register itself is not returned."""
    with open_part(options, wanted) as (session, book, chosen, say):
        found = regional_directory(
            book, session.now.date(), public=public, chosen=chosen, language=say.language
        )
        if receiver:
            note_handed(session.state, session.now, receiver, "lists", found.people)
        kept = TabsWritten()
        if to_book:
            tabs = directory_tabs(found, say, organisations_heading(chosen, say))
            kept = session.store.keep_tabs(tabs, apply=options.apply)
    return found, kept, chosen, say


def _lists_page(found: Directory, title: str, options: Options, say: Sentences) -> Page:
    printed = options.format != "text" or not (found.whole or options.report_dir)
    forms = {
        "text": lambda: document_text(directory_document(found, say, title, listed=printed)),
        "md": lambda: document_markdown(directory_document(found, say, title)),
        "html": lambda: directory_page(found, say, title=title),
        "json": lambda: json_text(directory_values(found)),
    }
    files = {
        "index.html": lambda: directory_page(found, say, title=title).encode(),
        "regions.xlsx": lambda: directory_workbook(found, say, title),
        "organisations.csv": lambda: organisations_csv(found, say),
        "people.csv": lambda: people_csv(found, say),
        "contacts.vcf": lambda: directory_vcards(found, say),
    }
    return Page("lists", forms, files, saved=("md",))


def _print_tabs(kept: TabsWritten, options: Options, say: Sentences) -> None:
    for sign, tab in (*(("+", t) for t in kept.titles), *(("-", t) for t in kept.removed)):
        click.echo(f"{sign} {say('the tab {tab}', tab=tab)}", err=True)
    if options.apply:
        click.echo(say(_MADE_ANEW), err=True)
    else:
        click.echo(say("Nothing was written. Add --apply to do it."), err=True)


def show_gaps(options: Options, wanted: SelectionCriteria) -> None:
    """Print where the network has gaps; with ``--report-dir`` save also a page with a map."""
    with open_part(options, wanted) as (session, book, chosen, say):
        found = regional_gaps(book, session.now.date(), chosen, say.language)
    title = heading_with_place("Gaps in the network {place}", "Gaps in the network", chosen, say)
    show_notes(chosen.notes, say)

    def made(*, whole: bool = True) -> Document:
        return coverage.coverage_document(found, say, title, whole=whole)

    forms = {
        **document_forms(made, say, lambda: coverage.coverage_values(found)),
        "html": lambda: coverage.coverage_page(found, say, title),
        "text": lambda: document_text(made(whole=options.verbose)),
    }
    files = {
        "gaps.csv": lambda: coverage.coverage_csv(found, say),
        "topics.csv": lambda: coverage_matrix.matrix_csv(found, say),
    }
    show_page(Page("gaps", forms, files), options, news=False)


def show_networks(options: Options, wanted: SelectionCriteria, receiver: str = "") -> None:
    """List the networks: which we belong to, which to consider joining, who is in them."""
    check_receiver(options, receiver)
    with open_part(options, wanted) as (session, book, chosen, say):
        found = network_listing(book, chosen, session.now.date())
        note_receiver(session, book, receiver, "networks", listing.listing_values(found))
    title = heading_with_place("Networks {place}", "Networks", chosen, say)
    _show_listing(found, title, "networks", chosen, options, say)


def show_events(options: Options, wanted: SelectionCriteria) -> None:
    """List coming events of others: who of us attends, and which partners are met there."""
    with open_part(options, wanted) as (session, book, chosen, say):
        found = upcoming_events(book, chosen, session.now.date())
    title = heading_with_place("Events {place}", "Events to go to", chosen, say)
    _show_listing(found, title, "events", chosen, options, say)


def show_alive(options: Options, wanted: SelectionCriteria) -> None:
    """List the organisations by their last sign of life, the oldest first."""
    with open_part(options, wanted) as (session, book, chosen, say):
        today = session.now.date()
        lists = regional_directory(book, today, chosen=chosen, language=say.language)
        found = organisations_by_sign(book, lists, today, say)
    title = heading_with_place("Signs of life {place}", "Signs of life", chosen, say)
    _show_listing(found, title, "alive", chosen, options, say)


def show_decision_makers(options: Options, area: str, receiver: str = "") -> None:
    """List an area's officials and elected people, who knows them, and where nobody is known."""
    check_receiver(options, receiver)
    wanted = SelectionCriteria(areas=(area,) if area else ())
    with open_part(options, wanted) as (session, book, chosen, say):
        found = official_listing(book, chosen, session.now.date(), say.language)
        note_receiver(session, book, receiver, "decision-makers", listing.listing_values(found))
    title = heading_with_place("Decision-makers {place}", "Decision-makers", chosen, say)
    _show_listing(found, title, "decision-makers", chosen, options, say)


def start_network(options: Options, municipality: str, *, offline: bool) -> None:
    """Make a municipality's starter kit: its organisations, and a draft of a first meeting."""
    with open_session(options) as session:
        outcome = session.run(
            "pioneer", lambda book: _started(session, book, municipality, offline=offline)
        )
    finish(outcome, options)


def _started(session: Session, book: Book, municipality: str, *, offline: bool) -> Outcome:
    """Print a municipality's organisations; return the plan of the first meeting there."""
    options, say, today = session.options, session.say, session.now.date()
    wanted = SelectionCriteria(municipalities=(municipality,))
    chosen = select_part(book, wanted, session.language)
    answers, faults = (
        ({}, ())
        if offline
        else answers_of_open_registers(session, only_municipality(chosen), book.language)
    )
    found = starter_kit(book, regional_directory(book, today, chosen=chosen), chosen, answers)
    title = heading_with_place("Organisations {place}", "Organisations", chosen, say)
    if options.format == "text" or options.report_dir:
        _show_listing(found, title, "kit", chosen, options, say)
    for fault in faults:
        click.echo(say.error(fault), err=True)
        click.echo(say("The list is without what that register has."), err=True)
    return plan_first_meeting(book, chosen, session.now, Sentences(book.language))


def show_exchange(options: Options) -> None:
    """Print whose offer matches whose need, and why."""
    with open_session(options) as session:
        book = session.look()
        say = sentences_for(options, book.language)
        found = undecided_matches(book, session.now.date(), session.config.letters.organisation)
    found = found[: options.limit] if options.limit else found
    made = offers_document(found, lambda match: exchange_sentence(book, match, say), say)
    forms = document_forms(lambda: made, say, lambda: [asdict(match) for match in found])
    show_page(Page("match", forms, saved=("html",)), options, news=bool(found))


def _show_listing(
    found: Listing, title: str, name: str, chosen: Selection, options: Options, say: Sentences
) -> None:
    show_notes(chosen.notes, say)
    made = partial(listing.listing_document, found, say, title)
    forms = document_forms(made, say, lambda: listing.listing_values(found))
    files = {f"{name}.csv": lambda: listing.listing_csv(found, say)}
    show_page(Page(name, forms, files), options, news=False)


@contextmanager
def open_part(
    options: Options, wanted: SelectionCriteria
) -> Iterator[tuple[Session, Book, Selection, Sentences]]:
    """Open the register with a selection of it; sentences are in ``--lang``, else its language."""
    with open_session(options) as session:
        book = session.look()
        say = sentences_for(options, book.language)
        yield session, book, select_part(book, wanted, say.language, session.now.date()), say
