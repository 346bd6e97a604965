"""Next year's tables of places, made from this year's and from published data; and differences.

The functions are pure: a table is a list of rows by column. Statistics Finland publishes codes,
names and what belongs to what; the rest is kept (language, employment area, case forms). The heirs
of a former municipality follow from Posti's data: they are where its postal codes belong now.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from register.book.errors import UsageError

TableRows = list[dict[str, str]]
Tables = Mapping[str, TableRows]
"""The tables by name: municipalities, municipality_forms, municipality_mergers, …"""

_HEIR = 0.2
"""A municipality with a smaller share of a former one's postal codes is not its heir."""

_LEAST = 0.9
"""A new table with a smaller share of the old rows counts as an incomplete file."""


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """Data published for one year.

    Names, regions and counties of municipalities are by municipality code; names of counties by
    county code, in Finnish and Swedish. ``postal_codes`` are rows of our own table without the
    column ``alt_municipality_code``.
    """

    year: str
    names_fi: Mapping[str, str]
    names_sv: Mapping[str, str]
    region_of: Mapping[str, str]
    county_of: Mapping[str, str]
    county_names: Mapping[str, tuple[str, str]]
    postal_codes: TableRows


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One difference: ``sign`` (+ - ~ !), kind, code and name of the place, old and new value."""

    sign: str
    kind: str
    code: str
    name: str
    old: str = ""
    new: str = ""


def renew_tables(old: Tables, news: PublishedYear) -> dict[str, TableRows]:
    """Return the tables of the new year; raises UsageError if they would be inconsistent.

    Without names the municipalities stay as they are, without postal codes those do.
    """
    tables = {name: [dict(row) for row in rows] for name, rows in old.items()}
    if news.postal_codes:
        _enough("postal_codes", old["postal_codes"], news.postal_codes, "postal_code")
        other = {row["postal_code"]: row["alt_municipality_code"] for row in old["postal_codes"]}
        tables["postal_codes"] = [
            {**row, "alt_municipality_code": other.get(row["postal_code"], "")}
            for row in sorted(news.postal_codes, key=lambda row: row["postal_code"])
        ]
    if news.names_fi:
        _municipalities(old, tables, news)
    known = {row["code"] for row in tables["municipalities"]}
    for row in tables["postal_codes"]:
        if row["alt_municipality_code"] not in known - {row["municipality_code"]}:
            row["alt_municipality_code"] = ""
        if row["municipality_code"] not in known:
            raise UsageError(
                "The postal code {code} is in a municipality that is not known ({municipality}).",
                remedy="Refresh both: the municipalities of the year and the postal codes.",
                code=row["postal_code"],
                municipality=row["municipality_code"],
            )
    return tables


def table_differences(old: Tables, new: Tables) -> Iterator[TableDifference]:
    """Yield the differences: new, former, renamed and moved municipalities, then postal codes."""
    before = {row["code"]: row for row in old["municipalities"]}
    after = {row["code"]: row for row in new["municipalities"]}
    heirs = {row["old_code"]: row["new_code"] for row in new["municipality_mergers"]}
    for code in sorted(before.keys() | after.keys()):
        if code not in after:
            heir = after.get(heirs.get(code, ""), {}).get("name_fi", "")
            yield TableDifference("-", "municipality", code, before[code]["name_fi"], new=heir)
        elif code not in before:
            yield TableDifference("+", "municipality", code, after[code]["name_fi"])
        else:
            for key in ("name_fi", "name_sv", "region_fi", "wellbeing_county_fi"):
                was, now = before[code][key], after[code][key]
                if was != now:
                    yield TableDifference("~", key, code, before[code]["name_fi"], was, now)
    for row in new["municipality_forms"]:
        if not row["genitive_fi"]:
            yield TableDifference("!", "forms", row["code"], row["name_fi"])
    codes = [{row["postal_code"]: row for row in some["postal_codes"]} for some in (old, new)]
    for code in sorted(codes[0].keys() | codes[1].keys()):
        one, two = codes[0].get(code), codes[1].get(code)
        if one is None or two is None:
            place = (one or two or {})["place_fi"]
            yield TableDifference("+" if one is None else "-", "postal_code", code, place)
            continue
        for key in ("municipality_code", "type", "place_fi"):
            if one[key] != two[key]:
                yield TableDifference("~", key, code, two["place_fi"], one[key], two[key])


def _municipalities(old: Tables, tables: dict[str, TableRows], news: PublishedYear) -> None:
    before = {row["code"]: row for row in old["municipalities"]}
    _enough("municipalities", old["municipalities"], [{"code": c} for c in news.names_fi], "code")
    if not news.names_fi.keys() <= news.names_sv.keys() & news.region_of.keys():
        raise UsageError(
            "Some municipalities of {year} have no Swedish name or no region.",
            remedy="Give all of it: names in Finnish and Swedish, and the regions they belong to.",
            year=news.year,
        )
    regions = {row["code"]: row for row in old["regions"]}
    if strange := sorted(set(news.region_of.values()) - regions.keys()):
        raise UsageError(
            "There is a new region ({codes}): its case forms and letters are not known.",
            remedy="Add it to regions.csv by hand, then refresh again.",
            codes=", ".join(strange)[:80],
        )
    moved = _heirs(old, tables, before.keys() - news.names_fi.keys(), news)
    parents = {heirs[0]: before[code] for code, heirs in moved.items()}
    rows = []
    for code in sorted(news.names_fi):
        was = before.get(code) or parents.get(code) or {}
        region = regions[news.region_of[code]]
        county = news.county_of.get(code) or was.get("wellbeing_county_code", "")
        names = news.county_names.get(county) or (
            was.get("wellbeing_county_fi", ""),
            was.get("wellbeing_county_sv", ""),
        )
        rows.append(
            {
                "code": code,
                "name_fi": _name(news.names_fi[code], before.get(code, {}).get("name_fi", "")),
                "name_sv": _name(news.names_sv[code], before.get(code, {}).get("name_sv", "")),
                "region_code": region["code"],
                "region_fi": region["name_fi"],
                "region_sv": region["name_sv"],
                "wellbeing_county_fi": names[0],
                "wellbeing_county_sv": names[1],
                "wellbeing_county_code": county,
                "language_status": was.get("language_status", "fi"),
                "employment_area_fi": was.get("employment_area_fi", ""),
            }
        )
    tables["municipalities"] = rows
    tables["municipality_forms"] = _forms(old, rows)
    tables["municipality_mergers"] = _mergers(old, rows, moved, news.year)


def _heirs(
    old: Tables, tables: Tables, ended: frozenset[str] | set[str], news: PublishedYear
) -> dict[str, list[str]]:
    """Return the heirs of each former municipality, the one with most of its postal codes first."""
    now = {row["postal_code"]: row["municipality_code"] for row in tables["postal_codes"]}
    found: dict[str, Counter[str]] = {code: Counter() for code in ended}
    for row in old["postal_codes"]:
        heir = now.get(row["postal_code"], "")
        if row["municipality_code"] in ended and heir in news.names_fi:
            found[row["municipality_code"]][heir] += 1
    heirs = {
        code: [heir for heir, n in counts.most_common() if n >= _HEIR * counts.total()]
        for code, counts in found.items()
    }
    if orphans := sorted(code for code, some in heirs.items() if not some):
        raise UsageError(
            "It is not known what has become of the municipality {codes}.",
            remedy="Give Posti's postal codes of the new year as well: they tell where it belongs.",
            codes=", ".join(orphans)[:80],
        )
    return heirs


def _forms(old: Tables, rows: TableRows) -> TableRows:
    by_name = {row["name_fi"]: row for row in old["municipality_forms"]}
    blank = dict.fromkeys(("genitive_fi", "in_fi", "to_fi", "from_fi", "source"), "")
    return [
        {**by_name.get(row["name_fi"], blank), "code": row["code"], "name_fi": row["name_fi"]}
        for row in rows
    ]


def _mergers(old: Tables, rows: TableRows, moved: Mapping[str, list[str]], year: str) -> TableRows:
    """Return the mergers, those of this year first, with heirs updated in all earlier rows."""
    before = {row["code"]: row for row in old["municipalities"]}
    names = {row["code"]: row for row in rows}
    added = []
    for code, heirs in sorted(moved.items()):
        change = "split" if len(heirs) > 1 else "merger"
        added.append(_ended(before[code], heirs, f"{year}-01-01", change))
    for code, row in names.items():
        if code in before and before[code]["name_fi"] != row["name_fi"]:
            added.append(_ended(before[code], [code], f"{year}-01-01", "rename"))
    kept = []
    for row in old["municipality_mergers"]:
        codes = [row["new_code"], *row["also_codes"].split()]
        if moved.keys().isdisjoint(codes):
            kept.append(row)
            continue
        heirs = list(dict.fromkeys(heir for one in codes for heir in moved.get(one, [one])))
        kept.append({**row, "new_code": heirs[0], "also_codes": " ".join(heirs[1:])})
    return [*added, *kept]


def _ended(row: Mapping[str, str], heirs: list[str], day: str, change: str) -> dict[str, str]:
    other = row["name_sv"] if row["name_sv"] != row["name_fi"] else ""
    return {
        "old_name": row["name_fi"],
        "old_code": row["code"],
        "new_code": heirs[0],
        "date": day,
        "change": change,
        "also_codes": " ".join(heirs[1:]),
        "old_name_sv": other,
        "note": "heirs by postal codes" if change != "rename" else "",
    }


def _name(new: str, old: str) -> str:
    """Return the new name, or the old one if the new one only adds the other language to it."""
    return old if old and new.startswith(f"{old} - ") else new


def _enough(table: str, old: TableRows, new: TableRows, key: str) -> None:
    there = {row[key] for row in new}
    if sum(row[key] in there for row in old) < _LEAST * len(old):
        raise UsageError(
            "The new table {table} lacks more than a tenth of the old rows; is the file whole?",
            remedy="Download it again, and give it as it is.",
            table=table,
        )
