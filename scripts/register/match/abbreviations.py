"""Words that a list shortens, and writes out elsewhere: Joh. and Johann, Hist. and Historical."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from register.match.folding import fold_name

_WORD = re.compile(r"(?<![\w.])[^\W\d_]{3,}(?![\w'’])\.?(?!\w)")
_SKELETON = re.compile(r"[a-z][^aeiouy]{2,4}")
_LONGER = 2
"""So many letters more, at least, has the word that a shorter one stands for."""


def written_out(texts: Sequence[str], kept: Collection[str] = ()) -> list[str]:
    """Return texts with each shortened word as the commonest of the list's that it may stand for.

    Shortened is what ends in a full stop (Hist.), or has consonants alone after its first letter
    (Assn, Fdn), unless that is in capitals beside words that are not. ``kept`` are folded words
    that stand for themselves. A word that stands for none stays.
    """
    found = [[match[0] for match in _WORD.finditer(text)] for text in texts]
    whole = Counter(
        fold_name(word) for words in found for word in words if not _is_short(word, words)
    )
    meant: dict[str, str] = {}
    for words in found:
        for word in words:
            if _is_short(word, words) and (key := fold_name(word)) not in kept:
                meant.setdefault(word, _stands_for(key, word[-1] == ".", whole))
    if not any(meant.values()):
        return list(texts)
    return [_WORD.sub(lambda match: meant.get(match[0]) or match[0], text) for text in texts]


def _is_short(word: str, beside: Sequence[str]) -> bool:
    if word[-1] == ".":
        return True
    shouted = word.isupper() and not all(map(str.isupper, beside))
    return len(word) < 6 and not shouted and bool(_SKELETON.fullmatch(fold_name(word)))


def _stands_for(short: str, dotted: bool, words: Counter[str]) -> str:
    """Return the commonest word that begins with a short one, else one that has its letters."""
    longer = [word for word in words if word[:1] == short[:1] and len(word) - len(short) >= _LONGER]
    begun = [word for word in longer if dotted and word.startswith(short)]
    others = [word for word in longer if word[-1] == short[-1] and _holds(word, short)]
    return max(begun or others, key=lambda word: (words[word], word), default="")


def _holds(word: str, letters: str) -> bool:
    """Whether a word has all of some letters in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
