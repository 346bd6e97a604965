"""What stands beside a name is taken off it; a name is left as it is."""

import pytest

from register.intake.name_marks import names_nobody, without_marks


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Olli Koski (he/him)", ("Olli Koski", "")),
        ("Koski (hän)", ("Koski", "")),
        ("Kaisu Ranta (Guest)", ("Kaisu Ranta", "")),
        ("Kaisu (Kaisu Ranta)", ("Kaisu Ranta", "")),
        ("Niemi Jouni (Nokia)", ("Niemi Jouni", "Nokia")),
        ("Niemi, VTM", ("Niemi", "VTM")),
        ("Niemi, PhD, MBA", ("Niemi", "PhD, MBA")),
        ("Smith, Mr", ("Smith", "")),
        ("Ville Ylönen?", ("Ville Ylönen", "Ville Ylönen?")),
    ],
)
def test_a_mark_is_taken_off(cell, wanted):
    assert without_marks(cell) == wanted


@pytest.mark.parametrize(
    "cell",
    ["Mäki, Pia", "MÄKI, PIA", "Eila Kaski (o.s. Virta)", "Eila Kaski (pj)", "Aune (Kaislan Omaiset)",
     "Eila Kaski (Ivo)", "?", ""],
)  # fmt: skip
def test_a_name_is_left_as_it_is(cell):
    assert without_marks(cell) == (cell, "")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("iPhone (3)", True),
        ("Galaxy A52", True),
        ("Eila Kaski 2", False),
        ("Eila", False),
        ("040 123 4567", False),
    ],
)
def test_a_device_is_nobody(cell, wanted):
    assert names_nobody(cell) is wanted


@pytest.mark.parametrize(
    "cell",
    ["Neuvotteluhuone Vadelma", "Kokoushuone 2. krs", "Meeting Room A", "Kopiokone", "Slackbot",
     "Google bot", "No Reply", "Älä vastaa"],
)  # fmt: skip
def test_a_room_a_machine_and_a_mailbox_are_nobody(cell):
    assert names_nobody(cell)


@pytest.mark.parametrize("cell", ["Anna Talbot", "Abbot", "Eila Kokko", "Bo Room", "Nora Reply"])
def test_people_whose_names_are_alike_stay_people(cell):
    assert not names_nobody(cell)
