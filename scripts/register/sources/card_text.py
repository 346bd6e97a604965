"""The text of a business card, as a phone reads it off a photograph, as one row.

A part of a line with an address, a number, a website, a Y-tunnus or a word for an organisation
shows what it is. Of the other parts, the one most like a name is the name: it matches the mailbox,
or begins with a known first name. A part with a word for a task, or next to the name, is the task.
"""

import re
import unicodedata

from register.intake.card_words import (
    BODY,
    FAX,
    FIELD_LABELS,
    ORGANISATION,
    REACH_LABEL,
    ROLE,
    STREET,
    UNIT,
)
from register.sources.limits import clean_text
from register.values import business_id, email, organisation_name, person_name, phone, postal_code

CARD_HEADERS = (
    *("Full name", "Role", "Organization", "E-mail", "Phone", "Website", "Postal code"),
    *("City", "Business ID", "Body", "Message"),
)
_MOST_LINES = 60
_SEPARATORS = re.compile(r"\s+[|•·]\s+")
_EMAIL = re.compile(
    r"[^\s<>,;:()|]+\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[^\s<>,;()|]+\.[^\s<>,;()|]{2,}", re.IGNORECASE
)
_WEB = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:fi|org|com|net|eu|info|ax|se)(?:/\S*)?(?![\w@])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.(+])\(?\+?\(?[\dOolI][\dOolI\s()\-–./]{5,}[\dOolI](?!\w)")
_MISREAD = str.maketrans("OolI", "0011")
_POST = re.compile(r"(?<!\d)(?:FI-)?(\d{5})\s+([^\W\d_][\w .-]*)")
_NUMBER_OF = re.compile(r"\b(?:y-?tunnus|fo-?nummer|business id)\b\W*(\d{6,7}-?\d)", re.IGNORECASE)
_NAMES = 4
"""The most words that a name has."""


def read_card_text(text: str) -> tuple[tuple[str, ...], bool]:
    """Return a card's row under :data:`CARD_HEADERS`, and whether anything on it was understood.

    Parts that fit nowhere go into the message. Two numbers stand in one cell, for a person to
    choose.
    """
    found: dict[str, list[str]] = {header: [] for header in CARD_HEADERS}
    parts: list[str] = []
    for line in text.splitlines()[:_MOST_LINES]:
        for part in _SEPARATORS.split(" ".join(clean_text(line).split())):
            if left := _taken(part, found):
                parts.append(left)
    _named(parts, found)
    if not found["Organization"] and found["Full name"] and parts:
        place = next((n for n, part in enumerate(parts) if not STREET.search(part)), None)
        if place is not None and not re.search(r"\d|[!?]$", parts[place]):
            found["Organization"].append(parts.pop(place))
    found["Message"] += [*found["Organization"][1:], *parts]
    del found["Organization"][1:]
    known = any(found[header] for header in CARD_HEADERS[:6] if header != "Role")
    for header in ("Role", "Body", "Website", "Postal code", "City", "Business ID"):
        found["Message"] += found[header][1:]
        del found[header][1:]
    return tuple(" / ".join(dict.fromkeys(found[header])) for header in CARD_HEADERS), known


def _taken(line: str, found: dict[str, list[str]]) -> str:
    """Put what a part of a line shows under its header; return the words that are left."""
    for header, label in FIELD_LABELS.items():
        if label.match(line):
            found[header].append(_bare(label.sub("", line)))
            return ""
    for address in _EMAIL.findall(line):
        reading = email.read(re.sub(r"\(ät\)", "(at)", address, flags=re.IGNORECASE))
        found["E-mail"].append(reading.value or reading.suggestion or address)
    reached = bool(_EMAIL.search(line))
    line = _EMAIL.sub(" ", line)
    if number := _NUMBER_OF.search(line):
        found["Business ID"].append(business_id.read(number[1]).value or number[1])
        return _bare(line.replace(number[0], " "))
    found["Website"] += (web := _WEB.findall(line))
    line, reached = _WEB.sub(" ", line), reached or bool(web)
    if (place := _POST.search(line)) and postal_code.read(place[1]).value:
        found["Postal code"].append(place[1])
        found["City"].append(place[2].strip())
        around = (line[: place.start()], line[place.end() :])
        found["Message"] += filter(None, map(_bare, around))
        return ""
    if FAX.search(line):
        found["Message"].append(line)
        return ""
    for number in _PHONE.findall(line):
        written = re.sub(r"^\((\+\d+)\)", r"\1", " ".join(number.translate(_MISREAD).split()))
        if sum(map(str.isdigit, number)) > 4 and phone.read(written).value:
            found["Phone"].append(written)
            line, reached = line.replace(number, " "), True
    if reached:
        line = REACH_LABEL.sub(" ", line)
    line = _bare(" ".join(line.split()))
    if STREET.search(line) or UNIT.search(line):
        found["Message"].append(line)
        return ""
    if BODY.search(line):
        found["Body"].append(line)
        return ""
    if organisation_name.legal_form(line) or organisation_name.read(line).value.endswith(" rf"):
        found["Organization"] += line.split(" / ")
        return ""
    return line


def _named(parts: list[str], found: dict[str, list[str]]) -> None:
    """Move the name, the task and the organisation from the remaining parts to their headers."""
    boxes = [part for address in found["E-mail"] for part in _letters(address.partition("@")[0])]
    scores = {n: _likeness(part, boxes) for n, part in enumerate(parts)}
    best = max(scores.values(), default=0)
    if not found["Full name"] and best > 0:
        at = next(n for n, score in scores.items() if score == best)
        name, role = _name_and_role(parts.pop(at))
        if not role and not _is_called(name.split()[0], boxes) and len(name.split()) > 2:
            before, _, rest = name.partition(" ")
            if all(_is_called(word, boxes) for word in rest.split()):
                name, role = rest, before
        found["Full name"].append(name)
        if role:
            found["Role"].append(role)
        _role(parts, found, at)
    else:
        _role(parts, found, None)
    for n in reversed(range(len(parts))):
        if ORGANISATION.search(parts[n]) and not ROLE.search(parts[n]):
            found["Organization"].insert(1 if _is_registered(found) else 0, parts.pop(n))
    _two_lines(parts, found["Organization"])


def _two_lines(parts: list[str], orgs: list[str]) -> None:
    """Join an organisation's name that the card breaks in two: "Jyväskylän", "Yliopisto"."""
    if orgs and " " not in orgs[0]:
        for n, part in enumerate(parts):
            if part.isalpha() and part[0].isupper():
                orgs[0] = f"{parts.pop(n)} {orgs[0]}"
                return


def _is_registered(found: dict[str, list[str]]) -> bool:
    return any(map(organisation_name.legal_form, found["Organization"][:1]))


def _role(parts: list[str], found: dict[str, list[str]], at: int | None) -> None:
    """Take the task: a part with a word for one, else the part just below or above the name."""
    if found["Role"]:
        return
    told = [n for n, part in enumerate(parts) if ROLE.search(part) and not re.search(r"\d", part)]
    beside = [
        n
        for n in ([] if at is None else [at, at - 1])
        if 0 <= n < len(parts) and not ORGANISATION.search(parts[n]) and parts[n][-1] not in "!?"
    ]
    for n in [*told, *beside][:1]:
        found["Role"].append(parts.pop(n))


def _name_and_role(part: str) -> tuple[str, str]:
    """Split "Pekka Testi, puheenjohtaja" or "Puheenjohtaja Pekka Testi" into name and task."""
    before, separator, after = (
        one.strip() for one in re.sub(r"\s+[I|–—-]\s+", ", ", part, count=1).partition(",")
    )
    if separator and ROLE.search(after):
        return before, after
    first, _, rest = part.partition(" ")
    if ROLE.fullmatch(first) and " " in rest:
        return rest, first
    return part, ""


def _likeness(part: str, boxes: list[str]) -> int:
    """Return how like a person's name a part is, 0 if it is none."""
    name, role = _name_and_role(part)
    words = name.split()
    first, last, *_ = person_name.split_name(name)
    plain = re.sub(r",.*", "", name).split()
    capital = all(word[0].isupper() or word in ("von", "af", "de", "ja") for word in plain)
    if not (first and last and capital and 2 <= len(plain) <= _NAMES) or re.search(r"\d", name):
        return 0
    if ORGANISATION.search(name) or (ROLE.search(name) and not role):
        return 0
    same = len({*_letters(name)} & {*boxes})
    known = any(part.casefold() in person_name.first_names() for part in re.split(r"[\s-]", name))
    return 1 + 4 * same + 2 * known + bool(role) - (len(words) > 3)


def _is_called(word: str, boxes: list[str]) -> bool:
    return any(part in boxes for part in _letters(word))


def _letters(text: str) -> list[str]:
    """Return the words of a text as a mailbox spells them: in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z]{3,}", "".join(c for c in plain if not unicodedata.combining(c)))


def _bare(line: str) -> str:
    return line.strip(" ,;|·•-–/").strip(" ,;|·•-–/:")
