"""Split an address in one cell into street, postal code and post town."""

import re

from register.values import postal_code

_POST_TOWN = re.compile(
    r"(?:(?P<street>.*?\w.*?)(?:\s*,|(?=\s))\s*)?(?P<code>(?:(?:FIN?|AX)-\s?)?\d{5})(?:,?\s+(?P<town>[^\d,]+))?"
)


def split_address(cell: str) -> tuple[str, str, str]:
    """Return the street, the postal code and the post town of a cell, each '' if missing.

    A cell without a postal code is a street as a whole.
    """
    plain = " ".join(cell.split())
    found = _POST_TOWN.fullmatch(plain)
    if not found or not postal_code.read(found["code"]).value:
        return plain, "", ""
    return found["street"] or "", found["code"], found["town"] or ""
