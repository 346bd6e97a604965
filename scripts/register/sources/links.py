"""The addresses and numbers behind links whose texts do not show them."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

_ADDRESS = re.compile(r"\S@\S+\.\w")
_SHORTEST = 6
"""A text with so many digits shows a phone number; so many of its last ones identify it."""


_PAGE = re.compile(
    r"\s*\((?:https?://[^\s()]*/|[^()]*%20)[^\s()]{0,200}?[0-9a-f]{32}(?:\.(?:md|csv|html))?(?:\?[^\s()]*)?\)",
    re.IGNORECASE,
)


def without_page_links(cell: str) -> str:
    """Return a cell without the links that Notion writes behind each name of another page."""
    return _PAGE.sub("", cell) if "(" in cell else cell


def contact_behind_link(href: str, text: str) -> str:
    """Return the address or number that a link leads to, '' for none or if its text shows one.

    A link stays behind when somebody types another address or number over its text.
    """
    scheme, _, target = href.strip().partition(":")
    target = unquote(target.partition("?")[0]).strip("/ ")
    match scheme.casefold():
        case "mailto":
            return "" if _ADDRESS.search(text) else target
        case "tel":
            return "" if len(_digits(text)) >= _SHORTEST else target
    return ""


def follow_links(rows: list[list[str]], links: Mapping[tuple[int, int], str]) -> None:
    """Append the targets of links to their cells, unless the row shows them.

    ``links`` maps row and column, counted from 1, to the link's target.
    """
    for (row, column), href in links.items():
        if not 0 < row <= len(rows):
            continue
        cells = rows[row - 1]
        cells += [""] * (column - len(cells))
        reached = contact_behind_link(href, cells[column - 1])
        if reached and not _is_shown(reached, "".join(cells)):
            cells[column - 1] = f"{cells[column - 1]} {reached}".strip()


def _is_shown(reached: str, text: str) -> bool:
    if "@" in reached:
        return reached.casefold() in text.casefold()
    return _digits(reached)[-_SHORTEST:] in _digits(text)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
