"""What a run over the mailbox has to say: how many messages of each sort, and whose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NAMED = 5
"""So many are named; the others are counted."""

_SENTENCES: Mapping[str, str] = {
    "answered": "{count} answers have been taken down.",
    "confirmed": "{count} have confirmed that their details are right.",
    "preferred": "{count} told which kinds of letters they want ({which}).",
    "unsubscribed": "{count} asked for no more invitations; they get none ({which}).",
    "bounced": "{count} letters came back for good; their addresses are in {tab:bans} ({which}).",
    "asked": "{count} messages wait for a person in {tab:review} ({which}).",
    "temporary": "{count} letters were delayed or came back for a reason that passes; nobody is"
    " stopped for it ({which}).",
    "auto-reply": "{count} automatic replies came; they say nothing about coming ({which}).",
    "requested": "{count} requests came by mail; they are in {tab:requests} ({which}).",
    "lists": "{count} messages brought lists for {tab:inbox}.",
    "crowded": "{count} requests by mail were left: too many wait in {tab:requests} ({which}).",
    "late": "{count} answers are about meetings that are over or cancelled; nothing was changed"
    " ({which}).",
    "signed-up": "{count} have signed up by themselves ({which}).",
    "joining": "{count} who signed up are new; they are in {tab:inbox}, and are taken down once"
    " they are in {tab:people}.",
    "no-room": "{count} who have a place wanted more of them than there are; they keep theirs"
    " ({which}).",
    "sign-ups": "Sign-ups wait for a person in {tab:review} ({which}).",
    "stale": "{count} answers are older than one that has been taken down; nothing was changed"
    " ({which}).",
    "replayed": "{count} messages are the very same as earlier ones; nothing was changed"
    " ({which}).",
    "forged": "{count} messages claim to answer a letter that nobody had; nothing was changed"
    " ({which}).",
    "strange": "{count} messages are no answers to our letters; they were left as they are.",
    "departed": "{count} messages are from people who are in the register no more ({which}).",
    "hostile": "{count} messages cannot be read and were set aside ({which}).",
    "unread": "{count} messages could not be read: the process that reads them was ended from"
    " outside. The next run reads them ({which}).",
    "more": "{count} messages were read at once; the next run goes on with the others.",
    "places": "A place has become free in {which}: somebody is waiting for it.",
}
"""The sentences, by what became of messages; ``which`` are ids or the messages' keys."""

JOINING = _SENTENCES["joining"]
"""What is said of those who sign up and are new."""

MORE = _SENTENCES["more"]
"""What is said where there are more messages than one run reads."""


@dataclass(slots=True)
class CollectedNotes:
    """Collects what became of each message."""

    which: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, which: str) -> None:
        """Count one more."""
        self.which.setdefault(code, []).append(which)

    def count(self, code: str) -> int:
        """Return how many there are of a sort."""
        return len(self.which.get(code, ()))

    def notes(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield the sentences with their values, in the order of SENTENCES."""
        for code, sentence in _SENTENCES.items():
            if found := self.which.get(code):
                named = [*dict.fromkeys(found)]
                shown = [*named[:_NAMED], "…"] if len(named) > _NAMED else named
                yield sentence, {"count": len(found), "which": shown}
