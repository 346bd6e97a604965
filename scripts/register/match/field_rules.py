"""Cells of a merged row: a rule for each kind of field says which value of two rows stays.

A blank cell takes the other row's value. Otherwise lists, roles, languages, sources and notes
become the union, and phones fill two cells. Of two forms of one name the longest stays. Of
permissions the stricter stays. Everything else comes from the row that was confirmed later, and
from the survivor if neither was. Values without room are kept in ``notes`` under their header
(:mod:`register.people.kept_in_notes`), where lists, letters and bans read them: no value is lost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from rapidfuzz.distance import DamerauLevenshtein

from register.book.headers import EXTRA, fold_header
from register.book.schema import Column, Language
from register.match.spelling import better_spelled
from register.people.kept_in_notes import labelled_value, notes_with_kept
from register.values import organisation_name, person_name
from register.values.email import mailbox_key
from register.values.sign_of_life import later_sign

_UNION = ("choices", "refs", "area")
_NARROWER = {"invite": "no", "publish": "no", "basis": "consent"}
"""Where two rows disagree, this value binds us most and stays: no is stricter than yes."""

_LATER = ("verified_on", "consent_on")
_EARLIER = ("start",)
_SIGN = "sign"
_TOLD_BY_RULE = frozenset((*_NARROWER, *_LATER, *_EARLIER, _SIGN))
"""Columns whose one remaining value covers both rows, so that nothing goes to ``notes``."""

_JOINED = {"role": ", ", "former_name": ", "} | dict.fromkeys(
    ("body", "met_at", "source", "consent_words"), "; "
)
"""Text columns that hold several values, with their separator."""

_PHONES = ("phone", "phone2")
_WISHED = ("request", "erased", "deceased")
"""Reasons of a ban that concern the person; "bounced" concerns the address only."""

_NOTES = 30_000
"""Notes are not joined beyond this many characters, for a cell cannot hold them."""

_Bans = Mapping[str, str]
"""Why letters to an address are stopped, by mailbox key."""


def unite_cells(
    columns: Sequence[Column],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    bans: _Bans,
    language: Language = "fi",
    decided: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the cells of the survivor (``mine``) after the merge, by column key.

    ``language`` is the language of the headers under which ``notes`` keeps values without room.
    ``decided`` holds what a person has decided about single cells of either row; it precedes every
    rule.
    """
    said = {key: value for key, value in (decided or {}).items() if value}
    newer = other.get("verified_on", "") > mine.get("verified_on", "")
    found = {
        column.key: _value(column, mine.get(column.key, ""), other.get(column.key, ""), newer)
        for column in columns
    }
    found |= {
        column.key: said[column.key] for column in columns if column.key in said and _is_one(column)
    }
    if "last" in found:
        found |= _person(mine, other, newer, said)
        found |= _post(mine, other)
    elif "name" in found:
        found |= _organisation(mine, other, newer, said)
    if "phone" in found:
        found |= _phones(found, mine, other, newer, said)
    if "email" in found and "invite" in found:
        found |= _stopped(found, mine.get("email", ""), other.get("email", ""), bans)
    if "notes" in found:
        further = list(_without_room(columns, found, mine, other, language))
        found["notes"] = notes_with_kept(found["notes"], further)
    return found


def _is_one(column: Column) -> bool:
    """Return True if a column holds one value, so that one of two rows' values must give way."""
    several = column.type in _UNION or column.key in _JOINED or column.key in _PHONES
    return not several and column.key not in (*_TOLD_BY_RULE, "notes")


def _value(column: Column, mine: str, other: str, newer: bool) -> str:
    if not mine or not other or mine == other:
        return mine or other
    if column.type in _UNION:
        parts = mine.split(", ")
        return ", ".join([*parts, *(part for part in other.split(", ") if part not in parts)])
    if column.key in _LATER:
        return max(mine, other)
    if column.key == _SIGN:
        return later_sign(mine, other)
    if column.key in _EARLIER:
        return min(mine, other)
    if column.key in _NARROWER and _NARROWER[column.key] in (mine, other):
        return _NARROWER[column.key]
    if column.key in _JOINED:
        return _united(mine, other, _JOINED[column.key])
    if column.enum == "language" and "en" not in (mine, other):
        return "fi+sv"
    if column.key == "notes":
        parts = mine.split("; ")
        together = "; ".join([mine, *(part for part in other.split("; ") if part not in parts)])
        return together if len(together) <= _NOTES else mine
    return other if newer else mine


def _united(mine: str, other: str, separator: str) -> str:
    """Return the parts of two texts in their order, without repetitions."""
    parts: dict[str, str] = {}
    for text in (mine, other):
        for part in text.split(separator.strip()):
            parts.setdefault(fold_header(part), part.strip())
    return separator.join(part for part in parts.values() if part)


def _phones(
    found: Mapping[str, str],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    newer: bool,
    said: Mapping[str, str],
) -> dict[str, str]:
    """Return the phones of both rows for the phone columns there are, the later confirmed first."""
    order = (said, other, mine) if newer else (said, mine, other)
    every = dict.fromkeys(row.get(key, "") for key in _PHONES for row in order)
    numbers = [number for number in every if number]
    there = [key for key in _PHONES if key in found]
    return dict(zip_longest(there, numbers[: len(there)], fillvalue=""))


def _post(mine: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return a blank ``end`` if one of two different posts has ended, because the other has not."""
    ends = mine.get("end", ""), other.get("end", "")
    roles = fold_header(mine.get("role", "")), fold_header(other.get("role", ""))
    return {"end": ""} if bool(ends[0]) != bool(ends[1]) and roles[0] != roles[1] else {}


def _without_room(
    columns: Sequence[Column],
    found: Mapping[str, str],
    mine: Mapping[str, str],
    other: Mapping[str, str],
    language: Language,
) -> Iterator[tuple[str, str]]:
    """Yield header and value of what the survivor's cells do not contain.

    In columns that people have added the survivor keeps its own cell, so the other row's is
    yielded.
    """
    for column in columns:
        if column.key in _TOLD_BY_RULE or column.key == "notes":
            continue
        for row in (mine, other):
            value = row.get(column.key, "")
            if value and not _tells(column, found, value):
                yield labelled_value(column, value, language)
    for key, value in other.items():
        if key.startswith(EXTRA) and value and value != mine.get(key, ""):
            yield key.removeprefix(EXTRA), value


def _tells(column: Column, found: Mapping[str, str], value: str) -> bool:
    """Return True if the merged cell, or a cell beside it meant for that, contains the value."""
    cell = found[column.key]
    if column.key in _PHONES:
        return value in {found.get(key, "") for key in _PHONES}
    if column.type in _UNION or column.key in _JOINED:
        return True
    if column.enum == "language":
        return value == cell or value in cell.split("+")
    if column.type in ("person_name", "organisation_name"):
        beside = (cell, *(found.get(key, "") for key in ("first", "last", "former_name", "short")))
        return any(fold_header(one).startswith(fold_header(value)) for one in beside)
    return value == cell


def _organisation(
    mine: Mapping[str, str], other: Mapping[str, str], newer: bool, said: Mapping[str, str]
) -> dict[str, str]:
    """Return ``name`` and ``short``: the longest name, and the other one if that is an acronym."""
    one, two = mine.get("name", ""), other.get("name", "")
    older = mine.get("verified_on", "") > other.get("verified_on", "")
    name = _longest(one, two, organisation_name.organisation_key, newer, _addresses(mine, other))
    left, right = organisation_name.organisation_key(one), organisation_name.organisation_key(two)
    if not newer and not older and len(right) > len(left) and _unlike(left, right):
        name = two
    name = said.get("name") or name
    loser = two if name == one else one
    short = mine.get("short", "") or other.get("short", "")
    bare = organisation_name.organisation_key(loser)
    if not short and bare and " " not in bare and len(bare) <= 7 < len(name) and loser != name:
        short = loser.rpartition(" ")[0] or loser
    return {"name": name, "short": short}


def _person(
    mine: Mapping[str, str], other: Mapping[str, str], newer: bool, said: Mapping[str, str]
) -> dict[str, str]:
    """Return first, last and former name: of each the longest form, in its right column.

    If the surnames are not forms of one, the later confirmed stays and the other is the former
    name.
    """
    one = (mine.get("first", ""), mine.get("last", ""))
    two = (other.get("first", ""), other.get("last", ""))
    key = person_name.person_key
    if person_name.is_swapped(*one) and not person_name.is_swapped(*two):
        one = one[::-1]
    elif person_name.is_swapped(*two):
        two = two[::-1]
    if {key(one[0]), key(one[1])} == {key(two[0]), key(two[1])} and key(one[0]) != key(two[0]):
        two = two[::-1]
    addresses = _addresses(mine, other)
    first = said.get("first") or _longest(one[0], two[0], key, newer, addresses)
    last = said.get("last") or _longest(one[1], two[1], key, newer, addresses)
    former = _united(mine.get("former_name", ""), other.get("former_name", ""), ", ")
    loser = two[1] if last == one[1] else one[1]
    if not former and loser and _unlike(key(last), key(loser)):
        former = loser
    return {"first": first, "last": last, "former_name": former}


def _addresses(*rows: Mapping[str, str]) -> list[str]:
    return [row[key] for row in rows for key in ("email", "url") if row.get(key)]


def _longest(
    one: str, two: str, key: Callable[[str], str], newer: bool, addresses: Sequence[str]
) -> str:
    """Return the longer of two forms of one name; if they are two names, the later confirmed one.

    Of two spellings it is the one that has other evidence (:mod:`register.match.spelling`).
    """
    if not one or not two:
        return one or two
    left, right = key(one), key(two)
    if left == right:
        return two if _is_shouted(one) and not _is_shouted(two) else one
    if _slip(left, right) or _unlike(left, right):
        spelled = better_spelled(one, two, addresses) if _slip(left, right) else ""
        return spelled or (two if newer else one)
    return one if len(left) >= len(right) else two


def _slip(left: str, right: str) -> bool:
    shortest = min(len(left), len(right))
    return shortest > 2 and DamerauLevenshtein.distance(left, right, score_cutoff=2) <= (
        1 if shortest < 9 else 2
    )


def _unlike(left: str, right: str) -> bool:
    """Return True if two keys are two names: no word of the shorter begins a word of the longer.

    Initials of the longer name, or a typing error, do not make it another name.
    """
    short, long = sorted((left.split(), right.split()), key=lambda words: len("".join(words)))
    return (
        bool(short)
        and not any(word.startswith(begin) for begin in short for word in long)
        and "".join(short) not in "".join(word[0] for word in long)
        and not _slip(left, right)
    )


def _is_shouted(name: str) -> bool:
    return len(name) > 3 and name.upper() == name


def _stopped(found: Mapping[str, str], one: str, two: str, bans: _Bans) -> dict[str, str]:
    """Return the cells that keep a ban in force: the address, and ``invite`` "no" if it is a wish.

    A merge never makes a person writable again who has asked not to be; but a bounced address gives
    way to a working one. Empty if the cells may stay as found.
    """
    reasons = {address: bans.get(mailbox_key(address), "") for address in (one, two) if address}
    wished = [address for address, reason in reasons.items() if reason in _WISHED]
    if wished:
        return {"email": wished[0], "invite": "no"}
    working = [address for address, reason in reasons.items() if not reason]
    if working and found["email"] not in working:
        return {"email": working[0]}
    return {}
