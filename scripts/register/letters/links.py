"""Where a letter may link to: the meeting's own link and what the configuration lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BARE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)[^\s<>]+", re.IGNORECASE)


def strange_links(
    markdown: MarkdownIt, tokens: Sequence[Token], text: str, allowed: Iterable[str]
) -> Iterator[str]:
    """Yield the links of a letter, as HTML and as bare text, that are not allowed.

    An allowed address that ends in ``/`` allows all below it; ``mailto:`` may have a query.
    """
    known = [markdown.normalizeLink(one) for one in allowed if one]
    seen = [
        str(child.attrGet("href") or "")
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    seen += [found[0].rstrip(".,;:!?)’”\"'") for found in _BARE.finditer(text)]
    for link in dict.fromkeys(seen):
        target = markdown.normalizeLink(link)
        if not any(_under(target, one) for one in known):
            yield link


def _under(link: str, allowed: str) -> bool:
    if link == allowed:
        return True
    if allowed.startswith("mailto:"):
        return link.startswith(allowed + "?")
    return allowed.endswith("/") and allowed.count("/") > 2 and link.startswith(allowed)
