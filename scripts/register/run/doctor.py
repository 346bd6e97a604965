"""The steps of ``doctor.py``, in order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from register.book.errors import BookUnreadable, SchemaDrift, UsageError
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.configuration.load import CONFIG_FILE
from register.disk import readable_by_others
from register.intake.renamed import missing_known_columns
from register.run.diagnosis import Advice, Step, examine
from register.run.erasure import ERASURE_FILE
from register.run.live_printing import ask_google
from register.run.location import Location, config_file, find_location, store_of
from register.run.mail import RunMail
from register.run.mail_checks import mail_steps
from register.run.options import Options
from register.run.printing import show_diagnosis
from register.run.session import HELSINKI, check_key, sentences_for
from register.run.upkeep_checks import (
    check_last_run,
    check_secrets,
    check_version,
    see_what_is_added,
    upkeep_steps,
)
from register.state.backups import backups, copy_moment
from register.state.folder import check_writable
from register.state.journal import SqliteJournal
from register.state.keys import EARLIER_FILE, register_key, register_keys
from register.stores.google import GoogleSheet
from register.stores.google_signin import sign_in
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

_OLD = timedelta(days=30)
"""If the last copy is older than this, the step says so."""


def privacy_steps(location: Location, book: Book) -> Iterator[Step]:
    """Yield the steps about private data; each raises UsageError where something must be done."""
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
    at = copy_moment(kept[-1])
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


def diagnosis_steps(options: Options, *, mail: bool = False) -> Iterator[Step]:
    """Yield the steps of ``doctor.py``; with ``mail`` also those about letters."""
    found = _Examined(options)
    yield Step("version", check_version)
    yield Step("configuration", found.configuration)
    yield Step("secrets", lambda: check_secrets(found.location), apart=True)
    if isinstance(found.location.address, Path):
        yield Step("register", found.file)
    else:
        yield Step("sign_in", found.key)
        yield Step("register", found.sheet)
        yield Step("register", found.editing)
    yield Step("schema", found.layout)
    yield Step("schema", found.columns, apart=True)
    yield from upkeep_steps(found.location, found.store, found.book, datetime.now(HELSINKI))
    yield Step("state", found.state)
    yield from privacy_steps(found.location, found.book)
    if mail:
        yield from mail_steps(read_only_mail(options, found.location), found.book)


class _Examined:
    """The steps' functions; each keeps what it found for the next ones."""

    location: Location
    store: Workbook | GoogleSheet
    book: Book

    def __init__(self, options: Options) -> None:
        self.options = options

    def configuration(self) -> Phrase:
        self.location = find_location(self.options)
        file = config_file(self.options)
        if file is None:
            return "There is no {config} here; everything is as it is by default.", {
                "config": CONFIG_FILE
            }
        return "The configuration is {file}.", {"file": str(file)}

    def key(self) -> Phrase:
        account = sign_in(self.location.config.google, beside=self.location.beside).account
        self.store = store_of(self.location, SqliteJournal(None))
        if not account:
            return "Signed in as a person: the scripts may do what you may.", {}
        return (
            "The key is that of {account}: share the sheet with this address, as an editor.",
            {"account": account},
        )

    def sheet(self) -> Phrase:
        return "The sheet “{title}” opens.", {"title": self._google.greet()}

    def editing(self) -> Phrase:
        self._google.may_edit()
        return "It may be edited.", {}

    def file(self) -> Phrase:
        self.store = store_of(self.location, SqliteJournal(None))
        if not Path(self.location.address).exists():
            raise BookUnreadable(
                "There is no register at {file}.",
                remedy="Make one with: python3 scripts/create.py --book {file} --apply",
                file=str(self.location.address),
            )
        return "The register is {file}.", {"file": str(self.location.address)}

    def layout(self) -> Phrase:
        book = self.book = self.store.read()
        people, organisations = len(book.table("people")), len(book.table("organisations"))
        return (
            "It is laid out as a register: {organisations} organisations, {people} people.",
            {"organisations": organisations, "people": people},
        )

    def columns(self) -> Phrase | Advice:
        gone = missing_known_columns(self.book)
        if gone.renamed:
            raise SchemaDrift(
                "Columns of the register are not there.",
                remedy="Put the headers right by hand, and look again: python3 scripts/doctor.py",
                faults=(*gone.renamed, *gone.lacking),
            )
        if gone.lacking:
            return Advice(gone.lacking[0], see_what_is_added(self.location))
        return "No column is missing.", {}

    def state(self) -> Phrase:
        check_writable(self.location.state)
        return "The journal is kept in {folder}.", {"folder": str(self.location.state)}

    @property
    def _google(self) -> GoogleSheet:
        if not isinstance(self.store, GoogleSheet):
            raise TypeError(self.store)
        return self.store


def read_only_mail(options: Options, location: Location) -> RunMail:
    """Return the mail settings for a run that changes nothing."""

    def refresh(plan: Plan) -> Book:
        raise TypeError(plan)

    now, say = datetime.now(HELSINKI), Sentences(location.language)
    return RunMail(
        options, location.config, location.state, location.beside, now, say, refresh=refresh
    )


def alive_steps(options: Options) -> Iterator[Step]:
    """Yield the steps for monitoring: they only read files of this computer."""
    yield Step("last_run", lambda: check_last_run(find_location(options), datetime.now(HELSINKI)))


def run_doctor(options: Options, *, mail: bool, live: bool, alive: bool) -> None:
    """Examine the register and its surroundings, or with ``live`` Google, and exit.

    The exit code is 0, or that of the first fault.
    """
    if live:
        ask_google(options)
    steps = alive_steps(options) if alive else diagnosis_steps(options, mail=mail)
    show_diagnosis(examine(steps), options, sentences_for(options))
