"""PTV's organisations: public bodies, associations and foundations, read as values.

We keep names, type, Y-tunnus, e-mail, phone, web page, postal codes, the home municipality, the
area, the languages of the names, and the topics and names of services; no street, no description,
no person.

Associations that keep their data in Lähellä.fi are copied to PTV, where their type is
``Organization``. Lähellä warns of duplicates: several entries with one Y-tunnus are one
organisation, with their places and topics united. Parts of a body (offices and departments, with
its Y-tunnus or none of their own) are not organisations here, and neither are companies.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from register.book.schema import Language
from register.intake.registered import RegisterAnswer, RegisteredOrganisation
from register.sources.limits import single_line
from register.sources.ptv import GONE, PTV, localised_texts
from register.sources.ptv_services import offered_services
from register.values import places
from register.values.areas import all_codes
from register.values.business_id import read as read_business_id
from register.values.email import read as read_email
from register.values.organisation_kinds import suggested_type
from register.values.organisation_name import legal_form, organisation_key
from register.values.phone import read as read_phone
from register.values.postal_code import read as read_postal_code
from register.values.reading import Reading

Sector = Literal["public", "associations"]

SECTORS: tuple[Sector, ...] = ("public", "associations")

_PUBLIC_TYPES = {
    "State": "state",
    "Municipality": "municipality",
    "RegionalOrganization": "",
    "Region": "",
    "SotePublic": "",
}
"""The types of public bodies, with our key; '' if only the name tells (joint authorities)."""

_CIVIC = ("association", "foundation")
_CIVIC_BY_NAME = frozenset(("Company", "SotePrivate"))
"""Types that associations and foundations may also have; their name tells."""

_NATIONWIDE = frozenset(("Nationwide", "NationwideExceptAlandIslands"))
"""Organisations that leave out Åland count as nationwide too, as people would call them."""

_TERMS = "Suomi.fi, CC0"
_SERVICES_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    """An organisation as one entry gives it; of entries with one ``key``, the least rank wins."""

    one: RegisteredOrganisation
    key: str
    rank: tuple[bool, bool]


def organisations(
    rows: Iterable[object],
    municipality: str,
    language: Language,
    topics: Mapping[str, tuple[str, ...]] | None = None,
    sectors: Iterable[Sector] = SECTORS,
) -> RegisterAnswer:
    """Return a municipality's organisations of the given sectors, in ``language`` where possible.

    ``municipality`` is a code. ``topics`` maps service ids to topics. Each Y-tunnus comes once: the
    body itself rather than a part of it; the entries of an association are united.
    """
    found: dict[str, list[_Entry]] = {}
    wanted, unread = frozenset(sectors), 0
    for row in rows:
        try:
            entry = _entry(row, language, topics or {})
        except (TypeError, ValueError, KeyError, AttributeError):
            unread += 1
            continue
        if entry is not None and ("public" if entry.one.is_public else "associations") in wanted:
            found.setdefault(entry.key, []).append(entry)
    every = [_united(some) for some in found.values()]
    here = tuple(one for one in every if not one.is_elsewhere(municipality))
    return RegisterAnswer(PTV, here, unread, len(every) - len(here), _TERMS)


def sector_of(row: object) -> Sector | None:
    """Return the sector of an organisation's reply, None for an organisation that is left out."""
    if not isinstance(row, Mapping):
        return None
    kind = row.get("organizationType")
    if kind in _PUBLIC_TYPES:
        return "public"
    if kind == "Organization":
        return "associations"
    names = row.get("organizationNames")
    texts = (one.get("value") for one in names if isinstance(one, Mapping)) if names else ()
    told = kind in _CIVIC_BY_NAME and any(
        legal_form(text) in _CIVIC for text in texts if isinstance(text, str)
    )
    return "associations" if told else None


def _entry(
    row: Any,  # noqa: ANN401 (a server's)
    language: Language,
    topics: Mapping[str, tuple[str, ...]],
) -> _Entry | None:
    """Return what we keep of an entry, None if it is left out; raises if the entry is broken."""
    if not isinstance(row, Mapping) or not isinstance(row.get("organizationNames"), list):
        raise TypeError
    sector = sector_of(row)
    if sector is None:
        return None
    names = list(_names(row["organizationNames"], language))
    if not names or not names[0]:
        raise ValueError
    number = read_business_id(str(row.get("businessCode") or "")).value
    is_part = bool(row.get("parentOrganizationId"))
    registered = legal_form(names[0]) in _CIVIC
    if is_part and not number and not (sector == "associations" and registered):
        return None
    home, codes = _home(row)
    gone = row.get("publishingStatus") in GONE
    one = RegisteredOrganisation(
        name=names[0],
        business_id=number,
        municipality=home,
        postcodes=codes,
        url=next(localised_texts(row.get("webPages"), "url", language), ""),
        other_names=tuple(dict.fromkeys(names[1:])),
        ended=single_line(row["modified"])[:10] if gone else "",
        type=_PUBLIC_TYPES.get(row["organizationType"], "") or _type(names[0], sector),
        email=_certain(localised_texts(row.get("emails"), "value", language), read_email),
        phone=_certain(_numbers(row.get("phoneNumbers"), language), read_phone),
        area=_area(row, language),
        is_public=sector == "public",
        changed=str(row.get("modified") or "")[:10],
    )
    if sector == "public":
        return _Entry(one, number or names[0], (is_part, False))
    one = replace(
        one,
        language=_spoken(row["organizationNames"]),
        topics=tuple(
            dict.fromkeys(topic for guid in offered_services(row) for topic in topics.get(guid, ()))
        ),
        services=_services(row),
    )
    key = number or f"{organisation_key(names[0])} {home}"
    return _Entry(one, key, (is_part, not registered))


def _united(some: list[_Entry]) -> RegisteredOrganisation:
    """Return one organisation from its entries.

    Ended entries are left out if others have not ended. A public body is its best entry alone. An
    association takes what its best entry lacks from the others, and the areas, topics and services
    of all.
    """
    living = [entry for entry in some if not entry.one.ended] or some
    first, *others = [entry.one for entry in sorted(living, key=lambda entry: entry.rank)]
    if first.is_public or not others:
        return first
    every = (first, *others)
    names = [name for one in every for name in (one.name, *one.other_names)]
    return replace(
        first,
        other_names=tuple(dict.fromkeys(name for name in names if name != first.name)),
        municipality=_first(one.municipality for one in every),
        postcodes=_joined(one.postcodes for one in every),
        area=frozenset().union(*(one.area | {one.municipality} for one in every)) - {""},
        url=_first(one.url for one in every),
        changed=max(one.changed for one in every),
        email=_first(one.email for one in every),
        phone=_first(one.phone for one in every),
        topics=_joined(one.topics for one in every),
        services=_joined(one.services for one in every)[:_SERVICES_NAMED],
    )


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _joined(some: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in some for text in texts))


def _type(name: str, sector: Sector) -> str:
    if sector == "public":
        return legal_form(name)
    return suggested_type(name) or "association"


def _names(rows: list[Mapping[str, Any]], language: Language) -> Iterator[str]:
    """Yield the name in ``language``, the name in other languages, then short and other names.

    Raises as :func:`localised_texts` does.
    """
    for kind in ("Name", "AlternativeName"):
        yield from localised_texts(
            [row for row in rows if row.get("type") == kind], "value", language
        )


def _spoken(rows: list[Mapping[str, Any]]) -> str:
    """Return the language of its names ("fi+sv" for both), '' if it is none that letters have."""
    named = {row.get("language") for row in rows if row.get("type") == "Name" and row.get("value")}
    if {"fi", "sv"} <= named:
        return "fi+sv"
    return next((language for language in ("fi", "sv", "en") if language in named), "")


def _services(row: Mapping[str, Any]) -> tuple[str, ...]:
    found = []
    for one in row.get("services") or ():
        name = (one.get("service") or {}).get("name")
        if isinstance(name, str) and name.strip():
            found.append(single_line(name))
    return tuple(dict.fromkeys(found))[:_SERVICES_NAMED]


def _numbers(rows: Any, language: Language) -> Iterator[str]:  # noqa: ANN401 (a server's)
    whole = [
        {**row, "number": f"{row.get('prefixNumber') or ''} {row.get('number') or ''}"}
        for row in rows or ()
    ]
    yield from localised_texts(whole, "number", language)


def _certain(texts: Iterable[str], read: Callable[[str], Reading]) -> str:
    """Return the first text that can be read surely, in canonical form; '' if there is none."""
    return next((value for value in (read(text).value for text in texts) if value), "")


def _area(row: Mapping[str, Any], language: Language) -> frozenset[str]:
    """Return the codes of the municipalities where it acts, empty if it does not say."""
    if row.get("areaType") in _NATIONWIDE:
        return all_codes()
    told = [str(one.get("code") or "") for one in row.get("areaMunicipalities") or ()]
    for area in row.get("areas") or ():
        inside = [str(one.get("code") or "") for one in area.get("municipalities") or ()]
        told += inside or _named(next(localised_texts(area.get("name"), "value", language), ""))
    return frozenset(told) & all_codes()


def _named(area: str) -> list[str]:
    found = places.area_named(area) if area else None
    if found is None or found.kind == "nationwide":
        return []
    key = {"municipality": "code", "region": "region", "county": "county"}[found.kind]
    return [one.code for one in places.municipalities() if getattr(one, key) == found.code]


def _home(row: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the code of the home municipality, '' if unknown, and the postal codes there.

    The home is the organisation's own municipality, else that of its visiting address, else that of
    its postal address.
    """
    addresses = sorted(row.get("addresses") or (), key=lambda one: one.get("type") != "Visiting")
    parts = [
        part
        for one in addresses
        if (part := one.get("streetAddress") or one.get("postOfficeBoxAddress"))
    ]
    told = [str((one.get("municipality") or {}).get("code") or "") for one in (row, *parts)]
    home = next((code for code in told if code in all_codes()), "")
    codes = (
        read_postal_code(str(part.get("postalCode") or "")).value
        for part, code in zip(parts, told[1:], strict=True)
        if code in (home, "")
    )
    return home, tuple(dict.fromkeys(code for code in codes if code))
