"""The catalogues of sentences in ``locale/``: gettext's .po files, read as they are (by Babel).

English is the msgid. An entry with a plural has one form for ``count`` = 1 and one for the rest;
``en.po`` holds only those, and the short names that are looked up by a code (msgctxt).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from register.book.schema import Language

_Forms = tuple[str, str]
"""A translation: for one, for several (twice the same where it doesn't matter)."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language by ``(context, msgid)``."""

    forms: Mapping[tuple[str, str], _Forms]

    def find(self, msgid: str, context: str = "") -> _Forms | None:
        """Return the translation of a msgid, or None."""
        return self.forms.get((context, msgid))


@cache
def catalogue(language: Language) -> Catalogue:
    """Return a language's catalogue; it is read once."""
    forms: dict[tuple[str, str], _Forms] = {}
    with files("register.words").joinpath("locale", f"{language}.po").open("rb") as file:
        for message in read_po(file, locale=language):
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            if not msgid or message.fuzzy:
                continue
            said = (message.string,) if isinstance(message.string, str) else message.string
            if said and said[0]:
                forms[message.context or "", msgid] = (said[0], said[-1])
    return Catalogue(forms)
