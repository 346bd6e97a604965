"""``regions.py pioneer``: the starter kit of a municipality that has no network yet.

"If there is no network in your area yet, be the pioneer: make a list of the area's organisations
and invite them to a joint meeting." The kit is that list and a draft of the meeting in
``meetings``. The list holds organisations of the register, of ``inbox`` and of the open registers;
a person sets the day and the place of the meeting.
"""

from collections.abc import Mapping
from datetime import datetime

from register.book.change import added_row
from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.plan import Plan
from register.book.table import Book
from register.imports.registers import known_organisations, waiting_organisations
from register.intake.registered import RegisterAnswer
from register.lists.directory import Directory, ListedOrganisation
from register.lists.listing import LOOK_UP, Listing, ListingColumn, ListingGroup, columns_of
from register.lists.selection import Selection
from register.people.meetings import AHEAD, Meeting
from register.values import business_id, organisation_name, places
from register.values.area_forms import area_in_case
from register.values.areas import Areas, home_code
from register.values.association_no import look_up_link
from register.values.organisation_kinds import topics_as_written
from register.words.display import finnish_sort_key
from register.words.sentences import Sentences

_REASON = "pioneer"
_COLUMNS = (
    *columns_of("organisations", "id", "name", "municipality", "type", "topics", "email"),
    ListingColumn("contact", "invitations", "person"),
    ListingColumn("source", "organisations", "source"),
    ListingColumn(LOOK_UP, "", "The Register of Associations"),
)
_CONTACTS = 3
_BY_LAHELLA = "Associations that PTV (Lähellä.fi) has and we have not"
_TRADING = "Associations that trade, which PRH has and we have not"
_PUBLIC = "Public bodies that PTV has and we have not"
_NONE_MORE = "We have them all."
_NO_MORE_TRADE = (
    "No others trade. PRH's open data is the Trade Register: it says nothing of the associations "
    "that are not in it."
)
_NONE_WAITING = "Nothing waits there from this municipality."


def starter_kit(
    book: Book,
    lists: Directory,
    chosen: Selection,
    answers: Mapping[str, RegisterAnswer] | None = None,
) -> Listing:
    """Return the organisations of one municipality, in groups.

    The groups are those at home there, active there, and waiting in ``inbox``. ``answers`` are
    those of the open registers, by name; they add groups of organisations that our register lacks.
    Raises UsageError unless exactly one municipality is chosen.
    """
    code = only_municipality(chosen)
    spots = [spot for region in lists.regions for spot in region.localities if spot.code == code]
    home = [one for spot in spots for one in spot.home]
    active = [one for spot in spots for one in spot.active]
    groups = [
        ListingGroup("home", "At home here", _lines(book, home), "Nobody yet."),
        ListingGroup("active", "Active here from elsewhere", _lines(book, active), "Nobody yet."),
        ListingGroup("waiting", "Waiting in {tab:inbox}", _waiting(book, code), _NONE_WAITING),
    ]
    answers, told = answers or {}, set[str]()
    if found := answers.get("PTV"):
        lines = _missing(book, found, told, public=False)
        groups.append(ListingGroup("associations", _BY_LAHELLA, lines, _NONE_MORE))
    if trading := answers.get("PRH"):
        lines = _missing(book, trading, told, public=False)
        groups.append(ListingGroup("prh", _TRADING, lines, _NO_MORE_TRADE))
    if found:
        lines = _missing(book, found, told, public=True)
        groups.append(ListingGroup("ptv", _PUBLIC, lines, _NONE_MORE))
    return Listing(_COLUMNS, tuple(groups))


def plan_first_meeting(book: Book, chosen: Selection, now: datetime, say: Sentences) -> Outcome:
    """Return the plan that adds a draft of the first joint meeting, unless one is being prepared.

    Day, time and place stay blank for a person to fill. No letter goes before the meeting is
    released. ``say`` speaks the book's language.
    """
    code = only_municipality(chosen)
    place = places.municipality(code).name(book.language)
    areas = Areas(book)
    for row in Meeting.all(book).values():
        open_ = row.state in AHEAD
        here = areas.codes(row.area)[0] == {code}
        if open_ and here and row.kind == "network_meeting":
            note = ("{meeting} is being prepared already.", {"meeting": row.name or row.id})
            return Outcome("pioneer", book, run=run_id(now), notes=(note,))
    of = area_in_case(place, "of" if book.language == "fi" else "in", book.language)
    cells = {
        "id": new_id("T", ("pioneer", code, now.date().isoformat()), book.taken()),
        "name": say("First joint meeting of the organisations {place}", place=of),
        "kind": "network_meeting",
        "area": place,
        "state": "draft",
    }
    plan = Plan.of(added_row("meetings", cells, _REASON))
    return Outcome("pioneer", book, run=run_id(now), plan=plan)


def only_municipality(chosen: Selection) -> str:
    """Return the code of the only chosen municipality; raises UsageError for none or several."""
    if chosen.codes is None or len(chosen.codes) != 1:
        raise UsageError(
            "A pioneer starts in one municipality.", remedy="Give its name, as in: Espoo"
        )
    (code,) = chosen.codes
    return code


def _lines(book: Book, some: list[ListedOrganisation]) -> tuple[tuple[str, ...], ...]:
    numbers = book.table("organisations")
    return tuple(
        (
            *(one.id, one.name, one.town, one.type, one.topics, one.email),
            _some([who.name or who.role for who in one.contacts]),
            "",
            _look_up(one.type, numbers.cell(one.id, "business_id") if one.id else "", book),
        )
        for one in some
    )


def _look_up(kind: str, number: str, book: Book) -> str:
    """Return the link to look an association up by hand, '' for other types of organisation."""
    if kind != "association":
        return ""
    return look_up_link(business_id.read(number).value, book.language)


def _some(names: list[str]) -> str:
    """Return the first names and the number of the others; a council would be a long list."""
    more = f" (+{len(names) - _CONTACTS})" if len(names) > _CONTACTS else ""
    return ", ".join(names[:_CONTACTS]) + more


def _missing(
    book: Book, answer: RegisterAnswer, told: set[str], *, public: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the organisations of an open register that ours, ``inbox`` and ``told`` lack.

    Their Y-tunnus are added to ``told``, so that no later group repeats them.
    """
    known, waiting = known_organisations(book), waiting_organisations(book)
    listed = [cell for _, cell in book.table("choices").column("topics") if cell]
    found = []
    for one in answer.found:
        if one.ended or one.business_id in told or one.is_public != public:
            continue
        if known.row_of(one) or waiting.row_of(one):
            continue
        told |= {one.business_id} - {""}
        place = places.municipality(one.municipality).name(book.language)
        topics = ", ".join(topics_as_written(one.topics, listed))
        found.append(
            (
                *(one.business_id, one.name, place if one.municipality else ""),
                *(one.type, topics, one.email, "", answer.source),
                _look_up(one.type or organisation_name.legal_form(one.name), one.business_id, book),
            )
        )
    return tuple(sorted(found, key=lambda line: finnish_sort_key(line[1])))


def _waiting(book: Book, code: str) -> tuple[tuple[str, ...], ...]:
    """Return the organisations of this municipality in ``inbox`` that the register lacks."""
    names = (cell for _, cell in book.table("organisations").column("name"))
    known = {organisation_name.organisation_key(name) for name in names if name}
    found: dict[str, tuple[str, ...]] = {}
    for row_id, row in book.table("inbox").rows():
        name = row.get("org", "")
        if not name or row.get("result") or home_code(row.get("municipality", "")) != code:
            continue
        key = organisation_name.organisation_key(name) or fold_header(name)
        if key not in known:
            cells = (row_id, name, row.get("municipality", ""), "", "", row.get("email", ""))
            kind = row.get("type") or organisation_name.legal_form(name)
            link = _look_up(kind, row.get("business_id", ""), book)
            found.setdefault(key, (*cells, row.get("name", ""), row.get("source", ""), link))
    return tuple(sorted(found.values(), key=lambda line: finnish_sort_key(line[1])))
