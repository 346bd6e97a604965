"""``check.py``: what the rules have to say; nothing is written."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.book.table import Book
from register.rules import RuleContext, findings


def check(book: Book, setting: RuleContext) -> Outcome:
    """Return the findings of all rules over every tab."""
    return Outcome("check", book, findings=findings(book, setting))
