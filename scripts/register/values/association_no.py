"""Register numbers of associations: up to six digits, possibly grouped by dots; no check digit."""

import re

from stdnum.fi import associationid

from register.values.reading import Reading
from register.values.text import tidy_line

_SHAPE = re.compile(
    r"(?:(?:rek(?:isteri)?\.?\s*(?:nro|numero|no|n:o)|reg(?:ister)?\.?\s*(?:nr|nummer)|rn:?o)"
    r"[.:]*\s*)?(?P<number>[0-9][0-9.\s]*?)(?:[.,]0)?",
    re.IGNORECASE,
)


_LOOK_UP = "https://yhdistysrekisteri.prh.fi/"
"""PRH's service for people; programs may not search the Register of Associations."""


def look_up_link(business_id: str, language: str) -> str:
    """Return the link by which a person looks up an association in the Register of Associations.

    With a Y-tunnus (canonical) it leads to the association's page, else to the search page.
    """
    spoken = f"userLang={language}"
    return (
        f"{_LOOK_UP}basicinformation?{spoken}&businessId={business_id}"
        if business_id
        else (f"{_LOOK_UP}?{spoken}")
    )


def read(text: str) -> Reading:
    """Read a register number: digits only, without leading zeros."""
    plain = tidy_line(text, 60)
    if plain == "":
        return Reading()
    found = _SHAPE.fullmatch(plain or "")
    digits = re.sub(r"[.\s]", "", found["number"]).lstrip("0") if found else ""
    if not digits or not associationid.is_valid(digits):
        return Reading(problem="association-no-impossible")
    return Reading(digits)
