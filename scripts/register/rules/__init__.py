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
"""The rules whose suggestion is never a guess: the default of ``[apply] rules``."""


PERMITTED = (*SAFE, "text-hidden", "reference-merged")
"""The rules that a person may let act from now on: those, and what is no guess but worth a look."""


@cache
def rule_catalogue() -> Mapping[str, RuleInfo]:
    """Return every code that a finding may have, by code."""
    return {info.code: info for rule in RULES for info in rule_codes(rule.__name__)}


def rules_of(codes: Collection[str]) -> list[Rule]:
    """Return the rules that may find any of these codes."""
    return [one for one in RULES if any(info.code in codes for info in rule_codes(one.__name__))]


def nearest_codes(code: str) -> tuple[str, ...]:
    """Return the codes that a mistyped one may mean, the likeliest first; at most three."""
    known = list(rule_catalogue())
    plain = code[:80].casefold().replace("_", "-").replace(" ", "-")
    parts = [name for name in known if plain and (plain in name or name in plain)]
    alike = [name for name, _, _ in process.extract(plain, known, scorer=OSA.distance, limit=3)]
    return tuple(dict.fromkeys((*parts, *alike)))[:3]


def rule_named(code: str) -> RuleInfo:
    """Return a rule by its code. Raises UsageError that names the nearest codes."""
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
    """What a rule finds in a book: it is read once, whoever asks."""

    rule: Rule
    setting: RuleContext

    def __call__(self, book: Book) -> tuple[Finding, ...]:
        return tuple(self.rule.check(book, self.setting))


def findings(
    book: Book, setting: RuleContext, rules: Sequence[Rule] = RULES
) -> tuple[Finding, ...]:
    """Return what the rules have to say of a book, sorted by tab, row and column.

    A cell whose column is not there is no empty cell: nothing is said of it.
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
    """Yield the findings, of a cell with a formula one: no value can be written there.

    It is as grave as what its value would be.
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
    """Yield the findings whose cell no other one explains: a stray value is no impossible one.

    Nor has a value that was decoded wrongly a form of its own, nor two numbers a right one, nor
    lacks a day its year where the row tells it.
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


_OF_FORMULAS = ("name-formula", *(info.code for info in rule_codes("formula")))
_FORMS = tuple(info.code for info in rule_codes("form"))
_IMPOSSIBLE = tuple(info.code for info in rule_codes("impossible"))
_EXPLAINED: Mapping[str, Sequence[str]] = {
    "column-shift": _IMPOSSIBLE,
    "phone-second": ("phone-several",),
    "date-year-missing": ("date-no-year",),
    **{info.code: (*_FORMS, *_IMPOSSIBLE) for info in rule_codes("garbled")},
}
"""Of what other findings in the same cells a finding is the better explanation."""
