"""Columns that depend on all rows: in SQL what ``people_columns`` does for a small list.

A test checks that both give the same result.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from register.match.columns import (
    BORNE_IF_KNOWN,
    COMMON,
    FEWEST,
    FEWEST_TRIGRAMS,
    FREE_MAIL,
    MOST_OF_ONE,
    SHARED,
    SHARED_LINE,
    SOME,
)
from register.match.large.blocks import ORDER
from register.match.large.parts import BESIDE, PIECES
from register.match.mailbox_owner import has_several_owners
from register.match.memory_database import sql_text
from register.match.people import (
    LAST_ALIKE_BY_CHANCE,
    ONES_OWN,
    POPULATION,
    RARE_DAY,
    RARE_FIRST,
    RARE_LAST,
    RARE_YEAR,
)
from register.match.sites import FREE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LEANS = """
    (coalesce({firsts}.count, 0) - {own} + if({known}, 5, 0) + 1)
    / (coalesce({lasts}.count, 0) - (1 - {own}) + 1)
"""


def find_turned(connection: DuckDBPyConnection, folder: Path) -> int:
    """Create the table ``turned``: names of ``named`` in the wrong columns; return how many rows.

    ``folder`` holds the files of the piece ``name``.
    """
    connection.execute(f"""
        create table names as select name.*, count from {_files(folder, "name")} name join (
            select given_first, given_last, count(*) as count from named group by all
        ) counted on name.given_first is not distinct from counted.given_first
            and name.given_last is not distinct from counted.given_last
    """)
    for key in ("first", "last"):
        connection.execute(
            f"create table {key}s_given as select {key} as part, sum(count) as count "
            f"from names where {key} is not null group by all"
        )
    surname = _LEANS.format(firsts="a", lasts="b", own=0, known="any_last_known")
    first = _LEANS.format(firsts="c", lasts="d", own=1, known="any_first_known")
    connection.execute(
        "create table turned as select given_first, given_last, names.count from names "
        "left join firsts_given a on a.part = last left join lasts_given b on b.part = last "
        "left join firsts_given c on c.part = first left join lasts_given d on d.part = first "
        "where first is not null and last is not null "
        f"and {surname} >= 3 and {first} <= 1 "
        "and not (length(first) = 1 and length(last) > 1)"
    )
    ((rows,),) = connection.execute("select coalesce(sum(count), 0) from turned").fetchall()
    return int(rows)


def make_called(connection: DuckDBPyConnection, folder: Path) -> None:
    """Create the table ``called``: the rows of ``named`` with the columns of their names.

    Names in the wrong columns are turned.
    """
    other_way = ""
    if any(folder.glob("turned-*.parquet")):
        other_way = f"union all by name select * from {_files(folder, 'turned')}"
    connection.execute(f"""
        create table called as select named.id, named.source, named.listed, named.given_email,
            told.* exclude (given_first, given_last)
        from named join (
            select * exclude (count) from names anti join turned using (given_first, given_last)
            {other_way}
        ) told on {_same("name", "named", "told")}
    """)
    connection.execute("drop table names")


def _same(piece: str, one: str, other: str) -> str:
    return " and ".join(
        f"{one}.{column} is not distinct from {other}.{column}" for column in PIECES[piece].given
    )


def _files(folder: Path, piece: str) -> str:
    return f"read_parquet({sql_text(folder / f'{piece}-*.parquet')})"


def make_cells(connection: DuckDBPyConnection, folder: Path) -> None:
    """Create the table ``cells``, all compared columns of each row, from files in ``folder``."""
    told = ", ".join(f"{piece}.* exclude ({', '.join(PIECES[piece].given)})" for piece in BESIDE)
    joined = " ".join(
        f"join {_files(folder, piece)} {piece} on {_same(piece, rows, piece)}"
        for rows, piece in (("called", "address"), *(("named", piece) for piece in BESIDE))
    )
    connection.execute(f"""
        create table prepared as select called.* exclude (given_email), mailbox, email, office,
            {told}, given_postcode as postcode
        from called join named using (id) {joined}
    """)
    connection.execute("drop table called")
    _find_shared(connection)
    _count_bearers(connection)
    grams = _telling_grams(connection)
    free = ", ".join(map(sql_text, sorted(FREE)))
    order = ", ".join(f"{column} nulls last" for column in ORDER)
    own = "email is not null and shared_email.value is null"
    connection.execute(f"""
        create table cells as select
            prepared.* exclude (email, mailbox, office, phone, phone7, grams),
            if({own}, email, null) as email,
            if({own}, mailbox, null) as mailbox,
            if(shared_phone.value is null, phone, null) as phone,
            if(shared_phone.value is null, phone7, null) as phone7,
            if(office in ({free}) or offices.value is not null, null, office) as office,
            {grams} as grams,
            greatest(firsts.borne, if(first_known, {BORNE_IF_KNOWN}, 0)) as first_borne,
            lasts.borne as last_borne,
            firsts.share as tf_first, lasts.share * {LAST_ALIKE_BY_CHANCE} as tf_last,
            greatest(max(firsts.share * lasts.share) over (partition by whole),
                     (count(*) over (partition by whole) - {ONES_OWN})
                     / ((select count(*) from named) + {POPULATION})) as tf_whole,
            if(born is null, null, (count(*) over (partition by born) - 1
                    + {POPULATION} * if(length(born) > 4, {RARE_DAY}, {RARE_YEAR}))
                / ((select count(*) from named) + {POPULATION})) as tf_born,
            row_number() over (order by {order}) as rank
        from prepared
        left join shared_email on shared_email.value = email
        left join shared_phone on shared_phone.value = phone
        left join offices on offices.value = office
        join firsts on firsts.part = coalesce(first, '')
        join lasts on lasts.part = coalesce(last, '')
    """)
    connection.execute("drop table prepared")
    _find_families(connection)


def _find_shared(connection: DuckDBPyConnection) -> None:
    """Create tables of the mailboxes, phones and domains that tell nobody apart."""
    initials = "array_to_string(list_sort([coalesce(first[1], ''), coalesce(last[1], '')]), '')"
    many = (
        f"count(distinct name) >= {SHARED} and count(distinct initials) >= {SHARED - 1} and "
        f"max(alike) <= {MOST_OF_ONE} * count(*) filter (length(initials) = 2)"
    )
    line = (
        "length(value) between 6 and 9 and value not like '4%' and value not like '50%' "
        f"and count(distinct initials) >= {SHARED_LINE}"
    )
    for column, which in (("email", many), ("phone", f"({many}) or ({line})")):
        connection.execute(f"""
            create table shared_{column} as select value from (
                select *, count(*) filter (length(initials) = 2) over (
                    partition by value, initials) as alike
                from (
                    select {column} as value, coalesce(whole, '') as name, {initials} as initials
                    from prepared where {column} is not null
                )
            ) group by value having count(*) > 1 and ({which})
        """)
    connection.execute(f"""
        create table offices as select office as value from prepared where office is not null
        group by all
        having count(*) > greatest({FREE_MAIL} * (select count(*) from prepared), {FEWEST})
    """)


def _count_bearers(connection: DuckDBPyConnection) -> None:
    """Create ``firsts`` and ``lasts``: how many people bear a name, and its share of all rows."""
    for key, others, beginning, rare in (
        ("first", "last", 3, RARE_FIRST),
        ("last", "first", 2, RARE_LAST),
    ):
        connection.execute(f"""
            create table {key}s as select coalesce({key}, '') as part,
                count(distinct coalesce({others}, '')[1:{beginning}]) as borne,
                (count(*) + {POPULATION * rare})
                    / ((select count(*) from prepared) + {POPULATION}) as share
            from prepared group by all
        """)


def _telling_grams(connection: DuckDBPyConnection) -> str:
    """Return an SQL expression for the trigrams of a street that are in few streets."""
    found = connection.execute(f"""
        with grams as (
            select unnest(string_split(grams, '|')) as gram from prepared where grams is not null
        )
        select list(gram) from (
            select gram from grams group by all having count(*) > greatest(
                {COMMON} * (select count(*) from prepared where grams is not null), {SOME}
            )
        )
    """).fetchall()
    common = ", ".join(map(sql_text, sorted(found[0][0] or ()))) if found else ""
    telling = (
        f"list_filter(string_split(grams, '|'), lambda gram: gram not in ({common or 'NULL'}))"
    )
    if not common:
        telling = "string_split(grams, '|')"
    return f"if(len({telling}) >= {FEWEST_TRIGRAMS}, array_to_string({telling}, '|'), null)"


def _find_families(connection: DuckDBPyConnection) -> None:
    """Create ``families``: the mailboxes that first names of several people share."""
    connection.execute("create table families (value varchar)")
    cursor = connection.cursor()
    cursor.execute("""
        select email, list(distinct [coalesce(first, ''), coalesce(last, '')]) as names from cells
        where email is not null and coalesce(first, last) is not null
        group by all having len(names) > 1
    """)
    while rows := cursor.fetchmany(10_000):
        several = [
            address
            for address, names in rows
            if has_several_owners({(first, last) for first, last in names})
        ]
        connection.execute("insert into families select unnest(?::varchar[])", [several])
