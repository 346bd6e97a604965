"""Find the tabs of a workbook that are lists of their own, beside the one that is read."""

import re
from collections.abc import Collection, Sequence

from register.book.headers import fold_header
from register.intake.header_names import header_meaning
from register.intake.header_row import header_row
from register.intake.offices import read_holder
from register.intake.refused_sections import refuses_below

_NAMES = frozenset(("name", "first", "last", "org", "either"))
_CONTACTS = frozenset(("email", "phone", "role", "consent"))
_MOSTLY = 0.6
_BYGONE = re.compile(
    r"enti[ns]|vanh[ao]|eronn|poistet|lopettan|päättyn|arkisto|histori|kopio|varmuus|former|\bold\b"
    r"|archiv|copy|histor|tidigare|gammal|gamla|avgång|utträd|arkiv|kopia",
    re.IGNORECASE,
)
"""Titles of tabs with what was so before."""


def further_tabs(
    tabs: Sequence[tuple[str, Sequence[Sequence[str]]]],
    read: Collection[str],
    hidden: Collection[str],
) -> list[str]:
    """Return the titles of tabs that name people or organisations to contact, besides ``read``.

    A tab whose title refuses letters for its people is among them. A hidden tab is not, nor one of
    former people, nor one with the headers of a tab that is read: it is another year's, or a copy.
    """
    known = [_headers(rows) for title, rows in tabs if title in read]
    found: list[str] = []
    for title, rows in tabs:
        headers = _headers(rows)
        if title in read or title in hidden or not _are_contacts(headers):
            continue
        if refuses_below(title) or not (
            _BYGONE.search(title) or any(_are_alike(headers, other) for other in known)
        ):
            found.append(title)
            known.append(headers)
    return found


def _headers(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the filled headers of a tab with rows below them, else ()."""
    at = header_row(rows)
    if at is None or not any(map(any, rows[at + 1 :])):
        return ()
    return tuple(filter(None, rows[at]))


def _are_contacts(headers: Sequence[str]) -> bool:
    """Whether headers name somebody and how to reach them, or posts, and are known for the most."""
    meanings = [header_meaning(header)[0] for header in headers]
    posts = [bool((held := read_holder(header)) and held.role) for header in headers]
    told = sum(bool(one) or post for one, post in zip(meanings, posts, strict=True))
    named = any(one in _NAMES for one in meanings)
    return (
        named
        and (any(posts) or not _CONTACTS.isdisjoint(meanings))
        and told >= max(2, _MOSTLY * len(headers))
    )


def _are_alike(headers: Sequence[str], others: Sequence[str]) -> bool:
    one, other = ({*map(fold_header, row)} for row in (headers, others))
    return len(one & other) >= _MOSTLY * max(len(one), len(other))
