"""What the matching must reach on registers that it was not trained on."""

import pytest

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
