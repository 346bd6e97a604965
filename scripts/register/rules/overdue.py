"""An open matter is taken care of by its date."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Matter
from register.rules.rule import RuleContext
from register.values.date import day


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the open matters whose due date has passed."""
    today = setting.today.isoformat()
    for matter in Matter.all(book).values():
        due = day(matter.due)
        if matter.is_open and due and due < today:
            yield Finding("cooperation", matter.id, "due", "matter-overdue", due)
