"""Lists of people that are given to others: for each person the receiver is recorded."""

import json

from register.book.errors import UsageError
from register.book.table import Book
from register.privacy.export import people_named
from register.run.options import Options
from register.run.session import Session
from register.state.handed_lists import note_handed


def check_receiver(options: Options, receiver: str) -> None:
    """Raise UsageError where there is a receiver, but no folder to save the list in."""
    if receiver and not options.report_dir:
        raise UsageError(
            "Which lists go to {receiver}? None would be saved.",
            remedy="Name the folder that they are saved in: --report-dir FOLDER",
            receiver=receiver,
        )


def note_receiver(session: Session, book: Book, receiver: str, what: str, value: object) -> None:
    """Record for each person named in a list's values that the receiver gets the list.

    Nothing is recorded where ``receiver`` is ''.
    """
    if receiver:
        text = json.dumps(value, ensure_ascii=False, default=str)
        note_handed(session.state, session.now, receiver, what, people_named(book, text))
