"""Organisations: the compared columns, candidate pairs, and the frequencies of names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from register.match.abbreviations import written_out
from register.match.blocks import SHARED
from register.match.candidates import Pairs, blocked_pairs, candidates, every_pair, joined_keys
from register.match.columns import SHORT_LIST, shares_by_value, text_frame
from register.match.folding import fold_name
from register.match.name_comparison import (
    values_of_several,
)
from register.match.organisation_names import (
    ParsedName,
    parse_name,
    place_of_word,
    without_place,
)
from register.match.organisation_words import word_table
from register.match.sites import site_of
from register.match.streets import is_street_name, words_of_street
from register.values import association_no, business_id
from register.values.email import one_mailbox_key
from register.values.mojibake import mend_mojibake
from register.values.places import municipality_named, postal_code, resolve_place

ORGANISATIONS = (
    *("whole", "core", "words", "meaning", "names", "acronyms", "initials"),
    *("business_id", "assoc_no", "mailbox", "site", "host", "phone", "phone7"),
    *("town", "region", "postcode", "street", "street_words", "street_names", "houses"),
    *("unplaced", "placed"),
)


def organisation_columns(
    rows: Sequence[Mapping[str, str]], names: Sequence[ParsedName] = ()
) -> pd.DataFrame:
    """Return a row of :data:`ORGANISATIONS` for each row of cells, numbered by ``unique_id``.

    The cells are keyed by the register's column keys; a list may add ``street``. '' becomes null.
    ``names`` are :func:`parsed_names` of the rows; they are parsed here if missing.
    """
    found: dict[str, list[str]] = {key: [] for key in ORGANISATIONS}
    for row, name in zip(rows, names or parsed_names(rows), strict=True):
        phone = "".join(c for c in row.get("phone", "") if c.isdigit())[:20]
        mailbox = one_mailbox_key(row.get("email", ""))
        town, area = _town(row)
        cells = {
            "whole": name.name,
            "core": " ".join(name.words),
            "unplaced": " ".join((plain := without_place(name)).words),
            "words": "|".join((*name.words, *sorted(name.places))),
            "meaning": "|".join(name.meaning),
            "names": "|".join(sorted(name.names)),
            "acronyms": "|".join(sorted(name.acronyms)),
            "initials": "|".join(sorted(name.initials)),
            "business_id": business_id.read(row.get("business_id", "")).value,
            "assoc_no": association_no.read(row.get("assoc_no", "")).value,
            "mailbox": mailbox,
            "site": site_of(row.get("url", ""), row.get("email", "")),
            "host": site_of(row.get("url", ""), ""),
            "phone": phone,
            "phone7": phone[-7:] if len(phone) >= 7 else "",
            "town": town,
            "region": area,
            "postcode": row.get("postcode", "").strip(),
            "street": fold_name(street := row.get("street", "") or row.get("address", "")),
            "street_words": "|".join(words := sorted(words_of_street(street))),
            "street_names": "|".join(filter(is_street_name, words)),
            "houses": "|".join(word for word in words if not is_street_name(word)),
            "placed": "1" if name.places or plain is not name else "",
        }
        for key, value in cells.items():
            found[key].append(value)
    frame = text_frame(found)
    called = names or parsed_names(rows)
    for column, others in (("mailbox", ()), ("site", ("host",)), ("phone", ("phone7",))):
        nobodys = pd.Series(
            map(bool, values_of_several(frame[column].tolist(), called)), frame.index
        )
        frame.loc[nobodys, [column, *others]] = ""
    frame.insert(0, "unique_id", range(len(frame)))
    return frame.replace("", None)


def _town(row: Mapping[str, str]) -> tuple[str, str]:
    """Return the codes of municipality ("m049") and region, each '' if unknown.

    An unknown place is its folded text instead of a code.
    """
    cell = row.get("municipality", "")
    found = municipality_named(cell) or resolve_place(cell).municipality
    if not found and (code := postal_code(row.get("postcode", "").strip())):
        return (f"m{code.municipality}", "") if code.municipality else ("", "")
    return (
        (f"m{found.code}", found.region) if found else (fold_name(cell).removesuffix(" city"), "")
    )


def parsed_names(rows: Sequence[Mapping[str, str]]) -> list[ParsedName]:
    """Return the parsed name of each row.

    An additional name that several other organisations have, too, is dropped: a town in brackets, a
    common unit, a legal form.
    """
    table = word_table()
    told = written_out(
        [mend_mojibake(row.get("name", ""))[0] for row in rows],
        {*table.forms, *table.acronyms, *table.generic},
    )
    names = [
        parse_name(_without_town(name, row.get("municipality", "")), row.get("short", ""))
        for name, row in zip(told, rows, strict=True)
    ]
    beside: dict[str, set[tuple[str, ...]]] = {}
    for name in set(names):
        for key in name.names - {name.name}:
            beside.setdefault(key, set()).add(name.meaning)
    nobodys = {key for key, meanings in beside.items() if len(meanings) >= SHARED}
    towns = [fold_name(row.get("municipality", "")) for row in rows]
    return [
        replace(name, names=frozenset({*name.names} - nobodys - {town} | {name.name} - {""}))
        if not name.names.isdisjoint(nobodys) or town in name.names
        else name
        for name, town in zip(names, towns, strict=True)
    ]


def _without_town(name: str, town: str) -> str:
    """Return a name without the row's town at its end, if that is unknown: "Trust / Pune".

    Known places stay, because they tell the branches of a chain apart.
    """
    if not town or place_of_word(town):
        return name
    whole = re.sub(rf"(?<! of)[\s/,(-]+{re.escape(town)}\)?\s*$", "", name, flags=re.IGNORECASE)
    return whole if len(whole.split()) > 1 else name


def organisation_candidates(frame: pd.DataFrame, names: Sequence[ParsedName]) -> Pairs:
    """Return the candidate pairs of organisations."""
    if len(frame) <= SHORT_LIST:
        return every_pair(len(frame))
    known = frame.fillna("")

    keys = [known[key] for key in ("business_id", "assoc_no", "whole", "words", "meaning")]
    keys += [known[key] for key in ("unplaced", "mailbox", "site", "phone7")]
    keys += [
        joined_keys(known["town"], known["core"].str[:4]),
        joined_keys(known["postcode"], known["core"].str[:3]),
        joined_keys(known["street"], known["core"].str[:2]),
    ]
    text = "  " + known["core"].str.cat(known[["whole", "town", "site"]], sep="  ") + " "
    found = candidates(frame, keys, text)
    more = _called_alike(known["whole"].to_numpy(), names)
    if not len(more):
        return found
    pairs: Pairs = np.unique(np.concatenate([found, np.sort(more, axis=1)]), axis=0)
    others: Pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return others


def _called_alike(order: np.ndarray, names: Sequence[ParsedName]) -> Pairs:
    """Return the pairs of rows that share any name, acronym or initials."""
    called = [
        (key, row)
        for row, name in enumerate(names)
        for key in {*name.names, *name.acronyms, *name.initials}
    ]
    if not called:
        return np.empty((0, 2), dtype=np.int64)
    rows = np.array([row for _, row in called], dtype=np.int64)
    keys = np.array([key for key, _ in called])
    found: Pairs = rows[blocked_pairs(keys, order[rows])]
    return found


def organisation_name_frequencies(
    frame: pd.DataFrame, names: Sequence[ParsedName]
) -> dict[str, dict[str, float]]:
    """Return the chance that another organisation has the same name: anywhere, and in one town.

    They are by ``meaning``, ``unplaced`` and ``town``. A name counts once for each town it
    occurs in: chains (Martat) are in many, while two rows in one town may be the duplicates that
    are searched for. Of rows without a town a few may be duplicates. A name of one common word is
    likelier to be another organisation's, too, than one of three words or with a place. In one town
    two organisations of one name are rare, however many the chain has elsewhere.
    """
    known = frame.fillna("")
    towns = frame.groupby("meaning")["town"].nunique()
    placeless = frame[frame["town"].isna()].groupby("meaning").size()
    likely = []
    for name, meaning in zip(names, known["meaning"], strict=True):
        telling = sum(map(len, name.words)) + 10 * len(name.places)
        chance = 0.5 if telling < 9 else 0.1 if telling < 14 else 0.01 if name.places else 0.04
        others = max(int(towns.get(meaning, 1)) - 1, 0) if not name.places else 0
        others += max(int(placeless.get(meaning, 0)) - _TWICE, 0)
        likely.append((others + chance) / (len(frame) + _POPULATION))
    wholes = frame.groupby("unplaced")["meaning"].nunique()
    unplaced = (wholes.to_numpy() - _PLACED_AND_NOT).clip(_CHANCE) / (len(frame) + _POPULATION)
    here = frame["town"].value_counts()
    again = (_AGAIN_HERE / (here.to_numpy() + 3)).clip(_AGAIN_HERE / 200)
    return {
        "meaning": shares_by_value(known["meaning"], likely),
        "unplaced": dict(zip(wholes.index, unplaced.tolist(), strict=True)),
        "town": dict(zip(here.index, again.tolist(), strict=True)),
    }


_PLACED_AND_NOT, _CHANCE = 2, 0.04
"""A name with a place and the name without it are one; each further place means another
organisation."""

_TWICE = 4
"""Up to this many rows of one name without a town may be one organisation."""

_AGAIN_HERE = 0.01
"""How many others of one name a town has: hardly any, and no fewer than 1 in 20,000."""
_POPULATION = 500
