"""A meeting's ``area`` in running text: ``Espoon``, ``Tampereella``, ``i Esbo``, ``in Uusimaa``."""

from typing import Literal

from register.book.schema import Language
from register.values import places

Form = Literal["of", "in"]
"""``of`` is the genitive; ``in`` the inessive, or the adessive for places that use it."""

_COUNTRY: dict[tuple[Language, Form], str] = {
    ("fi", "of"): "koko Suomen",
    ("fi", "in"): "koko Suomessa",
    ("sv", "of"): "hela Finlands",
    ("sv", "in"): "i hela Finland",
    ("en", "of"): "all Finland’s",
    ("en", "in"): "all over Finland",
}
_ENDINGS = {
    "alue": ("alueen", "alueella"),
    "seutu": ("seudun", "seudulla"),
    "maakunta": ("maakunnan", "maakunnassa"),
}
"""Inflected endings of areas that are neither municipalities nor regions, by nominative ending."""

_ISLANDS = frozenset(("Åland", "Kimitoön", "Karlö", "Föglö", "Kökar", "Sottunga", "Kumlinge"))
"""Places that take ``på`` in Swedish instead of ``i``."""


def area_in_case(name: str, form: Form, language: Language) -> str:
    """Return an area's name in a case form of a language.

    For a name that cannot be inflected, Finnish says ``alueen …`` or ``alueella …``.
    """
    known = places.area_named(name)
    if known is None:
        return _inflected(name, form, language)
    match known.kind:
        case "nationwide":
            return _COUNTRY[language, form]
        case "county":
            return _inflected(places.county_of_code(known.code).name(language), form, language)
        case "municipality":
            one: places.Municipality | places.Region = places.municipality(known.code)
        case "region":
            one = places.region(known.code)
    if language == "fi":
        return one.genitive_fi if form == "of" else one.in_fi
    return _inflected(one.name(language), form, language)


def _inflected(name: str, form: Form, language: Language) -> str:
    match language, form:
        case "sv", "of":
            return name if name.endswith("s") else f"{name}s"
        case "sv", "in":
            return f"på {name}" if name in _ISLANDS else f"i {name}"
        case "en", "of":
            return f"{name}’s"
        case "en", "in":
            return f"in {name}"
    for ending, forms in _ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending) + forms[form == "in"]
    return f"alueen {name}" if form == "of" else f"alueella {name}"
