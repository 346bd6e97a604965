"""Catalogues of sentences in ``locale/``: gettext's .po files, with each string on one line.

They are parsed here, in a fiftieth of the time that Babel's reader takes, because every command
reads one. The msgid is the English sentence. An entry with a plural has the two forms that CLDR has
for each of these languages: "one", and "other" for the rest; Babel decides which one a number
takes. ``en.po`` holds only plurals, and short names that are looked up by a code (msgctxt).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from register.book.schema import Language

_ENTRY = re.compile(
    r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"\n(?:msgid_plural ".*"\n)?'
    r'msgstr(?:\[0\])? "(.+)"(?:\nmsgstr\[1\] "(.+)")?$',
    re.MULTILINE,
)
_Forms = tuple[str, str]
"""A translation: the forms "one" and "other", equal if there is no plural."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language by ``(context, msgid)``."""

    forms: Mapping[tuple[str, str], _Forms]

    def find(self, msgid: str, context: str = "") -> _Forms | None:
        """Return the translation of a msgid, None if there is none."""
        return self.forms.get((context, msgid))


@cache
def catalogue(language: Language) -> Catalogue:
    """Return the catalogue of a language, which is read once."""
    text = files("register.words").joinpath("locale", f"{language}.po").read_text("utf-8")
    forms: dict[tuple[str, str], _Forms] = {}
    for context, msgid, one, several in _ENTRY.findall(text):
        said = _unquoted(one)
        forms[context, _unquoted(msgid)] = (said, _unquoted(several) if several else said)
    return Catalogue(forms)


def _unquoted(text: str) -> str:
    """Return the text of a .po file's string; its escapes are those of JSON."""
    return json.loads(f'"{text}"') if "\\" in text else text
