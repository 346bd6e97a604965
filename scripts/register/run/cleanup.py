"""``cleanup.py``: cleans the register, or explains a pair of rows."""

from dataclasses import replace
from typing import NoReturn

import click

from register.book.outcome import Outcome
from register.book.table import Book
from register.cleanup.cleanup import cleanup
from register.review.explain_pair import explain_pair
from register.run.command_line import finish
from register.run.older_register import report_older_register
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import open_session, sentences_for
from register.state.last_run import note_good_run
from register.words.sentences import Sentences


def run_cleanup(
    options: Options, words: tuple[str, ...], *, invite: bool, forget: bool = False
) -> None:
    """Clean the register, print the outcome and exit.

    The words ``explain ID ID`` instead explain why two rows may be one; ``model`` shows what
    people's answers have taught, or with ``forget`` discards it.
    """
    if forget and words != ("model",):
        raise click.UsageError("--forget belongs to: python3 scripts/cleanup.py model --forget")
    if words == ("model",):
        from register.run.learned_model import show_model

        show_model(options, forget=forget)
    if words:
        _explain(options, words)
    with open_session(options) as session:

        def cleaned(book: Book) -> Outcome:
            if options.cron:
                report_older_register(session, book)
            orders = session.orders(book, invite=invite)
            return cleanup(book, session.now, orders, Sentences(book.language))

        outcome = session.run("cleanup", cleaned)
        if options.plan is None:
            session.count(outcome)
        around = session.around()
        if outcome.applied:
            note_good_run(session.state, session.now)
    finish(outcome, options, around)


def _explain(options: Options, words: tuple[str, ...]) -> NoReturn:
    if words[0] != "explain":
        raise click.UsageError(f"Got unexpected extra argument ({words[0]})")
    with open_session(replace(options, apply=False)) as session:
        book = session.look()
        learned = session.learned(book)
    say = sentences_for(options, book.language)
    lines = explain_pair(book, words[1:], say, learned)
    if not lines:
        click.echo(say("These two are not thought to be one."))
        raise SystemExit(0)
    show_table(("evidence", "weight", "left", "right"), lines, options, say)
