"""Patterns that find a person in any text: names in any Finnish case, addresses, phones."""

import re
import unicodedata
from collections.abc import Iterable

Name = tuple[str, str]
"""``(first, last)``."""

_CASE = (
    r"(?:n|[aä]|tt?[aä]|t|ll[aä]|lle|lt[aä]|ss[aä]|st[aä]|n[aä]|ksi|in|seen|[aeiouyäö]n"
    r"|h[aeiouyäö]n|s)"
)
"""The case endings of a Finnish name, and the genitive's s of a Swedish one."""

_CLITIC = r"(?:kin|k[oö]|k[aä][aä]n|h[aä]n|p[aä])?"
_VOWELS = "aeiouyäöå"
_WEAK = {
    "kk": ("k",),
    "pp": ("p",),
    "tt": ("t",),
    "nt": ("nn",),
    "lt": ("ll",),
    "rt": ("rr",),
    "mp": ("mm",),
    "nk": ("ng",),
    "ht": ("hd",),
    "lp": ("lv",),
    "rp": ("rv",),
    "hk": ("h",),
    "lk": ("l", "lj"),
    "rk": ("r", "rj"),
}
_WEAK_AFTER_VOWEL = {"k": ("", "v"), "p": ("v",), "t": ("d",)}
"""Consonant gradation: the weak grades of these before a closed syllable (VISK § 41)."""

_SPACE = r"[\s\u00a0,]{1,3}"


def digits(text: str) -> str:
    """Return the digits of a text."""
    return re.sub(r"\D", "", text)


def any_pattern(
    whole: Iterable[str], given: Iterable[str] = (), family: Iterable[str] = ()
) -> re.Pattern[str]:
    """Return a pattern that matches any of these, the longest first.

    The groups ``given`` and ``family`` match a part of a name alone.
    """
    parts = [
        "|".join(sorted(set(one), key=len, reverse=True)) or "(?!)"
        for one in (whole, given, family)
    ]
    return re.compile(
        "{}|(?P<given>{})|(?P<family>{})".format(*parts),
        re.IGNORECASE,
    )


def whole_name(name: Name) -> str:
    """Return a pattern of a whole name in either order, in any Finnish case."""
    first, last = (name_part(unicodedata.normalize("NFC", part)) for part in name)
    return rf"(?<!\w)(?:{first}{_SPACE}{last}|{last}{_SPACE}{first})(?!\w)"


def named_address(name: Name) -> str:
    """Return a pattern of addresses made of a whole name, at any provider."""
    plain = [
        "".join(c for c in unicodedata.normalize("NFKD", part) if not unicodedata.combining(c))
        for part in name
    ]
    first, last = (
        f"(?:{re.escape(one)}|{re.escape(other)})" for one, other in zip(name, plain, strict=True)
    )
    return rf"(?<![\w.+\-])(?:{first}[._\-]{last}|{last}[._\-]{first})\d{{0,4}}@[\w.\-]*\w"


def name_part(word: str) -> str:
    """Return a pattern of a name's word and its case forms: Virtanen, Virtasen; Lahti, Lahden."""
    *first, last = re.split(r"([\s\-]+)", word.strip())
    whole = "".join(r"\s+" if part.isspace() else re.escape(part) for part in first)
    stems = "|".join(map(re.escape, sorted(_stems(last), key=len, reverse=True)))
    same = rf"{re.escape(last)}(?:[:'’]?{_CASE})?"
    return rf"{whole}(?:{same}{f'|(?:{stems}){_CASE}' if stems else ''}){_CLITIC}"


def _stems(word: str) -> set[str]:
    """Return the stems that case endings may follow, besides the word itself."""
    low, root = word.casefold(), word[:-1]
    if len(word) < 3:
        return set()
    if low.endswith("nen") and len(word) > 4:
        return {f"{word[:-3]}s", f"{word[:-3]}se"}
    if low[-1] == "s":
        longer = re.sub(r"([kpt])(?=[aeiouyäö]$)", r"\1\1", root, flags=re.IGNORECASE)
        return {f"{root}kse", f"{word}i", *(f"{one}{root[-1]}" for one in (root, longer))}
    if low[-1] not in _VOWELS:
        return {f"{word}i"}
    found = {f"{one}{word[-1]}" for one in _weak(root)}
    if low[-1] == "i":
        found |= {f"{one[:-1]}e" for one in (word, *found)}
        if low[-2] == "s":
            found |= {f"{word[:-2]}de", f"{word[:-2]}te"}
    if low[-1] == "e":
        longer = re.sub(r"([kpt])$", r"\1\1", root, flags=re.IGNORECASE)
        found |= {f"{word}e", f"{longer}ee"}
    return found


def _weak(root: str) -> set[str]:
    """Return the weak grades of a word without its last vowel."""
    low = root.casefold()
    for strong, weak in _WEAK.items():
        if low.endswith(strong):
            return {root[: -len(strong)] + one for one in weak}
    weak = _WEAK_AFTER_VOWEL.get(low[-1:], ()) if low[-2:-1] in _VOWELS else ()
    return {root[:-1] + one for one in weak if low[-2:-1]}


def mail_address(address: str) -> str:
    """Return a pattern of an address exactly as given."""
    return rf"(?<![\w.+\-]){re.escape(address.strip().casefold())}(?![\w\-]|\.\w)"


def phone_number(number: str) -> str:
    """Return a pattern of a phone number in any notation, also as a bare number in a cell."""
    gap = r"[\s().\-–/]{0,3}"
    if not number.startswith("+358"):
        return rf"(?<!\d)(?:\+|00)?{gap.join(digits(number))}(?!\d)"
    head = rf"(?:(?:\+|00)?358{gap}(?:0{gap})?|0)"
    bare = rf"(?<![\d.,])(?<!\d[\s\-]){number[4:]}"
    return rf"(?:(?<!\d){head}{gap.join(number[4:])}|{bare})(?!\d)"
