"""Who writes the letters; the configuration's ``[letters]`` as the core sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from register.errors import ConfigError
from register.fields import email, url
from register.letters.untrusted import unfit_for_header

_LIST_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,120}[A-Za-z0-9])?")
_MAX_NAME = 120

Fault = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Sender:
    """The association that writes, and what its letters may link to.

    ``address`` and ``reply_to`` are plain addresses (``reply_to`` may be '': answers go to
    ``address``), ``list_id`` and ``domain`` are domain names (``domain`` ends the Message-IDs).
    ``allowed_links`` holds addresses that a letter may link to; one that ends in ``/`` allows all
    below it. ``privacy_url`` and the meeting's own link are always allowed.
    """

    name: str
    address: str
    reply_to: str
    organisation: str
    list_id: str
    domain: str
    privacy_url: str = ""
    allowed_links: tuple[str, ...] = ()

    @property
    def answers(self) -> str:
        """Where answers go."""
        return self.reply_to or self.address

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
    ) -> Sender:
        """Return the sender that these settings of ``[letters]`` describe.

        Without ``list_id`` it is ``verkosto.`` and the domain of the address. Raises ConfigError
        that names every setting that no letter can be written with.
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
        )
        if faults := [*_faults(sender, address, reply_to)]:
            raise ConfigError(
                "No letters can be written with these settings under [letters]:",
                remedy="Compare them with config.example.toml, which says what each may be.",
                faults=faults,
            )
        return sender


def _faults(sender: Sender, address: str, reply_to: str) -> Iterator[Fault]:
    addresses = (("from_address", address, sender.address), ("reply_to", reply_to, sender.reply_to))
    for key, given, read in addresses:
        if not read and (given or key == "from_address"):
            yield "{key}: “{value}” is not an e-mail address.", {"key": key, "value": given}
    for key, text in (("from_name", sender.name), ("organisation", sender.organisation)):
        if not text or len(text) > _MAX_NAME or unfit_for_header(text):
            yield (
                "{key}: a name of at most {limit} characters on one line is wanted.",
                {"key": key, "limit": _MAX_NAME},
            )
    if not _LIST_ID.fullmatch(sender.list_id):
        yield (
            "{key}: “{value}” is not a domain name.",
            {"key": "list_id", "value": sender.list_id},
        )
    for key, link in (
        ("privacy_url", sender.privacy_url),
        *(("allowed_links", one) for one in sender.allowed_links),
    ):
        if link and not link.startswith("mailto:") and not url.read(link).value:
            yield "{key}: “{value}” is not a web address.", {"key": key, "value": link}
