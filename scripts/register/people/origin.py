"""Where somebody's data is from: what the law wants them told, before anything else is sent."""

from __future__ import annotations

from register.book.ids import is_id
from register.book.schema import schema
from register.people.records import Person


def origin(person: Person) -> str:
    """Return a person's source, else where we met; '' where nobody has said.

    The row of ``inbox`` that they came in by is no source: intake once wrote it as one.
    """
    title, _, row_id = person.source.strip().rpartition(" ")
    by_row = is_id(row_id, "S") and title in schema().tab("inbox").titles.values()
    return ("" if by_row else person.source.strip()) or person.met_at.strip()
