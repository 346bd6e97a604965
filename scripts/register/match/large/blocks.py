"""Candidate pairs among any number of rows: blocks of few rows, in SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CAP = 16
"""A block is cut into pieces of this many rows, in the order of all compared columns."""

FEW = 8
"""A block of one of :data:`LOOSE_KEYS` with more rows than this gives no pairs. Of a hundred
thousand pairs that only larger blocks would add, two hundred are duplicates."""

TIGHT_KEYS: tuple[tuple[str, ...], ...] = (
    ("email",),
    ("phone7",),
    ("mailbox", "last"),
    ("whole", "org"),
    ("whole", "postcode"),
    ("whole", "place"),
    ("last", "left(first, 1)", "postcode"),
    ("first", "left(last, 2)", "postcode"),
    ("street", "left(first, 1)"),
    ("postcode", "left(last, 2)", "house"),
    ("born", "left(whole, 1)"),
)
LOOSE_KEYS: tuple[tuple[str, ...], ...] = (
    ("whole",),
    ("born",),
    ("org", "left(last, 3)", "left(first, 1)"),
    ("org", "left(first, 4)", "place"),
    ("last", "left(first, 1)", "place"),
    ("first", "left(last, 3)", "place"),
)
"""What the rows of a block share, as SQL expressions."""

PEOPLE_KEYS = TIGHT_KEYS + LOOSE_KEYS

ORDER = ("whole", "place", "org", "postcode", "street", "email", "phone", "id")
"""The columns by which the rows of a block are ordered (``rank`` of ``cells``)."""

COMPARABLE = """
    coalesce(street_l, street_r) is not null
    or coalesce(born_l = born_r and length(born_l) > 4, false)
    or (email_l = email_r and (
        coalesce(first_l, last_l) is null or coalesce(first_r, last_r) is null
        or coalesce(phone7_l = phone7_r, false)))
    or (coalesce(first_l, last_l) is not null and coalesce(first_r, last_r) is not null and (
        first_l is null or last_l is null or first_r is null or last_r is null
        or first_l[1] in (first_r[1], last_r[1]) or last_l[1] = first_r[1]
        or list_has_any(string_split(words_l, '|'), string_split(firsts_r, '|'))
        or list_has_any(string_split(firsts_l, '|'), string_split(words_r, '|'))
        or jaro_winkler_similarity(first_l, first_r) >= 0.7))
"""
"""The condition of ``comparable_people`` in SQL, by columns _l and _r."""

COMPARED = ("first", "last", "words", "firsts", "email", "phone7", "street", "born")
"""The columns that :data:`COMPARABLE` reads."""

_BETWEEN = {"within": "true", "across": "l.listed <> r.listed", "all": "l.listed or r.listed"}


def make_pairs(connection: DuckDBPyConnection, which: str) -> None:
    """Create the table ``pairs`` (``l``, ``r``) of ``cells``: rows in one block, each pair once.

    ``which`` is ``within`` for pairs of any rows, ``across`` for a list's row with a register's
    row, or ``all`` for all except those of two register rows. Pairs that are certainly two people
    are left out.
    """
    connection.execute("create table blocked (l bigint, r bigint)")
    comparable = re.sub(r"(\w+)_([lr])\b", r"\2.\1", COMPARABLE)
    for key in PEOPLE_KEYS:
        pairs = block_pairs([key], which, "hash", COMPARED)
        connection.execute(f"insert into blocked {pairs} and ({comparable})")
    connection.execute("create table pairs as select distinct l, r from blocked")
    connection.execute("drop table blocked")


def block_pairs(
    keys: Sequence[Sequence[str]], which: str, hashed: str, carried: Sequence[str] = ()
) -> str:
    """Return the SQL of the pairs of ``cells`` that share a key, as DuckDB and Spark read it.

    ``hashed`` is the engine's function from values to 64 bits; the rows ``l`` and ``r`` have the
    columns ``carried``. A condition may be appended.
    """
    columns = ", ".join(("id", "listed", "rank", *carried))
    counted = any(key in LOOSE_KEYS for key in keys)
    size = "count(*) over (partition by key)" if counted else "0"
    keyed = " union all ".join(
        f"select {columns}, {hashed}({number}, {', '.join(key)}) as key, "
        f"{key in LOOSE_KEYS} as loose from cells where "
        + " and ".join(f"{_column(part)} is not null" for part in key)
        for number, key in enumerate(keys)
    )
    return f"""
        with keyed as (
            select *, floor(row_number() over (partition by key order by rank) / {CAP}) as piece,
                   {size} as size
            from ({keyed})
        )
        select least(l.id, r.id) as l, greatest(l.id, r.id) as r
        from keyed l join keyed r on l.key = r.key and l.piece = r.piece and l.id < r.id
        where (not l.loose or l.size <= {FEW}) and ({_BETWEEN[which]})"""


def _column(part: str) -> str:
    return part.removeprefix("left(").partition(",")[0]
