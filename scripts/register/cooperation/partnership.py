"""The yearly review of each partnership: its foundations, and how long it has been in its stage.

The checklist is the field's (Kumppanuuden käsikirjasto, maaseutupolitiikka.fi): a shared goal,
trust, reciprocity, concreteness, regular meetings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from register.book.ids import fingerprint, linked_row
from register.book.log import log_entries
from register.book.schema import schema
from register.book.table import Book
from register.cooperation.events import EXCHANGE, CooperationEvent, cooperation_events
from register.people.records import Organisation, Person
from register.values.date import day
from register.words.display import display_day
from register.words.sentences import Sentences

CHECKLIST = {
    "goal": "shared goal",
    "trust": "trust",
    "reciprocity": "reciprocity",
    "concreteness": "concreteness",
    "meetings": "regular meetings",
}
"""The foundations of a partnership (msgids)."""

_STAGES = ("exploring", "establishing", "active", "paused")
"""The stages that get a review: not those that are only listed or have ended."""

_YOUNG = timedelta(days=183)
"""How long a partnership is left alone after it was entered or reviewed."""

_YEAR = timedelta(days=365)

_How = Literal["log", "round", "first", "added", "unknown"]


@dataclass(frozen=True, slots=True)
class StageSince:
    """Since when an organisation is in its stage: an ISO day, and how it is known.

    - ``log``: ``log`` has the change.
    - ``round``: an earlier yearly review found it in the stage, so at least since then.
    - ``first``, ``added``: a person wrote the stage and nobody knows when; the day is that of the
      first event, or that on which the row was added.
    - ``unknown``: there is no day at all.
    """

    day: str
    how: _How


@dataclass(frozen=True, slots=True)
class YearlyReview:
    """An organisation's review of a year, with what the register knows for each item of CHECKLIST.

    ``id`` is the question's. ``topics`` is the organisation's cell, ``trusting`` the ids of people
    who trust us, ``exchanged`` the number of offers and needs, ``agreed`` and ``met`` the numbers
    of agreements and meetings within a year, ``last`` the ISO day of the latest meeting or '',
    ``owner`` our owner of the latest event.
    """

    id: str
    org: str
    stage: str
    since: StageSince
    topics: str
    trusting: tuple[str, ...]
    exchanged: int
    agreed: int
    met: int
    last: str
    owner: str


def yearly_reviews(book: Book, today: date) -> Iterator[YearlyReview]:
    """Yield the reviews that are due this year and have not been made."""
    told, now, held = _told(book), today.isoformat(), _held(book)
    changes = _changes(book)
    trusting: dict[str, list[str]] = {}
    for person in Person.live(book):
        if person.trust == "trusts_us" and not person.ended(today):
            home = Organisation.current_id(book, person.org)
            trusting.setdefault(home, []).append(person.id)
    recently = (today - _YOUNG).isoformat()
    a_year_ago = (today - _YEAR).isoformat()
    for row in Organisation.live(book):
        org, case = row.id, yearly_review_id(row.id, today.year)
        if row.stage not in _STAGES or org.startswith("#") or case in held:
            continue
        last_round = _looked_at(book, org, today.year - 1)
        if max(last_round, day(row.added_on)) > recently:
            continue
        mine = told.get(org, [])
        lately = [e for e in mine if a_year_ago < e.date <= now]
        met = [e.date for e in mine if e.kind == "meeting" and e.date and e.date <= now]
        yield YearlyReview(
            id=case,
            org=org,
            stage=row.stage,
            since=_since(book, org, changes.get(org, ()), mine),
            topics=row.topics,
            trusting=tuple(trusting.get(org, ())),
            exchanged=sum(e.kind in EXCHANGE for e in mine),
            agreed=sum(bool(e.agreed) for e in lately),
            met=sum(one > a_year_ago for one in met),
            last=max(met, default=""),
            owner=next((e.owner for e in reversed(mine) if e.owner), ""),
        )


def yearly_review_id(org: str, year: int) -> str:
    """Return the id of the question about an organisation's review of a year."""
    return fingerprint("partnership", org, str(year))


def stage_start_days(book: Book, orgs: Sequence[str]) -> dict[str, StageSince]:
    """Return since when each of these organisations is in its stage, except those without one."""
    told, changes = _told(book), _changes(book)
    return {
        org: _since(book, org, changes.get(org, ()), told.get(org, []))
        for org in orgs
        if Organisation.at(book, org).stage
    }


def _since(
    book: Book, org: str, changes: Sequence[tuple[str, str]], told: Sequence[CooperationEvent]
) -> StageSince:
    row = Organisation.all(book)[org]
    if changes and changes[-1][1] == row.stage:
        return StageSince(changes[-1][0], "log")
    if found := _found_there(book, org, row.stage):
        return StageSince(found, "round")
    if first := next((e.date for e in told if e.date), ""):
        return StageSince(first, "first")
    if added := day(row.added_on):
        return StageSince(added, "added")
    return StageSince("", "unknown")


def _changes(book: Book) -> Mapping[str, list[tuple[str, str]]]:
    """Return (ISO day, new stage) of the changes in ``log`` by organisation, the oldest first.

    A row that was added with a stage counts as a change, an undone change does not.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    staged_now = any(stage for _, stage in book.table("organisations").column("stage"))
    for entry in log_entries(book) if staged_now else ():
        for change in entry.changes:
            staged = (change.tab, change.column) == ("organisations", "stage")
            if staged and change.kind in ("add", "set") and not entry.undone:
                found.setdefault(change.row_id, []).append((entry.at[:10], change.after))
    return found


def _found_there(book: Book, org: str, stage: str) -> str:
    """Return the day of the earliest yearly review since which all found this stage, or ''."""
    labels = schema().enum("stage").labels.get(stage, {}).values()
    review = book.table("review")
    years = sorted(
        (row["done"][:10], row.get("left", ""))
        for row_id, row in review.rows()
        if row.get("kind") == "partnership"
        and row.get("done")
        and row.get("decision")
        and linked_row(row) == org
    )
    found = ""
    for done, left in reversed(years):
        if not any(left.endswith(f": {label}") for label in labels):
            break
        found = done
    return found


def _told(book: Book) -> dict[str, list[CooperationEvent]]:
    """Return the events of each organisation, the oldest first, except the yearly reviews."""
    rows = book.table("cooperation")
    told: dict[str, list[CooperationEvent]] = {}
    for event in cooperation_events(book):
        if not rows.cell(event.row_id, "source").startswith("R-"):
            told.setdefault(event.org, []).append(event)
    return told


def _held(book: Book) -> frozenset[str]:
    """Return the sources in ``cooperation``, among them the ids of the reviews that were made."""
    return frozenset(cell for _, cell in book.table("cooperation").column("source") if cell)


def _looked_at(book: Book, org: str, year: int) -> str:
    """Return the day on which a person answered a year's review, '' if nobody did."""
    review, case = book.table("review"), yearly_review_id(org, year)
    return review.cell(case, "done")[:10] if review.cell(case, "decision") else ""


def stage_sentence(since: StageSince, say: Sentences) -> str:
    """Return since when in words; only ``log`` knows the day, a person's edit leaves none."""
    told = display_day(date.fromisoformat(since.day)) if since.day else ""
    match since.how:
        case "log":
            return say("since {day}", day=told)
        case "round":
            return say("at least since {day}", day=told)
        case "first":
            return say("since when is not known; the first entry is of {day}", day=told)
        case "added":
            return say("since when is not known; in the register since {day}", day=told)
        case _:
            return say("since when is not known")
