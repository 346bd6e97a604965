"""What waits for each of us: the next steps of open matters, those that are late first."""

from datetime import date, timedelta

from register.book.table import Book
from register.cooperation.events import EXCHANGE, CooperationEvent, cooperation_events

SOON = timedelta(days=14)
"""A step whose day is nearer than this waits already."""


def next_steps(
    book: Book, today: date, ahead: timedelta | None = None
) -> dict[str, list[CooperationEvent]]:
    """Return the steps that wait, by owner ('' for nobody), the most urgent first.

    A step waits from ``ahead`` before its day, or at once where it has none; None takes them all.
    """
    until = (today + ahead).isoformat() if ahead is not None else "9999"
    found: dict[str, list[CooperationEvent]] = {}
    for event in cooperation_events(book):
        if event.is_open and event.kind not in EXCHANGE and event.due <= until:
            found.setdefault(event.owner, []).append(event)
    for steps in found.values():
        steps.sort(key=lambda event: (event.due or "9999", event.date, event.row_id))
    return dict(sorted(found.items()))
