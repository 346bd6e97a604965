"""Puts the parts together for one run: configuration, store, journal, lock, clock, sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from register.book.outcome import Outcome
from register.book.plan import Plan
from register.book.schema import Language
from register.book.table import Book
from register.cli import Options, agreed, show_traffic
from register.config import NAME, Config, LettersSection, load
from register.errors import BookUnreadable, ConfigError, UsageError
from register.fields.email import mailbox_key
from register.flows.apply import apply_plan, apply_saved, guard_changes, guard_shrink
from register.flows.cleanup import Orders
from register.flows.dispatch import Limits
from register.flows.doctor import Said, Step
from register.flows.mailing import Room
from register.letters.settings import Sender
from register.letters.templates import Templates, read_templates
from register.ports import Journal, Ledger, Post
from register.post.connection import Server
from register.post.outbox import Outbox
from register.post.secrets import secret
from register.post.smtp import Smtp
from register.report.around import Around, Past
from register.report.pages import TEMPLATES
from register.report.sentences import Sentences
from register.rules import Setting
from register.state.folder import check_writable, make_private, state_folder
from register.state.journal import NoJournal, SqliteJournal
from register.state.keys import FILE as KEY_FILE
from register.state.keys import register_key
from register.state.ledger import SqliteLedger
from register.state.lock import book_lock
from register.stores.google import GoogleSheet
from register.stores.google_signin import names_a_sheet, quota_client, sign_in, spreadsheet_key
from register.stores.workbook import Workbook
from register.tokens import Tokens

HELSINKI = ZoneInfo("Europe/Helsinki")

_TREND = 12
"""How many earlier runs a report shows."""


class SystemClock:
    """Fulfils :class:`register.ports.Clock` with the machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in the time zone Europe/Helsinki."""
        return datetime.now(HELSINKI)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a verb needs; ``now`` is one moment for the whole run.

    ``beside`` is the folder that the configuration's paths are relative to: its own, else the
    register's.
    """

    options: Options
    config: Config
    store: Workbook | GoogleSheet
    journal: Journal
    state: Path
    beside: Path
    now: datetime
    say: Sentences

    @property
    def language(self) -> Language:
        """The language that was asked for, else the configuration's."""
        return self.say.language

    @property
    def setting(self) -> Setting:
        """What the rules may know besides the book."""
        limits = self.config.limits
        return Setting(
            *(self.now.date(), limits.stale_months, limits.sensitive_words, limits.foreign_words)
        )

    def orders(self, *, invite: bool = False) -> Orders:
        """What the configuration asks of a cleanup."""
        limits = self.config.limits
        words = (limits.sensitive_words, limits.foreign_words)
        return Orders(self.config.apply.rules, limits.stale_months, invite, *words)

    @property
    def sender(self) -> Sender:
        """Who writes the letters, as the configuration has it."""
        ours = self.config.letters
        return Sender.of(
            name=ours.from_name,
            address=ours.from_address,
            reply_to=ours.reply_to,
            organisation=ours.organisation,
            list_id=ours.list_id,
            privacy_url=ours.privacy_url,
            allowed_links=ours.allowed_links,
            answer_by=ours.answer_by,
            unsubscribe_url=ours.unsubscribe_url,
        )

    @property
    def templates(self) -> Templates:
        """The letters' templates: the configuration's own folder, else the project's."""
        own = self.config.letters.templates
        return read_templates(self._path(own) if own else TEMPLATES / "letters")

    @property
    def outbox(self) -> Path:
        """The folder that a rehearsal's letters go to."""
        return self._path(self.config.post.outbox)

    @property
    def post(self) -> Post:
        """The post office that the configuration names.

        Raises ConfigError where that would send in the name of the example address.
        """
        ours = self.config.post
        if ours.kind == "outbox":
            return Outbox(self.outbox)
        if mailbox_key(self.config.letters.from_address) == LettersSection().from_address:
            raise ConfigError(
                "{address} is the example of a sender; nothing is sent in its name.",
                remedy="Give your own in the configuration: [letters] from_address.",
                address=self.config.letters.from_address,
            )
        return Smtp(self.mail_server, connections=ours.connections, waits=ours.retries)

    @property
    def mail_server(self) -> Server:
        """The mail server that the configuration names, with the secret to sign in."""
        ours = self.config.post
        file = self._path(ours.password_file) if ours.password_file else None
        return Server(
            host=ours.host,
            port=ours.server_port,
            security=ours.security,
            user=ours.user,
            auth=ours.auth,
            secret=secret(file) if ours.user else None,
            ca_file=self._path(ours.ca_file) if ours.ca_file else None,
            timeout=ours.timeout,
        )

    @property
    def tokens(self) -> Tokens:
        """The register's tokens. A run that changes nothing and finds no key makes none up."""
        if self.options.apply or (self.state / KEY_FILE).exists():
            return Tokens(register_key(self.state))
        return Tokens(b"")

    @property
    def limits(self) -> Limits:
        """How many letters may go."""
        ours = self.config.post
        return Limits(ours.per_hour, ours.per_day, ours.max_letters)

    @contextmanager
    def mail_room(self, *, confirm: str = "", take_over: bool = False) -> Iterator[Room]:
        """Open the room that letters are written and sent in.

        ``confirm`` is ``COUNT:HASH``, as the command line has it.
        """
        post = self.post
        with self.ledger(take_over=take_over) as ledger:
            yield Room(
                post=post,
                ledger=ledger,
                templates=self.templates,
                sender=self.sender,
                tokens=self.tokens,
                now=self.now,
                apply=self.options.apply,
                limit=self.options.limit or 0,
                limits=self.limits,
                confirm=lambda wanted: agreed(wanted, confirm, self.say),
                refresh=self._refresh,
            )

    def _refresh(self, plan: Plan) -> Book:
        """Apply a plan in the midst of a run; return the book after it."""
        book = self.store.read()
        before = self.now - timedelta(milliseconds=1)
        apply_plan(self.store, self.journal, before, book, plan, "invite send")
        return self.store.read()

    def page(self, name: str) -> str:
        """Return the source of a page's template that is filled by the verb itself."""
        return _read(TEMPLATES / "pages" / name)

    def keep(self, path: Path, text: str) -> str:
        """Write a file with people's names and addresses, for its owner only; return its path."""
        _write(path, text, mode=0o600)
        return str(path)

    @contextmanager
    def ledger(self, *, take_over: bool = False) -> Iterator[Ledger | None]:
        """Open the ledger of letters; None where there is none and this run makes none."""
        if not self.options.apply and not SqliteLedger.exists(self.state):
            yield None
            return
        with SqliteLedger(self.state, take_over=take_over) as ledger:
            yield ledger

    def read(self) -> Book:
        """Read the register; stop if many of the rows that the last run knew are gone."""
        book = self.store.read()
        if not self.options.accept_shrink:
            guard_shrink(book, self.journal)
        return book

    def carry_out(self, book: Book, outcome: Outcome) -> Outcome:
        """Save the outcome's plan, or apply it, as the flags ask; return what came of it."""
        limit = self.options.max_changes or self.config.limits.max_changes
        guard_changes(book, outcome.plan, limit)
        if self.options.plan_out:
            _write(self.options.plan_out, outcome.plan.to_json())
        if not self.options.apply:
            return outcome
        written = apply_plan(self.store, self.journal, self.now, book, outcome.plan, outcome.verb)
        return replace(outcome, applied=True, written=written)

    def count(self, outcome: Outcome) -> None:
        """Keep how many findings this run left, for the trend in later reports."""
        if outcome.applied:
            found = Counter[str](finding.severity for finding in outcome.findings)
            self.journal.count(outcome.run, self.now, found)

    def around(self) -> Around:
        """Return what a report shows besides an outcome."""
        past = tuple(
            Past(at.astimezone(HELSINKI), **counts) for at, counts in self.journal.past(_TREND)
        )
        return Around(self.store.link, past)

    def carry_out_saved(self, verb: str) -> Outcome | None:
        """Apply the plan that ``--plan`` names, if it names one."""
        if self.options.plan is None:
            return None
        plan = Plan.from_json(_read(self.options.plan))
        return apply_saved(self.store, self.journal, self.now, plan, verb, apply=self.options.apply)

    def _path(self, named: str) -> Path:
        return (self.beside / Path(named).expanduser()).absolute()


@contextmanager
def opened(options: Options) -> Iterator[Desk]:
    """Open the register that the flags or the configuration name; locked if it may be written."""
    way = _way(options)
    with ExitStack() as stack:
        journal: Journal = NoJournal()
        if options.apply:
            make_private(way.state)
            stack.enter_context(book_lock(way.state))
        if way.state.is_dir():
            journal = SqliteJournal(way.state)
        store = _store(way, journal)
        if options.verbose and isinstance(store, GoogleSheet):
            stack.callback(show_traffic, store.traffic, Sentences(way.language))
        yield Desk(
            options=options,
            config=way.config,
            store=store,
            journal=journal,
            state=way.state,
            beside=way.beside,
            now=SystemClock().now(),
            say=Sentences(way.language),
        )


def speaks(options: Options) -> Sentences:
    """Return the sentences in the language that was asked for."""
    return Sentences(options.lang or "fi")


def steps(options: Options) -> Iterator[Step]:
    """Yield what ``doctor`` looks at, each standing on those before it."""
    way: list[_Way] = []
    store: list[Workbook | GoogleSheet] = []

    def configuration() -> Said:
        way.append(_way(options))
        file = _config_file(options)
        if file is None:
            return "There is no {config} here; everything is as it is by default.", {"config": NAME}
        return "The configuration is {file}.", {"file": str(file)}

    def key() -> Said:
        google = way[0].config.google
        account = sign_in(google, beside=way[0].beside).account
        store.append(_store(way[0], NoJournal()))
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
        store.append(_store(way[0], NoJournal()))
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

    yield configuration
    if isinstance(way[0].address, Path):
        yield file
    else:
        yield key
        yield sheet
        yield editing
    yield layout
    yield state


@dataclass(frozen=True, slots=True)
class _Way:
    """Where everything is: the register's file or address, and the folders beside it."""

    config: Config
    address: Path | str
    beside: Path
    state: Path
    language: Language


def _way(options: Options) -> _Way:
    config_file = _config_file(options)
    config = load(config_file)
    named = options.book or config.book.file
    if not named:
        raise UsageError(
            "Which register? None is named.",
            remedy="Give --book FILE.xlsx or the address of a Google Sheet, or name it in {config} "
            "under [book] file.",
            config=NAME,
        )
    home = config_file.parent if config_file else None
    address = _address(named, home if home and not options.book else Path.cwd())
    beside = home or (address.parent if isinstance(address, Path) else Path.cwd())
    state = state_folder(str(address), beside, config.state.dir)
    return _Way(config, address, beside, state, options.lang or config.book.language)


def _address(named: str, beside: Path) -> Path | str:
    """Return the register's file, or the address of its Google Sheet."""
    if names_a_sheet(named):
        return f"https://docs.google.com/spreadsheets/d/{spreadsheet_key(named)}"
    path = (beside / Path(named).expanduser()).absolute()
    if not path.parent.is_dir():
        raise UsageError(
            "There is no folder {folder}.", remedy="Check --book.", folder=str(path.parent)
        )
    return path


def _store(way: _Way, journal: Journal) -> Workbook | GoogleSheet:
    if isinstance(way.address, Path):
        return Workbook(way.address, language=way.language, knows=journal.known)
    http = quota_client(way.config.google, beside=way.beside)
    return GoogleSheet(http, spreadsheet_key(way.address), knows=journal.known)


def _google(store: list[Workbook | GoogleSheet]) -> GoogleSheet:
    (found,) = store
    if not isinstance(found, GoogleSheet):
        raise TypeError(found)
    return found


def _config_file(options: Options) -> Path | None:
    if options.config:
        return options.config.expanduser().absolute()
    places = [Path.cwd()]
    if options.book and not names_a_sheet(options.book):
        places.insert(0, Path(options.book).expanduser().absolute().parent)
    return next((place / NAME for place in places if (place / NAME).is_file()), None)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The file {file} cannot be read.", remedy="Check its name.", file=str(path)
        ) from fault


def _write(path: Path, text: str, mode: int = 0o666) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=mode)
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise UsageError(
            "The file {file} cannot be written ({fault}).",
            remedy="Give another name.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
