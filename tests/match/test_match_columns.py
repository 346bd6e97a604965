"""What the model compares of a row."""

import pytest

from register.match.columns import people_columns


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("anna.malli@example.org", False),
        ("mallia@example.org", False),
        ("annam@example.org", False),
        ("m.anna@example.org", False),
        ("amalli@example.org", False),
        ("aurinkokello@example.org", True),
        ("malliperhe@example.org", True),
    ],
)
def test_a_mailbox_made_of_the_name_is_nobodys_own_invention(address, own):
    frame = people_columns([{"first": "Anna", "last": "Malli", "email": address}])
    assert bool(frame["mailbox"].notna()[0]) == own
    assert frame["email"][0] == address


@pytest.mark.parametrize(
    ("first", "last", "address"),
    [
        ("Anna", "Eskola", "anna.eskola@example.org"),
        ("Eino", "Erola", "eino.erola@example.org"),
        ("Hans", "Müller", "hans.mueller@example.org"),
        ("Hans", "Mueller", "mueller.hans@example.org"),
    ],
)
def test_two_letters_for_one_are_known_within_a_name_and_not_across_two(first, last, address):
    frame = people_columns([{"first": first, "last": last, "email": address}])
    assert frame["mailbox"].isna()[0]
