"""Questions about many rows at once: which rows each question covers.

A question names its rows under A (``left``), and its decision covers those rows alone. Rows that
come later are added to a question that nobody has begun to decide, or else get another one.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, count

from register.book.ids import fingerprint
from register.book.table import Book

MOST = 200
"""The most rows that one question names: its cell has no room for more."""


def batches(
    book: Book,
    key: tuple[str, ...],
    pending: Iterable[str],
    separator: str | None = None,
    most: int = MOST,
) -> Iterator[tuple[str, list[str]]]:
    """Yield the id of each question of a key that is to be asked, with the ids of its rows.

    With a ``separator``, ``pending`` are values instead of row ids, separated by it in the cell.
    ``most`` is the greatest number in one question.
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
