"""``doctor.py --mail``: whether the letters of the coming meetings fit what may go in a day."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any

from register.book.errors import SafetyStop, UsageError
from register.book.phrase import Phrase
from register.book.table import Book
from register.letters.audience import Audience, audience
from register.people.records import Meeting
from register.rounds.dispatch import SendLimits
from register.values import date as dates

_AHEAD = ("", "draft", "released")
"""States of a meeting whose invitations have not gone."""


def rounds_fit_limit(book: Book, today: date, limits: SendLimits) -> Phrase:
    """Say how many days the largest round of invitations takes that is ahead.

    Meetings that cannot be invited to yet are passed over. Raises SafetyStop where a round is
    larger than one campaign may be.
    """
    ahead = [one for one in _ahead(book, today) if one.count]
    if not ahead:
        return "No invitations are ahead.", {}
    largest = max(ahead, key=lambda one: one.count)
    told: dict[str, Any] = {"meeting": largest.meeting.id, "count": largest.count}
    if limits.campaign and largest.count > limits.campaign:
        raise SafetyStop(
            "{meeting} has {count} letters; the configuration allows {limit} in one campaign.",
            remedy="Look whether {column:meetings.area} and {column:meetings.audience} are"
            " what you mean; then raise [post]"
            " max_letters.",
            limit=limits.campaign,
            **told,
        )
    if limits.per_day and largest.count > limits.per_day:
        return (
            "{meeting} has {count} letters and {limit} may go in 24 hours: sending takes {days}"
            " days; give the same command again each day.",
            {**told, "limit": limits.per_day, "days": ceil(largest.count / limits.per_day)},
        )
    return (
        "{meeting} has {count} letters; so many may go in 24 hours: {limit}.",
        {**told, "limit": limits.per_day or "–"},
    )


def _ahead(book: Book, today: date) -> list[Audience]:
    found = []
    for row_id, row in Meeting.all(book).items():
        when = dates.read(row.date).value
        if row.state not in _AHEAD or not when or when < today.isoformat():
            continue
        try:
            found.append(audience(book, row_id, today))
        except UsageError:
            continue
    return found
