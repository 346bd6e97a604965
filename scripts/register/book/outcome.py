"""What a verb did: the plan, what of it was made, what it found, what it could not do."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from register.book.change import Change
from register.book.comparison import Comparison
from register.book.errors import VerkostoError
from register.book.finding import SEVERITIES, Finding
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book, Conflict

_EXIT_CODES = (2, 5, 4, 6, 75, 1, 3)


@dataclass(frozen=True, slots=True)
class AstrayCell:
    """A cell that holds what was meant for another one, and what it held before.

    ``row_id`` is its row's id, else its row's number ("#7") when it was written; ``header`` is what
    its column was called then, '' where all of the row should not have come.
    """

    tab: str
    row_id: str
    header: str
    holds: str
    before: str


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What a store wrote, the changes that it left out, and cells that it could not put right."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    astray: tuple[AstrayCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What became of a column of somebody's list: its header, where it goes and why, an example."""

    header: str
    goes: Phrase
    example: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value that every verb returns and every report shows.

    ``book`` is what the verb read; ``files`` are what it wrote besides, by what they are called;
    ``failed`` counts items that did not succeed; ``notes`` are msgids with values, to be said;
    ``stopped`` is the error that ended the work when a part of it was done; ``comparisons`` are the
    pairs of rows that people are asked about; ``order`` is that of the rows of ``review`` by their
    ids, where this verb asks all that there is to be asked; ``columns`` are those of a list.
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
        """Return what it stopped at, 1 at findings this bad or failed items, 3 for pending changes.

        ``fail_on`` is the mildest severity that counts, or ``never``.
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
    """Return the exit code that is told where several apply, 0 where none does."""
    return next((one for one in _EXIT_CODES if one in codes), 0)


def cut_off_notes(outcome: Outcome) -> Iterator[Phrase]:
    """Yield what is to be said of a run that was cut off while it wrote."""
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
    """Return the id of the run that begins now; a later run's id sorts after it.

    A point and no second hyphen: ``190119-3601`` would be masked as a henkilötunnus.
    """
    return f"{now:%Y%m%d-%H%M%S}.{now.microsecond // 100:04}"
