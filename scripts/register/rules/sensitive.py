"""Free text says nothing of a person's health, beliefs, crimes or like matters (GDPR art. 9, 10).

The words are stems in Finnish and Swedish; ``[limits] sensitive_words`` in the configuration
replaces them. An organisation's own row may name its field: only what is written of people counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "sensitive-text",
        "warning",
        "“{detail}” may tell of somebody's health, beliefs or crimes. Such things must not be kept "
        "here; take it out unless it is about the work itself.",
    ),
)
_COLUMNS = {"people": ("notes", "met_at", "role"), "inbox": ("text",), "cooperation": ("agreed",)}


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the free texts about people that hold a word of the list."""
    words = _pattern(setting.sensitive_words)
    if words is None:
        return
    for key, columns in _COLUMNS.items():
        for row_id, row in live_rows(book.table(key)):
            for column in columns:
                cell = row.get(column, "")
                if cell and (found := words.search(cell[:5000])):
                    yield Finding(
                        *(key, row_id, column, "sensitive-text", "warning", cell),
                        detail=found.group(),
                    )


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    stems = "|".join(re.escape(word) for word in words if word.strip())
    return re.compile(rf"\b(?:{stems})\w*", re.IGNORECASE) if stems else None
