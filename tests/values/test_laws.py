"""What holds of every reader, whatever a cell holds."""

from functools import partial
from time import process_time

import pytest
from hypothesis import example, given, strategies as st

from register.book import personal_identity_code as henkilotunnus
from register.rules import rule_catalogue
from register.values import (
    area,
    choice,
    email,
    language,
    municipality,
    organisation_name,
    person_name,
    phone,
    postal_code,
    text,
)
from register.values.reading import LONGEST_VALUE_READ
from register.values.registry import PLAIN_READERS

OPTIONS = (
    ("association", ("Yhdistys", "Förening", "Association")),
    ("foundation", ("Säätiö", "Stiftelse", "Foundation")),
    ("Yhdistys", ("Ei",)),
)
READERS = {
    **PLAIN_READERS,
    "postal_code": postal_code.read,
    "language": language.read,
    "municipality": municipality.read,
    "municipality in Swedish": partial(municipality.read, language="sv"),
    "area": partial(area.read, own=("Etelä-Espoo",)),
    "choice": partial(choice.read, options=OPTIONS),
}
_PIECES = (
    *("040", "1234567", "+358", "(0)", "-", "–", "/", ".", ",", ";", ":", " ", "  ", "\n", "\t"),
    *("maija", "@", "esimerkki.fi", "gmail.con", "gmial.com", "mailto:", "<", ">", "(at)", "ä"),
    *("Maija <", "ry", "r.y.", "RY", "RF", '"', "”", "ESPOON", "APU", "KERHO", "(EJY)", "4H"),
    *("Espoo", "Espoon", "kaupunki", "Esbo", "i ", "Lappi", "Pertunmaa", "ja", "och", "0112038"),
    *("12", "3", "2026", "maaliskuuta", "klo", "17", "30", "00", "0.5", "E8", "4.01234567", "x"),
    *("\u202e", "\u200b", "\u2028", "\u0301", "\u0327", "\ud800", "\x00", "א", "٣", "İ", "ß", "ŉ"),
    *("https://", "www.", "fi", "+", "sv", "suomi", "Yhdistys", "Matti", "von", "ent.", "FT"),
)
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from(_PIECES), max_size=9).map("".join),
    st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join),
)
reader = pytest.mark.parametrize("name", READERS)


@reader
@given(cell=CELLS)
@example(cell="e\u200b\u0301")
@example(cell="\ud800@\udfff.fi")
@example(cell="ESPOON\u202e APU RY")
@example(cell="maija @ gmial.con")
@example(cell="²@GMAIL.CM")
def test_a_canonical_value_reads_to_itself_and_a_proposal_reads_well(name, cell):
    read = READERS[name]
    reading = read(cell)
    if reading.problem:
        assert reading.problem in rule_catalogue()
        assert not reading.value
    if reading.value:
        assert read(reading.value) == reading
        assert not text.has_hidden_characters(reading.value)
    if reading.suggestion:
        again = read(reading.suggestion)
        assert (again.value, again.problem) == (reading.suggestion, "")


@reader
@given(cell=st.text(st.characters(exclude_categories=()), min_size=1, max_size=8))
def test_a_cell_says_something_or_is_blank(name, cell):
    reading = READERS[name](cell)
    if reading == READERS[name](""):
        assert not text.tidy(text.without_hidden_characters(cell)).strip(",; \u200b")


HOSTILE = {
    "digits": "1" * 10_000,
    "ats": "a@" * 5_000,
    "dots": "a." * 5_000,
    "angles": "<a@" * 3_500,
    "points and spaces": "0 ." * 3_500,
    "accents": "a" + "\u0327\u0301" * 5_000,
    "RTL": "\u05d0\u202e" * 5_000,
    "surrogates": "\ud800" * 10_000,
    "NULs": "\x00" * 10_000,
    "spaces": "1" + " " * 10_000 + "1",
    "quotes": '"' * 10_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "capitals": "AB " * 3_500,
    "titles": "FT " * 3_500,
    "commas": "Espoo," * 1_700,
    "ands": "Espoo ja " * 1_200,
}


@reader
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_cell_takes_long(name, kind):
    for cell in (HOSTILE[kind], HOSTILE[kind][:LONGEST_VALUE_READ], HOSTILE[kind][:190]):
        started = process_time()
        READERS[name](cell)
        assert process_time() - started < 0.05


@reader
def test_nothing_is_cut_off_a_long_cell(name):
    for cell in ("Espoo", "040 1234567", "12.3.2026", "02100", "fi", "17.30", "40", "0112038-9"):
        assert READERS[name](cell + " " * 60 + "x" * LONGEST_VALUE_READ).value == ""


@given(cell=CELLS)
def test_a_name_taken_apart_adds_nothing(cell):
    words = text.tidy(cell).replace(",", " ")
    for part in person_name.split_name(cell):
        assert all(piece in words for piece in part.replace(",", " ").split())


@given(cell=CELLS)
def test_keys_and_masks_take_any_text(cell):
    assert person_name.person_key(person_name.person_key(cell)) == person_name.person_key(cell)
    assert person_name.person_key(cell) == person_name.person_key(f" {cell} ")
    assert organisation_name.organisation_key(cell) == organisation_name.organisation_key(
        f" {cell} "
    )
    assert organisation_name.legal_form(cell) == organisation_name.legal_form(f" {cell} ")
    assert email.mailbox_key(cell) == email.mailbox_key(f" {cell} ")
    assert email.is_role_mailbox(cell) in (True, False)
    assert phone.national_phone(phone.national_phone(cell)) == phone.national_phone(cell)
    assert henkilotunnus.find_identity_codes(henkilotunnus.mask_identity_codes(cell)) == []
