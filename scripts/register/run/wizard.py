"""``create.py --wizard``: eight questions, each answer tried at once, and all is set up.

What it writes is the configuration and the secrets (0600), the register, and the schedule's files.
Where it is stopped before its end nothing of the configuration stays.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from itertools import chain, count, takewhile
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from register.book.errors import ConfigError, UsageError, VerkostoError
from register.book.schema import LANGUAGES, schema
from register.book.table import Book
from register.configuration.load import CONFIG_FILE, load_configuration
from register.disk import write_private
from register.ports.store import Maker
from register.run.create import create
from register.run.diagnosis import Diagnosis, Step, examine
from register.run.doctor import diagnosis_steps, mail_to_look_at
from register.run.location import find_location
from register.run.mail_checks import mail_steps
from register.run.options import Options
from register.run.printing import diagnosis_lines
from register.run.schedules import FORMS, INSTALL, Schedule, form_of_this_computer
from register.run.session import open_session
from register.stores.google_address import names_a_sheet
from register.values import email
from register.words.sentences import Sentences

_SCHEDULE = "schedule"
"""The folder that the schedule's files are written into."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_RUN = Path(__file__).resolve().parents[2] / "autopilot.py"

_T = TypeVar("_T")

Sections = dict[str, dict[str, Any]]


def run_wizard(options: Options) -> None:
    """Ask, try, write; raises UsageError where the folder has a configuration already."""
    file = Path.cwd() / CONFIG_FILE
    if file.exists():
        raise UsageError(
            "There is a configuration already: {file}.",
            remedy="Change it by hand, or ask: python3 scripts/doctor.py. To begin anew, move it.",
            file=str(file),
        )
    say = Sentences(options.lang or "fi")
    wizard = Wizard(replace(options, config=file, lang=say.language, apply=False), file)
    with wizard.undone_if_stopped():
        wizard.ask_language()
        wizard.ask_register()
        wizard.ask_who()
        wizard.ask_mail_server()
        wizard.ask_mailbox()
        wizard.ask_who_decides()
        nightly = wizard.ask_when()
        wizard.make_register()
    if nightly is not None:
        wizard.offer_schedule(nightly=nightly)
    wizard.tell(examine(diagnosis_steps(wizard.options)))
    click.echo(wizard.say("Ready. Write the first contact into {tab:inbox}, and run:"))
    click.echo("  python3 scripts/autopilot.py")


@dataclass(slots=True)
class Wizard:
    """The answers so far, and the files that hold them."""

    options: Options
    file: Path
    sections: Sections = field(default_factory=dict)
    _made: list[Path] = field(default_factory=list)

    @property
    def say(self) -> Sentences:
        """The sentences in the language of the first answer."""
        return Sentences(self.options.lang or "fi")

    @contextmanager
    def undone_if_stopped(self) -> Iterator[None]:
        """Take away what is written meanwhile where this ends early or fails."""
        known = len(self._made)
        try:
            yield
        except BaseException:
            while len(self._made) > known:
                self._made.pop().unlink(missing_ok=True)
            raise

    def ask_language(self) -> None:
        """1: the register's language, which the next questions are asked in."""
        question = self.say("In which language is the register kept?")
        language = self._choose(
            f"1/8 {question}", {one: one for one in LANGUAGES}, self.say.language
        )
        self.options = replace(self.options, lang=language)
        self.sections["book"] = {"language": language}

    def ask_register(self) -> None:
        """2: a file, which is made, or a shared sheet, which must open."""

        def tried(named: str) -> None:
            self.sections["book"]["file"] = named
            if names_a_sheet(named):
                key = self._asked(
                    self.say("The key of the account that signs in (a file)"), "key.json"
                )
                self.sections["google"] = {"key_file": key}
                self._keep()
                self._must(
                    takewhile(lambda step: step.about != "schema", diagnosis_steps(self.options))
                )
                return
            if not named.endswith(".xlsx"):
                raise UsageError(
                    "{file} is no .xlsx file.", remedy="Give a name that ends in .xlsx.", file=named
                )
            self._keep()
            location = find_location(self.options)
            if Path(location.address).exists():
                self._must(takewhile(lambda s: s.about != "upgrade", diagnosis_steps(self.options)))

        question = self.say("The register: a new file’s name, or the address of a Google Sheet")
        self._ask(2, question, "register.xlsx", tried)

    def ask_who(self) -> None:
        """3 and 4: the association, and who writes its letters."""

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
            self._must(self._mail_steps("letters"))

        self._ask(3, self.say("Which association or network keeps it?"), "", named)
        self._ask(4, self.say("Who writes the letters? A name and an address"), "", writes)

    def ask_mail_server(self) -> None:
        """5: the server that sends; the domain's records are told, and stop nobody."""

        def tried(answer: str) -> None:
            if answer == "-":
                return
            post = self._account(answer, "mail-password")
            self._fitting("post", {**post, "kind": "smtp"}, ("starttls", "tls"), "smtp", "dns")

        question = self.say("The mail server that sends, as smtp.example.org; - for none yet")
        self._ask(5, question, "-", tried)

    def ask_mailbox(self) -> None:
        """6: the mailbox that answers come to."""

        def tried(answer: str) -> None:
            if answer == "-":
                return
            box = self._account(answer, "mailbox-password")
            self._fitting("mailbox", {**box, "kind": "imap"}, ("tls", "starttls"), "imap")

        question = self.say("The mailbox that answers come to, as imap.example.org; - for none yet")
        self._ask(6, question, "-", tried)

    def ask_who_decides(self) -> None:
        """7: whose word releases letters from the sheet, and who gets what people ask for."""

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
        """8: whether it runs each night (True), each quarter of an hour (False), never (None)."""
        say = self.say
        choices = {say("night"): True, say("quarter"): False, say("never"): None}
        return self._choose(f"8/8 {say('When does it run by itself?')}", choices, say("night"))

    def make_register(self) -> None:
        """Make the register, or add what it lacks."""
        with open_session(replace(self.options, apply=True)) as session:
            create(cast(Maker, session.store), session.language, apply=True)
        click.echo(self.say("{book} is ready.", book=session.store.name))

    def offer_schedule(self, *, nightly: bool) -> None:
        """Write the schedule's files, and give them to the computer where that is wanted."""
        form = form_of_this_computer(has_systemd=Path("/run/systemd/system").is_dir())
        folder = self.file.parent / _SCHEDULE
        at = Schedule(self.file.parent, Path(sys.executable), _RUN, nightly)
        for name, text in FORMS[form](at).items():
            write_private(folder / name, text.encode())
        quoted = str(folder) if form == "windows" else shlex.quote(str(folder))
        command = INSTALL[form].format(folder=quoted)
        click.echo(self.say("The schedule is in {folder}. This installs it:", folder=str(folder)))
        click.echo(f"  {command}")
        words = schema().enum("yes_no")
        yes, no = (words.label(key, self.say.language) for key in ("yes", "no"))
        question = self.say("Shall it be installed now?")
        if form != "windows" and self._choose(question, {yes: True, no: False}, no):
            done = subprocess.run(["/bin/sh", "-c", command], check=False)
            if done.returncode:
                click.echo(self.say("It could not be installed; the files stay."), err=True)

    def tell(self, found: Diagnosis) -> None:
        """Print what was found."""
        click.echo("\n".join(diagnosis_lines(found, self.say)))

    def _ask(self, number: int, question: str, default: str, tried: Callable[[str], None]) -> None:
        """Ask until the answer stands its trial."""
        while True:
            answer = self._asked(f"{number}/8 {question}", default)
            before = json.dumps(self.sections)
            try:
                with self.undone_if_stopped():
                    return tried(answer)
            except VerkostoError as fault:
                self.sections = json.loads(before)
                click.echo(f"✗ {self.say.error(fault)}")

    def _choose(self, question: str, choices: Mapping[str, _T], default: str) -> _T:
        """Ask for one of these words, or for its beginning."""
        told = ", ".join(choices)
        while True:
            answer = self._asked(f"{question} ({told})", default).lower()
            found = [word for word in choices if word.startswith(answer)]
            if len(found) == 1:
                return choices[found[0]]
            click.echo(f"✗ {self.say('Answer with one of these: {choices}.', choices=told)}")

    def _asked(self, question: str, default: str = "") -> str:
        while True:
            answer = str(click.prompt(question, default=default or None)).strip()
            if answer and answer.isprintable():
                return answer

    def _account(self, server: str, secret: str) -> dict[str, Any]:
        """Ask who signs in to a server; return the settings that say so."""
        host, _, port = server.partition(":") if server.count(":") == 1 else (server, "", "")
        user = self._asked(
            self.say("The user name there"), self.sections["letters"]["from_address"]
        )
        password = click.prompt(
            self.say("The password (an app password, where the service gives those)"),
            hide_input=sys.stdin.isatty(),
        )
        names = chain((secret,), (f"{secret}-{number}" for number in count(2)))
        free = next(name for name in names if not (self.file.parent / name).exists())
        self._write(self.file.parent / free, f"{password}\n")
        number = int(port) if port.isdecimal() and len(port) < 6 else port or 0
        return {"host": host, "port": number, "user": user, "password_file": free}

    def _fitting(
        self, section: str, settings: Mapping[str, Any], ways: tuple[str, ...], *about: str
    ) -> None:
        """Keep the first way of encryption by which a server takes us; the first fault if none."""
        near = ("none",) if settings["host"] in _LOOPBACK else ()
        faults: list[VerkostoError] = []
        for way in (*ways, *near):
            self.sections[section] = {**settings, "security": way}
            self._keep()
            found = examine(self._mail_steps(*about))
            wrong = [one for one in found.lines if one.about != "dns" and one.state == "fault"]
            if not wrong:
                self.tell(found)
                return
            faults += found.faults
        raise faults[0]

    def _mail_steps(self, *about: str) -> Iterator[Step]:
        mail = mail_to_look_at(self.options, find_location(self.options))
        return (step for step in mail_steps(mail, Book.empty()) if step.about in about)

    def _must(self, steps: Iterable[Step]) -> None:
        found = examine(steps)
        if found.faults:
            raise found.faults[0]
        self.tell(found)

    def _keep(self) -> None:
        """Write the answers so far, and read them as every command does."""
        self._write(self.file, _toml(self.sections))
        try:
            load_configuration(self.file)
        except ConfigError:
            self.file.unlink()
            raise

    def _write(self, path: Path, text: str) -> None:
        if path not in self._made:
            self._made.append(path)
        write_private(path, text.encode())


def _toml(sections: Sections) -> str:
    """Return settings as TOML: JSON's strings, numbers and lists are TOML's as well."""
    head = "# What each setting is for: config.example.toml\n"
    tables = (
        "\n".join(
            (
                f"[{name}]",
                *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values.items()),
            )
        )
        for name, values in sections.items()
    )
    return head + "\n" + "\n\n".join(tables) + "\n"
