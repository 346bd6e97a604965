"""Spark finds what one machine finds: the same pairs, with the same weights."""

import pytest

from register.match.large import parts
from tests.match.contacts import Town
from tests.match.test_large_lists import found, match, sheet

# What pyspark itself is warned of is not ours.
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore:::pyspark")]

MASTER = "local[2]"


@pytest.fixture(scope="module")
def town():
    return Town(31, 1_000, streets=True)


@pytest.fixture(scope="module")
def tables(town, tmp_path_factory):
    """What is found on one machine, and on Spark, of one list with addresses."""
    from register.match.large.spark import spark_engine

    query = "select * from matches order by l, r"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ROWS_OF_A_PART", 300)
        with found(tmp_path_factory.mktemp("here"), sheet(town.rows)) as connection:
            here = connection.execute(query).df()
        folder = tmp_path_factory.mktemp("there")
        with (
            spark_engine(MASTER, folder) as engine,
            found(folder, sheet(town.rows), engine=engine) as connection,
        ):
            there = connection.execute(query).df()
    return here, there


def test_the_same_pairs_are_found(tables):
    here, there = tables
    assert len(here) > 200
    assert there[["l", "r", "cluster", "certain"]].equals(here[["l", "r", "cluster", "certain"]])


def test_every_level_and_weight_is_the_same(tables):
    here, there = tables
    columns = [name for name in here.columns if name.startswith(("level_", "weight"))]
    assert {"level_address", "weight_address", "weight"} <= {*columns}
    assert set(here["level_address"]) > {"same", "unknown"}
    for column in columns:
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
