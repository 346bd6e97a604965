"""What the cells of a list's column look like, by the readers of the register's columns."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from register.book import personal_identity_code as henkilotunnus
from register.book.cells import iso_minute
from register.book.schema import schema
from register.values import (
    association_no,
    business_id,
    choice,
    date,
    email,
    language,
    municipality,
    organisation_name,
    person_name,
    phone,
    postal_code,
)
from register.values.post import whole_role

_NAMED = ("name", "first", "last", "org")
_SAMPLE = 200
"""The most cells of a column that are looked at."""

_YES = frozenset(
    ("x", "1", "k", "on", "ok", "true", "checked", "y", "j", "joo", "tosi", "sant", "✓", "✔", "☑")
)
_NO = frozenset(("0", "e", "n", "-", "–", "false", "eiole", "epätosi", "falskt", "☐"))
_TECHNICAL = re.compile(
    r"Mozilla/\d|(?:.* )?\* ?(?:my ?contacts|starred)\b|(?:\d{1,3}\.){3}\d{1,3}\s*$"
    r"|(?=(?:[^:]*:){3})[\da-f:]+\s*$"
    r"|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\s*$",
    re.IGNORECASE,
)
_AFTERNOON = ("ip", "pm", "em")
_CALLABLE = re.compile(r"\(?\s?(?:\+|00|0)[\d\s().\-–/]{5,}.*|[45]\d{7,9}(?:[.,]0)?", re.DOTALL)
_NAME = re.compile(r"[^\W\d_a-zåäö][\w.'’&-]*(?: [^\W\d_][\w.'’&-]*){1,4}")
_MOMENT = re.compile(
    r"(\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4})[ T,]+(?:klo|kl\.?)?\s*"
    r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:\.\d{1,6})?)?(?:\s?(ap|ip|am|pm|fm|em)\b\.?)?"
    r"(?:\s?(?:EET|EEST|Z|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_DAY_IN = re.compile(
    r"(\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})"
    r"(?:[ T,]+(?:klo|kl\.?)?\s*\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?"
)


def are_technical(cells: Sequence[str]) -> bool:
    """Whether all cells are a program's own: IP addresses, browsers, codes, "* myContacts"."""
    sample = sample_cells(cells)
    return bool(sample) and all(map(_TECHNICAL.match, sample))


def read_yes_no(cell: str) -> str:
    """Return ``yes`` or ``no`` as a consent cell means it, '' if it means neither."""
    plain = cell[:40].strip().casefold()
    if plain in _YES or plain in _NO:
        return "yes" if plain in _YES else "no"
    return choice_key("yes_no", cell)


def read_leave(cell: str) -> tuple[str, str]:
    """Return what a cell about leave to send means (``yes``, ``no`` or ''), and its ISO day or ''.

    A day with nothing beside it is the day of a yes.
    """
    found = _DAY_IN.search(cell[:60])
    day = date.read(found[1]).value if found else ""
    if not found or not day:
        return read_yes_no(cell), ""
    rest = f"{cell[: found.start()]} {cell[found.end() :]}".strip(" ,.;:()–-")
    return (read_yes_no(rest) if rest else "yes"), day


def choice_key(enum: str, cell: str) -> str:
    """Return the key of a dropdown's value, given its label in any language; '' for none."""
    labels = schema().enum(enum).labels
    options = [(key, list(of_key.values())) for key, of_key in labels.items()]
    return choice.read(cell, options).value


def read_moment(cell: str) -> str:
    """Return a time or a day as the Book writes it, '' if the cell is neither."""
    plain = cell.strip()[:60]
    if found := _MOMENT.fullmatch(plain):
        day = date.read(re.sub(r"^(\d{4})[./](\d{1,2})[./](\d{1,2})$", r"\1-\2-\3", found[1])).value
        half = (found[5] or "").casefold()
        hour = int(found[2]) % 12 + 12 * (half in _AFTERNOON) if half else int(found[2])
        try:
            at = datetime.fromisoformat(day).replace(
                hour=hour, minute=int(found[3]), second=int(found[4] or 0)
            )
        except ValueError:
            return ""
        return iso_minute(at)
    return date.read(plain).value


def share_fitting_column(column: str, cells: Sequence[str]) -> float:
    """Return the share of cells that the column may hold, 0 to 1; 1 for columns of free text."""
    look = _MAY_BE.get(column)
    sample = sample_cells(cells)
    if look is None or not sample:
        return 1.0
    return sum(map(look, sample)) / len(sample)


def looks_like(cells: Sequence[str]) -> str:
    """Return the key of the column that the cells plainly belong to, '' if that is not plain."""
    sample = sample_cells(cells)
    if not sample:
        return ""
    for column, share, fewest, look in _PLAINLY:
        if len(sample) >= fewest and sum(map(look, sample)) >= share * len(sample):
            return column
    return ""


def are_posts(cells: Sequence[str]) -> bool:
    """Whether at least two cells, and nearly all of them, are posts: "ordf.", "sekr."."""
    sample = sample_cells(cells)
    return len(sample) > 1 and sum(map(_is_post, sample)) >= 0.8 * len(sample)


def share_of_organisation_names(cells: Sequence[str]) -> float:
    """Return the share of cells that are plainly names of organisations, 0 to 1."""
    sample = sample_cells(cells)
    return sum(map(_is_organisation, sample)) / len(sample) if sample else 0.0


def are_answers(target: str, cells: Sequence[str]) -> bool:
    """Whether the cells of a column of names are all yes or no: "Osallistuu" asks for no name."""
    return target in _NAMED and bool(cells) and all(map(read_yes_no, cells))


def share_of_person_names(cells: Sequence[str]) -> float:
    """Return the share of cells that are plainly names of people, 0 to 1."""
    sample = sample_cells(cells)
    return sum(map(_is_person, sample)) / len(sample) if sample else 0.0


def share_of_name_shapes(cells: Sequence[str]) -> float:
    """Return the share of cells that may be names: two to five words, the first with a capital."""
    sample = sample_cells(cells)
    return sum(bool(_NAME.fullmatch(cell)) for cell in sample) / len(sample) if sample else 0.0


def is_value(cell: str) -> bool:
    """Whether a cell is plainly a value and not a header: an address, a number or a date."""
    plain = cell.strip()
    if not plain or not any(c.isalpha() for c in plain):
        return any(c.isdigit() for c in plain)
    return _is_email(plain) or _is_phone(plain) or bool(date.read(plain).value)


def sample_cells(cells: Sequence[str]) -> list[str]:
    """Return at most ``_SAMPLE`` cells, spread over the whole column, without the blank ones."""
    filled = [cell for cell in cells if cell]
    step = max(1, len(filled) // _SAMPLE)
    return filled[::step][:_SAMPLE]


def _is_email(cell: str) -> bool:
    return "@" in cell[:300] and email.read(cell).problem != "email-impossible"


def _may_be_email(cell: str) -> bool:
    return email.read(cell).problem != "email-impossible"


def _is_phone(cell: str) -> bool:
    if not _CALLABLE.fullmatch(cell.strip()[: phone.LONGEST_PHONE]):
        return False
    return _may_be_phone(cell) and not date.read(cell).value


def _may_be_phone(cell: str) -> bool:
    code = any(span.certain for span in henkilotunnus.find_identity_codes(cell))
    return not code and phone.read(cell).problem != "phone-impossible"


def _is_postcode(cell: str) -> bool:
    return bool(re.fullmatch(r"\d{5}", cell)) and bool(postal_code.read(cell).value)


def _is_business_id(cell: str) -> bool:
    return "-" in cell and bool(business_id.read(cell).value)


def _may_be_business_id(cell: str) -> bool:
    return bool(
        re.fullmatch(r"(?:FI)?\s*\d{5,7}\s*[-–‐‑−]?\s*\d", cell.strip()[:40], re.IGNORECASE)
    )


def _is_municipality(cell: str) -> bool:
    return bool(municipality.read(cell).value)


def _may_be_municipality(cell: str) -> bool:
    return municipality.read(cell).problem != "municipality-unknown"


def _is_organisation(cell: str) -> bool:
    return organisation_name.names_organisation(cell) and " " in cell.strip()


def _is_person(cell: str) -> bool:
    words = re.findall(r"[^\W\d_]+", cell[:200])
    if not 2 <= len(words) <= 5 or _is_organisation(cell) or _is_email(cell.strip()):
        return False
    return any(word.casefold() in person_name.first_names() for word in words)


def _is_post(cell: str) -> bool:
    return bool(whole_role(cell))


def _is_first_name(cell: str) -> bool:
    return cell[:60].strip().casefold() in person_name.first_names()


_Look = Callable[[str], bool]
_MAY_BE: dict[str, _Look] = {
    "email": _may_be_email,
    "phone": _may_be_phone,
    "postcode": lambda cell: bool(postal_code.read(cell).value),
    "municipality": _may_be_municipality,
    "business_id": _may_be_business_id,
    "assoc_no": lambda cell: bool(association_no.read(cell).value),
    "language": lambda cell: bool(language.read(cell).value),
    "group": lambda cell: bool(choice_key("person_group", cell)),
    "type": lambda cell: bool(choice_key("organisation_type", cell)),
    "at": lambda cell: bool(read_moment(cell)),
}
_PLAINLY: tuple[tuple[str, float, int, _Look], ...] = (
    ("email", 0.6, 1, _is_email),
    ("business_id", 0.8, 1, _is_business_id),
    ("postcode", 0.9, 2, _is_postcode),
    ("phone", 0.7, 1, _is_phone),
    ("role", 0.8, 2, _is_post),
    ("org", 0.5, 2, _is_organisation),
    ("name", 0.5, 2, _is_person),
    ("first", 0.6, 3, _is_first_name),
    ("municipality", 0.8, 3, _is_municipality),
    ("language", 1.0, 4, lambda cell: bool(language.read(cell).value)),
)
"""Column key, the share of cells that must pass, how many cells there must be, and the test.

Consent is missing on purpose: an ``x`` under an unknown header may mean anything.
"""
