"""The tally of a meeting's answers, and its capacity: who is coming, who is on the waiting list."""

from collections import Counter
from collections.abc import Iterator

from register.book.change import Change
from register.book.table import Book
from register.letters.meeting import is_polling
from register.letters.poll import count_days, is_polled_row, poll_text
from register.people.meetings import AHEAD, Invitation, Meeting
from register.values import integer
from register.words.sentences import Sentences

TALLY_REASON = "answers"
"""The reason given for changes of answers and tallies."""

OPEN_ANSWER = tuple(state for state in AHEAD if state != "draft")
"""The states of a meeting that can still be answered."""

TALLY_WORDS = ("coming", "maybe", "not_coming", "open", "waitlisted")
"""Keys of the tally in the order shown; their short names are in the catalogues."""

MOST_IN_PARTY = 10
"""Maximum number of people in one answer; with more, a person must decide."""

GONE_TALLY = frozenset(("sent", "unknown", "sending"))
"""Sending states of a letter that may have reached its reader."""


def count_answers(book: Book, meeting_id: str) -> Counter[str]:
    """Return the number of people for each answer; ``open`` is the number of unanswered letters."""
    found = Counter[str]()
    for row in Invitation.to(book, meeting_id):
        if row.rsvp:
            found[row.rsvp] += row.heads if row.rsvp != "not_coming" else 1
        elif row.send_state in GONE_TALLY:
            found["open"] += 1
    return found


def tally_text(book: Book, meeting_id: str) -> str:
    """Return ``tulossa 14 · ehkä 3 · ei 6 · avoinna 21`` in the register's language.

    The waiting list is shown only if it is not empty. Without letters and answers the result is ''.
    """
    found, say = count_answers(book, meeting_id), Sentences(book.language)
    if not found:
        return ""
    return " · ".join(
        f"{say.named('tally', key)} {found[key]}"
        for key in TALLY_WORDS
        if key != "waitlisted" or found[key]
    )


def tally_changes(book: Book) -> Iterator[Change]:
    """Yield the changes that bring the ``tally`` of every meeting up to date.

    For a meeting whose day is being polled, the tally counts the answers about its days.
    """
    for row_id, meeting in Meeting.all(book).items():
        polled = is_polling(meeting) and (is_polled_row(meeting) or count_days(book, row_id)[1])
        wanted = (poll_text if polled else tally_text)(book, row_id)
        if wanted and meeting.tally != wanted:
            yield Change("meetings", row_id, "tally", meeting.tally, wanted, TALLY_REASON)


def has_room_for(book: Book, meeting_id: str, more: int) -> bool:
    """Return True if a meeting has places left for this many more people."""
    left = places_left(book, meeting_id)
    return left is None or more <= left


def places_left(book: Book, meeting_id: str) -> int | None:
    """Return the number of places that a meeting has left; None where it has no limit."""
    capacity = integer.read(Meeting.at(book, meeting_id).capacity).value
    if not capacity.isdigit():
        return None
    return int(capacity) - count_answers(book, meeting_id)["coming"]
