"""Letters that did not arrive: RFC 3464 read directly, flufl.bounce for servers of other ways.

Only what says that there is no such mailbox is permanent. A full mailbox, a policy, a size, a loop,
a delay: none of these tells that an address is wrong (RFC 3463, the classes of status codes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flufl.bounce import all_failures

from register.answers.mail import Mail
from register.fields.email import mailbox_key

_STATUS = re.compile(r"\b([245])\.([0-9]{1,3})\.([0-9]{1,3})\b")
_CODE = re.compile(r"(?<![\d.])(?:smtp;\s*)?([45][0-9]{2})(?![\d.])")
_GONE = frozenset(
    (
        *("1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "1.20"),
        *("2.1", "2.0", "4.4", "4.310", "0.0", "5.0"),
    )
)
"""Subjects and details of 5.x.x that speak of the address itself."""

_OTHER = re.compile(
    r"quota|full"
    r"|over (?:its |the )?limit|exceed|too (?:large|big|many)|insufficient (?:disk|system|storage)"
    r"|spam|blocked|blacklist|block ?list|policy|reputation|dmarc|spf\b|dkim|content|virus|greylist"
    r"|rate|throttl|temporar|try again|loop|relay(?:ing)? (?:access )?denied|not authori[sz]ed"
    r"|permission|unauthenticated|täynnä|estetty|fylld|blockera",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"user (?:is )?unknown|unknown (?:user|recipient|address|local)|no such (?:user|recipient"
    r"|mailbox|"
    r"address|person|domain)|does ?n.t exist|does not exist|not found|no mailbox"
    r"|invalid (?:recipient|"
    r"mailbox|address)|(?:mailbox|address|account|recipient|user)\b.{0,40}\b(?:unavailable"
    r"|disabled|"
    r"inactive|not (?:exist|found|known|valid)|rejected|deactivated|closed|suspended)"
    r"|undeliverable "
    r"address|host (?:or domain name )?not found|domain (?:name )?not found|nxdomain|null mx|"
    r"unrouteable|tuntematon|ei ole olemassa|ei löydy|finns inte|okänd",
    re.IGNORECASE,
)
_DAEMON = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|maildaemon|bounces?)\b", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|fail|has failed|problem|delay|incomplete)|returned mail|"
    r"mail delivery|failure notice|nondeliverable|non remis|unzustellbar|toimit(?:us|tamaton"
    r"|taminen)"
    r"|ei voitu toimittaa|palautettu viesti|kan inte levereras|inte levereras"
    r"|could not be delivered",
    re.IGNORECASE,
)
_FLUFL_LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report of a letter: whom it did not reach ('' if it does not say), the status, for good?"""

    recipient: str
    status: str
    permanent: bool


def bounce(mail: Mail) -> Bounce | None:
    """Return what a message reports of a letter that did not arrive; None where it does not.

    A report of success (delivered, relayed, expanded) is a bounce of status 2.
    """
    if mail.reports:
        return _reported(mail)
    if not _from_a_daemon(mail):
        return None
    if len(mail.text) > _FLUFL_LARGEST:
        return Bounce("", "", permanent=False)
    try:
        found = sorted(
            mailbox_key(one.decode("ascii", "replace")) for one in all_failures(mail.message)[1]
        )
    except Exception:
        found = []
    told = mail.text[:4_000]
    status = _STATUS.search(told)
    permanent = _permanent(status[0] if status else "", told, default=False)
    return Bounce(found[0] if found else "", status[0] if status else "", permanent=permanent)


def _reported(mail: Mail) -> Bounce | None:
    groups = [one for one in mail.reports if "action" in one or "final-recipient" in one]
    if not groups:
        return Bounce("", "", permanent=False)
    bad = next((one for one in groups if one.get("action", "").lower().startswith("failed")), None)
    group = bad or groups[0]
    status = _STATUS.search(group.get("status", ""))
    code = status[0] if status else ""
    recipient = _address(group.get("original-recipient", "") or group.get("final-recipient", ""))
    said = group.get("diagnostic-code", "")[:2_000]
    if bad is None:
        return Bounce(recipient, code or "2.0.0", permanent=False)
    precise = _STATUS.search(said)
    if precise and code.endswith(".0.0"):
        code = precise[0]
    if not said and code.endswith(".0.0"):
        said = mail.text[:4_000]
    return Bounce(recipient, code, permanent=_permanent(code, said, default=True))


def _permanent(status: str, said: str, *, default: bool) -> bool:
    """Whether a status and a server's words say that there is no such mailbox."""
    kind, _, rest = status.partition(".")
    if kind in ("2", "4"):
        return False
    if kind == "5" and rest and rest not in _GONE:
        return rest == "4.1" and bool(_NOBODY.search(said)) and not _OTHER.search(said)
    nobody, other = bool(_NOBODY.search(said)), bool(_OTHER.search(said))
    if rest in ("0.0", "5.0", "1.0", "2.0", ""):
        code = _CODE.search(said)
        if code and code[1].startswith("4"):
            return False
        return nobody and not (
            other and not re.search(r"unknown|exist|no such", said, re.IGNORECASE)
        )
    if rest == "2.1":
        return not other
    return default or nobody


def _from_a_daemon(mail: Mail) -> bool:
    local = mail.sender.partition("@")[0]
    empty = mail.header("Return-Path") == "<>"
    failed = bool(mail.header("X-Failed-Recipients"))
    return failed or bool(_DAEMON.match(local)) or (empty and bool(_SUBJECT.search(mail.subject)))


def _address(field: str) -> str:
    """Return the address of ``rfc822; name@example.org`` (RFC 3464, 2.3.1)."""
    return mailbox_key(field.partition(";")[2].strip(" <>") or field.strip(" <>"))
