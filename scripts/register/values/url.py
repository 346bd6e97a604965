"""Web addresses: http or https, nothing else."""

import re
from urllib.parse import urlsplit

from register.values.reading import LONGEST_VALUE_READ, Reading
from register.values.text import has_hidden_characters, has_mixed_scripts

_HOST = re.compile(r"[^\W_](?:[\w\-]*\.)+[^\W\d_]{2,}(?::\d{1,5})?")
_TOPS = frozenset(
    (
        *("fi", "ax", "se", "ee", "no", "dk", "is", "eu", "de", "fr", "uk", "ru", "com", "org"),
        *("net", "info", "example"),
    )
)
"""Top-level domains of Finnish lists; a text with another one and without www may be words."""
_NEVER = re.compile(r"[\s<>\"\u200b\ufeff\u00ad\u2060]")


def read(text: str) -> Reading:
    """Read a web address; one without ``https://`` is only suggested.

    The scheme and the host become lower case.
    """
    plain = text.strip()
    if not plain:
        return Reading()
    if len(plain) > LONGEST_VALUE_READ or has_hidden_characters(plain) or _NEVER.search(plain):
        return Reading(problem="url-impossible")
    if re.match(r"https?://", plain, re.IGNORECASE):
        value = _canonical(plain)
        if any(map(has_mixed_scripts, re.split(r"[./:]+", value)[:12])):
            return Reading(problem="text-mixed-scripts")
        return Reading(value) if value else Reading(problem="url-impossible")
    value = "" if "://" in plain or "@" in plain else _canonical(f"https://{plain}")
    if value:
        host = urlsplit(value).hostname or ""
        is_domain = host.startswith("www.") or host.rpartition(".")[2] in _TOPS
        return Reading(problem="url-no-scheme" if is_domain else "url-unlikely", suggestion=value)
    return Reading(problem="url-impossible")


def _canonical(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower() if parts.port != 0 else ""
    except ValueError:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}{address[len(parts.scheme) + 3 + len(parts.netloc) :]}"
