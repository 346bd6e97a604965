"""Whose post a list says has ended, by its words or by a row struck through, has a day of end."""

import re
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.departure_notes import departure_note
from register.people.records import live_cells
from register.rules.rule import ENDED, RuleContext, is_blank
from register.values.date import day


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the rows whose notes say that they have left, but not ``end`` or ``stage``."""
    today = setting.today.isoformat()
    about = ("notes", "end", "added_on", "first", "last")
    for row_id, notes, end, added, first, last in live_cells(book.table("people"), *about):
        said = notes and departure_note(_without_name(notes, f"{first} {last}"), today)
        if said and is_blank(end):
            known = day(said) or day(added) or today
            where = ("people", row_id, "end")
            yield Finding(*where, "said-to-have-left", said, suggestion=known)
    for row_id, notes, stage, name in live_cells(
        book.table("organisations"), "notes", "stage", "name"
    ):
        said = notes and departure_note(_without_name(notes, name), today)
        if said and stage not in ENDED:
            where = ("organisations", row_id, "stage")
            yield Finding(*where, "said-to-have-left", said, suggestion="ended")


def _without_name(notes: str, name: str) -> str:
    """Return notes without the row's own name at the start of lines: "Kaisla ry on lopettanut"."""
    named = {name.strip(), re.sub(r" r[yf]$", "", name.strip())} - {""}
    called = "|".join(re.escape(one) for one in sorted(named, key=len, reverse=True))
    return re.sub(rf"(?im)^\s*(?:{called})(?: r[yf])?[,:]?\s+", "", notes) if called else notes
