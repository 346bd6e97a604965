"""Pairs worth a look among any number of rows: blocks of few rows, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CAP = 16
"""A block of more rows is cut into pieces of so many, in the order of all that is compared."""

PEOPLE_KEYS = (
    ("email",),
    ("phone7",),
    ("mailbox", "last"),
    ("whole", "org"),
    ("whole", "postcode"),
    ("whole", "place"),
    ("whole",),
    ("org", "last[1:3]", "first[1]"),
    ("org", "first[1:4]", "place"),
    ("last", "first[1]", "place"),
    ("last", "first[1]", "postcode"),
    ("first", "last[1:2]", "postcode"),
    ("first", "last[1:3]", "place"),
    ("street", "first[1]"),
    ("postcode", "last[1:2]", "house"),
)
"""What rows share that are looked at together; each key binds more than a name alone does."""

_ORDER = "whole, place, org, postcode, street, email, phone, id"

_COMPARABLE = """
    coalesce(l.street, r.street) is not null
    or (l.email = r.email and (
        coalesce(l.first, l.last) is null or coalesce(r.first, r.last) is null
        or coalesce(l.phone7 = r.phone7, false)))
    or (coalesce(l.first, l.last) is not null and coalesce(r.first, r.last) is not null and (
        l.first is null or l.last is null or r.first is null or r.last is null
        or l.first[1] in (r.first[1], r.last[1]) or l.last[1] = r.first[1]
        or list_has_any(string_split(l.words, '|'), string_split(r.firsts, '|'))
        or list_has_any(string_split(l.firsts, '|'), string_split(r.words, '|'))
        or jaro_winkler_similarity(l.first, r.first) >= 0.7))
"""
"""What :func:`comparable_people` tells of a pair of rows ``l`` and ``r``."""

_BETWEEN = {"within": "true", "across": "l.listed <> r.listed", "all": "l.listed or r.listed"}


def make_pairs(connection: DuckDBPyConnection, which: str) -> None:
    """Make ``pairs`` (``l``, ``r``) of ``cells``: those in one block, each once.

    ``which`` pairs: ``within`` the rows, ``across`` list and register, or ``all`` but the
    register's own.
    """
    connection.execute("create table blocked (l bigint, r bigint)")
    for key in PEOPLE_KEYS:
        told = " and ".join(f"{part.partition('[')[0]} is not null" for part in key)
        connection.execute(f"""
            insert into blocked
            with keyed as (
                select id, hash({", ".join(key)}) as key, listed, first, last, words, firsts,
                       email, phone7, street,
                       row_number() over (partition by hash({", ".join(key)}) order by {_ORDER})
                           // {CAP} as piece
                from cells where {told}
            )
            select least(l.id, r.id), greatest(l.id, r.id)
            from keyed l join keyed r on l.key = r.key and l.piece = r.piece and l.id < r.id
            where ({_BETWEEN[which]}) and ({_COMPARABLE})
        """)
    connection.execute("create table pairs as select distinct l, r from blocked")
    connection.execute("drop table blocked")
