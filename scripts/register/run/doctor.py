"""What ``doctor`` looks at, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from register.book.errors import BookUnreadable
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.configuration.load import CONFIG_FILE
from register.run.diagnosis import Step, examine
from register.run.live import ask_google
from register.run.location import Location, config_file, find_location, store_of
from register.run.mail import RunMail
from register.run.mail_checks import mail_steps
from register.run.options import Options
from register.run.printing import show_diagnosis
from register.run.session import HELSINKI, sentences_for
from register.state.folder import check_writable
from register.state.journal import NoJournal
from register.stores.google import GoogleSheet
from register.stores.google_signin import sign_in
from register.stores.workbook import Workbook
from register.words.sentences import Sentences


def diagnosis_steps(options: Options, *, mail: bool = False) -> Iterator[Step]:
    """Yield what ``doctor`` looks at, with ``mail`` also at all that letters need."""
    location: list[Location] = []
    store: list[Workbook | GoogleSheet] = []

    def configuration() -> Phrase:
        location.append(find_location(options))
        file = config_file(options)
        if file is None:
            return "There is no {config} here; everything is as it is by default.", {
                "config": CONFIG_FILE
            }
        return "The configuration is {file}.", {"file": str(file)}

    def key() -> Phrase:
        google = location[0].config.google
        account = sign_in(google, beside=location[0].beside).account
        store.append(store_of(location[0], NoJournal()))
        if not account:
            return "Signed in as a person: the scripts may do what you may.", {}
        return (
            "The key is that of {account}: share the sheet with this address, as an editor.",
            {"account": account},
        )

    def sheet() -> Phrase:
        return "The sheet “{title}” opens.", {"title": _google(store).greet()}

    def editing() -> Phrase:
        _google(store).may_edit()
        return "It may be edited.", {}

    def file() -> Phrase:
        store.append(store_of(location[0], NoJournal()))
        if not Path(location[0].address).exists():
            raise BookUnreadable(
                "There is no register at {file}.",
                remedy="Make one with: create.py --book {file} --apply",
                file=str(location[0].address),
            )
        return "The register is {file}.", {"file": str(location[0].address)}

    def layout() -> Phrase:
        book = store[0].read()
        people, organisations = len(book.table("people")), len(book.table("organisations"))
        return (
            "It is laid out as a register: {organisations} organisations, {people} people.",
            {"organisations": organisations, "people": people},
        )

    def state() -> Phrase:
        folder = location[0].state
        check_writable(folder)
        return "The journal is kept in {folder}.", {"folder": str(folder)}

    yield Step(configuration)
    if isinstance(location[0].address, Path):
        yield Step(file)
    else:
        yield Step(key)
        yield Step(sheet)
        yield Step(editing)
    yield Step(layout)
    yield Step(state)
    if mail:
        yield from mail_steps(_mail(options, location[0]), store[0].read())


def _mail(options: Options, location: Location) -> RunMail:
    """Return the letters' side of a run that changes nothing."""

    def refresh(plan: Plan) -> Book:
        raise TypeError(plan)

    now, say = datetime.now(HELSINKI), Sentences(location.language)
    return RunMail(
        options, location.config, location.state, location.beside, now, say, refresh=refresh
    )


def _google(store: list[Workbook | GoogleSheet]) -> GoogleSheet:
    (found,) = store
    if not isinstance(found, GoogleSheet):
        raise TypeError(found)
    return found


def run_doctor(options: Options, *, mail: bool, live: bool) -> None:
    """Examine the register and the way to it, or with ``live`` Google; exit with a fault's code."""
    if live:
        ask_google(options)
    show_diagnosis(examine(diagnosis_steps(options, mail=mail)), options, sentences_for(options))
