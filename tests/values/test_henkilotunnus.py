import pytest

from register.book.personal_identity_code import (
    LONGEST_CODE,
    LONGEST_SCANNED,
    MASK,
    find_identity_codes,
    mask_identity_codes,
)
from register.words.display import display_text

CODES = [
    "010594Y9032",
    "010594y9032",
    "131052-308T",
    "131052–308t",
    "131052\u2011308T",
    "131052 -308T",
    "010101-900R",
    "１３１０５２-308T",
    "١٣١٠٥٢-308T",
    "131052\u200b-3\u200d08T",
]
POSSIBLE = ["010190-123A", "131052-3080"]
LEFT_ALONE = [
    *("", "040 123 4567", "+358401234567", "0112038-9", "12.3.2026", "2026-03-12"),
    *("320190-123A", "011390-123A", "1010190-123A", "010190-123AB", "010190-12", "000000-0000"),
    *("FI21 1234 5600 0007 85", "Rek.nro 123.456", "maija131052@example.org"),
]


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_found_and_masked(code):
    text = f"Maija ({code}), puh. 040 123 4567"
    assert [span.certain for span in find_identity_codes(text)] == [True]
    assert mask_identity_codes(text) == f"Maija ({MASK}), puh. 040 123 4567"


@pytest.mark.parametrize("code", POSSIBLE)
def test_one_with_a_wrong_check_character_is_masked_but_not_certain(code):
    assert [span.certain for span in find_identity_codes(code)] == [False]
    assert mask_identity_codes(code) == MASK


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert find_identity_codes(cell) == []
    assert mask_identity_codes(cell) == cell


def test_several_codes_and_a_long_text():
    assert mask_identity_codes("131052-308T;131052-308T") == f"{MASK};{MASK}"
    assert mask_identity_codes("x " * (LONGEST_SCANNED // 2 - 10) + "131052-308T").endswith(MASK)


@pytest.mark.parametrize("limit", [1, 2, 11, 12, 40])
@pytest.mark.parametrize("before", ["", "x", "131052-308T ", "puh. "])
def test_what_is_shown_of_a_long_text_is_what_masking_all_of_it_would_show(limit, before):
    code = "".join(digit + "\u00ad" * 3 for digit in "131052") + " - \u00ad\u00ad\u00ad"
    code += "".join(digit + "\u00ad" * 3 for digit in "308") + "T"
    assert len(code) == LONGEST_CODE and mask_identity_codes(code) == MASK
    text = before + (code + " ") * 60
    assert display_text(text, limit=limit) == mask_identity_codes(text)[: limit - 1] + "…"
