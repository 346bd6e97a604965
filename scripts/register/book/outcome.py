"""The outcome of a command: its plan, what was written, what it found, what failed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from register.book.change import Change, Conflict
from register.book.comparison import Comparison
from register.book.errors import VerkostoError
from register.book.finding import SEVERITIES, Finding
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book

_EXIT_CODES = (2, 5, 4, 6, 75, 1, 3)


@dataclass(frozen=True, slots=True)
class AstrayCell:
    """A cell that holds what was meant for another cell, and what it held before.

    ``row_id`` is the id of its row, or the row number at the time ("#7"). ``header`` is the
    column's header at the time; '' if the whole row should not have been written.
    """

    tab: str
    row_id: str
    header: str
    holds: str
    before: str


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What a store wrote, the changes it left out, and cells it could not put right."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    astray: tuple[AstrayCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column of an imported list was used for: its header, target and reason, an example."""

    header: str
    goes: Phrase
    example: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result that every command returns and every report shows.

    - ``book``: what the command read.
    - ``files``: other files that it wrote, by their kind.
    - ``failed``: the number of items that did not succeed.
    - ``notes``: sentences to print, msgids with values.
    - ``stopped``: the error that ended the work after a part of it was done.
    - ``comparisons``: the pairs of rows that people are asked about.
    - ``order``: the ids of ``review`` in order of urgency, if the command asks all questions.
    - ``columns``: the columns of an imported list.
    """

    verb: str
    book: Book
    run: str = ""
    plan: Plan = field(default_factory=Plan)
    findings: tuple[Finding, ...] = ()
    applied: bool = False
    written: WriteOutcome = field(default_factory=WriteOutcome)
    failed: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Phrase, ...] = ()
    stopped: VerkostoError | None = None
    comparisons: tuple[Comparison, ...] = ()
    order: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()

    def exit_code(self, fail_on: str = "error", *, detailed: bool = False) -> int:
        """Return the code of ``stopped``, 1 for findings or failures, 3 for pending changes, or 0.

        ``fail_on`` is the mildest severity that counts, or ``never``. Pending changes count only if
        ``detailed``. If several codes apply, see :func:`first_exit_code`.
        """
        codes = {self.stopped.exit_code} if self.stopped else set[int]()
        if self.failed or self.written.astray:
            codes.add(1)
        if fail_on != "never":
            bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
            if any(finding.severity in bad for finding in self.findings):
                codes.add(1)
        if detailed and self.plan.changes and not self.applied:
            codes.add(3)
        return first_exit_code(codes)


def first_exit_code(codes: Collection[int]) -> int:
    """Return the exit code that takes precedence if several apply, 0 if there is none."""
    return next((one for one in _EXIT_CODES if one in codes), 0)


def cut_off_notes(outcome: Outcome) -> Iterator[Phrase]:
    """Yield the sentence about an earlier run that was interrupted while it was writing."""
    count = outcome.book.cut_off
    if count is not None and outcome.applied:
        yield (
            "An earlier run had been cut off while it was writing; what it had written over "
            "({count} cells) was put back, see {tab:log}.",
            {"count": count},
        )
    elif count is not None:
        yield (
            "A run was cut off while it was writing. The next one with --apply puts back what it "
            "has written over ({count} cells) and takes away its hidden tabs.",
            {"count": count},
        )


def run_id(now: datetime) -> str:
    """Return the id of a run that begins now; ids of later runs sort after it.

    It has a full stop and no second hyphen, because ``190119-3601`` would be masked as a
    henkilötunnus.
    """
    return f"{now:%Y%m%d-%H%M%S}.{now.microsecond // 100:04}"
