"""Permitted links in letters: our own, and those that the configuration allows."""

import re
from collections.abc import Iterable, Iterator

_BARE = re.compile(
    r"(?:(?<![a-z0-9+.-])[0-9+.-]*+[a-z][a-z0-9+.-]*+://|\bwww\.)[^\s<>]+", re.IGNORECASE
)
_NO_SCHEME = "0123456789+.-"
"""Characters that cannot begin a URI scheme (RFC 3986, 3.1)."""


def foreign_links(links: Iterable[str], text: str, allowed: Iterable[str]) -> Iterator[str]:
    """Yield the links of a letter, and the bare addresses in its text, that are not allowed.

    All are normalised as Markdown does it. An allowed address that ends in ``/`` allows everything
    below it; an allowed ``mailto:`` address may have a query.
    """
    known = tuple(allowed)
    bare = (one[0].lstrip(_NO_SCHEME).rstrip(".,;:!?)’”\"'") for one in _BARE.finditer(text))
    for link in dict.fromkeys((*links, *bare)):
        if not any(_under(link, one) for one in known):
            yield link


def without_links(text: str) -> str:
    """Return a text with … in place of each address that a mail program would turn into a link."""
    return _BARE.sub("…", text)


def _under(link: str, allowed: str) -> bool:
    if link == allowed:
        return True
    if allowed.startswith("mailto:"):
        return link.startswith(allowed + "?")
    return allowed.endswith("/") and allowed.count("/") > 2 and link.startswith(allowed)
