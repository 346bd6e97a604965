"""Topics that a recipient wants fewer letters about, or some again, by a link or in words.

A topic is recognised if it is one of the register's, by its name in any language. An unknown one is
asked about: no guess sends a letter, or stops one.
"""

from collections.abc import Mapping
from dataclasses import replace

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.starters import topic_spellings
from register.letters.target import register_topics
from register.letters.topics import topics_of
from register.people.mailings import LetterRow
from register.people.meetings import Meeting
from register.people.refusals import Refusals
from register.people.same_human import Humans
from register.replies.answer_text import read_answer_text
from register.replies.desk import Message, ReplyDesk
from register.replies.preferences import PREFERENCE_REPLY_SENTENCES
from register.replies.reply_words import ban_sender, is_own_address
from register.review.refusal_questions import lifted_topics
from register.rounds.known_letters import KnownLetter

_SENTENCES: Mapping[str, str] = {
    "no_topic": "{person} wants no more letters about “{topic}”, and that is no topic of ours."
    " Which is meant? Write it into {tab:bans}.",
    "want_topic": "{person} wants letters about “{topic}” again, and that is no topic of ours.",
}
"""The questions for ``review`` about an unknown topic."""

_BY_PEOPLE = ("text", "preference", "rsvp", "days")
"""The kinds of messages that a person may have written."""

_THIS = frozenset(
    fold_header(one)
    for one in (
        *("tästä", "tästä aiheesta", "tämä", "tämän", "tätä"),
        *("detta", "det här", "det här ämnet", "detta ämne"),
        *("this", "this topic", "this subject"),
    )
)
"""The words for the topic of the letter that is being answered."""


def apply_topic_wishes(
    desk: ReplyDesk, message: Message, known: KnownLetter | None
) -> Message | None:
    """Carry out a message's wishes about topics; return the rest of it, None if nothing is left.

    ``known`` is the letter that it answers, None if its tokens belong to none. If the topic is
    unknown, but the words mean something else beyond doubt, the message is returned without its
    wishes.
    """
    verdict = message.verdict
    if not verdict.wishes or verdict.kind not in _BY_PEOPLE:
        return message
    topics = [_topic(desk, known, words) for _, words in verdict.wishes]
    unclear = {key for (key, _), topic in zip(verdict.wishes, topics, strict=True) if not topic}
    if verdict.kind == "text" and unclear and (verdict.clear or unclear == {"want_topic"}):
        return replace(message, verdict=replace(verdict, wishes=()))
    bare = replace(message, verdict=replace(verdict, comment=""))
    for (key, words), topic in zip(verdict.wishes, topics, strict=True):
        if not _heed(desk, bare, known, key, words, topic):
            kind = "text" if verdict.kind == "preference" else verdict.kind
            return replace(message, verdict=replace(verdict, kind=kind, wishes=()))
    heard = read_answer_text(verdict.rest)
    silent = heard.silent or not verdict.rest.strip()
    if verdict.kind in ("rsvp", "days"):
        comment = "" if silent or heard.guess == verdict.answer else verdict.rest
        return replace(message, verdict=replace(verdict, wishes=(), comment=comment))
    if silent:
        return None
    left = replace(
        verdict,
        kind="text",
        wishes=(),
        words=verdict.rest,
        guess=heard.guess,
        clear=heard.clear,
        also=heard.also,
        comment=heard.added and verdict.rest,
    )
    return replace(message, verdict=left)


def _heed(
    desk: ReplyDesk, message: Message, known: KnownLetter | None, key: str, words: str, topic: str
) -> bool:
    """Carry out one wish; return False if the sender is unknown."""
    if not desk.book.table("bans").has("topic"):
        topic = ""
    reader = known or desk.reader(message.verdict.sender)
    if reader is None:
        return False
    if not topic:
        desk.ask(message, reader, "answer", _SENTENCES[key], {"topic": words})
        return True
    if key == "no_topic":
        return ban_sender(desk, message, known, "invitations", topic)
    if known is None:
        return False
    if allowed := is_own_address(desk, message, known):
        theirs = {known.mailbox, *desk.book.once(Humans).mailboxes(known.person)}
        desk.propose(message.key, [*lifted_topics(desk.book, theirs, topic)])
        desk.said.add("preferred", known.person)
    about = (fold_header(topic),)
    stopped = desk.book.once(Refusals).stops(known.mailbox, "letter", known.person, topics=about)
    if not allowed or stopped:
        desk.ask(message, known, "answer", PREFERENCE_REPLY_SENTENCES["again"], {})
    return True


def _topic(desk: ReplyDesk, known: KnownLetter | None, words: str) -> str:
    """Return the register's topic that ``words`` name, as it is written there, or ''."""
    word = fold_header(words)
    if word in _THIS:
        here = _letter_topics(desk, known) if known else {}
        return next(iter(here.values())) if len(here) == 1 else ""
    found = {
        topic
        for folded, topic in register_topics(desk.book).items()
        if word in {folded, *map(fold_header, topic_spellings(topic))}
    }
    return found.pop() if len(found) == 1 else ""


def _letter_topics(desk: ReplyDesk, known: KnownLetter) -> Mapping[str, str]:
    """Return the topics of the letter that is being answered, by folded name."""
    row = LetterRow.all(desk.book).get(known.campaign.rpartition("/")[2])
    try:
        return topics_of(desk.book, row or Meeting.at(desk.book, known.meeting))
    except UsageError:  # its mailing is no longer there
        return {}
