"""The PTV v11 replies of Suomi.fi's service register: pages, ids and languages.

Source: the OpenAPI description of https://api.palvelutietovaranto.suomi.fi/swagger (no key).
``/Organization/area/Municipality/code/049`` pages through ids and names. ``/Organization/list`` and
``/Service/list`` return up to a hundred whole organisations or services by ``guids``. What is kept
of them is in :mod:`register.sources.ptv_organisations` and :mod:`register.sources.ptv_services`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from register.book.schema import Language
from register.sources.limits import single_line
from register.sources.paging import ResultPage, is_count, unknown_reply

PTV = "PTV"
MOST_GUIDS = 100
"""The most organisations or services that one request returns."""

GONE = frozenset(("Deleted", "Archived", "Withdrawn"))
"""The publishing statuses of entries that are no longer shown."""

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LANGUAGES: Mapping[Language, tuple[str, ...]] = {
    "fi": ("fi", "sv", "en"),
    "sv": ("sv", "fi", "en"),
    "en": ("en", "fi", "sv"),
}


def ptv_page(document: object) -> ResultPage:
    """Return the rows of a page and the number of pages; raises UsageError.

    A list without pages, or a single organisation, counts as one page: people download such files.
    """
    if isinstance(document, list):
        return ResultPage(document, pages=1)
    if isinstance(document, Mapping):
        rows, pages = document.get("itemList"), document.get("pageCount")
        if isinstance(rows, list) and is_count(pages):
            return ResultPage(rows, pages=pages)
        if rows is None and pages in (0, 1):
            return ResultPage([], pages=pages)
        if "organizationNames" in document:
            return ResultPage([document], pages=1)
    raise unknown_reply(PTV)


def is_complete(row: object) -> bool:
    """Whether a row is a whole organisation, not only its id and name."""
    return isinstance(row, Mapping) and "organizationNames" in row


def organisation_guids(rows: Iterable[object]) -> tuple[str, ...]:
    """Return the ids of a list's rows, each once; raises UsageError if one is not an id."""
    found: dict[str, None] = {}
    for row in rows:
        guid = row.get("id") if isinstance(row, Mapping) else None
        if not is_guid(guid):
            raise unknown_reply(PTV)
        found[str(guid)] = None
    return tuple(found)


def is_guid(text: object) -> bool:
    """Whether a value of a reply is an id that may be put into a request."""
    return isinstance(text, str) and _GUID.fullmatch(text) is not None


def localised_texts(rows: Any, key: str, language: Language) -> Iterator[str]:  # noqa: ANN401 (a server's)
    """Yield the texts of a localised list, those in ``language`` first, then the other languages.

    Raises TypeError, ValueError, KeyError or AttributeError if the list is broken.
    """
    spoken = _LANGUAGES[language]
    known = [row for row in rows or () if row.get("language") in spoken]
    for row in sorted(known, key=lambda row: spoken.index(row["language"])):
        if row.get(key):
            yield single_line(row[key])
