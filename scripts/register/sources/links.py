"""The addresses and numbers behind links whose texts do not show them."""

from collections.abc import Mapping
from urllib.parse import unquote


def reach_behind(href: str, text: str) -> str:
    """Return the address or number that a link leads to, '' for none or if its text shows it."""
    scheme, _, target = href.strip().partition(":")
    target = unquote(target.partition("?")[0]).strip("/ ")
    match scheme.casefold():
        case "mailto":
            return "" if target.casefold() in text.casefold() else target
        case "tel":
            return "" if _digits(target)[-6:] in _digits(text) else target
    return ""


def follow_links(rows: list[list[str]], links: Mapping[tuple[int, int], str]) -> None:
    """Append the targets of links to their cells, unless the row shows them.

    ``links`` maps row and column, counted from 1, to the link's target.
    """
    for (row, column), href in links.items():
        if 0 < row <= len(rows) and (reached := reach_behind(href, "".join(rows[row - 1]))):
            cells = rows[row - 1]
            cells += [""] * (column - len(cells))
            cells[column - 1] = f"{cells[column - 1]} {reached}".strip()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
