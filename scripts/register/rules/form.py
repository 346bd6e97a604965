"""A value whose meaning is certain is written in its canonical form.

Spaces, NFC, the domain of an address in lower case, phones as E.164, postal codes and Y-tunnus
with their zeros, dates as dates, a dropdown's own spelling. Nothing here changes what a cell means,
so the default configuration makes these changes without asking.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.readings import unlike_readings
from register.rules.rule import WRITTEN_REMEDY, RuleContext, RuleInfo
from register.values.registry import form_codes

_EXAMPLES = {
    "area-form": "Espoo;Vantaa → Espoo, Vantaa",
    "association-no-form": "Rek.nro 123456 → 123456",
    "business-id-form": "112038-9 → 0112038-9",
    "choice-form": "KYLLÄ → kyllä",
    "date-form": "1. helmikuuta 2025 → 1.2.2025",
    "email-form": "Maija.A@EXAMPLE.ORG → Maija.A@example.org",
    "integer-form": "30.0 → 30",
    "municipality-form": "Espoon kaupunki → Espoo",
    "organisation-name-form": "Olarin kyläyhdistys r.y. → Olarin kyläyhdistys ry",
    "person-name-form": "Maija  Liisa → Maija Liisa",
    "phone-form": "040 123 4567 → +358401234567",
    "post-form": "v.pj, siht. → varapuheenjohtaja, sihteeri",
    "postal-code-form": "2100 → 02100",
    "text-form": "tavattu  messuilla → tavattu messuilla",
    "time-form": "klo 17.30 → 17:30",
    "url-form": "HTTPS://Example.org/Sivu → https://example.org/Sivu",
}
_FORM_CODES = form_codes()

CODES = tuple(
    RuleInfo(
        code,
        "info",
        "“{cell}” is written “{suggestion}”.",
        why="Two spellings of one value are two values to a search, a filter and a mail merge.",
        remedy=WRITTEN_REMEDY,
        example=_EXAMPLES[code],
    )
    for code in sorted(set(_FORM_CODES.values()))
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells whose canonical form is another text than theirs."""
    for tab, row_id, column, cell, reading in unlike_readings(book):
        if not reading.problem:
            code = _FORM_CODES[column.type]
            yield Finding(tab, row_id, column.key, code, "info", cell, reading.value)
