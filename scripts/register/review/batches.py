"""Questions about many rows at once: which rows each of them is about.

A question names its rows under A. What is decided there goes for those alone; who comes later is
asked about by another, and one that nobody is deciding yet takes them in.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, count

from register.book.ids import fingerprint
from register.book.table import Book

MOST = 200
"""One question names so many rows at most: its cell has room for no more."""


def batches(
    book: Book,
    key: tuple[str, ...],
    pending: Iterable[str],
    separator: str | None = None,
    most: int = MOST,
) -> Iterator[tuple[str, list[str]]]:
    """Yield the ids of the questions of this key that are to be asked, each with its rows' ids.

    A question may name values instead, with a ``separator`` between them, and so many at ``most``.
    """
    review, waiting = book.table("review"), list(pending)
    undecided: list[str] = []
    number = 0
    while (case_id := fingerprint(*key, str(number))) in review:
        number += 1
        row = review.row(case_id)
        if not (row.get("decision", "").strip() or row.get("value", "").strip()):
            undecided.append(case_id)
            continue
        named = set(row.get("left", "").split(separator))
        rows = [row_id for row_id in waiting if row_id in named]
        waiting = [row_id for row_id in waiting if row_id not in named]
        if rows and not row.get("done"):
            yield case_id, rows
    fresh = (fingerprint(*key, str(later)) for later in count(number))
    ids = chain(undecided, fresh)
    for start in range(0, len(waiting), most):
        yield next(ids), waiting[start : start + most]
