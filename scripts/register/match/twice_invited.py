"""Invitations of a merged person: two rows of ``people`` become one, so two invitations must, too.

Two rows of ``invitations`` would mean two places, two answers and two letters for one human. The
row with the better claim to a place stays and takes over what only the other one has; the other one
is removed. The log keeps it, and undoing the merge restores it.
"""

from collections.abc import Iterator, Mapping

from register.book.change import Change
from register.book.headers import EXTRA
from register.book.table import Book
from register.people.meetings import Invitation

_CLAIMS = ("coming", "waitlisted", "maybe", "not_coming", "")
"""Answers, the best claim to a place first: in doubt nobody loses a place."""

_ANSWER = ("rsvp", "rsvp_via", "party_size", "substitute")
"""Columns of one answer, which go together: the party size counts places."""

_LETTER = ("org", "email", "send", "send_state", "sent_at", "reminded_at")
"""Columns of one letter, which go together."""

_TOLD = ("notes", "needs", "question")
"""Columns that can hold the texts of both rows."""


def twice_invited(book: Book, one: str, two: str) -> Iterator[tuple[Invitation, Invitation]]:
    """Yield ``(stays, goes)`` for each meeting to which both people are invited."""
    both = [row for row in Invitation.all(book).values() if row.person_id in (one, two)]
    places = list(book.table("invitations").numbers)
    both.sort(key=lambda row: (_claim(row), places.index(row.id)))
    first: dict[str, Invitation] = {}
    for row in both:
        stays = first.setdefault(row.meeting_id, row)
        if stays is not row and not _is_annotated(book, row):
            yield stays, row


def join_invitations(book: Book, stays: Invitation, goes: Invitation, why: str) -> Iterator[Change]:
    """Yield the changes that make two invitations one; their group is left to the merge."""
    table = book.table("invitations")
    mine, other = table.row(stays.id), table.row(goes.id)
    for column, value in _united(mine, other).items():
        if table.has(column) and value != mine.get(column, ""):
            yield Change("invitations", stays.id, column, mine.get(column, ""), value, why, "merge")
    for column, value in other.items():
        if value:
            yield Change("invitations", goes.id, column, value, "", why, "retire")


def _claim(row: Invitation) -> int:
    return _CLAIMS.index(row.rsvp) if row.rsvp in _CLAIMS else len(_CLAIMS)


def _united(mine: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    cells = {
        key: mine[key] or other.get(key, "")
        for key in mine
        if key not in (*_ANSWER, *_LETTER, "id", "person")
    }
    if not mine.get("sent_at") and other.get("sent_at"):
        cells |= {key: other.get(key, "") for key in _LETTER}
    for key in _TOLD:
        told = dict.fromkeys(filter(None, (mine.get(key), other.get(key))))
        cells[key] = " · ".join(told)
    return cells


def _is_annotated(book: Book, row: Invitation) -> bool:
    """Return True if people have written into columns of their own: the row must then stay."""
    cells = book.table("invitations").row(row.id)
    return any(value for key, value in cells.items() if key.startswith(EXTRA))
