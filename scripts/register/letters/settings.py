"""The sender of the letters: the configuration's ``[letters]`` as the core sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from register.book.errors import ConfigError
from register.book.tokens import LENGTH
from register.letters.notice import OMBUDSMAN, RegisterKeeping
from register.letters.untrusted import breaks_header
from register.values import email, url

_LIST_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,120}[A-Za-z0-9])?")
_MAX_NAME = 120
_MAX_LOCAL = 64
"""Maximum length before the @ (RFC 5321, 4.5.3.1.1)."""

_AnswerBy = Literal["subject", "plus"]

_Fault = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Sender:
    """The association that writes, and the addresses to which its letters may link.

    ``address`` and ``reply_to`` are plain addresses (with '' as ``reply_to``, answers go to
    ``address``); ``list_id`` and ``domain`` are domain names (Message-IDs end in ``domain``).
    ``answer_by`` is where an answer carries the person's token: in the ``subject``, or after ``+``
    in the address (``plus``). ``unsubscribe_url`` is an https address that accepts one-click
    requests (RFC 8058), or ''. ``allowed_links`` are addresses to which a letter may link; one that
    ends in ``/`` allows everything below it. ``privacy_url`` and the meeting's own link are always
    allowed, and so is ``form_url``: a form's prefilled link with ``{token}``. ``keeping`` is what
    the register notice says about how the register is kept.
    """

    name: str
    address: str
    reply_to: str
    organisation: str
    list_id: str
    domain: str
    privacy_url: str = ""
    allowed_links: tuple[str, ...] = ()
    answer_by: _AnswerBy = "subject"
    unsubscribe_url: str = ""
    form_url: str = ""
    keeping: RegisterKeeping = field(default_factory=RegisterKeeping)

    @property
    def answers(self) -> str:
        """The address that receives answers."""
        return self.reply_to or self.address

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses to which all letters may link."""
        form = self.form_url.partition("?")[0].rpartition("/")[0]
        ours = (self.privacy_url, OMBUDSMAN, *self.allowed_links, f"mailto:{self.answers}")
        return (*ours, f"{form}/") if form else ours

    def reply_address(self, token: str) -> str:
        """Return one reader's answer address, with their token after ``+`` if so configured."""
        if self.answer_by == "subject":
            return self.answers
        local, _, domain = self.answers.rpartition("@")
        return f"{local}+{token}@{domain}"

    @classmethod
    def of(
        cls,
        *,
        name: str,
        address: str,
        reply_to: str = "",
        organisation: str = "",
        list_id: str = "",
        privacy_url: str = "",
        allowed_links: Iterable[str] = (),
        answer_by: _AnswerBy = "subject",
        unsubscribe_url: str = "",
        form_url: str = "",
        keeping: RegisterKeeping | None = None,
    ) -> Sender:
        """Return the sender that these settings of ``[letters]`` describe.

        The default ``list_id`` is ``verkosto.`` and the domain of the address. Raises ConfigError
        that names every unusable setting.
        """
        domain = email.mailbox_key(address).rpartition("@")[2]
        sender = cls(
            name=name,
            address=email.read(address).value,
            reply_to=email.read(reply_to).value,
            organisation=organisation or name,
            list_id=list_id or f"verkosto.{domain}",
            domain=domain,
            privacy_url=privacy_url,
            allowed_links=tuple(allowed_links),
            answer_by=answer_by,
            unsubscribe_url=unsubscribe_url,
            form_url=form_url,
            keeping=keeping or RegisterKeeping(),
        )
        if faults := [*_faults(sender, address, reply_to)]:
            raise ConfigError(
                "No letters can be written with these settings under [letters]:",
                remedy="Compare them with config.example.toml, which says what each may be.",
                faults=faults,
            )
        return sender


def _faults(sender: Sender, address: str, reply_to: str) -> Iterator[_Fault]:
    addresses = (("from_address", address, sender.address), ("reply_to", reply_to, sender.reply_to))
    for key, given, read in addresses:
        if not read and (given or key == "from_address"):
            yield "{key}: “{value}” is not an e-mail address.", {"key": key, "value": given}
    for key, text in (("from_name", sender.name), ("organisation", sender.organisation)):
        if not text or len(text) > _MAX_NAME or breaks_header(text):
            yield (
                "{key}: a name of at most {limit} characters on one line is wanted.",
                {"key": key, "limit": _MAX_NAME},
            )
    if not _LIST_ID.fullmatch(sender.list_id):
        yield (
            "{key}: “{value}” is not a domain name.",
            {"key": "list_id", "value": sender.list_id},
        )
    local = sender.reply_address("0" * LENGTH).rpartition("@")[0]
    if sender.answer_by == "plus" and ("+" in sender.answers or len(local) > _MAX_LOCAL):
        yield (
            "{key}: with answer_by = “plus” it needs an address without “+” and of at most {limit}"
            " characters before the @.",
            {"key": "reply_to", "limit": _MAX_LOCAL - LENGTH - 1},
        )
    link = sender.unsubscribe_url
    if link and not (link.startswith("https://") and url.read(link.replace("{token}", "0")).value):
        yield "{key}: “{value}” is not an https address.", {"key": "unsubscribe_url", "value": link}
    for key, link in (
        ("privacy_url", sender.privacy_url),
        *(("allowed_links", one) for one in sender.allowed_links),
    ):
        if link and not link.startswith("mailto:") and not url.read(link).value:
            yield "{key}: “{value}” is not a web address.", {"key": key, "value": link}
