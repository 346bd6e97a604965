"""Who came to a meeting is cooperation with their organisation: a row of cooperation for each."""

from __future__ import annotations

from collections.abc import Iterator

from register.book.change import Change
from register.book.ids import new_id, reference_id
from register.book.table import Book
from register.cooperation.events import current_id


def attendance_changes(book: Book) -> Iterator[Change]:
    """Yield a row of ``cooperation`` for each organisation that came to a meeting that was held.

    A person has ordered it by marking ``attended`` and "pidetty". The first of an organisation's
    people, in the order of ``invitations``, stands for it; ``source`` names the meeting, so that
    no second row comes of it.
    """
    meetings, people = book.table("meetings"), book.table("people")
    told = {
        (current_id(book, "organisations", row.get("org", "")), reference_id(row.get("source", "")))
        for _, row in book.table("cooperation").rows()
    }
    taken = book.taken()
    for _, row in book.table("invitations").rows():
        meeting = reference_id(row.get("meeting", ""))
        if row.get("attended") != "yes" or meetings.cell(meeting, "state") != "held":
            continue
        person = current_id(book, "people", row.get("person", ""))
        org = current_id(book, "organisations", people.cell(person, "org"))
        if not org or (org, meeting) in told:
            continue
        told.add((org, meeting))
        row_id = new_id("Y", (meeting, org), taken)
        taken.add(row_id)
        cells = {
            "id": row_id,
            "date": meetings.cell(meeting, "date"),
            "org": book.reference("organisations", org),
            "person": book.reference("people", person),
            "kind": "meeting",
            "matter": meetings.cell(meeting, "name"),
            "owner": people.cell(person, "owner"),
            "state": "done",
            "source": book.reference("meetings", meeting),
        }
        for column, value in cells.items():
            if value:
                yield Change("cooperation", row_id, column, "", value, "attended", kind="add")
