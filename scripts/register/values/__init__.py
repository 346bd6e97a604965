"""What a cell may hold: one module for each kind of value, its canonical form or why not."""

from __future__ import annotations

from register.values import (
    area,
    association_no,
    business_id,
    choice,
    date,
    email,
    integer,
    language,
    municipality,
    organisation_name,
    person_name,
    phone,
    postal_code,
    text,
    time,
    url,
)
from register.values.reading import Problems, Reading

__all__ = ["Reading", "problems"]

_FIELDS = (
    *(text, email, phone, postal_code, municipality, area, business_id, association_no),
    *(organisation_name, person_name, language, date, time, url, integer, choice),
)


def problems() -> Problems:
    """Return every problem that a field may find, by code."""
    return {code: entry for field in _FIELDS for code, entry in field.PROBLEMS.items()}
