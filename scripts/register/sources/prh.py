"""The YTJ v3 replies of the Patent and Registration Office (PRH): associations, read as values.

Source: https://avoindata.prh.fi (CC BY 4.0). ``location`` there is a postal town, so a municipality
is asked for by its postal codes, and a row is kept where one of its present addresses says that it
lies in the municipality (``postOffices[].municipalityCode``). Whether a row has ended is told by
``endDate``; the status fields are read in different ways by different people, so they are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from register.intake.registered import RegisterAnswer, Registered
from register.sources.limits import single_line
from register.sources.paging import ResultPage, is_count, unknown_reply
from register.values import places
from register.values.business_id import read as read_business_id
from register.values.postal_code import read as read_postal_code

PRH = "PRH"
FORM = "AYH"
"""The code of an association in the schema's list of company forms."""

_VISITING = "1"
_NAME, _PARALLEL_NAME = "1", "2"
"""The company's name, and what it is called in another language; auxiliary names are of a part."""


def postal_codes_of(municipality: str) -> tuple[str, ...]:
    """Return the postal codes to ask by; those of single receivers say nothing of a place."""
    return tuple(
        code.code
        for code in places.postal_codes()
        if code.kind in ("normal", "po_box")
        and municipality in (code.municipality, code.alternative)
    )


def prh_page(document: object) -> ResultPage:
    """Return the rows of a page, and how many there are in all; raises UsageError."""
    if isinstance(document, list):
        return ResultPage(document, total=len(document))
    if isinstance(document, Mapping):
        rows, total = document.get("companies"), document.get("totalResults")
        if isinstance(rows, list) and (total is None or is_count(total)):
            return ResultPage(rows, total=len(rows) if total is None else total)
    raise unknown_reply(PRH)


def companies(rows: Iterable[object], municipality: str) -> RegisterAnswer:
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
    return RegisterAnswer(PRH, tuple(found.values()), unread)


def _company(row: Any, municipality: str) -> Registered | None:  # noqa: ANN401 (a server's)
    """Return what we keep of a row; None of one that lies elsewhere; raises where it is broken."""
    business_id = read_business_id(row["businessId"]["value"]).value
    forms = [form for form in row.get("companyForms") or [] if not form.get("endDate")]
    if forms and not any(_is_association(form) for form in forms):
        return None
    now, others, former = _names(row["names"])
    if not business_id or not (now or row.get("endDate")):
        raise ValueError
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
        url=single_line((row.get("website") or {}).get("url") or ""),
        other_names=tuple(others),
        former=tuple(former),
        ended=single_line(row.get("endDate") or "")[:10],
    )


def _names(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str], list[str]]:
    """Return the names of today, those in other languages, and the earlier ones."""
    now: list[str] = []
    others: list[str] = []
    former: list[str] = []
    for row in rows:
        if (kind := str(row.get("type"))) in (_NAME, _PARALLEL_NAME):
            kept = former if row.get("endDate") else now if kind == _NAME else others
            kept.append(single_line(row["name"]))
    return now, others, former


def _is_association(form: Mapping[str, Any]) -> bool:
    """Whether a company form is an association's, by its code or its Finnish description."""
    described = (
        str(one.get("description", "")).casefold()
        for one in form.get("descriptions") or []
        if str(one.get("languageCode")) == "1"
    )
    return form.get("type") == FORM or any(text.endswith("yhdistys") for text in described)
