"""Cells that are no name: they show nothing, are a formula, or have no letter in them.

No letter goes to such a name until a person has accepted it in ``review`` (hyväksy, ohita,
vahvista).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from register.book.ids import fingerprint
from register.book.table import Book
from register.people.records import Organisation, Person
from register.values.text import has_hidden_characters, has_mixed_scripts

NAME_PROBLEMS = ("name-invisible", "name-formula", "name-no-letters")
"""The codes of what may be wrong with a name."""

COLUMNS: Mapping[str, tuple[str, ...]] = {"people": ("first", "last"), "organisations": ("name",)}
"""The columns of each tab whose names are shown in letters."""

ACCEPTED = frozenset(("accept", "settled", "ignore", "different", "confirm"))
"""The decisions that accept such a name."""

_LONGEST = 300
_NAME_LENGTH = 200
"""The longest text that counts as a name (characters)."""

_LINK = re.compile(
    r"@|://|\bwww\.|\w{2,}\.(?:com|net|org|info|biz|io|co|me|eu|fi|se|ax|ru|cn|xyz|top|example)\b",
    re.IGNORECASE,
)
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
"""Characters that show nothing, or replace a lost one."""

_SHOWS_NOTHING = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Mc", "Zl", "Zp", "Zs"))
_LOST = frozenset(("Cn", "Co", "Cs"))
_FORMULA = re.compile(r"[=+@\-](?=\S)|\w+\s*\|\s*\S")
_WORDS = re.compile(r"[A-Za-zÅÄÖåäöé]+(?:[ \-][A-Za-zÅÄÖåäöé]+)+")
"""Two words or more of our letters alone: a name without a closer look."""

_NO_NAME = re.compile(
    r"[+-]?\d[\d\s.,:/\-]*(?:e[+-]?\d+)?\s?%?|[+-]?inf(?:inity)?|nan|null|none|undefined"
    r"|true|false|#[\w/!?]+",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def name_fault(text: str) -> str:
    """Return the code of what is wrong with a name, '' if nothing is or it is empty.

    A formula is recognised in every form of its first character, full-width ones included.
    """
    if not text or (text.isascii() and text.isalpha() and len(text) > 9) or _WORDS.fullmatch(text):
        return ""
    some = text[:_LONGEST]
    kinds = [(char, unicodedata.category(char)) for char in some]
    if any(char in _FILLERS or kind in _LOST for char, kind in kinds):
        return "name-invisible"
    if not any(kind not in _SHOWS_NOTHING for _, kind in kinds):
        return "name-invisible" if some.strip() else ""
    plain = "".join(
        char for char, kind in kinds if kind not in ("Cc", "Cf") and not unicodedata.combining(char)
    )
    plain = unicodedata.normalize("NFKC", plain).replace("\u2212", "-").strip()
    if _NO_NAME.fullmatch(plain):
        return "name-no-letters"
    if _FORMULA.match(plain):
        return "name-formula"
    return "" if any(char.isalpha() for char in plain) else "name-no-letters"


def has_link_or_hidden_chars(text: str) -> bool:
    """Whether a name must not stand under our letterhead.

    It must not if it contains a link, an address, a hidden character, or letters of another
    alphabet that look like ours, or if it is far too long.
    """
    return (
        len(text) > _NAME_LENGTH
        or has_hidden_characters(text)
        or has_mixed_scripts(text)
        or _LINK.search(unicodedata.normalize("NFKC", text)) is not None
    )


def is_unreviewed_name(book: Book, row: Person | Organisation) -> bool:
    """Whether a row's name is no name, and no person has accepted it."""
    review = book.table("review")
    return any(
        (code := name_fault(name := getattr(row, column)))
        and review.cell(fingerprint(code, row.id, column, name), "decision") not in ACCEPTED
        for column in COLUMNS[row.tab]
    )
