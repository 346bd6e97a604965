"""``replies.py``: reads messages, classifies them, and settles them once the book is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from register.book.errors import ConfigError, UsageError
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.book.table import Book
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.letters.own_words import own_word_sources
from register.ports.mailbox import Incoming, Mailbox, MailboxState
from register.post.classifier import Classifier
from register.post.imap import ImapMailbox
from register.post.maildir import LocalMailbox
from register.replies.announce import JOINING, MORE
from register.replies.desk import Message
from register.replies.form_answers import form_messages, new_rows
from register.replies.limits import MOST_MESSAGES
from register.replies.replies import read_answers
from register.replies.sign_up import SignUp, form_sign_ups
from register.replies.sign_ups import SignUpResult, dismiss_sign_ups, new_sign_ups_by_meeting
from register.replies.verdict import Verdict
from register.rounds.known_letters import KnownLetters
from register.rounds.receipts import send_receipts
from register.run.attached_lists import all_rows_written, with_lists
from register.run.command_line import finish
from register.run.exclusive import exclusive_session
from register.run.mail import imap_server
from register.run.options import Options
from register.run.session import Session, open_session
from register.sources.files import read_form
from register.state.answers import SqliteMailboxState
from register.words.sentences import Sentences


def read_mailbox(session: Session, mailbox: Path | None = None) -> Outcome:
    """Read the given or else the configured mailbox, and do what its messages ask for.

    Messages are settled only after the register has been written. Receipts are recorded as owed
    before that and sent after it, or by a later run.
    """
    memory = _memory(session)
    book = session.read()
    with _opened(session, mailbox) as box:
        messages = _messages(session, book, box, memory)
        more = [(MORE, {"count": MOST_MESSAGES})] if len(messages) == MOST_MESSAGES else []
        with session.mail.room() as room:
            faults: list[UsageError] = []
            forms = _forms(session, memory, faults)
            messages += forms.messages
            read = read_answers(
                book,
                messages,
                room.ledger,
                KnownLetters(room.ledger, room.tokens),
                memory,
                session.now,
                Sentences(book.language),
                session.config.letters.automatic,
                _sign_ups(session, book, memory, faults),
                session.config.sign_up_form,
            )
            planned, joining = _joined(session, book, read.outcome, forms)
            planned = _with_newcomers(session, planned, read.sign_ups)
            planned, brought = with_lists(planned, messages, session.now)
            planned = _with_faults(replace(planned, notes=(*planned.notes, *more)), faults)
            if session.options.apply:
                memory.owe(read.receipts)
            outcome = session.carry_out(book, planned)
            if not outcome.applied:
                return outcome
            conflicts = [one.change.cell for one in outcome.written.conflicts]
            done = [
                one
                for one in read.settled(conflicts)
                if all_rows_written(one[0], brought, conflicts)
            ]
            memory.keep([*done, *_settled(joining, conflicts)], read.kept(conflicts))
            after = book.with_changes(outcome.written.changes)
            allowed = session.config.letters.automatic
            owed = [one for one in memory.owed() if one.kind in allowed]
            receipts = send_receipts(after, owed, room)
            memory.replace_owed(receipts.owed)
        box.settle(
            [key for key, _, kind in done if kind != "hostile" and not key.startswith("form:")],
            [key for key, _, kind in done if kind == "hostile"],
        )
    return replace(
        outcome,
        failed=outcome.failed + receipts.failed,
        notes=(*outcome.notes, *receipts.notes),
        stopped=receipts.stopped,
    )


def _messages(session: Session, book: Book, box: Mailbox, memory: MailboxState) -> list[Message]:
    """Return the mailbox's new messages, classified in a separate process."""
    letters = session.config.letters
    with Classifier(
        templates=(*session.mail.may_have_gone, own_word_sources(book)),
        names=(letters.from_name, letters.organisation),
        server=session.config.mailbox.authserv_id,
        askers=session.config.requests.senders,
    ) as classifier:
        return [_message(one, classifier) for one in box.incoming(memory.known)]


def _with_faults(outcome: Outcome, faults: Sequence[UsageError]) -> Outcome:
    """Return the outcome with the faults of forms as notes; each counts as failed."""
    told = [
        phrase
        for one in faults
        for phrase in ((one.message, one.values), *one.faults, (one.remedy, one.values))
    ]
    failed = outcome.failed + len(faults)
    return replace(outcome, notes=(*outcome.notes, *told), failed=failed)


@dataclass(frozen=True, slots=True)
class _Forms:
    """What forms have brought: answers as messages, and the list of people who join.

    ``keys`` maps a row number of the list to the key of the form's row.
    """

    messages: list[Message]
    joining: ListSheet | None
    keys: dict[int, str]


def _forms(session: Session, memory: MailboxState, faults: list[UsageError]) -> _Forms:
    """Read the configured tabs of form responses, without the rows that are done.

    The fault of a form is added to ``faults``; it stops neither the other forms nor the mail.
    """
    answers, joins = session.config.answer_form, session.config.join_form
    messages: list[Message] = []
    sheet, keys = None, dict[int, str]()
    with _told(faults):
        if answers.tab:
            found = form_messages(session.store.responses(answers.tab), answers, session.now)
            messages = [one for one in found if not memory.known(one.key)]
    with _told(faults):
        if joins.tab:
            rows = session.store.responses(joins.tab)
            sheet, keys = new_rows(rows, joins.tab, memory.known)
    return _Forms(messages, sheet if keys else None, keys)


@contextmanager
def _told(faults: list[UsageError]) -> Iterator[None]:
    """Add a UsageError to ``faults`` instead of stopping."""
    try:
        yield
    except UsageError as fault:
        faults.append(fault)


def _joined(
    session: Session, book: Book, outcome: Outcome, forms: _Forms
) -> tuple[Outcome, dict[str, str]]:
    """Return the outcome with the rows of people who join added, and the new row ids by key.

    A row that cannot be imported, such as one that is too long, has no id.
    """
    sheet = forms.joining
    if sheet is None:
        return outcome, {}
    columns = guess_columns(sheet, session.config.join_form.map, _targets(book))
    added, places = import_contacts(book, sheet, columns, session.now, source=sheet.name)
    plan = Plan.of([*outcome.plan.changes, *added.plan.changes], outcome.plan.witnesses)
    notes = (*outcome.notes, *added.notes)
    joined = replace(outcome, plan=plan, failed=outcome.failed + added.failed, notes=notes)
    return joined, {forms.keys[number]: row_id for number, row_id in places.items()}


def _sign_ups(
    session: Session, book: Book, memory: MailboxState, faults: list[UsageError]
) -> list[SignUp]:
    """Return the sign-ups of the configured form; rows that are done are only counted."""
    form = session.config.sign_up_form
    with _told(faults):
        if form.tab:
            rows: Sequence[Sequence[str]] = session.store.responses(form.tab)
        elif form.file:
            rows = read_form(session.beside / Path(form.file).expanduser(), session.language)
        else:
            return []
        return form_sign_ups(rows, form, _targets(book), memory.known, session.now)
    return []


def _with_newcomers(session: Session, outcome: Outcome, taken: SignUpResult) -> Outcome:
    """Return the outcome with new people who signed up added to ``inbox``, by meeting."""
    say, new = Sentences(outcome.book.language), 0
    for meeting, some in list(new_sign_ups_by_meeting(outcome.book, taken.joining)):
        book = outcome.book.with_changes(outcome.plan.changes)
        keys = [*dict.fromkeys(key for one in some for key in one.cells)]
        headers = tuple(say.header("inbox", key) for key in keys)
        rows = tuple(tuple(one.cells.get(key, "") for key in keys) for one in some)
        source = say("Sign-up: {meeting}", meeting=book.reference("meetings", meeting))
        sheet = ListSheet(source, headers, rows)
        columns = guess_columns(sheet, [f"{h}={k}" for h, k in zip(headers, keys, strict=True)])
        added, places = import_contacts(book, sheet, columns, session.now, source=source)
        new += sum(map(bool, places.values()))
        dismiss_sign_ups(taken, [one for at, one in enumerate(some) if at + 2 not in places])
        plan = Plan.of([*outcome.plan.changes, *added.plan.changes], outcome.plan.witnesses)
        outcome = replace(outcome, plan=plan, failed=outcome.failed + added.failed)
    notes = [(JOINING, {"count": new})] if new else []
    return replace(outcome, notes=(*outcome.notes, *notes))


def _targets(book: Book) -> list[str]:
    inbox = book.table("inbox")
    return [column.key for column in inbox.tab.columns if inbox.has(column.key)]


def _settled(
    joining: Mapping[str, str], conflicts: Sequence[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Return ``(key, print, kind)`` of the people who join whose whole rows were written."""
    left_out = {row_id for tab, row_id, _ in conflicts if tab == "inbox"}
    return [
        (key, key.split(":")[1], "join")
        for key, row_id in joining.items()
        if row_id not in left_out
    ]


def _message(one: Incoming, classifier: Classifier) -> Message:
    if one.data is None:
        mark = blake2b(one.key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        verdict = Verdict("hostile", said_at=one.received, status=one.fault, automatic=True)
        return Message(one.key, mark, verdict)
    mark = blake2b(one.data, digest_size=16).hexdigest()
    return Message(one.key, mark, classifier.verdict(one.data, one.received))


def _memory(session: Session) -> MailboxState:
    kept = session.options.apply or SqliteMailboxState.exists(session.state)
    return SqliteMailboxState(session.state if kept else None)


@contextmanager
def _opened(session: Session, mailbox: Path | None) -> Iterator[Mailbox]:
    ours = session.config.mailbox
    if mailbox is not None:
        yield LocalMailbox(mailbox)
    elif ours.kind == "local":
        yield LocalMailbox(session.beside / Path(ours.path).expanduser(), ours.done, ours.aside)
    elif ours.kind == "imap":
        with ImapMailbox(imap_server(ours, session.beside)) as box:
            yield box
    elif session.config.answers_come:
        yield NoMailbox()
    else:
        raise ConfigError(
            "The configuration does not say where answers come to.",
            remedy="Fill in [mailbox] (config.example.toml shows how), or name a Maildir, an mbox"
            " file or a folder of .eml files with --mailbox.",
        )


class NoMailbox:
    """Implements the port ``Mailbox`` where answers come only by forms."""

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Return no messages."""
        return iter(())

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Do nothing."""


def run_replies(options: Options, mailbox: Path | None) -> None:
    """Read the given or else the configured mailbox, print the outcome and exit."""
    if options.plan or options.plan_out:
        raise UsageError(
            "replies.py takes no saved plan: what it does goes with the messages of the mailbox.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
        )
    with open_session(options) as opened, exclusive_session(opened) as session:
        outcome = read_mailbox(session, mailbox)
    finish(outcome, options)
