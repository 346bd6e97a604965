"""The next steps of open matters, by owner, the overdue ones first."""

from datetime import date, timedelta

from register.book.table import Book
from register.cooperation.events import EXCHANGE, CooperationEvent, cooperation_events

SOON = timedelta(days=14)
"""How long before its day a step is shown as waiting."""


def next_steps(
    book: Book, today: date, ahead: timedelta | None = None
) -> dict[str, list[CooperationEvent]]:
    """Return the waiting steps by owner ('' if none), the most urgent first.

    A step waits from ``ahead`` before its day, or at once if it has none; None means all steps.
    """
    until = (today + ahead).isoformat() if ahead is not None else "9999"
    found: dict[str, list[CooperationEvent]] = {}
    for event in cooperation_events(book):
        if event.is_open and event.kind not in EXCHANGE and event.due <= until:
            found.setdefault(event.owner, []).append(event)
    for steps in found.values():
        steps.sort(key=lambda event: (event.due or "9999", event.date, event.row_id))
    return dict(sorted(found.items()))
