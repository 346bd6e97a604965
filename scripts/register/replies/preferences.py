"""Which kinds of letters a recipient wants: fewer, or some again, by a link or in words.

Fewer always counts, like an opt-out. More counts only from the recipient of the letter that is
answered, and only lifts bans that they asked for themselves; a person decides about the rest.
"""

from collections.abc import Mapping

from register.letters.answering import PREFERENCES
from register.people.refusals import Refusals
from register.people.same_human import Humans
from register.replies.desk import Message, ReplyDesk
from register.replies.reply_words import ban_sender, is_own_address
from register.review.refusal_questions import lifted_bans
from register.rounds.known_letters import KnownLetter

_LESS: Mapping[str, str] = {"no_letters": "letters", "no_reminders": "reminders"}
_MORE: Mapping[str, str] = {
    "want_invitations": "invitation",
    "want_letters": "letter",
    "want_reminders": "reminder",
}

PREFERENCE_REPLY_SENTENCES: Mapping[str, str] = {
    "again": "{person} would like to get letters from us again, and {tab:bans} still stops them."
    " May they?",
}
"""The questions for ``review``."""


def stated_preferences(message: Message) -> tuple[str, ...]:
    """Return the :data:`PREFERENCES` that a message states, by its link or in clear words."""
    verdict = message.verdict
    if verdict.kind == "preference":
        return (verdict.answer,)
    clear = verdict.clear and verdict.guess in PREFERENCES
    return (verdict.guess, *verdict.also) if clear else ()


def apply_preference(
    desk: ReplyDesk, message: Message, known: KnownLetter | None, wanted: str
) -> bool:
    """Carry out a preference; return False if the sender is unknown.

    ``known`` is the letter that the message answers, None if its tokens belong to none.
    """
    if wanted in _LESS:
        return ban_sender(desk, message, known, _LESS[wanted])
    if known is None:
        return False
    kind, allowed = _MORE[wanted], is_own_address(desk, message, known)
    if allowed:
        theirs = {known.mailbox, *desk.book.once(Humans).mailboxes(known.person)}
        desk.propose(message.key, [*lifted_bans(desk.book, theirs, kind)])
        desk.said.add("preferred", known.person)
    if not allowed or desk.book.once(Refusals).stops(known.mailbox, kind, known.person):
        desk.ask(message, known, "answer", PREFERENCE_REPLY_SENTENCES["again"], {})
    return True
