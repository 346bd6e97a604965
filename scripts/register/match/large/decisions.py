"""The decisions of :mod:`register.match.judging` in SQL, for any number of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from register.match.groups import LIKELY, clusters, estimated_prior
from register.match.judging import (
    FAMILIES,
    FEWEST_HOMES,
    HALF_NAMES,
    HOMES,
    NEAR_HOMES,
    OTHER_NAMES,
    SAME_PHONE,
    SINGLY,
    SINGLY_NEAR,
    TOGETHER,
    UNLIKE_NAMES,
)
from register.match.mailbox_owner import (
    is_called_by_name,
    is_named_for_another,
    tells_first_name,
)
from register.match.model import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIKELIEST_FIT = 0.01
"""A pair less likely than this makes no difference to whether two clusters fit."""

_BOTH = """
    create temp macro share_letters(one, two) as least(length(one), length(two)) > 2
    and 4 * list_sum(list_transform(list_distinct(string_split(one, '')),
        lambda letter: least(length(one) - length(replace(one, letter, '')),
                             length(two) - length(replace(two, letter, '')))))
        >= 3 * greatest(length(one), length(two))
"""

_ALIKE = """
    create temp macro alike(one, two, known) as one is null or two is null
        or starts_with(one, two) or starts_with(two, one)
        or (not known and share_letters(one, two))
"""

_MISSPELT = """
    coalesce(level_name in ('other_first', 'different')
        and ((level_birth = 'same' or level_birth in ('slip', 'near') and level_email = 'same')
                and length(l.born) > 4 and length(r.born) > 4
            or level_email = 'same' and l.phone7 = r.phone7
                and l.org is not distinct from r.org and l.last is distinct from r.last)
        and (alike(l.first, r.first, l.first_known and r.first_known)
                and alike(l.last, r.last, false)
            or alike(l.first, r.last, false) and alike(l.last, r.first, false)), false)
"""
"""``_misspelt`` of :mod:`register.match.judging`."""

_TOLD = f"""
    level_email = 'same' and l.unnamed is null and r.unnamed is null
        and family_l.value is null and family_r.value is null as whose,
    (length(l.first) = 1 and family_l.value is not null
        or length(r.first) = 1 and family_r.value is not null)
        and level_phone in ('different', 'of_two') as initials,
    coalesce(l.generation <> r.generation, false) as elders,
    level_name in ('exact', 'swapped') and level_email = 'same'
        and family_l.value is null and family_r.value is null
        and l.written_out and r.written_out
        and l.generation is not distinct from r.generation
        and level_birth not in ('near', 'different')
        and not (level_name = 'swapped' and l.turnable)
        and concat_ws(' ', l.first, l.last)
            in (concat_ws(' ', r.first, r.last), concat_ws(' ', r.last, r.first))
        and not ((level_affiliation in ('different', 'place', 'code')
                  or level_affiliation not in {TOGETHER} and level_phone not in {SAME_PHONE}
                  and level_address not in {HOMES} and level_birth <> 'same')
            and l.id not in (select id from mailboxes where own))
        and not (level_phone in ('different', 'of_two')
            and (level_affiliation in ('different', 'place', 'code')
                 or l.id not in (select id from mailboxes where first_named)
                 or r.id not in (select id from mailboxes where first_named)))
        and l.id not in (select id from mailboxes where others)
        and r.id not in (select id from mailboxes where others) as sure
"""
"""What ``different_people`` and ``_doubtful`` of :mod:`register.match.judging` say of a pair."""


def sql_list(values: tuple[str, ...]) -> str:
    """Return texts as an SQL list, in brackets."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def near_homes(model: Model, least: float) -> str:
    """Return the SQL condition of pairs near each other that weigh too little to be kept otherwise.

    Where each address has one resident, they may still gain :data:`SINGLY_NEAR` bits, so they are
    kept down to that much below ``least``. Levels are numbers here, as in ``codes``.
    """
    (codes,) = (one.codes for one in model.comparisons if one.name == "address")
    near = ", ".join(str(codes.index(code)) for code in HOMES + NEAR_HOMES)
    return f"level_address in ({near}) and weight >= {least - SINGLY_NEAR}"


def added_weight(connection: DuckDBPyConnection) -> str:
    """Return ``single_address_weight`` of the judging as an SQL expression, from ``scored``."""
    homes, strangers = connection.execute(
        "select count(*), count(*) filter (level_name in ('other_first', 'different')) "
        f"from scored where level_address in {sql_list(HOMES)}"
    ).fetchall()[0]
    if homes < FEWEST_HOMES or strangers >= FAMILIES * homes:
        return "0"
    return (
        f"case when level_address = 'different' then {-SINGLY / 2} "
        f"when level_address in {sql_list(NEAR_HOMES)} and level_name in {sql_list(HALF_NAMES)} "
        f"then {SINGLY_NEAR} when level_address in {sql_list(HOMES)} "
        f"and level_name in {sql_list(OTHER_NAMES)} then {SINGLY} else 0 end"
    )


def make_found(connection: DuckDBPyConnection) -> None:
    """Create the table ``found`` from ``scored``, with ``across``, ``sure`` and the final weight.

    Pairs of certainly different people are left out. Drops ``scored``.
    """
    connection.execute(_BOTH)
    connection.execute(_ALIKE)
    _read_mailboxes(connection)
    connection.execute(f"""
        create table found as
        select * exclude (whose, initials, elders, added)
            replace (weight + added as weight)
        from (
            select scored.*, if({_MISSPELT}, {SINGLY}, {added_weight(connection)}) as added,
                   l.listed <> r.listed as across, {_TOLD}
            from scored join cells l on l.id = scored.l join cells r on r.id = scored.r
            left join families family_l on family_l.value = l.email
            left join families family_r on family_r.value = r.email
        ) where not (
            (level_name in ('other_first', 'different') and added <= 0)
            or (level_name in {UNLIKE_NAMES} and level_birth = 'different')
            or (level_name = 'unknown' and added <= 0 and not whose) or initials or elders)
    """)
    connection.execute("drop table scored")


def _read_mailboxes(connection: DuckDBPyConnection) -> None:
    """Create the table ``mailboxes``: what the mailbox of a row (``id``) says of its person.

    ``own`` is :func:`is_called_by_name`, ``first_named`` :func:`tells_first_name`, ``others``
    :func:`is_named_for_another`. Only rows of pairs with the same name and mailbox are read.
    """
    connection.execute(
        "create table mailboxes (id bigint, own boolean, first_named boolean, others boolean)"
    )
    found = connection.execute("select distinct first from cells where first is not null")
    firsts = {first for (first,) in found.fetchall()}
    cursor = connection.cursor()
    cursor.execute("""
        select id, email, coalesce(first, ''), coalesce(last, '') from cells where id in (
            select unnest([l, r]) from scored where level_name in ('exact', 'swapped')
            and level_email = 'same'
        )
    """)
    while rows := cursor.fetchmany(10_000):
        told = [
            (
                number,
                is_called_by_name(email, first, last),
                tells_first_name(email, first, last),
                is_named_for_another(email, first, last, firsts),
            )
            for number, email, first, last in rows
        ]
        connection.execute(
            "insert into mailboxes select unnest(?::bigint[]), unnest(?::boolean[]), "
            "unnest(?::boolean[]), unnest(?::boolean[])",
            [list(column) for column in zip(*told, strict=True)],
        )


def make_likely(connection: DuckDBPyConnection) -> None:
    """Create the table ``likely`` from ``found``, with ``probability``; drops ``found``.

    Pairs within the lists and pairs between lists and register have a prior each.
    """
    rows, listed = connection.execute(
        "select count(*), count(*) filter (listed) from cells"
    ).fetchall()[0]
    priors = []
    for across in (False, True):

        def expected(prior: float, across: bool = across) -> float:
            total = connection.execute(
                f"select sum(p) from (select {_probability(str(prior))} as p from found "
                f"where across = {across}) where p > {LIKELY}"
            ).fetchall()[0][0]
            return float(total or 0)

        size = (rows, listed) if across else (listed, 0)
        priors.append(estimated_prior(expected, *size))
    prior = f"if(across, {priors[1]}, {priors[0]})"
    connection.execute(
        f"create table likely as select * from (select *, {_probability(prior)} as probability "
        f"from found) where probability >= {_LIKELIEST_FIT}"
    )
    connection.execute("drop table found")


def _probability(prior: str) -> str:
    return f"1 / (1 + pow(2.0, -greatest(least(weight + {prior}, 60), -60)))"


def make_members(connection: DuckDBPyConnection) -> None:
    """Create the table ``members``: the ``cluster`` of each row (``id``) that is in a likely pair.

    A pair without a third row is a cluster by itself; only the rest need the clustering of a small
    list.
    """
    connection.execute(f"""
        create table degrees as select id, count(*) as degree from (
            select l as id from likely where probability >= {LIKELY}
            union all select r from likely where probability >= {LIKELY}
        ) group by all
    """)
    connection.execute(f"""
        create table members as select unnest([l, r]) as id, l as cluster from likely
        join degrees a on a.id = l join degrees b on b.id = r
        where probability >= {LIKELY} and a.degree = 1 and b.degree = 1
    """)
    knots = connection.execute(
        'select l as "left", r as "right", probability from likely '
        "join degrees a on a.id = l join degrees b on b.id = r "
        "where a.degree > 1 or b.degree > 1"
    ).df()
    of = clusters(knots, LIKELY)
    connection.execute(
        "insert into members select unnest(?::bigint[]), unnest(?::bigint[])",
        [list(of), list(of.values())],
    )


def make_matches(connection: DuckDBPyConnection) -> None:
    """Create the table ``matches``: the pairs within a cluster, with ``cluster`` and ``certain``.

    A group connected by certain pairs is certain only if all its pairs are.
    """
    connection.execute(f"""
        create table matches as select likely.* exclude (sure)
            replace (greatest(probability, {LIKELY}) as probability), a.cluster, sure as certain
        from likely join members a on a.id = l join members b on b.id = r
        where a.cluster = b.cluster
    """)
    connection.execute("""
        create table certainly as with edges as (
            select l as id, r as other from matches where certain
            union all select r, l from matches where certain
        ), around as (
            select id, list_sort(list_append(list(other), id)) as rows from edges group by id
        )
        select edges.id from edges join around a on a.id = edges.id
        join around b on b.id = other group by all having bool_and(a.rows = b.rows)
    """)
    connection.execute(
        "update matches set certain = false where l not in (select id from certainly)"
    )
    connection.execute("drop table certainly; drop table likely; drop table degrees")
