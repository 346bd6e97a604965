"""The rules: one module each, named here one by one, so that what runs can be read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.book.errors import UsageError
from register.book.finding import SEVERITIES, Finding
from register.book.table import Book
from register.rules import (
    consent,
    dates,
    foreign,
    form,
    formula,
    garbled,
    henkilotunnus,
    ids,
    impossible,
    invited,
    mailboxes,
    markup,
    overdue,
    party,
    person_parts,
    references,
    required,
    said_to_have_left,
    second_phone,
    sensitive,
    shifted,
    stale,
    strange_names,
    succession,
    swapped,
    unreachable,
    unready,
)
from register.rules.rule import (
    OUT_OF_PLACE_WORDS as OUT_OF_PLACE_WORDS,
    SENSITIVE_WORDS as SENSITIVE_WORDS,
    Rule,
    RuleContext as RuleContext,
    RuleInfo as RuleInfo,
    rule_codes,
)

RULES: tuple[Rule, ...] = (
    ids,
    required,
    form,
    impossible,
    second_phone,
    garbled,
    references,
    henkilotunnus,
    formula,
    markup,
    dates,
    invited,
    consent,
    party,
    stale,
    unreachable,
    overdue,
    swapped,
    shifted,
    succession,
    said_to_have_left,
    mailboxes,
    unready,
    sensitive,
    foreign,
    person_parts,
    strange_names,
)

SAFE = (
    *(info.code for info in rule_codes("form")),
    *(
        "reference-form",
        "encoding-form",
        "municipality-former",
        "date-year-missing",
        "email-marks",
        "phone-second",
        "url-no-scheme",
    ),
)
"""The codes whose suggestion is never a guess: the default of ``[apply] rules``."""


PERMITTED = (*SAFE, "text-hidden", "reference-merged")
"""The codes that a person may let act unasked: SAFE, and some that are certain but worth a look."""

_OF_FORMULAS = ("name-formula", *(info.code for info in rule_codes("formula")))
_FORMS = tuple(info.code for info in rule_codes("form"))
_IMPOSSIBLE = tuple(info.code for info in rule_codes("impossible"))
_EXPLAINED: Mapping[str, Sequence[str]] = {
    "column-shift": _IMPOSSIBLE,
    "phone-second": ("phone-several",),
    "date-year-missing": ("date-no-year",),
    **{info.code: (*_FORMS, *_IMPOSSIBLE) for info in rule_codes("garbled")},
}
"""By code: the codes of other findings in the same cells that it explains better."""


@cache
def rule_catalogue() -> Mapping[str, RuleInfo]:
    """Return the description of every code that a finding may have, by code."""
    return {info.code: info for rule in RULES for info in rule_codes(rule.__name__)}


def rules_of(codes: Collection[str]) -> list[Rule]:
    """Return the rules that can find any of these codes."""
    return [one for one in RULES if any(info.code in codes for info in rule_codes(one.__name__))]


def nearest_codes(code: str) -> tuple[str, ...]:
    """Return the codes that a mistyped one may mean, the likeliest first; at most three."""
    known = list(rule_catalogue())
    plain = code[:80].casefold().replace("_", "-").replace(" ", "-")
    parts = [name for name in known if plain and (plain in name or name in plain)]
    alike = [name for name, _, _ in process.extract(plain, known, scorer=OSA.distance, limit=3)]
    return tuple(dict.fromkeys((*parts, *alike)))[:3]


def rule_named(code: str) -> RuleInfo:
    """Return the description of a code. Raises UsageError with the nearest codes if unknown."""
    found = rule_catalogue().get(code)
    if found is None:
        raise UsageError(
            "There is no rule {code}. The nearest are {near}.",
            remedy="All rules are listed by: python3 scripts/check.py --explain",
            code=code[:80],
            near=", ".join(nearest_codes(code)),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Check:
    """The findings of one rule in a book; :meth:`Book.once` computes them once per book."""

    rule: Rule
    setting: RuleContext

    def __call__(self, book: Book) -> tuple[Finding, ...]:
        found = self.rule.check(book, self.setting)
        return tuple(replace(one, severity=rule_catalogue()[one.code].severity) for one in found)


def findings(
    book: Book, setting: RuleContext, rules: Sequence[Rule] = RULES
) -> tuple[Finding, ...]:
    """Return the findings of the rules in a book, sorted by tab, row, column and code.

    A finding about a column that the sheet lacks is left out: a missing column is not a blank cell.
    """
    found = dict.fromkeys(
        one
        for rule in rules
        for one in book.once(_Check(rule, setting))
        if not one.column or book.table(one.tab).has(one.column)
    )
    order = {key: number for number, key in enumerate(book.tables)}
    number = {key: book.table(key).numbers for key in book.tables}
    return tuple(
        sorted(
            _formulas_once(list(_unexplained(found))),
            key=lambda f: (order[f.tab], number[f.tab][f.row_id], f.column, f.code),
        )
    )


def _formulas_once(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings, but only one for a cell with a formula: no value can be written there.

    It gets the highest severity of all findings about the cell.
    """
    cells: dict[tuple[str, str, str], list[Finding]]
    cells = {finding.place: [] for finding in found if finding.code in _OF_FORMULAS}
    for finding in found:
        if finding.place in cells:
            cells[finding.place].append(finding)
        else:
            yield finding
    for every in cells.values():
        told = [one for one in every if one.code in _OF_FORMULAS]
        worst = min((one.severity for one in every), key=SEVERITIES.index)
        yield replace(min(told, key=lambda f: _OF_FORMULAS.index(f.code)), severity=worst)


def _unexplained(found: Collection[Finding]) -> Iterator[Finding]:
    """Yield the findings, except those that another finding about the cell explains better.

    A value in the wrong column is not impossible as well, and a wrongly decoded value has no form
    of its own. Two phones in one cell are no impossible phone. A day whose year the row shows does
    not lack it.
    """
    explained: dict[str, set[tuple[str, str, str]]] = {}
    for finding in found:
        for code in _EXPLAINED.get(finding.code, ()):
            explained.setdefault(code, set()).update(
                (finding.tab, finding.row_id, column)
                for column in (finding.column, *(key for key, _ in finding.others))
            )
    for finding in found:
        if finding.code not in explained or finding.place not in explained[finding.code]:
            yield finding
