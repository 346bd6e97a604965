"""The YTJ v3 replies of the Patent and Registration Office (PRH): associations, read as values.

Source: https://avoindata.prh.fi (CC BY 4.0). ``location`` there is a postal town, so a municipality
is asked for by its postal codes, and a row is kept where one of its present addresses says that it
lies in the municipality (``postOffices[].municipalityCode``). Whether a row has ended is told by
``endDate``; the status fields are read in different ways by different people, so they are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from register import places
from register.errors import UsageError
from register.fields.business_id import read as read_business_id
from register.fields.postal_code import read as read_postal_code
from register.intake.registered import Answer, Registered
from register.sources.limits import clean

NAME = "PRH"
FORM = "AYH"
"""The code of an association in the schema's list of company forms."""

LONGEST_NAME = 300
_VISITING = "1"
_CURRENT_NAME = "1"


def postal_codes_of(municipality: str) -> tuple[str, ...]:
    """Return the postal codes to ask by; those of single receivers say nothing of a place."""
    return tuple(
        code.code
        for code in places.postal_codes()
        if code.kind in ("normal", "po_box")
        and municipality in (code.municipality, code.alternative)
    )


def page(document: object) -> tuple[int, list[object]]:
    """Return how many rows there are in all, and the rows of this page; raises UsageError."""
    if isinstance(document, list):
        return len(document), document
    if isinstance(document, Mapping):
        rows, total = document.get("companies"), document.get("totalResults")
        if isinstance(rows, list) and (total is None or _counts(total)):
            return int(total if isinstance(total, int) else len(rows)), rows
    raise UsageError(
        "This is not a reply of {register} in the form that is known.",
        remedy="Look whether its interface has changed, or give a file that you downloaded: --file",
        register=NAME,
    )


def companies(rows: Iterable[object], municipality: str) -> Answer:
    """Return the organisations of a municipality (its code); each Y-tunnus once."""
    found: dict[str, Registered] = {}
    unread = 0
    for row in rows:
        try:
            one = _company(row, municipality)
        except (TypeError, ValueError, KeyError, AttributeError):
            unread += 1
            continue
        if one is not None:
            found[one.business_id] = one
    return Answer(NAME, tuple(found.values()), unread)


def _company(row: Any, municipality: str) -> Registered | None:  # noqa: ANN401 (a server's)
    """Return what we keep of a row; None of one that lies elsewhere; raises where it is broken."""
    business_id = read_business_id(row["businessId"]["value"]).value
    forms = [form for form in row.get("companyForms") or [] if not form.get("endDate")]
    if forms and not any(_is_association(form) for form in forms):
        return None
    names = [name for name in row["names"] if str(name.get("type")) == _CURRENT_NAME]
    now = [_line(name["name"]) for name in names if not name.get("endDate")]
    if not business_id or not (now or row.get("endDate")):
        raise ValueError
    former = [_line(name["name"]) for name in names if name.get("endDate")]
    addresses = sorted(
        row.get("addresses") or [], key=lambda address: str(address.get("type")) != _VISITING
    )
    here = [
        address
        for address in addresses
        if any(
            office.get("municipalityCode") == municipality
            for office in address.get("postOffices") or []
        )
    ]
    if not here:
        return None
    codes = [read_postal_code(str(address.get("postCode") or "")).value for address in here]
    return Registered(
        name=now[0] if now else "",
        business_id=business_id,
        municipality=municipality,
        postcodes=tuple(dict.fromkeys(code for code in codes if code)),
        url=_line((row.get("website") or {}).get("url") or ""),
        former=tuple(former),
        ended=_line(row.get("endDate") or "")[:10],
    )


def _is_association(form: Mapping[str, Any]) -> bool:
    """Whether a company form is an association's, by its code or its Finnish description."""
    described = (
        str(one.get("description", "")).casefold()
        for one in form.get("descriptions") or []
        if str(one.get("languageCode")) == "1"
    )
    return form.get("type") == FORM or any(text.endswith("yhdistys") for text in described)


def _line(text: object) -> str:
    """Return a name as one line; raises ValueError where it is no text, or too long."""
    if not isinstance(text, str):
        raise TypeError
    line = " ".join(clean(text).split())
    if len(line) > LONGEST_NAME:
        raise ValueError
    return line


def _counts(total: object) -> bool:
    return isinstance(total, int) and not isinstance(total, bool) and total >= 0
