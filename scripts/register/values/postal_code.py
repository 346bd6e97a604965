"""Postal codes: five digits with leading zeros, in the row's municipality (Posti, PCF)."""

import re

from register.values.places import PostalCode, municipality, postal_code, resolve_place
from register.values.reading import Reading
from register.values.text import tidy_line

_CODE = re.compile(
    r"(?:(?:FIN?|AX|SF)[\s\-–]*)?([0-9]{3,5}|[0-9]{2}\s[0-9]{3})(?:[.,]0)?(?:,?\s+(\D+))?",
    re.IGNORECASE,
)


def read(text: str, municipality: str = "") -> Reading:
    """Read a postal code; ``municipality`` is the name in the same row, '' if there is none.

    A post office after the code is dropped if it is the code's own, or the municipality in which
    the code is.
    """
    plain = tidy_line(text, 60)
    if plain == "":
        return Reading()
    found = _CODE.fullmatch(plain or "")
    if not found:
        return Reading(problem="postal-code-impossible")
    known = postal_code(found[1].replace(" ", "").zfill(5))
    if known is None:
        return Reading(problem="postal-code-unknown")
    if found[2] and found[2].casefold() not in _towns(known):
        return Reading(problem="postal-code-impossible")
    home = resolve_place(municipality).municipality
    if home and known.kind == "normal" and home.code not in (known.municipality, known.alternative):
        return Reading(problem="postal-code-elsewhere", detail=_name(known.municipality))
    return Reading(known.code)


def _towns(code: PostalCode) -> set[str]:
    homes = [municipality(home) for home in (code.municipality, code.alternative) if home]
    names = [name for home in homes for name in (home.name_fi, home.name_sv)]
    return {name.casefold() for name in (code.place_fi, code.place_sv, *names)}


def _name(code: str) -> str:
    return municipality(code).name_fi
