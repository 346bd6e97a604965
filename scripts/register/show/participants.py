"""The list of a meeting's participants: a page to print with name tags, and a workbook.

Cells are mere data in both: escaped in the page, and always text in the workbook.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.letters.filters import short_day
from register.lists.participants import ANSWER_ORDER, Participant, Participants
from register.packing import workbook_bytes
from register.show.document import (
    Document,
    PageCell,
    PagePart,
    PageSection,
    PageSpan,
    PageTable,
    PageTile,
)
from register.show.document_forms import document_page
from register.words.display import display_text
from register.words.sentences import Sentences

_COLUMNS = (
    (("people", "last"), 20),
    (("people", "first"), 18),
    (("invitations", "org"), 36),
    (("people", "role"), 22),
    (("invitations", "rsvp"), 14),
    (("invitations", "attended"), 12),
    (("invitations", "notes"), 60),
)
_NOT_IN_TITLES = str.maketrans("", "", "[]:*?/\\'")
_LONGEST_TITLE = 31
"""The maximum length of a sheet's title in Excel."""

_LINE = 15
"""The height of a line of a cell in points."""

_TICKED = 5  # in this column people are ticked off at the door


def participant_rows(found: Participants, say: Sentences) -> list[tuple[str, ...]]:
    """Return the rows of the list under :func:`participant_headers`, as people read them."""
    return [
        (
            one.last,
            one.first,
            one.organisation,
            one.role,
            say.label("rsvp", one.answer) + (f" · {one.party}" if one.party > 1 else ""),
            say.label("attended", one.attended) if one.attended else "",
            " · ".join(filter(None, (_stands_for(one, say), one.needs, one.question, one.notes))),
        )
        for one in found.people
    ]


def _stands_for(one: Participant, say: Sentences) -> str:
    return say("In place of {person}", person=one.stands_for) if one.stands_for else ""


def participant_headers(say: Sentences) -> Sequence[str]:
    """Return the headers of the list."""
    return [say.header(*key) for key, _ in _COLUMNS]


def participants_page(found: Participants, say: Sentences) -> str:
    """Return the list and the name tags as one self-contained page."""
    tiles = tuple(
        PageTile(heads, say.label("rsvp", answer))
        for answer in ANSWER_ORDER
        if (heads := found.heads(answer))
    )
    tick = PageCell((PageSpan("", "tick"),))
    rows = tuple(
        (*row[:_TICKED], row[_TICKED] or tick, *row[_TICKED + 1 :])
        for row in participant_rows(found, say)
    )
    table = PageTable(tuple(participant_headers(say)), rows, look="list stacking present")
    tags = tuple(PagePart(one.name, one.organisation) for one in found.tags)
    needs = tuple(f"{text} × {count}" if count > 1 else text for text, count in found.kitchen)
    kitchen = PageSection(
        "kitchen", say.header("invitations", "needs"), "", (PagePart(lines=needs),)
    )
    title = say.header("meetings", "programme")
    programme = PageSection("programme", title, "", (PagePart(lines=tuple(found.programme)),))
    asked = (_poll_section(found, say),) if found.polled else ()
    listed = (
        PageSection("list", "", "", (PagePart(table=table),)),
        *((kitchen,) if needs else ()),
        *asked,
        PageSection("tags", "", "", tags, "tags"),
    )
    nobody = PageSection("nobody", "", say("Nobody has said yet that they come."), ())
    day, start = (say.value("meetings", key, getattr(found, key)) for key in ("date", "start"))
    document = Document(
        found.name,
        f"{day} {start} · {found.place}".lstrip(),
        (
            *((programme,) if found.programme else ()),
            *(listed if rows else (*asked, nobody)),
        ),
        above=say("Participants"),
        tiles=(tiles,) if tiles else (),
        foot=say("This list holds personal data: destroy it after the meeting."),
    )
    return document_page(document, say)


def _poll_section(found: Participants, say: Sentences) -> PageSection:
    """Return the section with the table of the poll on days: people by days."""
    table = PageTable(*_poll_rows(found, say))
    return PageSection("poll", say("Which day suits?"), "", (PagePart(table=table),))


def _poll_rows(
    found: Participants, say: Sentences
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the headers and the rows of the poll's table, as people read them."""
    said = {True: say.label("yes_no", "yes"), False: say.label("yes_no", "no"), None: ""}
    person, org = (say.header("invitations", key) for key in ("person", "org"))
    return (
        (person, org, *poll_headers(found.days, say)),
        tuple((name, home, *(said[one] for one in days)) for name, home, days in found.polled),
    )


def poll_headers(days: Iterable[tuple[date, int]], say: Sentences) -> list[str]:
    """Return the header of each day's column: the day, and the number of people whom it suits."""
    return [f"{short_day(day, language=say.language)} · {count}" for day, count in days]


def participants_workbook(found: Participants, say: Sentences) -> bytes:
    """Return the list as a workbook of text cells; the poll on days is its second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101, a new workbook has a sheet
    sheet.title = say("Participants")
    rows = [tuple(participant_headers(say)), *participant_rows(found, say)]
    _fill(sheet, rows, [width for _, width in _COLUMNS])
    if found.polled:
        title = display_text(say("Which day suits?")).translate(_NOT_IN_TITLES)[:_LONGEST_TITLE]
        headers, said = _poll_rows(found, say)
        _fill(book.create_sheet(title), [headers, *said], [28, 36, *([14] * len(found.days))])
    return workbook_bytes(book)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Write rows of text under a bold header, as wide as a page, with lines to tick.

    The header is repeated on each page.
    """
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, display_text(value))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
        lines = max(-(-len(value) // width) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = _LINE * max(lines, 1)  # LibreOffice finds none itself
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True
    sheet.print_title_rows = "1:1"
