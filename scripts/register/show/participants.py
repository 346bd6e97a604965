"""The list of a meeting's participants: a page to print with name tags, and a workbook.

A cell is data in both: escaped in the page, forced to be text in the workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from register.lists.participants import ANSWER_ORDER, Participants
from register.show.pages import page_environment
from register.words.display import display_text
from register.words.sentences import Sentences

_COLUMNS = (
    (("people", "last"), 20),
    (("people", "first"), 18),
    (("invitations", "org"), 36),
    (("people", "role"), 22),
    (("invitations", "rsvp"), 14),
    (("invitations", "attended"), 12),
    (("invitations", "notes"), 40),
)
_TICKED = 5  # who is seen at the door is ticked in this column


def participant_rows(found: Participants, say: Sentences) -> list[tuple[str, ...]]:
    """Return the list's rows under :func:`headers`, as people read them."""
    return [
        (
            one.last,
            one.first,
            one.organisation,
            one.role,
            say.label("rsvp", one.answer),
            say.label("yes_no", one.attended) if one.attended else "",
            one.notes,
        )
        for one in found.people
    ]


def participant_headers(say: Sentences) -> Sequence[str]:
    """Return the headers of the list's columns."""
    return [say.header(*key) for key, _ in _COLUMNS]


def participants_page(found: Participants, say: Sentences) -> str:
    """Return the list and the name tags as one page that needs no other file."""
    template = page_environment(say.language).get_template("participants.html.j2")
    return template.render(
        found=found,
        day=say.value("meetings", "date", found.date),
        headers=participant_headers(say),
        lines=participant_rows(found, say),
        tally=_tally(found, say),
        programme=say.header("meetings", "programme"),
        ticked=_TICKED,
    )


def _tally(found: Participants, say: Sentences) -> list[tuple[str, int]]:
    """Return how many gave each answer that somebody gave, in the list's order."""
    counted = Counter(one.answer for one in found.people)
    return [
        (say.label("rsvp", answer), counted[answer]) for answer in ANSWER_ORDER if counted[answer]
    ]


def participants_workbook(found: Participants, say: Sentences) -> bytes:
    """Return the list as a workbook: text cells only."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101, a new workbook has a sheet
    rows = [tuple(participant_headers(say)), *participant_rows(found, say)]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, display_text(value))
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for (_, width), letter in zip(_COLUMNS, "ABCDEFG", strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
