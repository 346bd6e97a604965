"""Decide which person each column of a list belongs to; several people may share a row."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from register.intake.blank_cells import says_nothing
from register.intake.cell_looks import looks_like, read_yes_no, sample_cells, share_of_person_names
from register.intake.cell_parts import contacts_in_cell, person_in_cell
from register.intake.coded_columns import coded_columns
from register.intake.header_names import (
    EITHER,
    NONE,
    PRIVATE,
    SECRET,
    TECHNICAL,
    header_letters,
    header_meaning,
)
from register.intake.held_columns import (
    NAME_FIELDS,
    REACH_FIELDS,
    HeldColumn,
    assign_bare_numbers,
    assign_to_longer_names,
    assign_to_name_before,
)
from register.intake.offices import HeldHeader, read_holder, words_of_own_phones
from register.intake.refusals import consent_kind
from register.intake.sheet import ListSheet

_MOSTLY = 0.5
_GENITIVE = re.compile(r"\w(?:['’]s|:n|:s)\b", re.IGNORECASE)
_FIELDS = frozenset(
    (
        *NAME_FIELDS,
        *REACH_FIELDS,
        "role",
        "language",
        "consent",
        "address",
        "postcode",
        "municipality",
    )
)


def columns_of_holders(sheet: ListSheet) -> dict[int, HeldColumn]:
    """Return the columns that belong to one of several people in a row, by column index.

    The header tells by a post or a number. A column without either belongs to the person whose name
    stands before it. If no column holds the names of a post, its columns belong to nobody and
    become words. A single contact with no other people is the row's own person.
    """
    whole = {index: header_meaning(header)[0] for index, header in enumerate(sheet.headers)}
    read = {
        index: found
        for index, header in enumerate(sheet.headers)
        if whole[index] not in (SECRET, TECHNICAL) and (found := read_holder(header))
    }
    held = [one for index, found in read.items() if found.role
            for one in _of_post(sheet, index, found, whole[index])]  # fmt: skip
    coded = coded_columns(sheet.headers, {one.index for one in held})
    held += [HeldColumn(at, one.role or one.code, one.role, one.field, contact=False)
             for at, one in coded.items()]  # fmt: skip
    held += _of_stem(sheet, whole, {one.index for one in held})
    held += _unheard_of(sheet, whole, held)
    held = _again(assign_to_name_before(assign_to_longer_names(assign_bare_numbers(held))))
    seen = {index: meaning or _reaching(sheet.column(index)) for index, meaning in whole.items()}
    own = {i: meaning for i, meaning in seen.items() if i not in {one.index for one in held}}
    held += _numbered(read, own, held)
    held += _repeated(sheet, own, {one.index for one in held})
    named = {one.holder for one in held if one.field in NAME_FIELDS}
    held = [
        one if one.holder in named else replace(one, field="")
        for one in held
        if one.holder in named or not one.contact
    ]
    if _is_own_contact(held, {i: m for i, m in own.items() if i not in {h.index for h in held}}):
        held = [
            replace(one, holder="", role="") for one in held if one.field and not whole[one.index]
        ]
    found_columns = {one.index: one for one in held}
    left = {i: meaning for i, meaning in seen.items() if i not in found_columns}
    found_columns |= {one.index: one for one in _beside(sheet, left, found_columns)}
    return found_columns


def _reaching(cells: Sequence[str]) -> str:
    """Return ``phone`` or ``email`` if the cells are such, whatever their header; else ''."""
    looks = looks_like(cells)
    return looks if looks in REACH_FIELDS else ""


def _unheard_of(
    sheet: ListSheet, whole: Mapping[int, str], held: list[HeldColumn]
) -> list[HeldColumn]:
    """Return columns of people's names under unknown headers, if there are other posts as well.

    Their headers are taken for posts. A single unknown one is not enough.
    """
    taken = {one.index for one in held}
    found = [
        HeldColumn(index, header.casefold(), header.casefold(), "name", contact=False)
        for index, header in enumerate(sheet.headers)
        if not whole[index]
        and index not in taken
        and header_letters(header)
        and consent_kind(header) == "other"
        and share_of_person_names(sheet.column(index)) >= 0.5
    ]
    posts = {one.holder for one in held if one.role and not one.contact}
    return found if len(found) + len(posts) > 1 else []


def _of_post(sheet: ListSheet, index: int, found: HeldHeader, whole: str) -> Iterable[HeldColumn]:
    """Yield the column of a post, unless its cells only tick a box."""
    key = f"{found.role} {found.number}".strip()
    field = _field(found.field) if found.field else "name"
    if found.contact and not field:
        field = _plain(whole)
    if not found.field:
        cells = sheet.column(index)
        if 2 * sum(read_yes_no(cell) == "yes" for cell in cells) > len(cells):
            return
        field = _reaching(cells) or field
    cells = sheet.column(index)
    if field != "name" and (
        _hold_names(cells) or (not field and share_of_person_names(cells) >= _MOSTLY)
    ):
        field = "name"
    yield HeldColumn(index, key, found.role, field if field in _FIELDS else "", found.contact)


def _hold_names(cells: Sequence[str]) -> bool:
    """Whether at least half of the cells name a person beside an address or number.

    Headers such as "Pj, yhteystiedot" do not say so.
    """
    found = [contacts_in_cell(cell) for cell in sample_cells(cells) if not says_nothing(cell)]
    named = sum(
        bool(one.phones or one.emails) and person_in_cell(one.rest) is not None for one in found
    )
    return 2 * named >= len(found) > 0


def _of_stem(sheet: ListSheet, whole: Mapping[int, str], taken: set[int]) -> Iterator[HeldColumn]:
    """Yield the columns that share an unknown word: "Kirjuri" and "Kirjurin puhelin".

    If one of them holds names, they belong to that person. If none does, they belong to nobody
    where the row has a column of its own for the field, or the header is a genitive ("Deputy's
    e-mail").
    """
    closed = (SECRET, PRIVATE, NONE, TECHNICAL)
    open_columns = [n for n in whole if n not in taken and whole[n] not in closed]
    told = {
        n: found
        for n in open_columns
        if not (whole[n] and header_meaning(sheet.headers[n])[1] == "header")
        and consent_kind(sheet.headers[n]) == "other"
        and (found := _stem(sheet.headers[n]))
    }
    own = {whole[n] for n in open_columns if n not in told}
    names = [(n, header_letters(sheet.headers[n])) for n in open_columns if not whole[n]]
    names += [(n, stem) for n, (stem, field) in told.items() if field == "name"]
    given: set[int] = set()
    for index, (stem, field) in told.items():
        if field == "name":
            continue
        name = next((one for one in names if one[1] and _is_one(one[1], stem)), None)
        role = sheet.headers[name[0]].casefold() if name else stem
        if name and name[1] != header_letters(sheet.headers[name[0]]):
            role = " ".join(role.split()[:-1])
        if name and name[0] not in given:
            given.add(name[0])
            yield HeldColumn(name[0], role, role, "name", contact=False)
        if name or field in own or _GENITIVE.search(sheet.headers[index]):
            yield HeldColumn(index, role, role, field, contact=False)


def _stem(header: str) -> tuple[str, str] | None:
    """Return the letters of the unknown words beside a field's name, and the field; else None."""
    words = header.split()
    for kept, rest in ((words[:-1], words[-1:]), (words[1:], words[:1])):
        field, stem = _field(" ".join(rest)), header_letters(" ".join(kept))
        if field in (*REACH_FIELDS, "name") and stem and not header_meaning(" ".join(kept))[0]:
            return None if stem.startswith(words_of_own_phones()) else (stem, field)
    return None


def _is_one(name: str, stem: str) -> bool:
    """Whether a name's letters begin a stem, except for its ending: "asiamies", "asiamiehen".

    A "t" may have become a "d": "äiti", "äidin".
    """
    plain, of_stem = (letters.replace("t", "d") for letters in (name, stem))
    return of_stem.startswith(plain[: max(4, len(name) - 2)])


def _field(header: str) -> str:
    return _plain(header_meaning(header)[0])


def _plain(meaning: str) -> str:
    return "name" if meaning == EITHER else meaning


def _again(held: list[HeldColumn]) -> list[HeldColumn]:
    """Number the people of a repeated post: the second "Pj" goes with the second "Pj puh"."""
    turns: Counter[tuple[str, str]] = Counter()
    names = Counter(one.holder for one in held if one.field in ("name", "last"))
    found: list[HeldColumn] = []
    for one in sorted(held, key=lambda one: one.index):
        turns[one.holder, one.field] += 1
        turn = turns[one.holder, one.field]
        again = 1 < turn <= names[one.holder]
        found.append(replace(one, holder=f"{one.holder} ({turn})") if again else one)
    return found


def _numbered(
    read: Mapping[int, HeldHeader], own: Mapping[int, str], held: list[HeldColumn]
) -> list[HeldColumn]:
    """Return the columns that a number alone gives to a person: "Nimi 2" and "Puhelin 2"."""
    fields = {i: (found.number, _field(found.field)) for i, found in read.items() if not found.role}
    names = Counter(number for number, field in fields.values() if field in NAME_FIELDS)
    whole = {number for number, field in fields.values() if field == "name"}
    people = {number for number, count in names.items() if number in whole or count > 1}
    if len(people) < 2 and not any(_plain(own[i]) in NAME_FIELDS for i in own if i not in fields):
        people = set()
    posts: dict[str, set[str]] = {}
    for one in held:
        posts.setdefault(one.holder.rpartition(" ")[2], set()).add(one.holder)
    found: list[HeldColumn] = []
    for index, (number, field) in fields.items():
        if number in people:
            found.append(
                HeldColumn(index, number, "", field if field in _FIELDS else "", contact=True)
            )
        elif field in (*REACH_FIELDS, "role") and len(posts.get(number, ())) == 1:
            (holder,) = posts[number]
            role = holder.removesuffix(f" {number}")
            found.append(HeldColumn(index, holder, role, field, contact=True))
    unnumbered = {one.holder: one for one in held if one.holder == one.role}
    for one in list(found):
        if one.role in unnumbered:
            same = [i for i, m in own.items() if m == one.field and i not in fields]
            found += [HeldColumn(i, one.role, one.role, one.field, contact=True) for i in same[:1]]
    return list({one.index: one for one in found}.values())


def _repeated(sheet: ListSheet, own: Mapping[int, str], taken: set[int]) -> list[HeldColumn]:
    """Return the columns of the second and later people, where the same headers come again."""
    places: dict[str, list[int]] = {}
    for index in own:
        if index not in taken and header_letters(sheet.headers[index]):
            places.setdefault(header_letters(sheet.headers[index]), []).append(index)
    again = {word: at for word, at in places.items() if len(at) > 1}
    names = [at for at in again.values() if _plain(own[at[0]]) in NAME_FIELDS]
    reach = [at for at in again.values() if own[at[0]] in REACH_FIELDS]
    if not names or len({len(at) for at in (*names, *reach)}) != 1 or not reach:
        return []
    return [
        HeldColumn(index, str(turn), "", _plain(own[index]), contact=True)
        for at in again.values()
        if _plain(own[at[0]]) in _FIELDS and len(at) == len(names[0])
        for turn, index in enumerate(at[1:], start=2)
    ]


def _is_own_contact(held: list[HeldColumn], own: Mapping[int, str]) -> bool:
    """Whether the only holder is a contact, who is then the row's own person."""
    if len({one.holder for one in held}) != 1 or not held[0].contact or not held[0].role:
        return False
    theirs = {one.field for one in held}
    apart = any(meaning in REACH_FIELDS and meaning in theirs for meaning in own.values())
    return not apart or any(meaning in NAME_FIELDS for meaning in own.values())


def _beside(
    sheet: ListSheet, own: Mapping[int, str], held: Mapping[int, HeldColumn]
) -> Iterator[HeldColumn]:
    """Yield the columns without a post that follow a person's name and belong to that person.

    These are phones, addresses and homes, and headers that repeat after each name. Where the row
    has a person of its own, they belong to nobody here. Where two names stand side by side, only a
    contact gets them, who is there to be reached.
    """
    if any(own[i] in NAME_FIELDS for i in own if i not in held):
        return
    reached = {(one.holder, one.field) for one in held.values()}
    names = [one for _, one in sorted(held.items()) if one.field in NAME_FIELDS]
    last = list({one.holder: one for one in names}.values())
    again = _that_comes_again(sheet, own, last)
    for one in names:
        before = held.get(one.index - 1)
        crowded = before and before.holder != one.holder and before.field in NAME_FIELDS
        if crowded and not one.contact:
            continue
        place = one.index + 1
        while place in own and (place - one.index <= again or _is_theirs(own, place)):
            field = own[place] if own[place] in _FIELDS else ""
            if (one.holder, field) not in reached:
                yield HeldColumn(place, one.holder, one.role, field, one.contact)
            place += 1


def _is_theirs(own: Mapping[int, str], place: int) -> bool:
    """Whether a column after a name belongs to that person; an organisation's town does not."""
    if own[place] == "municipality":
        return own.get(place - 1) in ("address", "postcode")
    return own[place] in (*REACH_FIELDS, "role", "address", "postcode")


def _that_comes_again(sheet: ListSheet, own: Mapping[int, str], names: Sequence[HeldColumn]) -> int:
    """Return how many columns after each of several names have the same headers."""
    if len(names) < 2:
        return 0
    count = 0
    while True:
        places = [one.index + 1 + count for one in names]
        letters = {header_letters(sheet.headers[at]) if at in own else "" for at in places}
        if len(letters) > 1 or not letters.pop():
            return count
        count += 1
