"""The same mail as the standard library builds it, to compare ours with."""

from __future__ import annotations

from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr


def built(headers, text, html, calendar=None, *, display="", sender="a@example.org"):
    """Return what email.message.EmailMessage builds of these headers and parts."""
    mail = EmailMessage(policy=SMTP)
    for name, value in headers:
        mail[name] = Address(display, addr_spec=sender) if name == "From" else value
    if calendar is None:
        mail.set_content(text)
        mail.add_alternative(html, subtype="html")
        return mail
    inner = EmailMessage(policy=SMTP)
    inner.set_content(text)
    inner.add_alternative(html, subtype="html")
    inner.add_alternative(calendar.text, subtype="calendar", params={"method": calendar.method})
    mail["MIME-Version"] = "1.0"
    mail.make_mixed()
    mail.attach(inner)
    mail.add_attachment(
        calendar.text.encode(), maintype="application", subtype="ics", filename="invite.ics"
    )
    return mail


def _mailbox(raw):
    """Return a display name and an address.

    The older parser joins encoded words as RFC 2047 (6.2) says; the new one leaves a space in names.
    """
    display, address = parseaddr(str(raw))
    return str(make_header(decode_header(display))), address


def meaning(mail):
    """Return what a reader gets of a parsed mail: each part's type, its words, and the headers."""
    parts = []
    for part in mail.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            parts.append((kind, len(part.get_payload())))
            continue
        method = part.get_param("method")
        if kind == "application/ics":
            content = part.get_payload(decode=True)
        else:
            content = part.get_content().replace("\r\n", "\n").rstrip("\n")
        parts.append((kind, method, part.get_content_disposition(), part.get_filename(), content))
    headers = {}
    for name, value in mail.items():
        if name.lower() in ("content-type", "content-transfer-encoding"):
            continue
        if name == "From":
            headers[name] = _mailbox(dict(mail.raw_items())["From"])
        else:
            headers[name] = str(value)
    return parts, headers
