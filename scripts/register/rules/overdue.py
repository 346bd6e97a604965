"""An open matter is taken care of by its date."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Matter
from register.rules.rule import RuleContext, RuleInfo
from register.values.date import day

CODES = (
    RuleInfo(
        "matter-overdue",
        "warning",
        "“{row}” was due on {cell} and is still open. What happened?",
        why="What was agreed is forgotten unless somebody asks.",
        remedy="Set the state to “done” or “lapsed”, or move the day.",
        example="Tilanne: auki, Määräpäivä 1.11.2026",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the open matters whose date has passed."""
    today = setting.today.isoformat()
    for matter in Matter.all(book).values():
        due = day(matter.due)
        if matter.is_open and due and due < today:
            yield Finding("cooperation", matter.id, "due", "matter-overdue", "warning", due)
