"""What people write as a decision: the labels of the list, and the plain words that mean the same.

Any of the three languages, whatever the register's; capitals, spaces, full stops don't count.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from register.book.schema import schema

YES, NO = "yes", "no"
"""What a plain yes and a plain no are read as: each question knows which decision they stand for.
"""

MEANS = {"carry_out": "accept", "settled": "accept", "accept_all": "accept", "tie": "same"}
"""What words of the list mean that only say better what a decision does in its question."""

_PLAIN: dict[str, tuple[str, ...]] = {
    YES: (
        *("kyllä", "kylla", "kyl", "joo", "juu", "jep", "ok", "okei", "okay", "selvä", "oikein"),
        *("käy", "sopii", "pitää paikkansa", "k", "ja", "jo", "japp", "stämmer", "rätt", "visst"),
        *("yes", "y", "yep", "right", "correct", "sure", "x", "v", "✓", "✔", "☑", "✅", "👍"),
    ),
    NO: (
        *("ei", "e", "ei käy", "ei ole", "väärin", "nej", "nä", "inte", "fel", "no", "n", "nope"),
        *("wrong", "✗", "✘", "❌", "👎"),
    ),
    "accept": (
        *("hyväksy", "hyvaksy", "hyväksyn", "hyväksytty", "hyväksytään", "hyväksyttävä", "hyv"),
        *("tee", "tee se", "tehdään", "korjaa", "täydennä", "godkänn", "godkänner", "godkänt"),
        *("kirjoita", "ehdotus", "kunnossa", "kaikki", "skriv", "förslaget", "förslag", "alla"),
        *("write", "proposal", "the proposal", "suggestion", "fine", "all right", "all"),
        *("godkann", "godkänd", "godta", "accept", "accepted", "approve", "approved", "do it"),
    ),
    "same": (
        *("sama", "samat", "sama henkilö", "sama ihminen", "samoja", "ovat samat", "on sama"),
        *("yhdistä", "yhdista", "samma", "samma person", "slå ihop", "slå samman", "same"),
        *("the same", "same person", "merge"),
    ),
    "different": (
        *("eri", "eriä", "erit", "eri henkilö", "eri henkilöt", "eri ihminen", "eri ihmiset"),
        *("ei sama", "ei samat", "eivät ole samat", "ei ole sama", "ei yhdistetä", "olika"),
        *("olik", "annan", "inte samma", "inte samma person", "different", "not the same"),
        *("not same", "two people", "uusi", "uusi henkilö", "ny", "ny person", "new", "new person"),
    ),
    "ignore": (
        *("ohita", "ohitetaan", "ohitettu", "ohita tämä", "hylkää", "hylätty", "jätä", "jätetään"),
        *("anna olla", "ei muuteta", "älä muuta", "ei toimenpiteitä", "ignorera", "ignorerad"),
        *("hoppa över", "skippa", "avvisa", "låt vara", "ignore", "ignored", "skip", "reject"),
        *("leave", "leave it", "jätä näin", "jätä ennalleen", "lämna", "lämna så"),
    ),
    "value": ("arvo", "kirjoita arvo", "värde", "värdet", "value", "the value"),
    "unsure": (
        *("en tiedä", "en tieda", "ei tietoa", "ei tiedossa", "epävarma", "ehkä", "en osaa sanoa"),
        *("vet inte", "vet ej", "osäker", "kanske", "unsure", "not sure", "don't know", "maybe"),
        *("dont know", "unknown", "?", "??", "myöhemmin", "kysy uudestaan", "senare", "later"),
    ),
    "confirm": (
        *("vahvista", "vahvistan", "vahvistettu", "tarkistettu", "ajan tasalla", "ennallaan"),
        *("bekräfta", "bekräftad", "bekräftat", "uppdaterad", "confirm", "confirmed"),
        *("still right", "up to date"),
    ),
    "ask": ("kysy", "kysytään", "fråga", "ask"),
    "archive": ("arkistoi", "arkistoidaan", "arkistoitu", "arkivera", "arkiverad", "archive"),
    "erase": ("poista", "poistetaan", "ta bort", "radera", "delete", "remove"),
}


@lru_cache(maxsize=1 << 12)
def decision(text: str) -> str:
    """Return the decision that a cell names: a key of the list, YES, NO; '' where it is no word.

    What only says better what a decision does is that decision (:data:`MEANS`).
    """
    said = _known().get(plain(text), "")
    return MEANS.get(said, said)


def plain(text: str) -> str:
    """Return a text as it is compared: NFKC, casefolded, single spaces, no marks around it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in folded).split()
    bare = " ".join(words)
    return bare.strip(" .,;:!'\"”“’‘»«()[]*") or bare


@cache
def _known() -> dict[str, str]:
    decisions = schema().enum("decision")
    known = {plain(word): key for word, key in decisions.earlier.items()} | {
        plain(word): key
        for key, labels in decisions.labels.items()
        for word in (key, *labels.values())
    }
    for key, words in _PLAIN.items():
        for word in words:
            known.setdefault(plain(word), key)
    return known
