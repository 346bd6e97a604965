"""Which day suits: what those who were asked have said of a meeting's days, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from register.book.schema import Language
from register.book.table import Book
from register.letters.filters import short_day
from register.people.meetings import Invitation, Meeting
from register.values.days import read_days

_OF = " / "
"""Between the days and how many have answered; no other tally has it."""

_ANSWERED: dict[Language, str] = {"fi": "vastasi", "sv": "svarade", "en": "answered"}


def suits_by_day(row: Invitation) -> dict[date, bool]:
    """Return whether each day suits that somebody has said something of."""
    return {
        **dict.fromkeys(read_days(row.days_not)[0], False),
        **dict.fromkeys(read_days(row.days)[0], True),
    }


def count_days(book: Book, meeting_id: str) -> tuple[Counter[date], int]:
    """Return how many each day suits, and how many have answered."""
    answers = [said for row in Invitation.to(book, meeting_id) if (said := suits_by_day(row))]
    suits = Counter(day for said in answers for day, fits in said.items() if fits)
    return suits, len(answers)


@dataclass(frozen=True, slots=True)
class PollTable:
    """``days`` are those that were asked about, with how many each suits.

    ``people`` are ids with what each has said of every day: True, False, or None for nothing.
    """

    days: tuple[tuple[date, int], ...]
    people: tuple[tuple[str, tuple[bool | None, ...]], ...]


def poll_table(book: Book, meeting_id: str) -> PollTable:
    """Return who has said what of a meeting's days; nobody where it asked about none."""
    days = sorted({*read_days(Meeting.at(book, meeting_id).day_options)[0]})
    suits, _ = count_days(book, meeting_id)
    answers = [(row.person_id, suits_by_day(row)) for row in Invitation.to(book, meeting_id)]
    return PollTable(
        tuple((day, suits[day]) for day in days),
        tuple((who, tuple(map(said.get, days))) for who, said in answers if said and days),
    )


def poll_text(book: Book, meeting_id: str) -> str:
    """Return ``ma 12.1. 7, ti 13.1. 4 / 9 vastasi`` in the register's language."""
    _, answered = count_days(book, meeting_id)
    counted = ", ".join(
        f"{short_day(day, language=book.language)} {count}"
        for day, count in poll_table(book, meeting_id).days
    )
    return f"{counted}{_OF}{answered} {_ANSWERED[book.language]}"


def is_polled_row(row: Meeting) -> bool:
    """Whether its row says that people have been asked."""
    return _OF in row.tally


def answer_to_chosen_day(row: Invitation, day: date) -> str:
    """Return how somebody stood to the day that was chosen: suits, other; '' without an answer."""
    said = suits_by_day(row)
    return ("suits" if said.get(day) else "other") if said else ""
