"""Requests: rows of the tab ``requests`` are claimed, carried out and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from register.autopilot.request_words import OF_A_PLACE, request_in_words
from register.autopilot.requests import (
    MOST_REQUESTS,
    Request,
    answer_request,
    ask_what,
    claim_requests,
    failed_requests,
    typed_request,
    waiting_requests,
)
from register.book.change import Change
from register.book.errors import ConfigError, TemporaryFailure, UsageError, VerkostoError
from register.book.outcome import Outcome, WriteOutcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.letters.campaign import campaign_name, message_id
from register.letters.mail_to_us import compose_mail_to_us
from register.replies.mail_requests import is_mail_request
from register.rounds.dispatch import DispatchResult, dispatch_letters
from register.rounds.mail_room import MailRoom
from register.rules.readings import choice_options
from register.run.apply_plan import apply_plan
from register.run.session import Session
from register.stores.looks import dropdown
from register.stores.read_once import ReadOnce
from register.values import choice
from register.words.sentences import Sentences

# What a request needs is imported only if one waits, so that other runs start fast.
if TYPE_CHECKING:
    from register.run.request_kinds import RequestAnswer

_STEP = timedelta(milliseconds=1)
"""Time between the writes of a request, each of which is a separate run in the journal."""


def carry_out_requests(session: Session) -> Outcome:
    """Carry out the waiting requests, each once; a request that fails says why in its row.

    Without ``apply``, only say what waits.
    """
    book = session.read()
    if session.options.apply and typed_request(book) and isinstance(session.store, ReadOnce):
        book = session.store.itself.read()  # the lease moves a typed request to a row of its own
    waiting = [*waiting_requests(book)][:MOST_REQUESTS]
    say = Sentences(book.language)
    if not session.options.apply:
        notes = tuple(_shown(one, say) for one in waiting)
        return Outcome("requests", book, run=run_id(session.now), notes=notes)
    desk = _Desk(session)
    desk.ask_what(say)
    for row_id in desk.claim(waiting):
        desk.handle(row_id)
    desk.tell_failed(say)
    return Outcome(
        "requests",
        book,
        run=run_id(session.now),
        plan=Plan.of(dict.fromkeys(desk.changes)),
        applied=True,
        written=WriteOutcome(tuple(desk.changes)),
        failed=desk.failed,
        notes=tuple(desk.notes),
        stopped=desk.stopped,
    )


class _Desk:
    """Carries out requests; keeps what was written, reported and failed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._steps: Iterator[int] = count()
        self.changes: list[Change] = []
        self.notes: list[Phrase] = []
        self.failed = 0
        self.stopped: VerkostoError | None = None

    def ask_what(self, say: Sentences) -> None:
        """Ask in rows that do not say what is to be done."""
        said = say("Choose in {column:requests.what} what is to be done; the next run does it.")
        self._write(ask_what(self._session.store.read(), said))

    def claim(self, waiting: Sequence[Request]) -> list[str]:
        """Mark requests as being done; return the ids of those that this run must do.

        A row that somebody is editing is left to the next run.
        """
        if not waiting:
            return []
        session = self._session
        plans = claim_requests(session.store.read(), waiting, session.now)
        changes = [change for plan in plans.values() for change in plan.changes]
        missed = self._write(Plan.of(changes, session.store.read().witnesses(changes)))
        return [row_id for row_id, plan in plans.items() if missed.isdisjoint(plan.changes)]

    def handle(self, row_id: str) -> None:
        """Carry out a request, and answer it in its row."""
        session = self._session
        book = session.store.read()
        say = Sentences(book.language)
        state, link = "done", ""
        try:
            sentence, link = self._carried_out(row_id, say)
        except TemporaryFailure as fault:
            self.stopped = fault
            state, sentence = (
                "doing",
                say("It goes on later: {fault}", fault=say.error_in_row(fault)),
            )
        except VerkostoError as fault:
            again = say(
                "Correct the row and empty {column:requests.state}: then it is tried again."
            )
            state, sentence = "failed", f"{say.error_in_row(fault)} {again}"
        answered = answer_request(session.store.read(), row_id, state, sentence, link, session.now)
        self._write(answered)
        self.notes.append(("{row}: {sentence}", {"row": row_id, "sentence": sentence}))

    def _carried_out(self, row_id: str, say: Sentences) -> tuple[str, str]:
        """Return the sentence that answers a request, and a link to its result or ''."""
        this = replace(self._session, now=self._moment())
        book = this.store.read()
        request, understood = _understood(book, Request.at(book, row_id), say)
        from register.run.request_kinds import do_request

        answer = do_request(this, book, request)
        if answer.outcome:
            self.changes += answer.outcome.written.changes
        msgid, values = answer.sentence
        sentence = f"{understood}{say(msgid, **values)}"
        if answer.files:
            sentence = f"{sentence} {self._mail(this, row_id, answer, sentence, say)}"
        link = ""
        if answer.link:
            this.store.read()
            link = this.store.link(*answer.link)
        return sentence, link

    def _mail(
        self, session: Session, row_id: str, answer: RequestAnswer, sentence: str, say: Sentences
    ) -> str:
        """Mail the files of an answer, once; return a sentence about where they went."""
        to = session.config.requests.to
        if not to:
            raise UsageError(
                "Nobody has said where answers go: write your own address under [requests] to in"
                " the configuration."
            )
        with session.mail.room() as room:
            done, states = self._post(session, room, "request", row_id, answer, sentence)
        if done.stopped:
            raise done.stopped
        if states & {"failed"}:
            said = " ".join(say(msgid, **values) for msgid, values in done.notes)
            raise UsageError("The letter to {to} failed. {said}", to=to, said=said)
        if states & {"unknown", "intent"}:
            return say("It may have gone to {to} or not; ask again if it did not come.", to=to)
        if room.rehearsal:
            msgid = "It was written to the folder {folder}; nobody has got it."
            return say(msgid, folder=room.outbox)
        return say("It was sent to {to}.", to=to)

    def tell_failed(self, say: Sentences) -> None:
        """Answer by mail, once each, the mailed requests that failed.

        People who ask by mail may not have the sheet at hand. If the mail itself cannot go, the
        rows say why, or a later run tries again.
        """
        session = self._session
        failed = [one for one in failed_requests(session.store.read()) if is_mail_request(one.by)]
        if not (failed and session.config.requests.to):
            return
        from register.run.request_kinds import RequestAnswer

        with suppress(ConfigError, UsageError), session.mail.room() as room:
            for one in failed:
                what = say.value("requests", "what", one.what)
                answer = RequestAnswer(
                    ("", {}), subject=f"{what} {one.area or one.topic or one.about}"
                )
                done, _ = self._post(session, room, "request-failed", one.id, answer, one.answer)
                self.stopped = self.stopped or done.stopped

    def _post(
        self,
        session: Session,
        room: MailRoom,
        kind: str,
        row_id: str,
        answer: RequestAnswer,
        said: str,
    ) -> tuple[DispatchResult, set[str]]:
        """Send an answer to the configured address, once; return the result and ledger states."""
        assert room.ledger is not None  # noqa: S101, a run with --apply has one
        to, name = session.config.requests.to, campaign_name("", kind, row_id)
        mail_id = message_id(name, row_id, room.tokens.of(name, row_id), room.sender.domain)
        words = (f"Verkosto: {answer.subject}", f"{said}\n\n{session.store.name}\n")
        letter = compose_mail_to_us(
            room.sender, to, words, answer.files, mail_id, session.now, request=row_id
        )
        listed = room.listed(name)
        done = dispatch_letters([letter], room.post, room.ledger, listed, room.limits, room.now)
        return done, {one.state for one in room.ledger.letters(listed)}

    def _write(self, plan: Plan) -> frozenset[Change]:
        """Write a plan for the tab of requests; return the changes that were left out."""
        if not plan.changes:
            return frozenset()
        session = self._session
        book = session.store.read()
        written = apply_plan(session.store, session.journal, self._moment(), book, plan, "requests")
        self.changes += written.changes
        return frozenset(one.change for one in written.conflicts)

    def _moment(self) -> datetime:
        return self._session.now + next(self._steps) * _STEP


def _understood(book: Book, request: Request, say: Sentences) -> tuple[Request, str]:
    """Return a request with its kind's key, and how free words were understood, or ''.

    Raises UsageError if its kind is not plain, or if the words lack an area or a topic.
    """
    column = schema().tab("requests").column("what")
    if read := choice.read(request.what, choice_options(book, column)).value:
        return replace(request, what=read), ""
    meant = request_in_words(book, request)
    if meant is None:
        offered = dropdown(column, book.language)
        words = offered.labels if offered else ()
        raise UsageError(
            "“{what}” is not known. It may be: {words}.", what=request.what, words=[*words]
        )
    kind = say.label("request", meant.what)
    if meant.what in OF_A_PLACE and not (meant.area or meant.topic):
        raise UsageError(
            "Write into {column} what “{what}” is about.",
            column=say.header("requests", "area"),
            what=kind,
        )
    about = ", ".join(filter(None, (meant.area, meant.topic, meant.about)))
    said = say("Understood as: {what}.", what=f"{kind} {about}".strip())
    return meant, f"{said} "


def _shown(request: Request, say: Sentences) -> Phrase:
    what = say.value("requests", "what", request.what)
    about = ", ".join(filter(None, (request.area, request.topic, request.about)))
    return "Asked for: {what} {about}", {"what": what, "about": about}
