"""Weights of pairs in SQL: the levels of the model, with u and frequencies from the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import log2
from typing import TYPE_CHECKING

from register.match.model import Model, ModelComparison, level_case
from register.match.scoring import corrected_u, random_pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST_BITS = -10.0
"""A pair of lower log2 odds is not kept."""

_FREQUENT = ("whole", "first", "last", "born")
"""The columns of ``cells`` that have a frequency, in ``tf_<column>``."""

_U = Mapping[str, Mapping[str, float]]


def make_scored(connection: DuckDBPyConnection, model: Model, least: float, kept: str) -> None:
    """Create ``scored`` from ``pairs``: ``l``, ``r``, levels, weights and their sum ``weight``.

    Weights are log2 Bayes factors. Pairs of less weight than ``least`` are left out, unless the SQL
    condition ``kept`` holds of them.
    """
    beside, scored = scoring_sql(connection, model, least, kept)
    connection.execute(f"create table scored as {scored(f'({beside})')}")


def scoring_sql(
    connection: DuckDBPyConnection,
    model: Model,
    least: float,
    kept: str,
    read: Collection[str] = (),
) -> tuple[str, Callable[[str], str]]:
    """Return the SQL of ``pairs`` with both rows' cells, and a function that scores such a table.

    The first is valid in DuckDB and Spark; it always includes the columns ``read``. The function
    takes the SQL of such a table and returns the SQL of ``scored``.
    """
    told = _told(connection, model)
    u = _u(connection, model, told)

    def scored(beside: str) -> str:
        weighed = _weighed(model, u, _leveled(model, told, beside), frequent=True)
        shares = ", ".join(f"tf_{key}" for key in _FREQUENT)
        named = ", ".join(f"{_code(one)} as level_{one.name}" for one in model.comparisons)
        return (
            f"select * exclude ({shares}) replace ({named}) from ({weighed}) "
            f"where weight >= {least} or ({kept})"
        )

    return _beside(told, "pairs", read), scored


def _told(connection: DuckDBPyConnection, model: Model) -> list[ModelComparison]:
    """Return the comparisons that can say something: not all of their columns are blank."""
    columns = sorted({column for one in model.comparisons for column in one.columns})
    counts = connection.execute(
        f"select {', '.join(f'count({column})' for column in columns)} from cells"
    ).fetchall()[0]
    filled = {column for column, count in zip(columns, counts, strict=True) if count}
    return [one for one in model.comparisons if one.columns & filled]


def _u(connection: DuckDBPyConnection, model: Model, told: Sequence[ModelComparison]) -> _U:
    """Return the shipped u, corrected by random pairs except those that look like duplicates."""
    import pandas as pd

    (rows,) = connection.execute("select count(*) from cells").fetchall()[0]
    drawn = pd.DataFrame(random_pairs(rows), columns=["l", "r"])
    connection.register("drawn", drawn)
    weighed = _weighed(
        model, model.u, _leveled(model, told, f"({_beside(told, 'drawn')})"), frequent=False
    )
    connection.execute(
        f"create table by_chance as select * from ({weighed}) where weight < {log2(rows) - 2}"
    )
    counts = {
        one.name: dict(
            connection.execute(
                f"select {_code(one)}, count(*) from by_chance group by all"
            ).fetchall()
        )
        for one in model.comparisons
    }
    connection.execute("drop table by_chance")
    return corrected_u(model, counts)


def _beside(told: Sequence[ModelComparison], pairs: str, read: Collection[str] = ()) -> str:
    """Return the SQL of a table of pairs with the cells and the frequencies of both rows."""
    columns = sorted({column for one in told for column in one.read}.union(read))
    cells = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in columns)
    shares = ", ".join(f"greatest(a.tf_{key}, b.tf_{key}) as tf_{key}" for key in _FREQUENT)
    return (
        f"select l, r, {cells}, {shares} from {pairs} "
        "join cells a on a.id = l join cells b on b.id = r"
    )


def _leveled(model: Model, told: Sequence[ModelComparison], beside: str) -> str:
    """Return the SQL of levels and frequencies, from pairs with their cells."""
    levels = ", ".join(
        f"({_number(one) if one in told else 0})::tinyint as level_{one.name}"
        for one in model.comparisons
    )
    tf = ", ".join(f"tf_{key}" for key in _FREQUENT)
    return f"select l, r, {tf}, {levels} from {beside}"


def _number(one: ModelComparison) -> str:
    """Return the SQL of a level's number in ``codes``.

    Texts instead of numbers would make up a quarter of the time.
    """
    return level_case(one, list(map(str, range(len(one.codes)))))


def _code(one: ModelComparison) -> str:
    """Return the SQL that turns a level's number into its code."""
    codes = ", ".join(f"'{code}'" for code in one.codes)
    return f"[{codes}][level_{one.name} + 1]"


def _weighed(model: Model, u: _U, leveled: str, *, frequent: bool) -> str:
    """Return the SQL of pairs with the weight of each comparison, and the sum of the weights."""
    weights = ", ".join(
        f"{_weight(one, model.m[one.name], u[one.name], frequent=frequent)} as weight_{one.name}"
        for one in model.comparisons
    )
    total = " + ".join(f"weight_{one.name}" for one in model.comparisons)
    return f"select *, {total} as weight from (select *, {weights} from ({leveled}))"


def _weight(
    one: ModelComparison, m: Mapping[str, float], u: Mapping[str, float], *, frequent: bool
) -> str:
    """Return the SQL of the weight of a comparison's level; 0 for an unknown one."""
    told = ""
    for number, level in enumerate(one.levels, start=1):
        # The exponent makes it a double; otherwise the engine sums decimals of 38 digits.
        weight = f"{log2(m[level.code] / u[level.code]):.17e}"
        if frequent and level.frequency:
            weight = f"coalesce(log2({m[level.code]} / tf_{level.frequency}), {weight})"
        told += f" when {number} then {weight}"
    return f"case level_{one.name}{told} else 0e0 end"
