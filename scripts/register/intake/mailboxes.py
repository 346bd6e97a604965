"""Names and addresses pasted from a letter: "Eila Kaski <eila@kaisla.example>; Ivo Tamm <…>"."""

import re
from typing import NamedTuple

MAIL_HEADER = re.compile(
    r"\s*(?:(?:(?P<from>lähettäjä|from|från)|(?P<to>to|b?cc|vastaanottajat?|(?:piilo)?kopio|till"
    r"|(?:hemlig )?kopia))\s*:\s*"
    r"|(?:lähetetty|päivämäärä|aihe|liitteet|sent|date|subject|attachments|skickat|datum|ämne"
    r"|bilagor)\s*:)",
    re.IGNORECASE,
)
"""How a line of a mail's header begins; ``from`` and ``to`` name mailboxes."""

_ENTRY = re.compile(
    r"\s*(?:[\"'“”](?P<quoted>[^<>@\"“”]+)[\"'“”]|(?P<name>[^<>@;\"]*?))\s*"
    r"<\s*(?:mailto:)?(?P<address>[^\s<>@]+@[^\s<>@]+)\s*>\s*"
    r"|\s*(?P<called>[^<>@;,\"()\d]*?)\s*\(\s*(?P<inside>[^\s<>@,;()]+@[^\s<>@,;()]+)\s*\)\s*"
    r"|\s*(?P<bare>[^\s<>@,;]+@[^\s<>@,;]+)\s*(?:\((?P<comment>[^()]+)\)\s*)?"
)
_ADDRESS = re.compile(r"\S@\S")
_BETWEEN = {";": r"[;\n]", "\n": r"[,;]?\s*\n", ",": r",(?=[^,<>]*<|[^,<>]*@)|\n"}
_LONGEST, _LONGEST_ENTRY = 1 << 20, 400


class Mailboxes(NamedTuple):
    """The entries of a pasted list, as ``[name, address]``, and its other lines, as ``[line]``."""

    entries: list[list[str]]
    beside: list[list[str]]


def mailboxes_in(text: str) -> Mailboxes | None:
    """Return the entries of a pasted list of mailboxes, None for any other text.

    Semicolons, lines or commas separate the entries. Other lines are allowed only where each entry
    has its own line, and only a few, without addresses; a mail's date and subject anywhere.
    """
    if not ("<" in text or ("@" in text and "(" in text)) or len(text) > _LONGEST:
        return None
    lines = [(line, MAIL_HEADER.match(line)) for line in text.splitlines()]
    about = [line for line, header in lines if header and not (header["from"] or header["to"])]
    plain = "\n".join(
        line[header.end() :] if header else line for line, header in lines if line not in about
    ).strip(" ,;\n")
    for mark, between in _BETWEEN.items():
        parts = [one.strip() for one in re.split(between, plain) if one.strip(" ,;\n")]
        if max(map(len, parts), default=0) > _LONGEST_ENTRY:
            continue
        found = {part: entry for part in parts if (entry := _ENTRY.fullmatch(part))}
        beside = [[part] for part in parts if part not in found]
        few = mark == "\n" and 3 * len(beside) <= len(parts)
        whole = not any(_ADDRESS.search(line) for (line,) in beside)
        if len(found) > 1 and (not beside or (few and whole)):
            entries = [_mailbox(found[part]) for part in parts if part in found]
            beside = [*([line] for line in about), *beside]
            return Mailboxes(entries, beside) if any(name for name, _ in entries) else None
    return None


def _mailbox(entry: re.Match[str]) -> list[str]:
    name = entry["quoted"] or entry["name"] or entry["called"] or entry["comment"] or ""
    return [name.strip(" '’"), entry["address"] or entry["inside"] or entry["bare"]]
