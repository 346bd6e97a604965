"""Attendance as cooperation: a row of ``cooperation`` for each organisation at a meeting."""

from collections.abc import Iterator

from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.table import Book
from register.cooperation.events import event_sources, rows_by_source
from register.people.meetings import Invitation, Meeting
from register.people.records import Organisation, Person


def attendance_changes(book: Book) -> Iterator[Change]:
    """Yield a row of ``cooperation`` for each organisation that came to a meeting that was held.

    A person orders it by marking ``attended`` and "pidetty". The row names the first of the
    organisation's people in the order of ``invitations``. ``source`` names the meeting, so that no
    second row is made, not even if somebody has undone the first.
    """
    told = event_sources(book)
    taken = book.taken()
    for row in Invitation.all(book).values():
        meeting = Meeting.at(book, row.meeting_id)
        if row.attended != "yes" or meeting.state != "held":
            continue
        person = Person.at(book, Person.current_id(book, row.person))
        org = Organisation.current_id(book, person.org)
        if not org or (org, meeting.id) in told:
            continue
        told.add((org, meeting.id))
        once = book.once(rows_by_source).get(meeting.id, set())
        row_id = new_id("Y", (meeting.id, org), taken - once)
        if row_id in taken:
            continue
        taken.add(row_id)
        cells = {
            "id": row_id,
            "date": meeting.date,
            "org": book.reference("organisations", org),
            "person": "" if row.substitute else book.reference("people", person.id),
            "kind": "meeting",
            "matter": meeting.name,
            "owner": person.owner,
            "state": "done",
            "source": book.reference("meetings", meeting.id),
        }
        yield from added_row("cooperation", cells, "attended")
