"""Folding: texts are compared without case, accents and punctuation."""

import re
import unicodedata
from functools import lru_cache

from register.values import person_name
from register.values.mojibake import mend_mojibake

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Characters without width, which copied text contains within words."""


@lru_cache(maxsize=1 << 17)
def fold_name(text: str) -> str:
    """Return a text without case, accents and punctuation: "Mäkinen" and "MÄKINEN" give "makinen".

    Wrongly decoded text ("MÃ¤kinen") is repaired first. Other alphabets are written in Latin
    letters, and Chinese signs each as a word: "Васильев" gives "vasilev", "王杰" "wang jie".
    """
    plain = person_name.person_key(mend_mojibake(_INVISIBLE.sub("", text))[0])
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain if plain.isascii() else _in_latin_letters(plain)


def without_umlauts(name: str) -> str:
    """Return a folded name with one spelling for letters like ü: "Mueller" and "Muller"."""
    return name.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _in_latin_letters(text: str) -> str:
    # Imported late: only names in other alphabets need it.
    from anyascii import anyascii

    latin = "".join(f" {anyascii(c)} " if _CHINESE.match(c) else anyascii(c) for c in text)
    return " ".join(_SIGN.sub("", latin.casefold()).split())


_CHINESE = re.compile("[\u3400-\u9fff]")
_SIGN = re.compile(r"[^\w\s]")
