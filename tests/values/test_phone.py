from random import Random

import pytest

from register.values import phone
from register.values.phone import national_phone, read, read_two
from register.values.reading import Reading

CASES = [
    ("040 123 4567", "+358401234567", "", ""),
    ("040-1234567", "+358401234567", "", ""),
    ("040–123\u00a04567", "+358401234567", "", ""),
    ("040.123.4567", "+358401234567", "", ""),
    ("401234567", "+358401234567", "", ""),
    ("358401234567", "+358401234567", "", ""),
    ("00358401234567", "+358401234567", "", ""),
    ("+358 (0)40 123 4567", "+358401234567", "", ""),
    ("+358 ( 0 ) 40 123 4567", "+358401234567", "", ""),
    ("+358 0401234567", "+358401234567", "", ""),
    ("(09) 310 1691", "+35893101691", "", ""),
    ("0401234567;", "+358401234567", "", ""),
    ("018 12345", "+3581812345", "", ""),
    ("+46 70 123 45 67", "+46701234567", "", ""),
    ("020 712 3456", "+358207123456", "", ""),
    ("040 1234567 / 050 7654321", "", "phone-several", "+358401234567"),
    ("040 1234567 tai 050 7654321", "", "phone-several", "+358401234567"),
    ("040 1234567\n050 7654321", "", "phone-several", "+358401234567"),
    ("+358401234567 +358507654321", "", "phone-several", "+358401234567"),
    ("040 123 4567 (Maija)", "", "phone-letters", "+358401234567"),
    ("GSM: 040 123 4567", "", "phone-letters", "+358401234567"),
    ("tel:+358401234567", "", "phone-letters", "+358401234567"),
    ("O4O 123 4567", "", "phone-letters", "+358401234567"),
    ("040 123 4567 tai 9-17", "", "phone-letters", "+358401234567"),
    ("0401234567.0", "", "phone-mangled", "+358401234567"),
    ("4.01234567E8", "", "phone-mangled", "+358401234567"),
    ("3,58401234567E+11", "", "phone-mangled", "+358401234567"),
    ("09 310 1691 alanro 12", "", "phone-extension", "+35893101691"),
    ("+358 9 310 1691 ext. 12", "", "phone-extension", "+35893101691"),
    ("4.01E+08", "", "phone-impossible", ""),
    ("4.0123457E8", "", "phone-impossible", ""),
    ("112", "", "phone-impossible", ""),
    ("040123456789", "", "phone-impossible", ""),
    ("2142555-0", "", "phone-impossible", ""),
    ("10.3.2025", "", "phone-impossible", ""),
    ("2025-03-10", "", "phone-impossible", ""),
    ("12345678", "", "phone-impossible", ""),
    ("+999123456789", "", "phone-impossible", ""),
    ("ei puhelinta", "", "phone-impossible", ""),
    ("-", "", "phone-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "+358401234567",
    "+358501234567",
    "+358451234567",
    "+3584571234567",
    "+358400123456",
    "+35893101691",
    "+358207123456",
    "+3581812345",
    "+358101234",
    "+3588001234",
    "+46701234567",
    "+4681234567",
    "+37255512345",
    "+4721234567",
    "+4915112345678",
    "+12125550123",
    "+447911123456",
    "+79161234567",
    "+358291234567",
    "+35831234567",
    "+35861234567",
    "+358171234567",
    "+358131234567",
    "+358221234567",
    "+358441234567",
    "+358301234",
    "+353861234567",
    "+33612345678",
    "+380501234567",
    "+37120123456",
    "+37060123456",
    "+4520123456",
    "+3545812345",
    "+34612345678",
    "+48512345678",
    "+393123456789",
    "+41781234567",
    "+43664123456",
    "+31612345678",
    "+32470123456",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        *[("+358401234567", "040 1234567"), ("+3581812345", "018 12345")],
        *[("+358400123456", "0400 123456"), ("+35840012345", "040 012345")],
        *[("+46701234567", "+46 70 123 45 67"), ("soita", "soita"), ("", "")],
    ],
)
def test_as_it_is_written_in_finland(number, shown):
    assert national_phone(number) == shown


@pytest.mark.parametrize(
    "cell",
    ["040 123 4567 / 050 765 4321", "040-1234567,0507654321;", "0401234567 tai 0507654321",
     "040 123 4567\n050 765 4321"],
)  # fmt: skip
def test_two_numbers_alone_are_two(cell):
    assert read_two(cell) == ("+358401234567", "+358507654321")


@pytest.mark.parametrize(
    "cell",
    ["040 123 4567", "040 123 4567 / 0401234567", "040 123 4567 / 4568", "040 123 4567, 050",
     "0401234567 / 0507654321 / 09 310 1691", "040 123 4567 / Maija 050 765 4321",
     "040 123 4567 (koti) / 050 765 4321", "", "040 123 4567 050 765 4321"],
)  # fmt: skip
def test_what_is_more_or_less_than_two_numbers_is_not(cell):
    assert read_two(cell) is None


def test_what_is_taken_for_a_finnish_number_unlooked_is_what_the_library_says():
    dice, taken = Random(1), 0
    for _ in range(3_000):
        digits = "".join(dice.choices("0123456789", k=dice.randrange(4, 13)))
        if phone._finnish().fullmatch(number := f"+358{digits}"):
            taken += 1
            assert phone._e164(number) == number == phone.read(number).value
    assert taken > 500
    assert not phone._finnish().fullmatch("+358401234567\n")
