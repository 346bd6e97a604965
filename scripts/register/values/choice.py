"""Values of a dropdown: the key of a label in any language."""

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.values.reading import Reading
from register.values.text import tidy, tidy_line

_SHORTEST = 3


def read(
    text: str,
    options: Sequence[tuple[str, Sequence[str]]] = (),
    said: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """Read a choice; ``options`` are ``(key, labels in any language)``.

    A key is suggested for another word for it (``said``: key by word), for the nearest spelling,
    and for a part of a label's words, if only one key fits.
    """
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
    meant = {said[plain]} if plain in said else _near(plain, keys) or _with_words(plain, keys)
    if len(meant) == 1:
        return Reading(problem="choice-typo", suggestion=meant.pop())
    return Reading(problem="choice-unknown")


def _near(plain: str, keys: Mapping[str, str]) -> set[str]:
    """Return the keys of the nearest spellings; accents do not count."""
    if len(plain) < 4:
        return set()
    bare = {name: _bare(name) for name in keys}
    found = process.extract(
        *(_bare(plain), bare), scorer=OSA.distance, score_cutoff=1 if len(plain) < 7 else 2
    )
    return {keys[name] for _, distance, name in found if distance == found[0][1]}


def _with_words(plain: str, keys: Mapping[str, str]) -> set[str]:
    """Return the keys of spellings that contain all these words: "leena" for "Leena Aho"."""
    words = set(plain.split())
    whole = {name: set(name.split()) for name in keys} if len(plain) >= _SHORTEST else {}
    return {keys[name] for name, every in whole.items() if words < every}


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
