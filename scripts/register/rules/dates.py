"""Dates follow each other: a start before its end, an answer before its meeting."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo("end-before-start", "error", "{column} ({cell}) is before the start ({detail})."),
    RuleInfo(
        "deadline-after-meeting",
        "error",
        "{column} ({cell}) is after the meeting itself ({detail}).",
    ),
    RuleInfo(
        "meeting-over",
        "warning",
        "The meeting was on {cell} and is still marked “{detail}”. Was it held or cancelled?",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield ends before their starts, deadlines after their meetings, meetings left undecided."""
    for row_id, row in live_rows(book.table("people")):
        start, end = _iso(row.get("start", "")), _iso(row.get("end", ""))
        if start and end and end < start:
            yield Finding("people", row_id, "end", "end-before-start", "error", end, detail=start)
    today = setting.today.isoformat()
    for row_id, row in live_rows(book.table("meetings")):
        day, deadline = _iso(row.get("date", "")), _iso(row.get("rsvp_by", ""))
        start, end = row.get("start", ""), row.get("end", "")
        if day and deadline and deadline > day:
            yield Finding(
                *("meetings", row_id, "rsvp_by", "deadline-after-meeting", "error", deadline),
                detail=day,
            )
        if len(start) == len(end) == 5 and end < start:
            yield Finding("meetings", row_id, "end", "end-before-start", "error", end, detail=start)
        if day and day < today and row.get("state") in ("draft", "released", "sent"):
            yield Finding(
                *("meetings", row_id, "state", "meeting-over", "warning", day),
                detail=row["state"],
            )


def _iso(cell: str) -> str:
    return cell if len(cell) == 10 and cell[4:8:3] == "--" else ""
