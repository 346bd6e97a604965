"""What ``doctor --mail`` looks at: all that letters need before the first of them goes."""

from __future__ import annotations

from collections.abc import Iterator

from register.book.errors import ConfigError
from register.book.phrase import Phrase
from register.book.table import Book
from register.letters.authentication import dkim, dmarc, spf
from register.post.connection import Connection
from register.post.dns import Resolver
from register.run.diagnosis import Step
from register.run.letter_checks import rounds_fit_limit
from register.run.mail import RunMail


def mail_steps(mail: RunMail, book: Book) -> Iterator[Step]:
    """Yield what letters need: their words, the mail server, the domain's records, the limits."""
    ours, found = mail.config.post, _MailExamined(mail)
    domain = mail.config.letters.from_address.rpartition("@")[2].lower()
    yield Step(found.letters)
    if ours.kind == "outbox":
        yield Step(found.rehearsal)
    if ours.host:
        yield Step(found.server)
        yield Step(found.signed_in)
        yield Step(found.allowed)
        ask = found.domain_texts
        yield Step(lambda: spf(domain, ours.host, ask), apart=True)
        yield Step(lambda: dkim(domain, ours.dkim_selector, ask), apart=True)
        yield Step(lambda: dmarc(domain, ask), apart=True)
    yield Step(lambda: rounds_fit_limit(book, mail.now.date(), mail.limits), apart=True)


class _MailExamined:
    """Each step says what it found, and keeps the connection for the next ones."""

    connection: Connection

    def __init__(self, mail: RunMail) -> None:
        self.mail = mail

    def letters(self) -> Phrase:
        sender = self.mail.sender
        self.mail.guard_sender()
        return (
            "{count} letter templates; the letters come from {name} <{address}>.",
            {
                "count": sum(".md." in name for name in self.mail.templates),
                "name": sender.name,
                "address": sender.address,
            },
        )

    def rehearsal(self) -> Phrase:
        return (
            "Letters go into the folder {folder}, as a rehearsal: nobody gets them.",
            {"folder": str(self.mail.outbox)},
        )

    def server(self) -> Phrase:
        server = self.mail.mail_server
        self.connection = Connection(server)
        if server.security == "none":
            return "The mail server {server} answers, in clear.", {"server": server.name}
        return (
            "The mail server {server} answers, and proves who it is ({protocol}).",
            {"server": server.name, "protocol": self.connection.protocol},
        )

    def signed_in(self) -> Phrase:
        user = self.mail.config.post.user
        if not user:
            return "It wants no sign-in.", {}
        return "It accepts the user name and password of {user}.", {"user": user}

    def allowed(self) -> Phrase:
        address = self.mail.sender.address
        said = self.connection.accepts(address)
        self.connection.close()
        if said:
            raise ConfigError(
                "The mail server {server} does not let this address send: {said}",
                remedy="Check [letters] from_address, and with which user you sign in.",
                server=self.mail.mail_server.name,
                said=said,
            )
        return "It lets {address} send.", {"address": address}

    def domain_texts(self, name: str) -> tuple[str, ...]:
        return Resolver(self.mail.config.post.resolver).texts(name)
