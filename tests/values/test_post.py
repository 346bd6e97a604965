"""A post that is shortened is written out where it can mean nothing else; all else stays."""

import pytest

from register.values.post import post_key, read


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("pj", "puheenjohtaja"),
        ("PJ.", "puheenjohtaja"),
        ("v.pj", "varapuheenjohtaja"),
        ("pj, siht.", "puheenjohtaja, sihteeri"),
        ("ordf.", "ordförande"),
        ("sekr", "sekreterare"),
        ("hall. jäsen", "hallituksen jäsen"),
        ("Puheenjohtaja", "Puheenjohtaja"),
        ("Nuorisojaoston pj", "Nuorisojaoston pj"),
        ("tj", "tj"),
        ("RH", "RH"),
        ("sec", "sec"),
        ("kulttuurituottaja", "kulttuurituottaja"),
        ("", ""),
    ],
)
def test_what_is_shortened_is_written_out(cell, value):
    reading = read(cell)
    assert (reading.value, reading.problem) == (value, "")
    assert read(value).value == value


@pytest.mark.parametrize("cell", ["pj\u202e", "x" * 5_000])
def test_what_no_text_may_hold_is_no_post(cell):
    assert read(cell).problem


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("pj", "Puheenjohtaja", True),
        ("ordförande", "chair", True),
        ("sihteeri", "Secretary", True),
        ("kassör", "rahastonhoitaja", True),
        ("puheenjohtaja", "varapuheenjohtaja", False),
        ("president", "puheenjohtaja", False),
        ("sihteeri", "jäsensihteeri", False),
    ],
)
def test_one_post_has_one_key_in_every_language(one, other, same):
    assert (post_key(one) == post_key(other)) is same
