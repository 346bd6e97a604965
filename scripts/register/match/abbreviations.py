"""Words that a list abbreviates in some rows and writes out in others: "Joh." and "Johann"."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from register.match.folding import fold_name

_WORD = re.compile(r"(?<![\w.])[^\W\d_]{3,}(?![\w'’])\.?(?!\w)")
_SKELETON = re.compile(r"[a-z][^aeiouy]{2,4}")
_LONGER = 2
"""A full word must be at least this many letters longer than its abbreviation."""


def written_out(texts: Sequence[str], kept: Collection[str] = ()) -> list[str]:
    """Return the texts with each abbreviated word replaced by the full word that it may stand for.

    A word is an abbreviation if it ends in a full stop ("Hist."), or if it is short and has only
    consonants after its first letter ("Assn", "Fdn"), unless it is in capitals beside words that
    are not. Of several full words in the texts the commonest is taken. A word stays as it is if no
    full word fits, or if ``kept`` holds its folded form.
    """
    found = [[match[0] for match in _WORD.finditer(text)] for text in texts]
    whole = Counter(
        fold_name(word) for words in found for word in words if not _is_short(word, words)
    )
    by_letter: dict[str, dict[str, int]] = {}
    for word, count in whole.items():
        by_letter.setdefault(word[:1], {})[word] = count
    short = dict.fromkeys(word for words in found for word in words if _is_short(word, words))
    meant = {
        word: _stands_for(key, word[-1] == ".", by_letter.get(key[:1], {}))
        for word in short
        if (key := fold_name(word)) not in kept
    }
    if not any(meant.values()):
        return list(texts)
    return [_WORD.sub(lambda match: meant.get(match[0]) or match[0], text) for text in texts]


def _is_short(word: str, beside: Sequence[str]) -> bool:
    if word[-1] == ".":
        return True
    shouted = word.isupper() and not all(map(str.isupper, beside))
    return len(word) < 6 and not shouted and bool(_SKELETON.fullmatch(fold_name(word)))


def _stands_for(short: str, dotted: bool, words: Mapping[str, int]) -> str:
    """Return the folded full word for the folded abbreviation ``short``, '' if there is none.

    ``words`` counts the full words that begin with the same letter.
    An abbreviation with a full stop (``dotted``) prefers words that begin with it; otherwise a word
    fits if it has the same first and last letter and all the letters in between, in their order.
    """
    longer = [word for word in words if len(word) - len(short) >= _LONGER]
    begun = [word for word in longer if dotted and word.startswith(short)]
    others = [word for word in longer if word[-1] == short[-1] and _holds(word, short)]
    return max(begun or others, key=lambda word: (words[word], word), default="")


def _holds(word: str, letters: str) -> bool:
    """Return True if a word contains all the letters in their order, not necessarily adjacent."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
