"""What every rule is made of: a code, a severity, a sentence, and a check of the whole book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from register.book.finding import Finding, Severity
from register.book.table import Book, Table

GONE = ("merged", "archived")
"""The states of rows that no rule speaks of."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One code of the catalogue: how bad it is, and the sentence (a msgid) that people read."""

    code: str
    severity: Severity
    sentence: str


SENSITIVE_WORDS = (
    *("diagnoos", "sairau", "sairas", "masentu", "masennu", "raskaana", "alkoholist", "narkoman"),
    *("päihderiippu", "rikostau", "rikosrekist", "vankil", "konkurssi", "ulosot", "toimeentulotu"),
    *("homoseksu", "lesbo", "uskovai", "jehovan todistaj", "turvapaikan", "vammautu"),
    *("depress", "gravid", "missbrukar", "kriminell", "fängels", "utsökning", "homosexu"),
    *("asylsök", "diagnos", "sjukskriv", "utkomststöd"),
)
"""Stems that in a note about a person are mostly special-category or criminal data."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may know besides the book: the day, when a row is stale, what is sensitive."""

    today: date
    stale_months: int = 12
    sensitive_words: tuple[str, ...] = SENSITIVE_WORDS


class Rule(Protocol):
    """A rule module: its docstring is the rule and its source."""

    @property
    def CODES(self) -> tuple[RuleInfo, ...]:
        """The codes of its findings."""
        ...

    def check(self, book: Book, setting: Setting) -> Iterator[Finding]:
        """Yield a Finding for every cell or row that breaks the rule."""
        ...


def live_rows(table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows that are still in use: neither merged into another nor archived."""
    for row_id, row in table.rows():
        if row.get("status") not in GONE:
            yield row_id, row


DATA_TABS = (
    *("organisations", "people", "networks", "cooperation", "meetings", "bans"),
    *("choices", "inbox", "invitations"),
)
"""The tabs whose cells people write; Tarkista and Loki are the tool's own."""

CHECKED_TABS = ("organisations", "people", "networks", "cooperation", "meetings", "bans")
"""The tabs whose cells must be right; Saapuneet is judged when its rows are taken in."""
