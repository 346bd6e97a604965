"""``check.py``: the findings of the rules; nothing is written."""

from datetime import date

from register.book.outcome import Outcome
from register.book.table import Book
from register.rules import RuleContext, findings
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_page, show_rules
from register.run.session import open_session
from register.show.page_model import Page, ReportContext
from register.words.sentences import Sentences


def check_book(book: Book, setting: RuleContext) -> Outcome:
    """Return the findings of all rules over every tab."""
    return Outcome("check", book, findings=findings(book, setting))


def run_check(options: Options, explain: str | None) -> None:
    """Check the register, or explain a rule (all of them where ``explain`` is '')."""
    if explain is not None:
        show_rules(explain, options)
    with open_session(options) as session:
        outcome = check_book(session.look(), session.setting)
        around, today = session.around(), session.now.date()
    if options.report_dir:
        _save_overview(outcome, around, today, options)
    finish(outcome, options, around)


def _save_overview(outcome: Outcome, around: ReportContext, today: date, options: Options) -> None:
    """Write the overview page, and the pages that no other command writes."""
    from register.show.overview import overview_files

    say = Sentences(options.lang or outcome.book.language)
    show_page(
        Page("", {"text": lambda: ""}, overview_files(outcome, around, today, say), saved=()),
        options,
        news=False,
    )
