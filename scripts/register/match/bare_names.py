"""Organisation names without legal form and grammatical endings: what is left tells them apart."""

from functools import lru_cache

from register.match.folding import fold_name
from register.match.organisation_words import word_table
from register.values import organisation_name

_ANYWHERE = ("ry", "rf", "the")
"""Articles, and legal forms that also stand in the middle: "Pallo ry / hiihto"."""


@lru_cache(maxsize=1 << 16)
def key_of_name(text: str) -> str:
    """Return the folded name of an organisation without its legal form."""
    return " ".join(fold_name(word) for word in bare_words(text))


@lru_cache(maxsize=1 << 16)
def bare_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without the legal forms that it begins or ends with."""
    return tuple(without_forms(organisation_name.organisation_key(text).split())[0])


def without_forms(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Return the words without legal forms at either end, and the countries that use the forms."""
    table, lands = word_table(), frozenset[str]()
    told = [word for word in words if word not in _ANYWHERE] or list(words)
    while len(told) > 1 and fold_name(told[-1]) in table.forms:
        lands |= table.forms[fold_name(told.pop())]
    while len(told) > 1 and fold_name(told[0]) in table.leading:
        lands |= table.forms.get(fold_name(told.pop(0)), frozenset())
    return told, lands


def without_endings(word: str) -> str:
    """Return a word without the endings that say little: "-liitto" and "-liiton" are one."""
    for ending in word_table().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    if len(word) > 6 and word.endswith("liiton"):
        return word.removesuffix("liiton") + "liitto"
    return word
