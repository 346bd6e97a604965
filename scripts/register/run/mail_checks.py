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
    ours = mail.config.post
    connections: list[Connection] = []

    def letters() -> Phrase:
        sender = mail.sender
        mail.guard_sender()
        return (
            "{count} letter templates; the letters come from {name} <{address}>.",
            {
                "count": sum(".md." in name for name in mail.templates),
                "name": sender.name,
                "address": sender.address,
            },
        )

    def rehearsal() -> Phrase:
        return (
            "Letters go into the folder {folder}, as a rehearsal: nobody gets them.",
            {"folder": str(mail.outbox)},
        )

    def server() -> Phrase:
        server = mail.mail_server
        connections.append(Connection(server))
        if server.security == "none":
            return "The mail server {server} answers, in clear.", {"server": server.name}
        return (
            "The mail server {server} answers, and proves who it is ({protocol}).",
            {"server": server.name, "protocol": connections[0].protocol},
        )

    def signed_in() -> Phrase:
        if not ours.user:
            return "It wants no sign-in.", {}
        return "It accepts the user name and password of {user}.", {"user": ours.user}

    def allowed() -> Phrase:
        address = mail.sender.address
        said = connections[0].accepts(address)
        connections.pop().close()
        if said:
            raise ConfigError(
                "The mail server {server} does not let this address send: {said}",
                remedy="Check [letters] from_address, and with which user you sign in.",
                server=mail.mail_server.name,
                said=said,
            )
        return "It lets {address} send.", {"address": address}

    def resolver() -> Resolver:
        return Resolver(ours.resolver)

    domain = mail.config.letters.from_address.rpartition("@")[2].lower()
    yield Step(letters)
    if ours.kind == "outbox":
        yield Step(rehearsal)
    if ours.host:
        yield Step(server)
        yield Step(signed_in)
        yield Step(allowed)
        yield Step(lambda: spf(domain, ours.host, resolver().texts), apart=True)
        yield Step(lambda: dkim(domain, ours.dkim_selector, resolver().texts), apart=True)
        yield Step(lambda: dmarc(domain, resolver().texts), apart=True)
    yield Step(lambda: rounds_fit_limit(book, mail.now.date(), mail.limits), apart=True)
