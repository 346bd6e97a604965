"""Splink as it comes: its ready comparisons, its blocking, its EM; pairs above a half, closed."""

import logging
from contextlib import suppress
from itertools import combinations

import duckdb
import pandas as pd

from register.match.pair import JudgedPair

COLUMNS = ("first", "last", "email", "phone", "org", "municipality", "postcode", "street", "born")


def judge_by_defaults(rows):
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.CRITICAL)
    frame = pd.DataFrame(
        [{key: row.get(key, "").lower() or None for key in COLUMNS} for row in rows]
    )
    frame = frame.loc[:, frame.notna().any()]
    frame.insert(0, "unique_id", range(len(frame)))
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    has = set(frame.columns)
    ready = [comparisons.ForenameSurnameComparison("first", "last")]
    ready += [comparisons.EmailComparison("email")] if "email" in has else []
    ready += [
        comparisons.LevenshteinAtThresholds(key, [1, 2])
        for key in ("phone", "org", "municipality", "postcode", "street", "born")
        if key in has
    ]
    blocks = [block_on("first", "last")]
    if "postcode" in has:
        blocks += [block_on("last", "postcode"), block_on("first", "postcode")]
    blocks += [block_on(key) for key in ("email", "phone", "street", "born") if key in has]
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=ready, blocking_rules_to_generate_predictions=blocks
    )
    database = DuckDBAPI(connection)
    linker = Linker(database.register(frame), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("first", "last")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    held = next((key for key in ("postcode", "phone", "email", "street") if key in has), "first")
    for block in (block_on("first", "last"), block_on(held)):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    logging.disable(logging.NOTSET)
    return closed(zip(found["unique_id_l"], found["unique_id_r"], strict=True))


def judge_organisations_by_defaults(rows):
    """The same for organisations: the name by Jaro-Winkler, everything else by edits.

    What a small list gives it nothing to learn from stays at its default.
    """
    import splink.comparison_library as comparisons
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink.internals.exceptions import EMTrainingException, SplinkException

    logging.disable(logging.CRITICAL)
    columns = (
        "name",
        "business_id",
        "assoc_no",
        "email",
        "url",
        "phone",
        "municipality",
        "postcode",
        "street",
    )
    frame = pd.DataFrame(
        [{key: row.get(key, "").lower() or None for key in columns} for row in rows]
    )
    frame = frame.loc[:, frame.notna().any()]
    has = set(frame.columns)
    frame.insert(0, "unique_id", range(len(frame)))
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    ready = [comparisons.JaroWinklerAtThresholds("name")]
    ready += [comparisons.EmailComparison("email")] if "email" in has else []
    exact, edited = (
        ("business_id", "assoc_no", "municipality"),
        ("phone", "url", "postcode", "street"),
    )
    ready += [comparisons.ExactMatch(key) for key in exact if key in has]
    ready += [comparisons.LevenshteinAtThresholds(key, [1, 2]) for key in edited if key in has]
    keys = [
        key for key in ("name", "business_id", "assoc_no", "email", "phone", "url") if key in has
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=ready,
        blocking_rules_to_generate_predictions=[
            *(block_on(key) for key in keys),
            *([block_on("municipality", "substr(name, 1, 5)")] if "municipality" in has else []),
        ],
    )
    database = DuckDBAPI(connection)
    linker = Linker(database.register(frame), settings, log_level=None)
    with suppress(SplinkException):
        linker.training.estimate_probability_two_random_records_match(
            [block_on("name")], recall=0.7
        )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    held = next((key for key in ("municipality", "phone", "street") if key in has), "name")
    for block in (block_on("name"), block_on(held)):
        with suppress(EMTrainingException, ValueError):
            linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    logging.disable(logging.NOTSET)
    return closed(zip(found["unique_id_l"], found["unique_id_r"], strict=True))


def closed(pairs):
    """Return all pairs of rows that chains of pairs hold together."""
    groups = {}
    for left, right in pairs:
        one, two = groups.get(left, {left}), groups.get(right, {right})
        if one is not two:
            one |= two
            groups.update(dict.fromkeys(one, one))
    together = {id(group): group for group in groups.values()}
    return [
        JudgedPair(left, right, 0.5, "likely", ())
        for group in together.values()
        for left, right in combinations(sorted(group), 2)
    ]
