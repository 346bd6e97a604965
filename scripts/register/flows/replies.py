"""``replies.py``: what the messages of the mailbox say becomes rows of the register.

A message is believed where its token is one of ours, belongs to one letter, and the sender is whom
that letter went to. Where these disagree a person decides; where the token is nobody's nothing is
done. The newest answer wins, by the calendar's sequence, else by date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from register.answers.verdict import Verdict
from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.plan import Change
from register.book.table import Book
from register.fields.email import mailbox_key
from register.flows.answers_said import Said
from register.flows.apply import run_id
from register.flows.draft import Draft
from register.flows.known_letters import Known, KnownLetters, same_mailbox
from register.flows.projection import projected
from register.flows.questions import ban, decided, question, suggested
from register.flows.review import LEFT
from register.flows.tally import OPEN, REASON, places_left, tallies
from register.letters.audience import invitations
from register.ports import Answered, Ledger, Memory
from register.report.sentences import Sentences

Cell = tuple[str, str, str]

SENTENCES: Mapping[str, str] = {
    "mismatch": "An answer “{answer}” of {person} came from {address}, and the letter went to"
    " {mailbox}.",
    "please_stop": "{address} asks that {person} gets no more letters; the letter went to"
    " {mailbox}.",
    "comment": "{person} answered “{answer}” and added a few words.",
    "writes": "{person} writes. What do they say?",
    "delegated": "{person} passes the invitation on to {other}. Who is coming?",
    "counter": "{person} proposes another time.",
    "bounced_beyond": "The letter to {person} reached {mailbox} and came back from {address}.",
    "bounced": "The letter to {person} came back: {address} does not work. What is the right"
    " address?",
    "left": "The mailbox of {person} answers that they are there no more. Who comes in their"
    " place?",
}
"""What people are asked in Tarkista."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what the mailbox knows it by, the hash of its bytes, what it says."""

    key: str
    print: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Receipt:
    """A letter that repeats what was understood; ``number`` counts the person's answers."""

    kind: str
    person: str
    mailbox: str
    meeting: str
    given: str
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a reading of the mailbox comes to; it is kept once the register has been written.

    ``cells`` are those that each message would change, by its key.
    """

    outcome: Outcome
    messages: tuple[Message, ...] = ()
    answers: Mapping[tuple[str, str], Answered] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    cells: Mapping[str, frozenset[Cell]] = field(default_factory=dict)

    def settled(
        self, conflicts: Iterable[Cell] = (), owing: Collection[str] = ()
    ) -> list[tuple[str, str, str]]:
        """Return ``(key, print, kind)`` of the messages all of whose changes were written.

        ``owing`` are those whose receipt may still go: they are read again.
        """
        left_out = set(conflicts)
        return [
            (one.key, one.print, one.verdict.kind)
            for one in self.messages
            if one.key not in owing and left_out.isdisjoint(self.cells.get(one.key, ()))
        ]

    def counted(self, owing: Collection[str] = ()) -> dict[tuple[str, str], Answered]:
        """Return the answers to keep; one whose receipt is owed keeps its number for that."""
        open_ones = {(one.meeting, one.person) for one in self.receipts if one.message in owing}
        return {place: one for place, one in self.answers.items() if place not in open_ones}


def read_answers(
    book: Book,
    messages: Sequence[Message],
    ledger: Ledger | None,
    letters: KnownLetters,
    memory: Memory,
    now: datetime,
    say: Sentences,
    automatic: Collection[str] = (),
) -> Read:
    """Return what messages, and people's decisions about earlier ones, come to.

    ``automatic`` are the kinds of letters that may go without a release (receipt, unsubscribed).
    A second run over the same messages plans nothing.
    """
    desk = _Desk(book, letters, memory, now, say, frozenset(automatic))
    moment = now.replace(tzinfo=None).isoformat(timespec="minutes")
    for meeting in _meetings(book):
        desk.draft.propose(projected(book, meeting, ledger, now.tzinfo, rehearsal=False))
    desk.draft.propose(decided(book, say, moment, now.date()))
    for message in sorted(messages, key=lambda one: (one.verdict.said_at or now, one.key)):
        desk.take(message)
    desk.fill_places()
    desk.draft.propose(_by_hand(desk.draft.book))
    desk.draft.propose(tallies(desk.draft.book))
    said = desk.said
    outcome = Outcome(
        "replies",
        book,
        run=run_id(now),
        plan=desk.draft.plan(),
        failed=said.count("hostile"),
        notes=tuple(said.notes()),
    )
    cells = {key: frozenset(found) for key, found in desk.cells.items()}
    return Read(outcome, tuple(messages), desk.answers, tuple(desk.receipts), cells)


class _Desk:
    """Takes message after message; each sees the register as those before it leave it."""

    def __init__(
        self,
        book: Book,
        letters: KnownLetters,
        memory: Memory,
        now: datetime,
        say: Sentences,
        automatic: frozenset[str],
    ) -> None:
        self.draft, self.letters, self.memory = Draft(book), letters, memory
        self.now, self.say, self.automatic = now, say, automatic
        self.said = Said()
        self.answers: dict[tuple[str, str], Answered] = {}
        self.receipts: list[Receipt] = []
        self.cells: dict[str, set[Cell]] = {}
        self.prints: set[str] = set()
        self.touched: set[str] = set()
        self.by_mailbox = _people_by_mailbox(book)

    @property
    def book(self) -> Book:
        return self.draft.book

    def take(self, message: Message) -> None:
        """Do what one message asks for."""
        verdict = message.verdict
        if verdict.kind == "hostile":
            self.said.add("hostile", f"{message.key}: {verdict.status}")
            return
        if message.print in self.prints or self.memory.seen(message.print):
            self.said.add("replayed", message.key)
            return
        self.prints.add(message.print)
        known, doubtful = self.letters.find(verdict.tokens)
        other = known and verdict.meeting and verdict.meeting != known.meeting
        if other or (verdict.tokens and (known is None or doubtful)):
            self.said.add("forged", message.key)
        elif verdict.kind in _WITH_LETTER:
            if known:
                _WITH_LETTER[verdict.kind](self, message, known)
            else:
                self.said.add("forged" if verdict.tokens else "strange", message.key)
        else:
            self._without(message, known)

    def fill_places(self) -> None:
        """Give places that have become free to those who wait for one, the first first."""
        for meeting in sorted(self.touched):
            left = places_left(self.book, meeting)
            waiting = [
                (row_id, reference_id(row.get("person", "")), row.get("email", ""))
                for row_id, row in invitations(self.book, meeting)
                if row.get("rsvp") == "waitlisted"
            ]
            if left is None or left < 1 or not waiting:
                continue
            if "receipt" not in self.automatic:
                self.said.add("places", meeting)
                continue
            waiting.sort(key=lambda one: (self._since(meeting, one[1]), one[0]))
            for row_id, person, address in waiting[:left]:
                self._write("", "invitations", row_id, {"rsvp": "coming"})
                last = self._last(meeting, person)
                count = last.count + 1 if last else 1
                said_at = last.said_at if last else self.now
                sequence = last.sequence if last else -1
                self.answers[meeting, person] = Answered("coming", said_at, sequence, count)
                self._receipt("", person, mailbox_key(address), meeting, "coming", count)

    def _rsvp(self, message: Message, known: Known) -> None:
        verdict = message.verdict
        if not self._agrees(verdict, known):
            label = self.say.label("rsvp", verdict.answer)
            values = {"answer": label, "address": verdict.sender or "–", "mailbox": known.mailbox}
            self._ask(message, known, "answer", SENTENCES["mismatch"], values, guess=verdict.answer)
            return
        if not self._is_open(known.meeting):
            self.said.add("late", known.person)
            return
        row_id = self._row(known)
        if not row_id:
            self._ask(message, known, "answer", SENTENCES["writes"], {}, guess=verdict.answer)
            return
        self._answer(message, known, row_id)

    def _answer(self, message: Message, known: Known, row_id: str) -> None:
        verdict, place = message.verdict, (known.meeting, known.person)
        said_at = verdict.said_at or self.now
        last = self._last(*place)
        if last and _older(verdict.sequence, said_at, last):
            self.said.add("stale", known.person)
            return
        before = self.book.table("invitations").cell(row_id, "rsvp")
        given = verdict.answer
        if given == "coming" and before != "coming":
            left = places_left(self.book, known.meeting)
            given = "coming" if left is None or left > 0 else "waitlisted"
        self._write(message.key, "invitations", row_id, {"rsvp": given, "rsvp_via": verdict.via})
        count = last.count + 1 if last else 1
        sequence = max(verdict.sequence, last.sequence if last else -1)
        self.answers[place] = Answered(given, said_at, sequence, count)
        self.touched.add(known.meeting)
        self.said.add("answered", known.person)
        if verdict.comment:
            label = self.say.label("rsvp", verdict.answer)
            self._ask(message, known, "answer", SENTENCES["comment"], {"answer": label})
        if not verdict.automatic:
            self._receipt(message.key, known.person, known.mailbox, known.meeting, given, count)

    def _unsubscribe(self, message: Message, known: Known) -> None:
        verdict = message.verdict
        if not self._agrees(verdict, known):
            values = {"address": verdict.sender or "–", "mailbox": known.mailbox}
            self._ask(
                message, known, "answer", SENTENCES["please_stop"], values, guess="unsubscribe"
            )
            return
        changes = [*ban(self.book, known.mailbox, "request", self.now.date(), known.campaign)]
        self._propose(message.key, changes)
        self.said.add("unsubscribed", known.person)
        if changes and "unsubscribed" in self.automatic and not verdict.automatic:
            self.receipts.append(
                Receipt(
                    "unsubscribed", known.person, known.mailbox, "", "invitations", 1, message.key
                )
            )

    def _confirmed(self, message: Message, known: Known) -> None:
        people = self.book.table("people")
        if not self._agrees(message.verdict, known) or known.person not in people:
            self._ask(message, known, "answer", SENTENCES["writes"], {})
            return
        day = (message.verdict.said_at or self.now).astimezone(self.now.tzinfo).date()
        if people.cell(known.person, "verified_on") < day.isoformat():
            self._write(message.key, "people", known.person, {"verified_on": day.isoformat()})
        self.said.add("confirmed", known.person)

    def _bounce(self, message: Message, known: Known) -> None:
        verdict = message.verdict
        if verdict.recipient and not same_mailbox(verdict.recipient, known.mailbox):
            values = {"address": verdict.recipient, "mailbox": known.mailbox}
            self._ask(
                message,
                known,
                "bounce",
                SENTENCES["bounced_beyond"],
                values,
                seed=verdict.recipient,
            )
            return
        today = self.now.date()
        self._propose(message.key, ban(self.book, known.mailbox, "bounced", today, known.campaign))
        if row_id := self._row(known):
            self._write(message.key, "invitations", row_id, {"send_state": "bounced"})
        values = {"address": known.mailbox}
        self._ask(
            message, known, "bounce", SENTENCES["bounced"], values, seed=known.mailbox, quiet=True
        )
        self.said.add("bounced", known.person)

    def _delegated(self, message: Message, known: Known) -> None:
        self._ask(
            message,
            known,
            "answer",
            SENTENCES["delegated"],
            {"other": message.verdict.words or "–"},
        )

    def _counter(self, message: Message, known: Known) -> None:
        self._ask(message, known, "answer", SENTENCES["counter"], {})

    def _without(self, message: Message, known: Known | None) -> None:
        """Take what needs no token: it changes nothing, a person reads it or it is counted."""
        verdict = message.verdict
        if verdict.kind in ("temporary", "auto-reply"):
            if known:
                self.said.add(verdict.kind, known.person)
            else:
                self.said.add("strange", message.key)
            return
        if known is None and (people := self.by_mailbox.get(verdict.sender)):
            known = Known(people[0], verdict.sender, "", self._invited_to(people[0]))
        if known is None:
            self.said.add("strange", message.key)
        elif verdict.kind == "left":
            self._ask(message, known, "person_change", SENTENCES["left"], {}, seed=LEFT)
        else:
            self._ask(message, known, "answer", SENTENCES["writes"], {}, guess=verdict.guess)

    def _ask(
        self,
        message: Message,
        known: Known,
        kind: str,
        sentence: str,
        values: Mapping[str, object],
        *,
        guess: str = "",
        seed: str = "",
        quiet: bool = False,
    ) -> None:
        """Ask a person in Tarkista, unless the very same has been asked."""
        row_id = self._row(known) if kind == "answer" else ""
        row = ("invitations", row_id) if row_id else ("people", known.person)
        person = self.say.row(self.book, "people", known.person)
        left = (
            known.mailbox if kind == "bounce" else message.verdict.comment or message.verdict.words
        )
        self._propose(
            message.key,
            question(
                self.book,
                self.say,
                kind,
                row,
                self.say(sentence, person=person, **values),
                seed or message.print,
                left=left,
                right=self.say.row(self.book, "meetings", known.meeting) if known.meeting else "",
                suggestion=suggested(self.say, guess),
            ),
        )
        if not quiet:
            self.said.add("asked", known.person)

    def _agrees(self, verdict: Verdict, known: Known) -> bool:
        """Whether the sender is whom the letter went to; a form need not ask who they are."""
        if verdict.via == "form" and not verdict.sender:
            return True
        return same_mailbox(verdict.sender, known.mailbox)

    def _is_open(self, meeting: str) -> bool:
        table = self.book.table("meetings")
        if meeting not in table or table.cell(meeting, "state") not in OPEN:
            return False
        try:
            return date.fromisoformat(table.cell(meeting, "date")) >= self.now.date()
        except ValueError:
            return True

    def _row(self, known: Known) -> str:
        """Return the row of Kutsut of a letter, ''  where there is none."""
        found = [
            row_id
            for row_id, row in invitations(self.book, known.meeting)
            if reference_id(row.get("person", "")) == known.person
        ]
        return found[0] if found else ""

    def _invited_to(self, person: str) -> str:
        """Return the open meeting that a person is invited to, '' where it is not just one."""
        found = {
            reference_id(row.get("meeting", ""))
            for _, row in self.book.table("invitations").rows()
            if reference_id(row.get("person", "")) == person
        }
        still = [one for one in found if self._is_open(one)]
        return still[0] if len(still) == 1 else ""

    def _last(self, meeting: str, person: str) -> Answered | None:
        return self.answers.get((meeting, person)) or self.memory.answered(meeting, person)

    def _since(self, meeting: str, person: str) -> datetime:
        last = self._last(meeting, person)
        return last.said_at if last else self.now

    def _receipt(
        self, key: str, person: str, mailbox: str, meeting: str, given: str, number: int
    ) -> None:
        if "receipt" in self.automatic:
            self.receipts = [
                one
                for one in self.receipts
                if (one.kind, one.person, one.meeting) != ("receipt", person, meeting)
            ]
            self.receipts.append(Receipt("receipt", person, mailbox, meeting, given, number, key))

    def _write(self, key: str, tab: str, row_id: str, cells: Mapping[str, str]) -> None:
        table = self.book.table(tab)
        self._propose(
            key,
            [
                Change(tab, row_id, column, before, value, REASON)
                for column, value in cells.items()
                if (before := table.cell(row_id, column)) != value
            ],
        )

    def _propose(self, key: str, changes: Iterable[Change]) -> None:
        wanted = list(changes)
        self.cells.setdefault(key, set()).update(one.cell for one in wanted)
        self.draft.propose(wanted)


_WITH_LETTER: Mapping[str, Callable[[_Desk, Message, Known], None]] = {
    "rsvp": _Desk._rsvp,
    "unsubscribe": _Desk._unsubscribe,
    "confirmed": _Desk._confirmed,
    "bounce": _Desk._bounce,
    "delegated": _Desk._delegated,
    "counter": _Desk._counter,
}
"""What is done for a message that only counts with a token of ours."""


def _older(sequence: int, said_at: datetime, last: Answered) -> bool:
    """Whether an answer is older than the one that counts: by sequence, else by date."""
    if sequence >= 0 and last.sequence >= 0 and sequence != last.sequence:
        return sequence < last.sequence
    return said_at < last.said_at


def _meetings(book: Book) -> list[str]:
    return [row_id for row_id, _ in book.table("meetings").rows() if not row_id.startswith("#")]


def _people_by_mailbox(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person, row in book.table("people").rows():
        mailbox = mailbox_key(row.get("email", ""))
        if mailbox and row.get("status") not in ("merged", "archived"):
            found.setdefault(mailbox, []).append(person)
    return found


def _by_hand(book: Book) -> Iterable[Change]:
    """Yield Vastaustapa of the answers that a person has typed."""
    for row_id, row in book.table("invitations").rows():
        if row.get("rsvp") and not row.get("rsvp_via") and not row_id.startswith("#"):
            yield Change("invitations", row_id, "rsvp_via", "", "by_hand", REASON)
