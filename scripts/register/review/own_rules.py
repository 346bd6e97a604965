"""Rules that people let act without asking: their names, in the list ``always`` of ``choices``.

They are added to those in the configuration. Emptying the cell withdraws the permission.
"""

from collections.abc import Iterator
from functools import cache

from register.book.change import Change
from register.book.choice_lists import choice_additions
from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.book.schema import LANGUAGES
from register.book.table import Book
from register.rules import PERMITTED
from register.words.sentences import Sentences

_REASON = "always"
"""The reason of a change that puts a rule into the list."""

_COLUMN = "always"
_LONGEST = 200
_TOLD = 5
"""The most lines without a rule that are reported."""


def own_rules(book: Book) -> tuple[str, ...]:
    """Return the codes of the rules that people have listed, each once."""
    return tuple(dict.fromkeys(code for _, code in _lines(book) if code))


def unknown_rules(book: Book) -> Iterator[Phrase]:
    """Yield a phrase for each line that names no rule, and therefore does nothing."""
    lines = [line for line, code in _lines(book) if line.strip() and not code]
    for line in lines[:_TOLD]:
        yield (
            "{tab:choices}, {column:choices.always}: “{line}” is no rule that may act without"
            " asking; nothing is done by it. Empty the cell.",
            {"line": line[:_LONGEST]},
        )


def _lines(book: Book) -> Iterator[tuple[str, str]]:
    """Yield each line of the list with the code of the rule that it names, or ''.

    A formula never names one: tomorrow it may show another rule.
    """
    table = book.table("choices")
    for row, cell in table.column(_COLUMN):
        is_typed = (row, _COLUMN) not in table.formulas
        yield cell, _names().get(fold_header(cell[:_LONGEST]), "") if is_typed else ""


def rule_addition(book: Book, code: str, say: Sentences) -> tuple[Change, ...]:
    """Return the change that puts a rule into the list; none if it is there or there is no room."""
    if code not in PERMITTED or code in own_rules(book):
        return ()
    return choice_additions(book, _COLUMN, (say.named("rule", code),), _REASON)


@cache
def _names() -> dict[str, str]:
    names = {
        fold_header(Sentences(language).named("rule", code)): code
        for language in LANGUAGES
        for code in PERMITTED
    }
    return names | {fold_header(code): code for code in PERMITTED}
