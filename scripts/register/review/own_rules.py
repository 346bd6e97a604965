"""Rules that people have told to act without asking: by their names, in a list of ``choices``.

They come after those of the configuration. Whoever empties the cell takes the rule back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from register.book.change import Change
from register.book.choice_lists import additions
from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.book.schema import LANGUAGES
from register.book.table import Book
from register.rules import rule_catalogue
from register.words.sentences import Sentences

REASON = "always"
"""Why a rule is put into the list."""

_COLUMN = "always"
_LONGEST = 200
_TOLD = 5
"""So many lines that name no rule are told."""


def own_rules(book: Book) -> tuple[str, ...]:
    """Return the codes of the rules that people have listed, each once."""
    codes = (_code(cell) for _, cell in book.table("choices").column(_COLUMN))
    return tuple(dict.fromkeys(code for code in codes if code))


def unknown_rules(book: Book) -> Iterator[Phrase]:
    """Yield what is said of lines that name no rule: nothing is done by them."""
    lines = [
        cell
        for row, cell in book.table("choices").column(_COLUMN)
        if cell.strip() and ((row, _COLUMN) in book.table("choices").formulas or not _code(cell))
    ]
    for line in lines[:_TOLD]:
        yield (
            "{tab:choices}, {column:choices.always}: “{line}” is no rule that may act without"
            " asking; nothing is done by it. Empty the cell.",
            {"line": line[:_LONGEST]},
        )


def may_be_kept(code: str) -> bool:
    """Whether a rule proposes a value, so that a person may let it act without asking."""
    info = rule_catalogue().get(code)
    return info is not None and info.applicable and info.severity != "error"


def kept_rule(book: Book, code: str, say: Sentences) -> tuple[Change, ...]:
    """Return the change that puts a rule into the list; none where it is there, or has no room."""
    if not may_be_kept(code) or code in own_rules(book):
        return ()
    return additions(book, _COLUMN, (say.named("rule", code),), REASON)


def _code(cell: str) -> str:
    """Return the code of the rule that a line names, in any of the languages, '' for none."""
    return _names().get(fold_header(cell[:_LONGEST]), "")


@cache
def _names() -> dict[str, str]:
    codes: Collection[str] = [code for code in rule_catalogue() if may_be_kept(code)]
    names = {
        fold_header(Sentences(language).named("rule", code)): code
        for language in LANGUAGES
        for code in codes
    }
    return names | {fold_header(code): code for code in codes}
