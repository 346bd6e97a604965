"""Placeholders for a name: "Ei tiedossa", "N.N.", "puheenjohtaja", "-" are no names.

Two rows with a placeholder are two vacant or unknown posts, never one person.
"""

import re
from functools import lru_cache

from register.book.package_data import package_table, table_words
from register.values.office_words import names_post
from register.values.person_name import first_names, person_key

_UNKNOWN = table_words("register.values", "placeholder", "words")
_EXAMPLES = frozenset(package_table("register.values", "placeholder")["examples"])
"""Fictitious people of forms and examples."""

_SIGN = re.compile(r"(?:n|x|y|nn|xx+|yy+)")


@lru_cache(maxsize=1 << 16)
def is_placeholder(first: str, last: str) -> bool:
    """Return True if the two cells of a name hold a placeholder; False if both are blank."""
    if not first.strip() and not last.strip():
        return False
    key = [*person_key(first).split(), *person_key(last).split()]
    words = [word for word in key if not word.isdigit()]
    if not words or " ".join(key) in _EXAMPLES:
        return True
    if all(_SIGN.fullmatch(word) for word in words):
        return len(set(words)) == 1
    if len(words) == 2 and words[0] not in first_names() and names_post(("".join(words),)):
        return True
    return names_post(tuple(word for word in words if word not in _UNKNOWN))
