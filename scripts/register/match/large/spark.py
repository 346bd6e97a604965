"""Large lists on a Spark cluster: rows are prepared and pairs scored there, and decided here.

Spark distributes the rows, blocks them and joins the two rows of each pair. Each worker scores its
pairs in DuckDB, by the same SQL as on one machine, so that the weights are identical to the last
digit. Rows go there and back as Parquet, in a folder that all machines see.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register.book.errors import TemporaryFailure, UsageError
from register.match.large.blocks import COMPARABLE, COMPARED, PEOPLE_KEYS, block_pairs
from register.match.large.engine import Engine, Progress
from register.match.large.parts import ValueFile, write_part
from register.match.large.scores import scoring_sql
from register.match.memory_database import memory_database, sql_text
from register.match.model import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SCRIPTS = Path(__file__).parents[3]
_PAIRS_AT_ONCE = 50_000
"""How many pairs a worker scores at once; its engine compiles the SQL for each batch."""

_ROWS_OF_A_TASK = 20_000
"""How many rows make one task: their pairs are a few megabytes."""

_TYPES = {"VARCHAR": "string", "DOUBLE": "double", "BIGINT": "bigint"}


@contextmanager
def spark_engine(master: str, folder: Path) -> Iterator[SparkEngine]:
    """Open a session on the cluster at the URL ``master``, and close it at the end.

    ``folder`` must be visible to all machines. The workers run this Python with these scripts, at
    the same paths, unless ``PYSPARK_PYTHON`` is set. Raises UsageError if Spark is not installed,
    and TemporaryFailure if Java is missing, or the cluster is not reached or fails.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise UsageError(
            "Spark is not installed.",
            remedy="Run: .venv/bin/python -m pip install -r {file}",
            file="scripts/register/match/requirements-spark.txt",
        ) from fault
    settings: dict[str, bool | float | int | str | None] = {
        "spark.executorEnv.PYTHONPATH": str(_SCRIPTS),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_PAIRS_AT_ONCE),
        # Spark's web pages would show people's cells to anyone who finds the port.
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    # It warns of newer versions of pandas, but is never given pandas objects.
    warnings.filterwarnings("ignore", module="pyspark")
    try:
        builder = SparkSession.builder.master(master).appName("Verkosto").config(map=settings)
        session = builder.getOrCreate()
        try:
            session.sparkContext.setLogLevel("OFF")
            yield SparkEngine(session, folder)
        finally:
            session.stop()
    except (Py4JError, PySparkException) as fault:
        raise TemporaryFailure(
            "Spark at {master} failed: {fault}",
            remedy="Look whether Java 17 is installed and the cluster is up; then run it again.",
            master=master,
            fault=str(fault).strip().partition("\n")[0],
        ) from fault


class SparkEngine(Engine):
    """The engine of a Spark session."""

    def __init__(self, session: Any, folder: Path) -> None:  # noqa: ANN401 - pyspark is optional
        self._session, self._folder = session, folder

    def write(self, parts: Iterator[ValueFile]) -> None:
        """Write the parts on the workers, in batches of two parts for each core."""
        context = self._session.sparkContext
        while some := list(islice(parts, 2 * context.defaultParallelism)):
            context.parallelize(some, len(some)).foreach(write_part)

    def score(
        self,
        connection: DuckDBPyConnection,
        which: str,
        model: Model,
        least: float,
        kept: str,
        progress: Progress,
    ) -> None:
        """Send ``cells`` to the workers, and create ``scored`` from the pairs that weigh enough."""
        cells, found = self._folder / "cells.parquet", self._folder / "scored"
        connection.execute(f"copy cells to {sql_text(cells)} (format parquet)")
        beside, scored = scoring_sql(connection, model, least, kept, COMPARED)
        sql = scored(f"(select * from beside where {COMPARABLE})")
        ((rows,),) = connection.execute("select count(*) from cells").fetchall()
        pieces = max(self._session.sparkContext.defaultParallelism, rows // _ROWS_OF_A_TASK)
        self._session.conf.set("spark.sql.shuffle.partitions", str(pieces))
        self._session.read.parquet(cells.as_uri()).createOrReplaceTempView("cells")
        blocks = block_pairs(PEOPLE_KEYS, which, "xxhash64")
        self._session.sql(blocks).distinct().createOrReplaceTempView("pairs")
        paired = self._session.sql(beside)
        schema = _schema(connection, beside, sql)
        paired.mapInArrow(partial(_score, sql), schema).write.parquet(found.as_uri())
        connection.execute(
            f"create table scored as select * from read_parquet({sql_text(found / '*.parquet')})"
        )


def _schema(connection: DuckDBPyConnection, beside: str, sql: str) -> str:
    """Return the columns of a worker's result as a Spark schema."""
    connection.execute("create temp view pairs as select 0::bigint as l, 0::bigint as r")
    columns = connection.execute(f"describe with beside as ({beside}) {sql}").fetchall()
    connection.execute("drop view pairs")
    return ", ".join(f"{name} {_TYPES[kind]}" for name, kind, *_ in columns)


def _score(sql: str, batches: Iterator[Any]) -> Iterator[Any]:
    """Yield Arrow batches of scored pairs, from Arrow batches of pairs with their cells."""
    import pyarrow

    with memory_database() as connection:
        connection.execute("set threads = 1")
        for batch in batches:
            connection.register("beside", pyarrow.Table.from_batches([batch]))
            found: Any = connection.sql(sql).to_arrow_table()
            yield from found.to_batches()
