"""Spark finds what one machine finds: the same pairs, with the same weights."""

import pytest

from register.match.large import parts
from register.match.large.engine import Engine
from tests.match.contacts import Town
from tests.match.test_large_lists import found, match, sheet

# What pyspark itself is warned of is not ours.
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore:::pyspark")]

MASTER = "local[2]"


class Keeping:
    """An engine of which all scored pairs are kept, those that are no matches too."""

    def __init__(self, engine):
        self.write, self.engine = engine.write, engine

    def score(self, connection, *asked):
        self.engine.score(connection, *asked)
        connection.execute("create table kept as select * from scored")


def all_pairs(folder, rows, engine):
    """Return the pairs that weigh enough, and the matches."""
    with found(folder, sheet(rows), engine=Keeping(engine)) as connection:
        return tuple(
            connection.execute(f"select * from {table} order by l, r").df()
            for table in ("kept", "matches")
        )


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """What is found on one machine, and on Spark, of one list with addresses."""
    from register.match.large.spark import spark_engine

    rows = Town(31, 1_000, streets=True).rows
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    with pytest.MonkeyPatch.context() as patch, spark_engine(MASTER, there) as engine:
        patch.setattr(parts, "VALUES_OF_A_PART", 300)
        return all_pairs(here, rows, Engine()), all_pairs(there, rows, engine)


def test_the_same_pairs_are_found(tables):
    (here, matches), (there, same) = tables
    assert len(here) > len(matches) > 300
    assert there[["l", "r"]].equals(here[["l", "r"]])
    decided = ["l", "r", "cluster", "certain"]
    assert same[decided].equals(matches[decided])
    # The prior is a sum, whose last digit goes by the order of the pairs.
    assert same["probability"].to_numpy() == pytest.approx(matches["probability"].to_numpy())


def test_every_level_and_weight_is_the_same(tables):
    (here, _), (there, _) = tables
    assert {"same", "alike", "different"} <= set(here["level_address"])
    assert {"level_address", "weight_address", "weight"} <= set(here.columns)
    for column in here.columns:
        assert there[column].tolist() == here[column].tolist(), column


def test_the_command_goes_to_spark_where_the_configuration_says_so(tmp_path):
    rows = "Nimi;Sähköposti\nMaija Aalto;maija.aalto@posti.example\n"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(rows, encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f'[match]\nengine = "spark"\nmaster = "{MASTER}"\n', encoding="utf-8")
    done = match(tmp_path, "a.csv", "b.csv", "--lang", "en")
    assert "certain" in done.stdout
    config.write_text('[match]\nengine = "spark"\nmaster = "nonsense"\nfolder = "."\n')
    done = match(tmp_path, "a.csv", "b.csv", "--lang", "en", code=75)
    assert "nonsense" in done.stderr and "Traceback" not in done.stderr
