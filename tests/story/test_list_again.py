"""The association's list comes again next spring, and the spring after; on both stores."""

import re

from tests.story.test_one_person import NEVER, cells, clean, does

THIS_YEAR = """Yhteyshenkilö;Seura;Rooli;S-posti;Numero;Paikka
Kaisa Lampi;Lahden kuvakerho ry;puheenjohtaja;kaisa.lampi@mail.example;0405550703;Lahti
Jarmo Rae;Lahden kuvakerho ry;jäsen;jarmo.rae@mail.example;0405550799;Lahti
Otto Salo;Hollolan soutajat ry;sihteeri;otto.salo@mail.example;0405550711;Hollola
Elli Meri;Hollolan soutajat ry;puheenjohtaja;elli.meri@mail.example;0405550712;Hollola
"""
NEXT_YEAR = """Yhteyshenkilö;Seura;Rooli;S-posti;Numero;Paikka
Kaisa Lampi;Setlementti Iso ry;sihteeri;kaisa.lampi@mail.example;0505550788;Hollola
Jarmo Rae;Lahden kuvakerho ry;puheenjohtaja;jarmo.rae@mail.example;0505550777;Lahti
Elli Meri;Hollolan soutajat ry;puheenjohtaja;elli.meri@uusi.example;0405550712;Hollola
"""
THIRD_YEAR = NEXT_YEAR.replace("Paikka", "Paikka;Jäsenmaksu").replace("Lahti", "Lahti;x")


def comes(register, name, text, *flags):
    (register.folder / name).write_text(text)
    said = does(register, "contacts.py", "import", name, "--apply", *flags, *NEVER).stdout
    clean(register)
    return " ".join(said.split())


def asked(register, kind="luettelo"):
    """Return the rows of Tarkista of a kind that are open: whom, old, new, and the row's number."""
    rows = cells(register, "Tarkista", "Laji", "Rivi", "A", "B", "Käsitelty")
    return [
        (row[1].partition(": ")[2].partition(" · ")[0], row[2], row[3], number)
        for number, row in enumerate(rows, start=2)
        if row[0] == kind and not row[4]
    ]


def test_a_list_comes_three_years_in_a_row(register):
    said = comes(register, "jasenet-2025.csv", THIS_YEAR, "--map", "Numero=phone")
    assert "viimeksi" not in said and not asked(register)
    assert len(register.column("Yhteyshenkilöt", "Tunnus")) == 4

    said = comes(register, "jasenet-2026.csv", NEXT_YEAR)
    assert "Sarakkeet luetaan kuten viimeksi (jasenet-2025.csv" in said
    assert re.search(r"Numero +Puhelin \(kuten viimeksi\)", said)
    questions = asked(register)
    assert [one[0] for one in questions].count("Jarmo Rae") == 2
    changed = {one[1].partition(":")[0]: one[1:3] for one in questions if "Jarmo" in one[0]}
    assert changed["Puhelin"] == ("Puhelin: +358405550799", "Puhelin: +358505550777")
    assert changed["Tehtävä"] == ("Tehtävä: jäsen", "Tehtävä: puheenjohtaja")
    assert sorted(one[0] for one in questions) == [
        *("Elli Meri", "Jarmo Rae", "Jarmo Rae", "Kaisa Lampi", "Otto Salo"),
    ]
    names = cells(register, "Yhteyshenkilöt", "Etunimi", "Organisaatio", "Puhelin", "Päättyi")
    assert len(names) == 5 and len({name[0] for name in names}) == 4
    assert not list(asked(register, "kaksoiskappale"))

    before = names, cells(register, "Tarkista", "Tunnus", "Käsitelty")
    comes(register, "jasenet-2026.csv", NEXT_YEAR)
    now = cells(register, "Yhteyshenkilöt", "Etunimi", "Organisaatio", "Puhelin", "Päättyi")
    assert (now, cells(register, "Tarkista", "Tunnus", "Käsitelty")) == before

    (line,) = [one for one in asked(register, "monta kerralla") if "Jarmo" in one[1]]
    register.types("Tarkista", line[3], "Päätös", "hyväksy")
    for one in asked(register):
        if one[0] in ("Kaisa Lampi", "Otto Salo"):
            register.types("Tarkista", one[3], "Päätös", "hyväksy")
    clean(register)
    assert not asked(register) and not asked(register, "monta kerralla")
    rows = cells(
        register, "Yhteyshenkilöt", "Etunimi", "Tehtävä", "Puhelin", "Sähköposti", "Päättyi"
    )
    jarmo = next(row for row in rows if row[0] == "Jarmo")
    assert jarmo[1:3] == ("puheenjohtaja", "+358505550777")
    assert next(row for row in rows if row[0] == "Elli")[3] == "elli.meri@uusi.example"
    assert sorted((row[0], bool(row[4])) for row in rows if row[0] in ("Kaisa", "Otto")) == [
        ("Kaisa", False), ("Kaisa", True), ("Otto", True),
    ]  # fmt: skip

    said = comes(register, "jasenet-2027.csv", THIRD_YEAR, "--map", "Numero=text")
    assert "Sarakkeet, joita ei viimeksi ollut: Jäsenmaksu" in said
    assert not re.search(r"Numero +Puhelin", said)
    assert not asked(register)
    assert len(register.column("Yhteyshenkilöt", "Tunnus")) == 5
