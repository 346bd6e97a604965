"""Links with which a reader answers a letter by one tap.

Each link opens a mail whose subject holds the answer. The token, in the subject or in the address,
identifies the reader and the letter.
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
"""The first words of each answer's subject, by the reader's language and the answer's key."""

PREFERENCES = ("no_letters", "no_reminders", "want_invitations", "want_letters", "want_reminders")
"""Answers that choose which kinds of letters a person receives."""

OF_DAYS = ("day", "all_days", "no_day")
"""Answers to the question which days suit; the link of ``day`` names one day."""

TOPIC_WISHES = ("no_topic", "want_topic")
"""Answers that stop or resume letters about one topic; the subject names the topic."""

_ABOUT = frozenset(("coming", "maybe", "not_coming", "all_days", "no_day"))
_LONGEST = 80


def answer_links(
    sender: Sender, mailing: Mailing, to: Recipient, about: str = ""
) -> dict[str, str]:
    """Return a ``mailto:`` link for each answer key, its subject in the reader's language.

    ``about`` is what the subject names, such as the meeting's name. ``day`` and the topic wishes
    are not included: see :func:`day_links` and :func:`topic_link`. The links are in normal form:
    ASCII only, all other characters percent-encoded (RFC 6068).
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
    """Return each day (``date``) with the ``link`` that answers that it suits."""
    token, word = mailing.token(to.person), ANSWER_WORDS[to.language]["day"]
    meeting = field_line(about)[:_LONGEST]
    return [
        SimpleNamespace(
            date=day, link=mailto(sender, token, f"{word}: {days_text([day])}, {meeting}")
        )
        for day in days
    ]


def topic_link(sender: Sender, mailing: Mailing, to: Recipient, wish: str, topic: str) -> str:
    """Return the link for one of :data:`TOPIC_WISHES` about a topic, in the reader's language."""
    subject = f"{ANSWER_WORDS[to.language][wish]}: {field_line(topic)[:_LONGEST]}"
    return mailto(sender, mailing.token(to.person), subject)


def mailto(sender: Sender, token: str, subject: str) -> str:
    """Return a ``mailto:`` link to the answer address, with the token in subject or address."""
    quoted = _quoted(subject)
    if sender.answer_by == "subject":
        quoted += f"%20%5B{token}%5D"
    return f"mailto:{_quoted(sender.reply_address(token), '@+')}?subject={quoted}"


@lru_cache(maxsize=1 << 8)
def _quoted(text: str, safe: str = "") -> str:
    return quote(text, safe=safe)
