"""Notes of a run over the mailbox: how many messages of each sort, and whose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from register.book.package_data import package_table

_NAMED = 5
"""The most that are named; the others are only counted."""

_SENTENCES: Mapping[str, str] = package_table("register.replies", "sentences")["announce"]
"""The sentences, by what became of a message; ``which`` are row ids or message keys."""

JOINING = _SENTENCES["joining"]
"""The sentence about people who sign up and are not in the register."""

MORE = _SENTENCES["more"]
"""The sentence that there are more messages than one run reads."""


@dataclass(slots=True)
class CollectedNotes:
    """Collects what became of each message."""

    which: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, which: str) -> None:
        """Count a message under a code; ``which`` is a row id or the message's key."""
        self.which.setdefault(code, []).append(which)

    def count(self, code: str) -> int:
        """Return how many messages a code has."""
        return len(self.which.get(code, ()))

    def notes(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield (msgid, values) for each code that has messages, in the order of the sentences."""
        for code, sentence in _SENTENCES.items():
            if found := self.which.get(code):
                named = [*dict.fromkeys(found)]
                shown = [*named[:_NAMED], "…"] if len(named) > _NAMED else named
                yield sentence, {"count": len(found), "which": shown}
