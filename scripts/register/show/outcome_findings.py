"""The findings of an outcome as sections of a document: charts, a table, and the pairs to ask."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from register.book.comparison import Comparison
from register.book.finding import SEVERITIES, Finding, Severity
from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.table import Book
from register.rules.sentences import finding_sentence
from register.show.document import (
    LazySequence,
    PageBar,
    PageCell,
    PageChart,
    PageFilter,
    PageLink,
    PagePart,
    PageSection,
    PageSpan,
    PageTable,
)
from register.show.outcome_changes import row_spans, value_difference
from register.show.page_model import ReportContext
from register.values.places import resolve_place
from register.words.display import display_day
from register.words.sentences import Sentences

SEVERITY_COUNTS = {"error": "errors", "warning": "warnings", "info": "hints"}
"""What counts of findings are called (msgids), by severity."""

_PAIRS = 200
"""How many pairs of rows are shown side by side, the likeliest first."""

_REACH = 16
"""The weight (log2 Bayes factor) of a full bar."""

_BARS = 100
"""The maximum number of bars in a chart: those with most findings."""

_TABLE = "list-findings"
"""The anchor of the table of findings."""

_TAB_STEP = 10_000_000
"""More than the rows of any tab, so that rows are sorted by tab, then by number."""


@dataclass(frozen=True, slots=True)
class FindingSections:
    """The sections of an outcome's findings and pairs.

    ``context`` links rows, and has earlier runs.
    """

    outcome: Outcome
    say: Sentences
    context: ReportContext | None
    """None if no page is made: only pages have charts."""

    def found(self, findings: Sequence[Finding], most: int, lead: str) -> Iterator[PageSection]:
        """Yield charts of the findings, and a table of at most ``most`` of them (0 for all).

        ``lead`` is the sentence above the table.
        """
        if findings:
            filters = self._filters(findings)
            if self.context:
                severities = [finding.severity for finding in findings]
                charts = tuple(self._charts(filters, severities, self.context))
                yield PageSection("findings", self.say("What was found"), "", charts, "columns")
            table = PagePart(table=self._table(findings[: most or None], filters))
            yield PageSection("all-findings", self.say("All findings"), lead, (table,))

    def pairs(self) -> Iterator[PageSection]:
        """Yield the section of the pairs that people are asked about, the likeliest first."""
        pairs = sorted(self.outcome.comparisons, key=lambda pair: -pair.probability)
        if not pairs:
            return
        lead = self.say(
            "Each bar is a piece of evidence: to the right it says that the two rows are one, to "
            "the left that they are two. The answer is given in {tab:review}."
        )
        if len(pairs) > _PAIRS:
            lead += f" {self.say('and {count} more', count=len(pairs) - _PAIRS)}"
        shown = tuple(self._pair(pair) for pair in pairs[:_PAIRS])
        yield PageSection("pairs", self.say("Are these one?"), lead, shown)

    def _filters(self, findings: Sequence[Finding]) -> tuple[PageFilter, ...]:
        say = self.say
        home = _row_homes(self.outcome.book)
        return (
            PageFilter(
                "severity",
                say("Urgency"),
                [say.label("severity", f.severity) for f in findings],
            ),
            PageFilter("code", say("Rule"), [say.named("rule", f.code) for f in findings]),
            PageFilter("tab", say("Tab"), [say.tab(f.tab) for f in findings]),
            PageFilter("municipality", say("Municipality"), LazySequence(home, findings)),
        )

    def _charts(
        self,
        filters: Iterable[PageFilter],
        severities: Sequence[Severity],
        context: ReportContext,
    ) -> Iterator[PagePart]:
        """Yield a chart of the findings for each filter except severity, and one of past runs."""
        for one in filters:
            bars = _bars(one.values, severities)
            if bars and one.key != "severity":
                yield PagePart(one.name, chart=PageChart(bars, _TABLE, one.key))
        past = tuple(PageBar(display_day(run.at), run.counts) for run in context.past)
        if past:
            yield PagePart(self.say("The last cleanups"), chart=PageChart(past))

    def _table(self, findings: Sequence[Finding], filters: tuple[PageFilter, ...]) -> PageTable:
        say = self.say
        rows = LazySequence(self._told, findings)
        headers = (say("Urgency"), say("Row"), say("Column"), say("What"))
        return PageTable(headers, rows, look="list stack", key=_TABLE, filters=filters)

    def _told(self, f: Finding) -> tuple[str | PageCell, ...]:
        return (
            PageCell(
                (PageSpan(self.say.label("severity", f.severity), f"tag {f.severity}"),),
                order=SEVERITIES.index(f.severity),
            ),
            self._row(f.tab, f.row_id),
            self.say.column(f.tab, f.column),
            finding_sentence(self.say, f, self.outcome.book, named=False),
        )

    def _row(self, tab: str, row_id: str) -> PageCell:
        """Return the linked name of a row, and its tab, number and id."""
        book, say = self.outcome.book, self.say
        number = book.table(tab).numbers.get(row_id, 0)
        numbered = say("row {number}", number=number) if number else ""
        name, link = say.row(book, tab, row_id), self._link(tab, row_id)
        order = list(book.tables).index(tab) * _TAB_STEP + number
        return PageCell(tuple(row_spans(name, say.tab(tab), numbered, row_id, link)), order)

    def _link(self, tab: str, row_id: str) -> str:
        number = self.outcome.book.table(tab).numbers.get(row_id)
        return self.context.link(tab, number) if number and self.context else ""

    def _pair(self, pair: Comparison) -> PagePart:
        rows = []
        for one in pair.evidence():
            by = value_difference(one.left, one.right)
            weight = PageCell()
            if one.weight is not None:
                share = max(-1.0, min(1.0, one.weight / _REACH))
                weight = PageCell((PageSpan(f"{one.weight:+.0f}"),), weight=share)
            said, left, right = (
                PageCell(spans)
                for spans in (
                    (PageSpan(one.said),),
                    by.spans(by.gone, "mark"),
                    by.spans(by.new, "mark"),
                )
            )
            rows.append((said, weight, left, right))
        ids = (pair.left, pair.right)
        names = {one: self.say.row(self.outcome.book, pair.tab, one) for one in ids}
        links = ((f"{names[one]} {one}", self._link(pair.tab, one)) for one in ids)
        return PagePart(
            " ↔ ".join(names.values()),
            self.say.tab(pair.tab),
            table=PageTable(
                (self.say("Evidence"), self.say("Weight"), *ids), tuple(rows), look="evidence"
            ),
            links=tuple(PageLink(text, url) for text, url in links if url),
        )


def _row_homes(book: Book) -> Callable[[Finding], str]:
    """Return a function from a finding to the name of its row's municipality, '' if unknown.

    It is the row's own municipality, else that of its organisation.
    """

    def named(cell: str) -> str:
        found = resolve_place(cell).municipality if cell else None
        return found.name(book.language) if found else ""

    def home(finding: Finding) -> str:
        table = book.table(finding.tab)
        org = reference_id(table.cell(finding.row_id, "org"))
        return named(table.cell(finding.row_id, "municipality")) or named(
            book.table("organisations").cell(org, "municipality")
        )

    return home


def _bars(labels: Iterable[str], severities: Iterable[Severity]) -> tuple[PageBar, ...]:
    """Return a bar for each label, the longest first."""
    counts: dict[str, Counter[Severity]] = {}
    for label, severity in zip(labels, severities, strict=True):
        if label:
            counts.setdefault(label, Counter())[severity] += 1
    bars = (
        PageBar(label, tuple((s, counted[s]) for s in SEVERITIES if counted[s]))
        for label, counted in counts.items()
    )
    return tuple(sorted(bars, key=lambda bar: (-bar.total, bar.label))[:_BARS])
