"""Coming events of others (trainings, events, seminars): who of us goes, and whom we meet there.

These are the rows of ``meetings`` that are not network meetings. Our people are in Meiltä mukana.
Partners are the host and the people whose Kutsut row says that they are coming.
"""

from datetime import date

from register.book.table import Book
from register.lists.listing import Listing, ListingColumn, ListingGroup, columns_of
from register.lists.selection import Selection
from register.people.meetings import Invitation, Meeting
from register.values.areas import Areas
from register.values.date import day

_OTHERS = frozenset(("training", "event", "seminar"))
_COLUMNS = (
    *columns_of("meetings", "id", "date", "start", "name", "kind", "place", "area", "attending"),
    ListingColumn("partners", "", "Partners there"),
)


def upcoming_events(book: Book, chosen: Selection, today: date) -> Listing:
    """Return others' events from today on in two groups: one of us goes, or nobody; next first."""
    areas, partners = Areas(book), _partners(book)
    going: list[tuple[str, ...]] = []
    open_: list[tuple[str, ...]] = []
    meetings = Meeting.all(book).values()
    for row in sorted(meetings, key=lambda one: (day(one.date), one.start, one.id)):
        when = day(row.date)
        if row.kind not in _OTHERS or row.state == "cancelled" or when < today.isoformat():
            continue
        codes, _ = areas.codes(row.area)
        if chosen.codes is not None and not codes & chosen.codes:
            continue
        met = [*partners.get(row.id, ()), *([_plain(row.host)] if row.host else [])]
        cells = (row.name, row.kind, row.place, row.area, row.attending)
        line = (row.id, when, row.start, *cells, ", ".join(dict.fromkeys(met)))
        (going if row.attending else open_).append(line)
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
    for row in Invitation.all(book).values():
        if row.rsvp == "coming" and row.meeting_id:
            name, org = _plain(row.person), _plain(row.org)
            found.setdefault(row.meeting_id, []).append(f"{name} ({org})" if org else name)
    return found


def _plain(cell: str) -> str:
    return cell.partition(" · ")[0]
