"""A meeting that is released says all that its invitation needs."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_rows
from register.rules.rule import RuleContext, is_blank
from register.values.date import day


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield released network meetings with a missing or past ``rsvp_by``.

    It is missing only if a reminder is to be sent, which needs it. What every letter needs is
    required of the row anyway; a template or a day for the reminder is not.
    """
    table = book.table("meetings")
    for row_id, row in live_rows(table):
        if row.get("kind") == "network_meeting" and row.get("state") == "released":
            reminds = not is_blank(row.get("remind_days", ""))
            if reminds and table.has("rsvp_by") and is_blank(row.get("rsvp_by", "")):
                yield Finding("meetings", row_id, "rsvp_by", "meeting-unready")
            deadline = day(row.get("rsvp_by", ""))
            if deadline and deadline < setting.today.isoformat():
                yield Finding("meetings", row_id, "rsvp_by", "deadline-past", deadline)
