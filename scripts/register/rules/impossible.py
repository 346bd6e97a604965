"""A cell holds what its column is for, or a person is asked what was meant.

Each field says why a value has no certain canonical form; its table of problems gives the
severity and the sentence.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.field_words import EXAMPLES, field_remedy, why_field_matters
from register.rules.readings import unlike_readings
from register.rules.rule import RuleContext, RuleInfo
from register.values.registry import problems

CODES = tuple(
    RuleInfo(code, severity, sentence, why_field_matters(code), field_remedy(code), EXAMPLES[code])
    for code, (severity, sentence) in problems().items()
)
_SEVERITY = {info.code: info.severity for info in CODES}


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells that a field could not read for certain."""
    for tab, row_id, column, cell, reading in unlike_readings(book):
        if reading.problem:
            severity = _SEVERITY[reading.problem]
            yield Finding(
                *(tab, row_id, column.key, reading.problem, severity, cell),
                suggestion=reading.suggestion,
                detail=reading.detail,
            )
