from register.book.headers import language_of, read_headers, tab_named
from register.book.schema import LANGUAGES, schema

ORGANISATIONS = schema().tab("organisations")


def test_headers_are_found_in_any_language_and_order():
    for language in LANGUAGES:
        row = [column.headers[language] for column in reversed(ORGANISATIONS.columns)]
        found = read_headers(ORGANISATIONS, row)
        assert found.columns == tuple(c.key for c in reversed(ORGANISATIONS.columns))
        assert not found.missing and not found.doubled and not found.absent


def test_spelling_that_only_looks_different_is_the_same():
    found = read_headers(
        ORGANISATIONS, ["⚙ TUNNUS", "nimi ", "Ｔｙｙｐｐｉ", "Y‑tunnus", "kotikunta"]
    )
    assert found.columns[:3] == ("id", "name", "type")


def test_columns_of_peoples_own_travel_along():
    found = read_headers(ORGANISATIONS, ["Tunnus", "Oma sarake", "", "Oma sarake"])
    assert found.columns == ("id", "+Oma sarake", "", "+Oma sarake (4)")


def test_missing_and_doubled_columns_are_named():
    found = read_headers(ORGANISATIONS, ["Tunnus", "Nimi", "Namn"])
    assert found.doubled == ("name",)
    assert set(found.missing) == {"type", "municipality", "source"}
    assert "phone" in found.absent


def test_tabs_are_known_by_any_of_their_titles():
    assert tab_named(" yhteyshenkilöt ").key == "people"
    assert tab_named("Kontaktpersoner").key == "people"
    assert tab_named("Taul1") is None


def test_the_language_is_that_of_most_titles():
    for language in LANGUAGES:
        assert language_of([t.titles[language] for t in schema().tabs.values()]) == language
    assert language_of(["Taul1"]) == "fi"
