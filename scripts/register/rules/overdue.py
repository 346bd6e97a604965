"""An open matter is taken care of by its date."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.fields.date import day
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "matter-overdue",
        "warning",
        "“{row}” was due on {cell} and is still open. What happened?",
        why="What was agreed is forgotten unless somebody asks.",
        remedy="Set the state to done or lapsed, or move the day.",
        example="Tilanne: auki, Määräpäivä 1.11.2026",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the open matters whose date has passed."""
    today = setting.today.isoformat()
    for row_id, row in live_rows(book.table("cooperation")):
        due = day(row.get("due", ""))
        if row.get("state") in ("open", "in_progress") and due and due < today:
            yield Finding("cooperation", row_id, "due", "matter-overdue", "warning", due)
