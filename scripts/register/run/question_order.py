"""Keeping the rows of the review tab in order after a run has written.

No cell changes, so this is not part of a plan or the log, and there is nothing to undo: a later
undo finds rows by their ids. If a run is interrupted before this, or the rows cannot be moved, the
next run does it.
"""

from collections.abc import Sequence

from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.book.table import Book
from register.ports.store import Store
from register.review.urgency import order_with_messages


def keep_questions_in_order(store: Store, book: Book, order: Sequence[str]) -> tuple[Phrase, ...]:
    """Move the rows of ``review`` that are out of order; return a note if that fails.

    ``book`` is the register as it is now. ``order`` is that of a cleanup, empty after any other
    run.
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
