"""Others' events that are coming: trainings, events and seminars, who of us goes, whom we meet.

Rows of Tapaamiset that are no network meeting. Who goes of us is Meiltä mukana; the partners are
the people whose Kutsut row says that they come, and the host.
"""

from __future__ import annotations

from datetime import date

from register.book.ids import reference_id
from register.book.table import Book
from register.fields.date import day
from register.letters.reach import Areas
from register.lists.listing import Column, Group, Listing
from register.lists.selection import Selection

OTHERS = frozenset(("training", "event", "seminar"))
COLUMNS = (
    Column("id", "meetings", "id"),
    Column("date", "meetings", "date"),
    Column("start", "meetings", "start"),
    Column("name", "meetings", "name"),
    Column("kind", "meetings", "kind"),
    Column("place", "meetings", "place"),
    Column("area", "meetings", "area"),
    Column("attending", "meetings", "attending"),
    Column("partners", "", "Partners there"),
)


def events(book: Book, chosen: Selection, today: date) -> Listing:
    """Return others' events from today on, the next first; those with nobody of us apart."""
    areas, partners = Areas(book), _partners(book)
    going: list[tuple[str, ...]] = []
    open_: list[tuple[str, ...]] = []
    rows = [
        (day(row.get("date", "")), row_id, row) for row_id, row in book.table("meetings").rows()
    ]
    for when, row_id, row in sorted(
        rows, key=lambda one: (one[0], one[2].get("start", ""), one[1])
    ):
        if row.get("kind") not in OTHERS or row.get("state") == "cancelled":
            continue
        if when < today.isoformat():
            continue
        codes, _ = areas.codes(row.get("area", ""))
        if chosen.codes is not None and not codes & chosen.codes:
            continue
        keys = ("name", "kind", "place", "area", "attending")
        host = [_plain(row["host"])] if row.get("host") else []
        met = [*partners.get(row_id, ()), *host]
        cells = tuple(row.get(key, "") for key in keys)
        line = (row_id, when, row.get("start", ""), *cells, ", ".join(dict.fromkeys(met)))
        (going if row.get("attending") else open_).append(line)
    return Listing(
        COLUMNS,
        (
            Group("going", "Somebody of us goes", tuple(going), "Nobody of us goes anywhere yet."),
            Group("open", "Nobody of us goes yet", tuple(open_), "Nothing else is coming."),
        ),
    )


def _partners(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, row in book.table("invitations").rows():
        if row.get("rsvp") == "coming" and (meeting := reference_id(row.get("meeting", ""))):
            name = _plain(row.get("person", ""))
            org = _plain(row.get("org", ""))
            found.setdefault(meeting, []).append(f"{name} ({org})" if org else name)
    return found


def _plain(cell: str) -> str:
    return cell.partition(" · ")[0]
