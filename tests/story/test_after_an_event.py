"""After an event, through real servers: cards come in, letters go, a tap confirms, owners are told.

Every script is run as a person runs it; SMTP and IMAP are servers on loopback.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

from tests.replies.clients import Asked, tapped
from tests.story.test_meeting import Office, office  # noqa: F401 (the fixture)

EVENT = "Järjestömessut 2026"
CARD = """Espoon kyläyhdistys ry
Maija Malli
toiminnanjohtaja
p. 040 123 4567
maija.malli@kyla.example
"""
PHONE = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=D6hman;Nils\r\n"
    "ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Esbo byalag r=\r\nf\r\n"
    "EMAIL;INTERNET:nils@byalag.example\r\nTEL;CELL:050 555 1234\r\nEND:VCARD\r\n"
)
LINE = "12.3.2026 Espoon kyläyhdistys / Maija Malli: yhteinen ilta, lupasi tilan, soitetaan huhtikuussa"


def text_of(data: bytes) -> str:
    return message_from_bytes(data, policy=default).get_body(("plain",)).get_content()


def test_after_an_event(office: Office):  # noqa: F811
    office.run("create.py", "--apply")
    office.types(
        "Valikot",
        [{"Vastuuhenkilöt": "Anna Jatko", "Vastuuhenkilön sähköposti": "anna@yhdistys.example"}],
    )
    (office.folder / "card.txt").write_text(CARD, encoding="utf-8")
    (office.folder / "phone.vcf").write_bytes(PHONE.encode("ascii"))
    how = ("--met-at", EVENT, "--agreed", "--apply")
    office.run("contacts.py", "import", "card.txt", "--card", *how)
    office.run("contacts.py", "import", "phone.vcf", *how)
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    people = {row["Sukunimi"]: row for row in office.rows("Yhteyshenkilöt")}
    assert {name: (row["Mistä tuttu"], row["Kutsutaan"]) for name, row in people.items()} == {
        "Malli": (EVENT, "kyllä"),
        "Öhman": (EVENT, "kyllä"),
    }

    # a line of the notebook becomes a matter, and the follow-up letter says what was talked about
    office.types("Saapuneet", [{"Viesti": LINE}], at=4)
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    (number,) = [
        number
        for number, row in enumerate(office.rows("Tarkista"), start=2)
        if "kertoo asiasta" in row["Mitä"]
    ]
    office.types("Tarkista", [{"Päätös": "hyväksy", "Kuka": "Anna Jatko"}], at=number)
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    (matter,) = office.rows("Yhteistyö")
    assert (matter["Asia"], matter["Vastuu"]) == ("yhteinen ilta", "Anna Jatko")

    listed = office.run("contacts.py", "follow-up", EVENT)
    assert "Maija Malli" in listed and "Nils Öhman" in listed
    assert not office.letters.all
    letters = office.sends("follow-up", EVENT)
    assert set(letters) == {"maija.malli@kyla.example", "nils@byalag.example"}
    assert "yhteinen ilta" in text_of(letters["maija.malli@kyla.example"][0])
    assert all(EVENT in text_of(one) for (one,) in letters.values())

    # a year later nobody has confirmed the details: one tap does
    for number, row in enumerate(office.rows("Yhteyshenkilöt"), start=2):
        if row["Sukunimi"] == "Malli":
            office.types("Yhteyshenkilöt", [{"Tarkistettu": "1.3.2025"}], at=number)
    release = office.run("invite.py", "freshness")
    assert "Yksi kirje lähtisi" in release
    ((reader, (data,)),) = sends(office, "freshness").items()
    assert reader == "maija.malli@kyla.example"
    office.comes(tapped(Asked.of(data), "Tiedot ovat oikein", office.moment()))
    office.run("replies.py", "--apply")
    (maija,) = [row for row in office.rows("Yhteyshenkilöt") if row["Sukunimi"] == "Malli"]
    assert str(maija["Tarkistettu"])[:4] >= "2026"
    assert sends(office, "freshness") == {}

    # the owner is told each week what is late
    ((reader, (data,)),) = sends(office, "digest").items()
    assert reader == "anna@yhdistys.example"
    assert "yhteinen ilta" in text_of(data) and "30.4.2026" in text_of(data)
    assert sends(office, "digest") == {}


def sends(office: Office, kind: str) -> dict[str, list[bytes]]:  # noqa: F811
    """Look at a round that is about no meeting, agree to it, send it."""
    said = office.run("invite.py", kind)
    release = re.search(r"\d+:[0-9a-f]{8}", said)
    if release and not release[0].startswith("0:"):
        office.run("invite.py", kind, "--apply", "--confirm", release[0])
    return office.letters.take()
