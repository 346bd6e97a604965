"""What ``doctor`` looks at for the sake of people's data: who can read it, what is left undone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.book.table import Book
from register.disk import readable_by_others
from register.run.diagnosis import Advice, Step
from register.run.erasure import ERASURE_FILE
from register.run.location import Location
from register.run.session import check_key
from register.state.backups import backups, made_at
from register.state.keys import EARLIER_FILE, register_key, register_keys

_OLD = timedelta(days=30)
"""Where the last copy is older than this, that is said."""


def privacy_steps(location: Location, book: Book) -> Iterator[Step]:
    """Yield what is looked at; each raises UsageError where something is to be done."""
    if not location.state.is_dir():
        return
    yield Step("private", lambda: _private(location.state), apart=True)
    yield Step("erasure", lambda: _no_half_erasure(location.state), apart=True)
    yield Step("backups", lambda: _backed_up(location), apart=True)
    yield Step("key", lambda: _key(location.state, book), apart=True)


def _private(state: Path) -> Phrase:
    every = [state, *state.rglob("*")]
    if read := [str(path) for path in every if readable_by_others(path)]:
        raise UsageError(
            "Others can read {count} files of the register's state: {file} …",
            remedy="Take it from them: chmod -R go-rwx {folder}",
            count=len(read),
            file=read[0],
            folder=str(state),
        )
    return "Nobody else can read the register's state.", {}


def _no_half_erasure(state: Path) -> Phrase:
    if (state / ERASURE_FILE).exists():
        raise UsageError(
            "An erasure was cut off: somebody who is to be forgotten is still there.",
            remedy="Go on with it: python3 scripts/privacy.py erase --apply",
        )
    return "No erasure is half done.", {}


def _backed_up(location: Location) -> Phrase | Advice:
    if not location.config.backup.keep:
        return Advice(
            ("No copies of the register are kept ([backup] keep = 0).", {}),
            ("Give [backup] keep another value, if they should be.", {}),
        )
    kept = backups(location.state)
    if not kept:
        return "There is no copy of the register yet; the next run that writes makes one.", {}
    at = made_at(kept[-1])
    values: dict[str, object] = {"count": len(kept), "day": at.date()}
    if datetime.now() - at > _OLD:
        return "The last copy of the register is of {day}: no run has written since.", values
    return "There are {count} copies of the register, the last of {day}.", values


def _key(state: Path, book: Book) -> Phrase:
    check_key(state, book)
    if (state / EARLIER_FILE).exists():
        register_key(state)
    keys = register_keys(state)
    if not keys:
        return "The register has no key yet; it is made when it is needed.", {}
    return "The register's key is there ({count} earlier ones with it).", {"count": len(keys) - 1}
