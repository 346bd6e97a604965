"""Answers to a day poll: which days suit becomes cells of the person's invitation.

For each day the newest answer counts, whichever message came first: each link is about one day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from register.letters.poll import suits_by_day
from register.people.meetings import Invitation, Meeting
from register.ports.mailbox import AnswerOnRecord
from register.replies.day_words import DAYS
from register.replies.desk import Message, ReplyDesk
from register.review.mail_questions import proposed_cells
from register.rounds.known_letters import KnownLetter
from register.values.date import day as read_day
from register.values.days import days_text, read_days

_REPLY_SENTENCES: Mapping[str, str] = {
    "mismatch": "An answer “{answer}” of {person} came from {address}, and the letter went to"
    " {mailbox}.",
    "writes": "{person} answers which days suit, in words of their own. Write the days into"
    " {tab:invitations}, under {column:invitations.days} or {column:invitations.days_not}.",
    "apart": "{person} writes in a mail of its own: {answer}. Is that their answer to the question"
    " which day suits?",
    "comment": "{person} answered which days suit and added a few words.",
    "chosen": "{person} answered which days suit after {date} was chosen: {answer}. Do they come?",
}
"""The questions for ``review``."""

_NAMED = tuple(DAYS)
_ALL = ("all", "both")


def handle_day_answer(
    desk: ReplyDesk, message: Message, known: KnownLetter, *, sure: bool = True
) -> None:
    """Write which days suit a person, or ask in ``review`` what they mean, or whether they come.

    Unless it is ``sure`` that the message answers this letter, the days are only proposed.
    """
    verdict = message.verdict
    if not desk.is_open(known.meeting):
        desk.said.add("late", known.person)
        return
    row_id = desk.invitation(known)
    row, about = Invitation.at(desk.book, row_id), Meeting.at(desk.book, known.meeting)
    options = read_days(about.day_options)[0]
    if not verdict.days and verdict.clear and verdict.guess == "not_coming":
        verdict = replace(verdict, days=(("all", False),), days_added=False)
        message = replace(message, verdict=verdict)
    said = resolve_days(verdict.days, options)
    unread = read_days(row.days)[1] or read_days(row.days_not)[1]
    if not row_id or not said or unread or not desk.book.table("invitations").has("days"):
        if row_id and sure and desk.agrees(verdict, known):
            desk.keep_details(message, row_id)
        desk.ask(message, known, "answer", _REPLY_SENTENCES["writes"], {})
        return
    cells = _cells(row, said)
    told = {key: cell for key, cell in _cells(Invitation.of("", {}), said).items() if cell}
    answer = proposed_cells(desk.book, desk.say, told)
    if other := desk.stranger(verdict, known):
        values = {"answer": answer, "address": other, "mailbox": known.mailbox}
        desk.ask(message, known, "answer", _REPLY_SENTENCES["mismatch"], values, cells=cells)
    elif not sure:
        values = {"answer": answer}
        desk.ask(message, known, "answer", _REPLY_SENTENCES["apart"], values, cells=cells)
    elif about.date.strip():
        values = {
            "answer": answer,
            "date": desk.say.value("meetings", "date", read_day(about.date)),
        }
        desk.ask(message, known, "answer", _REPLY_SENTENCES["chosen"], values)
    else:
        _take_down(desk, message, known, row, said)


def resolve_days(
    marks: Iterable[tuple[str, bool]], options: Sequence[date]
) -> dict[date, bool] | None:
    """Return which of the days asked about suit; None if a mark fits none of them, or several.

    None also if two marks contradict each other. The marks are those of
    :class:`register.replies.day_words.DayWords`.
    """
    found: dict[date, bool] = {}
    rest: bool | None = None
    for mark, suits in marks:
        if mark == "rest":
            rest = suits
            continue
        if mark == "both" and len(options) != 2:
            return None
        meant = [one for one in options if mark in _ALL or _is_named(one, mark)]
        if not meant or (mark not in _ALL and len(meant) > 1):
            return None
        for one in meant:
            if found.setdefault(one, suits) is not suits:
                return None
    if rest is not None:
        if not found:
            return None
        found = {one: found.get(one, rest) for one in options}
    return found


def _is_named(one: date, mark: str) -> bool:
    """Whether a day fits a mark: a day of the week, a date, or both ("tue 12.1.")."""
    *named, numbers = ["", *mark.split()] if mark[-1:].isdigit() or mark[-1:] == "." else [mark, ""]
    if any(word and _NAMED[one.weekday()] != word for word in named):
        return False
    if "-" in numbers:
        return numbers == one.isoformat()
    parts = [int(part) for part in numbers.replace("/", ".").split(".") if part]
    if len(parts) == 3 and parts[2] < 100:
        parts[2] += 2000
    return parts == [one.day, one.month, one.year][: len(parts)]


def _take_down(
    desk: ReplyDesk, message: Message, known: KnownLetter, row: Invitation, said: dict[date, bool]
) -> None:
    verdict = message.verdict
    said_at = verdict.said_at or desk.now
    newer: dict[date, bool] = {}
    for day, suits in said.items():
        place = (f"{known.meeting} {day.isoformat()}", known.person)
        last = desk.current_answer(*place)
        if last and said_at < last.said_at:
            continue
        newer[day] = suits
        given = "yes" if suits else "no"
        desk.answers[place] = AnswerOnRecord(given, said_at, -1, last.count + 1 if last else 1)
    if not newer:
        desk.said.add("stale", known.person)
        return
    desk.write(message.key, "invitations", row.id, _cells(row, newer))
    desk.keep_details(message, row.id)
    desk.said.add("answered", known.person)
    if (
        verdict.comment
        or (verdict.kind != "days" and verdict.days_added)
        or desk.details_without_cell(verdict)
    ):
        desk.ask(message, known, "answer", _REPLY_SENTENCES["comment"], {})


def _cells(row: Invitation, said: Mapping[date, bool]) -> dict[str, str]:
    """Return the cells of an invitation with further answers about days added."""
    every = {**suits_by_day(row), **said}
    return {
        "days": days_text(day for day, suits in every.items() if suits),
        "days_not": days_text(day for day, suits in every.items() if not suits),
    }
