"""What the columns of real lists mean, and which are left alone."""

import pytest

from register.book.errors import UsageError
from register.intake.columns import guess_columns
from register.intake.header_names import header_meaning
from register.intake.row_cards import RowCards
from register.intake.sheet import ListSheet
from register.unpacking import column_letters


def sheet(headers, *rows):
    return ListSheet("list.csv", tuple(headers), tuple(tuple(row) for row in rows))


def targets(mapping):
    return [link.target for link in mapping.links]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Puh.", "phone"),
        ("GSM", "phone"),
        ("Matkapuhelin", "phone"),
        ("Puhelin / GSM", "phone"),
        ("Phone 1 - Value", "phone"),
        ("Tfn", "phone"),
        ("Email", "email"),
        ("S-posti", "email"),
        ("sahkoposti", "email"),
        ("Sähköpsti", "email"),
        ("Yhdistyksen sähköposti", "email"),
        ("E-postadress", "email"),
        ("Yhdistys", "org"),
        ("Förening", "org"),
        ("Kotipaikka", "municipality"),
        ("POSTITOIMIPAIKKA", "municipality"),
        ("Postinro", "postcode"),
        ("Yhteyshenkilö", "name"),
        ("Sukunimi Etunimi", "name"),
        ("given_name", "first"),
        ("Efternamn", "last"),
        ("Y-tunnus", "business_id"),
        ("Äidinkieli", "language"),
        ("Saa lähettää", "consent"),
        ("Samtycke", "consent"),
        ("Lisätiedot", "text"),
        ("Henkilötunnus", "secret"),
        ("Katuosoite", "address"),
        ("Kotisivut", "url"),
        ("date_of_birth", "private"),
    ],
)
def test_what_a_header_means(header, column):
    assert header_meaning(header)[0] == column


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Väri",
        "Ei saa lähettää",
        "Lupa (peruttu)",
        "Kielto",
        "Nimi ja puhelin",
        "contact_id",
        "ContactId",
        "Yhteyshenkilö ID",
        "x" * 10_000,
        "…",
    ],
)
def test_a_header_that_tells_nothing_certain_means_nothing(header):
    assert header_meaning(header)[0] == ""


def test_cells_tell_where_headers_do_not():
    rows = [
        ("Espoon Apu ry", "Matti Virtanen", "a@example.org", "0401234567", "00100", "Espoo", "x"),
        ("Lohjan Tuki ry", "Maija Mäki", "b@example.org", "+358 9 310 1691", "02100", "Lohja", "x"),
        ("Turun Seura rf", "Eeva Salo", "c@example.org", "050-123 4567", "20100", "Turku", "x"),
    ]
    mapping = guess_columns(sheet([""] * 7, *rows))
    assert targets(mapping) == ["org", "name", "email", "phone", "postcode", "municipality", ""]
    assert {link.how for link in mapping.links} == {"cells", "unknown"}


def test_years_dates_sums_and_marks_under_unknown_headers_are_left_alone():
    rows = [
        ("04.05.2020", "1250", "2020", "x", "120101-A"),
        ("05.06.2021", "900", "2021", "", "130202-B"),
    ]
    assert targets(guess_columns(sheet(["q", "w", "e", "r", "t"], *rows))) == [""] * 5


def test_a_name_is_an_organisations_where_its_cells_are():
    of_orgs = guess_columns(sheet(["Nimi", "Puh"], ("Espoon Apu ry", "1"), ("Lohjan Tuki ry", "2")))
    of_people = guess_columns(
        sheet(["Nimi", "Yhdistys"], ("Matti Virtanen", "Apu ry"), ("Maija Mäki", ""))
    )
    beside = guess_columns(sheet(["Nimi", "Yhteyshenkilö"], ("Kierros", "Matti Virtanen")))
    assert targets(of_orgs) == ["org", "phone"]
    assert targets(of_people) == ["name", "org"]
    assert targets(beside) == ["org", "name"]


def test_a_column_is_filled_once_best_first_and_phones_share_theirs():
    mapping = guess_columns(
        sheet(
            ["Yhteyshlön sähköposti", "Sähköposti", "Puh", "GSM"],
            ("a@example.org", "b@example.org", "1", "2"),
        )
    )
    assert targets(mapping) == ["", "email", "phone", "phone"]
    assert mapping.links[0].how == "taken"


def test_foreign_postal_codes_are_not_taken_for_finnish_ones():
    rows = [(str(code), "nowhere hill") for code in range(4011, 4911, 50)]
    mapping = guess_columns(sheet(["postcode", "suburb"], *rows))
    assert [link.how for link in mapping.links] == ["unlike", "unlike"]


def test_finnish_postal_codes_without_their_zeros_are_taken():
    rows = [(code,) for code in ("100", "120", "2100", "20100", "33100", "140", "2600", "150")]
    assert targets(guess_columns(sheet(["Postinro"], *rows))) == ["postcode"]


LIST = sheet(["Puh", "Nimi", "", "Nimi"], ("1", "a", "c", "d"))


def test_orders_come_first_by_header_letter_or_any_language():
    assert targets(guess_columns(LIST, ["puh=-", "C=Telefon"])) == ["", "name", "phone", ""]
    assert targets(guess_columns(LIST, ["Puh=", "C=Viesti"]))[0:3:2] == ["", "text"]


def test_all_faults_of_orders_are_named_together():
    with pytest.raises(UsageError) as error:
        guess_columns(LIST, ["Pu=phone", "Puh=nothing", "x", "Nimi=org"])
    faults = error.value.faults
    assert len(faults) == 4
    assert faults[0][1]["near"] == ["Puh"]


def test_a_column_that_the_book_lacks_is_not_filled():
    assert targets(guess_columns(LIST, targets=("phone", "text"))) == ["phone", "", "", ""]
    with pytest.raises(UsageError):
        guess_columns(LIST, ["Puh=email"], targets=("phone", "text"))


def test_samples_show_no_personal_identity_code():
    mapping = guess_columns(sheet(["Muu", "Hetu"], ("131052-308T", "131052-308T")))
    assert "308T" not in str(mapping)


def test_letters_of_columns():
    assert [column_letters(i) for i in (1, 26, 27, 300)] == ["A", "Z", "AA", "KN"]


AT = ("Osoite", "Postinumero", "Postitoimipaikka")
HERE = ("Kivikatu 1", "00100", "Helsinki")
SPLIT = {"address": "Kivikatu 1", "postcode": "00100", "municipality": "Helsinki"}


def places(kind, headers, *rows):
    """Return of each row of a list what its card says of a place."""
    listed = sheet(headers, *rows)
    reader = RowCards(guess_columns(listed, kind=kind), {})
    return [
        {key: card[key] for key in SPLIT if card.get(key)}
        for row in rows
        for card in reader.cards(row)
    ]


@pytest.mark.parametrize(
    ("kind", "headers", "unnamed", "named"),
    [
        ("organisations", ("Nimi", "Yhteyshenkilö"), ("Kaisla ry", ""), ("Ruoko ry", "Ivo Tamm")),
        ("", ("Yhdistys", "Yhteyshenkilö"), ("Kaisla ry", "-"), ("Ruoko ry", "Ivo Tamm")),
        ("", ("Yhdistys", "Yhteyshenkilö"), ("Kaisla ry", ""), ("Ruoko ry", "rouva M")),
        ("", ("Yhdistys", "Etunimi", "Sukunimi"), ("Kaisla ry", "", ""), ("Ruoko ry", "Ivo", "")),
        ("both", ("Nimi",), ("Kaisla ry",), ("Ivo Tamm",)),
        ("", ("Nimi",), ("Kaisla ry",), ("Ivo Tamm",)),
        (
            "",
            ("Yhdistys", "Yhteyshenkilö", "Sähköposti"),
            ("Kaisla ry", "", "info@kaisla.example"),
            ("Ruoko ry", "", "eila.kaski@gmail.com"),
        ),
    ],
)
def test_a_street_is_an_organisations_where_the_row_names_nobody(kind, headers, unnamed, named):
    rows = ((*unnamed, *HERE), (*named, *HERE))
    assert places(kind, (*headers, *AT), *rows) == [SPLIT, {}]


def test_a_street_and_town_in_one_cell_are_parted_also_where_another_column_is_preferred():
    headers = ("Yhdistys", "Katuosoite", "Postiosoite")
    both = "Kivikatu 1, 00100 Helsinki"
    rows = (("Kaisla ry", both, ""), ("Ruoko ry", "", "PL 5"), ("Sara ry", "", "PL 6"))
    assert places("", headers, *rows) == [SPLIT, {"address": "PL 5"}, {"address": "PL 6"}]


def test_what_is_called_a_home_stays_private_whoever_is_named():
    headers = ("Yhdistys", "Yhteyshenkilö", "Kotiosoite")
    assert places("", headers, ("Kaisla ry", "", "Kivikatu 1"), ("Ruoko ry", "Ivo Tamm", "")) == [
        {},
        {},
    ]


def test_an_example_that_is_cut_says_so():
    long = "sirpa.holopainen@hangon-sydanyhdistys.example"
    (link,) = guess_columns(ListSheet("l", ("Sähköposti",), ((long,),))).links
    assert link.samples[0].endswith("…") and long.startswith(link.samples[0][:-1])
