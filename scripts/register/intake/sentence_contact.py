"""A contact within a sentence: "Messuilla tapasin Eila Kasken (Kaisla ry, eila.kaski@…)".

An address tells its owner's name in the nominative. A number belongs to the only name in the
sentence. Where neither is plain, nobody is named.
"""

import re

from register.intake.cell_parts import contacts_in_cell, owner_of_address
from register.intake.text_people import INFLECTED
from register.intake.told_cells import is_sentence
from register.values.email import name_in_mailbox
from register.values.organisation_name import names_organisation
from register.values.person_name import first_names

_NAMED = re.compile(r"(?=(?<![\w-])([A-ZÅÄÖ][\w-]+) ([A-ZÅÄÖ][\w-]+))")
_PAIR = re.compile(r"(?=(?<![\w-])([^\W\d_][\w-]+) ([^\W\d_][\w-]+))")
_OF_NEN = re.compile(r"s(?:en|elle|elt[aä]|ell[aä]|t[aä]|est[aä])$")
"""The case endings of a last name in -nen."""

_GENITIVE = re.compile(r"(?<!ne)n$")
_INSIDE = re.compile(r"\(([^()]+)\)")


def contact_in_sentence(text: str) -> dict[str, str]:
    """Return the one contact that a sentence holds, as a row of ``inbox``; {} for none.

    The organisation stands in the brackets. The whole text becomes the message.
    """
    found = contacts_in_cell(text)
    if "\n" in text.strip() or len(found.phones) > 1 or len(found.emails) > 1:
        return {}
    address, number = (*found.emails, "")[0], (*found.phones, "")[0]
    named = [pair for pair in _NAMED.findall(text) if pair[0].casefold() in first_names()]
    name = name_in_mailbox(address) if address else ""
    if name:
        forms = [said for said in named if _is_form(said, name)]
        if not forms:
            return {}
        same = [" ".join(said) for said in forms if _plain(said[1].casefold()) in name.casefold()]
        name = same[0] if same else name
    elif len(named) == 1 and _stands_by_itself(named[0][1]):
        only = " ".join(named[0])
        theirs = owner_of_address(address, [only]) is not None if address else bool(number)
        name = only if theirs else ""
    if not name:
        return {}
    beside = [part.strip() for inside in _INSIDE.findall(text) for part in inside.split(",")]
    org = next((part for part in beside if names_organisation(part)), "")
    cells = {"name": name, "org": org, "email": address, "phone": number, "text": text}
    return {key: cell for key, cell in cells.items() if cell}


def name_in_sentence(text: str) -> str:
    """Return the only name in a sentence, if it is plainly in the nominative; else ''.

    A dictated sentence has no capitals: "tapasin eilen kaisa korhosen" names Kaisa Korhonen.
    """
    named = {pair for pair in _NAMED.findall(text) if pair[0].casefold() in first_names()}
    if not named and is_sentence(text):
        named = {
            (first.title(), _OF_NEN.sub("nen", last).title())
            for first, last in _PAIR.findall(text)
            if first in first_names()
        }
    one = named.pop() if len(named) == 1 else ("", "")
    return " ".join(one) if one[1] and _stands_by_itself(one[1]) else ""


def first_form(name: str, address: str) -> str:
    """Return a name in the nominative, as its mailbox has it: "Jaakko Rinteen" is inflected."""
    first, _, last = name.partition(" ")
    own = name_in_mailbox(address) if address and last else ""
    if own and not _stands_by_itself(last) and _is_form((first, last), own):
        return name if _plain(last.casefold()) in own.casefold() else own
    return name


def _is_form(said: tuple[str, str], name: str) -> bool:
    """Whether two words are an inflected form of a name: "Sanna Lehtosen" of Sanna Lehtonen."""
    first, _, last = name.casefold().partition(" ")
    words = [word.casefold() for word in said]
    return words[0] == first and _plain(words[1])[:3] == _plain(last)[:3]


def _plain(word: str) -> str:
    """Return a word with the letters that addresses use."""
    return word.translate(str.maketrans("äåöé", "aaoe"))


def _stands_by_itself(last: str) -> bool:
    """Whether a last name is plainly in the nominative; "Koskelle" and "Kosken" are not."""
    return not (INFLECTED.search(last) or _GENITIVE.search(last))
