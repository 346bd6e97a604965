"""A dropdown's value: its key, whichever language its label was written in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.values.reading import Problems, Reading
from register.values.text import tidy, tidy_line

PROBLEMS: Problems = {
    "choice-unknown": ("warning", "“{cell}” is not one of the choices of this column."),
    "choice-typo": ("warning", "“{cell}” is not one of the choices. Is it “{suggestion}”?"),
}


def read(text: str, options: Sequence[tuple[str, Sequence[str]]] = ()) -> Reading:
    """Read a choice; ``options`` are ``(key, labels in any language)``."""
    cell = tidy_line(text, 200)
    if cell == "":
        return Reading()
    plain = (cell or "").casefold()
    keys = {tidy(key).casefold(): key for key, _ in reversed(options)}
    for key, labels in options:
        for label in labels:
            keys.setdefault(tidy(label).casefold(), key)
    if plain in keys:
        return Reading(keys[plain])
    near = _near(plain, keys)
    if len(near) == 1:
        return Reading(problem="choice-typo", suggestion=near.pop())
    return Reading(problem="choice-unknown")


def _near(plain: str, keys: Mapping[str, str]) -> set[str]:
    """Return the keys of the nearest spellings, dots and rings of letters not counted."""
    if len(plain) < 4:
        return set()
    bare = {name: _bare(name) for name in keys}
    found = process.extract(
        *(_bare(plain), bare), scorer=OSA.distance, score_cutoff=1 if len(plain) < 7 else 2
    )
    return {keys[name] for _, distance, name in found if distance == found[0][1]}


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
