"""``check.py``: what the rules have to say; nothing is written."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.book.table import Book
from register.rules import RuleContext, findings
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_rules
from register.run.session import open_session


def check(book: Book, setting: RuleContext) -> Outcome:
    """Return the findings of all rules over every tab."""
    return Outcome("check", book, findings=findings(book, setting))


def run_check(options: Options, explain: str | None) -> None:
    """Check the register, or explain a rule (all of them where ``explain`` is '')."""
    if explain is not None:
        show_rules(explain, options)
    with open_session(options) as session:
        outcome = check(session.look(), session.setting)
        around = session.around()
    finish(outcome, options, around)
