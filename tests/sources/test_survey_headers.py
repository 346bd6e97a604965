"""Headers of surveys' exports: what each asks for."""

import pytest

from register.sources.survey_headers import plain_headers


@pytest.mark.parametrize(
    ("headers", "plain"),
    [
        (
            ["1. Vastaajan tiedot - Etunimi", "1. Vastaajan tiedot - Sukunimi", "2. Mikä seura?"],
            ["Etunimi", "Sukunimi", "Mikä seura?"],
        ),
        (["Uppgifter [Namn]", "Uppgifter [E-post]"], ["Namn", "E-post"]),
        (["Kuka on yhteyshenkilönne (etu- ja sukunimi)?"], ["etu- ja sukunimi"]),
        (["Puheenjohtaja - Nimi", "Sihteeri - Nimi"], ["Puheenjohtaja - Nimi", "Sihteeri - Nimi"]),
        (["Sähköposti (työ)", "Puhelin 1"], ["Sähköposti (työ)", "Puhelin 1"]),
    ],
)
def test_a_question_is_called_by_its_field(headers, plain):
    assert plain_headers(headers) == plain


@pytest.mark.parametrize(
    "headers",
    [
        ["Puheenjohtaja - Nimi", "Puheenjohtaja - Puhelin"],
        ["Seura: Puhelin", "Seura: Nimi", "Vastaaja: Puhelin", "Vastaaja: Nimi"],
    ],
)
def test_a_field_of_one_of_several_stays_with_its_owner(headers):
    assert plain_headers(headers) == headers
