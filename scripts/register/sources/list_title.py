"""The title of a list of people: "Kaislan kerho ry, hallitus 2026" says whose they all are."""

from collections.abc import Sequence

from register.book.headers import fold_header
from register.intake.cell_looks import share_of_organisation_names
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder
from register.intake.text_line import organisation_in

_NAMES = ("name", "first", "last", EITHER)
_FEW = 0.2


def titled_organisation(
    headers: Sequence[str], rows: Sequence[Sequence[str]], above: Sequence[str]
) -> str:
    """Return the organisation whose people a list holds, as the lines above its headers say.

    '' where they name none or several, where the list has posts for nobody, or organisations of
    its own.
    """
    meanings = [header_meaning(header)[0] for header in headers]
    if "org" in meanings or "role" not in meanings or any(map(_is_post, headers)):
        return ""
    for n, meaning in enumerate(meanings):
        cells = [row[n] for row in rows if n < len(row) and row[n]]
        if meaning in _NAMES and share_of_organisation_names(cells) > _FEW:
            return ""
    orgs = {fold_header(org): org for org in map(organisation_in, above) if org}
    named = not set(_NAMES).isdisjoint(meanings)
    return next(iter(orgs.values())) if named and len(orgs) == 1 else ""


def _is_post(header: str) -> bool:
    held = read_holder(header)
    return bool(held and held.role and header_meaning(header)[0] != "role")
