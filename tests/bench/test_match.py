"""What the matching must reach on registers that it was not trained on."""

import pytest

from register.match.organisation_judging import judge_organisations
from tests.match.associations import Directory
from tests.match.contacts import Town
from tests.match.evaluation import figures

pytestmark = pytest.mark.bench


@pytest.mark.parametrize(
    ("seed", "rows", "least"), [(7, 5_000, 0.97), (8, 5_000, 0.97), (7, 20_000, 0.96)]
)
def test_a_finnish_register_reaches_the_figures(seed, rows, least):
    town = Town(seed, rows)
    reached = figures(town.rows, town.who)
    print(reached)
    assert reached.f1 >= least and reached.recall >= 0.97
    assert reached.certain_precision >= 0.999 and reached.proposals_true >= 0.7


@pytest.mark.parametrize(
    ("seed", "rows", "least"), [(7, 5_000, 0.96), (8, 5_000, 0.96), (7, 20_000, 0.95)]
)
def test_a_register_of_organisations_reaches_the_figures(seed, rows, least):
    directory = Directory(seed, rows)
    reached = figures(directory.rows, directory.who, judge_organisations)
    print(reached)
    assert reached.f1 >= least and reached.recall >= 0.97
    assert reached.certain_precision >= 0.999 and reached.proposals_true >= 0.9
