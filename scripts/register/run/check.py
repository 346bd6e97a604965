"""``check.py``: what the rules have to say; nothing is written."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.book.table import Book
from register.rules import Setting, findings
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_rules
from register.run.session import opened


def check(book: Book, setting: Setting) -> Outcome:
    """Return the findings of all rules over every tab."""
    return Outcome("check", book, findings=findings(book, setting))


def run_check(options: Options, explain: str | None) -> None:
    """Check the register, or explain a rule (all of them where ``explain`` is '')."""
    if explain is not None:
        show_rules(explain, options)
    with opened(options) as desk:
        outcome = check(desk.store.read(), desk.setting)
        around = desk.around()
    finish(outcome, options, around)
