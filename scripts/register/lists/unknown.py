"""What a person is told who asks for a place, a topic or a network that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.schema import Language
from register.values import places
from register.values.places.lookup import county_names
from register.values.places.tables import County

_NEAR = 5
_FEW = 12
"""So many names are told where none of them is near."""

_LIKE = 60
"""How alike a name must be to be offered (of 100)."""

_SENTENCES: Mapping[str, str] = {
    "region": "“{name}” is a region.",
    "county": "“{name}” is a wellbeing services county.",
    "municipality": "“{name}” is a municipality.",
}


def unknown_place(name: str, offered: Iterable[str]) -> UsageError:
    """Return the error that offers names which may have been meant."""
    near = list(offered)
    remedy = "Did you mean: {near}?" if near else "Check its name."
    return UsageError("“{name}” is not known.", remedy=remedy, name=name[:80], near=near)


def unknown_municipality(name: str, language: Language) -> UsageError:
    """Return the error for a name that is not a municipality's, or was several municipalities'."""
    found = places.resolve_place(name)
    heirs = [one.name(language) for one in found.candidates]
    if found.former and places.region_named(name):
        return UsageError(
            "“{name}” is a region, and was a municipality that is now a part of {near}.",
            remedy="Give --region {name}, or --municipality with the name of today.",
            name=name[:80],
            near=heirs,
        )
    if found.former:
        return UsageError(
            "“{name}” is no municipality any more: it was divided between {near}.",
            remedy="Give --municipality with the names of today, one or several times.",
            name=name[:80],
            near=heirs,
        )
    if places.region_named(name):
        return _elsewhere(name, "region")
    if places.county_named(name):
        return _elsewhere(name, "county")
    return unknown_place(name, heirs or _municipalities(name, language))


def unknown_region(name: str, language: Language) -> UsageError:
    """Return the error for a name that is no region's."""
    if places.resolve_place(name).municipality:
        return _elsewhere(name, "municipality")
    if places.county_named(name):
        return _elsewhere(name, "county")
    return unknown_place(
        name, nearest_names(name, (one.name(language) for one in places.regions()))
    )


def unknown_county(name: str, language: Language) -> UsageError:
    """Return the error for a name that is no wellbeing services county's."""
    known = {one.name(language): one for one in places.counties()}
    if offered := _containing(name, known):
        return unknown_place(name, offered)
    if places.resolve_place(name).municipality:
        return _elsewhere(name, "municipality")
    return unknown_place(name, nearest_names(name, known))


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the names that are like this one; a few of all where none is and they are few."""
    called = {fold_header(one): one for one in known}
    found = process.extract(fold_header(name)[:80], list(called), score_cutoff=_LIKE, limit=_NEAR)
    if not found and len(called) <= _FEW:
        return list(called.values())
    return [called[match] for match, _, _ in found]


def _elsewhere(name: str, kind: str) -> UsageError:
    return UsageError(_SENTENCES[kind], remedy="Give it with --{kind}.", name=name[:80], kind=kind)


def _containing(name: str, known: Mapping[str, County]) -> list[str]:
    """Return the counties whose name, whole or in short, has this in it: "Uusimaa" is in three."""
    word = fold_header(name)
    named = [(short, one) for short, one in county_names().items() if word and word in short]
    met = {one.code for _, one in named}
    return [called for called, one in known.items() if one.code in met][: 2 * _NEAR]


def _municipalities(name: str, language: Language) -> list[str]:
    """Return the municipalities with a name like this, in either language of the country."""
    called = {
        fold_header(word): one
        for one in places.municipalities()
        for word in (one.name_sv, one.name_fi)
    }
    found = process.extract(fold_header(name)[:80], list(called), score_cutoff=_LIKE, limit=_NEAR)
    return list(dict.fromkeys(called[match].name(language) for match, _, _ in found))
