"""Bounces: RFC 3464 reports are read directly, other servers' notices by flufl.bounce.

A bounce is permanent only if it reports that the mailbox does not exist. A full mailbox, a policy,
a size limit, a loop, a delay, a doubt about the sender: none of these means that the address is
wrong (RFC 3463, the classes of status codes). Servers use the codes differently, so their words are
read as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flufl.bounce import all_failures

from register.book.package_data import pattern_of
from register.replies.mail import ParsedMail
from register.values.email import mailbox_key

_STATUS = re.compile(r"(?<![\d.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![\d.]*\d)")
_CODE = re.compile(r"(?<![\d.])([45][0-9]{2})(?![\d.])")
_ADDRESS = frozenset(
    ("1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "1.20", "1.351", "4.4", "4.310")
)
"""Subjects and details of 5.x.x that are about the address itself (RFC 3463, 3.2; Exchange)."""
_VAGUE = frozenset(("", "0.0", "0.350", "1.0", "2.0", "3.0", "4.1", "5.0", "5.1"))
"""Subjects and details that are too vague by themselves: the server's words decide."""

_PASSING = re.compile(pattern_of("register.replies", "bounce", "passing"), re.IGNORECASE)
_SENDER = re.compile(pattern_of("register.replies", "bounce", "sender"), re.IGNORECASE)
_NO_SUCH = re.compile(pattern_of("register.replies", "bounce", "no_such"), re.IGNORECASE)
_NOBODY = re.compile(
    rf"{_NO_SUCH.pattern}|{pattern_of('register.replies', 'bounce', 'nobody')}", re.IGNORECASE
)
_NAMES = re.compile(
    r"[^\s<>(]{1,200}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,10}|https?://\S{1,400}|\b[a-z0-9-]{1,63}(?:\.[a-z][\w-]{0,62})+"
)
"""Addresses, links and hosts: words inside them say nothing about a mailbox."""

_FAILED = re.compile(r"\s*(?:fail|error|bounced|undeliver)", re.IGNORECASE)
"""The words that servers write for the action ``failed`` of a report."""

_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|maildaemon|bounces?)\b", re.IGNORECASE
)
_SUBJECT = re.compile(pattern_of("register.replies", "bounce", "subject"), re.IGNORECASE)
_COPY = re.compile(
    r"(?im)^(?:-{2,}.{0,40}\b(?:copy|original|header|forwarded)\b"
    r"|(?:return-path|received|message-id|mime-version): |original message headers)"
)
"""Where the returned letter begins in a notice that is plain text."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report: the recipient not reached ('' if not named), and the status code.

    ``permanent`` means that the mailbox does not exist.
    """

    recipient: str
    status: str
    permanent: bool


def read_bounce(mail: ParsedMail) -> Bounce | None:
    """Return what a message reports about the delivery of a letter, None if it is no report.

    A report of success (delivered, relayed, expanded) is a bounce of status 2.
    """
    if mail.reports:
        return _reported(mail, mail.reports)
    if mail.wrapped and (_from_a_daemon(mail) or not mail.text.strip()):
        return _reported(mail, mail.wrapped)
    if not _from_a_daemon(mail):
        return None
    told = _told(mail)
    try:
        found = sorted(
            mailbox_key(one.decode("ascii", "replace")) for one in all_failures(mail.beginning)[1]
        )
    except Exception:
        found = []
    status = _STATUS.search(told)
    code = status[0] if status else ""
    return Bounce(found[0] if found else "", code, permanent=_permanent(code, told))


def _reported(mail: ParsedMail, reports: Sequence[Mapping[str, str]]) -> Bounce | None:
    groups = [one for one in reports if "action" in one or "final-recipient" in one]
    if not groups:
        return Bounce("", "", permanent=False)
    bad = next((one for one in groups if _FAILED.match(one.get("action", ""))), None)
    group = bad or groups[0]
    status = _STATUS.search(group.get("status", ""))
    code = status[0] if status else ""
    recipient = _address(group.get("final-recipient", "")) or _address(
        group.get("original-recipient", "")
    )
    if bad is None:
        return Bounce(recipient, code or "2.0.0", permanent=False)
    said = group.get("diagnostic-code", "")[:2_000]
    if not said and code.partition(".")[2] in _VAGUE:
        said = _told(mail)
    return Bounce(recipient, code, permanent=_permanent(code, said))


def _told(mail: ParsedMail) -> str:
    """Return a notice's own words, without the letter that it returns."""
    return _COPY.split(mail.text[:8_000], maxsplit=1)[0][:4_000]


def _permanent(status: str, said: str) -> bool:
    """Whether a status and the server's words say that the mailbox does not exist."""
    kind, _, rest = status.partition(".")
    if kind in ("2", "4"):
        return False
    words = _NAMES.sub(" ", said)
    if _SENDER.search(words):
        return False
    precise = _STATUS.findall(words)
    if rest in _VAGUE and precise:
        kind, *details = precise[-1]
        rest = ".".join(details)
        if kind != "5":
            return False
    nobody, passing = bool(_NO_SUCH.search(words)), bool(_PASSING.search(words))
    if passing and (not nobody or re.search(r"quota|\bfull\b|täyn|fyll", words, re.IGNORECASE)):
        return False
    if rest in _ADDRESS:
        return rest != "4.4" or not passing
    if rest in _VAGUE:
        code = _CODE.search(words)
        return bool(_NOBODY.search(words)) and not (code and code[1].startswith("4"))
    return rest == "2.1" or (rest == "7.1" and nobody and not passing)


def _from_a_daemon(mail: ParsedMail) -> bool:
    local = mail.sender.partition("@")[0]
    empty = mail.header("Return-Path") == "<>"
    failed = bool(mail.header("X-Failed-Recipients"))
    return failed or bool(_DAEMON.match(local)) or (empty and bool(_SUBJECT.search(mail.subject)))


def _address(field: str) -> str:
    """Return the address of ``rfc822; name@example.org`` (RFC 3464, 2.3.1)."""
    return mailbox_key(field.partition(";")[2].strip(" <>") or field.strip(" <>"))
