"""Retention: asks about people kept too long, carries out decisions, deletes old files.

It runs in ``privacy.py due`` and the nightly run; the configuration says what is automatic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from register.book.change import Change
from register.book.outcome import Outcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.people.records import Person
from register.privacy.retention import DuePerson, Retention, overdue_people
from register.review.decisions import ERASE
from register.review.retention import decided_people, retention_question, uninformed_question
from register.rounds.notices import uninformed_people
from register.run.erasure import erase_person
from register.run.session import Session
from register.state.written_files import forget_files, written_files
from register.stores.read_once import ReadOnce
from register.words.sentences import Sentences

_MONTH = timedelta(days=30)
_APART = timedelta(milliseconds=1)
"""Time between the timestamps of erasures, each of which is a separate run in the journal."""

_DOOR = ("participants.html", "participants.xlsx")
"""The files that ``invite.py participants`` writes."""

_HEADERS = 8 * 1024
"""Bytes searched at the start of a letter's file for the header that only this tool writes."""


def erase_decided(session: Session) -> Outcome:
    """Erase the people whose erasure was decided.

    This comes before everything else in a run, so that nothing else reads, prints or writes their
    data.
    """
    gone = list(_erased(session))
    notes, left = tuple(note for note, _ in gone), sum(left for _, left in gone)
    return Outcome("due", session.read(), notes=notes, failed=left)


def enforce_retention(session: Session, *, ask: bool, archive: bool = False) -> Outcome:
    """Do what is due about people kept too long, and delete old files.

    With ``archive`` each such person is archived; otherwise with ``ask`` a question is asked about
    each. With ``ask`` people not informed of the register become a question, too.
    """
    book = session.read()
    days = session.config.privacy.files_days
    files = list(_old_files(session, days)) if days else []
    found = overdue_people(book, retention_of(session), session.now.date())
    untold = _untold(session, book)
    changes = list(_changes(session, book, found, untold, ask=ask, archive=archive))
    notes: list[Phrase] = []
    if found:
        msgid = "{count} people have been kept as long as they may be unconfirmed."
        notes.append((msgid, {"count": len(found)}))
    if untold:
        msgid = "{count} people were added over a month ago and have not been told of it: {command}"
        notes.append((msgid, {"count": len(untold), "command": "python3 scripts/invite.py notice"}))
    if files:
        msgid = "{count} files with people in them are older than {days} days."
        if session.options.apply:
            msgid = "{count} files with people in them were older than {days} days, and are gone."
        notes.append((msgid, {"count": len(files), "days": days}))
    outcome = Outcome("due", book, run_id(session.now), plan=Plan.of(changes), notes=tuple(notes))
    outcome = session.carry_out(book, outcome)
    if session.options.apply:
        for path in files:
            path.unlink(missing_ok=True)
        forget_files(session.state)
    return outcome


def retention_of(session: Session) -> Retention:
    """Return how long people are kept, from the configuration."""
    ours = session.config.privacy
    return Retention(
        ours.retention_months,
        {str(group): months for group, months in ours.retention_by_group.items()},
        ours.needs_days,
    )


def _erased(session: Session) -> Iterator[tuple[Phrase, int]]:
    """Erase people as decided; yield a note on each, and the number of places still left."""
    for number, person in enumerate(decided_people(session.read(), ERASE), start=1):
        if not session.options.apply:
            msgid = "{person} would be erased, as {tab:review} has it."
            yield (msgid, {"person": person}), 0
            continue
        store = session.store.itself if isinstance(session.store, ReadOnce) else session.store
        earlier = session.now - number * _APART
        done = erase_person(replace(session, store=store, now=earlier), store.read(), person)
        msgid = "{person} has been erased, as {tab:review} had it."
        if done.left:
            msgid = (
                "{person} has been erased but for {places}: python3 scripts/privacy.py erase "
                "--apply goes on with it."
            )
        yield (msgid, {"person": person, "places": len(done.left)}), len(done.left)


def _changes(
    session: Session,
    book: Book,
    found: Sequence[DuePerson],
    untold: Sequence[str],
    *,
    ask: bool,
    archive: bool,
) -> Iterator[Change]:
    say, live = Sentences(book.language), {one.id for one in Person.live(book)}
    for one in found[: session.options.limit]:
        if archive and one.row_id in live:
            status = book.table("people").cell(one.row_id, "status")
            yield Change("people", one.row_id, "status", status, "archived", "retention", "retire")
        elif ask:
            yield from retention_question(book, one.row_id, one.seen, say)
    if ask and untold:
        yield from uninformed_question(book, f"{session.now:%Y-%m}", len(untold), say)


def _untold(session: Session, book: Book) -> list[str]:
    """Return people in the register for a month who can be informed of it and have not been."""
    with session.mail.ledger() as ledger:
        notices = ledger.notices() if ledger else ()
        found = uninformed_people(book, notices, (session.now - _MONTH).date())
    return [one for one in found if Person.all(book)[one].mailbox]


def _old_files(session: Session, days: int) -> Iterator[Path]:
    """Yield participant lists and a rehearsal's letters that are older than ``days``."""
    outbox = session.mail.outbox
    written = [path for path in written_files(session.state) if path.name in _DOOR]
    letters = sorted(outbox.glob("*.eml")) if outbox.is_dir() else []
    for path in (*written, *(one for one in letters if _is_ours(one))):
        at = datetime.fromtimestamp(path.stat().st_mtime, session.now.tzinfo)
        if session.now - at > timedelta(days=days):
            yield path


def _is_ours(path: Path) -> bool:
    """Return True if this tool wrote a letter's file."""
    try:
        with path.open("rb") as file:
            headers = re.split(rb"\r?\n\r?\n", file.read(_HEADERS), maxsplit=1)[0]
    except OSError:
        return False
    return b"\nX-Campaign-ID: " in headers
