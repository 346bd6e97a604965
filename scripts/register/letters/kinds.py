"""The kinds of letters: a row each, with all in which sending one kind differs from another."""

from dataclasses import dataclass

from register.letters.calendar import Method


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How a kind of letter goes.

    ``verb`` is what ``invite.py`` calls sending it. ``states`` are the states of its meeting in
    which it may go, ``rehearsed`` those in which it may go to the outbox besides. ``method`` is
    that of its calendar part (RFC 5546, 3.2), if any. An ``automatic`` letter answers a message:
    nobody agrees to it, it goes where the configuration allows its kind. Where it has
    ``own_words``, its template may show what the meeting's row says in its own words; the files and
    the links of the column that it ``attaches`` go with it. An ``internal`` one is for our own
    people. ``because`` is the reason (:mod:`register.letters.reasons`) that its readers are told;
    an invitation's readers have one each.
    """

    verb: str = ""
    states: tuple[str, ...] = ()
    rehearsed: tuple[str, ...] = ()
    method: Method | None = None
    automatic: bool = False
    own_words: bool = False
    attaches: str = ""
    internal: bool = False
    because: str = ""

    @property
    def projected(self) -> bool:
        """Whether the register follows the ledger when it goes: it is about a meeting."""
        return bool(self.states)

    @property
    def informs(self) -> bool:
        """Whether the first of these letters to a person tells them of the register."""
        return not self.automatic and not self.internal


LETTER_KINDS: dict[str, LetterKind] = {
    "invitation": LetterKind(
        "send", ("released", "sent"), (), "REQUEST", own_words=True, attaches="attachments"
    ),
    "poll": LetterKind("poll", ("released",), own_words=True),
    "poll-reminder": LetterKind("poll-remind", ("gathered",), because="no-answer"),
    "poll-cancellation": LetterKind("poll-cancel", ("cancelled",), because="was-asked"),
    "reminder": LetterKind(
        "remind", ("sent",), ("released",), "REQUEST", own_words=True, because="no-answer"
    ),
    "change": LetterKind(
        "change", ("sent", "moved"), ("released",), "REQUEST", own_words=True, because="was-invited"
    ),
    "details": LetterKind("details", ("sent",), ("released",), own_words=True, because="is-coming"),
    "cancellation": LetterKind("cancel", ("cancelled",), (), "CANCEL", because="was-invited"),
    "thanks": LetterKind("thanks", ("held",), attaches="minutes", because="was-there"),
    "letter": LetterKind(
        "letter", own_words=True, attaches="attachments", because="mailing-member"
    ),
    "digest": LetterKind("digest", internal=True),
    "freshness": LetterKind("freshness", because="freshness"),
    "follow-up": LetterKind("follow-up", because="met"),
    "notice": LetterKind("notice", because="untold"),
    "preview": LetterKind(automatic=True),
    "receipt": LetterKind(automatic=True),
    "unsubscribed": LetterKind(automatic=True),
}

STANDALONE_KINDS = tuple(
    name for name, kind in LETTER_KINDS.items() if not kind.automatic and not kind.projected
)
"""The kinds that are about no meeting and wait for a person."""
