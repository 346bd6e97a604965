"""Dates, times, lists, phones and places as each language writes them."""

from __future__ import annotations

from datetime import date, time

import pytest

from register.letters.filters import letter_filters
from register.values.area_forms import area_in_case

THURSDAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "name", "value", "said"),
    [
        ("fi", "date", THURSDAY, "torstai 3.12.2026"),
        ("sv", "date", THURSDAY, "torsdag 3.12.2026"),
        ("en", "date", THURSDAY, "Thursday 3 December 2026"),
        ("fi", "on_date", THURSDAY, "torstaina 3.12.2026"),
        ("sv", "on_date", THURSDAY, "torsdagen den 3 december 2026"),
        ("en", "on_date", THURSDAY, "on Thursday 3 December 2026"),
        ("fi", "by_date", THURSDAY, "torstaihin 3.12.2026 mennessä"),
        ("fi", "by_date", date(2026, 12, 2), "keskiviikkoon 2.12.2026 mennessä"),
        ("fi", "by_date", date(2026, 12, 6), "sunnuntaihin 6.12.2026 mennessä"),
        ("sv", "by_date", date(2026, 12, 2), "senast onsdagen den 2 december 2026"),
        ("en", "by_date", THURSDAY, "by Thursday 3 December 2026"),
        ("fi", "day", date(2026, 1, 9), "9.1.2026"),
        ("sv", "day", date(2026, 1, 9), "9.1.2026"),
        ("en", "day", date(2026, 1, 9), "9 January 2026"),
        ("fi", "time", time(17, 30), "klo 17.30"),
        ("sv", "time", time(17, 30), "kl. 17.30"),
        ("en", "time", time(17, 30), "17:30"),
        ("fi", "time", time(9, 5), "klo 9.05"),
        ("fi", "list", ("Maija",), "Maija"),
        ("fi", "list", ("Maija", "Matti", "Liisa"), "Maija, Matti ja Liisa"),
        ("sv", "list", ("Maja", "Mats"), "Maja och Mats"),
        ("en", "list", ("Mary", "Matt"), "Mary and Matt"),
        ("fi", "phone", "+358401234567", "040 1234567"),
        ("fi", "phone", "+46701234567", "+46 70 123 45 67"),
        ("fi", "phone", "kysy Maijalta", "kysy Maijalta"),
        ("fi", "of_area", "Espoo", "Espoon"),
        ("fi", "in_area", "Tampere", "Tampereella"),
        ("fi", "in_area", "Espoo, Vantaa, Uusimaa", "Espoossa, Vantaalla ja Uudellamaalla"),
        ("sv", "in_area", "Espoo, Kauniainen", "i Esbo och Grankulla"),
        ("sv", "in_area", "Espoo, Ahvenanmaa", "i Esbo och på Åland"),
        ("en", "in_area", "Espoo, Vantaa, Pohjois-Karjala", "in Espoo, Vantaa and North Karelia"),
    ],
)
def test_filters(language, name, value, said):
    assert letter_filters(language)[name](value) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "klo 17.30–19.00"), ("sv", "kl. 17.30–19.00"), ("en", "17:30–19:00")],
)
def test_a_span_of_time(language, said):
    """From and to; without an end there is no dash."""
    say = letter_filters(language)["time"]
    assert say(time(17, 30), time(19)) == said
    assert "–" not in say(time(17, 30), None)


@pytest.mark.parametrize("name", ["date", "on_date", "by_date", "day"])
@pytest.mark.parametrize("value", ["3.12.2026", None, 3])
def test_what_is_no_date(name, value):
    """A text is not quietly taken for a date."""
    with pytest.raises((TypeError, AttributeError)):
        letter_filters("fi")[name](value)


def test_a_text_is_no_list():
    """A name is not spelt out letter by letter."""
    with pytest.raises(TypeError):
        letter_filters("fi")["list"]("Maija")


@pytest.mark.parametrize(
    ("name", "fi", "sv", "en"),
    [
        ("Espoo", ("Espoon", "Espoossa"), ("Esbos", "i Esbo"), ("Espoo’s", "in Espoo")),
        ("Esbo", ("Espoon", "Espoossa"), ("Esbos", "i Esbo"), ("Espoo’s", "in Espoo")),
        ("Borgå", ("Porvoon", "Porvoossa"), ("Borgås", "i Borgå"), ("Porvoo’s", "in Porvoo")),
        ("Lappi", None, ("Lapplands", "i Lappland"), None),
        (
            "Ahvenanmaa",
            ("Ahvenanmaan", "Ahvenanmaalla"),
            ("Ålands", "på Åland"),
            ("Åland’s", "in Åland"),
        ),
        (
            "Länsi-Uudenmaan hyvinvointialue",
            ("Länsi-Uudenmaan hyvinvointialueen", "Länsi-Uudenmaan hyvinvointialueella"),
            ("Västra Nylands välfärdsområdes", "i Västra Nylands välfärdsområde"),
            None,
        ),
        (
            "koko Suomi",
            ("koko Suomen", "koko Suomessa"),
            ("hela Finlands", "i hela Finland"),
            ("all Finland’s", "all over Finland"),
        ),
        ("Pääkaupunkiseutu", ("Pääkaupunkiseudun", "Pääkaupunkiseudulla"), None, None),
        (
            "Länsi",
            ("alueen Länsi", "alueella Länsi"),
            ("Länsis", "i Länsi"),
            ("Länsi’s", "in Länsi"),
        ),
    ],
)
def test_areas(name, fi, sv, en):
    """Municipalities and regions by their own forms, other areas by how their names end."""
    for language, forms in (("fi", fi), ("sv", sv), ("en", en)):
        if forms:
            assert (area_in_case(name, "of", language), area_in_case(name, "in", language)) == forms


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("jasenlista.csv 28.11.2026", "luettelo, jonka saimme 28.11.2026"),
        ("Jäsenet 2026.XLSX", "luettelo, jonka olemme saaneet"),
        ("a.csv 1.1.2026, messut, b.csv 1.1.2026", "luettelo, jonka saimme 1.1.2026, messut"),
        ("Espoon messut 12.3.2026", "Espoon messut 12.3.2026"),
        ("", ""),
    ],
)
def test_a_reader_is_not_told_the_name_of_a_file(source, said):
    assert letter_filters("fi")["origin"](source) == said
