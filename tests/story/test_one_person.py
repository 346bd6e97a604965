"""One person, one row: found, decided, merged, regretted, undone, told apart; on both stores."""

import json

from tests.test_scripts import exits

ORGANISATIONS = [
    {"Nimi": "Espoon Apu ry", "Y-tunnus": "0112038-9", "Kotikunta": "Espoo", "Tyyppi": "yhdistys",
     "Sähköposti": "toimisto@apu.example", "Aiheet": "nuoret"},
    {"Nimi": "Espoon apu", "Y-tunnus": "0112038-9", "Puhelin": "+358401111111", "Aiheet": "ikäihmiset"},
]  # fmt: skip
PEOPLE = [
    {"Etunimi": "Maija", "Sukunimi": "Aalto", "Puhelin": "+358401234567", "Organisaatio": "Espoon Apu ry",
     "Kutsutaan": "kyllä", "Saa julkaista": "kyllä"},
    {"Etunimi": "Maija", "Sukunimi": "Alto", "Puhelin": "+358401234567", "Tehtävä": "sihteeri",
     "Kutsutaan": "ei", "Huom": "soita iltapäivällä"},
    {"Etunimi": "Pekka", "Sukunimi": "Niemi", "Puhelin": "+358505551234"},
    {"Etunimi": "Matti", "Sukunimi": "Niemi", "Puhelin": "+358505551234"},
    {"Etunimi": "Liisa", "Sukunimi": "Laine", "Sähköposti": "info@apu.example", "Organisaatio": "Espoon Apu ry"},
    {"Etunimi": "Anna", "Sukunimi": "Korpi", "Sähköposti": "info@apu.example", "Organisaatio": "Espoon Apu ry"},
]  # fmt: skip
NEVER = ("--fail-on", "never")


def does(register, script, *arguments, code=0):
    return exits(code, register.folder, script, *arguments, *register.book)


def clean(register):
    return does(register, "cleanup.py", "--apply", *NEVER)


def filled(register, tab, rows, first=2):
    for number, row in enumerate(rows, start=first):
        register.types_row(tab, number, row)


def cells(register, tab, *headers):
    columns = [register.column(tab, header) for header in headers]
    longest = max(map(len, columns))
    return list(zip(*(c + [""] * (longest - len(c)) for c in columns), strict=True))


def asked(register):
    """Return the rows of Tarkista that ask whether two are one, with what they say."""
    rows = cells(register, "Tarkista", "Laji", "Mitä", "Päätös", "Käsitelty")
    return [(n, row) for n, row in enumerate(rows, start=2) if row[0] == "kaksoiskappale"]


def test_found_decided_merged_regretted_undone_told_apart(register):
    filled(register, "Organisaatiot", ORGANISATIONS)
    filled(register, "Yhteyshenkilöt", PEOPLE)
    clean(register)
    kept, gone = register.column("Organisaatiot", "Tunnus")
    assert register.column("Organisaatiot", "Tila")[1] == "yhdistetty"
    assert register.column("Organisaatiot", "Puhelin")[0] == "+358401111111"
    assert set(register.column("Organisaatiot", "Aiheet")[0].split(", ")) == {
        "nuoret",
        "ikäihmiset",
    }
    assert register.column("Organisaatiot", "Yhdistetty")[1] == f"Espoon Apu ry · {kept}"

    ((row, (_, sentence, _, _)),) = asked(register)
    assert "Maija Aalto" in sentence and "Maija Alto" in sentence and "sama puhelin" in sentence
    aalto, alto, *_ = register.column("Yhteyshenkilöt", "Tunnus")
    told = json.loads(
        does(
            register, "cleanup.py", "explain", aalto, alto, "--format", "json", "--lang", "en"
        ).stdout
    )
    assert {"evidence", "weight", "left", "right"} == set(told[0])
    assert any(line["evidence"] == "the same phone" for line in told)

    filled(register, "Verkostot", [{"Nimi": "Verkko", "Koordinoi": "Espoon Apu ry", "Yhteyshenkilö": f"Maija Alto · {alto}"}])  # fmt: skip
    filled(register, "Yhteistyö", [{"Asia": "retki", "Organisaatio": "Espoon Apu ry", "Yhteyshenkilö": f"Maija Alto · {alto}"}])  # fmt: skip
    filled(register, "Tapaamiset", [{"Nimi": "Kokous", "Isäntä": f"Maija Alto · {alto}"}])
    register.types("Tarkista", row, "Päätös", "sama")
    clean(register)
    run = json.loads(does(register, "undo.py", "--format", "json").stdout)[0]["run"]
    survivor, loser = (
        (aalto, alto) if register.column("Yhteyshenkilöt", "Tila")[1] == "yhdistetty" else (alto, aalto)
    )  # fmt: skip
    at = 0 if survivor == aalto else 1
    people = cells(register, "Yhteyshenkilöt", "Tehtävä", "Kutsutaan", "Huom", "Organisaatio")
    lost = "Alto" if loser == alto else "Aalto"
    noted = f"soita iltapäivällä; Sukunimi: {lost}"
    assert people[at][:3] == ("sihteeri", "ei", noted) and kept in people[at][3]
    for tab, header in (("Verkostot", "Yhteyshenkilö"), ("Yhteistyö", "Yhteyshenkilö"), ("Tapaamiset", "Isäntä")):  # fmt: skip
        assert register.column(tab, header)[0].endswith(survivor), tab
    kept_rows = {
        row: json.loads(old)
        for row, mark, old in cells(register, "Loki", "Rivi", "Sarake", "Ennen")
        if mark == "⇄"
    }
    assert set(kept_rows) == {gone, loser}
    assert kept_rows[gone]["phone"] == "+358401111111"
    assert kept_rows[loser]["last"] == lost

    register.types("Yhteyshenkilöt", at + 2, "Kutsutaan", "kyllä")
    ((row, _),) = asked(register)
    register.types("Tarkista", row, "Päätös", "eri")
    said = does(register, "undo.py", run, "--apply", "--lang", "en").stdout
    assert "Somebody has changed this cell" in said
    people = cells(register, "Yhteyshenkilöt", "Sukunimi", "Tehtävä", "Huom", "Kutsutaan")
    assert people[0][:3] == ("Aalto", "", "")
    assert people[1][:3] == ("Alto", "sihteeri", "soita iltapäivällä")
    assert people[at][3] == "kyllä"
    assert "yhdistetty" not in register.column("Yhteyshenkilöt", "Tila")
    for tab, header in (("Verkostot", "Yhteyshenkilö"), ("Yhteistyö", "Yhteyshenkilö"), ("Tapaamiset", "Isäntä")):  # fmt: skip
        assert register.column(tab, header)[0].endswith(alto), tab

    clean(register)
    clean(register)
    assert [(said[2], bool(said[3])) for _, said in asked(register)] == [("eri", True)]
    assert "yhdistetty" not in register.column("Yhteyshenkilöt", "Tila")
    done = does(register, "cleanup.py", *NEVER, "--format", "json")
    assert json.loads(done.stdout)["changes"] == []


def test_who_comes_is_linked_with_who_is_there(register):
    filled(register, "Yhteyshenkilöt", [
        {"Etunimi": "Maija", "Sukunimi": "Aalto", "Sähköposti": "maija.aalto@posti.example"},
        {"Etunimi": "Pekka", "Sukunimi": "Niemi", "Puhelin": "+358505551234"},
    ])  # fmt: skip
    clean(register)
    filled(register, "Saapuneet", [
        {"Nimi": "Maija Aalto", "Sähköposti": "maija.aalto@posti.example", "Puhelin": "+358401234567"},
        {"Nimi": "Uusi Ihminen", "Sähköposti": "uusi@posti.example"},
        {"Nimi": "Pekka Nieminen", "Puhelin": "+358505551234"},
    ])  # fmt: skip
    clean(register)
    known, new, unsure = register.column("Saapuneet", "Tulos")[:3]
    maija, pekka, uusi = register.column("Yhteyshenkilöt", "Tunnus")[:3]
    assert maija in known and uusi in new and "Tarkista" in unsure and pekka not in unsure
    assert register.column("Yhteyshenkilöt", "Puhelin")[0] == ""
    offers = [
        n for n, (kind, offer) in enumerate(cells(register, "Tarkista", "Laji", "Ehdotus"), start=2)
        if offer == "+358401234567"
    ]  # fmt: skip
    ((question, (_, sentence, _, _)),) = asked(register)
    assert "Pekka Nieminen" in sentence and "Pekka Niemi" in sentence
    register.types("Tarkista", offers[0], "Päätös", "hyväksy")
    register.types("Tarkista", question, "Päätös", "eri")
    clean(register)
    assert register.column("Yhteyshenkilöt", "Puhelin")[0] == "+358401234567"
    assert register.column("Yhteyshenkilöt", "Sukunimi")[3] == "Nieminen"
    clean(register)
    assert [said[2] for _, said in asked(register)] == ["eri"]

    (register.folder / "list.csv").write_text(
        "Nimi;Sähköposti\nAalto Maija;maija.aalto@posti.example\nOuto Tuntematon;o@posti.example\n",
        encoding="utf-8",
    )
    book = ("--against", register.book[1])
    done = exits(0, register.folder, "contacts.py", "match", "list.csv", *book, "--format", "json")
    ((pair),) = json.loads(done.stdout)["pairs"]
    assert set(pair) == {"left", "right", "probability", "decision", "evidence"}
    assert (pair["left"], pair["right"], pair["decision"]) == (2, maija, "certain")
