"""A rendered letter as a mail to be sent: exactly one recipient, one permanent Message-ID."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime

from register.book.errors import UsageError
from register.letters.answering import mailto
from register.letters.attachments import Attachment
from register.letters.campaign import Mailing
from register.letters.draft import RenderedLetter
from register.letters.kinds import LETTER_KINDS
from register.letters.mime import (
    CalendarPart,
    Header,
    fold_parts,
    mail_pieces,
    name_header,
    text_header,
)
from register.letters.settings import Sender
from register.letters.untrusted import breaks_header
from register.values.email import ascii_email


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to send: its envelope (one sender, one recipient), headers and bytes.

    ``mailbox`` is the ledger's key for the recipient. ``headers`` are in readable form, not
    encoded. ``attached`` are the pieces after the ``opening``, ``files`` the names of the
    attachments; all letters share the same bytes. ``told`` are the rows of ``people`` that this
    letter informs of the register for the first time.
    """

    person: str
    mailbox: str
    sender: str
    address: str
    message_id: str
    headers: tuple[Header, ...] = field(repr=False)
    calendar: str = field(repr=False)
    opening: bytes = field(repr=False)
    attached: tuple[bytes, ...] = field(default=(), repr=False)
    files: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def data(self) -> bytes:
        """The whole mail as it is sent."""
        return b"".join((self.opening, *self.attached))

    @property
    def size(self) -> int:
        """The number of bytes of the mail."""
        return len(self.opening) + sum(map(len, self.attached))

    @property
    def utf8(self) -> bool:
        """Whether the envelope needs a server that supports SMTPUTF8 (RFC 6531)."""
        return not (self.sender + self.address).isascii()


_FOLDED = ("In-Reply-To", "References", "List-Unsubscribe")
"""Headers of addresses. A Message-ID is on one line, because readers compare it as text."""


def compose_letter(
    draft: RenderedLetter,
    sender: Sender,
    mailing: Mailing,
    calendar: CalendarPart | None = None,
    attachments: Sequence[Attachment] = (),
    follows: str = "",
) -> Letter:
    """Return the mail of a rendered letter, with its attachments.

    ``follows`` is the Message-ID of the letter under which it is threaded, or '' (RFC 5322, 3.6.4).
    Raises UsageError, before anything is encoded, where a header's value holds a control, line
    separator or bidi character.
    """
    to = draft.recipient
    token = mailing.token(to.person)
    address = ascii_email(to.address)
    shown = _readable_headers(draft, sender, mailing, follows)
    _check_headers(shown, to.person)
    shown["To"] = address
    written = {
        **shown,
        **{name: fold_parts(name, shown[name]) for name in _FOLDED if name in shown},
        "From": name_header("From", draft.from_name, sender.address),
        "Subject": text_header("Subject", draft.subject),
    }
    opening, *attached = mail_pieces(
        written.items(),
        draft.text,
        draft.html,
        calendar,
        f"{token}{mailing.campaign}",
        [one.part for one in attachments],
    )
    return Letter(
        person=to.person,
        mailbox=to.mailbox,
        sender=sender.address,
        address=address,
        message_id=shown["Message-ID"],
        headers=tuple(shown.items()),
        calendar=calendar.text if calendar else "",
        opening=opening,
        attached=tuple(attached),
        files=tuple(one.name for one in attachments),
        told=to.people if to.untold else (),
    )


def _check_headers(shown: Mapping[str, str], person: str) -> None:
    """Raise UsageError where the value of a header would break it."""
    for name, value in shown.items():
        if breaks_header(value):
            raise UsageError(
                "The header {header} of the letter for {person} holds a line break or a hidden"
                " character.",
                remedy="Correct the cell that it comes from.",
                header=name,
                person=person,
            )


def _readable_headers(
    draft: RenderedLetter, sender: Sender, mailing: Mailing, follows: str
) -> dict[str, str]:
    """Return a letter's headers in readable form, before encoding."""
    to = draft.recipient
    token = mailing.token(to.person)
    return {
        "From": f"{draft.from_name} <{sender.address}>" if draft.from_name else sender.address,
        "To": to.address,
        "Subject": draft.subject,
        "Reply-To": sender.reply_address(token),
        "Date": format_datetime(mailing.at),
        "Message-ID": mailing.message_id(to.person, sender.domain),
        **_threading(follows),
        "List-Id": f"<{sender.list_id}>",
        **_unsubscribing(sender, token),
        "Auto-Submitted": "auto-replied"
        if LETTER_KINDS[mailing.kind].automatic
        else "auto-generated",
        "X-Campaign-ID": mailing.campaign,
        "Content-Language": to.language,
    }


def _threading(follows: str) -> dict[str, str]:
    return {"In-Reply-To": follows, "References": follows} if follows else {}


def _unsubscribing(sender: Sender, token: str) -> dict[str, str]:
    """Return the List-Unsubscribe headers: by mail always, by one click if a server is configured.

    RFC 2369 (3.2), RFC 8058: the one-click request goes to an https address, which must be first.
    """
    ways = [mailto(sender, token, "unsubscribe")]
    if not sender.unsubscribe_url:
        return {"List-Unsubscribe": f"<{ways[0]}>"}
    link = sender.unsubscribe_url
    query = f"{'&' if '?' in link else '?'}token={token}"
    ways.insert(0, link.replace("{token}", token) if "{token}" in link else link + query)
    return {
        "List-Unsubscribe": ", ".join(f"<{way}>" for way in ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
