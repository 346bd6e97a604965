"""What each kind of request does: the same as the command for the same job."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from register.autopilot.requests import Request
from register.book.errors import UsageError
from register.book.headers import tab_named
from register.book.ids import reference_id
from register.book.log import log_entries
from register.book.outcome import Outcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.cleanup.cleanup import cleanup
from register.cleanup.undo import undo
from register.cooperation.history import history_of
from register.cooperation.packet import handover_packet
from register.imports.contact_list import import_contacts, joined_imports, unclear_names
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.letters.mailing_list import chosen_people, find_list
from register.lists.directory import Directory
from register.lists.labels import address_labels
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.run.session import Session
from register.show.coverage import coverage_csv, coverage_page
from register.show.directory import directory_page
from register.show.directory_sheets import directory_workbook
from register.show.document_forms import document_page
from register.show.history import history_document
from register.show.label_sheets import labels_pdf
from register.show.listing import heading_with_place, organisations_heading
from register.show.own_tabs import listed_tab
from register.show.packet import packet_document
from register.sources.files import read_rows
from register.values.areas import split_areas
from register.words.sentences import Sentences

_RUNS = 3
"""Number of recent runs suggested where a request names none."""


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """The answer to a request: a sentence, a link (tab, row number), files to mail, their subject.

    ``outcome`` is what was written into the register, or None.
    """

    sentence: Phrase
    link: tuple[str, int] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    subject: str = ""
    outcome: Outcome | None = None


def do_request(session: Session, book: Book, request: Request) -> RequestAnswer:
    """Do what a request asks for; raise VerkostoError where it cannot be done."""
    return _KINDS[request.what](session, book, request, Sentences(book.language))


def _clean(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    outcome = cleanup(book, session.now, session.orders(book), say)
    outcome = session.carry_out(book, outcome)
    open_now = sum(not done for _, done in outcome.book.table("review").column("done"))
    values = {"count": len(outcome.written.changes), "open": open_now}
    sentence = "Cells changed: {count}. Questions that wait in {tab:review}: {open}."
    return RequestAnswer((sentence, values), ("review", 1), outcome=outcome)


def _area_list(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    found, chosen = _directory(session, book, request, say)
    title = organisations_heading(chosen, say)
    count = {"count": len(found.organisations)}
    if request.place == "tab":
        name = ", ".join([*split_areas(request.area), *chosen.words])
        tab = listed_tab(found, say, title, name or say("Summary"))
        kept = session.store.keep_tabs([tab], apply=session.options.apply, others=True)
        sentence = "Organisations in the tab {tab}: {count}."
        return RequestAnswer((sentence, {**count, "tab": kept.titles[0]}), (kept.titles[0], 1))
    files = {
        "list.html": directory_page(found, say, title=title).encode(),
        "list.xlsx": directory_workbook(found, say, title),
    }
    sentence = "Organisations in the list: {count}."
    return RequestAnswer((sentence, count), files=files, subject=title)


def _mailing(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    if not request.about:
        raise _lacking("about", request, say)
    people = chosen_people(book, find_list(book, request.about), session.now.date())
    answer = _area_list(session, book, request, say)
    if request.place == "tab":
        return answer
    sentence = "People in the mailing: {people}. Their organisations in the list: {count}."
    return replace(answer, sentence=(sentence, {**answer.sentence[1], "people": len(people)}))


def _gaps(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    chosen = select_part(book, _criteria(request), say.language)
    found = regional_gaps(book, session.now.date(), chosen, say.language)
    title = heading_with_place("Gaps in the network {place}", "Gaps in the network", chosen, say)
    files = {
        "gaps.html": coverage_page(found, say, title).encode(),
        "gaps.csv": coverage_csv(found, say),
    }
    return RequestAnswer(
        ("What is missing is in the attached page.", {}), files=files, subject=title
    )


def _packet(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    whom = reference_id(request.about) or request.about
    if not whom:
        raise _lacking("about", request, say)
    made = packet_document(handover_packet(book, whom, session.now.date()), book, say, public=False)
    files = {"packet.html": document_page(made, say).encode()}
    return RequestAnswer(
        ("The packet is in the attached page.", {}), files=files, subject=made.title
    )


def _history(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    subject = reference_id(request.about) or request.about or request.topic
    if not subject:
        raise _lacking("about", request, say)
    made = history_document(history_of(book, subject), book, say)
    files = {"history.html": document_page(made, say).encode()}
    return RequestAnswer(
        ("The history is in the attached page.", {}), files=files, subject=made.title
    )


def _labels(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    directory, chosen = _directory(session, book, request, say)
    found = address_labels(book, directory)
    title = organisations_heading(chosen, say)
    pdf = labels_pdf(found, "3x7", title, session.now.date(), say)
    values = {"count": len(found.labels), "without": len(found.without)}
    sentence = (
        "Labels: {count}. Organisations without a street address or a postal code: {without}."
    )
    return RequestAnswer((sentence, values), files={"labels.pdf": pdf}, subject=title)


def _import_tab(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    title = request.about
    if not title:
        raise _lacking("about", request, say)
    if tab_named(title) is not None:
        raise UsageError("The tab {tab} is the register's own, and no list.", tab=title)
    try:
        rows = session.store.responses(title)
    except UsageError as fault:
        raise UsageError("There is no tab “{tab}”.", tab=title) from fault
    outcome, told = plan_list(book, [read_rows(rows, title, book.language)], session.now)
    return RequestAnswer(told, ("inbox", 1), outcome=session.carry_out(book, outcome))


def plan_list(book: Book, sheets: Sequence[ListSheet], now: datetime) -> tuple[Outcome, Phrase]:
    """Return the plan that adds the rows of lists to ``inbox``, and the sentence that reports it.

    A row that is there already is not added again. Raises UsageError where the columns cannot be
    recognised.
    """
    inbox = book.table("inbox")
    targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
    found: list[Outcome] = []
    rows = known = 0
    for sheet in sheets:
        columns = guess_columns(sheet, (), targets)
        if columns.unclear:
            raise unclear_names(columns.unclear)
        outcome, places = import_contacts(book, sheet, columns, now)
        found.append(outcome)
        book = book.with_changes(outcome.plan.changes)
        rows += len(places)
        known += sum(not row_id for row_id in places.values())
    joined = joined_imports(found)
    values = {"count": rows - known, "known": known, "failed": joined.failed}
    sentence = (
        "Rows that came into {tab:inbox}: {count}; there already: {known}; left out: {failed}."
    )
    return joined, (sentence, values)


def _import_file(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    raise UsageError("A list comes as an attachment to a mail: to the register's own address.")


def _run(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    raise UsageError("The program writes such a row itself; it says which computer is at work.")


def _undo_run(session: Session, book: Book, request: Request, say: Sentences) -> RequestAnswer:
    runs = _runs(book)
    open_lines = Counter(one.run for one in log_entries(book) if not one.undone)
    if not request.about:
        raise UsageError("Which run? The last ones are {runs}.", runs=runs[:_RUNS])
    run = run_id(session.now)
    done = request.about in runs and not open_lines[request.about]
    plan = Plan() if done else undo(book, request.about, run)
    outcome = Outcome("undo", book, run=run, plan=plan)
    outcome = session.carry_out(book, outcome)
    values = {"count": len(outcome.written.changes), "run": request.about}
    return RequestAnswer(
        ("Cells of {run} that were put back: {count}.", values), ("log", 1), outcome=outcome
    )


def _runs(book: Book) -> list[str]:
    """Return the ids of runs that did more than answer requests, newest first."""
    runs = {one.run for one in log_entries(book) if one.changes[0].tab != "requests"}
    return sorted(runs, reverse=True)


_KINDS: Mapping[str, Callable[[Session, Book, Request, Sentences], RequestAnswer]] = {
    "clean": _clean,
    "area_list": _area_list,
    "gaps": _gaps,
    "packet": _packet,
    "history": _history,
    "labels": _labels,
    "mailing": _mailing,
    "import_tab": _import_tab,
    "import_file": _import_file,
    "run": _run,
    "undo_run": _undo_run,
}


def _directory(
    session: Session, book: Book, request: Request, say: Sentences
) -> tuple[Directory, Selection]:
    today = session.now.date()
    chosen = select_part(book, _criteria(request), say.language, today)
    return regional_directory(book, today, chosen=chosen, language=say.language), chosen


def _criteria(request: Request) -> SelectionCriteria:
    topics = (request.topic,) if request.topic else ()
    mailings = (request.about,) if request.what == "mailing" else ()
    areas = tuple(split_areas(request.area))
    return SelectionCriteria(areas=areas, topics=topics, mailings=mailings)


def _lacking(column: str, request: Request, say: Sentences) -> UsageError:
    return UsageError(
        "Write into {column} what “{what}” is about.",
        column=say.header("requests", column),
        what=say.label("request", request.what),
    )
