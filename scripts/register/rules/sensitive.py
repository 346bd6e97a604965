"""Free text says nothing of a person's health, beliefs, crimes or like matters (GDPR art. 9, 10).

The words are stems in Finnish and Swedish; ``[limits] sensitive_words`` in the configuration
replaces them. An organisation's own row may name its field: only what is written of people counts.
"""

import re
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import RuleContext, stems_pattern

_COLUMNS = {
    "people": ("notes", "met_at", "role"),
    "inbox": ("text",),
    "cooperation": ("agreed", "next"),
    "invitations": ("notes",),
}
_WORK = re.compile(
    r"yhdisty|liit[ot]|säätiö|keskus|seura(?!$)|järjestö|kerho|ryhm[äi]|verkosto|toimisto|virasto"
    r"|hank|projekti|kampanj|teema|viik(?:ko|on)|ilta|illan|luen|seminaar|kurssi|koulutu|palvelu"
    r"|työ(?!kyv|ttöm)|toimin|neuvosto|neuvotte|tuki(?!a)|vertais|potila|omais|kuntout|hoitaj"
    r"|pappi|papin|pastori|mies|ohjaaj|neuvoj|asiantunt|johtaj|lääkär|sihteer|koordinaatt|vastaav"
    r"|tutkij|tutkimu|opettaj|terapeu|kuraatt|avusta|tarkasta|lehti|kirja|museo|päivysty|näyttely"
    r"|förening|förbund|stiftels|grupp|arbet|präst|sköta?r|vård|stöd(?!$)|kampanj|projekt",
    re.IGNORECASE,
)
"""Continuations of a word that make it about work: an association, a post, an event, a service."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the free texts about people that contain a sensitive word."""
    words = stems_pattern(setting.sensitive_words, r"[\w\-]*")
    if words is None:
        return
    for key, columns in _COLUMNS.items():
        for column in columns:
            for row_id, cell in live_cells(book.table(key), column):
                if cell and (found := _told(words, cell[:5000])):
                    yield Finding(
                        *(key, row_id, column, "sensitive-text", cell),
                        detail=found,
                    )


def _told(words: re.Pattern[str], text: str) -> str:
    """Return the first word that is about a person and not about work, or ''."""
    for found in words.finditer(text):
        if not _WORK.search(found["rest"]):
            return found.group()
    return ""
