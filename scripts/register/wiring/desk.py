"""One run: its register, journal, lock, clock and sentences."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from register.book.outcome import Outcome
from register.book.plan import Plan
from register.book.schema import Language
from register.book.table import Book
from register.cli import Options, show_traffic
from register.config import Config
from register.flows.apply import apply_plan, apply_saved, guard_changes, guard_shrink
from register.ports import Journal
from register.report.around import Around, Past
from register.report.pages import TEMPLATES
from register.report.sentences import Sentences
from register.state.folder import make_private
from register.state.journal import NoJournal, SqliteJournal
from register.stores.workbook import Workbook
from register.wiring.files import read_text, write_bytes, write_text
from register.wiring.way import store_of, way_of

# What only some verbs need is loaded where they ask for it: a run starts with what it takes.
if TYPE_CHECKING:
    from register.flows.cleanup import Orders
    from register.rules import Setting
    from register.stores.google import GoogleSheet
    from register.wiring.mail import Mail

HELSINKI = ZoneInfo("Europe/Helsinki")

_REFRESHES = 900
"""So many times a run may bring the register up to date before its end, each a run in the journal.

Their ids come before the run's own, a tenth of a millisecond apart."""

_TREND = 12
"""How many earlier runs a report shows."""


class SystemClock:
    """Fulfils :class:`register.ports.Clock` with the machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in the time zone Europe/Helsinki."""
        return datetime.now(HELSINKI)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a verb needs; ``now`` is one moment for the whole run.

    ``beside`` is the folder that the configuration's paths are relative to: its own, else the
    register's.
    """

    options: Options
    config: Config
    store: Workbook | GoogleSheet
    journal: Journal
    state: Path
    beside: Path
    now: datetime
    say: Sentences
    _refreshes: Iterator[int] = field(default_factory=itertools.count, repr=False)

    @property
    def language(self) -> Language:
        """The language that was asked for, else the configuration's."""
        return self.say.language

    @property
    def setting(self) -> Setting:
        """What the rules may know besides the book."""
        from register.rules import Setting

        limits = self.config.limits
        return Setting(
            *(self.now.date(), limits.stale_months, limits.sensitive_words, limits.foreign_words)
        )

    def orders(self, *, invite: bool = False) -> Orders:
        """What the configuration asks of a cleanup."""
        from register.flows.cleanup import Orders

        limits = self.config.limits
        words = (limits.sensitive_words, limits.foreign_words)
        us = self.config.letters.organisation
        apply = self.config.apply
        return Orders(apply.rules, limits.stale_months, invite, *words, us, apply.certain)

    @property
    def mail(self) -> Mail:
        """The letters' side of the run."""
        from register.wiring.mail import Mail

        bits = (self.options, self.config, self.state, self.beside, self.now, self.say)
        return Mail(*bits, refresh=self._refresh)

    def _refresh(self, plan: Plan) -> Book:
        """Apply a plan in the midst of a run; return the book after it."""
        book = self.store.read()
        step = min(next(self._refreshes), _REFRESHES)
        before = self.now - (_REFRESHES + 1 - step) * timedelta(microseconds=100)
        apply_plan(self.store, self.journal, before, book, plan, "invite send")
        return self.store.read()

    def page(self, name: str) -> str:
        """Return the source of a page's template that is filled by the verb itself."""
        return read_text(TEMPLATES / "pages" / name)

    def keep(self, path: Path, text: str) -> str:
        """Write a file with people's names and addresses, for its owner only; return its path."""
        write_text(path, text)
        return str(path)

    def keep_bytes(self, path: Path, data: bytes) -> str:
        """Write a file of bytes, such as a workbook, for its owner only; return its path."""
        write_bytes(path, data)
        return str(path)

    def read(self) -> Book:
        """Read the register; stop if many of the rows that the last run knew are gone."""
        book = self.store.read()
        if not self.options.accept_shrink:
            guard_shrink(book, self.journal)
        return book

    def carry_out(self, book: Book, outcome: Outcome) -> Outcome:
        """Save the outcome's plan, or apply it, as the flags ask; return what came of it."""
        limit = self.options.max_changes or self.config.limits.max_changes
        guard_changes(book, outcome.plan, limit)
        if self.options.plan_out:
            write_text(self.options.plan_out, outcome.plan.to_json())
        if not self.options.apply:
            return outcome
        written = apply_plan(self.store, self.journal, self.now, book, outcome.plan, outcome.verb)
        return replace(outcome, applied=True, written=written)

    def count(self, outcome: Outcome) -> None:
        """Keep how many findings this run left, for the trend in later reports."""
        if outcome.applied:
            found = Counter[str](finding.severity for finding in outcome.findings)
            self.journal.count(outcome.run, self.now, found)

    def around(self) -> Around:
        """Return what a report shows besides an outcome."""
        past = tuple(
            Past(at.astimezone(HELSINKI), **counts) for at, counts in self.journal.past(_TREND)
        )
        return Around(self.store.link, past)

    def carry_out_saved(self, verb: str) -> Outcome | None:
        """Apply the plan that ``--plan`` names, if it names one."""
        if self.options.plan is None:
            return None
        plan = Plan.from_json(read_text(self.options.plan))
        return apply_saved(self.store, self.journal, self.now, plan, verb, apply=self.options.apply)


@contextmanager
def opened(options: Options) -> Iterator[Desk]:
    """Open the register that the flags or the configuration name; locked if it may be written."""
    way = way_of(options)
    with ExitStack() as stack:
        journal: Journal = NoJournal()
        if options.apply:
            from register.state.lock import book_lock

            make_private(way.state)
            stack.enter_context(book_lock(way.state))
        if way.state.is_dir():
            journal = SqliteJournal(way.state)
        store = store_of(way, journal)
        if options.verbose and not isinstance(store, Workbook):
            stack.callback(show_traffic, store.traffic, Sentences(way.language))
        yield Desk(
            options=options,
            config=way.config,
            store=store,
            journal=journal,
            state=way.state,
            beside=way.beside,
            now=SystemClock().now(),
            say=Sentences(way.language),
        )


def speaks(options: Options) -> Sentences:
    """Return the sentences in the language that was asked for."""
    return Sentences(options.lang or "fi")
