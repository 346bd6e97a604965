"""Sites of organisations: the host of the web address, else the domain of the mailbox."""

import re

from register.values.email import mailbox_key

FREE = frozenset(
    (
        *("gmail.com", "hotmail.com", "hotmail.fi", "outlook.com", "outlook.fi", "live.fi"),
        *("icloud.com", "yahoo.com", "luukku.com", "kolumbus.fi", "elisanet.fi", "saunalahti.fi"),
        *("pp.inet.fi", "me.com", "welho.com", "suomi24.fi", "netti.fi", "phnet.fi", "posti.fi"),
    )
)
_PLATFORMS = frozenset(
    (
        *("facebook.com", "m.facebook.com", "fi-fi.facebook.com", "instagram.com", "x.com"),
        *("sites.google.com", "linktr.ee", "youtube.com", "linkedin.com", "twitter.com"),
    )
)
"""Sites with many organisations' pages: the first part of the path says whose page it is."""

_URL = re.compile(
    r"^(?:https?://)?(?:www\.)?([^/?#\s:@]+)(?::\d+)?(?:/([^/?#\s]*))?", re.IGNORECASE
)


def site_of(url: str, address: str) -> str:
    """Return the host of a web address (of a platform with the page), else the mailbox's domain.

    '' if there is neither, or only a free mail service or a platform's front page.
    """
    found = _URL.match(url.strip()[:300])
    if found and "." in found[1]:
        host = found[1].casefold().rstrip(".")
        if host not in _PLATFORMS:
            return host
        if found[2]:
            return f"{host}/{found[2].casefold()}"
    domain = mailbox_key(address).rpartition("@")[2]
    return "" if domain in FREE else domain
