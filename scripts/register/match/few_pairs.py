"""The levels of a few pairs, found by SQLite: DuckDB takes longer to set up such a query.

SQLite evaluates the same conditions, with the few functions of DuckDB that they use. As in DuckDB,
texts are compared byte by byte in UTF-8. A list is a text with "|" before each of its items.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein, Jaro, JaroWinkler

FEW_PAIRS = 500
"""Up to this many pairs SQLite is faster."""

_Cell = str | int | float | None
_Function = Callable[..., _Cell]

_SIDE = re.compile(r"\b(left|right)\(")
"""Functions whose names are words of joins to SQLite."""


def levels_of_few(
    columns: Sequence[str], pairs: Iterable[Sequence[_Cell]], cases: Sequence[str]
) -> list[tuple[int, ...]]:
    """Return the value of each of ``cases`` (SQL) for each pair of rows.

    A pair holds the cells (None if blank) of ``columns``: each column's of the left row, then its
    of the right one.
    """
    names = [f"{column}_{side}" for column in columns for side in "lr"]
    cells = ", ".join(f"? as {name}" for name in names)
    told = _SIDE.sub(r"\1_end(", ", ".join(cases)).replace("::int", "")
    # No user's text is in this SQL: conditions and column names come from the model.
    sql = f"select {told} from (select {cells})"  # noqa: S608
    connection = _engine()
    return [connection.execute(sql, pair).fetchone() for pair in pairs]


@cache
def _engine() -> sqlite3.Connection:
    """Return this process's engine, which holds no tables."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for name, function in _FUNCTIONS.items():
        connection.create_function(name, -1, function, deterministic=True)
    return connection


def _known(function: _Function) -> _Function:
    """Return the function as SQL has it: of an unknown value it is unknown."""
    return lambda *given: None if None in given else function(*given)


def _of_bytes(similarity: Callable[[bytes, bytes], float]) -> _Function:
    return _known(lambda one, two: similarity(one.encode(), two.encode()))


def _string_split(text: str, separator: str) -> str:
    return "".join(f"|{item}" for item in (text.split(separator) if separator else text))


def _list_intersect(one: str, two: str) -> str:
    return "".join(f"|{item}" for item in {*one.split("|")[1:]}.intersection(two.split("|")[1:]))


def _split_part(text: str, separator: str, number: int) -> str:
    parts = text.split(separator)
    return parts[number - 1] if number <= len(parts) else ""


_FUNCTIONS: dict[str, _Function] = {
    "concat": lambda *given: "".join(text for text in given if text is not None),
    "damerau_levenshtein": _of_bytes(DamerauLevenshtein.distance),
    "greatest": lambda *given: max((one for one in given if one is not None), default=None),
    "jaro_similarity": _of_bytes(Jaro.similarity),
    "jaro_winkler_similarity": _of_bytes(JaroWinkler.similarity),
    "least": lambda *given: min((one for one in given if one is not None), default=None),
    "left_end": _known(lambda text, length: text[:length]),
    "len": _known(lambda items: items.count("|")),
    "list_intersect": _known(_list_intersect),
    "list_sort": _known(lambda items: "".join(f"|{item}" for item in sorted(items.split("|")[1:]))),
    "regexp_matches": _known(lambda text, pattern: bool(re.search(pattern, text))),
    "right_end": _known(lambda text, length: text[-length:]),
    "split_part": _known(_split_part),
    "starts_with": _known(str.startswith),
    "string_split": _known(_string_split),
    "strlen": _known(lambda text: len(text.encode())),
    "translate": _known(lambda text, gone, _: text.translate(dict.fromkeys(map(ord, gone)))),
}
