"""What every rule is made of: a code, a severity, a sentence, and a check of the whole book."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from register.book.finding import Finding, Severity
from register.book.package_data import package_table
from register.book.table import Book
from register.values.reading import LONGEST_VALUE_READ
from register.values.text import tidy

_MOVES = ("column-shift", "personal-identity-code", "personal-identity-code-possible")
"""The codes that propose something although their example has no arrow."""

WRITTEN_REMEDY = "Nothing: the next cleanup writes it so."
"""The remedy for what a rule writes by itself, if it may."""

ACCEPT_REMEDY = "Choose “{word:accept}” in {tab:review}, or write the cell anew."
"""The remedy for what is only proposed."""

SENSITIVE_WORDS = (
    *("diagnoos", "diagnosoi", "sairau", "sairas", "sairast", "masentu", "masennu", "raskaana"),
    *("alkoholis", "alkoholion", "narkoman", "päihderiippu", "päihdeongel", "juopo", "uupum"),
    *("burnout", "burn-out", "itsemurh", "skitsofr", "bipola", "syöpä", "syöpää", "syövä"),
    *("diabet", "epileps", "dementi", "muistisai", "hiv", "adhd", "autis", "mielenterveyson"),
    *("vammautu", "kehitysvamma", "työkyvyttöm", "rikostau", "rikostuom", "rikosrekist"),
    *("vankil", "vankeu", "tuomittu", "konkurssi", "ulosot", "luottohäiri", "luottotie"),
    *("toimeentulotu", "homoseksu", "lesbo", "transsuku", "uskovai", "muslim", "helluntai"),
    *("jehovan todistaj", "turvapaikan", "pakolai", "romani"),
    *("depress", "gravid", "missbrukar", "alkoholis", "kriminell", "fängels", "utsökning"),
    *("homosexu", "asylsök", "diagnos", "sjukskriv", "utbränd", "cancer", "självmord"),
    *("utkomststöd", "troende", "betalningsanmärk"),
)
"""Word stems that in a note about a person are mostly special-category or criminal data."""

OUT_OF_PLACE_WORDS = (
    *("salasana", "lösenord", "password", "pin-koodi", "pin-kod", "tilinumero", "kontonummer"),
    *("syntymäaika", "syntymäpvm", "synt.", "syntynyt", "född ", "födelsedat", "passin numero"),
    *("henkilökortin numero", "luottokort", "kreditkort"),
)
"""Word stems that introduce data which no contact register needs."""

CHECKED_TABS = (
    *("organisations", "people", "networks", "cooperation", "meetings", "invitations"),
    *("mailings", "letters", "bans", "choices"),
)
"""The tabs whose cells are checked; ``inbox`` is checked when its rows are taken in."""

DATA_TABS = (*CHECKED_TABS, "inbox")
"""The tabs that people write into; ``review`` and ``log`` are the tool's own."""

ENDED = ("ended", "not_interested")
"""The stages of organisations that nobody works with any more; they are never stale."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One code of the catalogue: its severity, and the sentences for people (msgids).

    ``why`` is the reason for the rule, ``remedy`` what to do. ``example`` is a cell that breaks the
    rule, followed by an arrow and the proposal if there is one.
    """

    code: str
    severity: Severity
    sentence: str
    why: str
    remedy: str
    example: str

    @property
    def applicable(self) -> bool:
        """Whether the rule can propose a value, so that ``[apply] rules`` may name it."""
        return "→" in self.example or self.code in _MOVES


def rule_codes(name: str) -> tuple[RuleInfo, ...]:
    """Return the codes of a rule, as ``codes.toml`` lists them by the name of its module."""
    codes = package_table("register.rules", "codes")[name.rpartition(".")[2]]
    return tuple(RuleInfo(code, **info) for code, info in codes.items())


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may know besides the book: the day, the age of stale rows, forbidden words."""

    today: date
    stale_months: int = 12
    sensitive_words: tuple[str, ...] = SENSITIVE_WORDS
    foreign_words: tuple[str, ...] = OUT_OF_PLACE_WORDS


class Rule(Protocol):
    """A rule module: its docstring is the rule and its source, ``codes.toml`` lists its codes."""

    __name__: str

    def check(self, book: Book, setting: RuleContext) -> Iterator[Finding]:
        """Yield a Finding for every cell or row that breaks the rule."""


@cache
def stems_pattern(stems: tuple[str, ...], rest: str) -> re.Pattern[str] | None:
    """Return the pattern of words that begin with a stem and go on as ``rest``; None if none do."""
    either = "|".join(re.escape(stem) for stem in stems if stem.strip())
    return re.compile(rf"\b(?:{either})(?P<rest>{rest})", re.IGNORECASE) if either else None


def is_blank(cell: str) -> bool:
    """Whether a cell shows nothing: empty, spaces, or characters without width."""
    if not cell or cell[0].isalnum():
        return not cell
    return len(cell) < LONGEST_VALUE_READ and not tidy(cell)
