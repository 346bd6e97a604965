"""``autopilot.py``: everything that is due in one run, each part separately.

A part is the work of another command. A part that fails is reported and does not stop the others.
The parts share one reading of the register: it is read again only after something was written to
it. Modules that only some runs need are imported where they are used, because most runs have
nothing to do.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NoReturn

import click

from register.book.errors import LeaseTaken, VerkostoError
from register.book.outcome import Outcome, cut_off_notes, first_exit_code, run_id
from register.book.table import Book
from register.disk import read_limited, remove_stale_scratch, write_private
from register.review.decisions import ERASE
from register.review.retention import decided_people
from register.rounds.mail_room import MailRoom
from register.rules import findings
from register.run.diagnosis import Advice
from register.run.exclusive import exclusive_session
from register.run.faults import describe_unforeseen, explain_fault, is_interrupted
from register.run.meetings import advance_and_write
from register.run.older_register import report_older_register
from register.run.options import Options
from register.run.printing import print_page, save_page
from register.run.requests import carry_out_requests
from register.run.session import Session, open_session, sentences_for
from register.run.spoken_language import spoken_language
from register.run.upkeep_checks import check_room
from register.show.lines import outcome_lines
from register.show.outcome import outcome_forms, outcome_values
from register.show.page_model import Page, json_text
from register.state.last_run import note_beginning, note_good_run, silent_since
from register.state.learned_levels import read_learning
from register.words.sentences import Sentences

_APART = timedelta(milliseconds=200)
"""Time between the parts' timestamps, so that each part is a separate run in the journal."""

_MOST = 1024

_FULL = 0.9
"""The share of a tab's most rows from which on each run that has something to tell tells it."""

_TOLD_AFTER = 21
"""Days after which a person not yet informed of the register gets a notice.

The law allows a month (GDPR art. 14(3)).
"""


@dataclass(frozen=True, slots=True)
class RunPart:
    """A part of a run: its verb and the function that does it."""

    verb: str
    work: Callable[[Session], Outcome]


@dataclass(frozen=True, slots=True)
class PartResult:
    """The result of a part: its outcome, or the fault that ended it."""

    verb: str
    outcome: Outcome | None = None
    fault: VerkostoError | None = None

    def exit_code(self, options: Options) -> int:
        """Return the exit code that the part's own command would have."""
        if self.fault:
            return self.fault.exit_code
        assert self.outcome  # noqa: S101, one of the two is there
        return self.outcome.exit_code(options.fail_on, detailed=options.detailed_exitcode)

    def is_news(self, say: Sentences, options: Options) -> bool:
        """Return True if a person should see this part; what the tool derives itself is no news.

        Findings are left to the digest, unless ``--fail-on`` asks for more than errors.
        """
        one = self.outcome
        return (
            one is None
            or (options.fail_on not in ("error", "never") and self.exit_code(options) == 1)
            or bool(one.failed or one.stopped or one.written.conflicts or one.files)
            or any(outcome_lines(one, say))
        )


def run_autopilot(options: Options) -> NoReturn:
    """Do everything that is due, print it and exit; without ``apply`` show what would be done."""
    with open_session(options) as session:
        _tell_silence(session)
        if options.apply:
            note_beginning(session.state, session.now)
            remove_stale_scratch(session.config.match.folder)
        done: list[PartResult] = []
        try:
            with exclusive_session(session) as shared:
                report_older_register(shared, shared.read())
                done += _run_parts(shared, _parts(shared))
        except VerkostoError as fault:  # at the end of the session: still print the parts' results
            if not done or isinstance(fault, LeaseTaken):
                raise
            done.append(PartResult("autopilot", fault=fault))
        if options.apply and not any(one.fault for one in done):
            note_good_run(session.state, session.now)
    _finish(done, options, sentences_for(options, spoken_language(())))


def _tell_silence(session: Session) -> None:
    """Print, even under cron, that no run has succeeded for longer than configured."""
    if days := _silent_days(session):
        said = session.say("No run had ended well for {count} days. This one goes on.", count=days)
        click.echo(said, err=True)


def _silent_days(session: Session) -> int:
    """Return the days since the last successful run, or 0 while they are within the limit."""
    at, most = silent_since(session.state), session.config.autopilot.silent_days
    return (session.now - at).days if at and session.now - at > timedelta(days=most) else 0


def _parts(session: Session) -> Iterator[RunPart]:
    """Yield the parts that the configuration asks for, in the order in which they run."""
    if decided_people(session.store.read(), ERASE):
        yield RunPart("privacy due", _erase_decided)
    yield RunPart("requests", carry_out_requests)
    yield RunPart("cleanup", _clean)
    if session.config.answers_come:
        yield RunPart("replies", _read_mailbox)
        if session.config.requests.senders:
            yield RunPart("requests", carry_out_requests)  # those that came by mail
    yield RunPart("invite advance", advance_and_write)
    if session.config.autopilot.lists:
        yield RunPart("lists", _keep_lists)
    automatic = session.config.letters.automatic
    if "digest" in automatic:
        yield RunPart("invite digest", _send_digest)
    if "freshness" in automatic:
        yield RunPart("invite freshness", _ask_freshness)
    ours = session.config.privacy
    if ours.automatic or ours.files_days:
        yield RunPart("privacy due", _keep_in_time)
    if "notice" in automatic:
        yield RunPart("invite notice", _tell_of_register)


def _read_mailbox(session: Session) -> Outcome:
    from register.run.answers import read_mailbox

    return read_mailbox(session)


def _keep_lists(session: Session) -> Outcome:
    """Rebuild the regional lists that are kept as tabs, if the organisations or people changed."""
    book = session.read()
    outcome = Outcome("lists", book)
    kept = session.state / "lists-digest"
    now = _digest(book, ("organisations", "people"))
    if _holds(kept, now):
        return outcome
    if not session.options.apply:
        return replace(outcome, notes=(("The regional lists would be made anew.", {}),))
    from register.lists.regional import regional_directory
    from register.lists.selection import Selection
    from register.show.listing import organisations_heading
    from register.show.own_tabs import directory_tabs

    say = Sentences(book.language)
    found = regional_directory(book, session.now.date(), language=say.language)
    title = organisations_heading(Selection(), say)
    tabs = session.store.keep_tabs(directory_tabs(found, say, title), apply=True, others=True)
    write_private(kept, now)
    said = ("The regional lists were made anew: {tabs}.", {"tabs": [*tabs.titles]})
    return replace(outcome, applied=True, notes=(said,))


def _digest(book: Book, tabs: Iterable[str], *besides: object) -> bytes:
    """Return a digest of these tabs and of ``besides``, to tell whether they have changed."""
    tables = [book.table(key) for key in tabs]
    told = [
        (one.columns, one.cells, one.numbers, one.formulas, one.notes, one.formats)
        for one in tables
    ]
    return blake2b(repr((told, besides)).encode("utf-8", "replace")).hexdigest().encode()


def _holds(file: Path, digest: bytes) -> bool:
    """Return True if a state file holds this digest."""
    with suppress(OSError):
        return read_limited(file, _MOST) == digest
    return False


def _run_parts(session: Session, parts: Iterator[RunPart]) -> Iterator[PartResult]:
    """Yield the result of each part; stop after a part at which the register cannot be read."""
    for number, part in enumerate(parts):
        this = replace(session, now=session.now + number * _APART)
        is_read = False
        try:
            this.store.read()
            is_read = True
            yield PartResult(part.verb, part.work(this))
        except LeaseTaken:
            raise
        except VerkostoError as fault:
            yield PartResult(part.verb, fault=fault)
        except Exception as fault:
            if is_interrupted(fault):
                raise
            if not (known := explain_fault(fault)) and session.options.verbose:
                traceback.print_exc()
            yield PartResult(part.verb, fault=known or describe_unforeseen(fault))
        if not is_read:
            return


def _clean(session: Session) -> Outcome:
    """Clean the register.

    The result depends only on the register, the configuration, the day and what was learned. If the
    last cleanup had nothing to do and none of these has changed, only the findings are reported
    again.
    """
    book, kept = session.read(), session.state / "clean-digest"
    besides = (
        *(book.language, session.config, session.now.date(), book.hashes is None),
        read_learning(session.state),
    )
    now = _digest(book, book.tables, *besides)
    if session.options.apply and book.cut_off is None and _holds(kept, now):
        found = findings(book, session.setting)
        outcome = Outcome("cleanup", book, run_id(session.now), findings=found, applied=True)
    else:
        from register.cleanup.cleanup import cleanup

        outcome = cleanup(book, session.now, session.orders(book), Sentences(book.language))
        outcome = session.carry_out(book, outcome)
        if outcome.applied and not (outcome.plan.changes or outcome.notes):
            write_private(kept, now)
    session.count(outcome)
    address = session.options.book or session.config.book.file
    room = check_room(book, address, session.now, share=_FULL)
    if isinstance(room, Advice):
        outcome = replace(outcome, notes=(*outcome.notes, room.said, room.remedy))
    return outcome


def _send_digest(session: Session) -> Outcome:
    from register.rounds.digest import send_digest

    link, silent = session.store.link, _silent_days(session)
    return _send_automatic(session, lambda room: send_digest(session.read(), room, link, silent))


def _ask_freshness(session: Session) -> Outcome:
    from register.rounds.freshness import send_freshness

    return _send_automatic(
        session, lambda room: send_freshness(session.read(), room, session.setting)
    )


def _tell_of_register(session: Session) -> Outcome:
    """Send notices to people not yet informed of the register, before the legal month is over."""
    from register.rounds.notices import send_notices

    return _send_automatic(
        session, lambda room: send_notices(session.read(), room, days=_TOLD_AFTER)
    )


def _erase_decided(session: Session) -> Outcome:
    """Erase the people whose erasure was decided, before other parts read or send anything."""
    from register.run.retention import erase_decided

    return erase_decided(session)


def _keep_in_time(session: Session) -> Outcome:
    """Do what the configuration automates about people kept too long and old files."""
    from register.run.retention import enforce_retention

    asked = session.config.privacy.automatic
    return enforce_retention(session, ask="ask" in asked, archive="archive" in asked)


def _send_automatic(session: Session, sending: Callable[[MailRoom], Outcome]) -> Outcome:
    """Send letters that the configuration allows without a person's agreement."""
    with session.mail.room() as room:
        return sending(replace(room, confirm=lambda wanted: wanted))


def _finish(done: list[PartResult], options: Options, say: Sentences) -> NoReturn:
    """Print the parts' results, and exit with the code that takes precedence."""
    code = first_exit_code({one.exit_code(options) for one in done})
    told = [one for one in done if one.is_news(say, options)] if options.cron else done
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


def _text(told: list[PartResult], options: Options, say: Sentences) -> str:
    texts = []
    for one in told:
        if one.outcome:
            notes = (*one.outcome.notes, *cut_off_notes(one.outcome))
            outcome = replace(one.outcome, notes=notes)
            page = outcome_forms(
                outcome, say, color=options.color, full=options.verbose, terse=options.terse
            )
            texts.append(page.forms["text"]())
        if fault := one.fault or (one.outcome and one.outcome.stopped):
            texts.append(f"{say.named('verb', one.verb)}: {say.error(fault)}")
    return "\n\n".join(texts)


def _json(done: list[PartResult], code: int, say: Sentences) -> str:
    parts = [
        {
            "part": one.verb,
            "fault": say.error(one.fault) if one.fault else None,
            **(outcome_values(one.outcome, say) if one.outcome else {}),
        }
        for one in done
    ]
    return json_text({"parts": parts, "exit_code": code})
