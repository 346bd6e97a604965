"""What lists from elsewhere have shown: units of a whole, forms of other lands, streets, births."""

import pytest

from register.imports.match_list import ListColumns, match_list
from register.intake.sheet import ListSheet
from register.match.births import birth_cells
from register.match.columns import phone_digits
from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from register.match.streets import split_whole_address, words_of_street
from tests.match import (
    lists_from_abroad,
    lists_from_elsewhere,
    lists_from_programs,
    lists_of_other_hands,
    lists_with_births,
)
from tests.match.associations import Directory
from tests.match.evaluation import figures
from tests.match.strangers import Lists

OTHERS = Lists(77, 300, again=0).rows
MADE = [
    one
    for made in (
        *(lists_from_elsewhere, lists_from_abroad, lists_of_other_hands, lists_from_programs),
        lists_with_births,
    )
    for one in (*made.ORGANISATIONS, *made.PEOPLE)
]


def asked(judge, *rows):
    return [(one.left, one.right) for one in judge(rows)]


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        *[("clubs of a Swedish-speaking coast", 0.97), ("customers, little mess", 0.95)],
        *[("sections under a club's number", 0.9), ("members of a multicultural association", 0.8)],
        *[("their names alone", 0.87), ("a census without birth dates", 0.83)],
        *[("eateries of two guides", 0.95), ("companies of four countries", 0.94)],
        *[("names and birth years", 0.92), ("houses and streets of a town", 0.9)],
        *[("grants of ten offices", 0.9), ("leads, some mess", 0.95), ("full names alone", 0.94)],
        *[("books of a parish", 0.74), ("suppliers of five systems", 0.86)],
        *[("contacts of a CRM, some mess", 0.98), ("people of history", 0.87)],
        *[("births of an office, letters mixed up", 0.95), ("customers with births", 0.95)],
    ],
)
def test_lists_of_kinds_that_nothing_was_tuned_to(kind, least):
    """A question too many is a nuisance; one merged wrongly is a loss. All figures: bench.unseen."""
    ((make, arguments),) = [rest for name, *rest in MADE if name == kind]
    rows, who = make(*arguments)
    reached = figures(rows, who, judge_people if "first" in rows[0] else judge_organisations)
    assert reached.certain_precision == 1 and reached.f1 >= least


@pytest.mark.parametrize(
    ("one", "two", "others"),
    [
        ("K. Paper Ltd", "Kestrel Davis Paper Ltd", ()),
        ("Waco Hist. Society", "Waco Historical Society", ("Leeds Historical Society",)),
        ("Waco Edn Trust", "Waco Education Trust", ("Leeds Education Trust",)),
        ("PÃ¤rnu KÃ¼laselts", "Pärnu Külaselts", ()),
        ("Patel Education Trust c/o Treasurer", "Patel Education Trust", ()),
        ("Patel Education Trust / Pune", "Patel Education Trust", ()),
    ],
)
def test_names_that_are_shortened_or_garbled_are_asked_about(one, two, others):
    rows = [{"name": name, "municipality": "Pune", "phone": "9115550123"} for name in (one, two)]
    assert (0, 1) in asked(judge_organisations, *rows, *({"name": name} for name in others))


def test_numbers_in_brackets_are_of_units_and_spellings_of_one_name_are_no_whole():
    here = {"municipality": "Pune", "phone": "9115550123"}
    names = ("Patel Seva Trust", "PATEL SEVA TRUST", "Patel Seva Trst", "Patel Sewa Trust", "Patel Seva Trust (2)")  # fmt: skip
    rows = [{"name": name, **here} for name in names]
    assert asked(judge_organisations, *rows) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ({"first": "Mr Brittany"}, {"first": "B."}, True),
        ({"first": "Brittany Deborah"}, {"first": "Brittany D."}, True),
        ({"first": "Becky Ann"}, {"first": "Rebecca Ann"}, True),
        ({"first": "Bri\u200btta\u200bny"}, {"first": "Brittany"}, True),
        ({"first": "Brittany"}, {"first": "Brittany", "last": "Ortiz", "email": "brittany.ortiz@orion.example", "phone": "5125550177"}, False),
    ],
)  # fmt: skip
def test_names_as_an_export_has_them(one, two, found):
    office = {"last": "Lindqvist", "org": "Orion Foods", "street": "12 Mill Lane", "email": "brittany.lindqvist@orion.example"}  # fmt: skip
    rows = [{**office, "phone": "5125550199", **cells} for cells in (one, two)]
    assert ((0, 1) in asked(judge_people, *rows, *OTHERS)) is found


def test_a_house_number_alone_is_that_of_a_house_of_its_village():
    rows = [{"first": "Jac.", "last": "Nissen"}, {"first": "Jacob", "last": "Nisssen"}]
    rows = [{**row, "municipality": "Risum", "street": "31"} for row in rows]
    assert asked(judge_people, *rows) == [(0, 1)]


@pytest.mark.parametrize(
    ("headers", "people"),
    [
        (("given", "sur", "company", "mail", "cell", "landline", "addr1"), True),
        (("PRIMARY_NAME_FIRST", "PRIMARY_NAME_LAST", "ADDR_LINE1", "ADDR_POSTAL_CODE"), True),
        (("src", "orgname", "addr1", "town", "zip", "tel"), False),
    ],
)
def test_headers_of_other_hands(headers, people):
    columns = ListColumns.of(ListSheet("list.csv", headers, (("",) * len(headers),)))
    assert columns.people is people
    assert columns.columns.keys() == set(range(len(headers))) - ({0} if "src" in headers else set())


@pytest.mark.parametrize(
    ("headers", "targets"),
    [
        (("first_name", "surname", "birth_place", "postcode_fake", "occupation"),
         ("first", "last", "municipality", "postcode", "role")),
        (("Surname", "Christian name", "Parish", "birthplace"), ("last", "first", "municipality", "")),
        (("Last Name", "Mailing Street", "Mailing City"), ("last", "street", "municipality")),
        (("NAME_FULL", "ADDR_FULL", "PRIMARY_PHONE_NUMBER"), ("name", "street", "phone")),
        (("PRIMARY_NAME_ORG", "WEBSITE_ADDRESS"), ("org", "url")),
        (("first_name", "surname", "work_location", "Email Address"), ("first", "last", "", "email")),
    ],
)  # fmt: skip
def test_headers_of_programs(headers, targets):
    cells = tuple("Anna Malli" if target == "name" else "x" for target in targets)
    columns = ListColumns.of(ListSheet("list.csv", headers, (cells,)))
    assert tuple(columns.columns.get(index, "") for index in range(len(headers))) == targets


def test_of_several_names_of_an_organisation_the_one_that_tells_rows_apart_counts():
    headers = ("Agency", "Site name", "Program Name")
    rows = tuple(("City", f"Nursery {n}", "All day") for n in range(9))
    assert ListColumns.of(ListSheet("list.csv", headers, rows)).columns == {1: "org"}


@pytest.mark.parametrize(
    ("cell", "street", "code", "town"),
    [
        ("12 Main St, Austin TX 78701", "12 Main St", "78701", "Austin"),
        ("1 Main St, Las Vegas, NV 89132", "1 Main St", "89132", "Las Vegas"),
        ("C/ Mayor, 12, 15001 A Coruña", "C/ Mayor, 12", "15001", "A Coruña"),
        ("Stationsplein 3, 3511 AB Utrecht", "Stationsplein 3", "3511 AB", "Utrecht"),
        ("1 High St, Exeter EX4 3PL", "1 High St", "EX4 3PL", "Exeter"),
        ("4th Cross, Indiranagar", "4th Cross, Indiranagar", "", ""),
        ("12345 Main St", "12345 Main St", "", ""),
    ],
)
def test_an_address_in_one_cell_tells_its_town_beside_the_code(cell, street, code, town):
    assert split_whole_address(cell) == (street, code, town)
    columns = ListColumns.of(ListSheet("list.csv", ("Yhdistys", "Osoite"), (("Apu ry", cell),)))
    told, _ = columns.read(("Apu ry", cell))
    assert [told.get(key, "") for key in ("street", "postcode", "municipality")] == [street, code, town]  # fmt: skip


def test_a_box_is_no_other_street_than_a_street():
    street = judge_organisations(_at("Koivutie 5", "PL 12"))
    assert [
        one.level for pair in street for one in pair.reasons if one.comparison == "street"
    ] == []
    boxes = judge_organisations(_at("P.O. Box 12", "PL 12"))
    assert ("street", "same") in {(one.comparison, one.level) for one in boxes[0].reasons}


def _at(*streets):
    return [{"name": "Kilta ry", "municipality": "Espoo", "street": street} for street in streets]


def test_a_former_name_that_is_mistyped_is_known_and_a_neighbour_is_not():
    one = {"street": "Hamnvägen 51", "municipality": "Stockholm", "phone": "+46332578262"}
    names = ("Cooper Verkstad AB (formerly Mälar Johnson Verkstad AB)", "Mälar ohnson Verkstad", "Café Opera")  # fmt: skip
    assert asked(judge_organisations, *({**one, "name": name} for name in names)) == [(0, 1)]


def test_sites_that_differ_in_a_digit_are_two():
    rows = [{"name": "Talleres Ruiz", "url": f"www.ruiz{n}.example"} for n in (70, 170)]
    assert "typo" not in {one.level for pair in judge_organisations(rows) for one in pair.reasons}


def test_a_whole_name_in_the_first_column_is_parted_unless_it_is_first_names():
    columns = ListColumns.of(
        ListSheet("l.csv", ("First Name", "Last Name"), (("Femke", "Bakker"),))
    )
    assert columns.read(("Femke Bakker", ""))[0] == {"first": "Femke", "last": "Bakker"}
    assert columns.read(("Anna Maria", ""))[0] == {"first": "Anna Maria"}


def test_what_a_spreadsheet_has_left_of_a_number_is_no_phone():
    assert {phone_digits(cell) for cell in ("3,58E+11", "n/a", "112")} == {""}


def test_a_column_of_names_is_of_people_only_where_they_look_like_it():
    """Nothing tells what the column "venue" names but the names themselves."""
    rows, _ = lists_of_other_hands.venues(several=60)
    assert all("first" not in row and row["name"] for row in rows)


CLUB = {"business_id": "0171450-7", "municipality": "Kirkkonummi", "url": "www.kiru.example"}
UNITS = ("hiihto", "paini", "suunnistus", "salibandy")


def test_units_of_one_whole_are_asked_about_only_where_their_names_are_alike():
    section = {**CLUB, "email": "hiihto@kiru.example", "phone": "+358401112222"}
    rows = [{**CLUB, "name": f"Kirkkonummen Urheilijat {unit}", "email": f"{unit}@kiru.example"} for unit in UNITS]  # fmt: skip
    rows += [{**section, "name": name} for name in ("Kirkkonummen Urheilijat hiihto P12", "Kirkkonummen Urheilijat hiihto T14",
                                                    "KirU hiihto", "Kirkkonummen Urheilijat ry, hiihtojaosto")]  # fmt: skip
    assert asked(judge_organisations, *rows) == [(0, 6), (0, 7), (6, 7)]


def test_two_contacts_of_no_whole_are_a_question_whatever_the_names_tell():
    one = {"email": "info@kilta.example", "phone": "+358401112222", "municipality": "Espoo"}
    rows = [{**one, "name": f"Kilta {team}"} for team in ("P12", "T14")]
    assert asked(judge_organisations, *rows) == [(0, 1)]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Nordwind Logistik G.m.b.H. & Co. KG", "nordwind logistik"),
        ("SA Rivière Industrie", "riviere industrie"),
        ("Lefèvre S.A.R.L.", "lefevre"),
        ("Oy Esimerkki Ab", "esimerkki"),
        ("Palm, The", "palm"),
        ("The Maple Arts Institute, Inc.", "maple arts institute"),
        ("Espoon Martat r.y.", "espoon martat"),
        ("Spa Hotel Aurora", "spa hotel aurora"),
        ("Ab Oy", "ab"),
    ],
)
def test_a_legal_form_of_any_land_tells_nothing_of_a_name(name, bare):
    assert parse_name(name).name == bare


@pytest.mark.parametrize(
    "name",
    ["Fletcher Paper Ltd (formerly Albion Paper Ltd)", "Albion Paper Ltd t/a Fletcher Paper", "Fletcher Paper DBA Albion Paper",
     "Fletcher Paper Oy (ent. Albion Paper Oy)"],
)  # fmt: skip
def test_a_name_that_was_or_is_used_besides_is_a_name(name):
    assert {"albion paper", "fletcher paper"} <= parse_name(name).names


def test_companies_with_the_forms_of_two_lands_in_two_towns_are_two():
    site = {"name": "Albion Davis Paper Ltd", "url": "www.albion.example", "municipality": "Leeds"}
    abroad = {**site, "name": "Albion Davis Paper GmbH", "municipality": "Hamburg"}
    assert asked(judge_organisations, site, abroad) == []
    assert asked(judge_organisations, site, {**abroad, "municipality": "Leeds"}) == [(0, 1)]


def test_what_many_names_have_in_brackets_is_the_name_of_none():
    rows = [{"name": f"{name} (Las Vegas)", "municipality": "Nevada"} for name in
            ("Noodle House Vivande", "Ristorante Coyote", "Pizzeria Acquarello", "Grill Isis")]  # fmt: skip
    assert asked(judge_organisations, *rows) == []


def test_a_name_with_a_place_and_without_is_proposed_where_there_is_one_such_place():
    rows = [{"name": "Maple Arts Institute"}, {"name": "Maple Arts Institute of Evanston"}]
    others = [{"name": row["name"]} for row in Directory(5, 300).rows]
    assert (0, 1) in asked(judge_organisations, *rows, *others)
    several = [{"name": f"Maple Arts Institute of {place}"} for place in ("Cicero", "Oak Park", "Niles", "Joliet", "Aurora")]  # fmt: skip
    assert (0, 1) not in asked(judge_organisations, *rows, *several, *others)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("5747 W. 46th St.", "5747 West 46th Street", True),
        ("3999 Third Ave.", "3999 3rd Avenue", True),
        ("Hauptstraße 12", "Hauptstr. 12", True),
        ("Storgatan 4", "Storg. 4", True),
        ("12 rue de la Paix", "12, r. de la Paix", True),
        ("5747 W. 46th St.", "5747 W. 47th St.", False),
    ],
)
def test_a_street_is_the_same_however_it_is_written(one, two, same):
    assert words_of_street(one) and (words_of_street(one) == words_of_street(two)) == same


def test_another_house_of_a_street_that_many_have_is_another_address():
    rows = [{"first": row["first"], "last": row["last"], "street": f"{n} Mill Lane", "municipality": "Trinity"}
            for n, row in enumerate(OTHERS, start=200)]  # fmt: skip
    anna = {"first": "Anna", "last": "Malli", "municipality": "Trinity"}

    def likely(*streets):
        found = judge_people([*({**anna, "street": street} for street in streets), *rows])
        return max((one.probability for one in found if one.right < 2), default=0)

    assert likely("17 Mill Lane", "17 Mill Lane") > 0.99 > likely("17 Mill Lane", "117 Mill Lane")


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("1953", "1953"),
        ("12.3.1953", "1953 03 12"),
        ("3/12/1953", "1953 03 12"),
        ("1953-03-12", "1953 03 12"),
        ("19530312", "1953 03 12"),
        ("3/12/53", "1953 03 12"),
        ("12-Mar-53", "1953 03 12"),
        ("1.2.05", "2005 01 02"),
        ("12.3.35", "1935 03 12"),
        ("s. 12.3.-53", "1953 03 12"),
        ("120353", "1953 03 12"),
        ("530312", "1953 03 12"),
        ("12. maaliskuuta 1953", "1953 03 12"),
        ("12 mars 1953", "1953 03 12"),
        ("12.3.", ""),
        ("12 March 1953", "1953 03 12"),
        ("about 1953 or 1954", ""),
        ("31", ""),
        ("=1+1", ""),
    ],
)
def test_a_birth_is_read_in_any_order(cell, born):
    assert birth_cells(cell)["born"] == born


@pytest.mark.parametrize(
    ("header", "one", "two", "found"),
    [
        ("Syntymävuosi", "1953", "1953", True),
        ("Date of birth", "12.3.1953", "1953", True),
        ("Födelseår", "1953", "1971", False),
    ],
)
def test_births_tell_namesakes_apart_in_a_list(header, one, two, found):
    rows = [("Anna", "Virtanen", one), ("Anna", "Virtanen", two)]
    rows += [(row["first"], row["last"], str(1930 + n % 70)) for n, row in enumerate(OTHERS)]
    sheet = ListSheet("list.csv", ("Etunimi", "Sukunimi", header), tuple(rows))
    assert (("2", "3") in {(one.left, one.right) for one in match_list(sheet)}) == found


def test_another_birth_makes_a_name_and_a_mailbox_a_question():
    one = {"first": "Maija", "last": "Virtanen", "email": "maija.virtanen@koti.example"}
    rows = [{**one, "born": born} for born in ("1953", "1979")]
    assert {pair.decision for pair in judge_people(rows)} <= {"likely"}
    assert [pair.decision for pair in judge_people([one, one])] == ["certain"]


BORN = {"born": "12.3.1953", "municipality": "Bolton"}


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        (("Nerman", "Watson"), ("eNrman", "Wtason"), True),
        (("Nerman", "Watson"), ("Watsno", "Nreman"), True),
        (("Susan", "Mooney"), ("Susanne", "Mooney"), True),
        (("Mary", "Watson"), ("Martin", "Watson"), False),
        (("Anna", "Watson"), ("Ella", "Watson"), False),
        (("", "王杰"), ("Jie", "Wang"), True),
        (("Александр", "Васильев"), ("Aleksandr", "Vasilev"), True),
    ],
)
def test_names_of_one_day_of_birth_may_be_badly_written_or_in_another_alphabet(one, two, found):
    rows = [{**BORN, "first": first, "last": last} for first, last in (one, two)]
    assert ((0, 1) in asked(judge_people, *rows, *OTHERS)) is found


def test_unlike_names_born_on_different_days_are_two_at_one_address():
    home = {"last": "Watson", "street": "1304 Mill Lane", "email": "watson@mail.example"}
    rows = [{**home, "first": first, "born": born} for first, born in
            (("Nermano", "12.3.1953"), ("Nermina", "30.11.1979"))]  # fmt: skip
    assert asked(judge_people, *rows) == []
    assert asked(judge_people, *({**row, "born": ""} for row in rows)) == [(0, 1)]


def test_the_extension_of_a_phone_is_no_part_of_it():
    assert {phone_digits(cell) for cell in ("(312) 555-0100 x12", "312.555.0100", "312 555 0100 ext. 9")} == {"3125550100"}  # fmt: skip
