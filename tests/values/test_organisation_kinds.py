"""What the words of a name suggest: a type and topics, from a table whose every row has a source."""

import pytest

from register.book.schema import schema
from register.book.starters import starter_rows, topic_names
from register.values.organisation_kinds import kinds, suggested_topics, suggested_type

TOPICS = {
    language: [row["topics"] for row in starter_rows(language)["choices"]]
    for language in ("fi", "sv", "en")
}
CASES = [
    ("MLL Kaislan paikallisyhdistys", "association", ["lapset ja perheet"]),
    ("Mannerheimin Lastensuojeluliiton Kaislan yhdistys ry", "association", ["lapset ja perheet"]),
    ("SPR Kaislan osasto", "association", ["vapaaehtoistoiminta", "varautuminen"]),
    (
        "Suomen Punaisen Ristin Kaislan osasto",
        "association",
        ["vapaaehtoistoiminta", "varautuminen"],
    ),
    ("Kaislan Martat", "association", ["hyvinvointi ja terveys"]),
    ("Kaislan 4H-yhdistys", "association", ["nuoret"]),
    ("LC Kaisla", "association", ["vapaaehtoistoiminta"]),
    ("Kaislan Rotaryklubi", "association", ["vapaaehtoistoiminta"]),
    ("Kaislan Eläkkeensaajat", "association", ["ikäihmiset"]),
    ("Eläkeliiton Kaislan yhdistys ry", "association", ["ikäihmiset"]),
    ("Kaislan sotaveteraanit", "association", ["ikäihmiset"]),
    ("Kaislan VPK", "association", ["varautuminen"]),
    ("Kaislan kotiseutuyhdistys", "association", ["kylät ja kaupunginosat", "kulttuuri"]),
    ("Kaislan Omakotiyhdistys", "association", ["kylät ja kaupunginosat"]),
    ("Kaislan koulun vanhempainyhdistys", "association", ["lapset ja perheet"]),
    ("Kaislan seurakunta", "parish", []),
    ("Kaislan Diabetesyhdistys", "association", ["vammaiset ja pitkäaikaissairaat"]),
    ("Kaislan Työttömät", "association", []),
    ("Kaislan nuorisoseura", "association", ["nuoret", "kulttuuri"]),
    ("Kaislan Loiske", "association", ["liikunta"]),
    ("Kaislan talotoimikunta", "informal", []),
    ("Kaislan urheilutalo Oy", "company", ["liikunta"]),
    ("Siuntion kunta", "municipality", []),
]
SWEDISH = [
    ("Vassnäs Marthaförening", "association", ["välfärd och hälsa"]),
    ("FRK Vassnäs avdelning", "association", ["frivilligverksamhet", "beredskap"]),
    ("Hem och Skola i Vassnäs", "association", ["barn och familjer"]),
    ("Vassnäs byaförening", "association", ["byar och stadsdelar"]),
    ("Vassnäs Ungdomsförening", "association", ["unga"]),
    ("Folkhälsan i Vassnäs", "association", ["välfärd och hälsa"]),
    ("Vassnäs församling", "parish", []),
    ("Vassnäs frivilliga brandkår", "association", ["beredskap"]),
]
LEFT_ALONE = [
    "",
    "Aallotar",
    "Eila Kaski",
    "Kaisla",
    "Ifolor",
    "Lionel Kaski",
    "Marttila",
    "Spruce",
]


@pytest.mark.parametrize(("name", "kind", "topics"), CASES)
def test_what_a_name_suggests(name, kind, topics):
    assert (suggested_type(name), suggested_topics(name, TOPICS["fi"])) == (kind, topics)


@pytest.mark.parametrize(("name", "kind", "topics"), SWEDISH)
def test_topics_are_those_of_the_register_in_its_own_language(name, kind, topics):
    assert (suggested_type(name), suggested_topics(name, TOPICS["sv"])) == (kind, topics)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_suggests_nothing(name):
    assert (suggested_type(name), suggested_topics(name, TOPICS["fi"])) == ("", [])


def test_a_topic_that_the_register_lacks_is_not_suggested():
    assert suggested_topics("Kaislan Martat", ["liikunta"]) == []
    assert suggested_topics("Kaislan Loiske", ["Liikunta"]) == ["Liikunta"]


def test_each_row_names_a_source_a_type_that_there_is_and_topics_of_a_new_register():
    types = schema().enum("organisation_type").labels
    for kind in kinds():
        assert kind.source and kind.names and (kind.type or kind.topics)
        assert not kind.type or kind.type in types
        assert all(map(topic_names, kind.topics))
