"""The directory as vCards 3.0 (RFC 2426), which every phone and mail program reads.

The lines are written here, because vobject takes a third of a millisecond to check and copy a card:
ten seconds for the people of a large register. The tests read them with vobject.
"""

from collections.abc import Iterator

from register.lists.directory import Directory, ListedContact, ListedOrganisation
from register.show.directory_cells import cell_link, clean_cell, phones_of, place_name
from register.values.areas import split_areas
from register.words.sentences import Sentences

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_LONGEST = 75
"""The maximum octets of a line (RFC 2426, 2.6); continuation lines begin with a space."""


def directory_vcards(directory: Directory, say: Sentences) -> bytes:
    """Return a card for each person, and for each organisation without a contact.

    A person is a contact of one organisation in these lists, so no person is there twice. The UID
    is the id in the register, so importing the list again gives no duplicates.
    """
    lines: list[str] = []
    for one in directory.organisations:
        for whose in one.contacts or (one,):
            lines += _card(whose, one, say)
    for who in directory.apart:
        lines += _card(who, None, say)
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _card(
    whose: ListedContact | ListedOrganisation, of: ListedOrganisation | None, say: Sentences
) -> Iterator[str]:
    """Yield the lines of a person's card, or of an organisation's own."""
    who = whose if isinstance(whose, ListedContact) else None
    place = of or whose
    name = clean_cell(whose.name) or (clean_cell(who.role or who.email) if who else "") or whose.id
    yield from ("BEGIN:VCARD", "VERSION:3.0")
    if who and who.name:
        yield f"N:{_value(clean_cell(who.last))};{_value(clean_cell(who.first))};;;"
    else:
        yield f"N:{_value(name)};;;;"
    yield f"FN:{_value(name)}"
    if of:
        yield f"ORG:{_value(clean_cell(of.name) or of.id)}"
    if who and who.role:
        yield f"TITLE:{_value(clean_cell(who.role))}"
    if cell_link(whose.email, "email"):
        yield f"EMAIL;TYPE=INTERNET:{whose.email}"
    for number in phones_of(whose):
        if cell_link(number, "phone"):
            yield f"TEL;TYPE=WORK,VOICE:{number}"
    if of and (site := cell_link(of.url, "url")):
        yield f"URL:{site}"
    if topics := split_areas(place.topics):
        yield f"CATEGORIES:{','.join(_value(clean_cell(topic)) for topic in topics)}"
    if place.municipality:
        yield f"ADR;TYPE=WORK:;;;{_value(place_name(place.municipality, say))};;;"
    if whose.id:
        yield f"UID:{whose.id}"
    yield "END:VCARD"


def _value(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> str:
    if len(line) <= _LONGEST and (line.isascii() or len(line.encode()) <= _LONGEST):
        return line
    kept: list[str] = []
    room = _LONGEST
    for char in line:
        size = len(char.encode())
        if size > room:
            kept.append("\r\n ")
            room = _LONGEST - 1
        kept.append(char)
        room -= size
    return "".join(kept)
