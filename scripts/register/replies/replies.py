"""``replies.py``: turns the messages of the mailbox into changes of the register."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from register.book.change import Change
from register.book.outcome import Outcome, run_id
from register.book.table import Book
from register.configuration.forms import SignUpForm
from register.letters.tally import TALLY_REASON, tally_changes
from register.people.meetings import Invitation
from register.ports.ledger import Ledger
from register.ports.mailbox import AnswerOnRecord, MailboxState, Receipt
from register.replies.desk import Message, RegisterCell, ReplyDesk
from register.replies.kinds import fill_places, handle_message
from register.replies.sign_up import SignUp, mail_sign_ups
from register.replies.sign_ups import SignUpResult, meetings_with_sign_ups, take_sign_ups
from register.review.life_cycle import report_answers, settle_questions
from register.review.mail_questions import is_from_mail, mail_questions
from register.review.orders import carry_out
from register.review.urgency import with_urgency
from register.rounds.known_letters import KnownLetters
from register.rounds.projection import changes_from_ledger
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """The result of reading the mailbox, to be remembered once the register has been written.

    ``cells`` are those that each message would change, by message key.
    """

    outcome: Outcome
    messages: tuple[Message, ...] = ()
    answers: Mapping[tuple[str, str], AnswerOnRecord] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    cells: Mapping[str, frozenset[RegisterCell]] = field(default_factory=dict)
    sign_ups: SignUpResult = field(default_factory=SignUpResult)

    def settled(self, conflicts: Iterable[RegisterCell] = ()) -> list[tuple[str, str, str]]:
        """Return ``(key, print, kind)`` of the messages whose changes were all written.

        ``conflicts`` are the cells that were not written.
        """
        left_out = set(conflicts)
        joined = {(one.key, one.print) for one in self.sign_ups.settled()}
        waiting = {one.key for one in (*self.sign_ups.waiting, *self.sign_ups.joining)}
        told = {
            (one.key, one.print): one.verdict.kind
            for one in self.messages
            if one.verdict.kind != "unread" and one.key not in waiting
        }
        return [
            (key, print_, kind)
            for (key, print_), kind in {**dict.fromkeys(joined, "sign-up"), **told}.items()
            if left_out.isdisjoint(self.cells.get(key, ()))
        ]

    def kept(self, conflicts: Iterable[RegisterCell]) -> Mapping[tuple[str, str], AnswerOnRecord]:
        """Return the answers to remember.

        Those whose rows were not written are left out: their messages are read again.
        """
        rows = {row for tab, row, _ in conflicts if tab == "invitations"}
        every = Invitation.all(self.outcome.book)
        left_out = {(every[row].meeting_id, every[row].person_id) for row in rows & every.keys()}
        return {place: one for place, one in self.answers.items() if place not in left_out}


def read_answers(
    book: Book,
    messages: Sequence[Message],
    ledger: Ledger | None,
    letters: KnownLetters,
    memory: MailboxState,
    now: datetime,
    say: Sentences,
    automatic: Collection[str] = (),
    sign_ups: Sequence[SignUp] = (),
    form: SignUpForm | None = None,
) -> AnswersRead:
    """Return the result of messages, and of people's decisions about earlier ones.

    ``automatic`` are the kinds of letters that may be sent without a release (receipt,
    unsubscribed). Messages of the same moment are read in the order given. A second run over the
    same messages plans nothing.
    """
    desk = ReplyDesk(book, letters, memory, now, say, frozenset(automatic))
    moment = now.replace(tzinfo=None).isoformat(timespec="minutes")
    for meeting in _meetings(book):
        desk.draft.propose(changes_from_ledger(book, meeting, ledger, now.tzinfo, rehearsal=False))
    decided = carry_out(desk.draft.book, mail_questions(desk.draft.book, now.date(), say), say)
    desk.draft.propose(decided.changes)
    for message in sorted(messages, key=lambda one: one.verdict.said_at or now):
        handle_message(desk, message)
    every = [*sign_ups, *mail_sign_ups(desk.joining, now)]
    fill_places(desk, meetings_with_sign_ups(desk.book, every))
    taken = take_sign_ups(desk, every, form or SignUpForm())
    desk.draft.propose(_by_hand(desk.draft.book))
    today = now.date()
    asked = with_urgency(desk.draft.book, today, mail_questions(desk.draft.book, today, say))
    verdicts = list(
        settle_questions(desk.draft.book, asked, decided, moment, say, mine=is_from_mail)
    )
    desk.draft.propose(verdicts)
    desk.draft.propose(tally_changes(desk.draft.book))
    said = desk.said
    outcome = Outcome(
        "replies",
        book,
        run=run_id(now),
        plan=desk.draft.plan(),
        failed=said.count("hostile") + said.count("unread"),
        notes=(*said.notes(), *report_answers(desk.draft.book, verdicts, say)),
    )
    cells = {key: frozenset(found) for key, found in desk.cells.items()}
    return AnswersRead(outcome, tuple(messages), desk.answers, tuple(desk.receipts), cells, taken)


def _meetings(book: Book) -> list[str]:
    return [row_id for row_id in book.table("meetings").numbers if not row_id.startswith("#")]


def _by_hand(book: Book) -> Iterable[Change]:
    """Yield the changes that set Vastaustapa (``rsvp_via``) of answers that a person has typed."""
    for row_id, row in book.table("invitations").rows():
        if row.get("rsvp") and not row.get("rsvp_via") and not row_id.startswith("#"):
            yield Change("invitations", row_id, "rsvp_via", "", "by_hand", TALLY_REASON)
