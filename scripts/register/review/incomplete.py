"""Blank cells that are no fault: one line per column with a count, not a question for each.

A question for each blank gets no cell filled in sooner. A blank that stops a letter, or leaves a
row without a name, is still asked about row by row; so is one that a person has begun to decide.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from register.book.finding import Finding
from register.book.ids import fingerprint
from register.book.table import Book
from register.people.records import live_cells
from register.review.question import SILENT, Cell, Question, kept_cells
from register.review.words import NO, read_decision
from register.words.sentences import Sentences

INCOMPLETE = "incomplete"
"""The kind of these rows of ``review``, and the status of the rows that are counted."""

_TABS = ("organisations", "people", "networks", "cooperation")
_NEEDLESS = (("meetings", "kind"), ("meetings", "state"))
"""Columns that no letter needs, in a tab whose other blanks are asked about row by row."""

_BLANKS = ("required-empty", "consent-without-words")
_NAMED = 5
_PASSED = ("ignore", NO)

Blank = tuple[str, str]
"""``(tab, column)`` of the blanks that one line counts."""


def is_counted(book: Book, finding: Finding) -> bool:
    """Whether a finding is a blank that is only counted: nobody has begun to decide about it."""
    if finding.code not in _BLANKS or finding.column == "name":
        return False
    if finding.tab not in _TABS and (finding.tab, finding.column) not in _NEEDLESS:
        return False
    review, case_id = book.table("review"), finding.case_id
    if case_id not in review or review.cell(case_id, "done"):
        return True
    return not (review.cell(case_id, "decision") or review.cell(case_id, "suggestion"))


def incomplete_rows(book: Book, found: Iterable[Finding]) -> dict[Blank, list[str]]:
    """Return the ids of the rows with a blank, by ``(tab, column)``.

    Blanks that a person has ignored are left out.
    """
    lacking: dict[Blank, list[str]] = {}
    for finding in found:
        if is_counted(book, finding) and not _is_passed(book, finding):
            lacking.setdefault((finding.tab, finding.column), []).append(finding.row_id)
    return lacking


def incomplete_questions(
    book: Book, found: Iterable[Finding], say: Sentences, fillings: Iterable[Question] = ()
) -> Iterator[Question]:
    """Yield a line for each column with blanks: how many, some examples, and how to see all.

    A cell that one of the open questions ``fillings`` would fill in, or has a note on, is left out.
    """
    offered: set[Cell] = set()
    for question in fillings:
        changes = chain.from_iterable(question.choices.values())
        offered.update(change.cell for change in changes)
        offered.update((*row, question.note[0]) for row in question.rows)
    left = (one for one in found if (one.tab, one.row_id, one.column) not in offered)
    status = say.label("row_status", INCOMPLETE)
    for (tab, column), rows in incomplete_rows(book, left).items():
        who = [book.reference(tab, row_id) for row_id in rows[:_NAMED]]
        filtered = book.table(tab).has("status")
        message = say(
            "{column} is empty in {count} of {total} rows ({who}). Nothing else is wrong with"
            " those whose {status_column} is “{status}”: filter by it, and fill in what you know."
            if filtered
            else "{column} is empty in {count} of {total} rows ({who}). Fill in what you know.",
            column=say.header(tab, column),
            count=len(rows),
            total=sum(1 for _ in live_cells(book.table(tab))),
            who=[*who, *(["…"] if len(rows) > _NAMED else [])],
            status=status,
            status_column=say.header(tab, "status") if filtered else "",
        )
        cells = {
            "kind": INCOMPLETE,
            "severity": "info",
            "link": say.title(tab),
            "message": message,
        }
        header = (tab, "status" if filtered else column)
        case_id = fingerprint(INCOMPLETE, tab, column)
        yield Question(case_id, (), kept_cells(cells), SILENT, header=header)


def _is_passed(book: Book, finding: Finding) -> bool:
    said = book.table("review").cell(finding.case_id, "decision")
    return bool(said) and read_decision(said) in _PASSED
