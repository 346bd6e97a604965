"""A mail to our own people: a text with files, such as a preview or the answer to a request."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from register.letters.message import Letter
from register.letters.settings import Sender
from register.values.email import ascii_email, mailbox_key
from register.words.display import display_text

_TYPES = {
    "csv": ("text", "csv"),
    "html": ("text", "html"),
    "pdf": ("application", "pdf"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_SUBJECT = 150


def compose_mail_to_us(
    sender: Sender,
    to: str,
    words: tuple[str, str],
    files: Mapping[str, bytes],
    message_id: str,
    at: datetime,
    request: str = "",
) -> Letter:
    """Return a mail to one of our own addresses; ``words`` are its subject and its text.

    ``files`` maps file names, which are our own, to content; text files are UTF-8. ``request`` is
    the id of the row that asked for the mail, or ''; with it the mail is marked as an answer (RFC
    3834, 5).
    """
    subject, text = words
    address = ascii_email(to)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((sender.name, sender.address))
    mail["To"] = address
    mail["Subject"] = display_text(" ".join(subject.split()), limit=_SUBJECT)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-replied" if request else "auto-generated"
    mail.set_content(text)
    for name, data in files.items():
        kind, subtype = _TYPES[name.rpartition(".")[2]]
        said = {"charset": "utf-8"} if kind == "text" else {}
        mail.add_attachment(data, maintype=kind, subtype=subtype, filename=name, params=said)
    headers = tuple((name, str(value)) for name, value in mail.items())
    mailbox = mailbox_key(to)
    return Letter(request, mailbox, sender.address, address, message_id, headers, "", bytes(mail))
