"""Whether our own mail server authenticated a sender: Authentication-Results (RFC 8601).

Anybody can write such a header, so only those that our server added on receipt are trusted: the
topmost one with its authserv-id, and those directly below with the same id, if all of them stand
above every header that came with the message (some servers have several milters that each add one).
"""

import re
from collections.abc import Iterator
from email.message import Message

_NAME = "authentication-results"
_LONGEST = 8_000
_MOST = 50
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RESULT = re.compile(r"\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(?=\s|$)", re.IGNORECASE)
_FROM = re.compile(r"(?:^|\s)header\s*\.\s*from\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)


def is_authentic(message: Message, sender: str, server: str) -> bool:
    """Whether our own server reports that a message passed DMARC for the sender's domain.

    ``server`` is the server's authserv-id. Only ``pass`` counts, and if two of our results differ
    the message has not passed.
    """
    domain = sender.rpartition("@")[2].casefold()
    found = [one for text in _ours(message, server) for one in _dmarc(text)]
    return bool(domain and found) and all(
        result == "pass" and about in ("", domain) for result, about in found
    )


def _ours(message: Message, server: str) -> Iterator[str]:
    """Yield the results part of each header that our server wrote, without comments."""
    above, begun = True, False
    for name, value in message.items():
        small = name.casefold()
        if small == "received":
            above = False
            if begun:
                return
        if small != _NAME:
            continue
        text = _uncommented(" ".join(str(value)[:_LONGEST].split()))
        found, _, results = text.partition(";")
        if _identity(found) != server.casefold():
            if begun:
                return
            continue
        if begun and not above:
            return
        begun = True
        yield results


def _identity(text: str) -> str:
    """Return the authserv-id at the beginning of a header, which a version may follow, else ''."""
    bare = text.strip()
    quoted = _QUOTED.match(bare)
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1]).casefold()
    first, *version = bare.split()[:3] or [""]
    return first.casefold() if not version or (len(version) == 1 and version[0].isdigit()) else ""


def _dmarc(results: str) -> Iterator[tuple[str, str]]:
    """Yield ``(result, domain of From or '')`` of each DMARC result in a header."""
    hidden = _QUOTED.sub(lambda one: one[0].replace(";", " "), results)
    for one in hidden.split(";")[:_MOST]:
        head = _RESULT.match(one)
        if head and head[1].casefold() == "dmarc":
            named = _FROM.search(one[head.end() :])
            domain = named[1].rpartition("@")[2].casefold().rstrip(".") if named else ""
            yield head[2].casefold(), domain


def _uncommented(text: str) -> str:
    """Return a header without its comments, which may nest (RFC 5322, 3.2.2), in linear time.

    '' if a comment or a quoted string does not end.
    """
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
            continue
        elif char == ")" and depth and not quoted:
            depth -= 1
            kept.append(" ")
            continue
        if not depth:
            kept.append(char)
    return "".join(kept) if not depth and not quoted else ""
