"""Removing from free text the names of people who may not be named, and all contact details.

Finnish inflects names ("Pekka Virtanen", "Pekan ja Virtasen"): two adjacent words that begin like a
person's two names, in either order, count as that person.
"""

import re
from collections.abc import Collection

from register.book.table import Book

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_REACH = re.compile(
    r"[^\s<>,;:()]+\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[^\s<>,;()]+"
    r"|(?<![\w.])\+?\(?\d[\d\s()\-–]{6,}\d(?![\d.])"
)
_BENT = 3
"""This many letters at the end of a name may change when it is inflected."""

_HIDDEN = "–"


class NameRemover:
    """Replaces the names of ``hidden`` people (ids) by their role, and contact details by –."""

    def __init__(self, book: Book, hidden: Collection[str]) -> None:
        people = book.table("people")
        self._names: dict[str, list[tuple[str, str, str]]] = {}
        self._of: dict[str, tuple[str, ...]] = {}
        for row_id in hidden:
            row = people.row(row_id)
            firsts = _words(row.get("first", ""))
            lasts = [*_words(row.get("last", ""))[-1:], *_words(row.get("former_name", ""))[-1:]]
            self._of[row_id] = (*firsts[:1], *lasts)
            for first in firsts[:1]:
                for last in lasts:
                    role = row.get("role", "") or _HIDDEN
                    for one, other in ((first, last), (last, first)):
                        self._names.setdefault(one[:3], []).append((one, other, role))

    def text(self, text: str, *, of: Collection[str] = ()) -> str:
        """Return the text without names; of people it is about (``of``, ids) also single names."""
        text = _REACH.sub(_HIDDEN, text)
        words = [(m.start(), m.end(), m[0].casefold()) for m in _WORD.finditer(text)]
        alone = {name for row_id in of for name in self._of.get(row_id, ())}
        taken: list[tuple[int, int, str]] = []
        at = 0
        while at < len(words):
            start, end, word = words[at]
            after = words[at + 1][2] if at + 1 < len(words) else ""
            role = after and next(
                (
                    role
                    for one, other, role in self._names.get(word[:3], ())
                    if _is_bent(word, one) and _is_bent(after, other)
                ),
                "",
            )
            if role:
                taken.append((start, words[at + 1][1], role))
                at += 2
                continue
            if text[start].isupper() and any(_is_bent(word, name) for name in alone):
                taken.append((start, end, _HIDDEN))
            at += 1
        for start, end, instead in reversed(taken):
            text = f"{text[:start]}{instead}{text[end:]}"
        return text


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(name)]


def _is_bent(word: str, name: str) -> bool:
    """Return True if a word may be an inflected name: the same stem, and not much longer."""
    stem = name[: max(min(len(name), 3), len(name) - _BENT)]
    return len(stem) > 1 and word.startswith(stem) and len(word) <= len(name) + 6
