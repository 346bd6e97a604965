"""A person's data in the files beside a register: state, reports, a rehearsal's letters."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from register.book.table import Book
from register.configuration.load import CONFIG_FILE
from register.disk import read_limited
from register.ports.store import Store
from register.privacy.erase import traits_of
from register.privacy.export import FileTrace
from register.privacy.places import personal_data_places
from register.privacy.search import NotAllSearched, texts_in
from register.privacy.subject import Subject, find_subject
from register.privacy.traces import owned_rows, traces
from register.run.session import Session
from register.state.personal import journalled_values, state_traces
from register.state.written_files import written_files, written_names
from register.stores.workbook import Workbook

NOT_SEARCHED = "…"
"""Marks a file that is too large or cannot be unpacked here, so may hold anything."""

_MOST = 512 * 1024 * 1024


def learn_subject(session: Session, book: Book, whom: str) -> Subject:
    """Return the person named by ``whom``, with earlier values of the person's rows."""
    known = find_subject(book, whom).learning(journalled_values(session.state))
    return replace(known, traits=traits_of(book, known))


def rows_of(book: Book, subject: Subject) -> frozenset[str]:
    """Return the ids of the rows that belong to the person alone; not those of ``cooperation``."""
    owned = owned_rows(book, subject)
    return frozenset(row for tab, rows in owned.items() if tab != "cooperation" for row in rows)


def generated_files(session: Session) -> list[Path]:
    """Return the existing files that the tool has made."""
    folders = [path for path in session.state.glob("*") if path.is_dir()]
    kept = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    outbox = session.mail.outbox
    letters = [path for path in outbox.rglob("*") if path.is_file()] if outbox.is_dir() else []
    return sorted({*written_files(session.state), *kept, *letters})


def peoples_files(session: Session) -> list[Path]:
    """Return people's own files beside the register: lists, copies, reports that were moved."""
    made, names = {*generated_files(session)}, written_names(session.state)
    store = session.store.path if isinstance(session.store, Workbook) else None
    return sorted(
        path
        for path in _below(session.beside)
        if path.is_file()
        and (path.parent == session.beside or path.name in names)
        and path not in made
        and path != store
        and path.name != CONFIG_FILE
    )


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and in its subfolders, except hidden subfolders."""
    for here, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        yield from (Path(here) / name for name in names)


def file_traces(
    session: Session, subject: Subject, rows: frozenset[str], known: Collection[Path] = ()
) -> list[FileTrace]:
    """Return the person's data in the state and in the files that the tool has made.

    ``known`` are files that have been searched already.
    """
    found = [
        FileTrace(one.file, personal_data_places().state_sort(one.file), _shown(one.values))
        for one in state_traces(session.state, subject, rows)
    ]
    found += [
        FileTrace(place, "words", {"new": text})
        for place, text in session.store.texts_beside()
        if subject.mentions(text)
    ]
    for path in generated_files(session):
        if path not in known and (said := mentions_in(path, subject.anywhere)):
            found.append(FileTrace(str(path), "words", {"new": ", ".join(said)}))
    return found


def places_in_register(store: Store, subject: Subject) -> list[str]:
    """Return the places of a register or a copy that hold data to be erased.

    Where neither the cells nor the texts beside them hold any, the bytes of a workbook are searched
    as well. A workbook too large to search whole then counts as clean: its parts have all been
    read.
    """
    left = [f"{t.tab} {t.row_id} {t.column}" for t in traces(store.read(), subject) if t.goes]
    left += [place for place, text in store.texts_beside() if subject.mentions(text)]
    if left or not isinstance(store, Workbook):
        return left
    return [store.name] if {*mentions_in(store.path, subject.pattern)} - {NOT_SEARCHED} else []


def mentions_in(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return the matches in a file, in any encoding: names, addresses, phones, ids.

    NOT_SEARCHED is among them if the file cannot be searched whole and so may hold anything.
    """
    if path.stat().st_size > _MOST:
        return [NOT_SEARCHED]
    found: dict[str, None] = {}
    try:
        for text in texts_in(read_limited(path, _MOST)):
            found |= dict.fromkeys(one[0] for one in pattern.finditer(text))
    except NotAllSearched:
        found[NOT_SEARCHED] = None
    return list(found)


def _shown(values: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in values.items() if text}
