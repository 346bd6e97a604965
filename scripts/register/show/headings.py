"""What a list is called: "Espoon järjestöt", "Föreningar i Esbo", "Organisations in Espoo"."""

from __future__ import annotations

from register.lists.selection import Selection
from register.values.area_forms import area_in_case
from register.words.sentences import Sentences


def organisations_heading(chosen: Selection, say: Sentences) -> str:
    """Return the heading of a list of organisations."""
    plain = say("Organisations") if chosen.words else say("Organisations by region")
    return _with_words(_placed("Organisations {place}", plain, chosen, say), chosen)


def heading_with_place(msgid: str, plain: str, chosen: Selection, say: Sentences) -> str:
    """Return a heading that names its place where it has one.

    ``msgid`` has ``{place}``: the genitive in Finnish ("Espoon"), else with its preposition ("i
    Esbo"); ``plain`` is the msgid of the heading without a place.
    """
    return _with_words(_placed(msgid, say(plain), chosen, say), chosen)


def _placed(msgid: str, plain: str, chosen: Selection, say: Sentences) -> str:
    if not chosen.place:
        return plain
    form = area_in_case(chosen.place, "of" if say.language == "fi" else "in", say.language)
    return say(msgid, place=form)


def _with_words(title: str, chosen: Selection) -> str:
    return f"{title}: {', '.join(chosen.words)}" if chosen.words else title
