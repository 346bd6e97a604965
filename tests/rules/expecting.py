"""Runs one rule on a small book and says what it found: ``(row's name, column, code)``."""

from __future__ import annotations

from datetime import date

from register.book.table import Book
from register.rules import RuleContext
from register.rules.rule import Rule

TODAY = date(2026, 11, 23)


def found(rule: Rule, book: Book) -> list[tuple[str, str, str]]:
    """Return the findings of one rule."""
    result = []
    for finding in rule.check(book, RuleContext(TODAY)):
        assert finding.row_id in book.table(finding.tab)
        result.append((finding.row_id, finding.column, finding.code))
    return result


def codes(rule: Rule, book: Book) -> list[tuple[str, str]]:
    """Return the column and the code of each finding of one rule."""
    return [(column, code) for _, column, code in found(rule, book)]
