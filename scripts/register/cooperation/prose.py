"""Events in words: who, in which matter, what was agreed, what is open and by when."""

from collections.abc import Iterator
from datetime import date

from register.book.table import Book
from register.cooperation.events import CooperationEvent
from register.words.display import display_day, display_text
from register.words.sentences import Sentences

_LONGEST = 600


class Prose:
    """Words for one reader: names of rows, days, and the parts of an event.

    People in ``unnamed`` may not be named to the reader: their role is shown instead.
    """

    def __init__(
        self, book: Book, say: Sentences, *, unnamed: frozenset[str] = frozenset()
    ) -> None:
        self._book, self._say, self._unnamed = book, say, unnamed

    def safe(self, text: str) -> str:
        """Return a cell's text on one line that is safe to show, cut if it is very long."""
        return display_text(" ".join(text.split()), limit=_LONGEST)

    def day(self, iso: str) -> str:
        """Return ``12.3.2026`` for an ISO day, "–" for anything else."""
        try:
            return display_day(date.fromisoformat(iso))
        except ValueError:
            return "–"

    def org(self, row_id: str) -> str:
        """Return an organisation's name, '' if there is none."""
        return self.safe(self._book.row_name("organisations", row_id)) if row_id else ""

    def person(self, row_id: str) -> str:
        """Return a person's name; the role for a vacant post or an unnamed person."""
        row = self._book.table("people").row(row_id) if self._known(row_id) else {}
        name = f"{row.get('first', '')} {row.get('last', '')}".strip()
        if not name or row_id in self._unnamed:
            return self.safe(row.get("role", ""))
        return self.safe(name)

    def label(self, enum: str, key: str) -> str:
        """Return the label of a dropdown's key."""
        return self.safe(self._say.label(enum, key)) if key else ""

    def parties(self, event: CooperationEvent) -> str:
        """Return the parties: ``Espoon kaupunki / Maija Malli``."""
        return " / ".join(part for part in (self.org(event.org), self.person(event.person)) if part)

    def details(self, event: CooperationEvent) -> Iterator[str]:
        """Yield the agreement, the next step with its day, state and owner, earlier holders."""
        say = self._say
        if event.agreed:
            yield say("Agreed: {what}", what=self.safe(event.agreed))
        if event.next or event.due:
            yield say("Next: {step}", step=self._next(event))
        if event.state and (event.agreed or event.next or event.is_open):
            state = self.label("matter_state", event.state)
            owner = self.safe(event.owner)
            yield f"{state} – {owner}" if owner else state
        if chain := [who for giver in event.handed_from if (who := self.person(giver))]:
            yield say("Taken over from {name}", name=" ← ".join(chain))

    def still_open(self, event: CooperationEvent) -> str:
        """Return an open matter in one line: matter, parties, next step with its day, owner."""
        parts = [self.safe(event.matter), self.parties(event), self._next(event)]
        parts.append(self.safe(event.owner))
        return " – ".join(part for part in parts if part)

    def _next(self, event: CooperationEvent) -> str:
        say = self._say
        step = self.safe(event.next)
        if event.due:
            by = say("by {day}", day=self.day(event.due))
            return f"{step} ({by})" if step else by
        return step

    def _known(self, row_id: str) -> bool:
        return bool(row_id) and row_id in self._book.table("people")
