"""E-mail addresses: one plain address in a cell, its domain in lower case.

The shape is email-validator's (RFC 5321, 5322, 6531; deliverability is not asked of anybody).
"""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from register.fields.reading import Problems, Reading
from register.fields.text import hidden, tidy

PROBLEMS: Problems = {
    "email-impossible": ("error", "“{cell}” is not an e-mail address."),
    "email-several": ("warning", "There are several addresses here: {cell}. Which one is right?"),
    "email-repaired": ("warning", "“{cell}” is not quite an address. Is it {suggestion}?"),
    "email-typo": ("warning", "“{cell}” looks mistyped. Is it {suggestion}?"),
    "email-non-ascii": (
        "warning",
        "“{cell}” has letters before the @ that many mail servers do not accept.",
    ),
}
LONGEST = 254
_KNOWN = (
    *("gmail.com", "hotmail.com", "hotmail.fi", "outlook.com", "icloud.com", "yahoo.com"),
    *("luukku.com", "kolumbus.fi", "elisanet.fi", "saunalahti.fi", "pp.inet.fi", "live.fi"),
)
_ENDINGS = {".con": ".com", ".cmo": ".com", ".comm": ".com", ".ogr": ".org", ".fii": ".fi"}
_ROLES = frozenset(
    (
        *("info", "toimisto", "yhdistys", "hallitus", "puheenjohtaja", "sihteeri", "pj", "office"),
        *("kirjaamo", "asiakaspalvelu", "jarjesto", "jasensihteeri", "rahastonhoitaja", "kansli"),
        *("kansliet", "ordforande", "sekreterare", "styrelsen", "forening", "contact", "yhteys"),
        *("posti", "post", "mail", "admin", "webmaster", "toiminnanjohtaja", "verkosto", "palaute"),
    )
)
_ANGLE = re.compile(r"^[^<>]{0,200}<\s*([^<>\s]+@[^<>\s]+)\s*>$")
_AT = re.compile(r"\s*[\[(]\s*(?:at|ät|miukumauku)\s*[\])]\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;,\s/|]+")


def read(text: str) -> Reading:
    """Read one address; what is not one is repaired for a person to confirm."""
    if hidden(text) or len(text) > 4 * LONGEST:
        return Reading(problem="email-impossible") if text.strip() else Reading()
    plain = tidy(text)
    if not plain:
        return Reading()
    value = _canonical(plain)
    if value:
        return _judged(value)
    parts = [part for part in _SEPARATORS.split(plain) if "@" in part]
    good = list(dict.fromkeys(filter(None, map(_canonical, parts))))
    if len(good) > 1:
        return Reading(problem="email-several", suggestion=good[0])
    repaired = _canonical(_repaired(plain))
    if repaired:
        return Reading(problem="email-repaired", suggestion=_ending(repaired))
    return Reading(problem="email-impossible")


def is_role_mailbox(address: str) -> bool:
    """Whether an address belongs to an office (info@, toimisto@) rather than to a person."""
    local = address.partition("@")[0].casefold()
    return re.split(r"[.+_\-\d]", local, maxsplit=1)[0] in _ROLES


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


def _judged(value: str) -> Reading:
    local, _, domain = value.partition("@")
    fixed = _ending(value)
    if fixed != value:
        return Reading(problem="email-typo", suggestion=fixed)
    if not local.isascii():
        return Reading(problem="email-non-ascii")
    near = [known for known in _KNOWN if 0 < OSA.distance(known, domain, score_cutoff=1) <= 1]
    if domain not in _KNOWN and near:
        return Reading(problem="email-typo", suggestion=f"{local}@{near[0]}")
    return Reading(value)


def _canonical(text: str) -> str:
    if len(text) > LONGEST or text.count("@") != 1:
        return ""
    try:
        found = validate_email(
            text, check_deliverability=False, test_environment=True, allow_smtputf8=True
        )
    except (EmailNotValidError, ValueError):
        return ""
    return f"{found.local_part}@{found.domain.lower()}"


def _repaired(text: str) -> str:
    if found := _ANGLE.match(text):
        return found[1]
    plain = text.removeprefix("mailto:").removeprefix("Mailto:").partition("?")[0]
    plain = _AT.sub("@", plain).strip("<>()[]\"'.,;: ")
    return plain.replace(" ", "").replace("@@", "@").replace("..", ".").replace(",", ".")


def _ending(value: str) -> str:
    for wrong, right in _ENDINGS.items():
        if value.endswith(wrong):
            return value.removesuffix(wrong) + right
    return value
