"""How the places of two years differ, in words."""

from __future__ import annotations

from collections.abc import Sequence

from register.values.places.renewal import TableDifference
from register.words.display import display_text
from register.words.sentences import Sentences

_MOST = 20
"""So many lines of a kind are shown, unless all are asked for."""

_SENTENCES = {
    "+municipality": "new municipality {name} ({code})",
    "-municipality": "{name} ({code}) is no municipality any more; its place is now in {new}",
    "~name_fi": "{name} ({code}) is now called {new}",
    "~name_sv": "{name} ({code}) is now called {new} in Swedish",
    "~region_fi": "{name} ({code}) has moved: {old} → {new}",
    "~wellbeing_county_fi": "{name} ({code}) has moved: {old} → {new}",
    "!forms": "{name} ({code}) has no case forms: write them into municipality_forms.csv",
    "+postal_code": "new postal code {code} {name}",
    "-postal_code": "the postal code {code} {name} has ended",
    "~municipality_code": "the postal code {code} {name} is in another municipality: {old} → {new}",
    "~type": "the postal code {code} {name} is of another kind: {old} → {new}",
    "~place_fi": "the postal code {code} has another name: {old} → {new}",
}


def differences_text(found: Sequence[TableDifference], say: Sentences, *, full: bool) -> str:
    """Return a line for each difference, kind by kind; a long kind is cut unless ``full``."""
    if not found:
        return say("The tables are as they are published; nothing differs.")
    lines: list[str] = []
    for kind, sentence in _SENTENCES.items():
        some = [one for one in found if f"{one.sign}{one.kind}" == kind]
        for one in some if full else some[:_MOST]:
            values = {
                key: display_text(getattr(one, key)) for key in ("name", "code", "old", "new")
            }
            lines.append(f"{one.sign} {say(sentence, **values)}")
        if not full and len(some) > _MOST:
            more = say("… and {count} more: -v prints all.", count=len(some) - _MOST)
            lines.append(f"{kind[0]} {more}")
    return "\n".join(lines)
