"""vCards (2.1, 3.0, 4.0; RFC 2426 and 6350) as rows, with a header for each property in use.

The headers are the properties' English names, which :mod:`register.intake.header_names` knows.
"""

import quopri
import re
from collections.abc import Iterator, Mapping

import vobject
from vobject.base import ContentLine
from vobject.vcard import Address, Name

from register.book.phrase import Phrase
from register.sources.limits import MOST_LIST_ROWS, clean_text, too_large
from register.values.encoding import decode, has_undecoded_bytes

_CARD = re.compile(
    r"^BEGIN:VCARD[ \t]*$.*?^END:VCARD[ \t]*$", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_BEGIN = re.compile(r"^BEGIN:VCARD[ \t]*$", re.MULTILINE | re.IGNORECASE)
_QUOTED = re.compile(
    r"^(?P<name>[^:\n]*?)(?:;ENCODING=|;)QUOTED-PRINTABLE(?P<more>[^:\n]*):"
    r"(?P<value>(?:[^\n]*=[ \t]*\n)*[^\n]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_CHARSET = re.compile(r";CHARSET=\"?(UTF-?8|US-ASCII|ISO-8859-15?|WINDOWS-1252)\"?", re.IGNORECASE)
_HEADERS = {
    "FN": "Full name",
    "ORG": "Organization",
    "TITLE": "Title",
    "ROLE": "Role",
    "EMAIL": "E-mail",
    "TEL": "Phone",
    "URL": "URL",
    "NOTE": "Note",
    "LANG": "Language",
    "BDAY": "Birthday",
    "NICKNAME": "Nickname",
}
_NAME = (
    ("family", "Last name"),
    ("given", "First name"),
    ("additional", "Additional name"),
    ("prefix", "Prefix"),
    ("suffix", "Suffix"),
)
_ADDRESS = (
    ("box", "PO Box"),
    ("extended", "Extended address"),
    ("street", "Street"),
    ("code", "Postal code"),
    ("city", "City"),
    ("region", "Region"),
    ("country", "Country"),
)
_OF_THE_FILE = frozenset(
    (
        *("VERSION", "PRODID", "UID", "REV", "KIND", "X-ABSHOWAS", "X-ABLABEL", "MEMBER"),
        *("X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER", "X-ABADR", "X-ABUID", "TZ"),
        *("GEO", "CLASS", "CALURI", "CALADRURI", "FBURL", "SOURCE", "SORT-STRING", "MAILER", "XML"),
        *("CLIENTPIDMAP", "PROFILE", "NAME", "X-SAMSUNGADR", "X-IMAGETYPE", "X-IMAGEHASH"),
        *("X-SHARED-PHOTO-DISPLAY-PREF", "X-MOZILLA-HTML", "X-EVOLUTION-FILE-AS"),
        *("X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-MS-OL-DESIGN", "X-MS-IMADDRESS"),
        *("X-PHONETIC-FIRST-NAME", "X-PHONETIC-MIDDLE-NAME", "X-PHONETIC-LAST-NAME"),
    )
)
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-KIND")
_AGENT = re.compile(
    r"^AGENT[^:\n]*:[ \t]*\n(BEGIN:VCARD[ \t]*$.*?^END:VCARD[ \t]*\n)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^((?:[\w-]+\.)?NOTE\b(?![^:\n]*QUOTED-PRINTABLE)[^\n]*)((?:\n(?![ \t]|[\w.-]+[:;])[^\n]+)+)",
    re.MULTILINE | re.IGNORECASE,
)
"""A note with raw line breaks, which some phones write."""

_AGENT_NAME = re.compile(r"^(?:FN|N)[^:\n]*:([^\n]*)$", re.MULTILINE | re.IGNORECASE)
_NO_PHONES = frozenset(("FAX", "PAGER", "TLX", "TELEX"))
_PLACES = {"HOME": "Home ", "WORK": "Business "}
"""The first word of an address's headers, by the type of the address."""

_PICTURES = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"))
_PICTURE = re.compile(
    rf"^((?:[\w-]+\.)?(?:{'|'.join(_PICTURES)}))[;:][^\n]*(?:\n[ \t][^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
"""A picture with its lines, which would take seventy times its size when it is parsed."""

_JOINED = {"Phone": " / ", "Note": "\n"}

_GROUP = "Group"
_SHOWN = 10
Values = dict[str, list[str]]
"""The texts of one card, by header."""


def read_vcards(text: str, name: str) -> tuple[list[list[str]], list[Phrase]]:
    """Return a header row and a row for each card, and what to say about what was left out.

    Cards that cannot be read and cards of groups become blank rows; pictures are dropped.
    """
    text = _PICTURE.sub(r"\1:", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _AGENT.sub(_agent, text)
    blocks = list(_blocks(text))
    if len(blocks) > MOST_LIST_ROWS:
        raise too_large(name)
    read: list[Values] = []
    aside: list[Phrase] = []
    groups: list[str] = []
    pictures = 0
    for number, block in enumerate(blocks, start=1):
        if has_undecoded_bytes(block):
            values = {"number": number}
            aside.append(
                ("Card {number} has letters that cannot be read; it was left out.", values)
            )
            read.append({})
            continue
        try:
            card, left = _card(block)
        except Exception as fault:  # vobject raises whatever its parts raise
            kind = type(fault).__name__
            aside.append(
                ("Card {number} cannot be read ({fault}); it was left out.",
                 {"number": number, "fault": kind})
            )  # fmt: skip
            card, left = {}, 0
        pictures += left
        if _GROUP in card:
            groups.append(card[_GROUP][0])
            card = {}
        read.append(card)
    if groups:
        aside.append(
            ("{count} cards are groups and nobody's, and were left out: {names}.",
             {"count": len(groups), "names": groups[:_SHOWN]})
        )  # fmt: skip
    if pictures:
        aside.append(("{count} pictures of the cards were left out.", {"count": pictures}))
    return card_rows(read), aside


def _blocks(text: str) -> Iterator[str]:
    """Yield the text of each card; a card without an end reaches to the beginning of the next."""
    starts = [found.start() for found in _BEGIN.finditer(text)]
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        whole = _CARD.match(text, start, stop)
        yield whole[0] if whole else text[start:stop]


def _card(block: str) -> tuple[Values, int]:
    """Return a card's values by header, and how many pictures were left out."""
    card: Values = {}
    block = _LOOSE.sub(lambda note: note[1] + note[2].replace("\n", "\\n"), block)
    found = vobject.readOne(_QUOTED.sub(_unquoted, block) + "\n")
    if found.name != "VCARD":
        raise ValueError(found.name)
    values: dict[str, object] = {}
    pictures = 0
    labels = {
        line.group: str(line.value).upper()
        for line in found.getChildren()
        if line.name.upper() == "X-ABLABEL" and line.group
    }
    for line in sorted(found.getChildren(), key=_is_preferred, reverse=True):
        property_name = str(line.name).upper()
        if property_name in _PICTURES:
            pictures += 1
            continue
        values.setdefault(property_name, line.value)
        if property_name in _OF_THE_FILE:
            continue
        for header, text in _texts(property_name, line.value, _types(line, labels)):
            value = clean_text(text)
            if value and value not in card.setdefault(header, []):
                card[header].append(value)
    if any(str(values.get(kind, "")).casefold() == "group" for kind in _KINDS):
        return {
            _GROUP: [next(iter(card.get("Full name", card.get("Last name", []))), "")]
        }, pictures
    return _named({header: texts for header, texts in card.items() if texts}, values), pictures


def _agent(found: re.Match[str]) -> str:
    """Replace the card of a person's agent by a line with the agent's name, for people to read."""
    names = _AGENT_NAME.search(found[1])
    return f"X-AGENT:{names[1].replace(';', ' ').strip()}\n" if names else ""


def _types(line: ContentLine, labels: Mapping[str, str]) -> frozenset[str]:
    """Return the types of a property, in capitals; version 2.1 writes them without "TYPE=".

    An iPhone also writes a type as a label of the same group (``_$!<WorkFAX>!$_``).
    """
    if "FAX" in labels.get(line.group or "", ""):
        return frozenset(("FAX",))
    named = [part for value in line.params.get("TYPE", ()) for part in value.split(",")]
    return frozenset(part.strip().upper() for part in (*named, *map(str, line.singletonparams)))


def _is_preferred(line: ContentLine) -> tuple[bool, int]:
    """Return a sort key by which preferred properties (PREF, TYPE=pref, PREF=1) are greatest."""
    order = next((n for n in line.params.get("PREF", ()) if n.isdecimal()), "")
    if line.name.upper() not in ("TEL", "EMAIL", "URL"):
        return False, 0
    return "PREF" in _types(line, {}) or bool(order), -int(order or 0)


def _unquoted(found: re.Match[str]) -> str:
    """Return a quoted-printable line as plain text; without a charset, the encoding is guessed."""
    name = found["name"] + found["more"]
    data = quopri.decodestring(found["value"].encode())
    charset = _CHARSET.search(name)
    try:
        text = data.decode(charset[1] if charset else "utf-8")
    except UnicodeDecodeError:
        text = decode(data)[0]
    if has_undecoded_bytes(text):
        raise ValueError("letters")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return f"{re.sub(';CHARSET=[^;:]*', '', name, flags=re.IGNORECASE)}:{lines}"


def _texts(name: str, value: object, types: frozenset[str]) -> Iterator[tuple[str, str]]:
    header = _HEADERS.get(name, name.capitalize())
    if name == "TEL" and types & _NO_PHONES:
        header = "Fax"
    match value:
        case Name():
            for key, part in _NAME:
                yield part, _joined(getattr(value, key), " ")
        case Address():
            place = next((_PLACES[one] for one in _PLACES if one in types), "")
            for key, part in _ADDRESS:
                yield (
                    f"{place}{part.lower()}" if place else part,
                    _joined(getattr(value, key), ", "),
                )
        case list() if name == "ORG":
            yield header, _joined(value[:1], "")
            yield "Department", _joined(value[1:], ", ")
        case str() if name == "TEL" and ";ext=" in value.casefold():
            number, _, extension = value.partition(";")
            yield header, re.sub(r"^tel:", "", number, flags=re.IGNORECASE)
            yield "Extension", extension[len("ext=") :]
        case _ if name == "URL":
            yield header, re.sub(r"\\([:;,\\])", r"\1", _joined(value, ", "))
        case _:
            yield header, re.sub(r"^(?:tel|mailto):", "", _joined(value, ", "), flags=re.IGNORECASE)


def _joined(value: object, between: str) -> str:
    if isinstance(value, list | tuple):
        return between.join(str(part).strip() for part in value if str(part).strip())
    return str(value)


def _named(card: Values, values: dict[str, object]) -> Values:
    """Make the full name of an organisation's card its organisation, then drop repeated names."""
    full = card.get("Full name", [""])[0]
    is_org = (
        str(values.get("KIND", "")).casefold() == "org"
        or str(values.get("X-ABSHOWAS", "")).casefold() == "company"
    )
    if is_org and full and "Organization" not in card:
        card["Organization"] = [full]
    return without_repeats(card)


def without_repeats(card: Values) -> Values:
    """Drop the full name if its parts or the organisation repeat it; changes the card in place.

    A last name alone is dropped if the full name says more. Names that only repeat the address or
    number are dropped as well.
    """
    full = card.get("Full name", [""])[0]
    parts = " ".join(text for _, key in _NAME for text in card.get(key, ()))
    orgs = [text.casefold() for text in card.get("Organization", ())]
    reach = {_letters(text) for key in ("E-mail", "Phone") for text in card.get(key, ())}
    if _letters(parts or full) in reach:
        for _, key in (*_NAME, ("", "Full name")):
            card.pop(key, None)
        return card
    words = _words(parts)
    card["Full name"] = [text for text in card.get("Full name", ())
                         if not _words(text) <= words and text.casefold() not in orgs]  # fmt: skip
    if not card["Full name"]:
        card.pop("Full name")
    elif words < _words(full) and not (card.get("First name") and card.get("Last name")):
        card.pop("First name", None)
        card.pop("Last name", None)
    if parts and parts.casefold() in orgs:
        for _, key in _NAME:
            card.pop(key, None)
    return card


def _letters(text: str) -> str:
    """Return the letters and digits alone, which are the same in all spellings of a number."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _words(name: str) -> set[str]:
    return set(name.casefold().replace(",", " ").split())


def card_rows(read: list[Values]) -> list[list[str]]:
    """Return a header row and a row for each card.

    Phones and notes share a cell. Further values of other properties get columns of their own.
    """
    counts: dict[str, int] = {}
    order = [*(h for _, h in _NAME), *_HEADERS.values(), *(h for _, h in _ADDRESS)]
    for card in read:
        for header, texts in card.items():
            needed = 1 if header in _JOINED else len(texts)
            counts[header] = max(counts.get(header, 0), needed)
    known = sorted(
        counts, key=lambda header: order.index(header) if header in order else len(order)
    )
    headers = [(header, n) for header in known for n in range(counts[header])]
    rows = [[header if not n else f"{header} {n + 1}" for header, n in headers]]
    for card in read:
        row = []
        for header, n in headers:
            texts = card.get(header, [])
            if header in _JOINED:
                row.append(_JOINED[header].join(texts))
            else:
                row.append(texts[n] if n < len(texts) else "")
        rows.append(row)
    return rows
