"""``privacy.py erase``: somebody is taken out of the register and of all that the tool keeps.

What is to go is kept in the state until it is gone: a run that was cut off is gone on with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from register.book.cells import iso_minute
from register.book.change import Change
from register.book.errors import UsageError, VerkostoError
from register.book.hashes import Hashes
from register.book.log import log_rows
from register.book.outcome import run_id
from register.book.plan import Plan
from register.book.table import Book
from register.disk import read_bounded, write_private
from register.privacy.erase import REASON, erasure_plan, left_in_words, traits_of
from register.privacy.search import texts_in
from register.privacy.subject import Subject
from register.privacy.traces import Trace, traces
from register.review.retention import erased_question
from register.run.personal_files import (
    file_traces,
    learn_subject,
    made_files,
    mentions_in,
    own_files,
    rows_of,
)
from register.run.session import Session
from register.state.backups import SEALED, backups
from register.state.keys import register_key, register_keys
from register.state.personal import forget_in_state
from register.state.written_files import forget_files
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

ERASURE_FILE = "erasure.json"
_ROUNDS = 4
"""So often a cell that somebody edits meanwhile is tried again."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is taken away, or was; ``left`` names the places where something is left after it."""

    subject: Subject
    counts: Mapping[str, int]
    files: Sequence[tuple[Path, datetime]]
    words: Sequence[Trace]
    doubts: Sequence[Trace]
    others: Sequence[Path]
    applied: bool = False
    left: Sequence[str] = ()


def plan_erasure(session: Session, book: Book, whom: str) -> tuple[Subject, list[str], Erasure]:
    """Return who it is, what they are hashed by, and all that would go."""
    subject, traits = _begun(session.state)
    if subject is None or whom:
        try:
            found = learn_subject(session, book, whom)
        except UsageError:
            if subject is None:
                raise
            found = subject
        subject, traits = _united(subject, found), sorted({*traits, *traits_of(book, found)})
    rows = rows_of(book, subject)
    told = traces(book, subject)
    counts: dict[str, int] = {}
    for one in told:
        if one.how != "doubt" and one.left != one.text:
            counts[one.tab] = counts.get(one.tab, 0) + 1
    copies = {path for path in backups(session.state) if path.suffix != SEALED}
    named = [path for path in made_files(session) if any(True for _ in mentions_in(path, subject))]
    sealed = [path for path in backups(session.state) if path.suffix == SEALED]
    gone = [*(path for path in named if path not in copies), *sealed]
    if inside := copies.intersection(named):
        counts["backups"] = len(inside)
    for trace in file_traces(session, subject, rows):
        if not Path(trace.place).is_absolute() and trace.sort != "words":
            counts[trace.place] = counts.get(trace.place, 0) + 1
    beside = [text for _, text in session.store.texts_beside() if subject.mentions(text)]
    if beside:
        counts["beside"] = len(beside)
    erasure = Erasure(
        subject,
        counts,
        [(path, datetime.fromtimestamp(path.stat().st_mtime, session.now.tzinfo)) for path in gone],
        left_in_words(book, subject),
        [one for one in told if one.how == "doubt"],
        [path for path in own_files(session) if any(True for _ in mentions_in(path, subject))],
    )
    return subject, traits, erasure


def erase(session: Session, book: Book, whom: str) -> Erasure:
    """Take a person away, or go on with it; return what was done and what is left.

    The order is such that a run that is cut off anywhere is gone on with by the same command.
    """
    subject, traits, planned = plan_erasure(session, book, whom)
    if not session.options.apply:
        return planned
    register_key(session.state)
    hashes = Hashes(register_keys(session.state))
    rows = rows_of(book, subject) | _begun_rows(session.state)
    _begin(session.state, subject, traits, rows)
    _out_of_book(session, subject, traits, hashes, planned.words)
    own = [("people", one) for one in subject.ids] + [("inbox", one) for one in subject.cards]
    session.store.scrub(subject.redact, own)
    for path, _ in planned.files:
        path.unlink(missing_ok=True)
    for copy in backups(session.state):
        if copy.suffix != SEALED and any(True for _ in mentions_in(copy, subject)):
            _out_of_copy(copy, subject, session)
    forget_in_state(session.state, subject, rows, lambda text: hashes.made(f"mailbox:{text}"))
    forget_files(session.state)
    after = session.store.read()
    session.journal.remember(after)
    left = _left(session, after, subject)
    if not left:
        (session.state / ERASURE_FILE).unlink(missing_ok=True)
    return replace(planned, applied=True, left=left)


def _out_of_book(
    session: Session,
    subject: Subject,
    traits: Sequence[str],
    hashes: Hashes,
    words: Sequence[Trace],
) -> None:
    run, said = run_id(session.now), Sentences(session.language)

    def lines(changes: Sequence[Change], there: Book) -> Sequence[Mapping[str, str]]:
        told = [
            Change("people", one.row_id, "status", "", "archived", reason=REASON)
            for one in changes
            if one.tab == "people" and one.column == "status"
        ]
        moment = iso_minute(session.now)
        blank = {"old": "", "new": "", "col": "–"}
        return [{**line, **blank} for line in log_rows(told, run, moment, there)]

    session.journal.begin(run, "erase", session.now, Plan())
    for _ in range(_ROUNDS):
        book = session.store.read()
        plan = erasure_plan(book, subject, traits, hashes, session.now.date())
        asked = [
            change
            for one in words
            for change in erased_question(book, (one.tab, one.row_id, one.column), one.left, said)
        ]
        if not plan.changes:
            if asked:
                session.store.write(Plan.of(asked), lines)
            return
        session.store.write(plan, lines)


def _out_of_copy(path: Path, subject: Subject, session: Session) -> None:
    """Take a person out of a copy of the register; where that cannot be done the copy goes."""
    copy = Workbook(path, session.language)
    try:
        for _ in range(_ROUNDS):
            book = copy.read()
            plan = erasure_plan(book, subject, (), Hashes(), session.now.date())
            if not plan.changes:
                break
            copy.write(plan, lambda changes, there: [])
        own = [("people", one) for one in subject.ids] + [("inbox", one) for one in subject.cards]
        copy.scrub(subject.redact, own)
    except VerkostoError:
        path.unlink(missing_ok=True)
    if path.is_file() and any(True for _ in mentions_in(path, subject)):
        path.unlink()


def _left(session: Session, book: Book, subject: Subject) -> list[str]:
    """Return the places where the person still is: searched byte by byte, packed and encoded."""
    left = [
        f"{one.tab} {one.row_id} {one.column}"
        for one in traces(book, subject)
        if one.how != "doubt" and one.left != one.text
    ]
    left += [place for place, text in session.store.texts_beside() if subject.mentions(text)]
    kept = [path for path in session.state.rglob("*") if path.is_file()]
    for path in dict.fromkeys([*kept, *made_files(session)]):
        if path.name != ERASURE_FILE and any(True for _ in mentions_in(path, subject)):
            left.append(str(path))
    if isinstance(session.store, Workbook) and not left:
        data = session.store.path.read_bytes()
        if any(subject.pattern.search(text) for text in texts_in(data)):
            left.append(session.store.name)
    return list(dict.fromkeys(left))


def _begin(folder: Path, subject: Subject, traits: Sequence[str], rows: frozenset[str]) -> None:
    value = {
        "ids": list(subject.ids),
        "cards": list(subject.cards),
        "names": [list(name) for name in sorted(subject.names)],
        "addresses": sorted(subject.addresses),
        "phones": sorted(subject.phones),
        "shared": sorted(subject.shared),
        "traits": list(traits),
        "rows": sorted(rows),
    }
    write_private(folder / ERASURE_FILE, json.dumps(value, ensure_ascii=False).encode())


def _begun(folder: Path) -> tuple[Subject | None, list[str]]:
    """Return whom an erasure that was cut off is about, and what they are hashed by."""
    path = folder / ERASURE_FILE
    if not path.is_file():
        return None, []
    try:
        value = json.loads(read_bounded(path, 16 * 1024 * 1024))
        subject = Subject(
            tuple(value["ids"]),
            tuple(value["cards"]),
            frozenset((first, last) for first, last in value["names"]),
            frozenset(value["addresses"]),
            frozenset(value["phones"]),
            frozenset(value["shared"]),
        )
        return subject, [str(one) for one in value["traits"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(
            "{file} says whom an erasure that was cut off is about, and cannot be read.",
            remedy="Delete the file, and give the erasure again, by name or address.",
            file=str(path),
        ) from fault


def _begun_rows(folder: Path) -> frozenset[str]:
    path = folder / ERASURE_FILE
    if not path.is_file():
        return frozenset()
    return frozenset(json.loads(read_bounded(path, 16 * 1024 * 1024)).get("rows", ()))


def _united(one: Subject | None, other: Subject) -> Subject:
    if one is None:
        return other
    return Subject(
        tuple(dict.fromkeys((*one.ids, *other.ids))),
        tuple(dict.fromkeys((*one.cards, *other.cards))),
        one.names | other.names,
        one.addresses | other.addresses,
        one.phones | other.phones,
        one.shared | other.shared,
    )
