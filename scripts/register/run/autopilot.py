"""``autopilot.py``: all that is due in one run, each part on its own.

A part is the flow of another command. One that fails is told and stops no other. The parts share
one reading of the register: it is read again only after something was written into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from typing import NoReturn

from register.autopilot.lease import Lease
from register.book.errors import AtWork, VerkostoError
from register.book.outcome import Outcome, cut_off_notes
from register.book.table import Book
from register.cleanup.cleanup import cleanup
from register.disk import read_bounded, write_private
from register.lists.regional import regional_directory
from register.lists.selection import Selection
from register.rounds.digest import send_digest
from register.rounds.freshness import send_freshness
from register.rounds.mail_room import MailRoom
from register.run.answers import answers_come, read_mailbox
from register.run.faults import explain_fault, is_interrupted
from register.run.meetings import advance
from register.run.options import Options
from register.run.printing import print_page, save_page
from register.run.requests import carry_out_requests
from register.run.session import Session, open_session
from register.show.lines import outcome_lines
from register.show.listing import organisations_heading
from register.show.outcome import outcome_values
from register.show.own_tabs import directory_tabs
from register.show.page_model import Page, json_text
from register.show.text import outcome_text
from register.state.computer import this_computer
from register.stores.read_once import ReadOnce
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

_APART = timedelta(milliseconds=200)
"""The parts' moments are so far apart that each is a run of its own in the journal."""

_MOST = 1024

_SETTLES = 1.0
"""Seconds after which it is seen which of two computers has the shared sheet."""

_FIRST = (2, 5, 4, 6, 75, 1, 3)
"""Exit codes; where several apply, the first of these."""

_UNFORESEEN = (
    "This should not have happened: {fault}. Give the same command with -v and send "
    "what it prints to whoever maintains your register."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a run: what it is called, and its flow."""

    verb: str
    work: Callable[[Session], Outcome]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a part: its outcome, or the fault that ended it."""

    verb: str
    outcome: Outcome | None = None
    fault: VerkostoError | None = None

    def exit_code(self, options: Options) -> int:
        """Return the code that its own command would have ended with."""
        if self.fault:
            return self.fault.exit_code
        assert self.outcome  # noqa: S101, one of the two is there
        return self.outcome.exit_code(options.fail_on, detailed=options.detailed_exitcode)

    def is_news(self, say: Sentences) -> bool:
        """Whether somebody should hear of it: what the tool derives for itself is no news."""
        one = self.outcome
        return (
            one is None
            or bool(one.failed or one.stopped or one.written.conflicts or one.files)
            or any(outcome_lines(one, say))
        )


def run_autopilot(options: Options) -> NoReturn:
    """Do all that is due; without ``apply`` show what would be done."""
    with open_session(options) as session:
        lease = _lease(session)
        store = ReadOnce(session.store, lease.hold)
        shared = replace(session, store=store, before_sending=lease.hold)
        shared.read()
        done = [*_run_parts(shared, _parts(shared))]
        lease.end()
        say = Sentences(options.lang or shared.store.read().language)
    _finish(done, options, say)


def _parts(session: Session) -> Iterator[Part]:
    """Yield the parts that this register's configuration asks for, in their order."""
    yield Part("requests", carry_out_requests)
    yield Part("cleanup", _clean)
    if answers_come(session.config):
        yield Part("replies", read_mailbox)
        if session.config.requests.senders:
            yield Part("requests", carry_out_requests)  # those that have come by mail
    yield Part("invite advance", advance)
    if session.config.autopilot.lists:
        yield Part("lists", _keep_lists)
    automatic = session.config.letters.automatic
    if "digest" in automatic:
        yield Part("invite digest", _send_digest)
    if "freshness" in automatic:
        yield Part("invite freshness", _ask_freshness)


def _keep_lists(session: Session) -> Outcome:
    """Make the regional lists anew as tabs, where who is in them has changed."""
    book = session.read()
    outcome = Outcome("lists", book)
    kept = session.state / "lists-digest"
    now = _digest(book)
    with suppress(OSError):
        if read_bounded(kept, _MOST) == now:
            return outcome
    if not session.options.apply:
        return replace(outcome, notes=(("The regional lists would be made anew.", {}),))
    say = Sentences(book.language)
    found = regional_directory(book, session.now.date(), language=say.language)
    title = organisations_heading(Selection(), say)
    tabs = session.store.keep_tabs(directory_tabs(found, say, title), apply=True, others=True)
    write_private(kept, now)
    said = ("The regional lists were made anew: {tabs}.", {"tabs": [*tabs.titles]})
    return replace(outcome, applied=True, notes=(said,))


def _digest(book: Book) -> bytes:
    """Return what tells whether the lists would be others."""
    rows = [sorted(book.table(key).records().items()) for key in ("organisations", "people")]
    return blake2b(repr(rows).encode(), digest_size=16).hexdigest().encode()


def _run_parts(session: Session, parts: Iterator[Part]) -> Iterator[Done]:
    """Yield what came of each part; a register that cannot be read any more ends them all."""
    for number, part in enumerate(parts):
        this = replace(session, now=session.now + number * _APART)
        this.store.read()
        try:
            yield Done(part.verb, part.work(this))
        except AtWork:
            raise
        except VerkostoError as fault:
            yield Done(part.verb, fault=fault)
        except Exception as fault:
            if is_interrupted(fault):
                raise
            yield Done(part.verb, fault=explain_fault(fault) or _unforeseen(fault))


def _lease(session: Session) -> Lease:
    """Return what keeps other computers from running at the same time."""
    settles = 0 if isinstance(session.store, Workbook) else _SETTLES
    computer = this_computer(session.state) if session.options.apply else ""
    return Lease(session.store, computer, session.now, settles)


class _Unforeseen(VerkostoError):
    """The program is at fault (exit 1)."""

    exit_code = 1


def _unforeseen(fault: Exception) -> VerkostoError:
    return _Unforeseen(_UNFORESEEN, fault=f"{type(fault).__name__}: {fault}")


def _clean(session: Session) -> Outcome:
    book = session.read()
    outcome = cleanup(book, session.now, session.orders(), Sentences(book.language))
    outcome = session.carry_out(book, outcome)
    session.count(outcome)
    return outcome


def _send_digest(session: Session) -> Outcome:
    def sending(room: MailRoom) -> Outcome:
        return send_digest(session.read(), room, session.store.link)

    return _send_automatic(session, sending)


def _ask_freshness(session: Session) -> Outcome:
    return _send_automatic(
        session, lambda room: send_freshness(session.read(), room, session.setting)
    )


def _send_automatic(session: Session, sending: Callable[[MailRoom], Outcome]) -> Outcome:
    """Send letters that the configuration lets go without a person's word."""
    with session.mail.room() as room:
        return sending(replace(room, confirm=lambda wanted: wanted))


def _finish(done: list[Done], options: Options, say: Sentences) -> NoReturn:
    """Print what came of the parts, and exit with the code that comes first."""
    codes = {one.exit_code(options) for one in done}
    code = next((one for one in _FIRST if one in codes), 0)
    told = [one for one in done if one.is_news(say)] if options.cron else done
    page = Page(
        "autopilot",
        {"text": lambda: _text(told, options, say), "json": lambda: _json(done, code, say)},
        saved=("json",),
    )
    if options.report_dir:
        save_page(page, options.report_dir)
    if told and not options.quiet:
        print_page(page, options)
    raise SystemExit(code)


def _text(told: list[Done], options: Options, say: Sentences) -> str:
    texts = []
    for one in told:
        if one.outcome:
            notes = (*one.outcome.notes, *cut_off_notes(one.outcome))
            outcome = replace(one.outcome, notes=notes)
            texts.append(outcome_text(outcome, say, color=options.color, full=options.verbose))
        if fault := one.fault or (one.outcome and one.outcome.stopped):
            texts.append(f"{say.named('verb', one.verb)}: {say.error(fault)}")
    return "\n\n".join(texts)


def _json(done: list[Done], code: int, say: Sentences) -> str:
    parts = [
        {
            "part": one.verb,
            "fault": say.error(one.fault) if one.fault else None,
            **(outcome_values(one.outcome, say) if one.outcome else {}),
        }
        for one in done
    ]
    return json_text({"parts": parts, "exit_code": code})
