"""The source of a person's data and its legal basis, which the law requires us to tell them."""

import re

from register.book.ids import is_id
from register.book.schema import schema
from register.people.names import has_link_or_hidden_chars
from register.people.records import Person
from register.values.date import day
from register.values.text import has_mixed_scripts

_HOST = re.compile(r"(?:[a-z0-9åäö](?:[a-z0-9åäö\-]{0,60}[a-z0-9åäö])?\.){1,4}[a-z]{2,12}", re.I)
_SITE = re.compile(rf"(?:https?://(?:www\.)?|www\.)({_HOST.pattern})(?::\d+)?(?:[/?#]\S*)?", re.I)


def origin(person: Person) -> str:
    """Return a person's source, else where we met, '' if neither is known.

    A reference to the row of ``inbox`` is no source: intake used to write it there.
    """
    title, _, row_id = person.source.strip().rpartition(" ")
    by_row = is_id(row_id, "S") and title in schema().tab("inbox").titles.values()
    return ("" if by_row else person.source.strip()) or person.met_at.strip()


def origin_to_show(person: Person) -> str:
    """Return the source as a letter may show it: of a web address only the site's name.

    '' if it is unknown, or unfit for a letter (:func:`has_link_or_hidden_chars`).
    """
    shown = ", ".join(_SITE.sub(r"\1", part) for part in origin(person).split(", "))
    plain = ", ".join("" if is_site(part) else part for part in shown.split(", "))
    return "" if has_link_or_hidden_chars(plain) or has_mixed_scripts(shown) else shown


def is_site(text: str) -> bool:
    """Whether a text is only a site's name: ``espoo.fi``."""
    return _HOST.fullmatch(text) is not None


def shown_basis(person: Person) -> str:
    """Return the legal basis that can be shown (a key of ``basis``).

    A consent without a date or words is invalid (GDPR art. 7(1)), which leaves legitimate interest.
    """
    shown = person.basis != "consent" or (day(person.consent_on) and person.consent_words.strip())
    return person.basis if shown else "legitimate_interest"
