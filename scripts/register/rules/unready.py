"""A meeting that is released says all that its invitation needs."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_rows
from register.rules.rule import RuleContext, RuleInfo, is_blank
from register.values.date import day

CODES = (
    RuleInfo(
        "meeting-unready",
        "error",
        "The meeting {row} is released, but {column} is empty. Fill it in, "
        "or take back the release.",
        why="A released meeting may be sent at any time, and the letter needs this.",
        remedy="Fill it in, or set the meeting back to “draft”.",
        example="Tila: saa lähettää, Kutsupohja: (tyhjä)",
    ),
    RuleInfo(
        "deadline-past",
        "warning",
        "The meeting {row} is released, but the day to answer by ({cell}) has passed.",
        why="The letter would ask for an answer by a day that has gone.",
        remedy="Set a later day, or set the meeting back to “draft”.",
        example="Vastaa viimeistään 1.11.2026",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield released network meetings without a template or without a day to answer by."""
    table = book.table("meetings")
    for row_id, row in live_rows(table):
        if row.get("kind") == "network_meeting" and row.get("state") == "released":
            for column in ("template", "rsvp_by"):
                if table.has(column) and is_blank(row.get(column, "")):
                    yield Finding("meetings", row_id, column, "meeting-unready", "error")
            deadline = day(row.get("rsvp_by", ""))
            if deadline and deadline < setting.today.isoformat():
                yield Finding("meetings", row_id, "rsvp_by", "deadline-past", "warning", deadline)
