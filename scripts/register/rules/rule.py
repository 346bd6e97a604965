"""What every rule is made of: a code, a severity, a sentence, and a check of the whole book."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from register.book.finding import Finding, Severity
from register.book.package_data import package_table
from register.book.table import Book
from register.values.reading import LONGEST_VALUE_READ
from register.values.text import tidy

_MOVES = ("column-shift", "personal-identity-code", "personal-identity-code-possible")
"""The codes that propose something although their example shows no single value."""

WRITTEN_REMEDY = "Nothing: the next cleanup writes it so."
"""What to do about what a rule writes by itself, where it may."""

ACCEPT_REMEDY = "Choose “{word:accept}” in {tab:review}, or write the cell anew."
"""What to do about what is proposed."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One code of the catalogue: how bad it is, and the sentence (a msgid) that people read.

    ``why`` it is asked about and what to do (``remedy``) are msgids too; ``example`` is a cell that
    breaks the rule, with the proposal after an arrow where there is one.
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
    """Return what a rule may find, as ``codes.toml`` has it by the name of the rule's module."""
    codes = package_table("register.rules", "codes")[name.rpartition(".")[2]]
    return tuple(RuleInfo(code, **info) for code, info in codes.items())


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
"""Stems that in a note about a person are mostly special-category or criminal data."""

OUT_OF_PLACE_WORDS = (
    *("salasana", "lösenord", "password", "pin-koodi", "pin-kod", "tilinumero", "kontonummer"),
    *("syntymäaika", "syntymäpvm", "synt.", "syntynyt", "född ", "födelsedat", "passin numero"),
    *("henkilökortin numero", "luottokort", "kreditkort"),
)
"""Beginnings of words that announce what no register of contacts needs."""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may know besides the book: the day, when a row is stale, which words tell."""

    today: date
    stale_months: int = 12
    sensitive_words: tuple[str, ...] = SENSITIVE_WORDS
    foreign_words: tuple[str, ...] = OUT_OF_PLACE_WORDS


class Rule(Protocol):
    """A rule module: its docstring is the rule and its source, ``codes.toml`` what it may find."""

    __name__: str

    def check(self, book: Book, setting: RuleContext) -> Iterator[Finding]:
        """Yield a Finding for every cell or row that breaks the rule."""
        ...


CHECKED_TABS = (
    *("organisations", "people", "networks", "cooperation", "meetings", "mailings", "letters"),
    *("bans", "choices"),
)
"""The tabs whose cells must be right; ``inbox`` is judged when its rows are taken in."""

DATA_TABS = (*CHECKED_TABS, "inbox", "invitations")
"""The tabs whose cells people write; ``review`` and ``log`` are the tool's own."""


def is_blank(cell: str) -> bool:
    """Whether a cell shows nothing: empty, spaces, characters that have no width."""
    if not cell or cell[0].isalnum():
        return not cell
    return len(cell) < LONGEST_VALUE_READ and not tidy(cell)


ENDED = ("ended", "not_interested")
"""The stages of organisations that nobody works with any more; they need not be kept fresh."""
