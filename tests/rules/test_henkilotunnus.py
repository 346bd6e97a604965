import pytest

from register.rules import RuleContext, henkilotunnus
from tests.making import book
from tests.rules.expecting import TODAY


def check(**row):
    return [
        (f.column, f.code, f.cell)
        for f in henkilotunnus.check(book(people=[row]), RuleContext(TODAY))
    ]


@pytest.mark.parametrize(
    "cell", ["131052-308T", "131052–308t", "hetu: 131052-308T.", "010101A900R"]
)
def test_a_code_is_an_error_and_is_masked(cell):
    ((column, code, shown),) = check(notes=cell)
    assert (column, code) == ("notes", "personal-identity-code")
    assert "308" not in shown and "900R" not in shown


def test_a_wrong_check_character_is_a_warning():
    ((_, code, _),) = check(notes="131052-308X")
    assert code == "personal-identity-code-possible"


def test_a_column_of_peoples_own_is_searched_too():
    assert check(**{"+Oma": "131052-308T"})[0][0] == "+Oma"


@pytest.mark.parametrize(
    "cell", ["", "040 123 4567", "0112038-9", "12.10.1952", "991352-308T", "131052 - 3", "+358401"]
)
def test_what_is_left_alone(cell):
    assert check(notes=cell) == []


@pytest.mark.parametrize("column", ["phone", "phone2"])
def test_a_phone_column_only_gets_a_warning(column):
    ((_, code, _),) = check(**{column: "131052-308T"})
    assert code == "personal-identity-code-possible"
