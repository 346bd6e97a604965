"""The overview at the top of ``guide``: what waits, what was done, what is next, and the health.

Each cleanup writes the present values beside their names; unchanged values are not written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from register.book.change import Change
from register.book.finding import SEVERITIES
from register.book.table import Book
from register.letters.tally import tally_text
from register.people.meetings import Meeting
from register.people.records import NOT_LIVE
from register.review.incomplete import INCOMPLETE
from register.review.question import BULK_KIND, Question
from register.values import date as date_value
from register.words.sentences import Sentences

_REASON = "picture"
_WEEK = timedelta(days=7)
_RHYTHM = 4
"""The next run is predicted if this many days with runs are equally far apart."""
_OVER = ("cancelled", "held")
_HEALTH = re.compile(r"(?P<share>\d{1,3}) %(?:; \D*(?P<day>[\d.]+)\D+(?P<was>\d{1,3}) %)?")
"""The share of rows in order, and an earlier share with its day, in any of the languages."""


def picture_changes(
    book: Book, open_questions: Iterable[Question], today: date, say: Sentences
) -> Iterator[Change]:
    """Yield the changes of the overview's values; none if the guide has no rows for them."""
    guide = book.table("guide")
    told = _picture(book, list(open_questions), today, say) if len(guide) else {}
    for key, after in told.items():
        before = guide.cell(key, "value")
        if key in guide and before != after:
            yield Change("guide", key, "value", before, after, _REASON)


def _picture(book: Book, questions: list[Question], today: date, say: Sentences) -> dict[str, str]:
    severities = Counter(question.severity for question in questions)
    kinds = Counter(question.shown["kind"] for question in questions)
    urgent = [
        f"{say.label('severity', one)} {severities[one]}" for one in SEVERITIES if severities[one]
    ]
    return {
        "open": " · ".join([str(len(questions)), *urgent]),
        "kinds": _counted((say.label("review_kind", k), n) for k, n in kinds.most_common()),
        "lacking": _lacking(book, say),
        "settled": _settled(book, today, say),
        "meeting": _next_meeting(book, today, say),
        "health": _health(book, today, say),
        "run": say.value("meetings", "date", today.isoformat()),
        "next": _next_run(book, today, say),
    }


def _lacking(book: Book, say: Sentences) -> str:
    """Return how many rows of each tab lack something and have no other fault."""
    counts = (
        (
            say.title(tab),
            sum(state == INCOMPLETE for _, state in book.table(tab).column("status")),
        )
        for tab in ("organisations", "people")
    )
    return _counted((title, count) for title, count in counts if count)


def _settled(book: Book, today: date, say: Sentences) -> str:
    """Return how many questions people have settled in seven days, and who did.

    A line for many rows does not count itself; each question that its decision settled counts.
    """
    since = (today - _WEEK).isoformat()
    who = Counter(
        row.get("by", "")
        for _, row in book.table("review").rows()
        if row.get("done", "")[:10] > since and (row.get("decision") or row.get("value"))
        if row.get("kind") != BULK_KIND
    )
    names = [(name or say("nobody named"), count) for name, count in who.most_common()]
    total = str(who.total())
    return f"{total} ({_counted(names)})" if any(who) else total


def _next_meeting(book: Book, today: date, say: Sentences) -> str:
    """Return the next meeting with its day and answers, '–' if none is planned."""
    coming = [
        (one.date, one.start, one.id)
        for one in Meeting.all(book).values()
        if one.date >= today.isoformat() and one.state not in _OVER
    ]
    if not coming:
        return "–"
    day, _, meeting = min(coming)
    parts = [Meeting.at(book, meeting).name, say.value("meetings", "date", day)]
    return ", ".join([*parts, *filter(None, [tally_text(book, meeting)])])


def _health(book: Book, today: date, say: Sentences) -> str:
    """Return the share of live rows without open questions, and an earlier share with its day.

    The earlier share is read from the cell and kept for a week; then the share of the last run
    takes its place.
    """
    states = [
        state
        for tab in ("organisations", "people")
        for _, state in book.table(tab).column("status")
        if state not in NOT_LIVE
    ]
    if not states:
        return "–"
    share = str(100 * states.count("ok") // len(states))
    guide = book.table("guide")
    before, ran = guide.cell("health", "value"), guide.cell("run", "value")
    told = _HEALTH.match(before)
    if told and told["share"] == share:
        return told[0]
    day, was = (told["day"] or "", told["was"]) if told else ("", "")
    since = _day(date_value.read(day).value)
    if told and (since is None or today - since > _WEEK):
        day, was = ran, told["share"]
    if not date_value.read(day).value or was == share:
        return f"{share} %"
    return say("{share} %; on {day} it was {earlier} %", share=share, day=day, earlier=was)


def _next_run(book: Book, today: date, say: Sentences) -> str:
    """Return the day of the next run if the log's last days are equally far apart, else '–'."""
    seen = {cell[:10] for _, cell in book.table("log").column("at")} | {today.isoformat()}
    days = sorted(filter(None, map(_day, seen)))[-_RHYTHM:]
    gaps = {later - earlier for earlier, later in pairwise(days)}
    if len(days) < _RHYTHM or len(gaps) > 1 or days[-1] != today:
        return "–"
    return say.value("meetings", "date", (today + gaps.pop()).isoformat())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _counted(names: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{name} {count}" for name, count in names) or "–"
