from datetime import date

import pytest

from register.intake.completions import completions
from register.intake.intake import take_in
from tests.making import book

TODAY = date(2026, 11, 23)
A = "O-MYRB1"
S = ["S-MYRB1", "S-C30J9", "S-0JCDN"]


def taken(*cards, **more):
    options = {key: more.pop(key) for key in ("invite", "passed_over") if key in more}
    rows = [{"id": row_id, **card} for row_id, card in zip(S, cards, strict=False)]
    start = book(inbox=rows, **more)
    return start.with_changes(take_in(start, TODAY, **options))


def rows(book_, tab):
    return [row for _, row in book_.table(tab).rows()]


CARD = {"name": "Virtanen Matti", "org": "Espoon Apu r.y.", "email": "matti@example.org",
        "municipality": "Esbo", "phone": "040 123 4567", "role": "sihteeri"}  # fmt: skip


def test_a_card_becomes_an_organisation_and_a_person():
    after = taken(CARD)
    (org,), (person,) = rows(after, "organisations"), rows(after, "people")
    assert (org["name"], org["type"], org["municipality"]) == (
        "Espoon Apu ry",
        "association",
        "Espoo",
    )
    assert (person["first"], person["last"], person["role"]) == ("Matti", "Virtanen", "sihteeri")
    assert person["phone"] == "+358401234567" and person["org"].endswith(org["id"])
    assert person["invite"] == "no" and person["basis"] == "legitimate_interest"
    assert (org["source"], person["source"]) == (f"Saapuneet {S[0]}", "")
    assert person["added_on"] == "2026-11-23"
    (card,) = rows(after, "inbox")
    assert card["result"] == f"uusi {org['id']}, uusi {person['id']}"


def test_a_second_time_nothing_is_taken():
    after = taken(CARD)
    assert take_in(after, TODAY) == []


def test_two_cards_of_one_person_are_one_person_who_is_completed():
    after = taken(CARD, {**CARD, "name": "Matti Virtanen", "language": "ruotsi"})
    (person,) = rows(after, "people")
    assert person["language"] == "sv"
    assert "".join(row["result"] for row in rows(after, "inbox")).count("tuttu") == 2


def test_what_further_cards_of_a_new_person_say_is_added():
    cards = [
        {**CARD, "text": "Jäsen 7"},
        {**CARD, "role": "rahastonhoitaja", "phone": "0405550901", "text": "Jäsen 7\nVaihtuu"},
        {**CARD, "phone": "0405550902"},
    ]
    for order in (cards, cards[::-1]):
        after = taken(*order)
        (person,) = rows(after, "people")
        assert set(person["role"].split(", ")) == {"sihteeri", "rahastonhoitaja"}
        told = [person["phone"], person["phone2"], *person["notes"].splitlines()]
        numbers = ["+358401234567", "+358405550901", "+358405550902"]
        assert sorted(told) == [*numbers, "Jäsen 7", "Vaihtuu"]


def test_topics_on_several_rows_of_a_new_organisation_are_united():
    after = taken({**CARD, "topics": "Melonta"}, {**CARD, "topics": "Soutu, Melonta"})
    (org,) = rows(after, "organisations")
    assert sorted(org["topics"].split(", ")) == ["Melonta", "Soutu"]


def test_whoever_refuses_letters_on_one_of_several_rows_is_not_invited():
    agrees, refuses = {**CARD, "consent": "yes", "text": "Jäsen 7"}, {**CARD, "consent": "no"}
    for cards in ((agrees, refuses), (refuses, agrees), ({**agrees, "text": ""}, refuses)):
        (person,) = rows(taken(*cards), "people")
        assert person["invite"] == "no"


def test_of_several_rows_the_one_that_stands_first_says_new_whichever_tells_most():
    poor = {"name": "Maija Salo", "org": CARD["org"]}
    for cards in ((poor, CARD), (CARD, poor)):
        after = taken(*cards)
        (org,) = rows(after, "organisations")
        assert org["municipality"] == "Espoo"
        words = [row["result"].partition(",")[0] for row in rows(after, "inbox")]
        assert words == [f"uusi {org['id']}", f"tuttu {org['id']}"]
        assert [row["result"].count("uusi") for row in rows(after, "inbox")] == [2, 1]


def test_the_same_name_elsewhere_is_another_organisation():
    after = taken(CARD, {**CARD, "municipality": "Vantaa"})
    assert len(rows(after, "organisations")) == 2


def test_a_number_is_known_with_its_name_and_never_alone():
    known = {"id": A, "name": "Espoon Lähimmäisapu ry", "business_id": "0112038-9"}
    for name, count in (
        ("Espoon Lähimmäisapu", 1),
        ("Espoon Lähimmäisapuu ry", 1),
        ("Espoon Aivot ry", 2),
        ("Jotain muuta", 2),
    ):
        after = taken({"org": name, "business_id": "01120389"}, organisations=[known])
        assert len(rows(after, "organisations")) == count, name


def test_a_number_that_cannot_be_is_no_evidence():
    known = {"id": A, "name": "Espoon Apu ry", "business_id": "0112038-8", "municipality": "Espoo"}
    card = {"org": "Kissatalo ry", "business_id": "0112038-8"}
    assert len(rows(taken(card, organisations=[known]), "organisations")) == 2
    same = {"org": "Espoon Apu ry", "business_id": "1572860-1", "municipality": "Espoo"}
    assert len(rows(taken(same, organisations=[known]), "organisations")) == 1


def test_a_person_of_a_number_that_is_anothers_is_not_put_there():
    known = {"id": A, "name": "Espoon Sydänyhdistys ry", "business_id": "0171450-7"}
    card = {"org": "Kuopion Kissatalo ry", "business_id": "0171450-7", "name": "Pekka Salo"}
    (pekka,) = rows(taken(card, organisations=[known]), "people")
    assert "Kissatalo" in pekka["org"] and not pekka["org"].endswith(A)


def test_a_post_in_another_organisation_is_a_row_of_its_own():
    card = {"name": "Kaisa Lampi", "email": "kaisa.lampi@mail.example", "role": "sihteeri"}
    orgs = ("Lahden kuvakerho ry", "Setlementti Iso ry", "Lahden kuvakerho ry", "")
    after = taken(*({**card, "org": org} for org in orgs[:3]))
    assert len({row["org"] for row in rows(after, "people")}) == len(rows(after, "people")) == 2
    one = taken({**card, "org": orgs[0]}, {**card, "org": ""})
    assert len(rows(one, "people")) == 1
    alone = {
        "id": "H-0JCDN",
        "first": "Kaisa",
        "last": "Lampi",
        "email": "kaisa.lampi@mail.example",
    }
    there = taken({**card, "org": orgs[0]}, people=[alone])
    assert len(rows(there, "people")) == 1
    offer = next(one for one in completions(there) if one.column == "org")
    assert "Lahden kuvakerho ry · O-" in offer.value


def test_a_person_without_an_organisation_is_taken_in():
    (person,) = rows(taken({"first": "Maija", "last": "Malli"}), "people")
    assert person["org"] == "" and person["first"] == "Maija"


@pytest.mark.parametrize(
    ("card", "options", "invite", "basis"),
    [
        ({"consent": "yes"}, {}, "yes", "consent"),
        ({"consent": "no"}, {}, "no", "legitimate_interest"),
        ({}, {"invite": True}, "yes", "legitimate_interest"),
        ({"group": "elected"}, {}, "no", "public_duty"),
        ({"org": "Espoon kaupunki"}, {}, "no", "legitimate_interest"),
    ],
)
def test_who_is_invited_and_why_they_are_kept(card, options, invite, basis):
    (person,) = rows(taken({**CARD, **card}, **options), "people")
    assert (person["invite"], person["basis"]) == (invite, basis)
    assert bool(person["consent_on"]) == (basis == "consent")


def test_what_is_not_certain_is_taken_in_as_it_stands():
    card = {
        **CARD,
        "email": "maija(at)example.org",
        "phone": "040 1 tai 2",
        "municipality": "Nokela",
    }
    (person,) = rows(taken(card), "people")
    assert person["email"] == "maija(at)example.org" and person["phone"] == "040 1 tai 2"


def test_blank_cells_of_a_known_row_are_offered_and_not_written():
    known = {"id": A, "name": "Espoon Apu ry", "municipality": "Espoo"}
    after = taken({"org": "Espoon Apu ry", "phone": "09 310 1691"}, organisations=[known])
    assert rows(after, "organisations")[0]["phone"] == ""
    (offer,) = completions(after)
    assert (offer.row_id, offer.column, offer.value) == (A, "phone", "+35893101691")


def test_what_is_left_alone():
    assert rows(taken({**CARD, "result": "uusi"}), "people") == []
    assert rows(taken(CARD, passed_over=[S[0]]), "people") == []
    assert rows(taken({"text": "kiitos kutsusta"}), "people") == []


def test_a_result_that_names_a_row_which_never_came_is_none():
    after = taken(CARD)
    (org,), (person,) = rows(after, "organisations"), rows(after, "people")
    lost = book(organisations=[org], inbox=rows(after, "inbox"))
    again = lost.with_changes(take_in(lost, TODAY))
    (card,), (new,) = rows(again, "inbox"), rows(again, "people")
    assert card["result"] == f"tuttu {org['id']}, uusi {new['id']}"
    assert (new["last"], new["email"]) == (person["last"], person["email"])


def test_a_row_that_somebody_has_deleted_stays_deleted():
    after = taken(CARD)
    (org,), (person,) = rows(after, "organisations"), rows(after, "people")
    told = [{"id": "L-MYRB1", "run": "r", "row": person["id"], "col": "+", "new": "{}"}]
    assert take_in(book(organisations=[org], inbox=rows(after, "inbox"), log=told), TODAY) == []
    known = [{"id": S[0], **CARD, "result": f"tuttu {org['id']}"}]
    assert take_in(book(inbox=known), TODAY) == []


@pytest.mark.parametrize(
    ("area", "kept", "noted"),
    [
        ("Uusimaa, Kauniainen", "Uusimaa, Kauniainen", ""),
        ("Tapiolan alue", "Tapiolan alue", ""),
        ("Matinkylä ja Olarinranta", "", "Toiminta-alue: Matinkylä ja Olarinranta"),
        ("Kirkonummi", "Kirkonummi", ""),
    ],
)
def test_where_it_acts_is_an_area_that_we_know_or_stands_in_the_notes(area, kept, noted):
    card = {"id": "S-ADRRK", "org": "Apu ry", "municipality": "Espoo", "area": area}
    own = [{"areas": "Tapiolan alue", "area_municipalities": "Espoo"}]
    register = book(inbox=[card], choices=own)
    taken = register.with_changes(take_in(register, date(2026, 11, 29)))
    (row,) = (row for _, row in taken.table("organisations").rows())
    assert (row["area"], row["notes"]) == (kept, noted)


def test_a_sign_of_life_is_kept_where_it_is_later_than_the_one_that_is_known():
    for there, comes, kept in (
        ("", "2025 avustus", "2025 avustus"),
        ("2024 avustus", "1.3.2025 muuttunut", "1.3.2025 muuttunut"),
        ("1.3.2026 muuttunut", "2025 avustus", "1.3.2026 muuttunut"),
    ):
        ours = {"name": "Apu ry", "municipality": "Espoo", "type": "association", "sign": there}
        card = {"id": "S-ADRRK", "org": "Apu ry", "municipality": "Espoo", "sign": comes}
        register = book(organisations=[ours], inbox=[card])
        taken = register.with_changes(take_in(register, date(2026, 11, 29)))
        assert [row["sign"] for _, row in taken.table("organisations").rows()] == [kept]
