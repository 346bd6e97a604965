"""The words for a decision: labels of the dropdown, and plain words with the same meaning.

All three languages are read, whatever the register's. Case, spaces and full stops do not matter.
"""

import unicodedata
from functools import cache, lru_cache

from register.book.package_data import package_table
from register.book.schema import schema

YES, NO = "yes", "no"
"""A plain yes and a plain no; each question knows which of its decisions they mean."""

MEANS = {"carry_out": "accept", "settled": "accept", "accept_all": "accept", "tie": "same"}
"""The decisions behind words that only describe better what a decision does in its question."""


@lru_cache(maxsize=1 << 12)
def read_decision(text: str) -> str:
    """Return the decision that a cell names: a key of the dropdown, YES or NO, or '' if none.

    A word of :data:`MEANS` is read as its decision.
    """
    said = _known().get(fold_word(text), "")
    return MEANS.get(said, said)


def fold_word(text: str) -> str:
    """Return a text for comparison: NFKC, casefolded, single spaces, no punctuation around it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in folded).split()
    bare = " ".join(words)
    return bare.strip(" .,;:!'\"”“’‘»«()[]*") or bare


@cache
def _known() -> dict[str, str]:
    decisions = schema().enum("decision")
    known = {fold_word(word): key for word, key in decisions.earlier.items()} | {
        fold_word(word): key
        for key, labels in decisions.labels.items()
        for word in (key, *labels.values())
    }
    for key, words in package_table("register.review", "words").items():
        for word in words:
            known.setdefault(fold_word(word), key)
    return known
