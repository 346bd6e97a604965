"""Checks of a domain's DNS records for mail: SPF, DKIM and DMARC.

Large mail providers refuse mail from a domain without them. The checks find what is missing or
cannot work. Whether the mail server itself signs and is among the allowed senders, only a test
letter can show.
"""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from register.book.errors import ConfigError
from register.book.phrase import Phrase

_Lookup = Callable[[str], Sequence[str]]
"""Returns the TXT records of a DNS name, or an empty sequence."""

USUAL_SELECTORS = (
    *("google", "selector1", "selector2", "default", "mail", "dkim", "k1", "s1", "s2"),
    "20230601",
)
"""DKIM selectors that mail services use, tried where the configuration names none."""

MOST_LOOKUPS = 10
"""Maximum number of DNS lookups that an SPF record may cause (RFC 7208, 4.6.4)."""

_INCLUDED = {
    "smtp.gmail.com": "_spf.google.com",
    "smtp-relay.gmail.com": "_spf.google.com",
    "smtp.office365.com": "spf.protection.outlook.com",
}
"""What the SPF record must include, by the mail server that sends."""

_TAG = re.compile(r"\s*([A-Za-z0-9_]+)\s*=\s*([^;]*?)\s*")
_COSTLY = re.compile(r"[+?~-]?(include:|a$|a[:/]|mx$|mx[:/]|ptr$|ptr:|exists:)(.*)", re.IGNORECASE)
_SHORTEST_KEY = 158
"""Bytes of a public RSA key of 1,024 bits; a shorter key proves nothing (RFC 8301, 3.2)."""


def spf(domain: str, host: str, lookup: _Lookup) -> Phrase:
    """Return a sentence that shows the domain's SPF record; ``host`` is the configured mail server.

    Raises ConfigError where the record is missing, allows everybody, does not include the mail
    server, or cannot work (RFC 7208).
    """
    found = _spf_records(domain, lookup)
    example = _INCLUDED.get(host.lower(), "")
    wanted = f"v=spf1 include:{example} ~all" if example else "v=spf1 mx ~all"
    if not found:
        raise ConfigError(
            "{domain} has no SPF record: receivers cannot tell who may send in its name.",
            remedy="Have whoever keeps the domain add one TXT record, as: {wanted}",
            domain=domain,
            wanted=wanted,
        )
    if len(found) > 1:
        raise ConfigError(
            "{domain} has {count} SPF records; receivers then heed none.",
            remedy="Have whoever keeps the domain make one of them, as: {wanted}",
            domain=domain,
            count=len(found),
            wanted=wanted,
        )
    (record,) = found
    terms = record.lower().split()[1:]
    if any(term in ("all", "+all") for term in terms):
        raise ConfigError(
            "The SPF record of {domain} lets anybody send in its name: {record}",
            remedy="Its last word should be ~all or -all.",
            domain=domain,
            record=record,
        )
    passed = _passed(domain, lookup, set())
    if len(passed) > MOST_LOOKUPS:
        raise ConfigError(
            "The SPF record of {domain} makes receivers look up {count} names; after {limit} they"
            " give up.",
            remedy="Have whoever keeps the domain take out what is not used any more: {record}",
            domain=domain,
            count=len(passed),
            limit=MOST_LOOKUPS,
            record=record,
        )
    if example and f"include:{example}" not in passed:
        raise ConfigError(
            "The SPF record of {domain} does not name the servers of {host}: {record}",
            remedy="Have whoever keeps the domain add to it: {wanted}",
            domain=domain,
            host=host,
            record=record,
            wanted=f"include:{example}",
        )
    return "SPF: {record}", {"record": record}


def dkim(domain: str, selector: str, lookup: _Lookup) -> Phrase:
    """Return a sentence that names the domain's DKIM key; '' as the selector tries the usual ones.

    Raises ConfigError where there is no key, or it is revoked, damaged or too short (RFC 6376,
    8301).
    """
    tried = (selector,) if selector else USUAL_SELECTORS
    for name in tried:
        for record in lookup(f"{name}._domainkey.{domain}"):
            tags = _tags(record)
            if "p" not in tags or tags.get("v", "DKIM1") != "DKIM1":
                continue
            key = tags["p"].replace(" ", "")
            if not key and not selector:
                continue
            _guard_key(key, tags.get("k", "rsa"), {"domain": domain, "selector": name})
            return "DKIM: the key “{selector}” of {domain}.", {"selector": name, "domain": domain}
    raise ConfigError(
        "{domain} has no DKIM key ({tried}): receivers cannot tell a letter of yours from a forged"
        " one.",
        remedy="Switch on DKIM at your mail service and publish its key. A key of another name"
        " (s= in the header DKIM-Signature of a letter of yours) is told by [post] dkim_selector.",
        domain=domain,
        tried=", ".join(tried),
    )


def dmarc(domain: str, lookup: _Lookup) -> Phrase:
    """Return a sentence that shows the DMARC record of a domain or of its parent domain.

    Raises ConfigError where there is none, or it has no valid policy (RFC 7489, 6.3 and 6.6.3).
    """
    labels = domain.split(".")
    for above in range(max(1, len(labels) - 1)):
        name = ".".join(labels[above:])
        found = [one for one in lookup(f"_dmarc.{name}") if _tags(one).get("v") == "DMARC1"]
        if not found:
            continue
        policy = _tags(found[0]).get("p", "").lower()
        if len(found) > 1 or policy not in ("none", "quarantine", "reject"):
            raise ConfigError(
                "The DMARC record of {domain} says nothing that receivers heed: {record}",
                remedy="One TXT record at _dmarc.{domain} is wanted, as: v=DMARC1; p=none",
                domain=name,
                record=found[0],
            )
        return "DMARC: {record}", {"record": found[0]}
    raise ConfigError(
        "{domain} has no DMARC record; large mail services then take few letters of it.",
        remedy="One TXT record at _dmarc.{domain} is wanted, as: v=DMARC1; p=none",
        domain=domain,
    )


def _spf_records(domain: str, lookup: _Lookup) -> list[str]:
    return [one for one in lookup(domain) if one.lower().split(" ")[0] == "v=spf1"]


def _passed(domain: str, lookup: _Lookup, seen: set[str]) -> list[str]:
    """Return the SPF terms that cost a DNS lookup, of the domain's record and all included records.

    ``seen`` holds the domains already visited, so that records that include each other end.
    """
    if domain in seen or len(seen) > MOST_LOOKUPS:
        return []
    seen.add(domain)
    passed: list[str] = []
    for term in _terms(domain, lookup):
        passed.append(term)
        verb, _, other = term.partition(":")
        if verb == "include" and "%" not in other:
            passed += _passed(other, lookup, seen)
    return passed


def _terms(domain: str, lookup: _Lookup) -> Iterator[str]:
    for record in _spf_records(domain, lookup)[:1]:
        for term in record.lower().split()[1:]:
            if term.startswith("redirect="):
                yield f"include:{term.removeprefix('redirect=')}"
            elif _COSTLY.fullmatch(term):
                yield term.lstrip("+?~-")


def _tags(record: str) -> dict[str, str]:
    """Return the ``name=value`` pairs of a DKIM or DMARC record (RFC 6376, 3.2)."""
    found = (_TAG.fullmatch(part) for part in record.split(";"))
    return {one[1]: one[2] for one in found if one}


def _guard_key(key: str, kind: str, told: dict[str, Any]) -> None:
    """Raise ConfigError where a public key in base64 is revoked (''), damaged or too short."""
    remedy = "Have your mail service make a new one, and whoever keeps the domain publish it."
    if not key:
        raise ConfigError(
            "The DKIM key “{selector}” of {domain} has been revoked.", remedy=remedy, **told
        )
    try:
        size = len(b64decode(key, validate=True))
    except NoBase64 as fault:
        raise ConfigError(
            "The DKIM key “{selector}” of {domain} is damaged.", remedy=remedy, **told
        ) from fault
    if kind == "rsa" and size < _SHORTEST_KEY:
        raise ConfigError(
            "The DKIM key “{selector}” of {domain} is too short to prove anything.",
            remedy=remedy,
            **told,
        )
