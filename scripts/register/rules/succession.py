"""Whoever leaves open matters behind has a successor, so that what was agreed is not forgotten."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.rules.rule import RuleInfo, Setting, has_left, live_rows

CODES = (
    RuleInfo(
        "ended-without-successor",
        "warning",
        "{row} has left, and {detail} of their matters are open. Who takes them over?",
        why="What was agreed with somebody who has left is forgotten unless somebody "
        "takes it over.",
        remedy="Write the successor, or close the matters.",
        example="Päättyi 1.10.2026, Seuraaja: (tyhjä)",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the people who have left with open matters and without a successor."""
    today = setting.today.isoformat()
    open_matters: dict[str, int] = {}
    for _, row in live_rows(book.table("cooperation")):
        if row.get("state") in ("open", "in_progress"):
            person = reference_id(row.get("person", ""))
            open_matters[person] = open_matters.get(person, 0) + 1
    for row_id, row in live_rows(book.table("people")):
        if has_left(row, today) and not row.get("successor") and row_id in open_matters:
            yield Finding(
                *("people", row_id, "successor", "ended-without-successor", "warning"),
                detail=str(open_matters[row_id]),
            )
