"""Keeping the review tab's rows in order after a run has written.

No cell changes, so it is no part of a plan and no line of the log, and there is nothing to undo:
what is undone later is found by its rows' ids. Where a run is cut off before it, or the rows cannot
be moved, the next run does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from register.book.comparison import Comparison
from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.book.table import Book
from register.ports.store import Store
from register.review.pairs import pair_id
from register.review.urgency import review_order


def keep_questions_in_order(
    store: Store, book: Book, today: date, comparisons: Iterable[Comparison] = ()
) -> tuple[Phrase, ...]:
    """Move the rows of ``review`` that do not stand where they should; return what is to be said.

    ``book`` is what the register holds now, ``comparisons`` the pairs that were judged in this run.
    """
    likely = {pair_id(one): one.probability for one in comparisons}
    wanted = review_order(book, today, likely)
    numbers = book.table("review").numbers
    if wanted == sorted(wanted, key=numbers.__getitem__):
        return ()
    try:
        store.reorder("review", wanted)
    except VerkostoError:
        return (("The rows of {tab:review} could not be put in order; the next run tries.", {}),)
    return ()
