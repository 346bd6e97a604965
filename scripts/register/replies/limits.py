"""Limits on messages, checked on their bytes before any parser sees them.

Anybody may send us a message, so each is treated as an attack: a standard parser takes minutes over
a header of a million semicolons. A message beyond the limits is not read at all. The checks
themselves take linear time.
"""

import re

LARGEST_MESSAGE = 10_000_000
"""The largest message that is read (bytes); a larger one is set aside."""

MOST_MESSAGES = 5_000
"""The most messages that one run reads; the next run continues."""

MOST_PARTS = 100
DEEPEST = 12

_LINES = 400_000
_HEADERS = 1_000
_HEAD = 256_000
_DASHES = 5_000
_STACKED = 4_000_000
_FIELD = 16_000
_BLOCKS = 10_000
"""The most blocks of a delivery report, one for each recipient: the parser makes each a message."""
_HEAD_ENDS = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_DASHED = re.compile(rb"[\r\n]--")
_FIELDS = re.compile(
    rb"(?:^|(?<=[\r\n]))content-[a-z-]{1,40}[ \t]*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*",
    re.IGNORECASE,
)


class HostileMessage(Exception):
    """A message that is not read; the only argument is the reason, such as "too-large"."""


def guard_size_of_message(data: bytes) -> None:
    """Raise HostileMessage if a message would take long to parse.

    The parser also takes a lone CR for the end of a line, tries each line against every open
    boundary, and takes quadratic time in the parameters of a field.
    """
    if len(data) > LARGEST_MESSAGE:
        raise HostileMessage("too-large")
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > _LINES:
        raise HostileMessage("too-many-lines")
    ends = _HEAD_ENDS.search(data)
    head = data[: ends.start() if ends else len(data)]
    if len(head) > _HEAD or max(head.count(b"\n"), head.count(b"\r")) > _HEADERS:
        raise HostileMessage("too-many-headers")
    small = data.lower()
    boundaries = small.count(b"boundary")
    if boundaries > MOST_PARTS or small.count(b"message/rfc822") > MOST_PARTS:
        raise HostileMessage("too-many-parts")
    if boundaries * lines > _STACKED or len(_DASHED.findall(data)) > _DASHES:
        raise HostileMessage("too-many-parts")
    if b"message/delivery-status" in small and len(_HEAD_ENDS.findall(data)) > _BLOCKS:
        raise HostileMessage("too-many-parts")
    if any(len(field[0]) > _FIELD for field in _FIELDS.finditer(data)):
        raise HostileMessage("too-many-headers")
