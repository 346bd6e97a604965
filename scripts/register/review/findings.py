"""What the rules find, and what ``inbox`` could fill in, as questions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from register.book.change import Change
from register.book.finding import Finding
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.people.names import ACCEPTED, NAME_PROBLEMS as NAMES
from register.review.incomplete import is_counted
from register.review.question import (
    BatchKey,
    Cell,
    Changes,
    Question,
    choices_for_proposal,
    question_cells,
)
from register.rules import rule_catalogue
from register.rules.rule import ACCEPT_REMEDY, WRITTEN_REMEDY
from register.rules.sentences import finding_sentences
from register.words.sentences import Sentences

_KINDS = {"stale": "stale", "matter-overdue": "matter"}


def finding_questions(
    book: Book, found: Iterable[Finding], applied: Collection[str], today: date, say: Sentences
) -> list[Question]:
    """Return a question for each finding that people must see.

    Errors and warnings are; what is merely not in canonical form only if its rule is not applied
    without asking, or a person has undone it. What a row merely lacks is counted instead.
    """
    questions = []
    for finding in found:
        if finding.severity == "info" and not finding.proposed:
            continue
        if finding.code in ("id-missing", "id-doubled", "id-foreign"):
            continue
        if is_counted(book, finding):
            continue
        case_id = finding.case_id
        if finding.code in NAMES and _was_accepted(book, case_id):
            continue
        column = say.header(finding.tab, finding.column)
        cell = say.value(finding.tab, finding.column, finding.cell)
        severity = "warning" if finding.severity == "info" else finding.severity
        row, suggestion = (finding.tab, finding.row_id), _suggested(finding, say)
        named, said = finding_sentences(say, finding, book)
        cells = question_cells(
            *(book, say, row, _KINDS.get(finding.code, severity)),
            named,
            severity=severity,
            left=f"{column}: {cell}" if cell else column,
            suggestion=suggestion,
        )
        questions.append(
            Question(
                case_id,
                (row,),
                cells,
                _choices(book, finding, today),
                _fields(book, finding),
                note=_note(book, finding, said, suggestion, say),
                dated=((*row, finding.column),) if finding.code == "stale" else (),
                alike=_alike(finding, say),
            )
        )
    return questions


def _alike(finding: Finding, say: Sentences) -> BatchKey | None:
    """Return what a proposal has in common with the rule's others in the same column."""
    if not finding.proposed or finding.code == "stale":
        return None
    what = f"{say.named('rule', finding.code)} ({say.header(finding.tab, finding.column)})"
    return BatchKey(("rule", finding.code, finding.tab, finding.column), what)


def _was_accepted(book: Book, case_id: str) -> bool:
    """Whether a person has let a name be that is none; the run that hears it still asks."""
    review = book.table("review")
    return bool(review.cell(case_id, "done")) and review.cell(case_id, "decision") in ACCEPTED


def _choices(book: Book, finding: Finding, today: date) -> Mapping[str, Changes]:
    """Return what can be decided about a finding, and what each decision changes."""
    row = (finding.tab, finding.row_id)
    if finding.code in NAMES:
        return {"accept": (), "ignore": ()}
    if finding.code == "stale":
        table = book.table(finding.tab)
        confirmed, status = (table.cell(finding.row_id, c) for c in (finding.column, "status"))
        return {
            "confirm": (Change(*row, finding.column, confirmed, today.isoformat(), "confirmed"),),
            "archive": (Change(*row, "status", status, "archived", "archived"),),
            "ignore": (),
        }
    return choices_for_proposal(finding_changes(book, finding))


def _fields(book: Book, finding: Finding) -> tuple[Cell, ...]:
    """Return the cells that a person may give a value for: the proposal's, else the finding's."""
    tab = schema().tab(finding.tab)
    columns = [column for column, _ in finding.proposed] or [finding.column]
    mine = [key for key in columns if tab.has(key) and not tab.column(key).tool]
    if len(mine) < len(columns) or finding.tab == "choices":
        return ()
    return tuple((finding.tab, finding.row_id, key) for key in mine)


def _note(
    book: Book, finding: Finding, said: str, suggestion: str, say: Sentences
) -> tuple[str, str]:
    """Return where a finding's note stands, and what it says: what is wrong, what to do.

    What a rule would write by itself is asked about where it may not.
    """
    tab = book.table(finding.tab).tab
    column = finding.column or next(iter(tab.name), "")
    remedy = rule_catalogue()[finding.code].remedy
    how = say(ACCEPT_REMEDY if remedy == WRITTEN_REMEDY else remedy)
    proposal = f"{say('Proposal')}: {suggestion}" if suggestion else ""
    return column, mask_identity_codes("\n".join(part for part in (said, proposal, how) if part))


def finding_changes(book: Book, finding: Finding) -> tuple[Change, ...]:
    """Return the changes that a finding proposes; all of them, or none, are to be made."""
    table = book.table(finding.tab)
    group = f"case {finding.case_id}" if finding.others else ""
    return tuple(
        Change(*cell, table.cell(finding.row_id, cell[2]), value, finding.code, group=group)
        for column, value in finding.proposed
        for cell in [(finding.tab, finding.row_id, column)]
    )


def _suggested(finding: Finding, say: Sentences) -> str:
    """Return what would be written: the value, or each cell's under its header."""
    if not finding.others:
        return say.value(finding.tab, finding.column, finding.suggestion)
    return "; ".join(
        f"{say.header(finding.tab, column)}: {say.value(finding.tab, column, value) or '–'}"
        for column, value in finding.proposed
    )
