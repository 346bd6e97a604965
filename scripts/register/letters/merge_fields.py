r"""Merge fields in the texts of the sheet: ``{etunimi}``, ``{förnamn}``, ``{first_name}``.

There are twelve, each with a name in each language; a name of any language is understood
everywhere. A field may give a fallback for a missing value: ``{etunimi|ystävä}``. ``\{`` is a
literal brace. The value of a field is data: it is inserted after the surrounding text has been
parsed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process

from register.book.schema import LANGUAGES, Language
from register.letters.templates import unfilled_placeholders

FIELD_NAMES: Mapping[str, Mapping[Language, str]] = {
    "first": {"fi": "etunimi", "sv": "förnamn", "en": "first_name"},
    "last": {"fi": "sukunimi", "sv": "efternamn", "en": "last_name"},
    "name": {"fi": "nimi", "sv": "namn", "en": "name"},
    "organisation": {"fi": "järjestö", "sv": "förening", "en": "organisation"},
    "municipality": {"fi": "kunta", "sv": "kommun", "en": "municipality"},
    "role": {"fi": "tehtävä", "sv": "uppgift", "en": "role"},
    "meeting": {"fi": "tapaaminen", "sv": "möte", "en": "meeting"},
    "date": {"fi": "päivä", "sv": "dag", "en": "day"},
    "time": {"fi": "kello", "sv": "klockan", "en": "time"},
    "place": {"fi": "paikka", "sv": "plats", "en": "place"},
    "rsvp_by": {"fi": "vastaa_viimeistään", "sv": "svara_senast", "en": "reply_by"},
    "sender": {"fi": "lähettäjä", "sv": "avsändare", "en": "sender"},
}
"""The name of each field in each language, by the field's key."""

_KEYS = {names[language]: key for key, names in FIELD_NAMES.items() for language in LANGUAGES}
_FIELD = re.compile(r"\\[{}]|\{([^{}|\n]{0,60})(?:\|([^{}|\n]{0,60}))?\}|[{}]")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field in a text: its key in :data:`FIELD_NAMES`, and the fallback for a missing value."""

    key: str
    instead: str = ""


Pieces = tuple[str | MergeField, ...]
"""A text, split at its fields."""


class StrayField(Exception):
    """A text has something that looks like a field but is not; ``text`` is what was found."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text[:_SHOWN]


def read_fields(text: str) -> Pieces:
    """Return a text split at its fields; raise StrayField at the first unknown field."""
    found: list[str | MergeField] = []
    end = 0
    for place in _FIELD.finditer(text):
        found.append(text[end : place.start()])
        end = place.end()
        if place[0][0] == "\\":
            found.append(place[0][1])
            continue
        key = _KEYS.get(_folded(place[1] or ""))
        if key is None:
            raise StrayField(place[0] if len(place[0]) > 1 else text[place.start() :][:20])
        found.append(MergeField(key, (place[2] or "").strip()))
    found.append(text[end:])
    for _, stray in unfilled_placeholders(
        "".join(one if isinstance(one, str) else "x" for one in found)
    ):
        raise StrayField(stray)
    return tuple(one for one in found if one)


def known_fields(language: Language) -> list[str]:
    """Return the fields as they are written in a language: ``{first_name}``."""
    return [f"{{{names[language]}}}" for names in FIELD_NAMES.values()]


def nearest_field(stray: str) -> str:
    """Return the field that an unknown one probably means, as written, or '' where none is near."""
    best = process.extractOne(_folded(stray.strip("{}<>[]«»%*|@#$ ")), list(_KEYS), score_cutoff=70)
    return f"{{{best[0]}}}" if best else ""


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).casefold()
    return re.sub(r"[\s_-]+", "_", plain.strip())


def fields_in(pieces: Pieces) -> Iterator[MergeField]:
    """Yield the fields of a text."""
    return (one for one in pieces if isinstance(one, MergeField))
