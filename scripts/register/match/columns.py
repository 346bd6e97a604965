"""Columns that the models compare, from cells: folded names, personal mailboxes, phones, places.

A mailbox, phone or street shared by several different names does not identify a person (role
mailboxes, switchboards, offices): it is not compared and only helps to find candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from register.match.abbreviations import written_out
from register.match.births import birth_cells
from register.match.compared_names import NameUse, known_first, name_use, sounds_of
from register.match.folding import fold_name, without_umlauts
from register.match.organisation_names import parse_name
from register.match.sites import FREE
from register.values.email import is_role_mailbox, one_mailbox_key
from register.values.placeholder import is_placeholder

if TYPE_CHECKING:
    import pandas as pd

SHORT_LIST = 120
"""In a list of at most this many rows every pair is a candidate."""

SHARED, SHARED_LINE, MOST_OF_ONE = 4, 2, 0.5
"""A mailbox or phone with ``SHARED`` different names, or a landline with ``SHARED_LINE``, is
nobody's own, unless more than ``MOST_OF_ONE`` of its rows have the same initials."""

FREE_MAIL, FEWEST = 0.01, 12
"""A domain in a larger share of the rows than ``FREE_MAIL``, and in more rows than ``FEWEST``, is a
mail service, not an office."""

BORNE, COMMONER, BORNE_IF_KNOWN = 3, 10, 20
"""A name of ``BORNE`` different people or more is a name, not a typing error, unless a name
``COMMONER`` times as frequent is nearly the same. A known first name counts as ``BORNE_IF_KNOWN``
people."""

_PEOPLE = (
    *("first", "last", "whole", "turned", "words", "firsts", "surnames", "lasts", "initials"),
    *("generation", "unnamed"),
    *("first_sound", "last_sound", "mailbox", "email", "office", "phone", "phone7"),
    *("org", "meaning", "place", "region", "street", "line", "grams", "house"),
    *("postcode", "role", "born", "born_year"),
)


def people_columns(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return a row of :data:`_PEOPLE` for each row of cells, with its number as ``unique_id``.

    The cells are keyed by the register's column keys; a list may add ``street``, ``region`` and
    ``born``. '' becomes null: unknown. Several values in one column are joined by "|".
    ``first_borne`` and ``last_borne`` tell how many people bear the name.
    """
    firsts = written_out([row.get("first", "") for row in rows])
    names, turned = _in_order(
        [name_use(first, row.get("last", "")) for first, row in zip(firsts, rows, strict=True)]
    )
    found: dict[str, list[str]] = {key: [] for key in _PEOPLE}
    for row, name, other_way in zip(rows, names, turned, strict=True):
        for key, value in comparable_cells(row, name).items():
            found[key].append(value)
        found["turned"].append("1" if other_way else "")
    found["grams"] = trigrams_of(found["street"])
    frame = text_frame(found)
    for column, also in (("email", "mailbox"), ("phone", "phone7")):
        frame.loc[_shared(frame, column), [column, also]] = ""
    services = frame["office"].isin(FREE) | (
        frame["office"].map(frame["office"].value_counts()) > max(FREE_MAIL * len(frame), FEWEST)
    )
    frame.loc[services, "office"] = ""
    frame.loc[frame["email"] == "", "mailbox"] = ""
    frame = frame.replace("", None)
    frame.insert(0, "unique_id", range(len(frame)))
    frame["first_borne"], frame["last_borne"] = _borne(names)
    return frame


def text_frame(columns: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return a frame of texts: Python's own in a short list, where Arrow's take twice the time."""
    # Imported late: a run whose rows were judged before compares none.
    import pandas as pd

    rows = max(map(len, columns.values()), default=0)
    return pd.DataFrame(columns, dtype=object if rows <= SHORT_LIST else "str")


def shares_by_value(values: Iterable[str], shares: Iterable[float]) -> dict[str, float]:
    """Return the highest share of each value; '' is none."""
    found: dict[str, float] = {}
    for value, share in zip(values, shares, strict=True):
        if value and share > found.get(value, 0.0):
            found[value] = share
    return found


def comparable_cells(row: Mapping[str, str], name: NameUse) -> dict[str, str]:
    """Return the compared columns of one row, as far as they follow from that row alone."""
    told = name_cells(row.get("first", ""), row.get("last", ""), name)
    return {
        **told,
        **address_cells(row.get("email", ""), told["first"], told["last"], told["lasts"]),
        **phone_cells(row.get("phone", "")),
        **organisation_cells(row.get("org", "")),
        "place": fold_name(row.get("municipality", "")),
        "region": fold_name(row.get("region", "")),
        **street_cells(_house_of_village(row.get("street", ""), row.get("municipality", ""))),
        "postcode": row.get("postcode", "").strip(),
        "role": fold_name(row.get("role", "")),
        **birth_cells(row.get("born", "")),
    }


def name_cells(first: str, last: str, name: NameUse) -> dict[str, str]:
    """Return the compared columns of a name; ``first`` and ``last`` are the cells as given."""
    first_sound, last_sound = sounds_of(name.first, name.last)
    unnamed = not (name.first or name.last) and is_placeholder(first, last)
    return {
        "first": name.first,
        "last": name.last,
        "whole": name.whole,
        "words": "|".join(name.first.split()),
        "firsts": "|".join(sorted(name.firsts)),
        "surnames": "|".join(name.last.split()),
        "lasts": "|".join(sorted(name.lasts)),
        "initials": name.initials,
        "generation": name.generation,
        "unnamed": "1" if unnamed else "",
        "first_sound": first_sound,
        "last_sound": last_sound,
    }


def address_cells(cell: str, first: str, last: str, lasts: str) -> dict[str, str]:
    """Return the compared columns of a mailbox; the names are folded, ``lasts`` joined by "|"."""
    address = one_mailbox_key(cell)
    return {
        "mailbox": _own(address, first, last, lasts),
        "email": "" if is_role_mailbox(address) else address,
        "office": address.rpartition("@")[2],
    }


def phone_cells(cell: str) -> dict[str, str]:
    """Return the compared columns of a phone: its digits and the last seven of them."""
    phone = phone_digits(cell)
    return {"phone": phone, "phone7": phone[-7:] if len(phone) >= 7 else ""}


@lru_cache(maxsize=1 << 16)
def organisation_cells(name: str) -> dict[str, str]:
    """Return the compared columns of a person's organisation."""
    parsed = parse_name(name)
    return {"org": parsed.name, "meaning": "|".join(parsed.meaning)}


def _house_of_village(street: str, place: str) -> str:
    """Return the street; a bare house number gets its village before it."""
    return f"{place} {street}" if place and street.strip().isdecimal() else street


def street_cells(cell: str) -> dict[str, str]:
    """Return the compared columns of a street, except its trigrams."""
    street, house = street_and_house(cell)
    return {"street": street, "line": street.replace(" ", ""), "house": house}


_EXTENSION = re.compile(
    r"(?<=\d)\s*[,;]?\s*(?:x|ext|alanro|alanumero|ankn)\.?\s*\d{1,6}\s*$", re.IGNORECASE
)
_OR = re.compile("[/;,]| tai | eller | or ")
SHORTEST_PHONE = 5
"""Fewer digits are an extension, or what a spreadsheet has left of a number ("3,58E+11")."""


def phone_digits(phone: str) -> str:
    """Return the digits of a cell's first number, without country code 358 and leading zeros."""
    first = _OR.split(_EXTENSION.sub("", phone).replace("(0)", ""), maxsplit=1)[0]
    digits = "".join(c for c in first if c.isdecimal() and c.isascii())[:20]
    for abroad in ("00358", "358"):
        if digits.startswith(abroad) and len(digits) > 9:
            digits = digits.removeprefix(abroad)
            break
    return digits.lstrip("0") if len(digits) >= SHORTEST_PHONE else ""


def _in_order(names: list[NameUse]) -> tuple[list[NameUse], list[bool]]:
    """Return the names with the first name first, and for each whether it had to be turned.

    A name is turned if its parts are in the wrong columns: going by the other rows and the table of
    known first names, each part is more often the other one.
    """
    firsts = Counter(name.first for name in names)
    lasts = Counter(name.last for name in names)

    def leans(part: str, own: int) -> float:
        """Return the odds that a part is a first name, not a surname, its own row excluded."""
        known = 5 if any(map(known_first, part.split())) else 0
        return (firsts[part] - own + known + 1) / (lasts[part] - (1 - own) + 1)

    turned = [
        bool(name.first and name.last)
        and leans(name.last, 0) >= 3
        and leans(name.first, 1) <= 1
        and not (len(name.first) == 1 and len(name.last) > 1)
        for name in names
    ]
    ordered = [name.turned() if other else name for name, other in zip(names, turned, strict=True)]
    return ordered, turned


def _borne(names: list[NameUse]) -> tuple[list[int], list[int]]:
    """Return how many different people, at least, bear each row's first name and surname."""
    with_first: dict[str, set[str]] = {}
    with_last: dict[str, set[str]] = {}
    for name in names:
        with_first.setdefault(name.first, set()).add(name.last[:3])
        with_last.setdefault(name.last, set()).add(name.first[:2])
    first = [
        max(len(with_first[name.first]), BORNE_IF_KNOWN if known_first(name.first) else 0)
        for name in names
    ]
    return first, [len(with_last[name.last]) for name in names]


def _own(address: str, first: str, last: str, lasts: str) -> str:
    """Return the local part of an address if it says more than the person's names, else ''.

    It says no more if it is a beginning of one name followed by a beginning of the other, as
    written or with each ae, oe and ue as one letter: "maijvirt", "hansmueller".
    """
    local = address.partition("@")[0]
    user = re.sub(r"[^a-z]", "", local if local.isascii() else fold_name(local))
    first = first.replace(" ", "")
    surnames = [last.replace(" ", ""), *filter(None, lasts.split("|"))]
    for form in (str, without_umlauts):
        own, given = form(user), form(first)
        if own == form(first + surnames[0]):
            return ""
        for one in map(form, surnames):
            if _of_beginnings(own, given, one) or _of_beginnings(own, one, given):
                return ""
    return local


def _of_beginnings(user: str, one: str, two: str) -> bool:
    """Return True if a text is a beginning of ``one``, then one of ``two``; either may be empty."""
    length = len(user)
    while not one.startswith(user[:length]):
        length -= 1
    return any(two.startswith(user[cut:]) for cut in range(length + 1))


def _shared(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """Return which rows have a value in the column that many different names share.

    Spellings of one person's name do not count as many: their initials must differ, too, and none
    may be those of more than half of the rows with a whole name.
    """
    initials = (frame["first"].str[:1] + frame["last"].str[:1]).map(
        lambda two: "".join(sorted(two))
    )
    grouped = frame.assign(initials=initials).groupby(column)
    names, different = (grouped[key].transform("nunique") for key in ("whole", "initials"))
    whole = initials.str.len().eq(2)
    alike = whole.groupby([frame[column], initials]).transform("sum").groupby(frame[column])
    one = alike.transform("max") > MOST_OF_ONE * whole.groupby(frame[column]).transform("sum")
    shared = (names >= SHARED) & (different >= SHARED - 1) & ~one
    if column == "phone":
        shared |= _landline(frame["phone"]) & (different >= SHARED_LINE)
    return shared & (frame[column] != "")


def _landline(phone: pd.Series[str]) -> pd.Series[bool]:
    """Return which numbers are Finnish landlines: neither mobile (04…, 050) nor foreign."""
    return phone.str.len().between(6, 9) & ~phone.str.startswith("4") & ~phone.str.startswith("50")


COMMON, SOME = 0.02, 20
"""A trigram in a larger share of the streets than ``COMMON``, and in more than ``SOME``, is
ignored."""

FEWEST_TRIGRAMS = 2
_LONGEST = 200


def street_and_house(cell: str) -> tuple[str, str]:
    """Return the folded street and its first number; the street is '' if it has no letters."""
    street = fold_name(cell)
    house = next((word for word in street.split() if word[0].isdecimal()), "")
    return (street, house) if any(map(str.isalpha, street)) else ("", house)


def trigrams_of(streets: Sequence[str]) -> list[str]:
    """Return the distinctive trigrams of each street, joined by "|"; '' if there are hardly any.

    House numbers are left out, and so is what most streets share (-katu, -tie, street).
    """
    found = [trigrams(street) for street in streets]
    count = Counter(gram for grams in found for gram in grams)
    most = max(COMMON * sum(map(bool, found)), SOME)
    telling = [sorted(gram for gram in grams if count[gram] <= most) for grams in found]
    return ["|".join(grams) if len(grams) >= FEWEST_TRIGRAMS else "" for grams in telling]


def trigrams(street: str) -> set[str]:
    """Return the trigrams of a street's words, without its house numbers."""
    return {word[i : i + 3] for word in _words(street) for i in range(len(word) - 2)}


def _words(street: str) -> list[str]:
    return [f" {word} " for word in street[:_LONGEST].split() if not word.isdecimal()]
