"""The readers of all kinds of values, by the type of column."""

from collections.abc import Callable, Mapping

from register.values import (
    association_no,
    business_id,
    date,
    email,
    integer,
    organisation_name,
    person_name,
    phone,
    post,
    text,
    time,
    url,
)
from register.values.reading import Reading

_PLAIN = {
    "text": text,
    "organisation_name": organisation_name,
    "person_name": person_name,
    "email": email,
    "phone": phone,
    "url": url,
    "business_id": business_id,
    "association_no": association_no,
    "date": date,
    "time": time,
    "integer": integer,
    "post": post,
}
_WITH_CONTEXT = ("postal_code", "municipality", "area", "choice")

PLAIN_READERS: Mapping[str, Callable[[str], Reading]] = {
    kind: module.read for kind, module in _PLAIN.items()
}
"""Readers that need nothing but the cell, by type of column."""


def form_codes() -> dict[str, str]:
    """Return by column type the code of the rule that brings cells into canonical form."""
    codes = {kind: f"{kind.replace('_', '-')}-form" for kind in (*_PLAIN, *_WITH_CONTEXT)}
    return codes | dict.fromkeys(("enum", "choice", "choices"), "choice-form")
