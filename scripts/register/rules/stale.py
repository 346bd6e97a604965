"""A contact is confirmed once in a while (default: every 12 months), or it has gone stale."""

from collections.abc import Iterator
from datetime import date

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.people.tenure import is_end_past
from register.rules.rule import ENDED, RuleContext
from register.values.date import day


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the organisations, networks and present people not confirmed since the limit."""
    limit = subtract_months(setting.today, setting.stale_months).isoformat()
    today = setting.today
    for key in ("organisations", "people", "networks"):
        columns = ("verified_on", "added_on", "end", "stage")
        for row_id, verified, added, end, stage in live_cells(book.table(key), *columns):
            seen = day(verified) or day(added)
            if seen and seen < limit and not (is_end_past(end, today) or stage in ENDED):
                yield Finding(key, row_id, "verified_on", "stale", seen)


def subtract_months(day: date, months: int) -> date:
    """Return the day ``months`` earlier; at most the 28th, so that it exists in every month."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
