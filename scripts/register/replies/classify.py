"""What a message says, judged by the message alone, without the register."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from register.letters.answering import OF_DAYS, PREFERENCES, TOPIC_WISHES
from register.replies.answer_details import AnswerDetails, answer_details
from register.replies.answer_text import AnswerReading, read_answer_text
from register.replies.authentication import is_authentic
from register.replies.automatic import is_to_many, read_automatic, says_has_left
from register.replies.bounce import Bounce, read_bounce
from register.replies.calendar_reply import ANSWERS, CalendarReply, read_calendar_replies
from register.replies.day_words import DayWords, read_day_words
from register.replies.limits import HostileMessage
from register.replies.mail import ParsedMail, read_mail
from register.replies.mail_requests import attached_lists, request_in_subject
from register.replies.quoting import unquoted_text
from register.replies.sent_text import SentText, plain_words
from register.replies.verdict import Verdict

_TOKEN = r"[0-9A-Za-z]{26}"  # noqa: S105 (a pattern, not a token)
_IN_SUBJECT = re.compile(rf"\[({_TOKEN})\]")
_IN_ID = re.compile(rf"[.]({_TOKEN})@")
_IN_ADDRESS = re.compile(rf"\+({_TOKEN})@")
_UID = re.compile(r"(T-[0-9A-Z]{5})[.](?:(H-[0-9A-Z]{5})[.])?")
_ANSWERED = re.compile(r"^(?:(?:re|vs|sv|aw|ang|fwd?|vl|vb)\s*:\s*)+", re.IGNORECASE)
_SIGN_UP = re.compile(
    r"(?:ilmoittautuminen|ilmoittaudun|anmälan|jag anmäler mig(?: till)?|sign-?up"
    r"|signing up(?: for)?|registration)\s*[:–-]?\s+(.+)",
    re.IGNORECASE,
)
"""A subject by which a person joins a meeting; the group is the meeting's name."""
_CALENDARS = {
    **dict.fromkeys(("accepted", "hyväksytty", "accepterat", "accepterad", "tackat ja"), "coming"),
    **dict.fromkeys(("tentative", "tentatively accepted", "alustava", "alustavasti"), "maybe"),
    **dict.fromkeys(("alustavasti hyväksytty", "preliminärt", "preliminär"), "maybe"),
    **dict.fromkeys(("declined", "hylätty", "avböjt", "avböjd", "tackat nej"), "not_coming"),
}
"""The words that calendars begin a reply's subject with: a guess if the reply itself is missing."""
_KIND_OF = {
    "unsubscribe": "unsubscribe",
    "yes": "confirmed",
    **dict.fromkeys((*PREFERENCES, *TOPIC_WISHES), "preference"),
    **dict.fromkeys(OF_DAYS, "days"),
}
"""The kind of message for each link key that is no answer to an invitation."""
_DAY = re.compile(r":\s*(\d{1,2}\.\d{1,2}\.\d{4})\b")
"""The day in the subject that a day's link makes."""

_AHEAD = timedelta(hours=1)

_Words = Mapping[str, str]
"""The key of an answer link by the first words of its subject, casefolded."""


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """What is ours: the words of answer links, our letters' text, our mail server's authserv-id.

    Without the text, quoted text is recognised by its marks alone; without the server, no sender is
    authentic. ``askers`` are the mailboxes that may send requests.
    """

    words: _Words
    sent: SentText | None = None
    server: str = ""
    askers: frozenset[str] = frozenset()


def classify(data: bytes, received: datetime, ours: OwnIdentity) -> Verdict:
    """Return what a message says; never raises, whatever the bytes are.

    ``received`` is when it came (aware). A date that is missing or more than an hour ahead of it is
    replaced by it.
    """
    try:
        mail = read_mail(data)
    except HostileMessage as fault:
        return Verdict("hostile", status=str(fault), said_at=received, automatic=True)
    return _judged(mail, received, ours)


def _judged(mail: ParsedMail, received: datetime, ourselves: OwnIdentity) -> Verdict:
    said_at = mail.date if mail.date and mail.date <= received + _AHEAD else received
    machine, many = read_automatic(mail), is_to_many(mail)
    quoted = _tokens((*mail.references, *mail.originals), _IN_ID)
    ours = (*_tokens([mail.subject], _IN_SUBJECT), *_tokens(mail.recipients, _IN_ADDRESS))
    details = answer_details(unquoted_text(mail.text, ourselves.sent, mail.subject))
    own = details.shown
    names = plain_words(f"{mail.name} {mail.sender.partition('@')[0]}")
    heard = read_answer_text(details.plain, names)
    if details.substitute:
        heard = AnswerReading("coming")
    days = read_day_words(details.plain, names)

    def verdict(kind: str, *tokens: str, **more: object) -> Verdict:
        shared: dict[str, object] = {
            **details.cells,
            **days.cells,
            "sender": mail.sender,
            "said_at": said_at,
            "tokens": tuple(dict.fromkeys(tokens)),
            "automatic": machine or many,
            "message_id": mail.message_id,
        }
        return Verdict(kind, **{**shared, **more})  # type: ignore[arg-type]

    if found := read_bounce(mail):
        return _bounced(found, mail, verdict)
    if not (machine or many or ours or quoted) and (asked := _asked(mail, ourselves)):
        request, about, files = asked
        return verdict("request", request=request, words=about, files=files, authentic=True)
    if not (machine or many or ours or quoted) and (joins := _SIGN_UP.match(mail.subject)):
        return verdict("sign-up", sign_up=joins[1], name=mail.name, words=own)
    answers = _calendar_answers(mail)
    if len({(one.uid, one.method, one.partstat, one.attendee) for one in answers}) > 1:
        uids = _tokens([one.uid for one in answers], _IN_ID)
        return verdict("text", *uids, *ours, words=own or mail.subject, guess=heard.guess)
    if answers:
        return _answered(answers[0], ours, (own, heard), received, verdict)
    if machine or (many and not ours and not quoted):
        kind = "left" if says_has_left(mail.text) else "auto-reply"
        return verdict(kind, *ours, *quoted, words=own)
    key = _first_word(mail.subject, ourselves.words)
    if key in OF_DAYS and ours:
        return _days_tapped(key, mail.subject, (own, heard, days), partial(verdict, "days", *ours))
    if key and ours:
        more = _tapped(mail.subject, key, details, heard)
        return verdict(_KIND_OF.get(key, "rsvp"), *ours, words=own, **more)
    if not own and key and key not in ("yes", *OF_DAYS, *TOPIC_WISHES):
        heard = AnswerReading(key, clear=True)
    return verdict(
        "text",
        *ours,
        *quoted,
        words=own or mail.subject,
        guess=heard.guess or ("" if own else _guessed_of(mail.subject, ourselves.words)),
        clear=heard.clear,
        also=heard.also,
        comment=heard.added and own,
        authentic=_is_genuine(mail, ourselves),
    )


def _is_genuine(mail: ParsedMail, ourselves: OwnIdentity) -> bool:
    """Whether our own mail server is configured and found the sender to be authentic."""
    return bool(ourselves.server) and is_authentic(mail.message, mail.sender, ourselves.server)


def _calendar_answers(mail: ParsedMail) -> list[CalendarReply]:
    """Return the calendar replies in a mail: those to our letters, or all if there are none."""
    found = [one for text in mail.calendars for one in read_calendar_replies(text, mail.sender)]
    return [one for one in found if _tokens([one.uid], _IN_ID)] or found


def _bounced(found: Bounce, mail: ParsedMail, verdict: Callable[..., Verdict]) -> Verdict:
    kind = "bounce" if found.permanent else "temporary"
    if found.status.startswith("2"):  # it has arrived
        kind = "auto-reply"
    tokens = _tokens(mail.originals, _IN_ID) or _tokens([mail.text, *mail.references], _IN_ID)
    return verdict(kind, *tokens, recipient=found.recipient, status=found.status, automatic=True)


def _asked(
    mail: ParsedMail, ourselves: OwnIdentity
) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """Return (request, subject, attached lists) of a sender who may send requests, else None."""
    if mail.sender not in ourselves.askers or not ourselves.server:
        return None
    if not is_authentic(mail.message, mail.sender, ourselves.server):
        return None
    if files := attached_lists(mail):
        return "import_file", "", files
    found = request_in_subject(mail.subject)
    return (*found, ()) if found else None


def _besides(own: str, heard: AnswerReading, key: str) -> str:
    """Return the writer's words if they add anything to a clear answer, else ''."""
    return "" if heard.silent or (heard.clear and heard.guess == key and not heard.added) else own


def _answered(
    reply: CalendarReply,
    ours: tuple[str, ...],
    text: tuple[str, AnswerReading],
    received: datetime,
    verdict: Callable[..., Verdict],
) -> Verdict:
    stamp, comment, (own, heard) = reply.stamp, reply.comment, text
    if not comment and "Microsoft" in reply.program:  # Outlook's text is the writer's own
        comment = _besides(own, heard, ANSWERS.get(reply.partstat, ""))
    details = answer_details(comment)  # the rest of such a mail may be our own text
    wish = read_answer_text(details.plain)
    comment = details.shown
    if (details.party or details.needs) and not _besides(comment, wish, wish.guess):
        comment = ""
    more: dict[str, object] = {
        **details.cells,
        "via": "calendar",
        "sequence": reply.sequence,
        "comment": comment,
        "words": comment or own[:500],
        "recipient": reply.attendee,
        "begins": reply.begins,
        "guess": wish.guess,
        "clear": wish.clear,
    }
    if stamp and stamp <= received + _AHEAD:
        more["said_at"] = stamp
    if named := _UID.match(reply.uid):
        more["meeting"], more["person"] = named[1], named[2] or ""
    tokens = (*_tokens([reply.uid], _IN_ID), *ours)
    if reply.method == "COUNTER":
        return verdict("counter", *tokens, **more)
    if reply.partstat == "DELEGATED" or reply.delegate:
        more["words"] = reply.delegate or more["words"]
        return verdict("delegated", *tokens, **more)
    answer = ANSWERS.get(reply.partstat, "")
    return verdict("rsvp" if answer else "text", *tokens, answer=answer, **more)


def _days_tapped(
    key: str,
    subject: str,
    text: tuple[str, AnswerReading, DayWords],
    verdict: Callable[..., Verdict],
) -> Verdict:
    """Return the verdict of a day's link, together with what the writer adds about days."""
    own, heard, days = text
    day = _DAY.search(subject)
    tapped = {"all": True} if key == "all_days" else {"all": False} if key == "no_day" else {}
    if key == "day":
        tapped = {day[1]: True} if day else {}
    more = "" if heard.silent or (days.clear and not days.added) else own
    said_of = tuple({**tapped, **dict(days.said)}.items())
    wish = {"guess": heard.guess, "clear": heard.clear}
    return verdict(days=said_of, words=own, comment=more, **wish)


def _first_word(subject: str, words: _Words) -> str:
    """Return the key of the answer that a subject begins with.

    '' for any other subject, and for a reply or forward, which begins with "Re:" or the like.
    """
    head = re.split(r"[:\[]", subject, maxsplit=1)[0]
    return words.get(" ".join(head.casefold().split()), "")


def _tapped(
    subject: str, key: str, details: AnswerDetails, heard: AnswerReading
) -> dict[str, object]:
    """Return a verdict's fields for a link's answer and for what its writer adds."""
    topic = _IN_SUBJECT.sub("", subject.partition(":")[2]).strip()
    return {
        "answer": "" if _KIND_OF.get(key, "preference") != "preference" else key,
        "wishes": (*([(key, topic)] if key in TOPIC_WISHES else ()), *details.wishes),
        "comment": _besides(details.shown, heard, key),
        "guess": heard.guess,
        "clear": heard.clear,
    }


def _guessed_of(subject: str, words: _Words) -> str:
    """Return the answer that a subject seems to give: a key of ``rsvp``, ``unsubscribe`` or ''."""
    head = _ANSWERED.sub("", subject)
    key = _first_word(head, words) or _first_word(head, _CALENDARS)
    return "" if key == "yes" or key in (*PREFERENCES, *OF_DAYS, *TOPIC_WISHES) else key


def _tokens(texts: Iterable[str], pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.lower() for text in texts for one in pattern.findall(text)))[:20]
