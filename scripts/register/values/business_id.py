"""Y-tunnus: seven digits, a hyphen, a check digit (Finnish Patent and Registration Office)."""

import re
from functools import lru_cache

from stdnum.fi import ytunnus

from register.values.reading import Reading
from register.values.text import tidy_line

_SHAPE = re.compile(
    r"(?:(?:y-?\s?tunnus|fo-?\s?nummer|alv(?:-?\s?tunnus)?|vat)[.:]*\s*)?(?:FI\s?-?)?\s*"
    r"([0-9]{5,7})\s*[-–‐‑−—]?\s*([0-9])(?:[.,]0)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 15)
def read(text: str) -> Reading:
    """Read a Y-tunnus; leading zeros that a spreadsheet dropped are restored."""
    plain = tidy_line(text, 40)
    if plain == "":
        return Reading()
    found = _SHAPE.fullmatch(plain or "")
    number = f"{found[1].zfill(7)}{found[2]}" if found else ""
    if not ytunnus.is_valid(number) or number.startswith("0000000"):
        return Reading(problem="business-id-impossible")
    return Reading(f"{number[:7]}-{number[7]}")
