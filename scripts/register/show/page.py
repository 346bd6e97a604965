"""An outcome as one self-contained HTML page: counts, charts, the findings, the changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from register.book.finding import SEVERITIES
from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.table import Book
from register.rules.sentences import finding_sentence
from register.show.lines import (
    ADDED,
    ASKED,
    ATTENTION,
    CHANGED,
    MERGED,
    REMOVED,
    SIGNS,
    line_totals,
    outcome_lines,
)
from register.show.new_rows import new_rows
from register.show.page_model import ReportContext
from register.show.pages import page_environment
from register.values.places import resolve_place
from register.words.sentences import Sentences

_CAP = 5_000
"""How many findings, and how many changes, a page holds; the JSON beside it holds all."""

_PAIRS = 200
"""How many pairs of rows a page shows side by side, the likeliest first."""

_REACH = 16
"""The weight (log2 Bayes factor) at which a bar of evidence is full."""

_PLACES = 15
"""How many municipalities the chart shows: those with the most findings."""

_KIND_CLASSES = {
    ATTENTION: "error",
    ADDED: "added",
    CHANGED: "changed",
    MERGED: "merged",
    REMOVED: "removed",
}
_KIND_NAMES = {
    ATTENTION: "left out",
    ADDED: "new row",
    CHANGED: "change",
    MERGED: "merge",
    REMOVED: "removal",
}
"""For each sign: its class in the stylesheet, and what a line of it is called (msgids)."""

_TILE_NAMES = {
    ATTENTION: "changes left out",
    ADDED: "new rows",
    CHANGED: "changes",
    MERGED: "merges",
    REMOVED: "removals",
    ASKED: "questions",
    "error": "errors",
    "warning": "warnings",
    "info": "hints",
}
"""What stands under a count (msgids)."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar of a chart: its label, what it filters by, and how many there are, by severity."""

    label: str
    key: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return the length of the whole bar."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """Two values and the middle where they differ: ``head``, ``gone`` or ``new``, ``tail``."""

    head: str
    gone: str
    new: str
    tail: str

    @property
    def same(self) -> bool:
        """Whether the values have anything in common that is worth showing as such."""
        return bool(self.head or self.tail)


def outcome_page(outcome: Outcome, say: Sentences, *, around: ReportContext | None = None) -> str:
    """Return an outcome as one HTML page that needs no network and works without JavaScript."""
    around = around or ReportContext()
    homes = RowHomes(outcome.book)
    made = outcome_lines(outcome, say)
    found = sorted(outcome.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    asked = sorted(outcome.comparisons, key=lambda pair: -pair.probability)
    page = page_environment(say.language).get_template("report.html.j2")
    return page.render(
        outcome=outcome,
        at=_moment(outcome.run),
        findings=[
            {
                "finding": finding,
                "order": SEVERITIES.index(finding.severity),
                "municipality": homes.of(finding.tab, finding.row_id),
                "row": _row(outcome.book, finding.tab, finding.row_id, around, say),
                "message": finding_sentence(say, finding, outcome.book, named=False),
            }
            for finding in found[:_CAP]
        ],
        severities=Counter(finding.severity for finding in found),
        by_rule=_bars(
            ((f.code, say.named("rule", f.code), f.severity) for f in found), by_size=True
        ),
        by_tab=_bars(((f.tab, say.title(f.tab), f.severity) for f in found), by_size=False),
        by_municipality=_bars(
            ((home, home, f.severity) for f in found if (home := homes.of(f.tab, f.row_id))),
            by_size=True,
        )[:_PLACES],
        past=around.past,
        new_rows=list(new_rows(made[:_CAP], say)),
        changes=[line for line in made[:_CAP] if line.sign != ADDED],
        changes_left_out=max(0, len(made) - _CAP),
        findings_left_out=max(0, len(found) - _CAP),
        totals=line_totals(made),
        classes=_KIND_CLASSES,
        kinds=_KIND_NAMES,
        tiles=_TILE_NAMES,
        signs=SIGNS,
        difference=value_difference,
        whole=f"{outcome.verb}.json",
        pairs=[
            (
                pair,
                [_row(outcome.book, pair.tab, one, around, say) for one in (pair.left, pair.right)],
            )
            for pair in asked[:_PAIRS]
        ],
        pairs_left_out=max(0, len(asked) - _PAIRS),
        reach=_REACH,
    )


class RowHomes:
    """In which municipality a row is: its own, else its organisation's."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, tab: str, row_id: str) -> str:
        """Return a municipality's name, or '' where the row has none."""
        table = self._book.table(tab)
        if own := self._named(table.cell(row_id, "municipality")):
            return own
        home = reference_id(table.cell(row_id, "org"))
        return self._named(self._book.table("organisations").cell(home, "municipality"))

    def _named(self, cell: str) -> str:
        found = resolve_place(cell).municipality if cell else None
        return found.name(self._book.language) if found else ""


def _row(
    book: Book, tab: str, row_id: str, around: ReportContext, say: Sentences
) -> Mapping[str, object]:
    """Return what a page says of a row: its id, number, name and what opens it."""
    number = book.table(tab).numbers.get(row_id)
    link = around.link(tab, number) if number else ""
    return {"id": row_id, "number": number, "name": say.row(book, tab, row_id), "link": link}


def value_difference(before: str, after: str) -> ValueDifference:
    """Return where two values differ: what they share at both ends is left unmarked."""
    head = _shared(before, after)
    rest = len(head)
    tail = _shared(before[rest:][::-1], after[rest:][::-1])[::-1]
    end = len(tail)
    return ValueDifference(
        head, before[rest : len(before) - end], after[rest : len(after) - end], tail
    )


def _shared(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return "".join(char for char, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _bars(found: Iterable[tuple[str, str, str]], *, by_size: bool) -> Sequence[ChartBar]:
    labels: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for key, label, severity in found:
        labels[key] = label
        counts.setdefault(key, Counter())[severity] += 1
    bars = [
        ChartBar(labels[key], key, tuple((s, counted[s]) for s in SEVERITIES if counted[s]))
        for key, counted in counts.items()
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.label)) if by_size else bars


def _moment(run: str) -> datetime | None:
    try:
        return datetime.strptime(run[:15], "%Y%m%d-%H%M%S")
    except ValueError:
        return None
