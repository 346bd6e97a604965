"""Whom a sentence tells how to reach, where that is plain."""

import pytest

from register.intake.told_contact import told_contact

OLARI = "24.11. tapasin Sanna Lehtosen (Olarin seura, sanna.lehtonen@olari.example, 040 555 2001)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (OLARI, ("Sanna Lehtonen", "Olarin seura", "sanna.lehtonen@olari.example", "040 555 2001")),
        ("Jouni Niemen uusi osoite on jouni.niemi@uusi.example", ("Jouni Niemi", "", "jouni.niemi@uusi.example", "")),
        ("Gun Söderholm har ny e-post: gun.soderholm@m.example", ("Gun Söderholm", "", "gun.soderholm@m.example", "")),
        ("Aune Laakso vaihtoi numeron: 040 555 2010", ("Aune Laakso", "", "", "040 555 2010")),
    ],
)  # fmt: skip
def test_it_is_whom_the_address_or_the_only_name_says(text, wanted):
    found = told_contact(text)
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
    assert told_contact(text) == {}
