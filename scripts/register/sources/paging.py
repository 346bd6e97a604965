"""Get all pages of an open register's list, or refuse the list as a whole."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from register.book.errors import UsageError
from register.sources.open_register import OpenRegister

_MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The rows of one page, and the number of rows (``total``) or pages (``pages``) in all."""

    rows: list[object]
    total: int | None = None
    pages: int | None = None


def all_rows(
    register: OpenRegister,
    path: str,
    query: Mapping[str, str],
    read: Callable[[object], ResultPage],
) -> list[object]:
    """Return the rows of all pages of a list; raises UsageError or TemporaryFailure.

    The list is refused if a page is empty or repeats an earlier one before all rows have come, or
    if there are more than :data:`_MOST_PAGES`. An empty first page means an empty list.
    """
    rows: list[object] = []
    seen: set[str] = set()
    for number in range(1, _MOST_PAGES + 1):
        page = read(register.document(path, {**query, "page": str(number)}))
        content = json.dumps(page.rows, sort_keys=True)
        if not page.rows or content in seen:
            break
        seen.add(content)
        rows += page.rows
        if page.total is not None and len(rows) >= page.total:
            return rows
        if page.total is None and number >= (page.pages or 1):
            return rows
    if not rows:
        return rows
    raise UsageError(
        "{register} gives page after page without an end; nothing was read.",
        remedy="Try again later, or give a file that you downloaded: --file",
        register=register.name,
    )


def is_count(number: object) -> bool:
    """Whether a value of a reply is a count, an integer of at least 0."""
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def unknown_reply(register: str) -> UsageError:
    """Return the error for a reply in an unknown form."""
    return UsageError(
        "This is not a reply of {register} in the form that is known.",
        remedy="Look whether its interface has changed, or give a file that you downloaded: --file",
        register=register,
    )
