"""What ``doctor`` looks at, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from register.book.errors import BookUnreadable
from register.book.plan import Plan
from register.book.table import Book
from register.configuration import NAME
from register.run.diagnosis import Said, Step, examine
from register.run.location import Way, config_file, store_of, way_of
from register.run.mail import Mail
from register.run.mail_checks import mail_steps
from register.run.options import Options
from register.run.printing import show_diagnosis
from register.run.session import HELSINKI, speaks
from register.state.folder import check_writable
from register.state.journal import NoJournal
from register.stores.google import GoogleSheet
from register.stores.google_signin import sign_in
from register.stores.workbook import Workbook
from register.words.sentences import Sentences


def steps(options: Options, *, mail: bool = False) -> Iterator[Step]:
    """Yield what ``doctor`` looks at, with ``mail`` also at all that letters need."""
    way: list[Way] = []
    store: list[Workbook | GoogleSheet] = []

    def configuration() -> Said:
        way.append(way_of(options))
        file = config_file(options)
        if file is None:
            return "There is no {config} here; everything is as it is by default.", {"config": NAME}
        return "The configuration is {file}.", {"file": str(file)}

    def key() -> Said:
        google = way[0].config.google
        account = sign_in(google, beside=way[0].beside).account
        store.append(store_of(way[0], NoJournal()))
        if not account:
            return "Signed in as a person: the scripts may do what you may.", {}
        return (
            "The key is that of {account}: share the sheet with this address, as an editor.",
            {"account": account},
        )

    def sheet() -> Said:
        return "The sheet “{title}” opens.", {"title": _google(store).greet()}

    def editing() -> Said:
        _google(store).may_edit()
        return "It may be edited.", {}

    def file() -> Said:
        store.append(store_of(way[0], NoJournal()))
        if not Path(way[0].address).exists():
            raise BookUnreadable(
                "There is no register at {file}.",
                remedy="Make one with: create.py --book {file} --apply",
                file=str(way[0].address),
            )
        return "The register is {file}.", {"file": str(way[0].address)}

    def layout() -> Said:
        book = store[0].read()
        people, organisations = len(book.table("people")), len(book.table("organisations"))
        return (
            "It is laid out as a register: {organisations} organisations, {people} people.",
            {"organisations": organisations, "people": people},
        )

    def state() -> Said:
        folder = way[0].state
        check_writable(folder)
        return "The journal is kept in {folder}.", {"folder": str(folder)}

    yield Step(configuration)
    if isinstance(way[0].address, Path):
        yield Step(file)
    else:
        yield Step(key)
        yield Step(sheet)
        yield Step(editing)
    yield Step(layout)
    yield Step(state)
    if mail:
        yield from mail_steps(_mail(options, way[0]), store[0].read())


def _mail(options: Options, way: Way) -> Mail:
    """Return the letters' side of a run that changes nothing."""

    def refresh(plan: Plan) -> Book:
        raise TypeError(plan)

    now, say = datetime.now(HELSINKI), Sentences(way.language)
    return Mail(options, way.config, way.state, way.beside, now, say, refresh=refresh)


def _google(store: list[Workbook | GoogleSheet]) -> GoogleSheet:
    (found,) = store
    if not isinstance(found, GoogleSheet):
        raise TypeError(found)
    return found


def run_doctor(options: Options, *, mail: bool) -> None:
    """Examine the register and the way to it; exit with the first fault's code."""
    show_diagnosis(examine(steps(options, mail=mail)), options, speaks(options))
