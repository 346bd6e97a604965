"""The cases that Tarkista asks people about: findings, pairs, completions, one sentence each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from register.book.comparison import Comparison
from register.book.finding import Finding
from register.book.ids import fingerprint
from register.book.plan import Change
from register.book.table import Book
from register.fields.henkilotunnus import mask
from register.intake.intake import Completion
from register.match.merge import merge, survivor
from register.match.pair import Pair
from register.report.pair_evidence import compared, reasons_of
from register.report.sentences import Sentences
from register.rules import catalogue

_KINDS = {"stale": "stale", "matter-overdue": "matter"}
_WEIGHT = {"likely": "warning", "certain": "warning"}


@dataclass(frozen=True, slots=True)
class Case:
    """One question to people, and what "hyväksy" or "sama" would do."""

    id: str
    rows: tuple[tuple[str, str], ...]
    severity: str
    cells: tuple[tuple[str, str], ...]
    answer: tuple[Change, ...] = ()
    note: tuple[str, str] = ("", "")
    """The column of the row that the case is about, and what its cell's note says."""
    comparison: Comparison | None = None
    """The two rows that it asks about, side by side."""

    @property
    def shown(self) -> dict[str, str]:
        """The cells of the case's row in Tarkista, by column."""
        return dict(self.cells)


def finding_cases(
    book: Book, found: Iterable[Finding], applied: Collection[str], say: Sentences
) -> list[Case]:
    """Return a case for each finding that people must see.

    Errors and warnings are; what is merely not in canonical form only if its rule is not applied
    without asking, or a person has undone it.
    """
    cases = []
    for finding in found:
        if finding.severity == "info" and not finding.proposed:
            continue
        if finding.code in ("id-missing", "id-doubled", "id-foreign"):
            continue
        column = say.header(finding.tab, finding.column)
        cell = say.value(finding.tab, finding.column, finding.cell)
        severity = "warning" if finding.severity == "info" else finding.severity
        row = book.reference(finding.tab, finding.row_id)
        cells = {
            "kind": _KINDS.get(finding.code, severity),
            "severity": severity,
            "link": f"{say.title(finding.tab)}: {row}",
            "message": say.finding(finding, book),
            "left": f"{column}: {cell}" if cell else column,
            "suggestion": _suggested(finding, say),
        }
        case_id = fingerprint(finding.code, finding.row_id, finding.column, finding.cell)
        cases.append(
            Case(
                case_id,
                ((finding.tab, finding.row_id),),
                severity,
                shown_cells(cells),
                mended(book, finding),
                _note(book, finding, cells["suggestion"], say),
            )
        )
    return cases


def _note(book: Book, finding: Finding, suggestion: str, say: Sentences) -> tuple[str, str]:
    """Return where a finding's note stands, and what it says: what is wrong, what to do."""
    tab = book.table(finding.tab).tab
    column = finding.column or next(iter(tab.name), "")
    said = say.finding(finding, book, named=False)
    how = say(catalogue()[finding.code].remedy)
    proposal = f"{say('Proposal')}: {suggestion}" if suggestion else ""
    return column, mask("\n".join(part for part in (said, proposal, how) if part))


def mended(book: Book, finding: Finding) -> tuple[Change, ...]:
    """Return the changes that a finding proposes; all of them, or none, are to be made."""
    table = book.table(finding.tab)
    return tuple(
        Change(*cell, table.cell(finding.row_id, cell[2]), value, finding.code)
        for column, value in finding.proposed
        for cell in [(finding.tab, finding.row_id, column)]
    )


def _suggested(finding: Finding, say: Sentences) -> str:
    """Return what would be written: the value, or each cell's under its header."""
    if not finding.others:
        return say.value(finding.tab, finding.column, finding.suggestion)
    return "; ".join(
        f"{say.header(finding.tab, column)}: {say.value(finding.tab, column, value) or '–'}"
        for column, value in finding.proposed
    )


def pair_cases(book: Book, pairs: Iterable[Pair], say: Sentences) -> list[Case]:
    """Return a case for each pair of rows that may be one, with the cells that differ."""
    cases = []
    for pair in pairs:
        left, right = book.table(pair.tab).row(pair.left), book.table(pair.tab).row(pair.right)
        differs = [
            column.key
            for column in book.table(pair.tab).tab.columns
            if not column.tool
            and left.get(column.key, "") != right.get(column.key, "")
            and column.key not in ("source", "notes")
        ]
        speaks_for, against = reasons_of(pair, say)
        keeps, goes = survivor(book, pair.tab, pair.left, pair.right)
        cells = {
            "kind": "duplicate",
            "severity": "warning",
            "link": f"{say.title(pair.tab)}: {book.reference(pair.tab, pair.left)}",
            "message": say(
                "Are {left} and {right} the same? They have {evidence}, but {against}."
                if against
                else "Are {left} and {right} the same? They have {evidence}.",
                left=book.reference(pair.tab, pair.left),
                right=book.reference(pair.tab, pair.right),
                evidence=speaks_for,
                against=against,
            ),
            "left": differing(pair.tab, left, differs, say),
            "right": differing(pair.tab, right, differs, say),
            "suggestion": say.label("decision", "same"),
        }
        answer = tuple(merge(book, pair.tab, keeps, goes, "decided"))
        rows = ((pair.tab, pair.left), (pair.tab, pair.right))
        cases.append(
            Case(
                pair_id(pair),
                rows,
                "warning",
                shown_cells(cells),
                answer,
                comparison=compared(book, pair, say),
            )
        )
    return cases


def pair_id(pair: Pair) -> str:
    """Return the id of the question whether two rows are one; "eri" holds for good."""
    return fingerprint("duplicate", *sorted((pair.left, pair.right)))


def completion_cases(book: Book, offers: Iterable[Completion], say: Sentences) -> list[Case]:
    """Return a case for each blank cell of a known row that Saapuneet could fill."""
    cases = []
    for offer in offers:
        row = book.reference(offer.tab, offer.row_id)
        value = say.value(offer.tab, offer.column, offer.value)
        cells = {
            "kind": "intake",
            "severity": "warning",
            "link": f"{say.title(offer.tab)}: {row}",
            "message": say(
                "{source} in Saapuneet knows {column} of {row}: “{value}”. Shall it be filled in?",
                source=offer.source,
                column=say.header(offer.tab, offer.column),
                row=row,
                value=value,
            ),
            "left": say.header(offer.tab, offer.column),
            "suggestion": value,
        }
        place = (offer.tab, offer.row_id, offer.column)
        answer = (Change(*place, "", offer.value, "intake"),)
        case_id = fingerprint("intake", offer.row_id, offer.column, offer.value)
        cases.append(
            Case(case_id, ((offer.tab, offer.row_id),), "info", shown_cells(cells), answer)
        )
    return cases


def differing(tab: str, row: Mapping[str, str], columns: list[str], say: Sentences) -> str:
    """Return cells under their headers, in one line: at most eight."""
    parts = [
        f"{say.header(tab, key)}: {say.value(tab, key, row.get(key, '')) or '–'}"
        for key in columns[:8]
    ]
    return "; ".join(parts)


def shown_cells(cells: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return a case's cells as they are written: no personal identity code, of bounded length."""
    return tuple((key, mask(value)[:2000]) for key, value in cells.items())
