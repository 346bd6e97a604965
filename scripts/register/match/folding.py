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

    Wrongly decoded text ("MÃ¤kinen") is repaired first.
    """
    plain = person_name.person_key(mend_mojibake(_INVISIBLE.sub("", text))[0])
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if not unicodedata.combining(c))
