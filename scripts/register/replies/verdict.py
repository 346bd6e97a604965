"""A verdict: what one message says, and the evidence for trusting it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

_Kind = Literal[
    "rsvp",
    "delegated",
    "counter",
    "confirmed",
    "days",
    "unsubscribe",
    "preference",
    "bounce",
    "temporary",
    "auto-reply",
    "left",
    "text",
    "request",
    "sign-up",
    "hostile",
    "unread",
]

_Via = Literal["calendar", "email", "form"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message says; whether to trust it is decided where the register is known.

    ``answer`` is a key of the dropdown ``rsvp``, or of a preference (PREFERENCES), or ''. ``guess``
    is what free text seems to say: one of these, or ``unsubscribe``. ``clear`` means that the text
    says it beyond doubt, and ``also`` are its further preferences. ``words`` are the writer's own
    text, ``comment`` what they add to an answer that is clear without it.

    ``tokens`` are all tokens in the message, ``meeting`` and ``person`` the ids in its calendar
    entry. ``said_at`` is aware. ``sequence`` is the calendar's revision number, or -1. Of a bounce,
    ``recipient`` is the address not reached ('' if not named) and ``status`` the reason. Of a
    calendar's reply, ``recipient`` is its attendee, and ``begins`` the event's begin (ISO 8601, UTC
    with ``Z``).

    ``party``, ``substitute``, ``needs`` and ``question`` are details of an answer
    (:mod:`register.replies.answer_details`); ``words`` and ``comment`` are without the needs.
    ``days`` are its clear words about days (:mod:`register.replies.day_words`), and ``days_added``
    means that it says more. ``wishes`` are about topics (:mod:`register.replies.topic_wishes`),
    ``rest`` is the text without them.

    ``sign_up`` is the meeting that a mail's subject names to join, ``name`` the sender's name.
    ``request`` is a key of that dropdown, with ``words`` as its subject; ``files`` are the attached
    lists, as ``(name, base64)``. ``automatic`` means that no answer may be sent, ``authentic`` that
    our own mail server authenticated the sender.
    """

    kind: _Kind
    sender: str = ""
    said_at: datetime | None = None
    answer: str = ""
    via: _Via = "email"
    tokens: tuple[str, ...] = ()
    meeting: str = ""
    person: str = ""
    sequence: int = -1
    words: str = ""
    comment: str = ""
    guess: str = ""
    also: tuple[str, ...] = ()
    recipient: str = ""
    begins: str = ""
    status: str = ""
    automatic: bool = False
    clear: bool = False
    authentic: bool = False
    message_id: str = ""
    request: str = ""
    files: tuple[tuple[str, str], ...] = ()
    sign_up: str = ""
    name: str = ""
    party: int = 0
    substitute: str = ""
    needs: str = ""
    question: str = ""
    days: tuple[tuple[str, bool], ...] = ()
    days_added: bool = False
    wishes: tuple[tuple[str, str], ...] = ()
    rest: str = ""
