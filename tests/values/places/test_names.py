import pytest
from hypothesis import given, strategies as st

from register.values.places import (
    Area,
    area_named,
    county_named,
    genitive,
    mergers,
    municipalities,
    municipality,
    municipality_named,
    region_named,
    resolve_place,
)

FORMS = [
    ("Espoo", "Espoon", "Espoossa", "Espooseen", "Espoosta"),
    ("Helsinki", "Helsingin", "Helsingissä", "Helsinkiin", "Helsingistä"),
    ("Tampere", "Tampereen", "Tampereella", "Tampereelle", "Tampereelta"),
    ("Turku", "Turun", "Turussa", "Turkuun", "Turusta"),
    ("Vantaa", "Vantaan", "Vantaalla", "Vantaalle", "Vantaalta"),
    ("Lahti", "Lahden", "Lahdessa", "Lahteen", "Lahdesta"),
    ("Rovaniemi", "Rovaniemen", "Rovaniemellä", "Rovaniemelle", "Rovaniemeltä"),
    ("Kauniainen", "Kauniaisten", "Kauniaisissa", "Kauniaisiin", "Kauniaisista"),
    ("Raasepori", "Raaseporin", "Raaseporissa", "Raaseporiin", "Raaseporista"),
    ("Seinäjoki", "Seinäjoen", "Seinäjoella", "Seinäjoelle", "Seinäjoelta"),
    ("Uusikaupunki", "Uudenkaupungin", "Uudessakaupungissa", "Uuteenkaupunkiin", None),
    ("Ii", "Iin", "Iissä", "Iihin", "Iistä"),
    ("Salo", "Salon", "Salossa", "Saloon", "Salosta"),
    ("Imatra", "Imatran", "Imatralla", "Imatralle", "Imatralta"),
]
RESOLVED = [
    ("Espoo", "Espoo", "current"),
    ("  eSBO ", "Espoo", "current"),
    ("Porvoo", "Porvoo", "current"),
    ("Pirkkala", "Pirkkala", "current"),
    ("Espoon kaupunki", "Espoo", "form"),
    ("Esbo stad", "Espoo", "form"),
    ("Esbos", "Espoo", "form"),
    ("Mariehamns stad", "Maarianhamina", "form"),
    ("i Helsingfors", "Helsinki", "form"),
    ("Pedersöre", "Pedersören kunta", "current"),
    ("Jomala kommun", "Jomala", "form"),
    ("Maarianhamina – Mariehamn", "Maarianhamina", "form"),
    ("Vaasa/Vasa", "Vaasa", "form"),
    ("Vammala", "Sastamala", "former"),
    ("Karis", "Raasepori", "former"),
    ("Koski Hl", "Hollola", "former"),
    ("Rovaniemen maalaiskunta", "Rovaniemi", "former"),
]
ASKED = [
    ("Längelmäki", "split", ["Jämsä", "Orivesi"]),
    ("Kuopion mlk", "split", ["Kuopio", "Siilinjärvi"]),
    ("Lappi", "ambiguous", ["Rauma"]),
    ("Esppo", "typo", ["Espoo"]),
    ("Tapiola", "unknown", []),
    ("Uusimaa", "unknown", []),
    ("Helsinki-Uusimaa", "unknown", []),
    ("Espoo, Helsinki", "unknown", []),
    ("Espoo - Helsinki", "unknown", []),
    ("kaupunki", "unknown", []),
    ("", "unknown", []),
    ("Espoo" + " x" * 50, "unknown", []),
    ("Espoo" + " " * 100 + "x", "typo", ["Espoo"]),
]
AREAS = [
    ("Espoo", Area("municipality", "049")),
    ("Espoossa", Area("municipality", "049")),
    ("Nummi-Pusula", Area("municipality", "444")),
    ("Lappi", Area("region", "19")),
    ("Uusimaa", Area("region", "01")),
    ("Uudenmaan maakunta", Area("region", "01")),
    ("Helsinki-Uusimaa", Area("region", "01")),
    ("koko Uusimaa", Area("region", "01")),
    ("Hela Nyland", Area("region", "01")),
    ("Åland", Area("region", "21")),
    ("Länsi-Uudenmaan hyvinvointialue", Area("county", "03")),
    ("Västra Nylands välfärdsområde", Area("county", "03")),
    ("Koko Suomi", Area("nationwide", "")),
    ("hela landet", Area("nationwide", "")),
    ("valtakunnallinen", Area("nationwide", "")),
    ("Tapiola", None),
    ("Esppo", None),
    ("Längelmäki", None),
    ("HUS", None),
    ("Eurooppa", None),
    ("koko", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "of", "within", "to", "out"), FORMS)
def test_case_forms(name, of, within, to, out):
    one = municipality_named(name)
    assert (genitive(name, "fi"), one.in_fi, one.to_fi) == (of, within, to)
    assert one.from_fi == out or out is None
    for form in (of, within, to, out or of, f"{of} kaupunki", f"{of} kunta"):
        assert resolve_place(form).municipality == one


def test_case_forms_in_the_other_languages_and_of_other_words():
    assert (genitive("Esbo", "sv"), genitive("Espoo", "en")) == ("Esbo", "Espoo")
    assert genitive("Uusimaa", "fi") == "Uudenmaan"
    assert genitive("Tapiola", "fi") == "Tapiola"
    assert genitive("", "fi") == ""


@pytest.mark.parametrize("one", municipalities(), ids=lambda one: one.name_fi)
def test_every_municipality_is_known_by_its_names_and_forms(one):
    for name in (one.name_fi, one.name_sv, one.name_fi.upper(), f"{one.name_sv} kommun"):
        assert resolve_place(name).municipality == one
    for form in (one.genitive_fi, one.in_fi, one.to_fi, one.from_fi, f"i {one.name_sv}"):
        assert resolve_place(form).municipality == one


def test_every_former_name_leads_to_today_or_is_asked_about():
    today = set(municipalities())
    current = {one.name_fi for one in today}
    for merger in mergers():
        place = resolve_place(merger.old_name)
        if merger.old_name in current:
            assert (place.how, place.former) == ("current", None)
        elif place.how == "form":
            assert merger.old_name.endswith(" kunta")
            assert place.municipality == municipality(merger.new_code)
        else:
            assert place.how in ("former", "split", "ambiguous")
            assert place.former.old_name == merger.old_name
            assert {place.municipality, *place.candidates} - {None} <= today
            assert (place.municipality is None) == (place.how != "former")


def test_eight_old_names_are_also_current_ones():
    current = {one.name_fi for one in municipalities()}
    assert sorted(one.old_name for one in mergers() if one.old_name in current) == [
        *("Akaa", "Heinola", "Ikaalinen", "Lohja", "Parainen", "Pirkkala", "Porvoo", "Vöyri"),
    ]


@pytest.mark.parametrize(("text", "name", "how"), RESOLVED)
def test_a_name_is_resolved(text, name, how):
    place = resolve_place(text)
    assert (place.municipality.name_fi, place.how) == (name, how)
    assert (place.former is None) == (how != "former")


@pytest.mark.parametrize(("text", "how", "candidates"), ASKED)
def test_a_name_is_asked_about(text, how, candidates):
    place = resolve_place(text)
    assert place.municipality is None
    assert (place.how, [one.name_fi for one in place.candidates]) == (how, candidates)


@pytest.mark.parametrize(("text", "area"), AREAS)
def test_an_area(text, area):
    assert area_named(text) == area


def test_only_names_of_the_kind_are_found():
    assert region_named("Satakunta").code == "04"
    assert region_named("Espoo") is None
    assert county_named("Uusimaa") is None
    assert municipality_named("Espoossa") is None
    assert municipality_named("Lappi") is None


@given(st.text(st.characters(exclude_categories=()), max_size=100))
def test_any_text_is_resolved_somehow(text):
    place = resolve_place(text)
    assert (place.municipality is None) == (place.how in ("split", "ambiguous", "typo", "unknown"))
    assert area_named(text) in (None, area_named(f" {text} "))
