"""The kinds of letters: one row each, with everything in which they differ when sent."""

from dataclasses import dataclass

from register.letters.calendar import Method


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How a kind of letter is sent.

    ``verb`` is its subcommand of ``invite.py``. ``states`` are the states of the meeting in which
    it may be sent, ``rehearsed`` further states in which it may go to the outbox. ``method`` is
    that of its calendar part (RFC 5546, 3.2), or None. An ``automatic`` letter answers a message:
    nobody approves it, and it is sent if the configuration allows its kind. With ``own_words`` its
    template may show the texts in the meeting's row. ``attaches`` is the column key whose files and
    links go with it, or ''. An ``internal`` letter is for our own people. ``because`` is the reason
    code (:mod:`register.letters.reasons`) that its readers are told; for an invitation each reader
    has a reason of their own.
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
        """Whether the register is updated from the ledger on sending: it is about a meeting."""
        return bool(self.states)

    @property
    def informs(self) -> bool:
        """Whether the first letter of this kind to a person must include the register notice."""
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
"""The kinds that are about no meeting and that a person must send."""
