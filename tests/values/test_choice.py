import pytest

from register.values.choice import read
from register.values.reading import Reading

OPTIONS = (
    ("association", ("Yhdistys", "Förening", "Association")),
    ("foundation", ("Säätiö", "Stiftelse", "Foundation")),
    ("yes", ("Kyllä", "Ja", "Yes")),
    ("no", ("Ei", "Nej", "No")),
    ("Vapaaehtoistyö", ("Vapaaehtoistyö",)),
    ("Nuorisotyö", ("Nuorisotyö",)),
)
CASES = [
    ("Yhdistys", "association", "", ""),
    (" FÖRENING ", "association", "", ""),
    ("Association", "association", "", ""),
    ("vapaaehtoistyö", "Vapaaehtoistyö", "", ""),
    ("Kyllä", "yes", "", ""),
    ("Yhditys", "", "choice-typo", "association"),
    ("saatio", "", "choice-typo", "foundation"),
    ("Vapaa-ehtoistyö", "", "choice-typo", "Vapaaehtoistyö"),
    ("Muu", "", "choice-unknown", ""),
    ("kyl", "", "choice-unknown", ""),
    ("yhdistystoiminta", "", "choice-unknown", ""),
    ("Yhdistys, Säätiö", "", "choice-unknown", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    *("association", "foundation", "yes", "no", "Vapaaehtoistyö", "Nuorisotyö"),
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell, OPTIONS)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell, OPTIONS) == Reading(cell)


def test_two_choices_equally_near_are_not_guessed_between():
    options = (("Kuljetus A", ()), ("Kuljetus B", ()))
    assert read("Kuljetus C", options) == Reading(problem="choice-unknown")


def test_a_key_is_itself_even_where_it_is_the_label_of_another():
    assert read("Ei", (("no", ("Ei",)), ("Ei", ()))) == Reading("Ei")


def test_where_there_are_no_choices_nothing_fits():
    assert read("jotakin") == Reading(problem="choice-unknown")
