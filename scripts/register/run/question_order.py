"""Keeping the review tab's rows in order after a run has written.

No cell changes, so it is no part of a plan and no line of the log, and there is nothing to undo:
what is undone later is found by its rows' ids. Where a run is cut off before it, or the rows cannot
be moved, the next run does it.
"""

from collections.abc import Sequence

from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.book.table import Book
from register.ports.store import Store
from register.review.urgency import order_with_messages


def keep_questions_in_order(store: Store, book: Book, order: Sequence[str]) -> tuple[Phrase, ...]:
    """Move the rows of ``review`` that do not stand where they should; return what is to be said.

    ``book`` is what the register holds now, ``order`` that of a cleanup, none after another run.
    """
    numbers = book.table("review").numbers
    wanted = [one for one in order or order_with_messages(book) if one in numbers]
    if wanted == sorted(wanted, key=numbers.__getitem__):
        return ()
    try:
        store.reorder("review", wanted)
    except VerkostoError:
        return (("The rows of {tab:review} could not be put in order; the next run tries.", {}),)
    return ()
