"""``create.py --wizard``: eight questions; each answer is tried at once, then all is set up.

It writes the configuration and the secrets (mode 0600), the register, and the schedule's files. If
it is stopped before its end, nothing of the configuration remains.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parseaddr
from itertools import chain, count, takewhile
from pathlib import Path
from typing import Any, cast

import click

from register.book.errors import ConfigError, SignInRefused, UsageError, VerkostoError
from register.book.schema import LANGUAGES
from register.book.table import Book
from register.configuration.load import CONFIG_FILE, Sections, load_configuration, settings_text
from register.disk import readable_by_others, write_private
from register.ports.store import Maker
from register.run.create import create
from register.run.diagnosis import Diagnosis, Step, examine
from register.run.dialogue import Dialogue
from register.run.doctor import diagnosis_steps, read_only_mail
from register.run.location import find_location
from register.run.mail_checks import mail_steps
from register.run.options import Options
from register.run.printing import diagnosis_lines
from register.run.schedules import offer_schedule
from register.run.session import HELSINKI, open_session
from register.state.last_run import note_beginning
from register.stores.google_address import names_a_sheet, spreadsheet_key
from register.stores.google_key import KEY, key_beside, sign_in_of
from register.values import email
from register.words.sentences import Sentences

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def run_wizard(options: Options) -> None:
    """Ask, try and write; raise UsageError where the folder has a configuration already."""
    file = Path.cwd() / CONFIG_FILE
    if file.exists():
        raise UsageError(
            "There is a configuration already: {file}.",
            remedy="Change it by hand, or ask: python3 scripts/doctor.py. To begin anew, move it.",
            file=str(file),
        )
    say = Sentences(options.lang or "fi")
    started = replace(options, config=file, lang=say.language, apply=False)
    wizard = Wizard(started, file, Dialogue(say))
    with wizard.undone_if_stopped():
        wizard.ask_language()
        wizard.ask_register()
        wizard.ask_who()
        wizard.ask_mail_server()
        wizard.ask_mailbox()
        wizard.ask_who_decides()
        nightly = wizard.ask_when()
        wizard.make_register(apply=True)
    if nightly is not None:
        offer_schedule(file.parent, wizard.dialogue, nightly=nightly)
        note_beginning(find_location(wizard.options).state, datetime.now(HELSINKI))
    wizard.tell_end()


@dataclass(slots=True)
class Wizard:
    """The answers so far, and the files that hold them."""

    options: Options
    file: Path
    dialogue: Dialogue
    sections: Sections = field(default_factory=dict)
    _made: list[Path] = field(default_factory=list)

    @property
    def say(self) -> Sentences:
        """The sentences in the language of the first answer."""
        return self.dialogue.say

    @contextmanager
    def undone_if_stopped(self) -> Iterator[None]:
        """Delete the files written inside this block if it ends early or fails."""
        known = len(self._made)
        try:
            yield
        except BaseException:
            while len(self._made) > known:
                self._made.pop().unlink(missing_ok=True)
            raise

    def ask_language(self) -> None:
        """Ask question 1, in every language: the register's language, which the next use."""
        spoken = map(Sentences, LANGUAGES)
        question = " / ".join(say("In which language is the register kept?") for say in spoken)
        language = self.dialogue.choice(
            f"1/8 {question}", {one: one for one in LANGUAGES}, self.say.language
        )
        self.options = replace(self.options, lang=language)
        self.dialogue.say = Sentences(language)
        self.sections["book"] = {"language": language}

    def ask_register(self) -> None:
        """Ask question 2: a file, which is made later, or a shared sheet, which must open."""

        def tried(named: str) -> None:
            self.sections["book"]["file"] = named
            if names_a_sheet(named):
                spreadsheet_key(named)
                self._ask_key()
                self._must(self._steps(until="schema"), "register")
            elif not named.endswith(".xlsx"):
                raise UsageError(
                    "{file} is no .xlsx file.", remedy="Give a name that ends in .xlsx.", file=named
                )
            else:
                self._keep()
                if Path(find_location(self.options).address).exists():
                    self._must(self._steps(until="upgrade"), "register", "schema")
            self.make_register(apply=False)

        question = self.say("The register: a new file’s name, or the address of a Google Sheet")
        self._ask(2, question, "register.xlsx", tried)

    def _ask_key(self) -> None:
        """Ask for the file with the key that opens the sheet; make it private."""
        folder = self.file.parent

        def tried(named: str) -> None:
            if not (folder / Path(named).expanduser()).exists() and named == KEY:
                named = key_beside(folder)
            path = folder / Path(named).expanduser()
            kind = sign_in_of(path)
            if readable_by_others(path):
                path.chmod(0o600)
                said = self.say("Others could read {file}; now only you can.", file=str(path))
                click.echo(f"✓ {said}")
            self.sections["google"] = {"key_file": named, "sign_in": kind}
            self._keep()
            self._must(self._steps(until="register"), "sign_in")

        question = self.say("The file with the key")
        if not self.dialogue.has_asked(question):
            click.echo("\n  ".join(_key_steps(self.say, folder)))
        self.dialogue.ask_until_accepted(question, KEY, tried)

    def ask_who(self) -> None:
        """Ask questions 3 and 4: the association, and the sender of its letters."""

        def named(organisation: str) -> None:
            self.sections["letters"] = {"organisation": organisation}

        def writes(answer: str) -> None:
            name, address = parseaddr(answer)
            read = email.read(address)
            if not read.value or read.problem or address not in answer:
                raise UsageError(
                    "“{given}” has no address.",
                    remedy="As here: Maija Malli <maija@example.org>",
                    given=answer,
                )
            letters = self.sections["letters"]
            letters["from_name"] = name or letters["organisation"]
            letters["from_address"] = letters["reply_to"] = read.value
            self._keep()
            self._must(self._mail_steps("letters"), "letters")

        self._ask(3, self.say("Which association or network keeps it?"), "", named)
        self._ask(4, self.say("Who writes the letters? A name and an address"), "", writes)

    def ask_mail_server(self) -> None:
        """Ask question 5: the mail server; faults of the domain's records are only shown."""

        def tried(answer: str) -> None:
            if answer in self._none:
                return
            post = self._account(answer, "mail-password")
            self._fitting("post", {**post, "kind": "smtp"}, ("starttls", "tls"), "smtp", "dns")

        question = self.say("The mail server that sends (SMTP), as smtp.example.org")
        self._ask(5, question, self._none[0], tried)

    def ask_mailbox(self) -> None:
        """Ask question 6: the mailbox for answers."""

        def tried(answer: str) -> None:
            if answer in self._none:
                return
            box = self._account(answer, "mailbox-password")
            self._fitting("mailbox", {**box, "kind": "imap"}, ("tls", "starttls"), "imap")

        question = self.say("The server of the mailbox for answers (IMAP), as imap.example.org")
        self._ask(6, question, self._none[0], tried)

    def ask_who_decides(self) -> None:
        """Ask question 7: who releases letters; the first address also gets answers to requests."""

        def tried(answer: str) -> None:
            found = [email.read(one.strip()) for one in answer.split(",")]
            if not all(one.value and not one.problem for one in found):
                raise UsageError(
                    "“{given}” has no address.", remedy="As here: maija@example.org", given=answer
                )
            addresses = [one.value for one in found]
            self.sections["letters"]["release"] = addresses
            self.sections["requests"] = {"to": addresses[0]}
            self._keep()

        question = self.say("Who decides when letters go? Addresses, separated by commas")
        self._ask(7, question, self.sections["letters"]["from_address"], tried)

    def ask_when(self) -> bool | None:
        """Ask question 8: run each night (True), each quarter-hour (False) or never (None)."""
        say = self.say
        choices = {say("night"): True, say("quarter"): False, say("never"): None}
        question = say("When does the program go through the register by itself?")
        return self.dialogue.choice(f"8/8 {question}", choices, say("night"))

    def make_register(self, *, apply: bool) -> None:
        """Make the register, or add what it lacks; without ``apply`` only check that this works."""
        with open_session(replace(self.options, apply=apply)) as session:
            create(cast(Maker, session.store), session.language, apply=apply)
        if apply:
            click.echo(self.say("{book} is ready.", book=session.store.name))

    def tell_end(self) -> None:
        """Print what is not in place yet, and what to do next."""
        found = examine(diagnosis_steps(self.options))
        wanting = [*diagnosis_lines(found, self.say, silent=True)]
        click.echo("\n".join(wanting or [f"✓ {self.say('Everything is in place.')}"]))
        click.echo(
            self.say(
                "Ready. Write the first contact into {tab:inbox}, and see what a run would do:"
                " python3 scripts/autopilot.py"
            )
        )

    @property
    def _none(self) -> tuple[str, str]:
        """The answers that mean that there is no server yet."""
        return self.say("none yet"), "-"

    def _tell(self, found: Diagnosis) -> None:
        for line in diagnosis_lines(found, self.say):
            click.echo(line)

    def _ask(self, number: int, question: str, default: str, tried: Callable[[str], None]) -> None:
        """Ask until ``tried`` accepts the answer; nothing of a rejected answer remains."""

        def trial(answer: str) -> None:
            before = json.dumps(self.sections)
            try:
                with self.undone_if_stopped():
                    tried(answer)
            except VerkostoError:
                self.sections = json.loads(before)
                raise

        self.dialogue.ask_until_accepted(f"{number}/8 {question}", default, trial)

    def _account(self, server: str, secret: str) -> dict[str, Any]:
        """Ask for the account on a server; return the settings for it."""
        host, _, port = server.partition(":") if server.count(":") == 1 else (server, "", "")
        letters = self.sections["letters"]
        user = self.dialogue.text(self.say("The user name there"), letters["from_address"])
        password = self.dialogue.password(
            self.say("The password (an app password, where the service gives those)")
        )
        names = chain((secret,), (f"{secret}-{number}" for number in count(2)))
        free = next(name for name in names if not (self.file.parent / name).exists())
        self._write(self.file.parent / free, f"{password}\n")
        number = int(port) if port.isdecimal() and len(port) < 6 else port or 0
        return {"host": host, "port": number, "user": user, "password_file": free}

    def _fitting(
        self, section: str, settings: Mapping[str, Any], ways: tuple[str, ...], *about: str
    ) -> None:
        """Keep the first encryption with which a server works; raise the first fault if none."""
        near = ("none",) if settings["host"] in _LOOPBACK else ()
        faults: list[VerkostoError] = []
        for way in (*ways, *near):
            self.sections[section] = {**settings, "security": way}
            self._keep()
            found = examine(self._mail_steps(*about))
            wrong = [one for one in found.lines if one.about != "dns" and one.state == "fault"]
            if not wrong:
                self._tell(found)
                return
            if refused := [one for one in found.faults if isinstance(one, SignInRefused)]:
                raise refused[0]
            faults += found.faults
        raise faults[0]

    def _mail_steps(self, *about: str) -> Iterator[Step]:
        mail = read_only_mail(self.options, find_location(self.options))
        return (step for step in mail_steps(mail, Book.empty()) if step.about in about)

    def _steps(self, *, until: str) -> Iterator[Step]:
        """Yield the steps of ``doctor.py`` that come before this one."""
        return takewhile(lambda step: step.about != until, diagnosis_steps(self.options))

    def _must(self, steps: Iterable[Step], *told: str) -> None:
        """Raise the first fault of the steps; if there is none, print the lines about ``told``."""
        found = examine(steps)
        if found.faults:
            raise found.faults[0]
        self._tell(Diagnosis(tuple(line for line in found.lines if line.about in told)))

    def _keep(self) -> None:
        """Write the answers so far, and read them back as every command does.

        Raises ConfigError where they are wrong; the file is then deleted.
        """
        self._write(self.file, settings_text(self.sections))
        try:
            load_configuration(self.file)
        except ConfigError:
            self.file.unlink()
            raise

    def _write(self, path: Path, text: str) -> None:
        if path not in self._made:
            self._made.append(path)
        write_private(path, text.encode())


def _key_steps(say: Sentences, folder: Path) -> tuple[str, ...]:
    """Return the instructions for making the key of an account that opens a sheet."""
    return (
        say(
            "The program opens a Google Sheet by an account of its own, with a key that is made"
            " once:"
        ),
        say(
            "1. At https://console.cloud.google.com make a project, search for Google Sheets API"
            " and press Enable."
        ),
        say(
            "2. Under IAM & Admin → Service accounts make an account; open it, and under Keys add"
            " a key of the type JSON."
        ),
        say(
            "3. Move the file that the browser saves into the folder {folder}.", folder=str(folder)
        ),
    )
