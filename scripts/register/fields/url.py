"""Web addresses: http or https, nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from register.fields.reading import Problems, Reading
from register.fields.text import hidden

PROBLEMS: Problems = {
    "url-impossible": ("warning", "“{cell}” is not a web address."),
    "url-no-scheme": ("warning", "“{cell}” lacks its beginning. Is it {suggestion}?"),
}
_HOST = re.compile(r"[^\W_](?:[\w\-]*\.)+[^\W\d_]{2,}(?::\d{1,5})?")


def read(text: str) -> Reading:
    """Read a web address; one without ``https://`` is completed for a person to confirm."""
    plain = text[:2100].strip()
    if not plain:
        return Reading()
    if len(plain) > 2000 or hidden(plain) or re.search(r"[\s<>\"]", plain):
        return Reading(problem="url-impossible")
    if re.match(r"https?://", plain, re.IGNORECASE):
        return Reading(plain) if _has_host(plain) else Reading(problem="url-impossible")
    if "://" not in plain and "@" not in plain and _has_host(f"https://{plain}"):
        return Reading(problem="url-no-scheme", suggestion=f"https://{plain}")
    return Reading(problem="url-impossible")


def _has_host(address: str) -> bool:
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return False
    return bool(_HOST.fullmatch(host))
