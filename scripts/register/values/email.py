"""E-mail addresses: one plain address in a cell, with its domain in lower case.

The syntax is checked by email-validator (RFC 5321, 5322, 6531); no server is asked about
deliverability.
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
    tidy,
    tidy_line,
    without_hidden_characters,
)

_LONGEST = 254
_LONGEST_LOCAL = 64
"""The maximum octets before the @; ``_LONGEST`` is that of a whole address (RFC 5321, 4.5.3.1)."""

_RESERVED = frozenset(
    (
        *("alt", "arpa", "corp", "domain", "home", "internal", "intranet", "invalid", "lan"),
        *("local", "localdomain", "localhost", "mail", "onion", "private", "test", "workgroup"),
    )
)
"""Top-level domains that mail from outside cannot reach (RFC 2606, 6761, 6762, 7686, 8375, 9476;
ICANN on name collisions). ``example`` is reserved, too, but sample people live there."""

_PLAIN = re.compile(
    r"(?=.{3,254}$)[a-z0-9][a-z0-9_]*(?:[.+-][a-z0-9_]+)*(?<!.{65})"
    r"@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63}"
)
"""Addresses that are valid without a closer look, as nearly all are: lower case, no doubled
signs."""

_LONGEST_LABEL = re.compile(r"[^.@]{64}")
_FIRST = re.compile(r"[^\W]")
_ROUTES = frozenset("%!|`/")
"""Characters that once routed mail through other hosts (RFC 5321, F.2), or that shells act on."""

_COMPOSED = frozenset("åäöüéõ")
"""Letters of Finnish domains that some systems write as a letter with a combining mark."""
_KNOWN = (
    *("gmail.com", "hotmail.com", "hotmail.fi", "outlook.com", "icloud.com", "yahoo.com"),
    *("luukku.com", "kolumbus.fi", "elisanet.fi", "saunalahti.fi"),
)
_REAL = frozenset((*_KNOWN, "mail.com", "email.com", "ymail.com", "hotmail.fr", "columbus.fi"))
"""Well-known domains, and others that are similar without being typing errors."""
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

MAILBOX_IN_TEXT = re.compile(r"(?<![^\s<>\"'“”„,;:()])[^\s<>\"'“”„,;:()]+@[\w.\-]+\.\w+")
"""A mailbox among words. It begins where its word does: a search from each letter of a long word
on would take the square of its length."""

_UNACCENTED = str.maketrans("äåöéü", "aaoeu")

_GMAIL = frozenset(("gmail.com", "googlemail.com"))
_PLUS = _GMAIL | {"outlook.com", "hotmail.com", "hotmail.fi", "live.fi", "icloud.com", "me.com"}


@lru_cache(maxsize=1 << 16)
def read(text: str) -> Reading:
    """Read one address; if it is not valid, a repaired one is suggested where possible."""
    if _is_plain(text):
        return _judged(text)
    plain = tidy_line(without_hidden_characters(text), 4 * _LONGEST)
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


_UNREAD = frozenset(
    (
        *("noreply", "donotreply", "dontreply", "mailerdaemon", "bounce", "bounces"),
        *("eivastaa", "alavastaa", "älävastaa", "svarainte", "svaraej", "ejsvar"),
    )
)


@lru_cache(maxsize=1 << 16)
def is_role_mailbox(address: str) -> bool:
    """Return True if an address belongs to an office (info@, toimisto@) rather than a person."""
    local, _, domain = address[:_LONGEST].casefold().partition("@")
    return names_office([word for word in re.split(r"[.+_\-\d]", local) if word], domain)


def is_unread_mailbox(address: str) -> bool:
    """Return True if nobody reads what comes to an address: "no-reply@", "älä-vastaa@"."""
    local = re.sub(r"[^a-zåäö]", "", address[:_LONGEST].casefold().partition("@")[0])
    return local in _UNREAD


def is_called_as(address: str, organisation: str) -> bool:
    """Return True if the local part is an organisation's name or a word of it: "viri@…".

    Local parts of up to three letters are ignored: they may be anybody's.
    """
    plain = address[:_LONGEST].casefold().partition("@")[0].translate(_UNACCENTED)
    local = re.sub(r"[^a-z]", "", plain)
    name = organisation[:_LONGEST].casefold().translate(_UNACCENTED)
    words = re.findall(r"[a-z]+", re.sub(r"\b(?:ry|rf|oy|ab|sr)\b", " ", name))
    return len(local) > 3 and local in (*words, "".join(words))


def is_own_mailbox(address: str) -> bool:
    """Return True if an address at a private mail service consists of a person's names."""
    return address[:_LONGEST].casefold().rpartition("@")[2] in _FREE and bool(
        name_in_mailbox(address)
    )


def name_in_mailbox(address: str) -> str:
    """Return the name in an address such as matti.virtanen@…, first name first; '' if none.

    One of its two words must be a known first name. Letters that addresses lack (ä) are not
    restored.
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
    """Return a key that is equal for addresses of one mailbox; '' if the text is no address.

    The domain is in ASCII. The local part is compared without case, because no mail server of
    consequence distinguishes it.
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
    """Return a key like :func:`mailbox_key`, but by the rules of the mail service; '' if none.

    Gmail ignores dots, and treats googlemail.com as gmail.com; Gmail and others ignore what follows
    a plus sign. Keys stored in the state are :func:`mailbox_key`'s, which keep these apart.
    """
    local, at, domain = mailbox_key(address).rpartition("@")
    if domain in _PLUS:
        local = local.partition("+")[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}{at}{domain}"


def ascii_email(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5890)."""
    return f"{address.rpartition('@')[0]}@{mailbox_key(address).rpartition('@')[2]}"


def _is_plain(text: str) -> bool:
    """Return True if email-validator would certainly accept an address as it stands."""
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
    """Return True if a mailbox may exist: within the limits, at a top level that mail reaches."""
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
    """Return True if a label of the domain is in another alphabet, under a Latin top level."""
    *parts, top = value.rpartition("@")[2].split(".")
    return top.isascii() and any(is_foreign_script(part) for part in parts)


def _marked(text: str) -> bool:
    """Return True if the domain has combining marks that make letters other than Finnish ones."""
    typed = text.rpartition("@")[2]
    if not any(map(unicodedata.combining, typed)):
        return False
    plain = set(typed)
    return any(
        not char.isascii() and char not in plain and char.casefold() not in _COMPOSED
        for char in unicodedata.normalize("NFC", typed)
    )


def _addresses(text: str) -> list[str]:
    """Return the different addresses in a text, those with an ASCII local part first."""
    parts = [_SCHEME.sub("", part.strip("\"'.:[]")) for part in _SEPARATORS.split(text)]
    good: dict[str, str] = {}
    for one in filter(None, map(_canonical, parts)):
        good.setdefault(one.casefold(), one)
    return sorted(good.values(), key=lambda one: not one.partition("@")[0].isascii())


def _apart(text: str) -> bool:
    """Return True if the word before the first address is no part of it.

    In ``maija m@example.org`` it may be.
    """
    words = text[: text.index("@")].split()[:-1]
    return not words or words[-1][0].isupper() or words[-1][-1] in ":;,/|)>-–"


def _without_marks(text: str) -> str:
    """Return a text without punctuation around an address, with its @ and dots restored.

    Only unambiguous changes are made: a comma becomes a dot only if the part before it is no
    address.
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
    """Return the address with typing errors in its domain corrected."""
    local, _, domain = value.partition("@")
    for wrong, right in _ENDINGS.items():
        if domain.endswith(wrong):
            domain = domain.removesuffix(wrong) + right
            break
    if domain not in _REAL:
        near = (known for known in _KNOWN if OSA.distance(known, domain, score_cutoff=1) == 1)
        domain = next(near, domain)
    return f"{local}@{domain}"
