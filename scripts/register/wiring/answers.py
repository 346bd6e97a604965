"""The mailbox's side of a run: messages are read, classified, and kept once the book is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from register.answers.limits import MOST
from register.answers.verdict import Verdict
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.book.table import Book
from register.config import MailboxSection
from register.errors import ConfigError
from register.flows.answers_said import MORE
from register.flows.contacts_import import import_rows
from register.flows.form_answers import form_messages, new_rows
from register.flows.known_letters import KnownLetters
from register.flows.receipts import send_receipts
from register.flows.replies import read_answers
from register.flows.reply_desk import Message
from register.intake.columns import guess
from register.intake.sheet import Sheet
from register.ports import Incoming, Mailbox, Memory
from register.post.classifier import Classifier
from register.post.imap import ImapMailbox, ImapServer
from register.post.maildir import LocalMailbox
from register.post.secrets import MAILBOX_VARIABLE, secret
from register.report.sentences import Sentences
from register.state.answers import NoMemory, SqliteMemory
from register.wiring.desk import Desk

VERB = "replies"


def read_mailbox(desk: Desk, mailbox: Path | None = None) -> Outcome:
    """Read the mailbox that is named, else the configuration's, and do what its messages ask for.

    Messages are marked as done only after the register has been written. Receipts are promised
    before that and go after it, with a later run where they cannot go now.
    """
    memory = _memory(desk)
    with _opened(desk, mailbox) as box:
        letters = desk.config.letters
        with Classifier(
            templates=desk.mail.may_have_gone,
            names=(letters.from_name, letters.organisation),
            server=desk.config.mailbox.authserv_id,
        ) as classifier:
            messages = [_message(one, classifier) for one in box.incoming(memory.known)]
        more = [(MORE, {"count": MOST})] if len(messages) == MOST else []
        with desk.mail.room() as room:
            book = desk.read()
            forms = _forms(desk, memory)
            messages += forms.messages
            read = read_answers(
                book,
                messages,
                room.ledger,
                KnownLetters(room.ledger, room.tokens),
                memory,
                desk.now,
                Sentences(book.language),
                desk.config.letters.automatic,
            )
            planned, joining = _joined(desk, book, read.outcome, forms)
            planned = replace(planned, notes=(*planned.notes, *more))
            if desk.options.apply:
                memory.owe(read.receipts)
            outcome = desk.carry_out(book, planned)
            if not outcome.applied:
                return outcome
            conflicts = [one.change.cell for one in outcome.written.conflicts]
            done = read.settled(conflicts)
            memory.keep([*done, *_settled(joining, conflicts)], read.answers)
            after = book.applied(outcome.written.changes)
            allowed = desk.config.letters.automatic
            owed = [one for one in memory.owed() if one.kind in allowed]
            receipts = send_receipts(after, owed, room)
            memory.paid(receipts.owed)
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


@dataclass(frozen=True, slots=True)
class _Forms:
    """What forms have brought: answers as messages, the list of those who join, keys by row."""

    messages: list[Message]
    joining: Sheet | None
    keys: dict[int, str]


def _forms(desk: Desk, memory: Memory) -> _Forms:
    """Read the responses tabs that the configuration names; rows that are done are left out."""
    answers, joins = desk.config.answer_form, desk.config.join_form
    messages: list[Message] = []
    if answers.tab:
        found = form_messages(desk.store.responses(answers.tab), answers, desk.now)
        messages = [one for one in found if not memory.known(one.key)]
    if not joins.tab:
        return _Forms(messages, None, {})
    sheet, keys = new_rows(desk.store.responses(joins.tab), joins.tab, memory.known)
    return _Forms(messages, sheet if keys else None, keys)


def _joined(
    desk: Desk, book: Book, outcome: Outcome, forms: _Forms
) -> tuple[Outcome, dict[str, str]]:
    """Return the outcome with the rows of those who join added, and their ids by key.

    One that cannot be taken in, such as one that is too long, has none.
    """
    sheet = forms.joining
    if sheet is None:
        return outcome, {}
    inbox = book.table("inbox")
    targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
    columns = guess(sheet, desk.config.join_form.map, targets)
    added, places = import_rows(book, sheet, columns, desk.now, source=sheet.name)
    plan = Plan.of([*outcome.plan.changes, *added.plan.changes], outcome.plan.witnesses)
    notes = (*outcome.notes, *added.notes)
    joined = replace(outcome, plan=plan, failed=outcome.failed + added.failed, notes=notes)
    return joined, {forms.keys[number]: row_id for number, row_id in places.items()}


def _settled(
    joining: Mapping[str, str], conflicts: Sequence[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """Return ``(key, print, kind)`` of those who join whose whole rows were written."""
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


def _memory(desk: Desk) -> Memory:
    if desk.options.apply or SqliteMemory.exists(desk.state):
        return SqliteMemory(desk.state)
    return NoMemory()


@contextmanager
def _opened(desk: Desk, mailbox: Path | None) -> Iterator[Mailbox]:
    ours = desk.config.mailbox
    if mailbox is not None:
        yield LocalMailbox(mailbox)
    elif ours.kind == "local":
        yield LocalMailbox(desk.beside / Path(ours.path).expanduser(), ours.done, ours.aside)
    elif ours.kind == "imap":
        with ImapMailbox(_server(desk, ours)) as box:
            yield box
    elif desk.config.answer_form.tab or desk.config.join_form.tab:
        yield NoMailbox()
    else:
        raise ConfigError(
            "The configuration does not say where answers come to.",
            remedy="Fill in [mailbox] (config.example.toml shows how), or name a Maildir, an mbox"
            " file or a folder of .eml files with --mailbox.",
        )


class NoMailbox:
    """Fulfils :class:`register.ports.Mailbox` where answers come by forms alone."""

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Yield nothing."""
        return iter(())

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Move nothing."""


def _server(desk: Desk, ours: MailboxSection) -> ImapServer:
    def path(name: str) -> Path | None:
        return (desk.beside / Path(name).expanduser()).absolute() if name else None

    return ImapServer(
        host=ours.host,
        port=ours.server_port,
        security=ours.security,
        user=ours.user,
        auth=ours.auth,
        secret=secret(path(ours.password_file), variable=MAILBOX_VARIABLE, section="mailbox"),
        folder=ours.folder,
        done=ours.done,
        aside=ours.aside,
        ca_file=path(ours.ca_file),
        timeout=ours.timeout,
    )
