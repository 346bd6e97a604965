"""Cells of the directory as people read them, and their links."""

import re
from collections.abc import Sequence
from functools import lru_cache

from register.lists.directory import ListedContact, ListedOrganisation
from register.values import phone, places
from register.values.reading import LONGEST_VALUE_READ
from register.values.text import tidy
from register.words.display import display_text
from register.words.sentences import Sentences

ListColumn = tuple[str, str]
"""A column of the lists: tab and column; ``people.name`` is first and last name."""

LIST_COLUMNS: tuple[ListColumn, ...] = (
    *(("organisations", key) for key in ("region", "municipality", "name", "short", "type")),
    *(("organisations", key) for key in ("area", "topics", "email", "phone", "url", "id")),
    *(("people", key) for key in ("name", "role", "email", "phone", "id")),
    ("organisations", "sign"),
)
"""All columns that the lists can show, in order."""

PEOPLE: tuple[ListColumn, ...] = (
    *(("people", key) for key in ("name", "role", "email", "phone")),
    *(("organisations", key) for key in ("name", "type", "region", "municipality", "topics")),
    *(("people", "id"), ("organisations", "id")),
)
"""The columns of a list of people."""

_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?)")
_E164 = re.compile(r"\+[0-9]{5,15}")

cached_national_phone = lru_cache(maxsize=1 << 17)(phone.national_phone)
"""A phone number as people in Finland write it; cached, because three forms of a list need it."""


def list_headers(columns: Sequence[ListColumn], say: Sentences) -> list[str]:
    """Return the headers of columns; a person's gets a prefix if organisations have one, too."""
    person = say.header("invitations", "person")
    ours = {key for tab, key in columns if tab == "organisations"} - {"name"}
    named: list[str] = []
    for tab, key in columns:
        header = say.header(tab, key)
        if (tab, key) == ("people", "name"):
            header = person
        elif tab == "people" and key in ours:
            header = f"{person}: {header}"
        named.append(header)
    return named


def list_cell(
    one: ListedOrganisation, contact: ListedContact | None, column: ListColumn, say: Sentences
) -> str:
    """Return a cell as people read it: one line, no hidden characters, phones in national form."""
    tab, key = column
    if tab == "people":
        return person_cell(contact, key, say) if contact else ""
    text: str
    if key == "region":
        return region_name(one.region, say) if one.region else ""
    if key == "municipality":
        text = place_name(one.municipality, say) if one.municipality else one.town
    elif key == "type":
        text = say.value(tab, key, one.type)
    elif key == "sign":
        text = say.value(tab, "verified_on", one.sign)
    else:
        text = getattr(one, key)
    if key == "phone":
        text = cached_national_phone(text)
    return clean_cell(text) if text else ""


def person_cell(contact: ListedContact, key: str, say: Sentences) -> str:
    """Return a person's cell as people read it; municipality and region are the person's own."""
    if key == "municipality":
        return place_name(contact.municipality, say) if contact.municipality else ""
    if key == "region":
        return region_name(contact.region, say) if contact.region else ""
    text: str = getattr(contact, key)
    if key == "phone":
        text = ", ".join(map(cached_national_phone, phones_of(contact)))
    return clean_cell(text) if text else ""


def phones_of(whose: ListedContact | ListedOrganisation) -> tuple[str, ...]:
    """Return the phones of a person (up to two) or an organisation; cells as in the Book."""
    second = whose.phone2 if isinstance(whose, ListedContact) else ""
    return tuple(dict.fromkeys(filter(None, (whose.phone, second))))


@lru_cache(maxsize=1 << 17)
def clean_cell(text: str) -> str:
    """Return a text in one line, with hidden characters escaped and a henkilötunnus masked."""
    return display_text(
        tidy(text if len(text) <= LONGEST_VALUE_READ else f"{text[: LONGEST_VALUE_READ - 1]}…")
    )


def region_name(code: str, say: Sentences) -> str:
    """Return the name of a region in the reader's language."""
    return places.region(code).name(say.language)


def place_name(code: str, say: Sentences) -> str:
    """Return the name of a municipality in the reader's language."""
    return places.municipality(code).name(say.language)


def cell_link(text: str, kind: str) -> str:
    """Return the link of a plain mailbox, phone (E.164) or website; '' for any other text."""
    if kind == "email":
        return f"mailto:{text}" if _MAILBOX.fullmatch(text) else ""
    if kind == "phone":
        return f"tel:{text}" if _E164.fullmatch(text) else ""
    found = _WEBSITE.fullmatch(text)
    scheme = "http" if text.startswith("http:") else "https"
    return f"{scheme}://{found[1]}" if found else ""
