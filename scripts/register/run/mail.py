"""The mail settings of a run: sender, templates, mail server and ledger."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from register.book.errors import ConfigError, UsageError
from register.book.plan import Plan
from register.book.table import Book
from register.book.tokens import Tokens
from register.configuration.sections import Config, LettersSection, MailboxSection
from register.letters.attachments import Attachment
from register.letters.campaign import LETTER
from register.letters.notice import NOTICE, RegisterKeeping
from register.letters.settings import Sender
from register.letters.templates import Templates, read_drafts, read_templates
from register.ports.ledger import Ledger
from register.ports.post import Post
from register.post.attachment_folder import read_attachments
from register.post.connection import Server
from register.post.guarded_post import GuardedPost
from register.post.imap import ImapServer
from register.post.outbox import Outbox
from register.post.secrets import MAILBOX_VARIABLE, read_secret
from register.post.sent_folder import found_in_sent
from register.post.smtp import Smtp
from register.rounds.dispatch import SendLimits
from register.rounds.mail_room import MailRoom
from register.run.command_line import ask_release
from register.run.options import Options
from register.show.pages import TEMPLATES
from register.state.keys import KEY_FILE as KEY_FILE, register_key, register_keys
from register.state.ledger import SqliteLedger
from register.values.email import mailbox_key
from register.words.sentences import Sentences

_LATER = (NOTICE, LETTER)
"""Kinds of letters that a custom folder may lack, because the program got them later."""


def imap_server(ours: MailboxSection, beside: Path) -> ImapServer:
    """Return the IMAP server of the mailbox for answers, with the secret to sign in."""

    def path(name: str) -> Path | None:
        return (beside / Path(name).expanduser()).absolute() if name else None

    return ImapServer(
        host=ours.host,
        port=ours.server_port,
        security=ours.security,
        user=ours.user,
        auth=ours.auth,
        secret=read_secret(path(ours.password_file), variable=MAILBOX_VARIABLE, section="mailbox"),
        folder=ours.folder,
        done=ours.done,
        aside=ours.aside,
        ca_file=path(ours.ca_file),
        timeout=ours.timeout,
    )


@dataclass(frozen=True, slots=True)
class RunMail:
    """What letters need from a run.

    ``refresh`` applies a plan during the run and returns the book after it. ``hold`` keeps other
    computers from the register. ``before_sending`` is called before letters go. ``google`` is True
    if the register is a Google Sheet. ``before_first_key`` raises UsageError where the register
    shows that it had a key before.
    """

    options: Options
    config: Config
    state: Path
    beside: Path
    now: datetime
    say: Sentences
    refresh: Callable[[Plan], Book]
    hold: Callable[[], None] = lambda: None
    before_sending: Callable[[], None] = lambda: None
    google: bool = False
    before_first_key: Callable[[], None] = lambda: None

    @property
    def sender(self) -> Sender:
        """The configured sender of the letters."""
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
            form_url=self.config.answer_form.link,
            keeping=self._keeping,
        )

    @property
    def _keeping(self) -> RegisterKeeping:
        ours = self.config.privacy
        return RegisterKeeping(
            contact=ours.contact,
            officer=ours.officer,
            receivers=ours.receivers,
            google=self.google,
            months=ours.retention_months,
            by_group={str(group): months for group, months in ours.retention_by_group.items()},
        )

    @property
    def templates(self) -> Templates:
        """The letters' templates: the configured folder's, else the project's.

        The project's register notice and letter to a mailing are used where the configured folder
        has none.
        """
        project = read_templates(TEMPLATES / "letters")
        if not (own := self.config.letters.templates):
            return project
        later = {one: text for one, text in project.items() if one.split(".")[0] in _LATER}
        return {**later, **read_templates(self._path(own))}

    @property
    def _drafts(self) -> Templates:
        own = self.config.letters.templates
        return read_drafts(self._path(own) if own else TEMPLATES / "letters")

    @property
    def may_have_gone(self) -> tuple[Templates, ...]:
        """The templates of letters already sent: the project's, and the configured ones if any.

        A configured folder that cannot be read is skipped, so that answers can still be read.
        """
        found = [read_templates(TEMPLATES / "letters")]
        if self.config.letters.templates:
            with suppress(UsageError):
                found.append(self.templates)
        return tuple(found)

    @property
    def outbox(self) -> Path:
        """The folder for a rehearsal's letters."""
        return self._path(self.config.post.outbox)

    @property
    def post(self) -> Post:
        """The configured post.

        Raises ConfigError where letters would be sent in the name of the example address.
        """
        ours = self.config.post
        if ours.kind == "outbox":
            return Outbox(self.outbox)
        self.guard_sender()
        return Smtp(self.mail_server, connections=ours.connections, waits=ours.retries)

    def guard_sender(self) -> None:
        """Raise ConfigError where the sender is still the example address."""
        if mailbox_key(self.config.letters.from_address) == LettersSection().from_address:
            raise ConfigError(
                "{address} is the example of a sender; nothing is sent in its name.",
                remedy="Give your own in the configuration: [letters] from_address.",
                address=self.config.letters.from_address,
            )

    @property
    def mail_server(self) -> Server:
        """The configured mail server, with the secret to sign in."""
        ours = self.config.post
        file = self._path(ours.password_file) if ours.password_file else None
        return Server(
            host=ours.host,
            port=ours.server_port,
            security=ours.security,
            user=ours.user,
            auth=ours.auth,
            secret=read_secret(file) if ours.user else None,
            ca_file=self._path(ours.ca_file) if ours.ca_file else None,
            timeout=ours.timeout,
        )

    def in_sent_folder(self, wanted: Iterable[str]) -> frozenset[str]:
        """Return which of these Message-IDs are in the Sent folder of the account that sends.

        Raises ConfigError where no IMAP server or no user is configured.
        """
        ours = self.config.post
        if not (ours.imap_host and ours.user):
            raise ConfigError(
                "Where is the sent mail? No mailbox is named.",
                remedy="Name the IMAP server of the account that sends in the configuration:"
                " [post] imap_host and user.",
            )
        server = replace(self.mail_server, host=ours.imap_host, port=ours.imap_port)
        return found_in_sent(server, ours.sent_folder, wanted)

    @property
    def tokens(self) -> Tokens:
        """The register's tokens; a run without ``--apply`` that finds no key does not make one."""
        if self.options.apply or (self.state / KEY_FILE).exists():
            if not (self.state / KEY_FILE).exists():
                self.before_first_key()
            register_key(self.state)
            key, *earlier = register_keys(self.state)
            return Tokens(key, tuple(earlier))
        return Tokens(b"")

    @property
    def limits(self) -> SendLimits:
        """The configured limits on the number of letters."""
        ours = self.config.post
        return SendLimits(ours.per_hour, ours.per_day, ours.max_letters)

    @contextmanager
    def room(self, *, confirm: str = "", take_over: bool = False) -> Iterator[MailRoom]:
        """Open the mail room of this run; ``confirm`` is the flag's ``COUNT:HASH``, or ''."""
        post = GuardedPost(self.post, self.before_sending)
        with self.ledger(take_over=take_over) as ledger:
            yield MailRoom(
                post=post,
                ledger=ledger,
                templates=self.templates,
                sender=self.sender,
                tokens=self.tokens,
                now=self.now,
                apply=self.options.apply,
                limit=self.options.limit or 0,
                limits=self.limits,
                confirm=lambda wanted: ask_release(wanted, confirm, self.say),
                hold=self.hold,
                refresh=self.refresh,
                drafts=self._drafts,
                attach=cache(self._attach),
                outbox=self.outbox.name,
            )

    def _attach(self, names: tuple[str, ...]) -> tuple[Attachment, ...]:
        ours = self.config.letters
        folder = self._path(ours.attachments) if ours.attachments else None
        return read_attachments(folder, names, ours.attachments_mb)

    @contextmanager
    def ledger(self, *, take_over: bool = False) -> Iterator[Ledger | None]:
        """Open the ledger of letters; None where there is none and the run may not make one."""
        if not self.options.apply and not SqliteLedger.exists(self.state):
            yield None
            return
        with SqliteLedger(self.state, take_over=take_over) as ledger:
            yield ledger

    def _path(self, named: str) -> Path:
        return (self.beside / Path(named).expanduser()).absolute()
