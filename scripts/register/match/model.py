"""A model: comparisons in levels, each with how likely it is among the same and among others.

The engine is Splink (Fellegi and Sunter's weights) on DuckDB. Its settings are built from code; the
probabilities are in JSON beside it, made by tests/match/training.py. m, how likely a level is for
two rows of the same, is shipped. u, how likely for two of different ones, is the shipped one
corrected by pairs drawn at random from the rows at hand; so is how many of the rows are there
twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from register.match.candidates import Pairs

if TYPE_CHECKING:
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

_DRAWN = 40_000
"""How many pairs are drawn to see what is alike by chance."""

_TRUST = 2_000
"""How many drawn pairs the shipped u counts for."""

AT_ONCE = 100_000
"""How many pairs the engine holds at once: it keeps the cells of both rows beside each."""

_TELLING = 150
"""A register of fewer rows says too little of what is alike by chance: the shipped u stands."""

_LEAST = 1e-6

_COLUMN = re.compile(r"\b(\w+)_[lr]\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: ``code`` names it, ``sql`` tells it by columns _l and _r."""

    code: str
    sql: str
    frequency: str = ""
    """The column whose term frequency tells how much this level says."""


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """A piece of evidence; ``unknown`` tells where nothing can be said. The last level is ELSE."""

    name: str
    unknown: str
    levels: tuple[Level, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that :attr:`unknown` reads: where all are blank, it holds of every pair."""
        return frozenset(_COLUMN.findall(self.unknown))


@dataclass(frozen=True, slots=True)
class Model:
    """Comparisons with their probabilities: ``m`` and ``u`` by comparison and level."""

    comparisons: tuple[ModelComparison, ...]
    m: Mapping[str, Mapping[str, float]]
    u: Mapping[str, Mapping[str, float]]


def load_model(name: str, comparisons: tuple[ModelComparison, ...]) -> Model:
    """Return a model with the probabilities that are shipped as ``<name>.json``."""
    kept = json.loads(files("register.match").joinpath(f"{name}.json").read_text("utf-8"))
    return Model(comparisons, kept["m"], kept["u"])


def score_pairs(
    frame: pd.DataFrame, pairs: Pairs, model: Model, frequencies: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the pairs with ``level_<comparison>``, ``weight_<comparison>`` and ``weight``.

    Weights are log2 Bayes factors, without the prior. ``frequencies`` are Splink's tables of how
    frequent the values of a column are.
    """
    drawn = _drawn(len(frame)) if len(frame) >= _TELLING else pairs[:0]
    # The engine compiles its SQL once for both: that costs as much as a thousand rows.
    every = np.unique(np.concatenate([pairs, drawn]), axis=0)
    parts = np.array_split(every, max(-(-len(every) // AT_ONCE), 1))
    found = pd.concat(
        [_predicted(frame, part, model, frequencies) for part in parts], ignore_index=True
    )
    coded = _coded(found[["left", "right"]].to_numpy(), len(frame))
    u = model.u
    if len(drawn):
        u = _u(found[np.isin(coded, _coded(drawn, len(frame)))], model, len(frame))
    found = found[np.isin(coded, _coded(pairs, len(frame)))].reset_index(drop=True)
    for one in model.comparisons:
        found[f"weight_{one.name}"] += _correction(found, one, model.u[one.name], u[one.name])
    found["weight"] = found[[f"weight_{c.name}" for c in model.comparisons]].sum(axis=1)
    return found


def _coded(pairs: Pairs, rows: int) -> np.ndarray:
    """Return one number for each pair."""
    coded: np.ndarray = pairs[:, 0] * rows + pairs[:, 1]
    return coded


def _correction(
    found: pd.DataFrame, one: ModelComparison, shipped: Mapping[str, float], u: Mapping[str, float]
) -> pd.Series[float]:
    """Return what the corrected u changes of each pair's weight.

    Where the frequency of a value is known it stands in the place of u: nothing changes there.
    """
    change = {code: float(np.log2(shipped[code] / u[code])) for code in shipped}
    corrected = found[f"level_{one.name}"].map(change).fillna(0.0)
    frequency = found.pop(f"frequency_{one.name}")
    return corrected.where(frequency == 0, frequency)


def comparison_levels(frame: pd.DataFrame, pairs: Pairs, model: Model) -> pd.DataFrame:
    """Return the level of each comparison for pairs, to train with."""
    return _predicted(frame, pairs, model, {})


def _drawn(rows: int) -> Pairs:
    """Return pairs of rows drawn at random, always the same ones for so many rows."""
    if rows < 2:
        return np.empty((0, 2), dtype=np.int64)
    random = np.random.default_rng(1)
    most = min(_DRAWN, rows * (rows - 1) // 2)
    pairs = np.sort(random.integers(0, rows, (most, 2)), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def _u(drawn: pd.DataFrame, model: Model, rows: int) -> dict[str, dict[str, float]]:
    """Return the shipped u corrected by what the drawn pairs show.

    Some of the pairs drawn are the same by luck: those that look so don't count.
    """
    weight = drawn[[f"weight_{one.name}" for one in model.comparisons]].sum(axis=1)
    drawn = drawn[weight < np.log2(max(rows, 2)) - 2]
    corrected: dict[str, dict[str, float]] = {}
    for one in model.comparisons:
        seen = drawn[f"level_{one.name}"].value_counts()
        codes = [level.code for level in one.levels]
        count = {code: int(seen.get(code, 0)) + _TRUST * model.u[one.name][code] for code in codes}
        total = sum(count.values())
        corrected[one.name] = {code: max(n / total, _LEAST) for code, n in count.items()}
    return corrected


def _predicted(
    frame: pd.DataFrame,
    pairs: Pairs,
    model: Model,
    frequencies: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """Return ``left``, ``right`` and, of each comparison, its level, weight and the frequency's.

    Weights are by the shipped u; a pair that is given twice is there once. What no row tells is not
    asked of the engine: compiling its SQL takes longer than comparing a small register.
    """
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator

    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    # Every thread holds its own share of the tables: 60 MB more at 20,000 rows and no sooner done.
    connection.execute("set threads = 1")
    database = DuckDBAPI(connection)
    told = {column for column in frame.columns if frame[column].notna().any()}
    asked = [one for one in model.comparisons if one.columns & told]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _comparison(one, model.m[one.name], model.u[one.name], frequencies) for one in asked
        ],
        probability_two_random_records_match=0.001,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    linker = Linker(database.register(frame), settings, log_level=None, validate_settings=False)
    for column, table in frequencies.items():
        linker.table_management.register_term_frequency_lookup(database.register(table), column)
    pairs = np.unique(pairs, axis=0)
    blocked = pd.DataFrame({"match_key": "0", "join_key_l": pairs[:, 0], "join_key_r": pairs[:, 1]})
    linker.table_management.register_blocked_pairs_for_predict(database.register(blocked))
    predicted: Any = linker.inference.predict()
    relation = predicted.as_duckdbpyrelation()
    wanted = [
        name
        for name in relation.columns
        if name.startswith(("gamma_", "mw_")) or name in ("unique_id_l", "unique_id_r")
    ]
    found: pd.DataFrame = relation.project(", ".join(wanted)).df()
    connection.close()
    return _by_comparison(found, model, asked)


def _by_comparison(
    found: pd.DataFrame, model: Model, asked: Sequence[ModelComparison]
) -> pd.DataFrame:
    """Return the engine's answer by our names; what it was not asked is unknown."""
    result: pd.DataFrame = found[["unique_id_l", "unique_id_r"]].rename(
        columns={"unique_id_l": "left", "unique_id_r": "right"}
    )
    for one in model.comparisons:
        if one not in asked:
            result[f"weight_{one.name}"] = result[f"frequency_{one.name}"] = 0.0
            result[f"level_{one.name}"] = "unknown"
            continue
        result[f"weight_{one.name}"] = found[f"mw_{one.name}"].astype(float)
        adjusted = f"mw_tf_adj_{one.name}"
        result[f"frequency_{one.name}"] = (
            found[adjusted].astype(float).fillna(0.0) if adjusted in found else 0.0
        )
        names = {len(one.levels) - 1 - i: level.code for i, level in enumerate(one.levels)}
        result[f"level_{one.name}"] = found[f"gamma_{one.name}"].map(names).fillna("unknown")
    return result


def _comparison(
    one: ModelComparison,
    m: Mapping[str, float],
    u: Mapping[str, float],
    frequencies: Mapping[str, pd.DataFrame],
) -> ComparisonCreator:
    from splink import comparison_level_library as library
    from splink import comparison_library

    levels: list[ComparisonLevelCreator | dict[str, Any]] = [
        library.CustomLevel(one.unknown, "unknown").configure(is_null_level=True)
    ]
    for level in one.levels[:-1]:
        made = library.CustomLevel(level.sql, level.code).configure(
            m_probability=m[level.code], u_probability=u[level.code]
        )
        if level.frequency in frequencies:
            made.configure(
                tf_adjustment_column=level.frequency, disable_tf_exact_match_detection=True
            )
        levels.append(made)
    last = one.levels[-1].code
    levels.append(library.ElseLevel().configure(m_probability=m[last], u_probability=u[last]))
    return comparison_library.CustomComparison(levels, output_column_name=one.name)


def pair_evidence(
    found: Mapping[str, object], comparisons: Sequence[ModelComparison]
) -> list[tuple[str, str, float]]:
    """Return ``(comparison, level, weight)`` of one scored pair, the weightiest first."""
    told = [
        (one.name, str(found[f"level_{one.name}"]), float(str(found[f"weight_{one.name}"])))
        for one in comparisons
        if found[f"level_{one.name}"] != "unknown"
    ]
    return sorted(told, key=lambda item: -abs(item[2]))
