"""Others' events that are coming: trainings, events and seminars, who of us goes, whom we meet.

Rows of ``meetings`` that are no network meeting. Who goes of us is Meiltä mukana; the partners are
the people whose Kutsut row says that they come, and the host.
"""

from __future__ import annotations

from datetime import date

from register.book.ids import reference_id
from register.book.table import Book
from register.lists.listing import Listing, ListingColumn, ListingGroup
from register.lists.selection import Selection
from register.values.areas import Areas
from register.values.date import day

_OTHERS = frozenset(("training", "event", "seminar"))
_COLUMNS = (
    ListingColumn("id", "meetings", "id"),
    ListingColumn("date", "meetings", "date"),
    ListingColumn("start", "meetings", "start"),
    ListingColumn("name", "meetings", "name"),
    ListingColumn("kind", "meetings", "kind"),
    ListingColumn("place", "meetings", "place"),
    ListingColumn("area", "meetings", "area"),
    ListingColumn("attending", "meetings", "attending"),
    ListingColumn("partners", "", "Partners there"),
)


def upcoming_events(book: Book, chosen: Selection, today: date) -> Listing:
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
        if row.get("kind") not in _OTHERS or row.get("state") == "cancelled":
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
        _COLUMNS,
        (
            ListingGroup(
                "going", "Somebody of us goes", tuple(going), "Nobody of us goes anywhere yet."
            ),
            ListingGroup("open", "Nobody of us goes yet", tuple(open_), "Nothing else is coming."),
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
