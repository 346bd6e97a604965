"""The Ohje tab in each language: the same guide, its tabs and columns by their own names."""

import pytest

from register.book.schema import LANGUAGES, schema
from register.show.guide import guide_rows


def shape(language):
    return [(len(row), row[0].count("#", 0, 3) if row else 0) for row in guide_rows(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_every_tab_is_for(language):
    told = [row[0] for row in guide_rows(language) if len(row) == 2]
    titles = [tab.titles[language] for key, tab in schema().tabs.items() if key != "guide"]
    assert [name for name in told if name in titles] == titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_the_decisions_by_their_labels(language):
    told = {row[0] for row in guide_rows(language) if len(row) == 2}
    labels = {
        schema().enum("decision").label(key, language)
        for key in ("accept", "same", "different", "ignore", "unsure")
    }
    assert labels <= told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_blocks(language):
    assert shape(language) == shape("fi")


def test_no_row_would_be_a_formula():
    cells = [cell for language in LANGUAGES for row in guide_rows(language) for cell in row]
    assert all(cell and cell[0] not in "=+-@" for cell in cells)


FIELD = {
    "Kumppanuuskäsikirja": "https://www.socom.fi/",
    "Kumppanuuden käsikirjasto": "https://www.maaseutupolitiikka.fi/kumppanuus",
    "Ryhmistä verkostoiksi": "https://nuorisoala.fi/",
    "VALIKKO": "https://kansalaisareena.fi/",
    "EJY ry": "https://www.ejy.fi/",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIELD)
def test_each_guide_and_network_of_the_field_is_linked_after_its_name(language, name):
    text = " ".join(" ".join(cell for row in guide_rows(language) for cell in row).split())
    assert f"{name} ({FIELD[name]})" in text
