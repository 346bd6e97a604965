"""Differences between open registers and ours, as questions that stay until they are settled.

A cleanup cannot see the open registers, so a question stays until a person answers it, or the row
holds the proposed value.
"""

from collections.abc import Iterator

from register.book.change import Change
from register.book.ids import fingerprint, linked_row
from register.book.schema import schema
from register.book.table import Book
from register.people.records import NOT_LIVE
from register.review.question import (
    Question,
    asked_rows,
    choices_for_proposal,
    kept_cells,
    open_rows,
    question_cells,
)
from register.values import date
from register.words.sentences import Sentences

_KIND = "source"
"""The kind of these rows of ``review``."""

_ASKED = {
    "organisations": ("name", "business_id", "municipality", "postcode", "email", "phone", "url"),
    "people": ("party", "end"),
}
"""The columns that may be asked about."""


def value_question(
    book: Book, place: tuple[str, str, str], value: str, message: str, say: Sentences
) -> Iterator[Change]:
    """Yield the row of ``review`` that asks whether a value belongs into a cell, if it is new.

    ``place`` is tab, row id and column. A column outside :data:`_ASKED`, such as "ended", makes the
    question one about the whole row, and accepting it writes nothing. ``message`` is in the book's
    language.
    """
    tab, row_id, column = place
    asked = column in _ASKED[tab]
    shown = say.value(tab, column, value) if asked else ""
    name = " ".join(filter(None, (book.table(tab).cell(row_id, k) for k in schema().tab(tab).name)))
    before = book.table(tab).cell(row_id, column) if asked else name
    cells = question_cells(
        *(book, say, (tab, row_id), _KIND, message),
        severity="info" if asked else "warning",
        left=say.value(tab, column, before) if asked else before,
        right=shown,
        suggestion=shown,
    )
    yield from asked_rows(book, _case(row_id, column, value), cells, _KIND)


def register_questions(book: Book) -> list[Question]:
    """Return the unsettled questions that open registers have raised.

    A question is settled if the cell holds the proposal, or the row is merged, archived or gone.
    """
    questions = []
    for case_id, row in open_rows(book, _KIND):
        row_id = linked_row(row)
        tab = schema().tab_of_id(row_id)
        if tab is None or tab.key not in _ASKED:
            continue
        table = book.table(tab.key)
        if row_id not in table or table.cell(row_id, "status") in NOT_LIVE:
            continue
        proposed = row.get("right") or row.get("suggestion", "")
        column, value = _proposed(case_id, row_id, tab.key, proposed)
        before = table.cell(row_id, column) if column else ""
        if column and before == value and not row.get("decision"):
            continue
        wanted = Change(tab.key, row_id, column, before, value, _KIND)
        changes = (wanted,) if column and before != value else ()
        status = table.cell(row_id, "status")
        choices = dict(choices_for_proposal(changes)) | {"accept": changes}
        if not column:
            retired = Change(tab.key, row_id, "status", status, "archived", _KIND)
            choices["archive"] = (retired,)
        cells = kept_cells({**row, "suggestion": row.get("right", "")})
        fields = ((tab.key, row_id, column),) if column else ()
        questions.append(Question(case_id, ((tab.key, row_id),), cells, choices, fields))
    return questions


def _proposed(case_id: str, row_id: str, tab: str, shown: str) -> tuple[str, str]:
    """Return the column and the value that a question is about, ('', '') if it has none."""
    for value in filter(None, dict.fromkeys((shown, date.read(shown).value))):
        for column in _ASKED[tab]:
            if case_id == _case(row_id, column, value):
                return column, value
    return "", ""


def _case(row_id: str, column: str, value: str) -> str:
    return fingerprint(_KIND, row_id, column, value)
