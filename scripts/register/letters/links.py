"""Where a letter may link to: the meeting's own link and what the configuration lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BARE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)[^\s<>]+", re.IGNORECASE)


def strange_links(links: Iterable[str], text: str, allowed: Iterable[str]) -> Iterator[str]:
    """Yield the links of a letter, and the bare ones in its text, that are not allowed.

    All are normalised as Markdown does it. An allowed address that ends in ``/`` allows all below
    it; ``mailto:`` may have a query.
    """
    known = tuple(allowed)
    bare = (found[0].rstrip(".,;:!?)’”\"'") for found in _BARE.finditer(text))
    for link in dict.fromkeys((*links, *bare)):
        if not any(_under(link, one) for one in known):
            yield link


def _under(link: str, allowed: str) -> bool:
    if link == allowed:
        return True
    if allowed.startswith("mailto:"):
        return link.startswith(allowed + "?")
    return allowed.endswith("/") and allowed.count("/") > 2 and link.startswith(allowed)
