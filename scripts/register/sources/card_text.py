"""The text of a business card, as a phone reads it off a photograph: one row of it.

A line with an address, a number, a website or a legal form tells what it is; of the others the
first that looks like a name is the name, and what stands next to it the title.
"""

from __future__ import annotations

import re

from register.fields import email, organisation_name, person_name, phone, postal_code
from register.sources.limits import clean

HEADERS = (
    *("Full name", "Role", "Organization", "E-mail", "Phone", "Website", "Postal code"),
    *("City", "Message"),
)
_MOST_LINES = 60
_EMAIL = re.compile(r"[^\s<>,;:()]+\s?(?:@|\(at\)|\[at\])\s?[^\s<>,;()]+\.[^\s<>,;()]{2,}")
_PHONE = re.compile(r"\+?\(?\d[\d\s()\-–./]{5,}\d")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_POST = re.compile(r"\b(?:FI-)?(\d{5})\s+([^\W\d_][\w .-]*)")
_LABEL = re.compile(
    r"^(?:puh(?:elin)?|p|tel|gsm|mob(?:ile|il)?|t|s-posti|sähköposti|e-?mail|e-?post|www|m|e)"
    r"\s*[.:]+\s*",
    re.IGNORECASE,
)


def card_text(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the row under :data:`HEADERS`, and whether anything on the card was understood.

    What nothing fits goes to the message; two numbers stand side by side, for a person to choose.
    """
    found: dict[str, list[str]] = {header: [] for header in HEADERS}
    rest: list[str] = []
    lines = [" ".join(clean(line).split()) for line in text.splitlines()[:_MOST_LINES]]
    for line in filter(None, lines):
        left = _taken(line, found)
        if left:
            rest.append(left)
    name = next((n for n, line in enumerate(rest) if _is_name(line)), None)
    if name is not None:
        found["Full name"].append(rest.pop(name))
        beside = [n for n in (name, name - 1) if 0 <= n < len(rest)]
        if beside:
            found["Role"].append(rest.pop(beside[0]))
    if rest and not found["Organization"] and name is not None:
        found["Organization"].append(rest.pop(0))
    found["Message"] = rest
    known = any(found[header] for header in HEADERS[:6] if header != "Role")
    cells = {**{key: " / ".join(values) for key, values in found.items()}}
    return tuple(cells[header] for header in HEADERS), known


def _taken(line: str, found: dict[str, list[str]]) -> str:
    """Put what a line tells under its header; return what is left of it."""
    for address in _EMAIL.findall(line):
        reading = email.read(address)
        found["E-mail"].append(reading.value or reading.suggestion or address)
    line = _EMAIL.sub(" ", line)
    found["Website"] += _WEB.findall(line)
    line = _WEB.sub(" ", line)
    if (place := _POST.search(line)) and postal_code.read(place[1]).value:
        found["Postal code"].append(place[1])
        found["City"].append(place[2].strip())
        return _bare(line[: place.start()])
    for number in _PHONE.findall(line):
        if phone.read(number).value:
            found["Phone"].append(" ".join(number.split()))
            line = line.replace(number, " ")
    line = _bare(line)
    if organisation_name.legal_form(line) or organisation_name.read(line).value.endswith(" rf"):
        found["Organization"].append(line)
        return ""
    return line


def _bare(line: str) -> str:
    return _LABEL.sub("", line.strip(" ,;|·•-–/")).strip(" ,;|·•-–/.:")


def _is_name(line: str) -> bool:
    """Whether a line looks like a person's name: two to four words in capitals, no digit."""
    words = line.split()
    first, last, *_ = person_name.split(line)
    capital = all(word[0].isupper() or word in ("von", "af", "de") for word in words)
    return bool(first and last) and 2 <= len(words) <= 4 and capital and not re.search(r"\d", line)
