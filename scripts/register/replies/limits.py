"""What a message may be made of, looked at in its bytes, before a parser sees them.

Whoever can write to us is the attacker: a standard parser takes minutes over a header of a million
semicolons. What is beyond the limits is not read at all. The looks themselves take linear time.
"""

import re

LARGEST_MESSAGE = 10_000_000
"""Bytes of a message that is read; a larger one is set aside."""

MOST_MESSAGES = 5_000
"""So many messages are read in one run; the next one goes on."""

MOST_PARTS = 100
DEEPEST = 12

_LINES = 400_000
_HEADERS = 1_000
_HEAD = 256_000
_DASHES = 5_000
_STACKED = 4_000_000
_FIELD = 16_000
_HEAD_ENDS = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_DASHED = re.compile(rb"[\r\n]--")
_FIELDS = re.compile(
    rb"(?:^|(?<=[\r\n]))content-[a-z-]{1,40}[ \t]*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*",
    re.IGNORECASE,
)


class HostileMessage(Exception):
    """A message that is not read: the only argument says why, in a word."""


def guard_size_of_message(data: bytes) -> None:
    """Raise Hostile where a message is so made that to parse it would take long.

    The parser takes a lone CR for a line's end as well, tries each line against every boundary
    that is open, and takes time with the square of a field's parameters.
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
    if any(len(field[0]) > _FIELD for field in _FIELDS.finditer(data)):
        raise HostileMessage("too-many-headers")
