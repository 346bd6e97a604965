"""Lets only the people who release letters edit a row's state and release code in Google.

Without a code nobody can release anything; this also keeps other people from typing into the cells.
The scripts' account remains an editor, and so does the sheet's owner, whom Google never locks out.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.stores.google_cells import Json
from register.stores.google_requests import area_of

GUARDED_TABS = ("meetings", "letters")
"""The tabs whose rows are released."""

GUARDED = ("state", "release")
"""The columns of these tabs that are protected."""

_DESCRIPTION = "Verkosto: [letters] release"


@dataclass(frozen=True, slots=True)
class ReleaseGuard:
    """A release protection: its id, the index of its column, the addresses that may edit."""

    number: int
    column: int
    editors: frozenset[str]


def release_guards(sheet: Mapping[str, Any]) -> tuple[ReleaseGuard, ...]:
    """Return the release protections in Google's description of a tab."""
    return tuple(
        ReleaseGuard(
            int(one["protectedRangeId"]),
            int(one.get("range", {}).get("startColumnIndex", 0)),
            frozenset(one.get("editors", {}).get("users", ())),
        )
        for one in sheet.get("protectedRanges", ())
        if one.get("description") == _DESCRIPTION
    )


def is_guarded(
    guards: Sequence[ReleaseGuard], keys: Sequence[str], releasers: Collection[str]
) -> bool:
    """Return True if each release column is protected and all these addresses may edit it.

    Other addresses may be among the editors.
    """
    columns = {keys.index(key) for key in GUARDED}
    return columns == {one.column for one in guards} and all(
        one.editors.issuperset(releasers) for one in guards
    )


def guard_requests(
    sheet_id: int,
    keys: Sequence[str],
    guards: Sequence[ReleaseGuard],
    editors: Collection[str],
) -> Iterator[Json]:
    """Yield the requests that replace the existing protections with ones for these editors."""
    for guard in guards:
        yield {"deleteProtectedRange": {"protectedRangeId": guard.number}}
    for key in GUARDED:
        at = keys.index(key)
        protection = {
            "range": area_of(sheet_id, rows=(1, None), columns=(at, at + 1)),
            "description": _DESCRIPTION,
            "editors": {"users": sorted(editors)},
        }
        yield {"addProtectedRange": {"protectedRange": protection}}
