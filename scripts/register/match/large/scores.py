"""Weights of pairs in SQL: the model's levels, with the u and the frequencies of the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from math import log2
from typing import TYPE_CHECKING

from register.match.model import Model, ModelComparison, corrected_u, level_case, random_pairs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEAST_BITS = -10.0
"""A pair that is less likely than this (log2 odds) is not kept."""

_FREQUENT = ("whole", "first", "last", "born")
"""The columns whose values' frequencies are told in ``cells``, as ``tf_<column>``."""

_U = Mapping[str, Mapping[str, float]]


def make_scored(connection: DuckDBPyConnection, model: Model, least: float, kept: str) -> None:
    """Make ``scored`` of ``pairs``: ``l``, ``r``, levels, weights, ``weight`` (log2 Bayes factor).

    Pairs of less weight than ``least`` are left out, but for those that the SQL ``kept`` tells.
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
    """Return the SQL of ``pairs`` beside their cells, and what makes ``scored`` of such a table.

    The first is as DuckDB and Spark read it; it has the columns ``read`` in any case.
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
    """Return the comparisons of which something can be said: not all rows are blank there."""
    columns = sorted({column for one in model.comparisons for column in one.columns})
    counts = connection.execute(
        f"select {', '.join(f'count({column})' for column in columns)} from cells"
    ).fetchall()[0]
    filled = {column for column, count in zip(columns, counts, strict=True) if count}
    return [one for one in model.comparisons if one.columns & filled]


def _u(connection: DuckDBPyConnection, model: Model, told: Sequence[ModelComparison]) -> _U:
    """Return the shipped u corrected by pairs drawn at random, but for those that look the same."""
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
    """Return the SQL of a table of pairs with the cells of both and the frequencies."""
    columns = sorted({column for one in told for column in one.read}.union(read))
    cells = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in columns)
    shares = ", ".join(f"greatest(a.tf_{key}, b.tf_{key}) as tf_{key}" for key in _FREQUENT)
    return (
        f"select l, r, {cells}, {shares} from {pairs} "
        "join cells a on a.id = l join cells b on b.id = r"
    )


def _leveled(model: Model, told: Sequence[ModelComparison], beside: str) -> str:
    """Return the SQL of the levels and frequencies of pairs that stand beside their cells."""
    levels = ", ".join(
        f"({_number(one) if one in told else 0})::tinyint as level_{one.name}"
        for one in model.comparisons
    )
    tf = ", ".join(f"tf_{key}" for key in _FREQUENT)
    return f"select l, r, {tf}, {levels} from {beside}"


def _number(one: ModelComparison) -> str:
    """Return the SQL of a level's number in ``codes``: texts would take a quarter of the time."""
    return level_case(one, list(map(str, range(len(one.codes)))))


def _code(one: ModelComparison) -> str:
    """Return the SQL of the code of a level's number."""
    codes = ", ".join(f"'{code}'" for code in one.codes)
    return f"[{codes}][level_{one.name} + 1]"


def _weighed(model: Model, u: _U, leveled: str, *, frequent: bool) -> str:
    """Return the SQL of pairs with the weight of each comparison, and their sum."""
    weights = ", ".join(
        f"{_weight(one, model.m[one.name], u[one.name], frequent=frequent)} as weight_{one.name}"
        for one in model.comparisons
    )
    total = " + ".join(f"weight_{one.name}" for one in model.comparisons)
    return f"select *, {total} as weight from (select *, {weights} from ({leveled}))"


def _weight(
    one: ModelComparison, m: Mapping[str, float], u: Mapping[str, float], *, frequent: bool
) -> str:
    """Return the SQL of what the level of a comparison weighs; nothing where nothing is known."""
    told = ""
    for number, level in enumerate(one.levels, start=1):
        # With an exponent it is a double; else the engine sums decimals of 38 digits.
        weight = f"{log2(m[level.code] / u[level.code]):.17e}"
        if frequent and level.frequency:
            weight = f"coalesce(log2({m[level.code]} / tf_{level.frequency}), {weight})"
        told += f" when {number} then {weight}"
    return f"case level_{one.name}{told} else 0e0 end"
