"""A dropdown's value: its key, whichever language its label was written in."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.fields.reading import Problems, Reading
from register.fields.text import tidy

PROBLEMS: Problems = {
    "choice-unknown": ("warning", "“{cell}” is not one of the choices of this column."),
    "choice-typo": ("warning", "“{cell}” is not one of the choices. Is it “{suggestion}”?"),
}


def read(text: str, options: Sequence[tuple[str, Sequence[str]]] = ()) -> Reading:
    """Read a choice; ``options`` are ``(key, labels in any language)``."""
    plain = tidy(text[:200]).casefold()
    if not plain:
        return Reading()
    keys: dict[str, str] = {}
    for key, labels in options:
        for label in (key, *labels):
            keys.setdefault(tidy(label).casefold(), key)
    if plain in keys:
        return Reading(keys[plain])
    allowed = 1 if len(plain) < 7 else 2
    if len(plain) > 3 and (
        near := process.extractOne(plain, list(keys), scorer=OSA.distance, score_cutoff=allowed)
    ):
        return Reading(problem="choice-typo", suggestion=keys[near[0]])
    return Reading(problem="choice-unknown")
