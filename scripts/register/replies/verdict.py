"""A verdict: what one message says, and what it brings to be believed by."""

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
    """What a message says; whether it is believed is decided where the register is known.

    ``answer`` is a key of the dropdown ``rsvp``, of a preference (PREFERENCES), or '';
    ``guess`` what free text seems to say, one of these or ``unsubscribe``, ``also`` what other
    preferences it says besides. ``tokens`` are all
    tokens that the message carries, ``meeting`` and ``person`` those that its calendar entry names.
    ``said_at`` is an aware moment, ``sequence`` the calendar's count of changes, or -1. ``words``
    are the writer's own,
    ``comment`` what they add to an answer that is clear without it. Of a bounce, ``recipient`` is
    whom the letter did not reach ('' where it does not say) and ``status`` why; of a calendar's
    reply, ``recipient`` is its attendee, and ``begins`` when its event begins (ISO 8601, UTC with
    ``Z``).
    ``sign_up`` is the meeting that a mail's subject names to join, ``name`` the sender's.
    ``party``, ``substitute``, ``needs`` and ``question`` are what an answer says besides
    (:mod:`register.replies.answer_details`); ``words`` and ``comment`` are without the needs.
    ``days`` are what it says of days beyond doubt (:mod:`register.replies.day_words`), and
    ``days_added`` that it says more. ``wishes`` are what it says about topics
    (:mod:`register.replies.topic_wishes`), ``rest`` what it says besides these.
    ``request`` is what a request asks for, a key of that dropdown, about ``words``; ``files`` are
    the lists that it brings, ``(name, base64)``.
    ``automatic`` means that no answer may be sent. ``clear`` says that the writer's own words mean
    ``guess`` beyond doubt; ``authentic`` that our own mail server found the sender to be genuine.
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
