"""The mail that brings a preview: what would go, its code, and all letters as an attached page."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from register.letters.message import Letter
from register.letters.settings import Sender
from register.values.email import ascii_email, mailbox_key

PAGE_NAME = "kirjeet.html"
"""What the attached page is called."""


def preview_mail(
    sender: Sender, address: str, message_id: str, subject: str, text: str, page: str, at: datetime
) -> Letter:
    """Return the mail to one address of who may release the letters; ``page`` is HTML."""
    mail = EmailMessage(policy=SMTP)
    to = ascii_email(address)
    shown = {
        "From": sender.address,
        "To": to,
        "Subject": " ".join(subject.split()),
        "Date": format_datetime(at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
    }
    for name, value in shown.items():
        mail[name] = value
    mail.set_content(text)
    mail.add_attachment(page.encode(), "text", "html", filename=PAGE_NAME)
    return Letter(
        person="",
        mailbox=mailbox_key(address),
        sender=sender.address,
        address=to,
        message_id=message_id,
        headers=tuple(shown.items()),
        calendar="",
        opening=mail.as_bytes(),
    )
