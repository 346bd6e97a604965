"""The PTV v11 replies of Suomi.fi's service register: public bodies, read as values.

Source: the OpenAPI description of https://api.palvelutietovaranto.suomi.fi/swagger (no key).
``/Organization/area/Municipality/code/049`` pages through ids and names; ``/Organization/list``
gives up to a hundred organisations whole by ``guids``. Kept are names, type, Y-tunnus, e-mail,
phone, web page, postal codes and the home municipality; no street, no description, no person.

Associations and companies are in PTV too, and parts of a body (its offices and departments, with
its Y-tunnus or none of their own): neither is a public body, so they are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from register.book.schema import Language
from register.intake.registered import RegisterAnswer, Registered
from register.sources.limits import single_line
from register.sources.paging import ResultPage, is_count, unknown_reply
from register.values import places
from register.values.business_id import read as read_business_id
from register.values.email import read as read_email
from register.values.organisation_name import legal_form
from register.values.phone import read as read_phone
from register.values.postal_code import read as read_postal_code

PTV = "PTV"
MOST_GUIDS = 100
"""So many organisations one request gives whole."""

_TYPES = {
    "State": "state",
    "Municipality": "municipality",
    "RegionalOrganization": "",
    "Region": "",
    "SotePublic": "",
}
"""The types of public bodies, and our key; '' where only the name tells (joint authorities)."""

_GONE = frozenset(("Deleted", "Archived", "Withdrawn"))
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LANGUAGES: Mapping[Language, tuple[str, ...]] = {
    "fi": ("fi", "sv", "en"),
    "sv": ("sv", "fi", "en"),
    "en": ("en", "fi", "sv"),
}


def ptv_page(document: object) -> ResultPage:
    """Return the rows of a page and how many pages there are; raises UsageError.

    A list without pages, or a single organisation, is a page of its own: what people download.
    """
    if isinstance(document, list):
        return ResultPage(document, pages=1)
    if isinstance(document, Mapping):
        rows, pages = document.get("itemList"), document.get("pageCount")
        if isinstance(rows, list) and is_count(pages):
            return ResultPage(rows, pages=pages)
        if rows is None and is_count(pages):
            return ResultPage([], pages=pages)
        if "organizationNames" in document:
            return ResultPage([document], pages=1)
    raise unknown_reply(PTV)


def is_whole(row: object) -> bool:
    """Whether a row is an organisation, not merely its id and name."""
    return isinstance(row, Mapping) and "organizationNames" in row


def guids(rows: Iterable[object]) -> tuple[str, ...]:
    """Return the ids of a list's rows, each once; raises UsageError where one is none."""
    found: dict[str, None] = {}
    for row in rows:
        guid = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(guid, str) or not _GUID.fullmatch(guid):
            raise unknown_reply(PTV)
        found[guid] = None
    return tuple(found)


def bodies(rows: Iterable[object], language: Language) -> RegisterAnswer:
    """Return the public bodies among organisations, named in this language where they can be.

    Each Y-tunnus once: of several with one Y-tunnus, the body itself rather than a part of it.
    """
    found: dict[str, tuple[bool, Registered]] = {}
    unread = 0
    for row in rows:
        try:
            one = _body(row, language)
        except (TypeError, ValueError, KeyError, AttributeError):
            unread += 1
            continue
        is_part = isinstance(row, Mapping) and bool(row.get("parentOrganizationId"))
        if one is None or (is_part and not one.business_id):
            continue
        key = one.business_id or one.name
        if key not in found or (found[key][0] and not is_part):
            found[key] = (is_part, one)
    return RegisterAnswer(PTV, tuple(one for _, one in found.values()), unread)


def _body(row: Any, language: Language) -> Registered | None:  # noqa: ANN401 (a server's)
    """Return what we keep of an organisation; None of no public body; raises where it is broken."""
    if not isinstance(row, Mapping) or not isinstance(row.get("organizationNames"), list):
        raise TypeError
    if row.get("organizationType") not in _TYPES:
        return None
    names = list(_names(row["organizationNames"], language))
    if not names or not names[0]:
        raise ValueError
    home, codes = _home(row)
    gone = row.get("publishingStatus") in _GONE
    return Registered(
        name=names[0],
        business_id=read_business_id(str(row.get("businessCode") or "")).value,
        municipality=home,
        postcodes=codes,
        url=next(_texts(row.get("webPages"), "url", language), ""),
        other_names=tuple(dict.fromkeys(names[1:])),
        ended=single_line(row["modified"])[:10] if gone else "",
        type=_TYPES[row["organizationType"]] or legal_form(names[0]),
        email=_certain(_texts(row.get("emails"), "value", language), read_email),
        phone=_certain(_numbers(row.get("phoneNumbers"), language), read_phone),
    )


def _names(rows: list[Mapping[str, Any]], language: Language) -> Iterator[str]:
    """Yield the name in the language that is wanted, then the others, then short and other names.

    Raises as :func:`_texts` does.
    """
    for kind in ("Name", "AlternativeName"):
        yield from _texts([row for row in rows if row.get("type") == kind], "value", language)


def _texts(rows: Any, key: str, language: Language) -> Iterator[str]:  # noqa: ANN401 (a server's)
    """Yield a localised list's texts, the wanted language first, in the order that it gives."""
    spoken = _LANGUAGES[language]
    known = [row for row in rows or () if row.get("language") in spoken]
    for row in sorted(known, key=lambda row: spoken.index(row["language"])):
        if row.get(key):
            yield single_line(row[key])


def _numbers(rows: Any, language: Language) -> Iterator[str]:  # noqa: ANN401 (a server's)
    whole = [
        {**row, "number": f"{row.get('prefixNumber') or ''} {row.get('number') or ''}"}
        for row in rows or ()
    ]
    yield from _texts(whole, "number", language)


def _certain(texts: Iterable[str], read: Any) -> str:  # noqa: ANN401 (a field's reader)
    """Return the first text that is plainly a value, in canonical form; '' where none is."""
    return next((value for value in (read(text).value for text in texts) if value), "")


def _home(row: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the home municipality's code, and the postal codes of the addresses there.

    The home is the body's own municipality, else its visiting address's, else its postal one's.
    """
    addresses = sorted(row.get("addresses") or (), key=lambda one: one.get("type") != "Visiting")
    parts = [
        part
        for one in addresses
        if (part := one.get("streetAddress") or one.get("postOfficeBoxAddress"))
    ]
    known = {one.code for one in places.municipalities()}
    told = [str((one.get("municipality") or {}).get("code") or "") for one in (row, *parts)]
    home = next((code for code in told if code in known), "")
    codes = (
        read_postal_code(str(part.get("postalCode") or "")).value
        for part, code in zip(parts, told[1:], strict=True)
        if code in (home, "")
    )
    return home, tuple(dict.fromkeys(code for code in codes if code))
