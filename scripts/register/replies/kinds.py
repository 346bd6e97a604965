"""What is done for each kind of message: an answer, a bounce, an opt-out.

A message is trusted if its token is one of ours, belongs to one letter, and the sender is that
letter's recipient. If these disagree, a person decides; for an unknown token nothing is done. The
newest answer wins, by the calendar's sequence, else by date.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from register.book.package_data import package_table
from register.letters.answering import PREFERENCES
from register.letters.campaign import is_poll
from register.letters.tally import MOST_IN_PARTY, has_room_for, places_left
from register.people.departure_notes import leaving_word
from register.people.meetings import Invitation
from register.people.records import Person
from register.people.refusal_words import refuses_plainly
from register.ports.mailbox import PLACED, AnswerOnRecord
from register.replies.day_answers import handle_day_answer
from register.replies.desk import Message, ReplyDesk
from register.replies.mail_requests import ask_by_mail
from register.replies.preferences import apply_preference, stated_preferences
from register.replies.reply_words import ban_sender, only_open_poll, open_invitations, wants_no_more
from register.replies.sign_ups import is_open_to_all
from register.replies.topics import apply_topic_wishes
from register.review.mail_questions import LEFT
from register.review.refusal_questions import ban_changes
from register.rounds.known_letters import KnownLetter, same_mailbox

_QUEUED = "waitlisted"

_SENTENCES: Mapping[str, str] = package_table("register.replies", "sentences")["kinds"]
"""The questions for ``review``."""

_TO_A_POLL = ("days", "text", "rsvp", "confirmed")
"""The kinds of messages that count as an answer to a day poll, if they answer its letter."""


def handle_message(desk: ReplyDesk, message: Message) -> None:
    """Carry out what a message asks for."""
    verdict = message.verdict
    if verdict.kind in ("hostile", "unread"):
        desk.said.add(verdict.kind, f"{message.key}: {verdict.status}")
        return
    if message.print in desk.prints or desk.memory.has_content(message.print):
        desk.said.add("replayed", message.key)
        return
    desk.prints.add(message.print)
    if verdict.kind == "request":
        ask_by_mail(desk, message)
        return
    if verdict.kind == "sign-up":
        if is_open_to_all(desk, verdict.sign_up) or not desk.reader(verdict.sender):
            desk.joining.append(message)
            return
        words = f"{verdict.sign_up}: {verdict.words}"
        verdict = replace(verdict, kind="text", words=words)
        message = replace(message, verdict=verdict)
    known, doubtful = desk.letter(verdict)
    other = known and (
        (verdict.meeting and verdict.meeting != known.meeting)
        or (verdict.person and Person.current_id(desk.book, verdict.person) != known.person)
    )
    forged = bool(other or (verdict.tokens and (known is None or doubtful)))
    left = apply_topic_wishes(desk, message, None if forged else known)
    if left is None:
        return
    message, verdict = left, left.verdict
    refused = wants_no_more(message) and ban_sender(desk, message, None if forged else known)
    if refused and verdict.kind in ("text", "unsubscribe"):
        return
    letter = None if forged else known
    wanted = stated_preferences(message)
    if wanted and all(apply_preference(desk, message, letter, one) for one in wanted):
        return
    if forged:
        desk.said.add("forged", message.key)
    elif known and is_poll(known.campaign) and verdict.kind in _TO_A_POLL:
        handle_day_answer(desk, message, known)
    elif verdict.kind in _WITH_LETTER:
        if known:
            _WITH_LETTER[verdict.kind](desk, message, known)
        else:
            desk.said.add("forged" if verdict.tokens else "strange", message.key)
    else:
        _without(desk, message, known)


def fill_places(desk: ReplyDesk, awaited: Collection[str] = ()) -> None:
    """Give places that have become free to those on the waiting list, in the order they answered.

    What freed a place does not matter: an answer, an edited cell, or a larger capacity. Meetings in
    ``awaited`` have unhandled sign-ups that places may be kept for: there only an answer frees one.
    """
    queued = {row.meeting_id for row in Invitation.all(desk.book).values() if row.rsvp == _QUEUED}
    free = {one for one in queued.difference(awaited) if desk.is_open(one)}
    for meeting in sorted(free | desk.touched):
        left = places_left(desk.book, meeting)
        waiting = [row for row in Invitation.to(desk.book, meeting) if row.rsvp == _QUEUED]
        if left is None or all(row.heads > left for row in waiting):
            continue
        if "receipt" not in desk.automatic:
            if meeting in desk.touched:
                desk.said.add("places", meeting)
            continue
        waiting.sort(key=lambda row: (desk.last_answered(meeting, row.person_id), row.id))
        for row in waiting:
            if row.heads > left:  # a party comes in whole or waits; a smaller one may pass it
                continue
            left -= row.heads
            person = row.person_id
            desk.write("", "invitations", row.id, {"rsvp": "coming"})
            last = desk.current_answer(meeting, person)
            count = last.count + 1 if last else 1
            said_at = last.said_at if last else desk.now
            sequence = last.sequence if last else -1
            desk.answers[meeting, person] = AnswerOnRecord("coming", said_at, sequence, count)
            desk.repeat(person, row.mailbox, meeting, PLACED, count)


def _rsvp(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    verdict = message.verdict
    if other := desk.stranger(verdict, known):
        label = desk.say.label("rsvp", verdict.answer)
        values = {"answer": label, "address": other, "mailbox": known.mailbox}
        desk.ask(message, known, "answer", _SENTENCES["mismatch"], values, guess=verdict.answer)
        return
    if not desk.is_open(known.meeting):
        desk.said.add("late", known.person)
        return
    row_id = desk.invitation(known)
    if not row_id:
        desk.ask(message, known, "answer", _SENTENCES["writes"], {}, guess=verdict.answer)
        return
    _answer(desk, message, known, row_id)


def _answer(desk: ReplyDesk, message: Message, known: KnownLetter, row_id: str) -> None:
    verdict, place = message.verdict, (known.meeting, known.person)
    said_at = verdict.said_at or desk.now
    last, told = desk.current_answer(*place), desk.letters.announcement(known.meeting)
    sequence = min(verdict.sequence, told)
    again = bool(last and verdict.via == "form" and last.said_at == said_at)
    if last and (
        again or _older(sequence, said_at, replace(last, sequence=min(last.sequence, told)))
    ):
        desk.said.add("stale", known.person)
        return
    row = Invitation.at(desk.book, row_id)
    given, party = verdict.answer, verdict.party or row.heads
    if _doubtful_party(desk, message, known, row):
        return
    held = row.heads if row.rsvp == "coming" else 0
    if (
        given == "coming"
        and party > held
        and not has_room_for(desk.book, known.meeting, party - held)
    ):
        given = _QUEUED
    desk.write(message.key, "invitations", row_id, {"rsvp": given, "rsvp_via": verdict.via})
    desk.keep_details(message, row_id, party=verdict.party)
    count = last.count + 1 if last else 1
    counted = max(sequence, min(last.sequence, told) if last else -1)
    desk.answers[place] = AnswerOnRecord(given, said_at, counted, count)
    desk.touched.add(known.meeting)
    desk.said.add("answered", known.person)
    if verdict.comment or desk.details_without_cell(verdict):
        label = desk.say.label("rsvp", verdict.answer)
        guess = "unsubscribe" if refuses_plainly(verdict.comment) else ""
        desk.ask(message, known, "answer", _SENTENCES["comment"], {"answer": label}, guess=guess)
        _ask_of_leaving(desk, message, known)
    if given != verdict.answer or not verdict.automatic:  # a calendar shows its own answer
        desk.repeat(known.person, known.mailbox, known.meeting, given, count)


def _doubtful_party(desk: ReplyDesk, message: Message, known: KnownLetter, row: Invitation) -> bool:
    """Ask a person about an answer with a doubtful party; return whether it was asked about.

    Doubtful are a substitute, a crowd, and more people than there is room for from a recipient who
    has a place.
    """
    verdict = message.verdict
    if verdict.answer == "not_coming" and not verdict.substitute:
        return False
    cells = {"rsvp": "coming"}
    if verdict.substitute:
        code, cells["substitute"] = "substitute", verdict.substitute
    elif verdict.party > MOST_IN_PARTY:
        code = "crowd"
    elif (
        verdict.answer == row.rsvp == "coming"
        and verdict.party > row.heads
        and not has_room_for(desk.book, known.meeting, verdict.party - row.heads)
    ):
        code = "grown"
    else:
        return False
    if verdict.party:
        cells["party_size"] = str(verdict.party)
    left = places_left(desk.book, known.meeting)
    values = {"count": verdict.party, "other": verdict.substitute, "places": left or 0}
    desk.keep_details(message, row.id)
    desk.ask(message, known, "answer", _SENTENCES[code], values, cells=cells)
    return True


def _confirmed(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    people = desk.book.table("people")
    if not desk.agrees(message.verdict, known) or known.person not in people:
        desk.ask(message, known, "answer", _SENTENCES["writes"], {})
        return
    day = (message.verdict.said_at or desk.now).astimezone(desk.now.tzinfo).date()
    if people.cell(known.person, "verified_on") < day.isoformat():
        desk.write(message.key, "people", known.person, {"verified_on": day.isoformat()})
    desk.said.add("confirmed", known.person)
    if message.verdict.comment:
        desk.ask(message, known, "answer", _SENTENCES["confirmed_with"], {})


def _bounce(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    verdict = message.verdict
    if verdict.recipient and not same_mailbox(verdict.recipient, known.mailbox):
        values = {"address": verdict.recipient, "mailbox": known.mailbox}
        desk.ask(
            message,
            known,
            "bounce",
            _SENTENCES["bounced_beyond"],
            values,
            seed=verdict.recipient,
        )
        return
    sources = {known.mailbox: known.campaign}
    desk.propose(message.key, ban_changes(desk.book, sources, "bounced", desk.now.date()))
    if row_id := desk.invitation(known):
        desk.write(message.key, "invitations", row_id, {"send_state": "bounced"})
    values = {"address": known.mailbox}
    desk.ask(
        message, known, "bounce", _SENTENCES["bounced"], values, seed=known.mailbox, quiet=True
    )
    desk.said.add("bounced", known.person)


def _delegated(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    desk.ask(
        message,
        known,
        "answer",
        _SENTENCES["delegated"],
        {"other": message.verdict.words or "–"},
    )


def _counter(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    begins = _local(message.verdict.begins, desk.now)
    if not begins:
        desk.ask(message, known, "answer", _SENTENCES["counter"], {})
        return
    day = desk.say.value("meetings", "date", begins.date().isoformat())
    when = f"{day} {begins:%H.%M}"
    desk.ask(message, known, "answer", _SENTENCES["counter_at"], {"when": when})


def _without(desk: ReplyDesk, message: Message, known: KnownLetter | None) -> None:
    """Handle a message that needs no token: answer it, ask a person about it, or only count it."""
    verdict = message.verdict
    if verdict.kind in ("temporary", "auto-reply"):
        if known:
            desk.said.add(verdict.kind, known.person)
        else:
            desk.said.add("strange", message.key)
        return
    by_letter = known is not None
    if known is None and verdict.kind == "text":
        invited = open_invitations(desk, verdict.sender)
        asked = only_open_poll(desk, verdict.sender) if verdict.days else None
        if asked and not (invited and verdict.clear):
            handle_day_answer(desk, message, asked, sure=verdict.authentic and not invited)
            return
        known = invited[0] if len(invited) == 1 else None
    answered = (verdict.clear and verdict.guess not in PREFERENCES) or verdict.substitute
    if known and known.meeting and answered and (by_letter or verdict.authentic):
        answer = replace(verdict, kind="rsvp", answer=verdict.guess)
        _rsvp(desk, replace(message, verdict=answer), known)
        return
    known = known or desk.reader(verdict.sender)
    if known is None:
        desk.said.add("strange", message.key)
    elif verdict.kind == "left":
        desk.ask(message, known, "person_change", _SENTENCES["left"], {}, seed=LEFT)
    else:
        row_id = desk.invitation(known)
        if row_id and (by_letter or verdict.authentic) and desk.agrees(verdict, known):
            desk.keep_details(message, row_id)
        guess = "" if verdict.guess in PREFERENCES else verdict.guess
        desk.ask(message, known, "answer", _SENTENCES["writes"], {}, guess=guess)
        _ask_of_leaving(desk, message, known)


def _ask_of_leaving(desk: ReplyDesk, message: Message, known: KnownLetter) -> None:
    """Ask who comes in a writer's place if the words say that the writer leaves."""
    if leaving_word(message.verdict.words):
        desk.ask(message, known, "person_change", _SENTENCES["leaves"], {}, seed=LEFT)


_WITH_LETTER: Mapping[str, Callable[[ReplyDesk, Message, KnownLetter], None]] = {
    "rsvp": _rsvp,
    "confirmed": _confirmed,
    "bounce": _bounce,
    "delegated": _delegated,
    "counter": _counter,
}
"""The handlers of the kinds of messages that only count with a token of ours."""


def _local(text: str, now: datetime) -> datetime | None:
    """Return an ISO 8601 text as local time, None if it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(now.tzinfo) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None


def _older(sequence: int, said_at: datetime, last: AnswerOnRecord) -> bool:
    """Whether an answer is older than the one that counts: by sequence, else by date.

    The caller caps sequences at the one that recipients were sent (RFC 5545, 3.8.7.4: only the
    organizer increases it), so that an impossible one locks out no later answer.
    """
    if sequence >= 0 and last.sequence >= 0 and sequence != last.sequence:
        return sequence < last.sequence
    return said_at < last.said_at
