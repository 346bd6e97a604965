"""The overview: the state of the register on one page, with links to the other pages."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from register.book.finding import SEVERITIES
from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.tally import tally_text
from register.lists.coverage import Coverage
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection
from register.people.meetings import Meeting
from register.show.coverage import coverage_page
from register.show.directory import directory_page
from register.show.directory_cells import place_name
from register.show.document import Document, PageLink, PagePart, PageSection, table_section
from register.show.document_forms import document_page
from register.show.outcome_findings import SEVERITY_COUNTS
from register.show.page_model import ReportContext
from register.values.date import day
from register.words.sentences import Sentences

_FIRST = 5
"""How many municipalities are named as the first to look at."""

_OVER = ("cancelled", "held")


def overview_files(
    outcome: Outcome,
    around: ReportContext,
    today: date,
    say: Sentences,
    written: Sequence[PageLink] = (),
) -> Mapping[str, Callable[[], bytes]]:
    """Return the overview and the pages it links to, by file name.

    The outcome's own page, and those that other commands have ``written``, are linked as well.
    """
    book = outcome.book
    gaps = regional_gaps(book, today, Selection(), say.language)

    def front() -> str:
        shown = overview(outcome, around, gaps, today, say)
        return document_page(
            replace(shown, sections=(*shown.sections, *_others(written, say))), say
        )

    made: Mapping[str, Callable[[], str]] = {
        "overview.html": front,
        "lists.html": lambda: directory_page(
            regional_directory(book, today, language=say.language), say
        ),
        "gaps.html": lambda: coverage_page(gaps, say, say("Gaps in the network")),
    }

    def encoded(page: Callable[[], str]) -> Callable[[], bytes]:
        return lambda: page().encode()

    return {name: encoded(page) for name, page in made.items()}


def overview(
    outcome: Outcome, around: ReportContext, gaps: Coverage, today: date, say: Sentences
) -> Document:
    """Return the overview of a register; its links are to files in the same folder."""
    book = outcome.book
    return Document(
        say("Overview"),
        say("As the register was on {day}.", day=today),
        (
            PageSection(
                "now",
                say("How things stand"),
                "",
                (_findings(outcome, say), _rows(book, gaps, say), _gaps(gaps, say)),
                layout="cards",
            ),
            _meetings(book, today, say),
            _trend(around, say),
        ),
    )


def _others(written: Sequence[PageLink], say: Sentences) -> Iterator[PageSection]:
    if written:
        title = say("Pages that other commands have written")
        yield PageSection("written", title, "", (PagePart(links=tuple(written)),))


def _findings(outcome: Outcome, say: Sentences) -> PagePart:
    counts = Counter(finding.severity for finding in outcome.findings)
    facts = tuple(
        (say(SEVERITY_COUNTS[one], count=counts[one]), str(counts[one])) for one in SEVERITIES
    )
    page = PageLink(say("All findings"), f"{outcome.verb}.html")
    return PagePart(say("What was found"), facts=facts, links=(page,))


def _rows(book: Book, gaps: Coverage, say: Sentences) -> PagePart:
    facts = [(say.title(tab), str(len(book.table(tab)))) for tab in ("organisations", "people")]
    covered = sum(area.covered for area in gaps.areas)
    facts.append((say("municipalities with somebody"), str(covered)))
    page = PageLink(say("Organisations by region"), "lists.html")
    return PagePart(say("Organisations by region"), facts=tuple(facts), links=(page,))


def _gaps(gaps: Coverage, say: Sentences) -> PagePart:
    first = ", ".join(place_name(spot.code, say) for spot in gaps.ranked[:_FIRST])
    facts = (
        (say("municipalities without an organisation"), str(gaps.count("no-organisation"))),
        (say("First to look at"), first or say("Nothing is missing.")),
    )
    page = PageLink(say("Gaps in the network"), "gaps.html")
    return PagePart(say("Gaps in the network"), facts=facts, links=(page,))


def _meetings(book: Book, today: date, say: Sentences) -> PageSection:
    coming = sorted(
        (day(row.date), row.start, row_id)
        for row_id, row in Meeting.all(book).items()
        if day(row.date) >= today.isoformat() and row.state not in _OVER
    )
    columns = ("date", "name", "place", "state")
    rows = [
        (
            *(
                say.value("meetings", key, book.table("meetings").cell(row_id, key))
                for key in columns
            ),
            tally_text(book, row_id),
        )
        for _, _, row_id in coming
    ]
    heads = [say.header("meetings", key) for key in (*columns, "tally")]
    none = "" if rows else say("No meeting is coming.")
    return table_section("meetings", say("Coming meetings"), none, heads, rows)


def _trend(around: ReportContext, say: Sentences) -> PageSection:
    rows = [
        (
            say.value("meetings", "date", run.at.date().isoformat()),
            *(str(count) for _, count in run.counts),
        )
        for run in around.past
    ]
    heads = [say.header("meetings", "date"), *(say.label("severity", one) for one in SEVERITIES)]
    none = "" if rows else say("No cleanup has been made yet.")
    return table_section("trend", say("The last cleanups"), none, heads, rows)
