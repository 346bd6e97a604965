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


_HERE = r"[\w.+-]+@[\w.-]+\w"
_BOUNCES = re.compile(
    r"\bpalautu|\bpalaa takaisin|\btul(?:i|ee|evat) takaisin|\bbouns|\bbounc|\bstuds"
    rf"|{_HERE} (?:ei (?:enää )?toimi|fungerar (?:inte|ej))"
    rf"|{_HERE} (?:does not|doesn['’]t|no longer) works?"
    r"|\b(?:osoite|sähköposti|maili|meili) (?:ei (?:enää )?toimi|on vanha)|\bvanha osoite"
    r"|\b(?:adressen|e-posten|mejlen) (?:fungerar inte|kommer tillbaka)|\bgammal adress"
    r"|\b(?:address|e-?mail) (?:does not|doesn['’]t|no longer) work|\bold address"
)


def tells_bounce(text: str) -> bool:
    """Whether a text says that letters come back or that an address does not work."""
    return bool(_BOUNCES.search(normal_form(text)))


def tells_bounce_of_address(text: str) -> bool:
    """Whether a text says so of the only address in it: "m@example.org ei toimi"."""
    return len(re.findall(_HERE, text[:_LONGEST])) == 1 and tells_bounce(text)


def normal_form(text: str) -> str:
    """Return the start of a text as patterns expect it: NFKC, casefolded, on one line."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return " ".join(plain.split()).strip(" .!")
