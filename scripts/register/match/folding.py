"""How texts are compared: without case, accents and punctuation."""

import unicodedata
from functools import lru_cache

from register.values import person_name


@lru_cache(maxsize=1 << 17)
def fold_name(text: str) -> str:
    """Return a text without case, accents and punctuation: Mäkinen, makinen and MÄKINEN are one."""
    plain = person_name.person_key(text)
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if not unicodedata.combining(c))
