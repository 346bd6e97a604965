"""The cases that Tarkista asks people about: findings, pairs, completions, one sentence each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from register.book.finding import Finding
from register.book.ids import fingerprint
from register.book.plan import Change
from register.book.table import Book
from register.fields.henkilotunnus import mask
from register.intake.intake import Completion
from register.match.merge import merge, survivor
from register.match.pair import Pair
from register.report.sentences import Sentences
from register.rules import catalogue

_KINDS = {"stale": "stale", "matter-overdue": "matter"}
_WEIGHT = {"likely": "warning", "certain": "warning"}

EVIDENCE = {
    "name": "the same name",
    "name_swapped": "the same names the other way round",
    "name_alike": "nearly the same name",
    "business_id": "the same Y-tunnus",
    "assoc_no": "the same register number",
    "municipality": "the same municipality",
    "org": "the same organisation",
    "details": "the same details in the notes",
    "mailbox": "the same mailbox",
    "phone": "the same phone",
    "name_exact": "the same name",
    "name_typo": "nearly the same name",
    "name_short": "a short form of the name",
    "name_part_of_last": "a part of the surname in common",
    "name_swapped_typo": "nearly the same names the other way round",
    "name_spoiled": "names that look alike",
    "name_half_known": "the name that both rows have in common",
    "name_other_last": "the same first name and another surname",
    "name_other_first": "the same surname and another first name",
    "name_different": "different names",
    "email_same": "the same mailbox",
    "email_same_user": "the same mailbox name at another provider",
    "email_typo": "nearly the same address",
    "email_different": "different addresses",
    "phone_of_two": "one phone for two first names",
    "phone_same": "the same phone",
    "phone_same_end": "phones with the same ending",
    "phone_typo": "nearly the same phone",
    "phone_different": "different phones",
    "affiliation_org_and_place": "the same organisation and place",
    "affiliation_org": "the same organisation",
    "affiliation_org_alike": "nearly the same organisation",
    "affiliation_code": "the same postal code",
    "affiliation_place": "the same municipality",
    "affiliation_different": "different organisations",
    "address_same": "the same address",
    "address_same_place": "the same street and place",
    "address_alike": "nearly the same address",
    "address_alike_place": "a like street in the same place",
    "address_same_elsewhere": "the same street in another place",
    "address_alike_elsewhere": "a like street in another place",
    "address_place": "the same town and postal code",
    "address_different": "different addresses at home",
    "place_code": "the same postal code",
    "place_place": "the same municipality",
    "place_different": "different places",
    "place_street": "the same street address",
    "place_region": "the same region",
    "title_exact": "the same name",
    "title_words": "the same words in the name",
    "title_alias": "a name in common",
    "title_language": "the same name in Finnish and Swedish, or in other words",
    "title_slip": "the same name but for a slip of the pen",
    "title_typo": "nearly the same name",
    "title_acronym": "a name and its initials",
    "title_part": "one name within the other",
    "title_alike": "names that look alike",
    "title_different": "different names",
    "number_same": "the same Y-tunnus or register number",
    "number_different": "different numbers",
    "contact_mailbox": "the same mailbox",
    "contact_site": "the same web or mail domain",
    "contact_typo": "nearly the same address",
    "contact_different": "different addresses",
    "site": "the same web or mail domain",
    "role_same": "the same role",
    "role_different": "different roles",
}
"""What each piece of evidence of a pair is called (msgids)."""

_STRENGTHS = ((12, "+++"), (6, "++"), (0, "+"), (-4, "−"), (-99, "−−"))
"""How much a weight says, in steps so wide that a change elsewhere seldom changes the text."""


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
        cases.append(Case(pair_id(pair), rows, "warning", shown_cells(cells), answer))
    return cases


def reasons_of(pair: Pair, say: Sentences) -> tuple[str, str]:
    """Return what speaks for a pair and what against it, each with how much it says."""
    if not pair.weights:
        return ", ".join(say(EVIDENCE[code]) for code in pair.evidence), ""
    told: tuple[list[str], list[str]] = ([], [])
    for code, weight in zip(pair.evidence, pair.weights, strict=True):
        sign = next(sign for least, sign in _STRENGTHS if weight > least or least == -99)
        told[weight <= 0].append(f"{say(EVIDENCE[code])} ({sign})")
    return ", ".join(told[0]), ", ".join(told[1])


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
        answer = (Change(*place, "", offer.value, f"intake {offer.source}"),)
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
