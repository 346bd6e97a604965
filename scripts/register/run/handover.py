"""``handover.py``: the history of contacts, and what a successor needs to know."""

from collections.abc import Callable
from dataclasses import asdict

from register.book.headers import fold_header
from register.book.table import Book
from register.cooperation.events import with_years
from register.cooperation.history import history_of
from register.cooperation.next_steps import next_steps
from register.cooperation.packet import handover_packet
from register.cooperation.prose import Prose
from register.run.handed_lists import check_receiver, note_receiver
from register.run.options import Options
from register.run.printing import show_page, show_table
from register.run.session import Session, open_session, sentences_for
from register.show.document_forms import document_forms
from register.show.history import history_document, history_values
from register.show.packet import packet_document
from register.show.page_model import Page
from register.words.sentences import Sentences


def show_history(options: Options, subject: str) -> None:
    """Print the history of a row, a matter or a topic."""

    def made(session: Session, book: Book, say: Sentences) -> Page:
        found = history_of(book, subject)
        forms = document_forms(
            lambda: history_document(found, book, say), say, lambda: history_values(found)
        )
        return Page("history", forms, saved=("html", "md"))

    _show(options, made)


def show_packet(options: Options, whom: str, *, public: bool, receiver: str = "") -> None:
    """Print what a successor needs to know of a person or an owner."""
    check_receiver(options, receiver)

    def made(session: Session, book: Book, say: Sentences) -> Page:
        pages = packet_document(
            handover_packet(book, whom, session.now.date()), book, say, public=public
        )
        note_receiver(session, book, receiver, "packet", asdict(pages))
        forms = document_forms(lambda: pages, say, lambda: asdict(pages))
        return Page("packet", forms, saved=("html", "md"))

    _show(options, made)


def show_open_matters(options: Options, owner: str) -> None:
    """List the open matters by owner, late ones first."""
    with open_session(options) as session:
        book = _look(session)
        say = sentences_for(options, book.language)
        prose, today = Prose(book, say), session.now.date().isoformat()
    rows = [
        (
            prose.safe(name),
            (say("{day}, late", day=prose.day(event.due)))
            if event.due and event.due < today
            else prose.day(event.due),
            prose.safe(event.matter),
            prose.parties(event),
            prose.safe(event.next),
        )
        for name, steps in next_steps(book, session.now.date()).items()
        if not owner or fold_header(name) == fold_header(owner)
        for event in steps
    ]
    headers = [say.header("cooperation", key) for key in ("owner", "due", "matter", "org", "next")]
    show_table(headers, rows, options, say)


def _show(options: Options, made: Callable[[Session, Book, Sentences], Page]) -> None:
    with open_session(options) as session:
        book = _look(session)
        show_page(
            made(session, book, sentences_for(options, book.language)),
            options,
        )


def _look(session: Session) -> Book:
    return with_years(session.look(), session.now.date())
