"""``contacts.py refresh-places``: fetches, compares and writes the tables of places.

The tables are part of the program (``register/places``): every user sees the same places, and new
ones are committed like any other change. So they are written in place, or into another folder for
review.
"""

import csv
import io
import re
from datetime import date
from pathlib import Path

from register.book.errors import UsageError
from register.configuration.sections import RegistersSection
from register.sources.downloaded import read_whole
from register.sources.open_register import OpenRegister
from register.sources.statistics_finland import PublishedPlaces
from register.values import places
from register.values.places.renewal import PublishedYear, TableRows, Tables

HOME = Path(places.__file__).parent
_TABLES = (
    "municipalities",
    "municipality_forms",
    "municipality_mergers",
    "postal_codes",
    "regions",
)
_ABOUT = "README.md"
"""The file with the tables' sources; its lines are kept, their years and days renewed."""

_LISTED = re.compile(r"PCF_\d{8}\.dat")


def read_place_tables(folder: Path) -> dict[str, TableRows]:
    """Return the tables of a folder; missing ones are replaced by the program's own."""
    found = {}
    for name in _TABLES:
        path = folder / f"{name}.csv"
        text = (path if path.is_file() else HOME / path.name).read_text(encoding="utf-8")
        found[name] = list(csv.DictReader(text.splitlines()))
    return found


def tables_year(folder: Path) -> int:
    """Return the year of a folder's tables according to their README, else this year."""
    path = folder / _ABOUT
    text = (path if path.is_file() else HOME / _ABOUT).read_text(encoding="utf-8")
    found = re.search(r"kuntaluokitukset (\d{4})", text)
    return int(found[1]) if found else date.today().year


def fetch_tables(registers: RegistersSection, year: int) -> PublishedPlaces:
    """Return what Statistics Finland and Posti have published.

    Raises UsageError where a year or a file is not published, TemporaryFailure where a server
    fails.
    """
    statistics = OpenRegister("Stat.fi", registers.classifications_url)
    published = PublishedPlaces()
    kinds = ("kunta", "maakunta", "hyvinvointialue")
    for kind in kinds:
        for language in ("fi", "sv"):
            path = f"/classifications/{kind}_1_{year}0101/classificationItems"
            query = {"content": "data", "meta": "max", "lang": language, "format": "json"}
            try:
                published.read(statistics.fetch(path, query), path)
            except UsageError as fault:
                if fault.values.get("status") != 404:
                    raise
                raise UsageError(
                    "Statistics Finland has not published the classifications of {year}.",
                    remedy="Try again at the turn of the year, or give another --year.",
                    year=year,
                ) from fault
    for kind in kinds[1:]:
        path = f"/correspondenceTables/kunta_1_{year}0101%23{kind}_1_{year}0101/maps"
        query = {"content": "data", "meta": "min", "lang": "fi", "format": "json"}
        published.read(statistics.fetch(path, query), path)
    posti = OpenRegister("Posti", registers.posti_url)
    listed = posti.fetch("/", {}).decode("iso-8859-1")
    files = sorted(set(_LISTED.findall(listed)))
    if not files:
        raise UsageError(
            "Posti's list of files names no postal codes (PCF_YYYYMMDD.dat).",
            remedy="Download the newest from posti.fi and give it with --file.",
        )
    published.read(posti.fetch(f"/{files[-1]}", {}), files[-1])
    return published


def read_downloaded(files: tuple[Path, ...]) -> PublishedPlaces:
    """Return the contents of downloaded files; raise UsageError where one cannot be read."""
    published = PublishedPlaces()
    for file in files:
        published.read(read_whole(file), file.name)
    return published


def tables_of_published(published: PublishedPlaces, old: Tables) -> PublishedYear:
    """Return the published data in the tables' form; raise UsageError where it mixes years."""
    if len(published.years) > 1:
        raise UsageError(
            "The files are of several years: {years}.",
            remedy="Give those of one year only.",
            years=", ".join(sorted(published.years)),
        )
    counties = {
        row["wellbeing_county_code"]: (row["wellbeing_county_fi"], row["wellbeing_county_sv"])
        for row in old["municipalities"]
    }
    told_fi, told_sv = (published.names.get(("hyvinvointialue", k), {}) for k in ("fi", "sv"))
    counties |= {code: (told_fi[code], told_sv[code]) for code in told_fi.keys() & told_sv.keys()}
    return PublishedYear(
        year=next(iter(published.years), ""),
        names_fi=published.names.get(("kunta", "fi"), {}),
        names_sv=published.names.get(("kunta", "sv"), {}),
        region_of=published.pairs.get(("kunta", "maakunta"), {}),
        county_of=published.pairs.get(("kunta", "hyvinvointialue"), {}),
        county_names=counties,
        postal_codes=[
            {
                "postal_code": one.code,
                "place_fi": one.place_fi,
                "place_sv": one.place_sv,
                "municipality_code": one.municipality,
                "type": one.kind,
            }
            for one in published.postal_codes
        ],
    )


def write_place_tables(
    folder: Path, old: Tables, new: Tables, year: str, posted: str
) -> list[Path]:
    """Write the tables and their README, each file whole or not at all; return the paths.

    Raises UsageError where the folder cannot be written to.
    """
    made = {f"{name}.csv": _as_csv(new[name], list(old[name][0])) for name in _TABLES}
    made[_ABOUT] = tables_readme((HOME / _ABOUT).read_text(encoding="utf-8"), new, year, posted)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drafts = {folder / name: folder / f".{name}.part" for name in made}
        for path, draft in drafts.items():
            draft.write_text(made[path.name], encoding="utf-8", newline="")
            draft.chmod(0o644)  # no personal data: every user of the program reads it
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as fault:
        raise UsageError(
            "The folder {folder} cannot be written to ({fault}).",
            remedy="Give another with --into, and have whoever keeps the program copy the tables.",
            folder=str(folder),
            fault=fault.strerror or "",
        ) from fault
    return list(drafts)


def tables_readme(text: str, tables: Tables, year: str, posted: str) -> str:
    """Return the tables' README with years, days and counts renewed; its lines are kept."""
    if year:
        text = re.sub(r"kuntaluokitukset \d{4}", f"kuntaluokitukset {year}", text)
        text = re.sub(r"(\| municipalities\.csv .*\| )1\.1\.\d{4}", rf"\g<1>1.1.{year}", text)
        text = re.sub(r"(\| regions\.csv .*\| )\d{4}", rf"\g<1>{year}", text)
        text = re.sub(r"to 1\.1\.\d{4}", f"to 1.1.{year}", text)
    if posted:
        date.fromisoformat(posted)
        text = re.sub(r"PCF of \d{4}-\d\d-\d\d", f"PCF of {posted}", text)
        text = re.sub(r"(\| postal_codes\.csv .*\| )\d{4}-\d\d-\d\d", rf"\g<1>{posted}", text)
    for name in _TABLES:
        text = re.sub(rf"(\| {name}\.csv \| )[\d,]+", rf"\g<1>{len(tables[name]):,}", text)
    return text


def _as_csv(rows: TableRows, columns: list[str]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()
