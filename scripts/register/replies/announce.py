"""What a run over the mailbox has to say: how many messages of each sort, and whose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from register.book.package_data import package_table

_NAMED = 5
"""So many are named; the others are counted."""

_SENTENCES: Mapping[str, str] = package_table("register.replies", "sentences")["announce"]
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
