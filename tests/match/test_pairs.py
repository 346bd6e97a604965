import pytest

from register.match.certain import certain_organisations
from register.match.certain_people import certain_people, tied_people
from register.match.pairs import organisation_pairs, people_pairs
from tests.making import book
from tests.match.contacts import Town

KEYS = ("first", "last", "email", "phone", "municipality")

A, B = "O-MYRB1", "O-C30J9"
H, K = "H-0JCDN", "H-WR637"


def organisations(one, two):
    return [
        (pair.certainty, pair.evidence)
        for pair in organisation_pairs(book(organisations=[{"id": A, **one}, {"id": B, **two}]))
    ]


def people(one, two):
    return [
        (pair.certainty, pair.evidence)
        for pair in people_pairs(book(people=[{"id": H, **one}, {"id": K, **two}]))
    ]


def test_the_same_number_and_alike_names_are_certain():
    one = {"name": "Espoon Apu ry", "business_id": "0112038-9", "municipality": "Espoo"}
    assert organisations(one, {**one, "name": "Espoon apu r.y."})[0][0] == "certain"
    assert organisations(one, {**one, "municipality": "Vantaa"})[0][0] == "certain"


def test_the_same_number_and_quite_other_names_are_asked_about():
    one = {"name": "Espoon Apu ry", "business_id": "0112038-9"}
    assert organisations(one, {**one, "name": "Kirjakauppa Nide Oy"})[0][0] == "likely"


@pytest.mark.parametrize(
    ("one", "two", "evidence"),
    [
        ("Espoon Apu ry", "Espoon Apu", "title_exact_here"),
        ("Espoon Apu ry", "Espoon Apu, rekisteröity yhdistys", "title_exact_here"),
        ("Espoon Lähimmäisapu ry", "Espoon Lähimäisapu ry", "title_slip"),
        ("Vapaaehtoisten Yhdistys ry", "Yhdistys Vapaaehtoisten ry", "title_words"),
        ("Espoon Martat ry", "Martat, Espoo", "title_words"),
        ("Espoon kotiseutuyhdistys ry", "Esbo hembygdsförening rf", "title_language"),
        ("SPR Espoon osasto", "Finlands Röda Kors Esbo avdelning", "title_language"),
        ("Espoon kaupunki / Esbo stad", "Esbo stad", "title_alias"),
        ("MLL Tapiolan yhdistys", "Mannerheimin Lastensuojeluliitto Tapiola", "title_words"),
        ("Esimerkkijärjestöjen yhteistyö ja tuki ry (EJYT)", "EJYT ry", "title_acronym"),
        ("Espoon järjestöjen yhteisö ry", "EJY ry", "title_acronym"),
    ],
)
def test_alike_names_in_one_place_are_likely(one, two, evidence):
    ((certainty, told),) = organisations(
        {"name": one, "municipality": "Espoo"}, {"name": two, "municipality": "Espoo"}
    )
    assert certainty == "likely" and told[0] == evidence


def test_a_short_name_is_evidence():
    one = {"name": "Esimerkkijärjestöjen yhteistyö ry", "short": "EJY", "municipality": "Espoo"}
    assert (
        organisations(one, {"name": "EJY ry", "municipality": "Espoo"})[0][1][0] == "title_acronym"
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"name": "Apu ry", "business_id": "0112038-9"}, {"name": "Apu ry", "business_id": "1572860-0"}),
        ({"name": "Apu ry", "municipality": "Espoo"}, {"name": "Apu ry", "municipality": "Vantaa"}),
        ({"name": "Liiton Pirkanmaan piiri ry"}, {"name": "Liiton Pohjanmaan piiri ry"}),
        ({"name": "Lasten Tuki Tampere ry"}, {"name": "Lasten Tuki Turku ry"}),
        ({"name": "Martat ry"}, {"name": "Nuoret ry"}),
        ({"name": "MLL Tapiola ry", "municipality": "Espoo"}, {"name": "MLL Tapanila ry", "municipality": "Espoo"}),
        ({"name": "Itä-Helsingin VPK ry"}, {"name": "Länsi-Helsingin VPK ry"}),
        ({"name": "Osasto 12 ry"}, {"name": "Osasto 13 ry"}),
        ({"name": "Espoon Apu ry"}, {"name": "Espoon Apu säätiö sr"}),
        ({"name": "Espoon seurakunta"}, {"name": "Espoon kaupunki"}),
        ({"name": "Nummi-Pusulan Martat ry"}, {"name": "Lohjan Martat ry"}),
        ({"name": "Espoon Näkövammaiset ry"}, {"name": "Espoon Kuulovammaiset ry"}),
        ({"name": "x", "status": "merged"}, {"name": "x"}),
        ({"name": ""}, {"name": ""}),
    ],
)  # fmt: skip
def test_organisations_that_are_never_a_pair(one, two):
    assert organisations(one, two) == []


MATTI = {"first": "Matti", "last": "Virtanen", "org": f"x · {A}", "email": "matti@example.org"}


def test_the_same_name_mailbox_and_organisation_are_certain():
    assert people(MATTI, {**MATTI, "email": "Matti@EXAMPLE.org"})[0][0] == "certain"
    assert people(MATTI, {**MATTI, "first": "Virtanen", "last": "Matti"})[0][0] == "certain"


def test_the_same_name_and_own_mailbox_in_another_organisation_are_one_human_and_two_rows():
    other = {**MATTI, "org": f"y · {B}"}
    assert people(MATTI, other)[0][0] == "likely"
    there = book(people=[{"id": H, **MATTI}, {"id": K, **other}])
    assert [(one.left, one.right) for one in tied_people(there)] == [(H, K)]


def test_who_has_no_organisation_is_merged_where_there_is_no_choice():
    assert people(MATTI, {**MATTI, "org": ""})[0][0] == "certain"
    rows = [
        {"id": H, **MATTI},
        {"id": K, **MATTI, "org": f"y · {B}"},
        {"id": "H-C30J9", **MATTI, "org": ""},
    ]
    assert {pair.certainty for pair in people_pairs(book(people=rows))} == {"likely"}


ALONE = [
    ({"first": "M."}, {"first": "M."}),
    ({"first": "Ei", "last": "Tiedossa"}, {"first": "Ei", "last": "Tiedossa"}),
    ({"email": "sihteeri@example.org"}, {"email": "sihteeri@example.org"}),
    ({"party": "SDP"}, {"party": "KOK"}),
    ({"email": "matti@example.org"}, {"email": "m.virtanen@example.org"}),
]


@pytest.mark.parametrize(("one", "two"), ALONE)
def test_what_is_no_evidence_of_one_human(one, two):
    for org in (A, B):
        rows = [{"id": H, **MATTI, **one}, {"id": K, **MATTI, **two, "org": f"y · {org}"}]
        assert tied_people(book(people=rows)) == certain_people(book(people=rows)) == []


def test_another_phone_and_organisation_are_a_question_in_one_organisation_two_phones():
    one, two = ({**MATTI, "phone": phone} for phone in ("+358401111111", "+358402222222"))
    assert people(one, two)[0][0] == "certain"
    assert people(one, {**two, "org": f"y · {B}"})[0][0] == "likely"
    elsewhere = book(people=[{"id": H, **one}, {"id": K, **two, "org": f"y · {B}"}])
    assert tied_people(elsewhere) == []


def test_a_couple_with_one_mailbox_is_never_one_and_their_initials_are_a_question():
    home = {"last": "Virtanen", "email": "virtaset@kotiposti.example"}
    martat = {"org": f"Martat · {A}", "phone": "+358501112222", **home}
    fishers = {"org": f"Kalamiehet · {B}", "phone": "+358403334444", **home}
    rows = [
        {"id": "H-0JCDN", "first": "M.", **martat},
        {"id": "H-WR637", "first": "M.", **fishers},
        {"id": "H-C30J9", "first": "Maija", **martat},
        {"id": "H-MYRB1", "first": "Mauri", **fishers},
    ]
    there = book(people=rows)
    assert certain_people(there) == tied_people(there) == []
    asked = {(pair.left, pair.right) for pair in people_pairs(there)}
    assert ("H-C30J9", "H-MYRB1") not in asked
    both = book(
        people=[*rows[2:], {**rows[2], "id": "H-EQR54", "org": f"Kuoro · {K}", "phone": ""}]
    )
    assert tied_people(both) == []


@pytest.mark.parametrize("name", [
    ("Ei", "Tiedossa"), ("N", "N"), ("N.N.", ""), ("Yhdistyksen", "Sihteeri"), ("", "x"), ("", "puheenjohtaja"),
    ("", "avoin"), ("", "vakant"), ("", "okänd"), ("tuntematon", "tuntematon"), ("-", "-"), ("Föreningens", "sekreterare"),
])  # fmt: skip
def test_what_stands_for_a_name_is_nobody(name):
    post = {
        "first": name[0],
        "last": name[1],
        "role": "sihteeri",
        "email": "koordinaattori@liitto.example",
    }
    for org in (A, B):
        assert people({**post, "org": f"x · {A}"}, {**post, "org": f"y · {org}"}) == []


@pytest.mark.parametrize(("one", "two"), [
    ("Espoon Sydänyhdistys ry", "Espoon Syöpäyhdistys ry"), ("Turun Mieskuoro ry", "Turun Naiskuoro ry"),
    ("Hämeenlinnan Sotainvalidit ry", "Hämeenlinnan Sotaveteraanit ry"), ("Hauhon Martat ry", "Hämeenlinnan Martat ry"),
    ("SPR Espoon osasto", "SPR Vantaan osasto"), ("Espoon Sydänyhdistys ry", "Kuopion Kissatalo ry"),
    ("MRL Oulun yhdistys ry 300", "Metsän ja rannan liitto MRL ry 300"), ("YlÃ¶jÃ¤rven Aivoyhdistys ry", "Ylöjärven Aivoyhdistys ry"),
    ("Nokian seurakunta", "Nokian seurakunta, lapsityö"), ("Setlementti - Kansalaisopisto", "Setlementti - Kriminaalityö"),
    ("Setlementti", "Setlementti - Kriminaalityö"),
])  # fmt: skip
def test_the_same_number_with_another_name_is_a_question(one, two):
    for key, number in (("business_id", "0171450-7"), ("assoc_no", "208743")):
        found = organisations({"name": one, key: number}, {"name": two, key: number})
        assert [certainty for certainty, _ in found] == ["likely"], key
    wrong = organisations({"name": one, "business_id": "0171450-8"}, {"name": two, "business_id": "0171450-8"})  # fmt: skip
    assert wrong == organisations({"name": one}, {"name": two})


def test_the_branches_of_a_parish_carry_its_number():
    branches = ("lapsityö", "nuorisotyö", "diakonia", "musiikki", "lähetys")
    rows = [
        {"id": f"O-{number}0JCD", "name": f"Nokian seurakunta, {name}", "business_id": "0171450-7"}
        for number, name in enumerate(branches)
    ]
    assert [pair for pair in organisation_pairs(book(organisations=rows)) if pair.certainty == "certain"] == []  # fmt: skip
    assert certain_organisations(book(organisations=rows)) == []


@pytest.mark.parametrize(
    "other",
    [
        {"email": "m.virtanen@example.org"},
        {"email": "", "phone": ""},
        {"last": "Virtane"},
        {"first": "M", "email": "matti@example.org"},
    ],
)
def test_nearly_the_same_person_is_asked_about(other):
    assert [certainty for certainty, _ in people(MATTI, {**MATTI, **other})] == ["likely"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (MATTI, {**MATTI, "first": "Maija"}),
        ({**MATTI, "email": "info@example.org"}, {**MATTI, "first": "Anna", "last": "Aalto",
                                                  "email": "info@example.org"}),
        ({**MATTI, "phone": "+358401234567"}, {**MATTI, "first": "Pekka", "email": "",
                                               "phone": "+358401234567"}),
        ({"org": f"x · {A}"}, {"org": f"x · {A}"}),
        (MATTI, {**MATTI, "status": "archived"}),
    ],
)  # fmt: skip
def test_people_that_are_never_a_pair(one, two):
    assert people(one, two) == []


def test_a_block_that_everybody_is_in_does_not_explode():
    rows = [{**row, "email": "info@example.org"} for row in Town(3, 2000).rows]
    assert len(people_pairs(book(people=[{k: row[k] for k in KEYS} for row in rows]))) < 3000
