"""The YTJ v3 replies of the Patent and Registration Office (PRH), read as values.

They are of the Trade Register: companies, cooperatives, and those associations that trade. An
association that is missing may well exist; people must ask the Register of Associations.

Source: https://avoindata.prh.fi (CC BY 4.0). ``location`` there is a postal town, so a municipality
is asked for by its postal codes. A row is kept if one of its present addresses lies in the
municipality (``postOffices[].municipalityCode``). ``endDate`` tells whether a row has ended; the
status fields are not read, since people interpret them in different ways.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from register.intake.registered import RegisterAnswer, RegisteredOrganisation
from register.sources.limits import single_line
from register.sources.paging import ResultPage, is_count, unknown_reply
from register.values import places
from register.values.business_id import read as read_business_id
from register.values.postal_code import read as read_postal_code

PRH = "PRH"

CompanyForm = Literal["associations", "cooperatives", "companies"]

FORMS: Mapping[CompanyForm, tuple[str, str]] = {
    "associations": ("AYH", "yhdistys"),
    "cooperatives": ("OK", "osuuskunta"),
    "companies": ("OY", "osakeyhtiö"),
}
"""The code in the schema's list of company forms, and the end of its Finnish description."""

_TERMS = "YTJ, CC BY 4.0"
_VISITING = "1"
_NAME, _PARALLEL_NAME = "1", "2"
"""The company's name, and its name in another language; auxiliary names are those of a part."""


def postal_codes_of(municipality: str) -> tuple[str, ...]:
    """Return the postal codes to ask by; codes of single receivers say nothing about a place."""
    return tuple(
        code.code
        for code in places.postal_codes()
        if code.kind in ("normal", "po_box")
        and municipality in (code.municipality, code.alternative)
    )


def prh_page(document: object) -> ResultPage:
    """Return the rows of a page, and the number of rows in all; raises UsageError."""
    if isinstance(document, list):
        return ResultPage(document, total=len(document))
    if isinstance(document, Mapping):
        rows, total = document.get("companies"), document.get("totalResults")
        if isinstance(rows, list) and (total is None or is_count(total)):
            return ResultPage(rows, total=len(rows) if total is None else total)
    raise unknown_reply(PRH)


def companies(
    rows: Iterable[object], municipality: str, form: CompanyForm = "associations"
) -> RegisterAnswer:
    """Return the organisations of one form in a municipality (its code), each Y-tunnus once."""
    found: dict[str, RegisteredOrganisation] = {}
    elsewhere: set[str] = set()
    unread = 0
    for row in rows:
        try:
            one = _company(row, municipality, form)
        except (TypeError, ValueError, KeyError, AttributeError):
            unread += 1
            continue
        if one is not None and one.municipality:
            found[one.business_id] = one
        elif one is not None:
            elsewhere.add(one.business_id)
    away = len(elsewhere - found.keys())
    return RegisterAnswer(PRH, tuple(found.values()), unread, away, _TERMS)


def _company(
    row: Any,  # noqa: ANN401 (a server's)
    municipality: str,
    form: CompanyForm,
) -> RegisteredOrganisation | None:
    """Return what we keep of a row, None if it is of another form; raises if the row is broken.

    An organisation outside the municipality is returned without a municipality.
    """
    business_id = read_business_id(row["businessId"]["value"]).value
    forms = [one for one in row.get("companyForms") or [] if not one.get("endDate")]
    if forms and not any(_is_of(one, *FORMS[form]) for one in forms):
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
    codes = [read_postal_code(str(address.get("postCode") or "")).value for address in here]
    return RegisteredOrganisation(
        name=now[0] if now else "",
        business_id=business_id,
        municipality=municipality if here else "",
        postcodes=tuple(dict.fromkeys(code for code in codes if code)),
        url=single_line((row.get("website") or {}).get("url") or ""),
        other_names=tuple(others),
        former=tuple(former),
        ended=single_line(row.get("endDate") or "")[:10],
    )


def _names(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[str], list[str]]:
    """Return the present names, the present names in other languages, and the former names."""
    now: list[str] = []
    others: list[str] = []
    former: list[str] = []
    for row in rows:
        if (kind := str(row.get("type"))) in (_NAME, _PARALLEL_NAME):
            kept = former if row.get("endDate") else now if kind == _NAME else others
            kept.append(single_line(row["name"]))
    return now, others, former


def _is_of(form: Mapping[str, Any], code: str, ending: str) -> bool:
    """Whether a company form is the given one, by its code or its Finnish description."""
    described = (
        str(one.get("description", "")).casefold()
        for one in form.get("descriptions") or []
        if str(one.get("languageCode")) == "1"
    )
    return form.get("type") == code or any(text.endswith(ending) for text in described)
