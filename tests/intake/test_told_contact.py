"""Whom a sentence tells how to reach, where that is plain."""

import pytest

from register.intake.sentence_contact import contact_in_sentence, first_form, name_in_sentence

OLARI = "24.11. tapasin Sanna Lehtosen (Olarin seura, sanna.lehtonen@olari.example, 040 555 2001)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (OLARI, ("Sanna Lehtonen", "Olarin seura", "sanna.lehtonen@olari.example", "040 555 2001")),
        ("Jouni Niemen uusi osoite on jouni.niemi@uusi.example", ("Jouni Niemi", "", "jouni.niemi@uusi.example", "")),
        ("Gun Söderholm har ny e-post: gun.soderholm@m.example", ("Gun Söderholm", "", "gun.soderholm@m.example", "")),
        ("Aune Laakso vaihtoi numeron: 040 555 2010", ("Aune Laakso", "", "", "040 555 2010")),
        ("Priya Nair, Multicultural Hub, priya@hub.example, 040 555 2011, met at the fair", ("Priya Nair", "", "priya@hub.example", "040 555 2011")),
    ],
)  # fmt: skip
def test_it_is_whom_the_address_or_the_only_name_says(text, wanted):
    found = contact_in_sentence(text)
    assert tuple(found.get(key, "") for key in ("name", "org", "email", "phone")) == wanted
    assert found["text"] == text


@pytest.mark.parametrize(
    "text",
    [
        "Soita Maija Mallille 040 123 4567",
        "Olli Kosken numero on 050 123 4567",
        "Aune Laakso ja Olli Koski soittivat numerosta 040 555 2010",
        "Kysy lisää: eila.kaski@kaisla.example",
        "Maija Malli: eila.kaski@kaisla.example",
        "Aune Laakso 040 555 2010 tai 050 555 2011",
        "Aune Laakso\n040 555 2010",
        "",
    ],
)
def test_what_is_not_plain_names_nobody(text):
    assert contact_in_sentence(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kansanedustaja Aino Kivi kävi avajaisissa, lupasi puhua valiokunnassa", "Aino Kivi"),
        ("Riksdagsledamot Gunvor Strand lovade stöda hembygdsdagen i mars", "Gunvor Strand"),
        ("tapaaminen kaupunginjohtaja Helmi Aarnion kanssa", ""),
        ("Pekka ja Pirkko Laaksolta, Nurmijärven kuoro", ""),
        ("Aino Kivi ja Gunvor Strand soittivat", ""),
        ("Olli Sipoosta soitti", ""),
        ("kysy Pertiltä", ""),
    ],
)
def test_the_only_name_in_its_first_form_is_proposed(text, name):
    assert name_in_sentence(text) == name


@pytest.mark.parametrize(
    ("name", "address", "wanted"),
    [
        ("Jaakko Rinteen", "jaakko.rinne@latu.example", "Jaakko Rinne"),
        ("Stina Koskelin", "stina.koskelin@latu.example", "Stina Koskelin"),
        ("Anna Mäkinen", "anna.makela@latu.example", "Anna Mäkinen"),
        ("Jaakko Rinteen", "info@latu.example", "Jaakko Rinteen"),
        ("Jaakko", "jaakko.rinne@latu.example", "Jaakko"),
    ],
)
def test_a_name_in_another_case_is_as_its_mailbox_has_it(name, address, wanted):
    assert first_form(name, address) == wanted
