"""The cells of the regional lists as people read them, and what they may link to."""

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
"""A column of the lists: tab and column; ``people.name`` is the first and the last name."""

LIST_COLUMNS: tuple[ListColumn, ...] = (
    *(("organisations", key) for key in ("region", "municipality", "name", "short", "type")),
    *(("organisations", key) for key in ("area", "topics", "email", "phone", "url", "id")),
    *(("people", key) for key in ("name", "role", "email", "phone", "id")),
    ("organisations", "sign"),
)
"""What the lists can show, in its order."""

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
"""A phone number as it is written in Finland; the three forms of the lists ask for the same."""


def list_headers(columns: Sequence[ListColumn], say: Sentences) -> list[str]:
    """Return the columns' headers; a contact's says so where the organisation has one as well."""
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
    """Return a cell as people read it: one line, nothing hidden in it, phones national."""
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
    """Return a person's cell as people read it; ``municipality`` and ``region`` are their own."""
    if key == "municipality":
        return place_name(contact.municipality, say) if contact.municipality else ""
    if key == "region":
        return region_name(contact.region, say) if contact.region else ""
    text: str = getattr(contact, key)
    if key == "phone":
        text = ", ".join(map(cached_national_phone, phones_of(contact)))
    return clean_cell(text) if text else ""


def phones_of(whose: ListedContact | ListedOrganisation) -> tuple[str, ...]:
    """Return the phones of a person or an organisation, as in the Book; a person may have two."""
    second = whose.phone2 if isinstance(whose, ListedContact) else ""
    return tuple(dict.fromkeys(filter(None, (whose.phone, second))))


@lru_cache(maxsize=1 << 17)
def clean_cell(text: str) -> str:
    """Return a text in one line with nothing hidden in it; a henkilötunnus is masked."""
    return display_text(
        tidy(text if len(text) <= LONGEST_VALUE_READ else f"{text[: LONGEST_VALUE_READ - 1]}…")
    )


def region_name(code: str, say: Sentences) -> str:
    """Return a region's name in the language of the lists."""
    return places.region(code).name(say.language)


def place_name(code: str, say: Sentences) -> str:
    """Return a municipality's name in the language of the lists."""
    return places.municipality(code).name(say.language)


def cell_link(text: str, kind: str) -> str:
    """Return the address that a cell may link to: a plain mailbox, number or website, or ''."""
    if kind == "email":
        return f"mailto:{text}" if _MAILBOX.fullmatch(text) else ""
    if kind == "phone":
        return f"tel:{text}" if _E164.fullmatch(text) else ""
    found = _WEBSITE.fullmatch(text)
    scheme = "http" if text.startswith("http:") else "https"
    return f"{scheme}://{found[1]}" if found else ""
