"""Results of matching large lists as tables: pairs with evidence, and the rows of clusters.

They are made, written and read in SQL, so that they are never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from register.match.evidence import CHAINED, EVIDENCE, evidence_in_words
from register.match.memory_database import sql_text
from register.match.organisation_comparisons import ORGANISATION_COMPARISONS
from register.match.pair import Pair
from register.match.person_comparisons import PEOPLE_COMPARISONS
from register.show.document import Document, PagePart, PageSection, PageTable, PageTile
from register.words.sentences import Sentences

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIGNS = "-=+@＝＋－＠﹢﹣﹦﹫"
_MOST_CLUSTERS = 300


@dataclass(frozen=True, slots=True)
class ShownRows:
    """What is shown of rows: the tab that gives the headers, columns, and the order of rows.

    ``comparisons`` are the names of the comparisons of pairs.
    """

    tab: str
    columns: tuple[str, ...]
    order: str
    comparisons: tuple[str, ...]


PEOPLE_ROWS = ShownRows(
    "people",
    (
        *("first", "last", "born", "org", "role", "municipality", "postcode", "street"),
        *("email", "phone"),
    ),
    "last, first",
    tuple(one.name for one in PEOPLE_COMPARISONS),
)
ORGANISATION_ROWS = ShownRows(
    "organisations",
    (
        *("name", "short", "business_id", "assoc_no", "municipality", "postcode", "street"),
        *("email", "phone", "url"),
    ),
    "name",
    tuple(one.name for one in ORGANISATION_COMPARISONS),
)


def make_match_tables(connection: DuckDBPyConnection, shown: ShownRows, say: Sentences) -> None:
    """Create ``match_pairs`` and ``match_rows`` from the matches, as they are written and shown."""
    pieces = ", ".join(
        f"struct_pack(said := abs(weight_{name}), comparison := '{name}', level := level_{name}, "
        f"weight := round(weight_{name}, 2))"
        for name in shown.comparisons
    )
    words = " ".join(
        f"when {sql_text(code)} then {sql_text(say(sentence))}"
        for code, sentence in EVIDENCE.items()
    )
    connection.execute(f"""
        create table match_pairs as select
            cluster, l.source as left_list, l."row" as left_row, r.source as right_list,
            r."row" as right_row, round(probability, 4) as probability,
            if(certain, 'certain', 'likely') as decision,
            list_transform(reasons, lambda one: struct_pack(
                comparison := one.comparison, level := one.level, weight := one.weight
            )) as evidence,
            coalesce(nullif(array_to_string(list_transform(reasons, lambda one:
                (case one.comparison || '_' || one.level {words} else one.level end)
                || printf(' (%+.1f)', one.weight)), ', '), ''), {sql_text(say(CHAINED))}) as why
        from (
            select *, list_reverse_sort(list_filter([{pieces}], lambda one: one.level <> 'unknown'))
                as reasons from matches
        ) join named l on l.id = l join named r on r.id = r
    """)
    given = ", ".join(f"given_{key} as {key}" for key in shown.columns)
    connection.execute(f"""
        create table match_rows as select members.cluster, source as list, "row", {given}, others,
            coalesce(least, 'likely') as decision
        from members join named using (id) left join (
            select cluster, if(bool_and(decision = 'certain'), 'certain', 'likely') as least
            from match_pairs group by all
        ) decided using (cluster)
    """)


def make_merged(connection: DuckDBPyConnection, shown: ShownRows) -> None:
    """Create ``merged``: the rows of all lists, with certain duplicates as one row.

    The cells of the fuller row come first; other values are in ``also`` (JSON). ``register`` has
    the ids of the register's rows that are certainly the same, ``maybe`` the rows that may be the
    same.
    """
    filled = " + ".join(f"(given_{key} is not null)::int" for key in shown.columns)
    lists = ", ".join(
        f"list(given_{key} order by filled desc, id) filter (given_{key} is not null) as {key}"
        for key in shown.columns
    )
    first = ", ".join(f"{key}[1] as {key}" for key in shown.columns)
    also = ", ".join(
        f"{key} := nullif(list_filter(list_distinct({key}), lambda one: one <> {key}[1]), [])"
        for key in shown.columns
    )
    place = "if(source = '', row, source || ':' || row)"
    connection.execute(f"""
        create table merged as
        with together as (
            select id, coalesce(one, id) as one from named left join (
                select r as id, min(l) as one from matches where certain group by all
            ) using (id)
        ), doubts as (
            select one, string_agg(distinct {place}, ', ' order by {place}) as maybe from (
                select l as id, r as other from matches where not certain
                union all select r, l from matches where not certain
            ) join together using (id) join named on named.id = other group by all
        ), grouped as (
            select one, string_agg({place}, ', ' order by id) filter (listed) as rows,
                   string_agg("row", ', ' order by id) filter (not listed) as register,
                   {lists}, list(others order by id) filter (others is not null) as others
            from (select *, {filled} as filled from named) join together using (id) group by all
        )
        select rows, register, maybe, {first}, others,
               nullif(json_merge_patch('{{}}', to_json(struct_pack({also})))::varchar, '{{}}')
                   as also
        from grouped left join doubts using (one) where rows is not null
    """)


def write_tables(
    connection: DuckDBPyConnection, folder: Path, shown: ShownRows, *, several: bool = False
) -> list[Path]:
    """Write the tables as Parquet and as CSV safe for spreadsheets; return the paths.

    If there are ``several`` lists, they are also written merged into one.
    """
    tables = [
        ("matches", "match_pairs", "cluster, left_list, left_row, right_list, right_row"),
        ("clusters", "match_rows", "cluster, list, row"),
    ]
    if several:
        make_merged(connection, shown)
        tables.append(("merged", "merged", f"{shown.order}, rows"))
    made = []
    for name, table, order in tables:
        rows = f"select * from {table} order by {order}"
        columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        safe = ", ".join(f"{_safe(key)} as {key}" for key in columns if key != "evidence")
        made += [folder / f"{name}.parquet", folder / f"{name}.csv"]
        connection.execute(f"copy ({rows}) to {sql_text(made[-2])} (format parquet)")
        connection.execute(
            f"copy (select {safe} from ({rows})) to {sql_text(made[-1])} "
            "(format csv, delimiter ';', header, force_quote *)"
        )
    return made


def _safe(column: str) -> str:
    """Return ``no_formula`` of the module tables as an SQL expression, with every kind of sign."""
    return (
        f"""regexp_replace({column}::varchar, '(^|[,;\\t])([\\pZ\\pC]*[{_SIGNS}])', """
        "'\\1''\\2', 'g')"
    )


def pair_lines(connection: DuckDBPyConnection, *, several: bool) -> Iterator[str]:
    """Yield a line for each pair; if there are ``several`` lists, rows are shown with theirs."""
    for left, right, probability, decision, why in _pairs(connection, "why", several=several):
        yield f"{left} = {right}  {probability:.3f}  {decision}  {why}"


def pair_values(connection: DuckDBPyConnection, *, several: bool) -> Iterator[str]:
    """Yield each pair as JSON."""
    for left, right, probability, decision, evidence in _pairs(
        connection, "to_json(evidence)", several=several
    ):
        one, two = (
            json.dumps(int(x) if x.isdecimal() else x, ensure_ascii=False) for x in (left, right)
        )
        yield (
            f'{{"left": {one}, "right": {two}, "probability": {probability}, '
            f'"decision": "{decision}", "evidence": {evidence}}}'
        )


def _pairs(
    connection: DuckDBPyConnection, last: str, *, several: bool
) -> Iterator[tuple[str, str, float, str, str]]:
    left, right = (
        f"if({side}_list = '' or {not several}, {side}_row, {side}_list || ':' || {side}_row)"
        for side in ("left", "right")
    )
    connection.execute(
        f"select {left}, {right}, probability, decision, {last} from match_pairs "
        "order by left_list, try_cast(left_row as bigint), right_list, "
        "try_cast(right_row as bigint), right_row"
    )
    while part := connection.fetchmany(5_000):
        yield from part


def matches_document(connection: DuckDBPyConnection, shown: ShownRows, say: Sentences) -> Document:
    """Return a page of the least likely clusters, which need attention most."""
    ((pairs, certain, clusters),) = connection.execute(
        "select count(*), count(*) filter (decision = 'certain'), count(distinct cluster) "
        "from match_pairs"
    ).fetchall()
    least = connection.execute(
        "select cluster, min(probability) as least from match_pairs group by all "
        f"order by least, cluster limit {_MOST_CLUSTERS}"
    ).fetchall()
    chosen = [cluster for cluster, _ in least]
    rows, reasons = (
        _by_cluster(connection, f"select {wanted} where cluster in (select unnest(?))", chosen)
        for wanted in (
            f"cluster, list, row, {', '.join(shown.columns)} from match_rows",
            f"cluster, {_place('left')}, {_place('right')}, probability, evidence from match_pairs",
        )
    )
    parts = tuple(_part(rows[one], reasons[one], chance, shown, say) for one, chance in least)
    tiles = (
        PageTile(clusters, say("groups of rows that are like one another")),
        PageTile(pairs - certain, say("pairs that may be one")),
        PageTile(certain, say("pairs that are one for certain")),
    )
    return Document(
        say("Who is there twice"),
        say("What is least certain comes first; the files beside this page have all of it."),
        (PageSection("clusters", say("Least certain"), "", parts),),
        tiles=(tiles,),
    )


def _place(side: str) -> str:
    """Return an SQL expression for a row's name with its list, as in :func:`_pairs`."""
    return f"if({side}_list = '', {side}_row, {side}_list || ':' || {side}_row)"


_Rows = list[tuple[Any, ...]]


def _by_cluster(
    connection: DuckDBPyConnection, query: str, chosen: Sequence[int]
) -> dict[int, _Rows]:
    found: dict[int, _Rows] = {}
    for cluster, *row in connection.execute(f"{query} order by all", [chosen]).fetchall():
        found.setdefault(cluster, []).append(tuple(row))
    return found


def _part(rows: _Rows, reasons: _Rows, chance: float, shown: ShownRows, say: Sentences) -> PagePart:
    told = [n for n, _ in enumerate(shown.columns, start=2) if any(row[n] for row in rows)]
    lines = tuple(
        (f"{row[0]}:{row[1]}" if row[0] else row[1], *(row[n] or "" for n in told)) for row in rows
    )
    headers = (say("Row"), *(_header(shown, shown.columns[n - 2], say) for n in told))
    because = tuple(
        _because(left, right, p, evidence, shown.tab, say) for left, right, p, evidence in reasons
    )
    title = say("{chance} % likely", chance=_percent(chance))
    return PagePart(title, table=PageTable(headers, lines), lines=because)


def _because(
    left: str,
    right: str,
    probability: float,
    evidence: list[dict[str, Any]],
    tab: str,
    say: Sentences,
) -> str:
    """Return a sentence on what speaks for a pair and what against it."""
    codes = tuple(f"{one['comparison']}_{one['level']}" for one in evidence)
    pair = Pair(tab, left, right, "likely", codes, tuple(float(one["weight"]) for one in evidence))
    speaks_for, against = evidence_in_words(pair, say)
    told = {"left": left, "right": right, "evidence": speaks_for, "chance": _percent(probability)}
    if against:
        return say(
            "{left} = {right}: {evidence}, but {against} ({chance} % likely)",
            **told,
            against=against,
        )
    return say("{left} = {right}: {evidence} ({chance} % likely)", **told)


def _percent(probability: float) -> int:
    """Return a probability in per cent, at most 99."""
    return min(round(100 * probability), 99)


def _header(shown: ShownRows, key: str, say: Sentences) -> str:
    if key == "born":
        return say("Born")
    if key in ("street", "postcode"):  # people have none of their own
        return say.header("organisations", "address" if key == "street" else key)
    return say.header(shown.tab, key)
