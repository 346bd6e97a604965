"""How right, how fast and how large the matching of large lists is: the table of the figures.

    PYTHONPATH=scripts python -m tests.bench.large [organisations] [ROWS …]

Each list is made by the same maker as the register of the tests, written as CSV, and matched by the
command as a user gives it, in processes of their own.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd

from tests.match.associations import Directory
from tests.match.contacts import Town

SCRIPT = Path(__file__).parents[2] / "scripts" / "contacts.py"
KEYS = {
    "first": "Etunimi", "last": "Sukunimi", "org": "Yhdistys", "municipality": "Kunta",
    "postcode": "Postinumero", "email": "Sähköposti", "phone": "Puhelin", "role": "Tehtävä",
}  # fmt: skip
ORGANISATION_KEYS = {
    "name": "Yhdistys", "short": "Lyhenne", "business_id": "Y-tunnus", "assoc_no": "Rek.nro",
    "municipality": "Kunta", "postcode": "Postinumero", "email": "Sähköposti", "phone": "Puhelin",
    "url": "Kotisivu",
}  # fmt: skip
HEADER = (
    "| rows | F1 | precision | recall | certain | of them right | proposals right | s | CPU s | MB of the largest process |\n"
    "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
COUNTS = """
    with pairs as (
        select decision, a.who = b.who as same from '{found}' m
        join who a on a.row = m.left_row::bigint - 2 join who b on b.row = m.right_row::bigint - 2
    ), truth as (select sum(n * (n - 1) / 2) as pairs from (select count(*) as n from who group by who))
    select count(*), count(*) filter (same), count(*) filter (decision = 'certain'),
           count(*) filter (same and decision = 'certain'), any_value(truth.pairs) from pairs, truth
"""


def write(rows, path, keys=KEYS):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(keys.values())
        writer.writerows([row.get(key, "") for key in keys] for row in rows)


def matched(*arguments):
    """Run the command; return seconds, CPU seconds and the megabytes of its largest process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, str(SCRIPT), "match", *map(str, arguments)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss / 1_024


def line(rows, maker=Town, keys=KEYS):
    town = maker(7, rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(town.rows, folder / "list.csv", keys)
        seconds, cpu, size = matched(folder / "list.csv", "--report-dir", folder)
        who = pd.DataFrame({"row": range(rows), "who": town.who})
        with duckdb.connect() as connection:
            connection.register("who", who)
            counts = COUNTS.format(found=folder / "matches.parquet")
            found, right, certain, surely, truth = connection.execute(counts).fetchall()[0]
    precision, recall = right / found, right / truth
    return (
        f"| {rows:,} | **{2 * precision * recall / (precision + recall):.3f}** | {precision:.3f} | {recall:.3f} | "
        f"{certain:,} | {surely / certain:.4f} | {(right - surely) / (found - certain):.3f} | "
        f"{seconds:.0f} | {cpu:.0f} | {size:,.0f} |"
    )


if __name__ == "__main__":
    print(HEADER)
    if sys.argv[1:2] == ["organisations"]:
        for rows in map(int, sys.argv[2:] or ("100000",)):
            print(line(rows, Directory, ORGANISATION_KEYS), flush=True)
    else:
        for rows in map(int, sys.argv[1:] or ("100000", "300000", "1000000")):
            print(line(rows), flush=True)
