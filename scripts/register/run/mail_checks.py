"""``doctor.py --mail``: everything that letters need before the first one goes.

This includes whether the coming meetings' letters fit the limit of a day.
"""

from collections.abc import Iterator
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from register.book.errors import ConfigError, SafetyStop, UsageError
from register.book.phrase import Phrase
from register.book.table import Book
from register.letters.audience import Audience, audience
from register.letters.authentication import dkim, dmarc, spf
from register.people.meetings import Meeting
from register.post.connection import Connection
from register.post.dns import Resolver
from register.post.imap import ImapMailbox
from register.post.maildir import LocalMailbox
from register.rounds.dispatch import SendLimits
from register.run.diagnosis import Step
from register.run.mail import RunMail, imap_server
from register.values import date as dates

_AHEAD = ("", "draft", "gather", "gathered", "preview", "previewed", "released")
"""States of a meeting whose invitations have not gone."""


def mail_steps(mail: RunMail, book: Book) -> Iterator[Step]:
    """Yield the steps about letters: templates, mail server, the domain's records, limits."""
    ours, found = mail.config.post, _MailExamined(mail)
    domain = mail.config.letters.from_address.rpartition("@")[2].lower()
    yield Step("letters", found.letters)
    if ours.kind == "outbox":
        yield Step("smtp", found.rehearsal)
    if ours.host:
        yield Step("smtp", found.server)
        yield Step("smtp", found.signed_in)
        yield Step("smtp", found.allowed)
        ask = found.domain_texts
        yield Step("dns", lambda: spf(domain, ours.host, ask), apart=True)
        yield Step("dns", lambda: dkim(domain, ours.dkim_selector, ask), apart=True)
        yield Step("dns", lambda: dmarc(domain, ask), apart=True)
    if mail.config.mailbox.kind == "imap":
        yield Step("imap", found.mailbox, apart=True)
    if mail.config.mailbox.kind == "local":
        yield Step("mailbox", found.folder, apart=True)
    yield Step("limits", lambda: rounds_fit_limit(book, mail.now.date(), mail.limits), apart=True)


class _MailExamined:
    """The steps' functions; they share one connection to the mail server."""

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

    def mailbox(self) -> Phrase:
        server = imap_server(self.mail.config.mailbox, self.mail.beside)
        with ImapMailbox(server):
            return (
                "The mailbox {folder} at {server} opens: answers are read there.",
                {"folder": server.folder, "server": server.name},
            )

    def folder(self) -> Phrase:
        path = self.mail.beside / Path(self.mail.config.mailbox.path).expanduser()
        LocalMailbox(path)
        return "The mailbox {folder} is there: answers are read in it.", {"folder": str(path)}

    def domain_texts(self, name: str) -> tuple[str, ...]:
        return Resolver(self.mail.config.post.resolver).texts(name)


def rounds_fit_limit(book: Book, today: date, limits: SendLimits) -> Phrase:
    """Return how many days the largest coming round of invitations takes, as a sentence.

    Meetings whose audience cannot be read yet are skipped. Raises SafetyStop where a round exceeds
    the limit of a campaign.
    """
    ahead = [one for one in _ahead(book, today) if one.count]
    if not ahead:
        return "No invitations are ahead.", {}
    largest = max(ahead, key=lambda one: one.count)
    told: dict[str, Any] = {"meeting": largest.meeting.id, "count": largest.count}
    if limits.campaign and largest.count > limits.campaign:
        raise SafetyStop(
            "{meeting} has {count} letters; the configuration allows {limit} in one campaign.",
            remedy="Look whether {column:meetings.area} and {column:meetings.audience} are"
            " what you mean; then raise [post]"
            " max_letters.",
            limit=limits.campaign,
            **told,
        )
    if limits.per_day and largest.count > limits.per_day:
        return (
            "{meeting} has {count} letters and {limit} may go in 24 hours: sending takes {days}"
            " days; give the same command again each day.",
            {**told, "limit": limits.per_day, "days": ceil(largest.count / limits.per_day)},
        )
    return (
        "{meeting} has {count} letters; so many may go in 24 hours: {limit}.",
        {**told, "limit": limits.per_day or "–"},
    )


def _ahead(book: Book, today: date) -> list[Audience]:
    found = []
    for row_id, row in Meeting.all(book).items():
        when = dates.read(row.date).value
        if row.state not in _AHEAD or not when or when < today.isoformat():
            continue
        try:
            found.append(audience(book, row_id, today))
        except UsageError:
            continue
    return found
