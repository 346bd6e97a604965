"""Findings of the rules as questions."""

from collections.abc import Iterable, Mapping
from datetime import date

from register.book.change import Change
from register.book.finding import Finding
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.people.names import ACCEPTED, NAME_PROBLEMS as NAMES
from register.review.incomplete import is_counted
from register.review.named_together import rows_of_each
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
    book: Book, found: Iterable[Finding], today: date, say: Sentences
) -> list[Question]:
    """Return a question for each finding that people must see.

    Errors and warnings always are. An info finding is asked about if it proposes a change: what
    rules may write unasked they have written before, so this is what may not be, or what a person
    has undone. Blanks are counted instead (:mod:`register.review.incomplete`).
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
        row = (finding.tab, finding.row_id)
        suggestion = finding.detail if rows_of_each(book, finding) else _suggested(finding, say)
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
    """Return the key that a proposal shares with the rule's others in the same column, or None."""
    if not finding.proposed or finding.code == "stale":
        return None
    what = f"{say.named('rule', finding.code)} ({say.header(finding.tab, finding.column)})"
    return BatchKey(("rule", finding.code, finding.tab, finding.column), what)


def _was_accepted(book: Book, case_id: str) -> bool:
    """Whether a person accepted a strange name in an earlier run.

    The run that carries out the decision still asks, so that the question can be closed.
    """
    review = book.table("review")
    return bool(review.cell(case_id, "done")) and review.cell(case_id, "decision") in ACCEPTED


def _choices(book: Book, finding: Finding, today: date) -> Mapping[str, Changes]:
    """Return the decisions that a finding can get, each with its changes."""
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
    return choices_for_proposal(rows_of_each(book, finding) or finding_changes(book, finding))


def _fields(book: Book, finding: Finding) -> tuple[Cell, ...]:
    """Return the cells that a person may give a value for: the proposal's, else the finding's.

    None if one of them is the tool's, or the finding is in ``choices``.
    """
    tab = schema().tab(finding.tab)
    columns = [column for column, _ in finding.proposed] or [finding.column]
    mine = [key for key in columns if tab.has(key) and not tab.column(key).tool]
    if len(mine) < len(columns) or finding.tab == "choices":
        return ()
    return tuple((finding.tab, finding.row_id, key) for key in mine)


def _note(
    book: Book, finding: Finding, said: str, suggestion: str, say: Sentences
) -> tuple[str, str]:
    """Return the column of a finding's note, and its text: what is wrong, proposal, remedy.

    Where the remedy is that the cleanup writes it, but the rule may not do so unasked, the note
    says to accept the proposal.
    """
    tab = book.table(finding.tab).tab
    column = finding.column or next(iter(tab.name), "")
    remedy = rule_catalogue()[finding.code].remedy
    how = say(ACCEPT_REMEDY if remedy == WRITTEN_REMEDY else remedy)
    proposal = f"{say('Proposal')}: {suggestion}" if suggestion else ""
    return column, mask_identity_codes("\n".join(part for part in (said, proposal, how) if part))


def finding_changes(book: Book, finding: Finding) -> tuple[Change, ...]:
    """Return the changes that a finding proposes; those of several cells land together."""
    table = book.table(finding.tab)
    group = f"case {finding.case_id}" if finding.others else ""
    return tuple(
        Change(*cell, table.cell(finding.row_id, cell[2]), value, finding.code, group=group)
        for column, value in finding.proposed
        for cell in [(finding.tab, finding.row_id, column)]
    )


def _suggested(finding: Finding, say: Sentences) -> str:
    """Return the proposal in words: the value, or "header: value" for each of several cells."""
    if not finding.others:
        return say.value(finding.tab, finding.column, finding.suggestion)
    return "; ".join(
        f"{say.header(finding.tab, column)}: {say.value(finding.tab, column, value) or '–'}"
        for column, value in finding.proposed
    )
