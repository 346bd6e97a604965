"""The session of one run: its register, journal, lock, clock and sentences."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from register.book.errors import VerkostoError
from register.book.outcome import Outcome, run_id
from register.book.plan import Plan
from register.book.schema import Language
from register.book.table import Book
from register.configuration.load import configured_language
from register.configuration.sections import Config
from register.intake.renamed import missing_known_columns
from register.people.erased_people import ErasedPeople
from register.ports.journal import Journal
from register.run.apply_plan import apply_plan, apply_saved
from register.run.files import note_files_in, read_text, write_bytes, write_text
from register.run.guards import guard_changes, guard_moved, guard_shrink
from register.run.location import Location, config_file, find_location, store_of
from register.run.options import Options
from register.run.printing import show_traffic
from register.run.spoken_language import learn_language, spoken_language
from register.show.page_model import PastRun, ReportContext
from register.show.pages import TEMPLATES
from register.state.backups import BackupOnce, BackupRules, back_up
from register.state.folder import make_private
from register.state.journal import SqliteJournal
from register.state.keys import key_lost
from register.stores.backup import backup_of
from register.stores.google_address import names_a_sheet
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

# Modules that only some verbs need are imported where they are used, to start fast.
if TYPE_CHECKING:
    from register.cleanup.cleanup import CleanupOptions
    from register.match.learning import LearnedWeights
    from register.rules import RuleContext
    from register.run.mail import RunMail
    from register.stores.google import GoogleSheet
    from register.stores.read_once import ReadOnce

HELSINKI = ZoneInfo("Europe/Helsinki")

_REFRESHES = 900
"""Maximum number of updates of the register before a run's end, each a run in the journal.

Their ids come before the run's own, a tenth of a millisecond apart.
"""

_TREND = 12
"""Number of earlier runs that a report shows."""


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a verb needs; ``now`` is the same time for the whole run.

    ``beside`` is the folder to which the configuration's paths are relative: the configuration's
    own, else the register's. ``language`` is that of ``--lang``, else the configured one. ``hold``
    keeps other computers from the register. ``before_sending`` is called before letters go.
    """

    options: Options
    config: Config
    store: Workbook | GoogleSheet | ReadOnce
    journal: Journal
    state: Path
    beside: Path
    now: datetime
    language: Language
    hold: Callable[[], None] = lambda: None
    before_sending: Callable[[], None] = lambda: None
    _refreshes: Iterator[int] = field(default_factory=itertools.count, repr=False)

    @property
    def say(self) -> Sentences:
        """The sentences in the language of ``--lang``, else the register's."""
        return sentences_for(self.options, spoken_language(()))

    @property
    def setting(self) -> RuleContext:
        """What the rules need besides the book."""
        from register.rules import RuleContext

        limits = self.config.limits
        return RuleContext(
            *(self.now.date(), limits.stale_months, limits.sensitive_words, limits.foreign_words)
        )

    def orders(self, book: Book, *, invite: bool = False) -> CleanupOptions:
        """Return the configured options of a cleanup, with what a book's answers have taught."""
        from register.cleanup.cleanup import CleanupOptions
        from register.state.judged import recall_judgements

        recall_judgements(self.state)
        limits = self.config.limits
        words = (limits.sensitive_words, limits.foreign_words)
        us = self.config.letters.organisation
        apply = self.config.apply
        needs_days = self.config.privacy.needs_days
        return CleanupOptions(
            *(apply.rules, limits.stale_months, invite, *words, us, apply.certain, needs_days),
            learned=self.learned(book),
        )

    def learned(self, book: Book) -> LearnedWeights:
        """Return what the answers in a book have taught the comparison of rows.

        It is derived from the book alone, so it is kept at once, not only after writing.
        """
        from register.review.answered_pairs import learn_from_decisions
        from register.state.learned_levels import keep_learning, read_learning

        kept = read_learning(self.state)
        learned = learn_from_decisions(book, kept)
        if self.options.apply and learned != kept:
            keep_learning(self.state, learned)
        return learned

    @property
    def is_shared_sheet(self) -> bool:
        """Whether the register is a Google Sheet."""
        return names_a_sheet(self.options.book or self.config.book.file)

    @property
    def mail(self) -> RunMail:
        """The mail settings of the run."""
        from register.run.mail import RunMail

        bits = (self.options, self.config, self.state, self.beside, self.now, self.say)
        return RunMail(
            *bits,
            refresh=self._refresh,
            hold=self.hold,
            before_sending=self.before_sending,
            google=self.is_shared_sheet,
            before_first_key=lambda: check_key(self.state, self.store.read()),
        )

    def _refresh(self, plan: Plan) -> Book:
        """Apply a plan during the run; return the book after it."""
        book = self.store.read()
        step = min(next(self._refreshes), _REFRESHES)
        before = self.now - (_REFRESHES + 1 - step) * timedelta(microseconds=100)
        apply_plan(self.store, self.journal, before, book, plan, "invite send")
        return self.store.read()

    def page(self, name: str) -> str:
        """Return the source of a page template that the verb itself renders."""
        return read_text(TEMPLATES / "pages" / name)

    def keep(self, path: Path, text: str) -> str:
        """Write a text file that names people, readable by its owner only; return its path."""
        write_text(path, text)
        return str(path)

    def keep_bytes(self, path: Path, data: bytes) -> str:
        """Write a binary file, such as a workbook, readable by its owner only; return its path."""
        write_bytes(path, data)
        return str(path)

    def read(self) -> Book:
        """Read the register; raise SafetyStop if rows are gone or cells moved since last time."""
        book = self.look()
        if not self.options.accept_shrink:
            guard_shrink(book, self.journal)
        if not self.options.accept_moved:
            guard_moved(book, self.journal)
        return book

    def look(self) -> Book:
        """Read the register; print which of its columns are missing."""
        book = self.store.read()
        learn_language(book.language)
        if self.options.cron:
            from register.run.discretion import learn_people

            learn_people(book)
        say = sentences_for(self.options, book.language)
        gone = missing_known_columns(book)
        silent = self.options.quiet or self.options.cron
        for msgid, values in (*gone.renamed, *(() if silent else gone.lacking)):
            click.echo(say(msgid, **values), err=True)
        return book

    def carry_out(self, book: Book, outcome: Outcome) -> Outcome:
        """Save the outcome's plan and apply it, each if the flags say so; return the new outcome.

        Raises SafetyStop where the plan changes more rows than allowed.
        """
        limit = self.options.max_changes or self.config.limits.max_changes
        if outcome.verb != "undo" or self.options.max_changes:
            # An undo needs no limit: the size of the run that it takes back was allowed.
            guard_changes(book, outcome.plan, limit)
        if self.options.plan_out:
            write_text(self.options.plan_out, outcome.plan.to_json())
        if not self.options.apply:
            return outcome
        if outcome.verb == "cleanup":
            from register.state.judged import keep_judgements

            try:
                keep_judgements(self.state)
            except VerkostoError as fault:
                # Judgements only save the next run time; the outcome must still be written.
                click.echo(self.say.error(fault), err=True)
        written = apply_plan(self.store, self.journal, self.now, book, outcome.plan, outcome.verb)
        return self._in_order(book, replace(outcome, applied=True, written=written))

    def _in_order(self, book: Book, outcome: Outcome) -> Outcome:
        """Put the questions to people in order after something was written into this book."""
        from register.run.question_order import keep_questions_in_order

        after = book.with_changes(outcome.written.changes)
        told = keep_questions_in_order(self.store, after, outcome.order)
        return replace(outcome, notes=(*outcome.notes, *told))

    def count(self, outcome: Outcome) -> None:
        """Record the number of findings of this run, for the trend in later reports."""
        if outcome.applied:
            found = Counter[str](finding.severity for finding in outcome.findings)
            self.journal.count(outcome.run, self.now, found)

    def around(self) -> ReportContext:
        """Return what a report shows besides the outcome: links to rows, earlier runs."""
        past = tuple(
            PastRun(at.astimezone(HELSINKI), **counts) for at, counts in self.journal.past(_TREND)
        )
        return ReportContext(self.store.link, past)

    def run(self, verb: str, made: Callable[[Book], Outcome]) -> Outcome:
        """Apply the plan saved in ``--plan``, else carry out the outcome that ``made`` returns."""
        if self.options.plan is None:
            book = self.read()
            return self.carry_out(book, made(book))
        plan = Plan.from_json(read_text(self.options.plan))
        apply = self.options.apply
        outcome = apply_saved(self.store, self.journal, self.now, plan, verb, apply=apply)
        return self._in_order(outcome.book, outcome) if apply else outcome


@contextmanager
def open_session(options: Options) -> Iterator[Session]:
    """Open the register named by flags or configuration; locked if it may be written."""
    location, now = find_location(options), datetime.now(HELSINKI)
    with ExitStack() as stack:
        journal = SqliteJournal(None)
        if options.apply:
            from register.state.folder import book_lock

            make_private(location.state)
            stack.enter_context(book_lock(location.state))
        if location.state.is_dir():
            before = BackupOnce(lambda: _back_up(location, store, now))
            journal = SqliteJournal(location.state, before)
        note_files_in(location.state)
        store = store_of(location, journal)
        if options.verbose and not isinstance(store, Workbook):
            stack.callback(show_traffic, store.traffic, Sentences(location.language))
        yield Session(
            options=options,
            config=location.config,
            store=store,
            journal=journal,
            state=location.state,
            beside=location.beside,
            now=now,
            language=location.language,
        )


def _back_up(location: Location, store: Workbook | GoogleSheet, now: datetime) -> None:
    """Save a copy of the register as it is before this run writes to it."""
    rules = BackupRules(**location.config.backup.model_dump())
    if rules.keep and (data := backup_of(store)):
        back_up(location.state, f"{run_id(now)}.xlsx", data, rules, now)


def check_key(state: Path, book: Book) -> None:
    """Raise UsageError where the register has hashes that no available key has made."""
    if book.once(ErasedPeople).unreadable:
        raise key_lost(state)


def sentences_for(options: Options, sheet: Language | None = None) -> Sentences:
    """Return the sentences in the language of ``--lang``, else that of the register.

    They name its tabs as they stand there. ``sheet`` is its language, else the configured one.
    """
    sheet = sheet or configured_language(config_file(options))
    return Sentences(options.lang or sheet, sheet=sheet)
