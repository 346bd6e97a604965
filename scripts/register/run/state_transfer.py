"""``doctor.py --save`` and ``--restore``: moves a register's state to another computer."""

from datetime import date, datetime
from pathlib import Path

import click

from register.book.table import Book
from register.disk import read_limited
from register.run.files import note_files_in, write_bytes
from register.run.kept_state import read_kept_essence
from register.run.location import find_location, store_of
from register.run.options import Options
from register.run.session import HELSINKI, sentences_for
from register.state.essence import restore_essence
from register.state.folder import book_lock
from register.state.journal import SqliteJournal
from register.state.saved_state import restore_state, saved_state
from register.state.written_files import note_file

_MOST = 512 * 1024 * 1024
_MOST_IDENTITY = 64 * 1024


def save_state(options: Options, file: Path) -> None:
    """Write the state into a file, and record the file so that export and erasure find it."""
    location, say, now = find_location(options), sentences_for(options), datetime.now(HELSINKI)
    if location.state.is_dir():
        with book_lock(location.state):
            data = saved_state(location.state, now)
    else:
        data = saved_state(location.state, now)
    note_files_in(location.state)
    write_bytes(file, data)
    click.echo(say("The state is saved in {file}: it names people, and holds the key.", file=file))


def load_state(options: Options, file: Path) -> None:
    """Restore the state from a file, and record the file so that export and erasure find it.

    Print a warning if a person has been erased since the file was saved.
    """
    location, say = find_location(options), sentences_for(options)
    book = store_of(location, SqliteJournal(None)).read()
    count, saved = restore_state(location.state, read_limited(file, _MOST))
    note_file(location.state, file)
    click.echo(say("{count} files of the state are restored.", count=count))
    if erased_since(book, saved):
        told = say(
            "Somebody was erased on the day of this state or later, and may be in it: erase them"
            " again (python3 scripts/privacy.py erase)."
        )
        click.echo(f"! {told}", err=True)


def unseal_state(options: Options, identity: Path) -> None:
    """Restore the essence of the state from the register itself, with an age identity."""
    location, say = find_location(options), sentences_for(options)
    store = store_of(location, SqliteJournal(None))
    store.read()
    text = read_limited(identity, _MOST_IDENTITY).decode("utf-8", "replace")
    count = restore_essence(location.state, read_kept_essence(store, text))
    click.echo(
        say("The state is restored from the register: it knows {count} letters.", count=count)
    )


def erased_since(book: Book, day: date) -> bool:
    """Return True if the register records an erasure on this day or later."""
    return any(
        row.get("hmac") and row.get("date", "") >= day.isoformat()
        for _, row in book.table("bans").rows()
    )
