"""Scoring: each candidate pair's levels, and their weights by the rows at hand.

DuckDB finds the levels, SQLite those of few pairs. u, the probability of a level in two rows of
different ones, is shipped and corrected by random pairs of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from register.match.candidates import Pairs
from register.match.few_pairs import FEW_PAIRS, levels_of_few
from register.match.model import Model, ModelComparison, Shifts, level_case

if TYPE_CHECKING:
    import numpy.typing as npt
    from duckdb import DuckDBPyConnection

_DRAWN = 40_000
"""How many random pairs are drawn to estimate agreement by chance."""

_TRUST = 2_000
"""How many random pairs the shipped u is worth."""

AT_ONCE = 100_000
"""How many pairs the engine holds at once, each with the cells of both rows."""

_TELLING = 150
"""With fewer rows than this, random pairs say too little: the shipped u stays."""

_LEAST = 1e-6


def score_pairs(
    frame: pd.DataFrame, pairs: Pairs, model: Model, frequencies: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """Return the pairs with ``level_<comparison>``, ``weight_<comparison>`` and ``weight``.

    Weights are log2 Bayes factors without the prior. ``frequencies`` holds by column the share of
    all rows that has each of its values.
    """
    rows = len(frame)
    drawn = _coded(random_pairs(rows) if rows >= _TELLING else pairs[:0], rows)
    asked = _coded(pairs, rows)
    # One query for both: compiling its SQL costs as much as a thousand rows.
    every = np.unique(np.concatenate([asked, drawn]))
    parts = np.array_split(every, max(-(-len(every) // AT_ONCE), 1))
    found = pd.concat(
        [
            score_by_shipped(
                frame, np.stack(divmod(part, max(rows, 1)), axis=1), model, frequencies
            )
            for part in parts
        ],
        ignore_index=True,
    )
    u = _u(found[np.isin(every, drawn)], model, rows) if len(drawn) else model.u
    found = found[np.isin(every, asked)].reset_index(drop=True)
    for one in model.comparisons:
        found[f"weight_{one.name}"] += _correction(found, one, model.u[one.name], u[one.name])
    found["weight"] = found[[f"weight_{c.name}" for c in model.comparisons]].sum(axis=1)
    return found


def learned_weight(found: pd.DataFrame, shifts: Shifts) -> pd.Series[float]:
    """Return the learned bits of each pair; adds them to its ``weight_<comparison>`` in place."""
    added = pd.Series(0.0, index=found.index)
    for comparison, code, bits in shifts:
        there = found[f"level_{comparison}"].eq(code)
        found.loc[there, f"weight_{comparison}"] += bits
        added[there] += bits
    return added


def _coded(pairs: Pairs, rows: int) -> np.ndarray:
    """Return each pair as one number."""
    coded: np.ndarray = pairs[:, 0] * rows + pairs[:, 1]
    return coded


def _correction(
    found: pd.DataFrame, one: ModelComparison, shipped: Mapping[str, float], u: Mapping[str, float]
) -> pd.Series[float]:
    """Return what the corrected u changes in each pair's weight.

    Where the frequency of a value is known, it replaces u, and the correction does not apply.
    Removes the column ``frequency_<comparison>`` of ``found``.
    """
    change = _log_ratios(one, shipped, u)
    frequency = found.pop(f"frequency_{one.name}")
    corrected = pd.Series(change[found[f"level_{one.name}"].cat.codes], found.index)
    return corrected.where(frequency == 0, frequency)


def _log_ratios(
    one: ModelComparison, over: Mapping[str, float], under: Mapping[str, float]
) -> npt.NDArray[np.float64]:
    """Return log2(over / under) for each of ``codes``; 0 for the unknown level."""
    return np.array([0.0, *(np.log2(over[code] / under[code]) for code in one.codes[1:])])


def random_pairs(rows: int) -> Pairs:
    """Return random pairs of row numbers; always the same ones for the same number of rows."""
    if rows < 2:
        return np.empty((0, 2), dtype=np.int64)
    random = np.random.default_rng(1)
    most = min(_DRAWN, rows * (rows - 1) // 2)
    pairs = np.sort(random.integers(0, rows, (most, 2)), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def _u(drawn: pd.DataFrame, model: Model, rows: int) -> dict[str, dict[str, float]]:
    """Return the shipped u, corrected by the drawn pairs.

    Drawn pairs that look like duplicates are ignored: some are, by luck.
    """
    weight = drawn[[f"weight_{one.name}" for one in model.comparisons]].sum(axis=1)
    drawn = drawn[weight < np.log2(max(rows, 2)) - 2]
    counts = {one.name: drawn[f"level_{one.name}"].value_counts() for one in model.comparisons}
    return corrected_u(model, counts)


def corrected_u(
    model: Model, counts: Mapping[str, Mapping[str, int] | pd.Series[int]]
) -> dict[str, dict[str, float]]:
    """Return the shipped u, corrected by how many drawn pairs have each level of a comparison.

    In a graded comparison no level weighs less than the last one, which says that nothing agrees.
    """
    corrected: dict[str, dict[str, float]] = {}
    for one in model.comparisons:
        seen = counts[one.name]
        codes = [level.code for level in one.levels]
        count = {code: int(seen.get(code, 0)) + _TRUST * model.u[one.name][code] for code in codes}
        total = sum(count.values())
        shares = {code: max(n / total, _LEAST) for code, n in count.items()}
        if one.graded:
            m, last = model.m[one.name], codes[-1]
            most = shares[last] / m[last]
            shares = {code: min(share, most * m[code]) for code, share in shares.items()}
        corrected[one.name] = shares
    return corrected


def score_by_shipped(
    frame: pd.DataFrame,
    pairs: Pairs,
    model: Model,
    frequencies: Mapping[str, Mapping[str, float]],
) -> pd.DataFrame:
    """Return ``left``, ``right``, and a level, a weight and a frequency's bits of each comparison.

    The columns are ``level_<name>``, ``weight_<name>`` (by the shipped u) and ``frequency_<name>``,
    the bits to add where the frequency of a value is known. Comparisons whose columns are blank in
    all rows are not evaluated.
    """
    told = {column for column in frame.columns if frame[column].notna().any()}
    levels = _levels(frame, pairs, [one for one in model.comparisons if one.columns & told])
    result = pd.DataFrame({"left": pairs[:, 0], "right": pairs[:, 1]})
    for one in model.comparisons:
        m, u = model.m[one.name], model.u[one.name]
        level = levels.get(one.name, np.zeros(len(pairs), dtype=np.int8))
        frequency = np.zeros(len(pairs))
        for number, said in enumerate(one.levels, start=1):
            if said.frequency in frequencies:
                at = level == number
                shares = _shares(frame[said.frequency], frequencies[said.frequency], pairs[at])
                frequency[at] = np.nan_to_num(np.log2(u[said.code] / shares))
        result[f"weight_{one.name}"] = _log_ratios(one, m, u)[level]
        result[f"frequency_{one.name}"] = frequency
        result[f"level_{one.name}"] = pd.Categorical.from_codes(level, pd.Index(one.codes))
    return result


def _levels(
    frame: pd.DataFrame, pairs: Pairs, comparisons: Sequence[ModelComparison]
) -> Mapping[str, Any]:
    """Return by comparison the index in ``codes`` of the first level that holds of each pair."""
    if not comparisons:
        return {}
    cases = {one.name: level_case(one, [*map(str, range(len(one.codes)))]) for one in comparisons}
    read = sorted({column for one in comparisons for column in one.read} & {*frame.columns})
    if len(pairs) <= FEW_PAIRS:
        levels = levels_of_few(read, _cells_of(frame, pairs, read), list(cases.values()))
        codes = np.array(levels, dtype=np.int8).reshape(-1, len(cases))
        return dict(zip(cases, codes.T, strict=True))
    told = ", ".join(f'({case})::tinyint as "{name}"' for name, case in cases.items())
    cells = ", ".join(f"{side}.{name} as {name}_{side}" for name in read for side in "lr")
    numbered = pd.DataFrame({"l": pairs[:, 0], "r": pairs[:, 1], "n": range(len(pairs))})
    with _engine().cursor() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.register("cells", frame).register("pairs", numbered)
        # No user's text is in this SQL: levels and column names come from the model.
        return connection.execute(
            f"select {told} from (select n, {cells} from pairs "  # noqa: S608
            "join cells l on l.unique_id = pairs.l join cells r on r.unique_id = pairs.r) "
            "order by n"
        ).fetchnumpy()


def _cells_of(
    frame: pd.DataFrame, pairs: Pairs, columns: Sequence[str]
) -> Iterator[list[str | int | None]]:
    """Yield the cells of each pair: each column's of the left row, then its of the right one."""
    told = (frame[column].tolist() for column in columns)
    cells = [[None if pd.isna(cell) else cell for cell in row] for row in zip(*told, strict=True)]
    for left, right in pairs.tolist():
        yield [cell for both in zip(cells[left], cells[right], strict=True) for cell in both]


@cache
def _engine() -> DuckDBPyConnection:
    """Return this process's engine, which holds no tables; opening takes longer than a query."""
    # Imported late: most runs have no pairs, and the engine takes a while to load.
    import duckdb

    # More threads take more memory (60 MB at 20,000 rows) and are no faster.
    # Spilling is off, because it would leave people's rows in ``./.tmp``.
    return duckdb.connect(config={"threads": 1, "temp_directory": ""})


def _shares(
    values: pd.Series[str], frequency: Mapping[str, float], pairs: Pairs
) -> npt.NDArray[np.float64]:
    """Return the frequency of each pair's values in a column: the higher of the two rows'.

    NaN if neither row's value has a frequency.
    """
    share = np.array([frequency.get(value, np.nan) for value in values], dtype=float)
    highest: npt.NDArray[np.float64] = np.fmax(share[pairs[:, 0]], share[pairs[:, 1]])
    return highest
