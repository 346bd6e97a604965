"""Organisations by their last sign of life, the oldest first.

An organisation without a sign has not necessarily ended: it should be asked.
"""

from collections.abc import Mapping
from datetime import date

from register.book.table import Book
from register.lists.directory import Directory
from register.lists.listing import LOOK_UP, Listing, ListingColumn, ListingGroup, columns_of
from register.lists.signs import SignKind, last_signs
from register.people.records import Organisation
from register.values import business_id
from register.values.association_no import look_up_link
from register.words.display import finnish_sort_key
from register.words.sentences import Sentences

_SENTENCES: Mapping[SignKind, str] = {
    "came": "came: {what}",
    "answered": "answered: {what}",
    "done": "{what}",
    "confirmed": "confirmed",
    "told": "{what}",
}
_SILENT_YEARS = 2
_COLUMNS = (
    *columns_of("organisations", "id", "name", "municipality", "type"),
    ListingColumn("last", "organisations", "sign"),
    ListingColumn("what", "", "What it was"),
    *columns_of("organisations", "email", "phone"),
    ListingColumn(LOOK_UP, "", "The Register of Associations"),
)
_SILENT = "No sign of life for two years: ask them whether they still exist"
_ALIVE = "Signs of life"


def organisations_by_sign(book: Book, lists: Directory, today: date, say: Sentences) -> Listing:
    """Return a directory's organisations in two groups, silent and alive, the oldest sign first."""
    signs, rows = last_signs(book, today), Organisation.all(book)
    since = f"{today.year - _SILENT_YEARS}{today.isoformat()[4:]}"
    silent: list[tuple[str, ...]] = []
    alive: list[tuple[str, ...]] = []
    ordered = sorted(
        lists.organisations,
        key=lambda one: (
            signs[one.id].day if one.id in signs else "",
            finnish_sort_key(one.name),
        ),
    )
    for one in ordered:
        sign = signs.get(one.id)
        number = business_id.read(rows[one.id].business_id).value if one.id in rows else ""
        line = (
            *(one.id, one.name, one.town, one.type, sign.day if sign else ""),
            say(_SENTENCES[sign.kind], what=sign.what) if sign else "",
            *(one.email, one.phone),
            look_up_link(number, say.language) if one.type == "association" else "",
        )
        (alive if sign and sign.day >= since[: len(sign.day)] else silent).append(line)
    return Listing(
        _COLUMNS,
        (
            ListingGroup("silent", _SILENT, tuple(silent), "Nobody."),
            ListingGroup("alive", _ALIVE, tuple(alive), "Nobody yet."),
        ),
    )
