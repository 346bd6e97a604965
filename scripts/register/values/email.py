"""E-mail addresses: one plain address in a cell, its domain in lower case.

The shape is email-validator's (RFC 5321, 5322, 6531; deliverability is not asked of anybody).
"""

import re
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from rapidfuzz.distance import OSA

from register.values.office_words import names_office
from register.values.person_name import first_names
from register.values.reading import Reading
from register.values.text import (
    has_hidden_characters,
    has_mixed_scripts,
    is_foreign_script,
    text_shown,
    tidy,
    tidy_line,
)

_LONGEST = 254
_LONGEST_LOCAL = 64
"""RFC 5321, 4.5.3.1: octets before the @, and of a whole address."""

_RESERVED = frozenset(
    (
        *("alt", "arpa", "corp", "domain", "home", "internal", "intranet", "invalid", "lan"),
        *("local", "localdomain", "localhost", "mail", "onion", "private", "test", "workgroup"),
    )
)
"""Top levels that no mail from outside reaches (RFC 2606, 6761, 6762, 7686, 8375, 9476; ICANN on
name collisions). ``example`` is one too; sample people live there."""

_PLAIN = re.compile(
    r"(?=.{3,254}$)[a-z0-9][a-z0-9_]*(?:[.+-][a-z0-9_]+)*(?<!.{65})"
    r"@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63}"
)
"""What nearly every address is, and needs no closer look: letters of one case, no doubled signs."""

_LONGEST_LABEL = re.compile(r"[^.@]{64}")
_FIRST = re.compile(r"[^\W]")
_ROUTES = frozenset("%!|`/")
"""Signs that have routed mail through other hosts (RFC 5321, F.2), or that shells act on."""

_COMPOSED = frozenset("åäöüéõ")
"""Letters of Finnish domains that some systems write as a letter and a mark."""
_KNOWN = (
    *("gmail.com", "hotmail.com", "hotmail.fi", "outlook.com", "icloud.com", "yahoo.com"),
    *("luukku.com", "kolumbus.fi", "elisanet.fi", "saunalahti.fi"),
)
_REAL = frozenset((*_KNOWN, "mail.com", "email.com", "ymail.com", "hotmail.fr", "columbus.fi"))
"""Well-known domains, and others that are not slips for them."""
_FREE = frozenset(
    (*_KNOWN, "gmail.fi", "outlook.fi", "live.fi", "hotmail.se", "me.com", "pp.inet.fi")
)
_ENDINGS = {".con": ".com", ".cmo": ".com", ".comm": ".com", ".ogr": ".org", ".fii": ".fi"}
_ANGLE = re.compile(r"[^<>]*<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>[,;.]?", re.IGNORECASE)
_AT = re.compile(
    r"\s*(?:[\[({]\s*(?:at|ät|a|miukumauku)\s*[\])}]|\s(?:at|ät|miukumauku)\s)\s*", re.IGNORECASE
)
_BRACKETED_AT = re.compile(r"\s*([\[({])\s*(?:at|ät)\s*[\])}]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|piste|punkt)\s*[\])}]\s*", re.IGNORECASE)
_SCHEME = re.compile(r"^mailto:\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;,\s/|<>()]+")


@lru_cache(maxsize=1 << 16)
def read(text: str) -> Reading:
    """Read one address; what is not one is repaired for a person to confirm."""
    if _is_plain(text):
        return _judged(text)
    plain = tidy_line(text_shown(text), 4 * _LONGEST)
    if not plain:
        return Reading(problem="email-impossible") if text.strip() else Reading()
    value = _canonical(plain)
    if value and (any(map(has_mixed_scripts, re.split(r"[@.]", value))) or _looks_like_ours(value)):
        return Reading(problem="text-mixed-scripts")
    if value and _marked(text):
        return Reading(problem="email-impossible")
    if value and value[0] != "'" and not has_hidden_characters(text):
        return _judged(value)
    bare = _without_marks(plain)
    if bare != plain and not has_hidden_characters(text) and (found := read(bare)).value:
        return Reading(problem="email-marks", suggestion=found.value)
    good = _addresses(plain)
    if len(good) > 1:
        return Reading(problem="email-several", suggestion=_likelier(good[0]))
    repaired = _canonical(_repaired(plain)) or (good[0] if good and _apart(plain) else "")
    if not repaired:
        return Reading(problem="email-impossible")
    if not repaired.partition("@")[0].isascii():
        return Reading(problem="email-non-ascii")
    return Reading(problem="email-repaired", suggestion=_likelier(repaired))


_UNACCENTED = str.maketrans("äåöéü", "aaoeu")


@lru_cache(maxsize=1 << 16)
def is_role_mailbox(address: str) -> bool:
    """Whether an address belongs to an office (info@, toimisto@) rather than to a person."""
    local, _, domain = address[:_LONGEST].casefold().partition("@")
    return names_office([word for word in re.split(r"[.+_\-\d]", local) if word], domain)


def is_called_as(address: str, organisation: str) -> bool:
    """Whether a mailbox is called as an organisation or by a word of its name: "viri@…".

    A word of three letters may be anybody's.
    """
    plain = address[:_LONGEST].casefold().partition("@")[0].translate(_UNACCENTED)
    local = re.sub(r"[^a-z]", "", plain)
    name = organisation[:_LONGEST].casefold().translate(_UNACCENTED)
    words = re.findall(r"[a-z]+", re.sub(r"\b(?:ry|rf|oy|ab|sr)\b", " ", name))
    return len(local) > 3 and local in (*words, "".join(words))


def is_own_mailbox(address: str) -> bool:
    """Whether an address of a free mail service is made of a person's names (matti.virtanen@…)."""
    return address[:_LONGEST].casefold().rpartition("@")[2] in _FREE and bool(
        name_in_mailbox(address)
    )


def name_in_mailbox(address: str) -> str:
    """Return the name that an address is made of, first name first: matti.virtanen@…; '' if none.

    One of the two words must be a known first name; letters that addresses lack (ä) are not.
    """
    local = address[:_LONGEST].casefold().partition("@")[0]
    words = re.split(r"[._]", local.rstrip("0123456789"))
    if len(words) != 2 or not all(len(word) > 1 for word in words) or is_role_mailbox(address):
        return ""
    known = [all(part in first_names() for part in word.split("-")) for word in words]
    if not any(known):
        return ""
    return " ".join(words if known[0] else reversed(words)).title()


@lru_cache(maxsize=1 << 16)
def mailbox_key(address: str) -> str:
    """Return what makes two addresses the same mailbox: caseless, the domain in ASCII; '' if none.

    The local part is compared without case: no mail server of consequence tells them apart.
    """
    plain = tidy(address).removeprefix("mailto:")
    local, at, domain = plain.rpartition("@")
    if not at or not local:
        return ""
    try:
        ascii_domain = domain.casefold().encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = domain.casefold()
    return f"{local.casefold()}@{ascii_domain.rstrip('.')}"


def one_mailbox_key(address: str) -> str:
    """Return what every spelling of one mailbox shares, as its provider reads them; '' if none.

    Gmail reads no dots, and googlemail.com as its own; it and others drop what follows a plus.
    What is kept in the state goes by :func:`mailbox_key`, which tells these apart.
    """
    local, at, domain = mailbox_key(address).rpartition("@")
    if domain in _PLUS:
        local = local.partition("+")[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}{at}{domain}"


_GMAIL = frozenset(("gmail.com", "googlemail.com"))
_PLUS = _GMAIL | {"outlook.com", "hotmail.com", "hotmail.fi", "live.fi", "icloud.com", "me.com"}


def ascii_email(address: str) -> str:
    """Return an address with its domain as DNS knows it (RFC 5890)."""
    return f"{address.rpartition('@')[0]}@{mailbox_key(address).rpartition('@')[2]}"


def _is_plain(text: str) -> bool:
    """Whether email-validator would surely take an address as it stands."""
    return (
        bool(_PLAIN.fullmatch(text))
        and text.rpartition(".")[2] not in _RESERVED
        and not _LONGEST_LABEL.search(text.partition("@")[2])
    )


def _judged(value: str) -> Reading:
    if not value.partition("@")[0].isascii():
        return Reading(problem="email-non-ascii")
    likelier = _likelier(value)
    if likelier != value:
        return Reading(problem="email-typo", suggestion=likelier)
    return Reading(value)


def _canonical(text: str) -> str:
    if len(text) > _LONGEST or text.count("@") != 1:
        return ""
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=True)
    except (EmailNotValidError, ValueError):
        return ""
    return f"{found.local_part}@{found.domain.lower()}" if _is_reachable(found) else ""


def _is_reachable(found: ValidatedEmail) -> bool:
    """Whether a mailbox may be there: within the limits, at a top level that mail reaches."""
    local, top = found.local_part, found.ascii_domain.rpartition(".")[2]
    octets = len(local.encode()), len(local.encode()) + 1 + len(found.ascii_domain)
    return (
        octets[0] <= _LONGEST_LOCAL
        and octets[1] <= _LONGEST
        and len(top) > 1
        and top.lower() not in _RESERVED
        and (bool(_FIRST.match(local)) or local[0] == "'")
        and _ROUTES.isdisjoint(local)
        and not any(unicodedata.combining(char) for char in found.domain)
    )


def _looks_like_ours(value: str) -> bool:
    """Whether a whole part of a domain is in another alphabet, under a top level in ours."""
    *parts, top = value.rpartition("@")[2].split(".")
    return top.isascii() and any(is_foreign_script(part) for part in parts)


def _marked(text: str) -> bool:
    """Whether a domain was typed with marks that make other letters than ours."""
    typed = text.rpartition("@")[2]
    if not any(map(unicodedata.combining, typed)):
        return False
    plain = set(typed)
    return any(
        not char.isascii() and char not in plain and char.casefold() not in _COMPOSED
        for char in unicodedata.normalize("NFC", typed)
    )


def _addresses(text: str) -> list[str]:
    """Return the different addresses in a text, those that can be written to first."""
    parts = [_SCHEME.sub("", part.strip("\"'.:[]")) for part in _SEPARATORS.split(text)]
    good: dict[str, str] = {}
    for one in filter(None, map(_canonical, parts)):
        good.setdefault(one.casefold(), one)
    return sorted(good.values(), key=lambda one: not one.partition("@")[0].isascii())


def _apart(text: str) -> bool:
    """Whether what is before the first address is no piece of it, as in ``maija m@example.org``."""
    words = text[: text.index("@")].split()[:-1]
    return not words or words[-1][0].isupper() or words[-1][-1] in ":;,/|)>-–"


def _without_marks(text: str) -> str:
    """Return a text without what is around an address and in the place of its @ and its dots.

    Only what can be read in no other way: a comma is a dot where what is before it is no address,
    and before a first dot something may be lost.
    """
    plain = _SCHEME.sub("", text).lstrip("<([\"',;: ").rstrip(">)]\"'.,;: ")
    if "@" not in plain:
        plain = _DOT.sub(".", _BRACKETED_AT.sub("@", plain))
    plain = re.sub(r"\s*@\s*", "@", plain)
    before, comma, after = plain.partition(",")
    return f"{before}.{after}" if comma and "@" in before and not _canonical(before) else plain


def _repaired(text: str) -> str:
    if found := _ANGLE.fullmatch(text):
        return found[1]
    plain = _SCHEME.sub("", text)
    if plain != text:
        plain = plain.partition("?")[0]
    plain = plain.replace("\uff20", "@")
    if "@" not in plain:
        plain = _AT.sub("@", plain)
    plain = _DOT.sub(".", plain).strip("<>()[]\"'.,;: ")
    plain = re.sub(r"\s*([@.])\s*", r"\1", plain)
    return plain.replace("@@", "@").replace("..", ".").replace(",", ".")


def _likelier(value: str) -> str:
    """Return the address with the slips in its domain put right."""
    local, _, domain = value.partition("@")
    for wrong, right in _ENDINGS.items():
        if domain.endswith(wrong):
            domain = domain.removesuffix(wrong) + right
            break
    if domain not in _REAL:
        near = (known for known in _KNOWN if OSA.distance(known, domain, score_cutoff=1) == 1)
        domain = next(near, domain)
    return f"{local}@{domain}"
