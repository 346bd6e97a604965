"""The language of an organisation's name, as far as its words show it."""

import re
from functools import lru_cache

from register.values import organisation_name
from register.values.organisation_kinds import language_words
from register.values.places import resolve_place

_FORMS = {"ry": "fi", "rf": "sv"}


@lru_cache(maxsize=1 << 16)
def language_of_name(name: str) -> str:
    """Return ``fi``, ``sv`` or ``en``, the language of most words of a name; '' if none leads.

    Also '' if the legal form is in another language: "Folkhälsan rf, Espoon osasto".
    """
    words = re.findall(r"\w+", name.casefold())
    counts = {
        language: sum(bool(told.fullmatch(word)) for word in words)
        for language, told in language_words().items()
    }
    for word in words:
        for language in _of_place(word):
            counts[language] += 1
    first, second = sorted(counts.values(), reverse=True)[:2]
    leading = max(counts, key=lambda one: counts[one]) if first > second else ""
    forms = {language for form, language in _FORMS.items() if form in words}
    return "" if forms - {leading} else leading


def language_of_form(name: str) -> str:
    """Return ``sv`` for an association with the legal form "rf", else ''."""
    return "sv" if organisation_name.read(name).value.endswith(" rf") else ""


def _of_place(word: str) -> tuple[str, ...]:
    """Return the language in which a municipality is spelt here; () if its names do not differ."""
    found = resolve_place(word).municipality
    if not found or found.name_fi == found.name_sv:
        return ()
    swedish = word[:3] == found.name_sv.casefold()[:3]
    finnish = word[:3] == found.name_fi.casefold()[:3]
    return () if swedish == finnish else ("sv",) if swedish else ("fi",)
