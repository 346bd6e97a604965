"""A meeting's answers counted, and its places: who is coming, who waits for a place."""

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
"""Why answers and tallies are written."""

OPEN_ANSWER = tuple(state for state in AHEAD if state != "draft")
"""The states of a meeting that can still be answered."""

TALLY_WORDS = ("coming", "maybe", "not_coming", "open", "waitlisted")
"""What is counted, in the order in which it is told: short names in the catalogues."""

MOST_IN_PARTY = 10
"""So many may come by one answer; of more a person is asked."""

GONE_TALLY = frozenset(("sent", "unknown", "sending"))
"""The states of a letter that its reader may have."""


def count_answers(book: Book, meeting_id: str) -> Counter[str]:
    """Return how many people each answer is about; ``open`` are letters that have none."""
    found = Counter[str]()
    for row in Invitation.to(book, meeting_id):
        if row.rsvp:
            found[row.rsvp] += row.heads if row.rsvp != "not_coming" else 1
        elif row.send_state in GONE_TALLY:
            found["open"] += 1
    return found


def tally_text(book: Book, meeting_id: str) -> str:
    """Return ``tulossa 14 · ehkä 3 · ei 6 · avoinna 21`` in the register's language.

    Those who wait for a place are named where there are any; without letters and answers, ''.
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
    """Yield what brings ``answers`` of every meeting up to date.

    Where its day is being asked about, those are what people say of its days.
    """
    for row_id, meeting in Meeting.all(book).items():
        polled = is_polling(meeting) and (is_polled_row(meeting) or count_days(book, row_id)[1])
        wanted = (poll_text if polled else tally_text)(book, row_id)
        if wanted and meeting.tally != wanted:
            yield Change("meetings", row_id, "tally", meeting.tally, wanted, TALLY_REASON)


def has_room_for(book: Book, meeting_id: str, more: int) -> bool:
    """Whether a meeting has places left for so many more."""
    left = places_left(book, meeting_id)
    return left is None or more <= left


def places_left(book: Book, meeting_id: str) -> int | None:
    """Return how many places a meeting has left; None where it has no limit."""
    capacity = integer.read(Meeting.at(book, meeting_id).capacity).value
    if not capacity.isdigit():
        return None
    return int(capacity) - count_answers(book, meeting_id)["coming"]
