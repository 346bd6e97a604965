"""The columns of a sign-up form that are about the meeting, not about the person.

Configured headers come first. Forms differ between languages and years, so the other columns are
recognised by their words.
"""

import re
from collections.abc import Mapping, Sequence

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.package_data import pattern_of
from register.configuration.forms import SignUpColumns, SignUpForm
from register.intake.header_names import EITHER, header_meaning

_PARTY = re.compile(pattern_of("register.replies", "form_columns", "party"), re.IGNORECASE)
_NEEDS = re.compile(pattern_of("register.replies", "form_columns", "needs"), re.IGNORECASE)
_MEETING = re.compile(
    r"^(?:mi(?:kä|hin|lle) |valitse |vilke[nt] |välj |which |choose )?"
    r"(?:tapaami|tilaisuu|tapahtum|kokou[sk]|möte|tillfälle|evenemang|meeting|event)",
    re.IGNORECASE,
)
_WORDS = re.compile(pattern_of("register.replies", "form_columns", "words"), re.IGNORECASE)
_AT = re.compile(rf"^(?:{pattern_of('register.replies', 'form_columns', 'at')})$", re.IGNORECASE)
_CONTACT = frozenset(
    ("name", "first", "last", EITHER, "org", "role", "email", "phone", "address", "postcode")
)
_KNOWN_BY = {"at": _AT, "party": _PARTY, "needs": _NEEDS, "meeting": _MEETING, "words": _WORDS}


def own_columns(headers: Sequence[str], form: SignUpForm) -> dict[str, int]:
    """Return the places of a form's own columns, by the fields of :class:`SignUpColumns`.

    Raises UsageError if a configured header other than the default is missing, and no other column
    can stand for it.
    """
    folded = [fold_header(header) for header in headers]
    wanted: Mapping[str, str] = form.columns.model_dump()
    asked = {fold_header(order.rpartition("=")[0]) for order in form.map}
    found = {
        name: folded.index(fold_header(header))
        for name, header in wanted.items()
        if header and fold_header(header) in folded
    }
    for name, header in wanted.items():
        if not header or name in found or (name == "meeting" and form.meeting):
            continue
        free = (
            place
            for place, text in enumerate(folded)
            if text and text not in asked and place not in found.values()
        )
        place = next((one for one in free if _stands_for(name, headers[one])), None)
        if place is not None:
            found[name] = place
    defaults = SignUpColumns().model_dump()
    missing = [
        header
        for name, header in wanted.items()
        if header and header != defaults[name] and name not in found
    ]
    if missing and any(folded):
        raise missing_columns(form.source, "sign_up_form", missing)
    return found


def missing_columns(source: str, section: str, headers: Sequence[str]) -> UsageError:
    """Return the error about missing headers that a configuration ``section`` names."""
    return UsageError(
        "{source} has no column for what the configuration names under [{section}].",
        remedy="Write the headers there as they are in its first row.",
        faults=[("{tab}: there is no column {column}.", {"tab": source, "column": header})
                for header in headers],
        source=source,
        section=section,
    )  # fmt: skip


def _stands_for(name: str, header: str) -> bool:
    """Whether a header means one of a form's own columns, and not a person's contact details."""
    meaning, certainty = header_meaning(header)
    if name == "at" and meaning == "at":
        return True
    return not (meaning in _CONTACT and certainty == "header") and bool(
        _KNOWN_BY[name].search(header)
    )
