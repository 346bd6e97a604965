"""From cells to what the models compare: folded names, personal mailboxes and phones, places.

A mailbox, phone or street that several different names share says nothing of who somebody is (role
mailboxes, switchboards, offices): it is left out as evidence and only helps to find candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pandas as pd

from register.match.abbreviations import written_out
from register.match.births import birth_cells
from register.match.compared_names import NameUse, known_first, name_use, sounds_of
from register.match.folding import fold_name
from register.match.organisation_names import parse_name
from register.match.sites import FREE
from register.values.email import is_role_mailbox, one_mailbox_key
from register.values.placeholder import is_placeholder

SHARED, SHARED_LINE = 4, 2
"""From so many different names on, a mailbox or a phone (a landline) is nobody's own."""

FREE_MAIL, FEWEST = 0.01, 12
"""A domain in a larger share of the rows (and more rows) is a mail service, nobody's office."""

BORNE, COMMONER, BORNE_IF_KNOWN = 3, 10, 20
"""A name that so many different people bear is a name, no slip of the pen, unless another one so
many times commoner is nearly the same. A first name that is known here counts as so many."""

_PEOPLE = (
    *("first", "last", "whole", "turned", "words", "firsts", "surnames", "lasts", "initials"),
    *("generation", "unnamed"),
    *("first_sound", "last_sound", "mailbox", "email", "office", "phone", "phone7"),
    *("org", "meaning", "place", "region", "street", "line", "grams", "house"),
    *("postcode", "role", "born", "born_year"),
)


def people_columns(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return a row of :data:`_PEOPLE` for each row of cells, with its number as ``unique_id``.

    Cells are by the register's column keys; a list that is not a register's may have ``street``
    and ``region`` besides. '' becomes null: nothing is known. Of several values in one column, the
    parts are joined by bars.
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
    frame = pd.DataFrame(found, dtype="str")
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


def comparable_cells(row: Mapping[str, str], name: NameUse) -> dict[str, str]:
    """Return what is compared of one row, called by a name, as far as it alone tells."""
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
    """Return what is compared of two cells that are read as a name."""
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
    """Return what is compared of the mailbox of somebody with these names, folded."""
    address = one_mailbox_key(cell)
    return {
        "mailbox": _own(address, first, last, lasts),
        "email": "" if is_role_mailbox(address) else address,
        "office": address.rpartition("@")[2],
    }


def phone_cells(cell: str) -> dict[str, str]:
    """Return what is compared of a phone."""
    phone = phone_digits(cell)
    return {"phone": phone, "phone7": phone[-7:] if len(phone) >= 7 else ""}


@lru_cache(maxsize=1 << 16)
def organisation_cells(name: str) -> dict[str, str]:
    """Return what is compared of somebody's organisation."""
    parsed = parse_name(name)
    return {"org": parsed.name, "meaning": "|".join(parsed.meaning)}


def _house_of_village(street: str, place: str) -> str:
    """Return an address that is nothing but a number as that of a house of its village."""
    return f"{place} {street}" if place and street.strip().isdecimal() else street


def street_cells(cell: str) -> dict[str, str]:
    """Return what is compared of a street, but for its trigrams."""
    street, house = street_and_house(cell)
    return {"street": street, "line": street.replace(" ", ""), "house": house}


_EXTENSION = re.compile(
    r"(?<=\d)\s*[,;]?\s*(?:x|ext|alanro|alanumero|ankn)\.?\s*\d{1,6}\s*$", re.IGNORECASE
)
_OR = re.compile("[/;,]| tai | eller | or ")


def phone_digits(phone: str) -> str:
    """Return the digits of the first number in a cell as dialled in Finland, without its zero."""
    first = _OR.split(_EXTENSION.sub("", phone).replace("(0)", ""), maxsplit=1)[0]
    digits = "".join(c for c in first if c.isdecimal() and c.isascii())[:20]
    for abroad in ("00358", "358"):
        if digits.startswith(abroad) and len(digits) > 9:
            digits = digits.removeprefix(abroad)
            break
    return digits.lstrip("0")


def _in_order(names: list[NameUse]) -> tuple[list[NameUse], list[bool]]:
    """Return the names with the first name first, and which of them were the other way round.

    What stands in the wrong column is a surname among first names: in the other rows, and in the
    list of known first names, each part is oftener the other.
    """
    firsts = Counter(name.first for name in names)
    lasts = Counter(name.last for name in names)

    def leans(part: str, own: int) -> float:
        """Tell how much likelier a first name than a surname a part is, but for its own row."""
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
    """Return how many different people bear each first name and each surname, at least."""
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
    """Return the part before the @ if it is a person's own invention: not just of their names.

    Of names is what begins with the beginning of one and goes on with that of the other, as they
    are written or with a letter that some write as two as one: mueller, muller.
    """
    local = address.partition("@")[0]
    user = re.sub(r"[^a-z]", "", local if local.isascii() else fold_name(local))
    first = first.replace(" ", "")
    surnames = [last.replace(" ", ""), *filter(None, lasts.split("|"))]
    for form in (str, _without_marks):
        own, given = form(user), form(first)
        if own == form(first + surnames[0]):
            return ""
        for one in map(form, surnames):
            if _of_beginnings(own, given, one) or _of_beginnings(own, one, given):
                return ""
    return local


def _without_marks(name: str) -> str:
    """Return a folded name in which a letter that some write as two is one: Mueller, Muller."""
    return name.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _of_beginnings(user: str, one: str, two: str) -> bool:
    """Whether a text is a beginning of the one, then one of the other; either may be empty."""
    length = len(user)
    while not one.startswith(user[:length]):
        length -= 1
    return any(two.startswith(user[cut:]) for cut in range(length + 1))


def _shared(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """Tell the rows whose value in a column stands beside many different names.

    One person's name in many spellings is not many: their initials must differ, too.
    """
    initials = (frame["first"].str[:1] + frame["last"].str[:1]).map(
        lambda two: "".join(sorted(two))
    )
    grouped = frame.assign(initials=initials).groupby(column)
    names, different = (grouped[key].transform("nunique") for key in ("whole", "initials"))
    shared = (names >= SHARED) & (different >= SHARED - 1)
    if column == "phone":
        shared |= _landline(frame["phone"]) & (different >= SHARED_LINE)
    return shared & (frame[column] != "")


def _landline(phone: pd.Series[str]) -> pd.Series[bool]:
    """Tell the numbers that Finland gives to places, not to mobiles (04…, 050), nor is abroad."""
    return phone.str.len().between(6, 9) & ~phone.str.startswith("4") & ~phone.str.startswith("50")


COMMON, SOME = 0.02, 20
"""Letters that stand in a larger share of the streets (and in at least so many) tell nothing."""

FEWEST_TRIGRAMS = 2
_LONGEST = 200


def street_and_house(cell: str) -> tuple[str, str]:
    """Return a street, folded, and its first number; a number alone is no street."""
    street = fold_name(cell)
    house = next((word for word in street.split() if word[0].isdecimal()), "")
    return (street, house) if any(map(str.isalpha, street)) else ("", house)


def trigrams_of(streets: Sequence[str]) -> list[str]:
    """Return the telling trigrams of each street, joined by bars; '' where there are hardly any.

    House numbers are no part of it, nor what most streets have in common (-katu, -tie, street).
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
