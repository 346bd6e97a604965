"""The tab ``requests``: what people ask for in the sheet, and the answers that they get there.

A request is carried out once: its state goes from *asked* (or blank) to *being done*, and then to
*done*, or to *not done* with the reason. A request that an interrupted run left as being done is
carried out again, which is harmless: every request gives the same when it is done twice (the ledger
sends a letter once).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from register.book.cells import iso_minute
from register.book.change import Change
from register.book.ids import new_id
from register.book.plan import Plan
from register.book.table import Book
from register.people.records import Record
from register.replies.mail_requests import WAITING_REQUESTS

_REASON = "request"
_BESIDE = ("area", "topic", "place", "by")
_ASKED = ("what", "about", *_BESIDE)

LEASE_ID = new_id("P", ("lease",), ())
"""The id of the row of the lease, the same in every register."""

MOST_REQUESTS = 20
"""The maximum number of requests that one run carries out; the next run continues."""


@dataclass(frozen=True, slots=True)
class Request(Record):
    """A row of ``requests``."""

    tab: ClassVar[str] = "requests"
    what: str
    area: str
    topic: str
    about: str
    place: str
    by: str
    state: str
    answer: str


def waiting_requests(book: Book) -> Iterator[Request]:
    """Yield the unanswered requests in the tab's order; none if the tab lacks columns."""
    table = book.tables.get("requests")
    if table is None or not all(table.has(key) for key in ("what", "state", "answer")):
        return
    for one in Request.all(book).values():
        if one.what and one.state in WAITING_REQUESTS and one.id != LEASE_ID:
            yield one


def typed_request(book: Book) -> dict[str, str]:
    """Return the request that somebody typed into the row of the lease, by column; {} if none.

    It is not carried out there, but moved to a row of its own before the lease is written again.
    """
    table = book.tables.get("requests")
    if table is None or LEASE_ID not in table:
        return {}
    said = {key: table.cell(LEASE_ID, key) for key in _ASKED}
    if said["what"] in ("", "run") and not any(said[key] for key in _BESIDE):
        return {}
    return said | {"what": "" if said["what"] == "run" else said["what"]}


def unclear_requests(book: Book) -> Iterator[Request]:
    """Yield the rows with details, but without what is to be done."""
    table = book.tables.get("requests")
    if table is None or not all(table.has(key) for key in ("what", "state", "answer")):
        return
    for one in Request.all(book).values():
        if not (one.what or one.state) and any((one.area, one.topic, one.about, one.place)):
            yield one


def failed_requests(book: Book) -> Iterator[Request]:
    """Yield the requests that could not be carried out."""
    for one in Request.all(book).values() if "requests" in book.tables else ():
        if one.what and one.state == "failed":
            yield one


def ask_what(book: Book, sentence: str) -> Plan:
    """Return the plan that writes ``sentence`` into each unclear row; its state stays blank."""
    plans = [_plan(book, one.id, {"answer": sentence}) for one in unclear_requests(book)]
    changes = [change for plan in plans for change in plan.changes]
    return Plan.of(changes, book.witnesses(changes))


def claim_requests(book: Book, waiting: Iterable[Request], now: datetime) -> dict[str, Plan]:
    """Return by row id the plans that mark requests as being done; a row without an id gets one."""
    plans: dict[str, Plan] = {}
    taken = book.taken()
    for one in waiting:
        row_id = one.id
        wanted = {"state": "doing", "at": iso_minute(now.replace(microsecond=0))}
        if row_id.startswith("#"):
            cells = book.table("requests").row(row_id).values()
            row_id = wanted["id"] = new_id("P", ("requests", *cells), taken)
            taken.add(row_id)
        plans[row_id] = _plan(book, one.id, wanted)
    return plans


def answer_request(
    book: Book, row_id: str, state: str, sentence: str, link: str, now: datetime
) -> Plan:
    """Return the plan that writes the answer to a request into its row."""
    at = iso_minute(now.replace(microsecond=0))
    wanted = {"state": state, "answer": sentence, "link": link, "at": at}
    return _plan(book, row_id, wanted)


def _plan(book: Book, row_id: str, wanted: Mapping[str, str]) -> Plan:
    table = book.table("requests")
    changes = [
        Change("requests", row_id, key, before, value, _REASON, group=f"request {row_id}")
        for key, value in wanted.items()
        if table.has(key) and (before := table.cell(row_id, key)) != value
    ]
    return Plan.of(changes, book.witnesses(changes))
