"""``invite.py advance``: does what the rows of ``meetings`` ask for and what is due."""

from contextlib import ExitStack
from dataclasses import replace

from register.book.errors import ConfigError, UsageError, VerkostoError
from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.preview import PAGE
from register.rounds.meetings import advance_meetings, stop_meetings
from register.rounds.parcel import ReleaseSettings
from register.rounds.schedule import OfficeHours
from register.run.command_line import finish
from register.run.exclusive import exclusive_session
from register.run.options import Options
from register.run.session import Session, open_session
from register.values import email


def advance_and_write(session: Session) -> Outcome:
    """Do what each meeting's row asks for and what is due by now; write the result.

    An error of the configuration is written into the rows that ask for letters or have letters due.
    """
    book = session.read()
    with ExitStack() as stack:
        try:
            settings = release_settings(session)
            room = stack.enter_context(session.mail.room())
        except (ConfigError, UsageError) as fault:
            outcome = _stopped(session, book, fault)
        else:
            outcome = advance_meetings(book, room, settings)
        return session.carry_out(outcome.book, outcome)


def _stopped(session: Session, book: Book, fault: VerkostoError) -> Outcome:
    """Return the outcome that writes into rows the error that stops all letters.

    A ledger that cannot be opened is always reported.
    """
    today = session.now.date()
    try:
        with session.mail.ledger() as ledger:
            return stop_meetings(book, fault, ledger, today)
    except UsageError as broken:
        return replace(stop_meetings(book, broken, None, today), stopped=broken)


def release_settings(session: Session) -> ReleaseSettings:
    """Return the configured settings for releasing letters; raise ConfigError at a fault."""
    ours = session.config.letters
    return ReleaseSettings(
        addresses=tuple(map(_plain_address, ours.release)),
        page=session.page(PAGE),
        hours=OfficeHours(*map(int, ours.hours.split("-"))),
        details_days=ours.details_days,
        reminders=ours.reminders,
    )


def _plain_address(text: str) -> str:
    """Return an address of the configuration; raise ConfigError where it is invalid."""
    address = email.read(text).value
    if not address:
        raise ConfigError(
            "{key}: “{value}” is not an e-mail address.", key="[letters] release", value=text
        )
    return address


def advance_all(options: Options) -> None:
    """Advance every meeting as far as its row and the time allow."""
    with open_session(options) as opened, exclusive_session(opened) as session:
        outcome = advance_and_write(session)
    finish(outcome, options)
