"""What people write as a decision: the labels of the list, and the plain words that mean the same.

Any of the three languages, whatever the register's; capitals, spaces, full stops don't count.
"""

import unicodedata
from functools import cache, lru_cache

from register.book.package_data import package_table
from register.book.schema import schema

YES, NO = "yes", "no"
"""What a plain yes and a plain no are read as: each question knows which decision they stand for.
"""

MEANS = {"carry_out": "accept", "settled": "accept", "accept_all": "accept", "tie": "same"}
"""What words of the list mean that only say better what a decision does in its question."""


@lru_cache(maxsize=1 << 12)
def read_decision(text: str) -> str:
    """Return the decision that a cell names: a key of the list, YES, NO; '' where it is no word.

    What only says better what a decision does is that decision (:data:`MEANS`).
    """
    said = _known().get(fold_word(text), "")
    return MEANS.get(said, said)


def fold_word(text: str) -> str:
    """Return a text as it is compared: NFKC, casefolded, single spaces, no marks around it."""
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
