"""What a register made by an earlier version lacks: reported once, until it changes."""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b

import click

from register.book.schema import schema
from register.book.table import Book
from register.disk import read_limited, write_private
from register.run.session import Session
from register.words.sentences import Sentences

_TOLD = "older-told"
_NAMED = 6
_MOST = 1024


def report_older_register(session: Session, book: Book) -> None:
    """Print, even under cron, which tabs and columns the register lacks; once for each set.

    Runs work without them. What has been reported is recorded only by a run with ``--apply``.
    """
    names = [*_lacking(book, Sentences(book.language))]
    file, now = session.state / _TOLD, blake2b("\n".join(names).encode()).hexdigest().encode()
    told = b""
    with suppress(OSError):
        told = read_limited(file, _MOST)
    if told == now or not (names or told):
        return
    if names:
        shown = [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]
        said = session.say(
            "This version knows {count} tabs and columns that the register lacks: {names}. Runs go"
            " on without them; python3 scripts/create.py --book {book} --apply adds them.",
            count=len(names),
            names=", ".join(shown),
            book=session.options.book or session.config.book.file,
        )
        click.echo(said, err=True)
    if session.options.apply:
        write_private(file, now)


def _lacking(book: Book, say: Sentences) -> Iterator[str]:
    """Yield the titles of missing tabs, and of missing columns in existing tabs."""
    for key, tab in schema().tabs.items():
        if tab.later and key not in book.tables:
            yield say.tab(key)
        elif key in book.tables:
            for column in tab.columns:
                if not book.table(key).has(column.key):
                    yield f"{say.tab(key)}: {say.column(key, column.key)}"
