"""Polls: the answers to which of a meeting's days suit, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from register.book.schema import Language
from register.book.table import Book
from register.letters.filters import short_day
from register.people.meetings import Invitation, Meeting
from register.values.days import read_days

_OF = " / "
"""Separator between the days and the number of answers; no other tally contains it."""

_ANSWERED: dict[Language, str] = {"fi": "vastasi", "sv": "svarade", "en": "answered"}


def suits_by_day(row: Invitation) -> dict[date, bool]:
    """Return for each day that the person has answered about whether it suits."""
    return {
        **dict.fromkeys(read_days(row.days_not)[0], False),
        **dict.fromkeys(read_days(row.days)[0], True),
    }


def count_days(book: Book, meeting_id: str) -> tuple[Counter[date], int]:
    """Return how many people each day suits, and how many people have answered."""
    answers = [said for row in Invitation.to(book, meeting_id) if (said := suits_by_day(row))]
    suits = Counter(day for said in answers for day, fits in said.items() if fits)
    return suits, len(answers)


@dataclass(frozen=True, slots=True)
class PollTable:
    """The answers to a poll, by day and by person.

    ``days`` are the days offered, each with the number of people whom it suits. ``people`` are
    person ids with their answer for each day: True, False, or None for no answer.
    """

    days: tuple[tuple[date, int], ...]
    people: tuple[tuple[str, tuple[bool | None, ...]], ...]


def poll_table(book: Book, meeting_id: str) -> PollTable:
    """Return all answers about a meeting's days; empty where it offers none."""
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
    """Return True if a meeting's tally shows that a poll has been sent."""
    return _OF in row.tally


def answer_to_chosen_day(row: Invitation, day: date) -> str:
    """Return whether the chosen day is one that the person said suits.

    The result is ``suits``, ``other``, or '' where the person has not answered the poll.
    """
    said = suits_by_day(row)
    return ("suits" if said.get(day) else "other") if said else ""
