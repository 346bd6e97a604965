"""What lists are called, in three languages; what a name that is no place of today is told."""

import re

import pytest

from register.book.errors import UsageError
from register.book.ids import new_id
from register.lists.selection import SelectionCriteria, select_part
from register.show.listing import organisations_heading
from register.values import places
from register.words.sentences import Sentences
from tests.making import book

LANGUAGES = ("fi", "sv", "en")


def heading(language, **wanted):
    chosen = select_part(
        book(), SelectionCriteria(**{key: (name,) for key, name in wanted.items()}), language
    )
    return organisations_heading(chosen, Sentences(language))


@pytest.mark.parametrize(
    ("name", "fi", "sv", "en"),
    [
        ("Espoo", "Espoon", "i Esbo", "Espoo"),
        ("Esbo", "Espoon", "i Esbo", "Espoo"),
        ("Pirkkala", "Pirkkalan", "i Birkala", "Pirkkala"),
        ("Ii", "Iin", "i Ijo", "Ii"),
        ("Åbo", "Turun", "i Åbo", "Turku"),
        ("Ähtäri", "Ähtärin", "i Etseri", "Ähtäri"),
        ("Äänekoski", "Äänekosken", "i Äänekoski", "Äänekoski"),
        ("Maarianhamina", "Maarianhaminan", "i Mariehamn", "Mariehamn"),
        ("Mariehamn", "Maarianhaminan", "i Mariehamn", "Mariehamn"),
        ("Pedersören kunta", "Pedersören kunnan", "i Pedersöre", "Pedersöre"),
        ("Pedersöre", "Pedersören kunnan", "i Pedersöre", "Pedersöre"),
        ("Uusikaupunki", "Uudenkaupungin", "i Nystad", "Uusikaupunki"),
        ("Isokyrö", "Isonkyrön", "i Storkyro", "Isokyrö"),
        ("Virrat", "Virtain", "i Virdois", "Virrat"),
        ("Koski Tl", "Kosken Tl", "i Koskis", "Koski Tl"),
        ("Mikkeli", "Mikkelin", "i S:t Michel", "Mikkeli"),
        ("Hailuoto", "Hailuodon", "på Karlö", "Hailuoto"),
        ("Kemiönsaari", "Kemiönsaaren", "på Kimitoön", "Kimitoön"),
        ("Parainen", "Paraisten", "i Pargas", "Pargas"),
        ("Vammala", "Sastamalan", "i Sastamala", "Sastamala"),
        ("Länsi-Turunmaa", "Paraisten", "i Pargas", "Pargas"),
        ("Helsinki-Uusimaa", "Uudenmaan", "i Nyland", "Uusimaa"),
        ("Lappi", "Lapin", "i Lappland", "Lapland"),
        ("North Savo", "Pohjois-Savon", "i Norra Savolax", "North Savo"),
        ("Ahvenanmaa", "Ahvenanmaan", "på Åland", "Åland"),
        (
            "Länsi-Uudenmaan hyvinvointialue",
            "Länsi-Uudenmaan hyvinvointialueen",
            "i Västra Nylands välfärdsområde",
            "Western Uusimaa wellbeing services county",
        ),
        (
            "North Savo wellbeing services county",
            "Pohjois-Savon hyvinvointialueen",
            "i Norra Savolax välfärdsområde",
            "North Savo wellbeing services county",
        ),
    ],
)
def test_odd_names(name, fi, sv, en):
    assert heading("fi", areas=name) == f"{fi} järjestöt"
    assert heading("sv", areas=name) == f"Föreningar {sv}"
    assert heading("en", areas=name) == f"Organisations in {en}"


@pytest.mark.parametrize("one", places.municipalities(), ids=lambda one: one.name_fi)
def test_every_municipality_by_each_of_its_names(one):
    for name in (one.name_fi, one.name_sv, one.genitive_fi, one.in_fi):
        finnish = heading("fi", municipalities=name)
        assert re.fullmatch(
            r"[A-ZÅÄÖ][a-zåäö-]+(-[A-Z][a-zåäö]+)?n( kunnan| Tl)? järjestöt", finnish
        )
        assert finnish[:1] == one.name_fi[:1]
        assert heading("sv", municipalities=name) in (
            f"Föreningar i {one.name_sv}",
            f"Föreningar på {one.name_sv}",
        )
        assert "kunta" not in heading("en", municipalities=name)


@pytest.mark.parametrize("sort", ["regions", "counties"])
def test_every_region_and_county_by_each_of_its_names(sort):
    for one in getattr(places, sort)():
        titles = {
            language: {heading(language, **{sort: one.name(spoken)}) for spoken in LANGUAGES}
            for language in LANGUAGES
        }
        assert all(len(found) == 1 for found in titles.values())
        assert titles["fi"].pop().removesuffix(" järjestöt").endswith("n")
        assert titles["sv"].pop().startswith(("Föreningar i ", "Föreningar på Åland"))
        english = titles["en"].pop()
        assert english.isascii() or re.search("Häme|Åland", english)
        assert "hyvinvointialue" not in english


def told(**wanted):
    """Return what is said where a name is not known, and what is offered."""
    with pytest.raises(UsageError) as stopped:
        select_part(
            register(), SelectionCriteria(**{key: (name,) for key, name in wanted.items()}), "fi"
        )
    return Sentences("fi").error(stopped.value)


def register():
    twice = [
        {"id": new_id("V", (str(n),), ()), "name": "Sama verkosto", "area": "Espoo"}
        for n in range(2)
    ]
    return book(
        networks=twice,
        choices=[{"topics": "nuoret"}, {"topics": "tilat"}],
        organisations=[{"name": "A", "municipality": "Espoo", "topics": "kulttuuri"}],
    )


def test_a_region_given_as_a_municipality_is_told_so():
    assert "--region" in told(municipalities="Ahvenanmaa")
    assert "--county" in told(municipalities="Länsi-Uudenmaan hyvinvointialue")
    assert "--municipality" in told(regions="Espoo")


def test_lappi_is_both_a_region_and_a_former_municipality():
    said = told(municipalities="Lappi")
    assert "Rauma" in said and "--region" in said


def test_a_municipality_that_was_divided_names_its_heirs():
    said = told(municipalities="Längelmäki")
    assert "Jämsä" in said and "Orivesi" in said and "jaettiin" in said


def test_a_topic_that_nobody_has_names_those_that_there_are():
    said = told(topics="xyzzy")
    assert all(topic in said for topic in ("nuoret", "tilat", "kulttuuri"))


def test_two_networks_of_one_name_are_told_apart_by_their_ids():
    said = told(networks="Sama verkosto")
    assert said.count("V-") == 2


def test_what_is_far_from_any_name():
    assert told(municipalities="Xyzzy")
    assert "Espoo" in told(municipalities="Espo")
    with pytest.raises(UsageError) as stopped:
        select_part(register(), SelectionCriteria(municipalities=("Esbå",)), "sv")
    assert "Esbo" in Sentences("sv").error(stopped.value)
