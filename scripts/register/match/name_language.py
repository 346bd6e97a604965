"""The language that the name of an organisation is written in, where its words tell."""

from __future__ import annotations

import re
from functools import lru_cache

from register.values.places import resolve_place

_WORDS = {
    "fi": r"ry|ja|sr|seura|seurakunta|liitto|säätiö|kaupunki|kunta|keskus|suomen|tuki|apu|kerho",
    "sv": r"rf|och|för|i|stad|kommun|svenska|finlands|sällskap\w*|vänner\w*|klubb\w*|stöd",
    "en": r"the|of|for|and|in|inc|ltd|center|centre|club|council|society|network|finnish|church"
    r"|foundation|association|federation|union|school|house|services?",
}
_ENDINGS = {
    "fi": r"yhdistys|yhdistyksen|keskus|säätiö|liitto|kunta|seura|talo|koti|piiri|nen|set|laiset"
    r"|läiset|jat|jät|ien|jen|den|ssa|ssä|sto|stö|ys|us|tti|pisto|koulu|palvelut?",
    "sv": r"förening(?:en)?|förbund(?:et)?|ingen|stiftelse(?:n)?|församling(?:en)?|skola(?:n)?"
    r"|sällskap(?:et)?|kören|råd(?:et)?|mark|arna|erna|orna",
    "en": r"tion|ship|ness|ment|ies",
}
_TOLD = {
    language: re.compile(rf"(?:{words}|\w+(?:{_ENDINGS[language]}))")
    for language, words in _WORDS.items()
}


@lru_cache(maxsize=1 << 16)
def language_of_name(name: str) -> str:
    """Return ``fi``, ``sv`` or ``en``, by which most words of a name are; '' where none leads."""
    words = re.findall(r"\w+", name.casefold())
    counts = {
        language: sum(bool(told.fullmatch(word)) for word in words)
        for language, told in _TOLD.items()
    }
    counts["sv"] += sum("å" in word for word in words)
    counts["fi"] += sum("ää" in word or "yö" in word for word in words)
    for word in words:
        for language in _of_place(word):
            counts[language] += 1
    first, second = sorted(counts.values(), reverse=True)[:2]
    return max(counts, key=lambda one: counts[one]) if first > second else ""


def _of_place(word: str) -> tuple[str, ...]:
    """Return the language in which a municipality is spelt so, where the two differ."""
    found = resolve_place(word).municipality
    if not found or found.name_fi == found.name_sv:
        return ()
    swedish = word[:3] == found.name_sv.casefold()[:3]
    finnish = word[:3] == found.name_fi.casefold()[:3]
    return () if swedish == finnish else ("sv",) if swedish else ("fi",)
