"""Address books in LDIF (RFC 2849), as Thunderbird and directories export them, as rows."""

import base64
import binascii
import re
from collections.abc import Iterator

from register.book.package_data import package_table
from register.book.phrase import Phrase
from register.sources.cards import Values, card_rows, without_repeats
from register.sources.limits import MOST_LIST_ROWS, clean_text, too_large
from register.values.encoding import decode
from register.values.organisation_name import names_organisation

_ATTRIBUTES = {
    attribute: header
    for header, attributes in package_table("register.sources", "ldif").items()
    for attribute in attributes.split()
}
_OF_THE_FILE = frozenset(
    (
        *("dn", "version", "changetype", "objectclass", "modifytimestamp", "mozillausehtmlmail"),
        *("entryuuid", "memberof", "jpegphoto"),
    )
)
_GROUPS = frozenset(
    ("groupofnames", "groupofuniquenames", "mailgroup", "posixgroup", "organizationalunit")
)
_LINE = re.compile(r"([A-Za-z][\w;.-]*):([:<]?)[ \t]*(.*)")
_SHOWN = 10


def read_ldif(text: str, name: str) -> tuple[list[list[str]], list[Phrase]]:
    """Return a header row and a row for each entry, and what to say about groups left out."""
    entries: list[Values] = []
    groups: list[str] = []
    for entry in _entries(text):
        if len(entries) > MOST_LIST_ROWS:
            raise too_large(name)
        kinds = {kind.casefold() for kind in entry.pop("objectclass", [])}
        if kinds & _GROUPS:
            groups.append(next(iter(entry.get("Full name") or entry.get("Department") or [""])))
        elif entry:
            unit = entry.get("Department", [""])[0]
            if "Organization" not in entry and names_organisation(unit):
                entry["Organization"] = entry.pop("Department")
            entries.append(without_repeats(entry))
    aside: list[Phrase] = []
    if groups:
        aside.append(
            ("{count} cards are groups and nobody's, and were left out: {names}.",
             {"count": len(groups), "names": groups[:_SHOWN]})
        )  # fmt: skip
    return card_rows(entries), aside


def _entries(text: str) -> Iterator[Values]:
    """Yield the values of each entry by header; folded lines are joined."""
    whole = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    for block in re.split(r"\n{2,}", whole):
        entry: Values = {}
        for line in block.split("\n"):
            found = _LINE.fullmatch(line)
            if not found or line.startswith("#"):
                continue
            attribute = found[1].partition(";")[0].casefold()
            value = clean_text(_decoded(found[3]) if found[2] == ":" else found[3])
            header = _ATTRIBUTES.get(attribute, found[1])
            if attribute == "objectclass":
                header = "objectclass"
            elif attribute in _OF_THE_FILE:
                continue
            if value and value not in entry.setdefault(header, []):
                entry[header].append(value)
        if any(entry.values()):
            yield {header: texts for header, texts in entry.items() if texts}


def _decoded(value: str) -> str:
    """Return a base64 value as text, or the value itself if it is not base64."""
    try:
        return decode(base64.b64decode(value, validate=True))[0]
    except (binascii.Error, ValueError):
        return value
