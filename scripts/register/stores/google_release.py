"""Lets only those who release letters change a row's state and release code, in Google itself.

Who knows no code releases nothing anyway; this keeps the cells from being typed into at all. The
account of the scripts stays an editor, and so does the sheet's owner, whom Google never keeps out.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.stores.google_cells import Json
from register.stores.google_dress import area_of

GUARDED_TABS = ("meetings", "letters")
"""The tabs whose rows are released."""

GUARDED = ("state", "release")
"""The columns of these tabs that are guarded."""

_DESCRIPTION = "Verkosto: [letters] release"


@dataclass(frozen=True, slots=True)
class ReleaseGuard:
    """A protection of ours: its number, the index of its column, the addresses that may edit."""

    number: int
    column: int
    editors: frozenset[str]


def release_guards(sheet: Mapping[str, Any]) -> tuple[ReleaseGuard, ...]:
    """Return the protections of ours that Google tells about a tab."""
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
    """Whether each of the columns is guarded for these addresses; others may be among them."""
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
    """Yield what puts protections for these editors in the place of those that are there."""
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
