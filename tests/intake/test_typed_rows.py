"""What somebody types into the inbox by hand is read as the row of a list is."""

import pytest
from hypothesis import given, strategies as st

from register.cleanup.cleanup import CleanupOptions, cleanup
from register.intake.typed_rows import cards_in_text, read_typed_rows
from register.people.refusals import Refusals
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY = Sentences("fi")
ONE = {"id": "S-0QXJF"}
EILA = {"name": "Eila Kaski", "org": "Kaislan Apu ry"}
REACHED = {**EILA, "email": "eila@kaisla.example", "phone": "040 123 4567"}


def typed(**cells):
    start = book(inbox=[{**ONE, **cells}])
    return start.with_changes(tuple(read_typed_rows(start)))


def rows(after):
    return [
        {key: cell for key, cell in row.items() if cell and key != "id"}
        for _, row in after.table("inbox").rows()
    ]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"name": "Kaislan Apu ry"}, {"org": "Kaislan Apu ry"}),
        ({"name": "Eila Kaski, Nuorisokeskus Vire"}, {"name": "Eila Kaski", "org": "Nuorisokeskus Vire"}),
        ({"name": "Eila Kaski / Kaislan Apu ry"}, EILA),
        ({"org": "Kaislan Apu ry, Eila Kaski"}, EILA),
        ({"name": "Eila Kaski pj", "org": "Kaislan Apu ry"}, {**EILA, "role": "puheenjohtaja"}),
        ({**EILA, "email": "eila@kaisla.example / 040 123 4567"}, REACHED),
        ({**EILA, "phone": "040 123 4567, eila@kaisla.example"}, REACHED),
        ({"text": "Eila Kaski, Kaislan Apu ry, eila@kaisla.example, 040 123 4567"}, REACHED),
        ({"text": "Eila Kaski\nKaislan Apu ry\n040 123 4567\neila@kaisla.example"}, REACHED),
        ({"text": "Kaislan Apu ry"}, {"org": "Kaislan Apu ry"}),
        ({"text": "Kaislan Apu ry: uusi osoite info@kaisla.example"}, {"org": "Kaislan Apu ry", "email": "info@kaisla.example"}),
        ({"text": "Kaislan Apu ry, nytt nummer 040 123 4567"}, {"org": "Kaislan Apu ry", "phone": "040 123 4567"}),
        ({"text": "Eila Kaski, puh 040 123 4567 (ei 050 123 4567)"}, {"name": "Eila Kaski", "phone": "040 123 4567", "text": "Eila Kaski, puh 040 123 4567 (ei 050 123 4567)"}),
        ({"text": "Eila Kaski 040 123 4567, inte 050 123 4567"}, {"name": "Eila Kaski", "phone": "040 123 4567", "text": "Eila Kaski 040 123 4567, inte 050 123 4567"}),
        ({"text": "kysy Pertiltä mikä on Kallion kyläyhdistyksen puheenjohtajan nimi"}, {"text": "kysy Pertiltä mikä on Kallion kyläyhdistyksen puheenjohtajan nimi"}),
        ({"name": "Eila"}, {"name": "Eila"}),
        ({"name": "Eila (Kaislan kerho)"}, {"name": "Eila", "org": "Kaislan kerho"}),
        ({"name": "Eila Kaski, tuottaja, Kaislan Apu ry"}, {**EILA, "role": "tuottaja"}),
        ({"name": "Kaislan Apu ry, Eila Kaski, tuottaja"}, {**EILA, "role": "tuottaja"}),
        ({"name": "Eila Kaski", "text": "040 123 4567"}, {"name": "Eila Kaski", "phone": "040 123 4567"}),
        ({"name": "Eila Kaski", "text": "uusi numero 040 123 4567"}, {"name": "Eila Kaski", "phone": "040 123 4567", "text": "uusi numero 040 123 4567"}),
        ({"name": "Eila Kaski", "text": "Kaislan Apu ry, eila@kaisla.example"}, {**EILA, "email": "eila@kaisla.example"}),
        ({"text": "Eila Kaski\ntuottaja\nKaislan Apu ry\n040 123 4567\neila@kaisla.example"}, {**REACHED, "role": "tuottaja"}),
        ({"text": "Eila Kaski\nProject Manager\nKaislan Apu ry\n040 123 4567"}, {**EILA, "role": "project manager", "phone": "040 123 4567"}),
    ],
)  # fmt: skip
def test_each_cell_gets_what_is_its_own(cells, wanted):
    assert rows(typed(**cells, met_at="messut")) == [{**wanted, "met_at": "messut"}]


def test_the_people_of_an_organisation_stand_in_its_message():
    assert rows(typed(org="Kaislan Apu ry", text="pj Eila Kaski 040 123 4567, siht. Ivo Tamm")) == [
        {**EILA, "role": "puheenjohtaja", "phone": "040 123 4567"},
        {**EILA, "name": "Ivo Tamm", "role": "sihteeri"},
    ]


def test_the_line_of_a_card_that_the_mailbox_is_called_after_is_the_organisation():
    text = "Karin Ek\nverksamhetsledare\nLuckan Esbo\nkarin.ek@luckan.example"
    (row,) = rows(typed(text=text))
    assert (row["name"], row["org"], row["role"]) == (
        "Karin Ek",
        "Luckan Esbo",
        "verksamhetsledare",
    )


def test_an_address_of_two_goes_to_whose_it_is():
    cells = {
        "name": "Anne ja Mikko Rinne",
        "org": "Kaislan Apu ry",
        "email": "anne.rinne@kaisla.example",
    }
    assert [row.get("email", "") for row in rows(typed(**cells))] == [
        "anne.rinne@kaisla.example",
        "",
    ]


def test_a_text_of_which_something_is_left_stays_whole():
    text = "uusi puheenjohtaja Eila Kaski, Kaislan Apu ry"
    assert rows(typed(text=text)) == [{**EILA, "role": "puheenjohtaja", "text": text}]


def test_several_people_get_rows_of_their_own_with_where_they_were_met():
    cells = {"name": "Eila Kaski ja Ivo Tamm", "org": "Kaislan Apu ry", "met_at": "messut"}
    assert rows(typed(**cells)) == [
        {**EILA, "met_at": "messut"},
        {**EILA, "name": "Ivo Tamm", "met_at": "messut"},
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"text": "soita Maijalle 040 123 4567"},
        {"text": "Kiitos viimeisestä!"},
        {"text": "Soitin Leena Virralle, lupaa tulla kevään tapaamiseen."},
        {"text": "ei enää kutsuja Pertti Mäelle"},
        {"text": "Soita Maija Mallille 040 123 4567"},
        {"text": "Olli Kosken numero on 050 123 4567"},
        {"name": "Eila Kaski", "text": "kysy Pertiltä 040 123 4567"},
        {"name": "Kaislan Apu ry", "at": "2026-11-23T09:00:00"},
        {"name": "Kaislan Apu ry", "result": "uusi O-MYRB1"},
        {"text": "x" * 9_999},
    ],
)
def test_what_is_vague_or_came_with_a_list_or_is_done_stays(cells):
    start = book(
        inbox=[{**ONE, **cells}], organisations=[{"id": "O-MYRB1", "name": "Kaislan Apu ry"}]
    )
    assert not list(read_typed_rows(start))


CELLS = {
    "name": ["Eila Kaski", "Kaislan Apu ry", "Kaski Eila, pj", "Eila ja Ivo Kaski", "Eila 0401234567", ""],
    "org": ["Kaislan Apu ry", "Apu ry (pj Ivo Tamm)", "Esbo kommun", ""],
    "email": ["eila@kaisla.example, ivo@kaisla.example", "info@kaisla.example p. 09 310 1691", ""],
    "phone": ["040 123 4567 / 09 310 1691", "Ivo Tamm 0501112222", ""],
    "text": ["Ivo Tamm, Apu ry, 050 111 2222", "soita", "=1+1", ""],
}  # fmt: skip


@given(st.fixed_dictionaries({key: st.sampled_from(values) for key, values in CELLS.items()}))
def test_no_number_or_address_is_lost_and_a_second_reading_changes_nothing(cells):
    after = typed(**cells)
    held = " ".join(cell for row in rows(after) for cell in row.values())
    for piece in ("0401234567", "09 310 1691", "eila@kaisla.example", "050 111 2222", "soita"):
        assert piece not in " ".join(cells.values()) or piece in held
    assert not list(read_typed_rows(after))


@given(st.text(alphabet=st.sampled_from("Eila Kaski,;:\n/()@.09ry=-\x00ä"), max_size=80))
def test_no_text_stops_it(text):
    assert isinstance(cards_in_text(text), list)


def test_a_line_that_reaches_somebody_is_a_contact_and_a_matter():
    line = "Tapasin messuilla Ivo Tamm (Nuorisokeskus Vire, ivo@vire.example): haluaa mukaan, lähetetään esite"
    start = book(inbox=[{**ONE, "text": line}])
    orders = CleanupOptions(SAFE)
    after = start.with_changes(cleanup(start, TickingClock().now(), orders, SAY).plan.changes)
    (ivo,) = (row for _, row in after.table("people").rows())
    assert (ivo["first"], ivo["last"], ivo["email"]) == ("Ivo", "Tamm", "ivo@vire.example")
    (asked,) = (row for _, row in after.table("review").rows() if row["kind"] == "matter")
    assert "Mitä sovittiin" not in asked["suggestion"]
    assert "Seuraava askel: lähetetään esite" in asked["suggestion"]
    assert not cleanup(after, TickingClock().now(), orders, SAY).plan.changes


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"name": "Valtuutettu Saila Joki", "group": "kesk"}, {"name": "Saila Joki", "role": "valtuutettu", "group": "elected", "party": "KESK"}),
        ({"name": "Kansanedustaja Aino Kivi (sd.)"}, {"name": "Aino Kivi", "role": "kansanedustaja", "group": "elected", "party": "SDP"}),
        ({"text": "Mari Sund, Sipoon Sydän ry, 050 711 0033, tavattu messuilla"}, {"name": "Mari Sund", "org": "Sipoon Sydän ry", "phone": "050 711 0033", "met_at": "messuilla"}),
        ({"text": "Nina Salo / Hyrrä ry / nina@hyrra.example / syyspäiviltä tuttu"}, {"name": "Nina Salo", "org": "Hyrrä ry", "email": "nina@hyrra.example", "met_at": "syyspäiviltä"}),
    ],
)  # fmt: skip
def test_a_title_a_party_and_where_they_were_met_go_to_their_cells(cells, wanted):
    assert rows(typed(**cells)) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Keravan Kuoro ry:n sähköposti ei toimi",
        "Lohjan Martat ja Lohjan VPK haluavat mukaan",
        "Tapasimme Joulumarkkinoilla Jyrki Turusen, Porvoon raittiusyhdistys",
    ],
)
def test_no_sentence_is_taken_for_a_name(text):
    assert rows(typed(text=text)) == [{"text": text}]


@pytest.mark.parametrize(
    ("text", "role", "left"),
    [
        ("Rainer Ylönen jäi eläkkeelle, tilalle tuli Hanna Virta, hanna.virta@kaisla.example", "sihteeri", "Rainer Ylönen jäi eläkkeelle"),
        ("Rainer ei enää töissä Kaislassa, uusi pj on Hanna Virta hanna.virta@kaisla.example", "puheenjohtaja", "Rainer ei enää töissä Kaislassa"),
        ("Rainer Ylönen virkavapaalla kesään, sijainen Hanna Virta hanna.virta@kaisla.example", "varahenkilö", "Rainer Ylönen virkavapaalla kesään"),
    ],
)  # fmt: skip
def test_whoever_comes_in_somebodys_place_is_at_their_organisation_and_they_are_asked_about(
    text, role, left
):
    home = {"id": "O-0QXJF", "name": "Kaislan Apu ry"}
    rainer = {"id": "H-0QXJF", "first": "Rainer", "last": "Ylönen", "role": "sihteeri"}
    start = book(
        inbox=[{**ONE, "text": text}],
        organisations=[home],
        people=[{**rainer, "org": "Kaislan Apu ry · O-0QXJF"}],
    )
    hanna, before = rows(start.with_changes(tuple(read_typed_rows(start))))
    assert (hanna["name"], hanna["role"], hanna["org"]) == ("Hanna Virta", role, "Kaislan Apu ry")
    assert before == {"text": left}


@pytest.mark.parametrize("said", ["eläkkeelle vuoden lopussa", "föräldraledig till augusti"])
def test_who_leaves_or_is_away_is_not_taken_in_again(said):
    text = f"Rainer Ylönen: {said}"
    start = book(
        inbox=[{**ONE, "text": text}],
        people=[{"id": "H-0QXJF", "first": "Rainer", "last": "Ylönen"}],
    )
    assert rows(start.with_changes(tuple(read_typed_rows(start)))) == [{"text": text}]


def test_a_new_contact_has_no_post_called_new():
    (row,) = rows(typed(text="Uusi jäsen: Hanna Virta 040 000 2222"))
    assert row["role"] == "jäsen"


def test_the_number_of_somebody_who_is_known_makes_no_new_contact():
    text = "Sten Nurmisen puhelin 040-711 1006, sähköposti sten.nurminen@kaisla.example"
    sten = {"id": "H-0QXJF", "first": "Sten", "last": "Nurminen"}
    start = book(inbox=[{**ONE, "text": text}], people=[sten])
    assert not list(read_typed_rows(start))


@pytest.mark.parametrize(
    "text",
    [
        "Sten Nurmiselle ei saa enää lähettää mitään",
        "poista Sten Nurminen listalta",
        "Sten Nurminen haluaa pois postituslistalta",
        "Sten Nurminen ei halua kutsuja, soitan hänelle ensi viikolla",
        "Sten Nurminen vill inte ha mera post",
        "Ta bort Sten Nurminen från listan",
        "Remove Sten Nurminen from the mailing list",
        "take Sten Nurminen off our list",
    ],
)
def test_whoever_wants_no_letters_gets_none_though_a_list_had_their_consent(text):
    sten = {"id": "H-0QXJF", "first": "Sten", "last": "Nurminen", "email": "sten@kaisla.example"}
    listed = {"id": "S-MYRB1", "at": "2026-11-01T10:00", "email": sten["email"], "consent": "yes"}
    start = book(inbox=[listed, {**ONE, "text": text}], people=[sten])
    after = start.with_changes(tuple(read_typed_rows(start)))
    assert rows(after)[1] == {"text": text}
    stops = [Refusals(one).stops(sten["email"], "invitation") for one in (start, after)]
    assert stops == ["refused", "refused"]


@pytest.mark.parametrize(
    "text",
    [
        "poista Sten Nurmisen vanha numero listalta",
        "ota Sten Nurminen mukaan jakeluun",
        "ta bort Sten Nurminens gamla nummer från listan",
        "Remove the old number of Sten Nurminen from the list",
        "Sten Nurminen ei halua puhua siitä",
    ],
)
def test_other_wishes_refuse_no_letters(text):
    sten = {"id": "H-0QXJF", "first": "Sten", "last": "Nurminen"}
    start = book(inbox=[{**ONE, "text": text}], people=[sten])
    assert not list(read_typed_rows(start))


THEATRE = "Ypäjän teatteriyhdistys ry"


@pytest.mark.parametrize(
    ("text", "role", "org"),
    [
        ("Tuula Raitanen, uusi toiminnanjohtaja Ypäjän teatteriyhdistyksessä, 040 700 5001. Soitan ti.", "toiminnanjohtaja", THEATRE),
        ("Tuula Raitanen on Ypäjän teatteriyhdistyksen uusi pj, tuula.raitanen@ypaja.example", "puheenjohtaja", THEATRE),
        ("Uus rahastonhoitaja Ypäjän teatteriyhdistyksessä: Tuula Raitanen 040 700 5001", "rahastonhoitaja", THEATRE),
        ("Tapasin Tuula Raitasen Järvenpään kaupungilta (kulttuurisuunnittelija, tuula.raitanen@jarvenpaa.example), palaan", "kulttuurisuunnittelija", "Järvenpään kaupunki"),
        ("Tuula Raitanen 040 700 5001, terveiset Ypäjän teatteriyhdistyksen puheenjohtajalle", "", ""),
        ("Tuula Raitanen, 040 700 5001, tuli Ypäjän teatteriyhdistyksestä puhumaan", "", ""),
    ],
)  # fmt: skip
def test_a_sentence_tells_the_post_of_a_new_contact_and_where(text, role, org):
    start = book(inbox=[{**ONE, "text": text}], organisations=[{"id": "O-0QXJF", "name": THEATRE}])
    (row,) = rows(start.with_changes(tuple(read_typed_rows(start))))
    assert (row["name"], row.get("role", ""), row.get("org", "")) == ("Tuula Raitanen", role, org)
    assert row["text"] == text


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Sten Nurminen", "text": "ei halua enää kutsuja"},
        {"name": "Sten Nurminen", "email": "sten@kaisla.example", "text": "ta bort från listan"},
        {"text": "poista sten@kaisla.example jakelulistalta"},
        {"text": "Sten Nurminen ei halua kutsuja"},
    ],
)
def test_a_refusal_by_name_or_address_stops_letters_to_all_it_may_mean(cells):
    both = [
        {"id": row_id, "first": "Sten", "last": "Nurminen", "email": f"{at}@kaisla.example"}
        for row_id, at in (("H-0QXJF", "sten"), ("H-MYRB1", "sten.n"))
    ]
    start = book(inbox=[{**ONE, **cells}], people=both)
    after = start.with_changes(tuple(read_typed_rows(start)))
    assert Refusals(after).stops("sten@kaisla.example", "invitation") == "refused"
    named = "sten@" not in "".join(cells.values())
    assert bool(Refusals(after).stops("sten.n@kaisla.example", "invitation")) == named


def test_a_husband_or_wife_beside_a_name_is_a_person_of_that_name():
    found = [row["name"] for row in rows(typed(name="Mäkelä Pentti + vaimo Aune"))]
    assert found == ["Mäkelä Pentti", "Aune Mäkelä"]


def test_a_party_beside_a_name_in_a_sentence_makes_an_elected_person():
    (row,) = rows(typed(text="Torilla kansanedustaja Pekka Haarala (vihr), 040 700 6001, tulee"))
    assert (row["name"], row["party"], row["group"]) == ("Pekka Haarala", "VIHR", "elected")
