"""A draft as a mail: exactly one recipient, one Message-ID for ever, text and HTML."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from urllib.parse import quote

from register.errors import UsageError
from register.fields.email import mailbox_key
from register.letters.campaign import message_id
from register.letters.draft import Draft
from register.letters.settings import Sender
from register.letters.untrusted import unfit_for_header

_FOR_MACHINES = frozenset(("message-id", "list-id", "list-unsubscribe", "x-campaign-id"))


class LetterPolicy(EmailPolicy):
    """SMTP's policy, but headers for machines stay on one line.

    The email package would encode a long address (RFC 2047), and no mail program decodes it there.
    """

    def fold(self, name: str, value: str) -> str:
        """Return a header as it is sent, with its line end."""
        if name.lower() in _FOR_MACHINES:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is sent, in ASCII."""
        return self.fold(name, value).encode("ascii")


POLICY = LetterPolicy(linesep="\r\n")


def message(draft: Draft, sender: Sender, campaign: str, at: datetime) -> EmailMessage:
    """Return the mail of a draft, ``multipart/alternative`` of text and HTML.

    ``at`` is an aware moment. Raises UsageError, before the email package sees it, where a
    header's value holds a control, line separator or bidi character.
    """
    to = draft.recipient
    unsubscribe = f"mailto:{sender.answers}?subject={quote(f'unsubscribe {to.person}')}"
    headers = {
        "Subject": draft.subject,
        "Reply-To": sender.answers,
        "Date": format_datetime(at),
        "Message-ID": message_id(campaign, to.person, sender.domain),
        "List-Id": f"<{sender.list_id}>",
        "List-Unsubscribe": f"<{unsubscribe}>",
        "X-Campaign-ID": campaign,
    }
    for name, value in {**headers, "From": draft.from_name, "To": to.address}.items():
        if unfit_for_header(value):
            raise UsageError(
                "The header {header} of the letter for {person} holds a line break or a hidden"
                " character.",
                remedy="Correct the cell that it comes from.",
                header=name,
                person=to.person,
            )
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(draft.from_name, addr_spec=sender.address)
    mail["To"] = Address(addr_spec=_ascii_domain(to.address))
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(draft.text)
    mail.add_alternative(draft.html, subtype="html")
    mail["Content-Language"] = to.language
    return mail


def _ascii_domain(address: str) -> str:
    """Return an address with its domain as DNS knows it (RFC 5890)."""
    return f"{address.rpartition('@')[0]}@{mailbox_key(address).rpartition('@')[2]}"
