"""Where messages are handled: each sees the register with the changes of those before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from register.book.change import Change
from register.book.plan_builder import PlanBuilder
from register.book.table import Book
from register.letters.tally import OPEN_ANSWER, TALLY_REASON
from register.people.meetings import Invitation, Meeting
from register.people.records import Person
from register.ports.mailbox import AnswerOnRecord, MailboxState, Receipt
from register.replies.announce import CollectedNotes
from register.replies.verdict import Verdict
from register.review.mail_questions import mail_question, proposed_cells
from register.review.refusal_questions import suggestion_text
from register.rounds.known_letters import KnownLetter, KnownLetters, same_mailbox
from register.words.sentences import Sentences

RegisterCell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its key in the mailbox, the hash of its bytes (``print``), and its verdict."""

    key: str
    print: str
    verdict: Verdict


class ReplyDesk:
    """The result of the messages handled so far: planned changes, answers, receipts, notes."""

    def __init__(
        self,
        book: Book,
        letters: KnownLetters,
        memory: MailboxState,
        now: datetime,
        say: Sentences,
        automatic: frozenset[str],
    ) -> None:
        self.draft, self.letters, self.memory = PlanBuilder(book), letters, memory
        self.now, self.say, self.automatic = now, say, automatic
        self.said = CollectedNotes()
        self.answers: dict[tuple[str, str], AnswerOnRecord] = {}
        self.receipts: list[Receipt] = []
        self.cells: dict[str, set[RegisterCell]] = {}
        self.prints: set[str] = set()
        self.joining: list[Message] = []
        self.touched: set[str] = set()
        self.by_mailbox = _people_by_mailbox(book)

    @property
    def book(self) -> Book:
        """The register with everything that is planned so far."""
        return self.draft.book

    def ask(
        self,
        message: Message,
        known: KnownLetter,
        kind: str,
        sentence: str,
        values: Mapping[str, object],
        *,
        guess: str = "",
        seed: str = "",
        quiet: bool = False,
        cells: Mapping[str, str] | None = None,
    ) -> None:
        """Ask a person in ``review``, unless the same question has been asked.

        The proposal is a ``guess`` (an answer or "unsubscribe"), or ``cells`` of the invitation.
        ``seed`` makes two questions the same; by default it is the message's hash. ``quiet`` leaves
        the question out of the notes. If the person is no longer in the register, only a note says
        that they wrote.
        """
        row_id = self.invitation(known) if kind == "answer" else ""
        if not row_id and known.person not in self.book.table("people"):
            self.said.add("departed", known.person)
            return
        row = ("invitations", row_id) if row_id else ("people", known.person)
        person = self.say.row(self.book, "people", known.person)
        verdict = message.verdict
        words = (verdict.comment or verdict.words, self.details_without_cell(verdict, row_id))
        left = known.mailbox if kind == "bounce" else " · ".join(filter(None, words))
        self.propose(
            message.key,
            mail_question(
                self.book,
                self.say,
                kind,
                row,
                self.say(sentence, person=person, **values),
                seed or message.print,
                left=left,
                right=self.say.row(self.book, "meetings", known.meeting) if known.meeting else "",
                suggestion=proposed_cells(self.book, self.say, cells or {})
                or suggestion_text(self.say, guess),
            ),
        )
        if not quiet:
            self.said.add("asked", known.person)

    def keep_details(self, message: Message, row_id: str, *, party: int = 0) -> None:
        """Add the needs and question of an answer to its row, and set a given party size."""
        row, verdict = Invitation.at(self.book, row_id), message.verdict
        cells = {"needs": verdict.needs, "question": verdict.question}
        cells = {
            key: " · ".join(filter(None, (getattr(row, key), said)))
            for key, said in cells.items()
            if said and said not in getattr(row, key)
        }
        if party and party != row.heads:
            cells["party_size"] = str(party)
        has = self.book.table("invitations").has
        kept = {key: value for key, value in cells.items() if has(key)}
        self.write(message.key, "invitations", row_id, kept)

    def details_without_cell(self, verdict: Verdict, row_id: str = "") -> str:
        """Return the details of an answer that no cell of its row holds, or ''."""
        has, row = self.book.table("invitations").has, Invitation.at(self.book, row_id)
        said = (
            [] if has("needs") and (not row_id or verdict.needs in row.needs) else [verdict.needs]
        )
        if verdict.party > 1 and not has("party_size"):
            said.append(f"{self.say.header('invitations', 'party_size')}: {verdict.party}")
        return " · ".join(filter(None, said))

    def agrees(self, verdict: Verdict, known: KnownLetter) -> bool:
        """Whether the sender is the recipient of the letter; a form need not ask for an address."""
        return not self.stranger(verdict, known)

    def stranger(self, verdict: Verdict, known: KnownLetter) -> str:
        """Return the address that answers instead of the recipient, '' if none does.

        "–" stands for an unknown one. For a calendar's reply the sender and the attendee must both
        be the recipient.
        """
        if verdict.via == "form" and not verdict.sender:
            return ""
        if not same_mailbox(verdict.sender, known.mailbox):
            return verdict.sender or "–"
        attendee = verdict.recipient if verdict.via == "calendar" else ""
        return attendee if attendee and not same_mailbox(attendee, known.mailbox) else ""

    def is_open(self, meeting: str) -> bool:
        """Whether the meeting still takes answers: it is neither over nor cancelled.

        A meeting whose date cannot be read takes them.
        """
        row = Meeting.at(self.book, meeting)
        if row.state not in OPEN_ANSWER:
            return False
        try:
            return date.fromisoformat(row.date) >= self.now.date()
        except ValueError:
            return True

    def letter(self, verdict: Verdict) -> tuple[KnownLetter | None, bool]:
        """Return the letter that a message answers, or None, and whether its tokens are doubtful.

        They are if one of them is unknown, or they belong to different letters. If the recipient's
        row has been merged since, the letter names the row it was merged into.
        """
        known, doubtful = self.letters.find(verdict.tokens)
        if known:
            known = replace(known, person=Person.current_id(self.book, known.person))
        return known, doubtful

    def reader(self, address: str) -> KnownLetter | None:
        """Return a letter without campaign for a known sender, None for a stranger.

        It stands in for a letter where the message answers none.
        """
        people = self.by_mailbox.get(address)
        return KnownLetter(people[0], address, "", self.invited_to(people[0])) if people else None

    def invitation(self, known: KnownLetter) -> str:
        """Return the id of a letter's row in ``invitations``, '' if there is none."""
        found = [
            row.id
            for row in Invitation.to(self.book, known.meeting)
            if row.person_id == known.person
        ]
        return found[0] if found else ""

    def invited_to(self, person: str) -> str:
        """Return the only open meeting that a person is invited to, '' if none or several."""
        found = {
            row.meeting_id for row in Invitation.all(self.book).values() if row.person_id == person
        }
        still = [one for one in found if self.is_open(one)]
        return still[0] if len(still) == 1 else ""

    def current_answer(self, meeting: str, person: str) -> AnswerOnRecord | None:
        """Return the person's answer that counts so far, None before the first."""
        return self.answers.get((meeting, person)) or self.memory.last_answer(meeting, person)

    def last_answered(self, meeting: str, person: str) -> datetime:
        """Return when a person answered last; without an answer, now, which sorts last."""
        last = self.current_answer(meeting, person)
        return last.said_at if last else self.now

    def repeat(self, person: str, mailbox: str, meeting: str, given: str, number: int) -> None:
        """Plan a receipt that repeats an answer, if receipts may be sent unasked."""
        if "receipt" in self.automatic:
            self.receipts.append(Receipt("receipt", person, mailbox, meeting, given, number))

    def write(self, key: str, tab: str, row_id: str, cells: Mapping[str, str]) -> None:
        """Plan values for cells of a row on behalf of a message; equal values are no change."""
        table = self.book.table(tab)
        self.propose(
            key,
            [
                Change(tab, row_id, column, before, value, TALLY_REASON, group=f"answer {row_id}")
                for column, value in cells.items()
                if (before := table.cell(row_id, column)) != value
            ],
        )

    def propose(self, key: str, changes: Iterable[Change]) -> None:
        """Plan changes on behalf of a message; ``key`` is '' if they come from none."""
        wanted = list(changes)
        self.cells.setdefault(key, set()).update(one.cell for one in wanted)
        self.draft.propose(wanted)


def _people_by_mailbox(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person in Person.live(book):
        if person.mailbox:
            found.setdefault(person.mailbox, []).append(person.id)
    return found
