"""A contact is confirmed once in a while (default: every 12 months), or it has gone stale."""

from collections.abc import Iterator
from datetime import date

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "stale",
        "warning",
        "Last confirmed on {cell}. Is this still right? If so, put today's date here.",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the organisations and present people not confirmed since the limit."""
    limit = months_before(setting.today, setting.stale_months).isoformat()
    for key in ("organisations", "people"):
        for row_id, row in live_rows(book.table(key)):
            seen = row.get("verified_on") or row.get("added_on", "")
            if len(seen) == 10 and seen < limit and not row.get("end"):
                yield Finding(key, row_id, "verified_on", "stale", "warning", seen)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the 28th at the latest, so that it exists."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
