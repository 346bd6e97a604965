"""The essence of the state, kept in the register itself if configured: sealed and hidden.

It is renewed before letters go, including the planned ones, and after a run that changed it. A
computer that shares the register's key learns from it what another computer sent. A new computer
restores it with the identity that belongs to the configured recipient.
"""

import base64
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from register.autopilot.lease import lease_holder
from register.autopilot.requests import LEASE_ID, Request
from register.book.errors import SafetyStop, UsageError, VerkostoError
from register.book.phrase import Phrase
from register.book.table import Book
from register.disk import read_limited, write_private
from register.people.erased_people import ErasedPeople
from register.ports.store import GeneratedTab
from register.run.diagnosis import Advice
from register.run.location import Location
from register.run.session import Session
from register.state.computer import this_computer
from register.state.essence import Essence, essence_of, learn_essence
from register.state.keys import register_keys
from register.state.sealing import identity_of, seal, unseal
from register.stores.google import GoogleSheet
from register.stores.own_tabs import HEAD
from register.stores.read_once import ReadOnce
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

TAB = "\N{GEAR} Verkosto"
"""The title of the hidden tab, in every language."""

_KEPT = "kept-digest"
"""The state file with the digest of the essence that the register has, as far as known here."""

_CHUNK = 32_000
"""Maximum characters in a cell: Excel holds 32,767, Google 50,000."""
_PLAIN, _AGAIN = str.maketrans("+/", "äö"), str.maketrans("äö", "+/")
"""Base64 made of letters and digits only, so that a search for names sees one long word."""

_MOST = 1024

Keeper = Workbook | GoogleSheet | ReadOnce


@dataclass(slots=True)
class KeptState:
    """Reads and writes the essence of this computer's state in the register during a run."""

    session: Session
    store: ReadOnce
    _closed: bool = field(default=False, init=False)
    _is_kept: bool = field(default=True, init=False)

    def learn(self) -> None:
        """Take in what another computer has kept since this computer's last run."""
        session = self.session
        if not (session.config.state.in_register and session.options.apply):
            return
        us, book = this_computer(session.state), self.store.read()
        kept, sealed_text = session.state / _KEPT, _sealed_text(session.store)
        self._is_kept = bool(sealed_text)
        if not sealed_text:
            kept.unlink(missing_ok=True)
            return
        essence = open_essence(sealed_text, map(identity_of, register_keys(session.state)))
        if kept.is_file() and Request.at(book, LEASE_ID).about == us:
            if essence is None or essence.digest != read_limited(kept, _MOST):
                kept.unlink()  # a person has changed it or put an older one back: keep it anew
            return
        if essence is None:
            self._closed = True
            return
        holder = lease_holder(book, session.now)
        cut_off = holder is not None and holder.computer == essence.computer != us
        learn_essence(session.state, essence, us, cut_off=cut_off)
        write_private(kept, essence.digest)

    def guard(self) -> None:
        """Keep the essence before sending; raise SafetyStop where the kept one cannot be opened.

        Another computer's letters may be recorded in it.
        """
        if self._closed:
            raise _cannot_be_opened(self.session.state)
        self.keep()

    def keep(self) -> None:
        """Keep the essence if it has changed; print why if that fails: the next run tries again."""
        session, kept = self.session, self.session.state / _KEPT
        wished = session.config.state.in_register
        if self._closed or not session.options.apply or not (wished or kept.is_file()):
            return
        book = self.store.read()
        essence = _essence(session, book)
        if kept.is_file() and read_limited(kept, _MOST) == essence.digest:
            return
        if essence.is_empty and not self._is_kept:
            return  # nothing to keep, and nothing kept
        self.store.guard()
        try:
            _write(session, book, essence)
        except VerkostoError as fault:
            why = session.say.error(fault)
            said = session.say("The state could not be kept in the register: {fault}", fault=why)
            click.echo(f"! {said}", err=True)


def kept_line(location: Location, store: Keeper) -> Phrase | Advice:
    """Return whether the register keeps this computer's state; raise SafetyStop as sending does."""
    text, wished = _sealed_text(store), location.config.state.in_register
    if not text:
        if not wished:
            return "What runs remember is on this computer alone ([state] in_register).", {}
        return "The register keeps no state yet; the first letters bring it.", {}
    essence = open_essence(text, map(identity_of, register_keys(location.state)))
    if essence is None:
        raise _cannot_be_opened(location.state)
    if not wished:
        return Advice(
            ("The register keeps a state that the configuration does not wish any more.", {}),
            ("The next run empties it: python3 scripts/autopilot.py --apply", {}),
        )
    kept = location.state / _KEPT
    if kept.is_file() and read_limited(kept, _MOST) == essence.digest:
        return "The register keeps the state as this computer knows it, sealed.", {}
    return "Another computer has kept its state in the register; the next run takes it in.", {}


def _cannot_be_opened(state: Path) -> SafetyStop:
    return SafetyStop(
        "The hidden tab {tab} keeps what was sent, and cannot be opened with this computer's key."
        " No letter goes until it can.",
        remedy="Move the folder {folder} away and restore it: python3 scripts/doctor.py"
        " --restore-sealed FILE (the identity of [backup] recipient). Or take the state of the"
        " computer that keeps it (--save, --restore), or delete the tab where that computer will"
        " run no more.",
        tab=TAB,
        folder=str(state),
    )


def renew_after_erasure(session: Session) -> None:
    """Overwrite the kept essence, which may still hold data of a person being erased."""
    if _sealed_text(session.store):
        book = session.store.read()
        _write(session, book, _essence(session, book))


def read_kept_essence(store: Keeper, identity: str) -> Essence:
    """Return the essence that a register keeps; raise UsageError where it is missing or closed."""
    if not (sealed_text := _sealed_text(store)):
        raise UsageError(
            "The register keeps no state: it has no tab {tab}.",
            remedy="Restore a saved file instead: python3 scripts/doctor.py --restore FILE",
            tab=TAB,
        )
    if essence := open_essence(sealed_text, [identity]):
        return essence
    raise UsageError(
        "What the register keeps cannot be opened with this identity, or is damaged.",
        remedy="Give the identity of the public key that the configuration named under [backup]"
        " recipient.",
    )


def _essence(session: Session, book: Book) -> Essence:
    """Return the essence of the state; an empty one where keeping it is not configured."""
    us = this_computer(session.state)
    if not session.config.state.in_register:
        return Essence(us)
    return essence_of(session.state, us, session.now, book.once(ErasedPeople).knows_mailbox)


def _write(session: Session, book: Book, essence: Essence) -> None:
    """Write the hidden tab; no cell of the register changes, so no cell has to be read again."""
    say, kept = Sentences(book.language), session.state / _KEPT
    told = say("The program's own, sealed: who was sent what. Please leave it as it is.")
    rows = [["Verkosto"], [told], [""]]
    if essence.is_empty:
        kept.unlink(missing_ok=True)
    else:
        newest = next(iter(essence.keys), b"")
        data = seal(essence.packed(), session.config.backup.recipient, newest)
        text = base64.b64encode(data).decode().rstrip("=").translate(_PLAIN)
        rows += [[text[at : at + _CHUNK]] for at in range(0, len(text), _CHUNK)]
    session.store.keep_tabs([GeneratedTab(TAB, rows, [60], hidden=True)], apply=True, others=True)
    if not essence.is_empty:
        write_private(kept, essence.digest)


def _sealed_text(store: Keeper) -> str:
    """Return the text of the hidden tab, '' where there is no such tab."""
    with suppress(UsageError):
        return "".join(row[0] for row in store.responses(TAB)[HEAD:] if row)
    return ""


def open_essence(text: str, identities: Iterable[str]) -> Essence | None:
    """Return the essence in the tab's text; None where no identity opens it or it is damaged."""
    with suppress(ValueError, UnicodeEncodeError):
        plain = text.strip().translate(_AGAIN)
        data = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        if (packed := unseal(data, identities)) is not None:
            return Essence.unpacked(packed)
    return None
