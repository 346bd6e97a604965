"""A finding in a sentence, with the name of its row and column unless the rule says them."""

import re
from datetime import date

from register.book.finding import Finding
from register.book.table import Book
from register.rules import rule_catalogue
from register.words.display import display_day, display_text
from register.words.sentences import LONGEST_SHOWN_CELL, LONGEST_VALUE, Sentences

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def finding_sentence(say: Sentences, finding: Finding, book: Book, *, named: bool = True) -> str:
    """Return a finding's sentence, if ``named`` after the row's name (and column)."""
    return finding_sentences(say, finding, book)[not named]


def finding_sentences(say: Sentences, finding: Finding, book: Book) -> tuple[str, str]:
    """Return a finding's sentence after the row's name (and column), and without them."""
    info = rule_catalogue().get(finding.code)
    sentence = info.sentence if info else finding.code
    values = {
        "cell": _cell_text(say, finding, finding.cell),
        "suggestion": _cell_text(say, finding, finding.suggestion),
        "detail": _cell_text(say, finding, finding.detail),
        "row": say.row(book, finding.tab, finding.row_id),
        "column": say.header(finding.tab, finding.column),
    }
    said = say(sentence, **values)
    if "{row}" in sentence:
        return said, said
    if finding.column and "{column}" not in sentence:
        return f"{values['row']}, {values['column']}: {said}", said
    return f"{values['row']}: {said}", said


def _cell_text(say: Sentences, finding: Finding, value: str) -> str:
    if not value:
        return value
    if _ISO_DATE.fullmatch(value):
        return _day_text(value)
    whole = say.value(finding.tab, finding.column, value[:LONGEST_VALUE])
    return display_text(whole, limit=LONGEST_SHOWN_CELL)


def _day_text(text: str) -> str:
    try:
        return display_day(date.fromisoformat(text))
    except ValueError:
        return text
