"""Words by which a text plainly refuses letters, in the three languages."""

import re
import unicodedata
from functools import lru_cache

from register.book.package_data import pattern_of

_LONGEST = 500
_PLAINLY = re.compile(pattern_of("register.people", "refusals", "plainly"))


@lru_cache(maxsize=1 << 17)
def refuses_plainly(text: str) -> bool:
    """Whether a text refuses letters whatever it stands in; its first 500 characters count."""
    return bool(_PLAINLY.search(normal_form(text)))


def normal_form(text: str) -> str:
    """Return the start of a text as patterns expect it: NFKC, casefolded, on one line."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return " ".join(plain.split()).strip(" .!")
