"""Finds what the state's files hold about a person, and removes it.

Every table of every SQLite file and every text of every JSON file is searched, so files that a
later version adds are covered too.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from register.book.errors import UsageError
from register.disk import read_limited, write_private
from register.privacy.subject import Earlier, Subject
from register.state.judged import forget_judgements
from register.values.email import mailbox_key

_MOST = 512 * 1024 * 1024
_SIDES = ("-journal", "-wal", "-shm")
"""Files that SQLite makes beside a database, and removes by itself."""

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class StateTrace:
    """Data about a person in a state file: where it is, and its text by column.

    ``table`` is '' in a JSON file.
    """

    file: str
    table: str
    values: Mapping[str, str]


def journalled_values(folder: Path) -> Iterator[Earlier]:
    """Yield all cell values in the journal's plans: they tell a person's earlier data."""
    path = folder / "journal.sqlite"
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, timeout=30)) as db:
        for (text,) in db.execute("select plan from run"):
            for entry in _plan(text).get("changes", ()):
                tab, row_id, column = (str(entry.get(k, "")) for k in ("tab", "row_id", "column"))
                for side in ("before", "after"):
                    yield tab, row_id, column, str(entry.get(side, ""))


def state_traces(folder: Path, subject: Subject, rows: Collection[str]) -> list[StateTrace]:
    """Return what the state's files hold about a person; ``rows`` are the ids of all their rows."""
    found: list[StateTrace] = []
    for path in _files(folder):
        if _is_sqlite(path):
            found += _in_database(path, subject, rows)
        elif path.suffix == ".json" and path.name != "erasure.json":
            texts = list(_texts(_read_json(path)))
            found += [
                StateTrace(path.name, "", {"": text}) for text in texts if subject.mentions(text)
            ]
    return found


def forget_in_state(
    folder: Path, subject: Subject, rows: Collection[str], hashed: Callable[[str], str]
) -> None:
    """Remove a person from the state's files; ``hashed`` maps an address to its replacement.

    The databases are rewritten, so that no free page and no leftover log keeps the old data. After
    an interruption, another call completes the work.
    """
    forget_judgements(folder)
    for path in _files(folder):
        if _is_sqlite(path):
            _forget_in_database(path, subject, rows, hashed)
        elif path.suffix == ".json" and path.name != "erasure.json":
            value = _read_json(path)
            left = _replaced(value, subject.redact)
            if left != value:
                whole = left if isinstance(left, _Damaged) else json.dumps(left, ensure_ascii=False)
                write_private(path, whole.encode())


class _Damaged(str):
    """The text of a JSON file that cannot be parsed: it is searched as it is."""

    __slots__ = ()


def _read_json(path: Path) -> Any:  # noqa: ANN401 (JSON)
    text = read_limited(path, _MOST).decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return _Damaged(text)


def _files(folder: Path) -> list[Path]:
    """Return the files directly in the state folder, not those in its subfolders."""
    every = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in every if path.is_file() and not path.name.endswith(_SIDES)]


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _in_database(path: Path, subject: Subject, rows: Collection[str]) -> Iterator[StateTrace]:
    with closing(sqlite3.connect(path, timeout=30)) as db:
        for table, columns in _tables(db):
            for values in db.execute(f'select {_named(columns)} from "{table}"'):  # noqa: S608
                row = {
                    key: value
                    for key, value in zip(columns, values, strict=True)
                    if isinstance(value, str)
                }
                if "plan" in row and table == "run":
                    for change in _own_changes(row.pop("plan"), subject, rows):
                        yield StateTrace(path.name, table, {**row, **change})
                elif any(value in rows or subject.mentions(value) for value in row.values()):
                    yield StateTrace(path.name, table, row)


def _own_changes(text: str, subject: Subject, rows: Collection[str]) -> Iterator[dict[str, str]]:
    for change in _plan(text).get("changes", ()):
        if change.get("row_id") in rows or any(
            subject.mentions(str(change.get(key, ""))) for key in ("before", "after")
        ):
            keys = ("tab", "row_id", "column", "before", "after")
            yield {key: str(change.get(key, "")) for key in keys}


def _forget_in_database(
    path: Path, subject: Subject, rows: Collection[str], hashed: Callable[[str], str]
) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as db:
            db.execute("pragma journal_mode = delete")
            db.execute("pragma secure_delete = on")
            db.execute("begin immediate")
            for table, columns in _tables(db):
                _forget_in_table(db, table, columns, subject, rows, hashed)
            db.execute("commit")
            db.execute("vacuum")
    except sqlite3.Error as fault:
        raise UsageError(
            "{file} cannot be written, so somebody who is to be erased is still in it ({fault}).",
            remedy="Give the same command again: it goes on where it was.",
            file=str(path),
            fault=fault,
        ) from fault


def _forget_in_table(
    db: sqlite3.Connection,
    table: str,
    columns: list[str],
    subject: Subject,
    rows: Collection[str],
    hashed: Callable[[str], str],
) -> None:
    if table == "mark":
        db.execute("delete from mark")
        return
    if table == "receipt" and {"person", "mailbox"} <= set(columns):
        for row_id in subject.ids:
            db.execute("delete from receipt where person = ?", (row_id,))
        for mailbox in subject.mailboxes:
            db.execute("delete from receipt where lower(mailbox) = ?", (mailbox,))
    for column in columns:
        query = f'select distinct "{column}" from "{table}" where typeof("{column}") = \'text\''  # noqa: S608
        for (text,) in db.execute(query).fetchall():
            if column == "plan" and table == "run":
                left = _without_rows(text, subject, rows)
            elif mailbox_key(text) in subject.mailboxes:
                left = hashed(text)
            else:
                left = subject.redact(text)
            if left != text:
                update = f'update "{table}" set "{column}" = ? where "{column}" = ?'  # noqa: S608
                db.execute(update, (left, text))


def _without_rows(text: str, subject: Subject, rows: Collection[str]) -> str:
    """Return a plan's JSON without the values of the person's rows, their name redacted."""
    plan = _plan(text)
    for change in plan.get("changes", ()):
        if change.get("row_id") in rows and change.get("column") != "id":
            change["before"] = change["after"] = ""
    plan["witnesses"] = [
        one
        for one in plan.get("witnesses", ())
        if one.get("row_id") not in rows
        and not any(subject.mentions(str(cell)) for cell in one.get("cells", {}).values())
    ]
    return json.dumps(_replaced(plan, subject.redact), ensure_ascii=False, indent=1)


def _plan(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _tables(db: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    names = db.execute("select name from sqlite_master where type = 'table'").fetchall()
    return [
        (name, [row[1] for row in db.execute(f'pragma table_info("{name}")')]) for (name,) in names
    ]


def _named(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from _texts(one)
        case dict():
            for one in (*value, *value.values()):
                yield from _texts(one)


def _replaced(value: Any, redact: Callable[[str], str]) -> Any:  # noqa: ANN401 (JSON)
    match value:
        case str():
            return type(value)(redact(value))
        case list():
            return [_replaced(one, redact) for one in value]
        case dict():
            return {redact(key): _replaced(one, redact) for key, one in value.items()}
    return value
