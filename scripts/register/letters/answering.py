"""How a letter can be answered with one tap: links that open a mail with the answer in its subject.

The token in the subject, or in the address, says whose answer to which letter it is.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import quote

from register.book.package_data import package_table
from register.book.schema import LANGUAGES, Language
from register.letters.campaign import Mailing
from register.letters.people import Recipient
from register.letters.settings import Sender
from register.letters.untrusted import field_line
from register.values.days import days_text

ANSWER_WORDS: Mapping[Language, Mapping[str, str]] = {
    language: package_table("register.letters", "answer_words")[language] for language in LANGUAGES
}
"""What each answer's subject begins with, in the reader's language."""

PREFERENCES = ("no_letters", "no_reminders", "want_invitations", "want_letters", "want_reminders")
"""The answers that say which kinds of letters somebody wants."""

OF_DAYS = ("day", "all_days", "no_day")
"""The answers to the question which day suits; a day's link names it."""

TOPIC_WISHES = ("no_topic", "want_topic")
"""The answers that say so of one topic, which their subject names."""

_ABOUT = frozenset(("coming", "maybe", "not_coming", "all_days", "no_day"))
_LONGEST = 80


def answer_links(
    sender: Sender, mailing: Mailing, to: Recipient, about: str = ""
) -> dict[str, str]:
    """Return a ``mailto:`` link for each answer, its subject in the reader's language.

    ``about`` is what the subject names, such as the meeting's name. The links are in normal form:
    only ASCII, all else percent-encoded (RFC 6068).
    """
    token = mailing.token(to.person)
    return {
        key: mailto(
            sender,
            token,
            f"{word}: {field_line(about)[:_LONGEST]}" if about and key in _ABOUT else word,
        )
        for key, word in ANSWER_WORDS[to.language].items()
        if key not in ("day", *TOPIC_WISHES)
    }


def day_links(
    sender: Sender, mailing: Mailing, to: Recipient, days: Iterable[date], about: str
) -> list[SimpleNamespace]:
    """Return each day with the link that says it suits: ``date``, ``link``."""
    token, word = mailing.token(to.person), ANSWER_WORDS[to.language]["day"]
    meeting = field_line(about)[:_LONGEST]
    return [
        SimpleNamespace(
            date=day, link=mailto(sender, token, f"{word}: {days_text([day])}, {meeting}")
        )
        for day in days
    ]


def topic_link(sender: Sender, mailing: Mailing, to: Recipient, wish: str, topic: str) -> str:
    """Return the link of one of :data:`TOPIC_WISHES` about a topic, in the reader's language."""
    subject = f"{ANSWER_WORDS[to.language][wish]}: {field_line(topic)[:_LONGEST]}"
    return mailto(sender, mailing.token(to.person), subject)


def mailto(sender: Sender, token: str, subject: str) -> str:
    """Return a link that writes to where answers go, the token in the subject or the address."""
    quoted = _quoted(subject)
    if sender.answer_by == "subject":
        quoted += f"%20%5B{token}%5D"
    return f"mailto:{_quoted(sender.reply_address(token), '@+')}?subject={quoted}"


@lru_cache(maxsize=1 << 8)
def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe)
