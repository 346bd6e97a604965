"""When two names of organisations are one's for certain, where a number says so too.

A number stands on wrong rows, and on all branches of a parish or a town. So names that are merely
alike, and a whole beside its part ("… seurakunta", "… seurakunta, lapsityö"), are a question.
"""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein

from register.match.organisation_names import Told, apart, other_word, short_for, told


def named_as_one(left: Told, right: Told) -> bool:
    """Whether two names are the same, but for a slip, the legal form, the language or initials."""
    if not left.name or not right.name or apart(left, right):
        return False
    if left.names == right.names or short_for(left, right):
        return True
    if len(left.names) > 1 or len(right.names) > 1:
        meanings = {told(part).meaning for name in (left, right) for part in _parts(name)}
        return len(meanings) == 1 and meanings != {()}
    if left.meaning == right.meaning and left.meaning:
        return True
    words = [[word for word in name.words if len(word) > 1] for name in (left, right)]
    if words[0] == words[1] and words[0]:
        return True
    if other_word(left, right, {}):
        return False
    one, two = left.name.replace(" ", ""), right.name.replace(" ", "")
    slip = DamerauLevenshtein.distance(one, two, score_cutoff=2)
    return slip <= (0 if len(one) < 5 else 1 if len(one) < 9 else 2)


def _parts(name: Told) -> frozenset[str]:
    """Return the parallel names of one: not the whole that they are written in together."""
    if len(name.names) < 2:
        return name.names
    return name.names - {max(name.names, key=len)}
