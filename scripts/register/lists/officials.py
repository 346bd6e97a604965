"""The decision-makers of an area: officials and elected people, and who of us knows them.

The party is shown only of elected people (special categories of data, GDPR art. 9).
"""

from datetime import date

from register.book.schema import Language
from register.book.table import Book
from register.lists.acquaintance import FAMILIAR, matters_by_person, unknown_decision_makers
from register.lists.coverage import present_decision_makers
from register.lists.listing import Listing, ListingColumn, ListingGroup, columns_of
from register.lists.selection import Selection
from register.values import places
from register.words.display import finnish_sort_key

_COLUMNS = (
    *columns_of("people", "id", "municipality"),
    ListingColumn("name", "invitations", "person"),
    *columns_of("people", "role", "body", "party", "trust", "owner", "met_at"),
    ListingColumn("last", "", "Last contact"),
    ListingColumn("matters", "", "Matters"),
)
_ORDER = {trust: order for order, trust in enumerate(FAMILIAR)}
_MATTERS = 3
"""The number of latest matters that are shown."""


def official_listing(book: Book, chosen: Selection, today: date, language: Language) -> Listing:
    """Return the decision-makers by municipality, those who trust us first.

    Those who are merely in the register, such as an imported council, are a separate group: a
    person is known if trust, owner, place of meeting or a matter is recorded. With an area, the
    last group names its municipalities where we know nobody; without one, this group is left out.
    """
    matters = matters_by_person(book, today)
    people = present_decision_makers(book, today)
    unknown = unknown_decision_makers(people, book, today)
    rows: list[tuple[tuple[object, ...], tuple[str, ...]]] = []
    for row_id, person in people.iterrows():
        code = str(person["at"])
        if chosen.codes is not None and code not in chosen.codes:
            continue
        place = places.municipality(code).name(language) if code else ""
        name = " ".join(filter(None, (person["first"], person["last"])))
        party = person["party"] if person["group"] == "elected" else ""
        known = matters.get(str(row_id), [])
        told = ", ".join(dict.fromkeys(matter for _, matter in known[:_MATTERS] if matter))
        cells = (person["role"], person["body"], party, person["trust"], person["owner"])
        last = known[0][0] if known else ""
        line = (str(row_id), place, name, *cells, person["met_at"], last, told)
        order = (
            finnish_sort_key(place),
            _ORDER.get(person["trust"], len(_ORDER)),
            finnish_sort_key(name),
        )
        rows.append((order, line))
    lines = [line for _, line in sorted(rows)]
    found = tuple(line for line in lines if line[0] not in unknown)
    others = tuple(line for line in lines if line[0] in unknown)
    groups = [ListingGroup("known", "We know", found, "Nobody is known here.")]
    if others:
        groups.append(
            ListingGroup("strangers", "In office, and nobody of us knows them yet", others, "")
        )
    if chosen.codes is not None:
        met = {line[1] for line in found}
        names = (places.municipality(code).name(language) for code in chosen.codes)
        blank = ("",) * (len(_COLUMNS) - 2)
        nobody = tuple(
            ("", name, *blank) for name in sorted(set(names) - met, key=finnish_sort_key)
        )
        none = "Somebody is known everywhere here."
        groups.append(ListingGroup("nobody", "Nobody is known in", nobody, none))
    return Listing(_COLUMNS, tuple(groups))
