"""Units of towns, parishes and counties: "Nokian seurakunta, diakonia" is the parish."""

import re
from collections.abc import MutableMapping

from register.values.organisation_name import legal_form

_UNIT = re.compile(
    r"(?P<body>[^,/]*(?:seurakunta|seurakuntayhtymä|församling|samfällighet|kaupunki|kunta|stad"
    r"|kommun|hyvinvointialue|välfärdsområde|parish|city))\s*(?:[,/]|\s[-–]\s)\s*"
    r"(?P<unit>[a-zåäö][^,/]{2,40})"
)
"""A public body and, in small letters, its unit; the unit has no register number of its own."""


def separate_unit(cells: MutableMapping[str, str]) -> None:
    """Make words of the unit behind the public body of a person, changing the card in place."""
    found = _UNIT.fullmatch(cells.get("org", ""))
    named = any(map(cells.get, ("name", "first", "last")))
    if found and named and not legal_form(found["unit"]):
        cells["org"] = found["body"]
        cells["text"] = "; ".join(filter(None, (cells.get("text"), found["unit"])))
