"""How much of people's time an imported list costs: ``PYTHONPATH=scripts python -m tests.bench.questions``.

Of the demo's list and of another of its kind the truth is known; the lists of ``tests/data/lists``
come into one register, one after the other.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.configuration.sections import ApplySection
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.people.records import live_rows
from register.review.pairs import pair_of_question
from register.review.question import BULK_KIND
from register.sample.messy import messy_list
from register.sample.people import sample_organisations, sample_people
from register.sources.files import read_file
from register.stores.layout import first_rows
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book as book_of

LISTS = Path(__file__).parents[1] / "data" / "lists"
HEADER = (
    "| list | rows | questions | besides duplicates, of 100 rows | decisions "
    "| duplicates | of a true pair | true duplicates | written wrongly |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class Asked:
    """What is open after the cleanup of imported rows; shares where the truth is known."""

    rows: int
    kinds: Counter[str]
    below: int = 0
    """So many of the questions stand below a line whose one decision settles them."""
    links: int = 0
    """So many true pairs it takes to bring together what is one and stands apart."""
    true: int = 0
    """So many of the duplicates that are asked about are one."""
    wrong: int = 0
    """So many cells that a rule has written are not what they should be."""

    @property
    def questions(self) -> int:
        return sum(self.kinds.values())

    @property
    def others(self) -> float:
        """Questions besides duplicates for each 100 rows."""
        return 100 * (self.questions - self.duplicates) / self.rows

    @property
    def decisions(self) -> int:
        """So many decisions settle all of them: a line and those below it are one."""
        return self.questions - self.below

    @property
    def duplicates(self) -> int:
        return self.kinds["duplicate"]

    def line(self, name: str) -> str:
        """Return a line of the documentation's table."""
        shares = (
            f"{self.duplicates / self.links:.2f} | {self.true / self.duplicates:.2f} | {self.wrong}"
            if self.links
            else "– | – | –"
        )
        return (
            f"| {name} | {self.rows:,} | {self.questions} | {self.others:.1f} | "
            f"{self.decisions} | {self.duplicates} | {shares} |"
        )


def clean(book: Book) -> tuple[Book, set[tuple[str, str, str]]]:
    """Clean a register as by default; return it, and the cells that rules have written."""
    options, now = CleanupOptions(ApplySection().rules), TickingClock().now()
    plan = cleanup(book, now, options, Sentences(book.language)).plan
    written = {c.cell for c in plan.changes if c.kind == "set" and c.before}
    return book.with_changes(plan.changes), written


def imported(path: Path, book: Book) -> Book:
    """Bring a list into the inbox."""
    sheet = read_file(path)
    outcome, _ = import_contacts(book, sheet, guess_columns(sheet), TickingClock().now())
    return book.with_changes(outcome.plan.changes)


def open_kinds(book: Book) -> Counter[str]:
    """Count the open questions by kind."""
    return Counter(row["kind"] for _, row in book.table("review").rows() if not row["done"])


def below_lines(book: Book) -> int:
    """Count the open questions that stand below a line, by what the lines say of themselves."""
    counts = (
        re.findall(r"\d+", row["link"].partition(": ")[2])
        for _, row in book.table("review").rows()
        if row["kind"] == BULK_KIND and not row["done"]
    )
    return sum(int(found[0]) for found in counts)


def new_register() -> Book:
    """Return a register as it is when it has just been made."""
    tabs = {tab: list(first_rows(schema().tab(tab), "fi")) for tab in ("choices", "networks")}
    return book_of(**tabs)


def of_known_lists(at_once: int = 30) -> Asked:
    """Measure the lists of ``tests/data/lists``, all in one register, cleaned after so many."""
    book = new_register()
    paths = [path for path in sorted(LISTS.iterdir()) if path.suffix != ".toml"]
    for start in range(0, len(paths), at_once):
        for path in paths[start : start + at_once]:
            book = imported(path, book)
        book, _ = clean(book)
    return Asked(len(book.table("inbox")), open_kinds(book), below_lines(book))


def of_messy_list(seed: int = 2026, rows: int = 500) -> Asked:
    """Measure a messy list whose truth is known."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        headers, cells, _ = messy_list(seed, rows)
        with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headers, *cells])
        book, written = clean(imported(path, new_register()))
    truth = MessyTruth(book, seed, rows)
    pairs = [
        pair_of_question(case_id, row)
        for case_id, row in book.table("review").rows()
        if row["kind"] == "duplicate" and not row["done"]
    ]
    return Asked(
        len(book.table("inbox")),
        open_kinds(book),
        below_lines(book),
        sum(map(truth.links, ("organisations", "people"))),
        sum(pair is not None and truth.are_one(pair.tab, pair.left, pair.right) for pair in pairs),
        sum(not truth.is_right(*cell) for cell in written),
    )


class MessyTruth:
    """What each live row of a register stands for, by the rows of the inbox that it came from."""

    def __init__(self, book: Book, seed: int, rows: int) -> None:
        _, cells, truth = messy_list(seed, rows)
        there = [i for i, row in enumerate(cells) if any(row)]
        random = Random(seed)
        homes = sample_organisations(random, max(2, rows * 2 // 5))
        count = rows - max(1, rows // 150) - rows // 10
        everyone = sample_people(random, homes, count)
        self._book = book
        self._is: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for place, (_, row) in zip(there, book.table("inbox").rows(), strict=True):
            for word in row["result"].split(", "):
                row_id = word.rpartition(" ")[2]
                tab = "people" if row_id.startswith("H-") else "organisations"
                is_one = truth.people if tab == "people" else truth.organisations
                self._is[tab][self._living(tab, row_id)].add(is_one[place])
        self._right = {
            "organisations": {
                i: {
                    "municipality": home.place.name_fi,
                    "phone": home.phone,
                    "email": f"info@{home.domain}",
                }
                for i, home in enumerate(homes)
            },
            "people": {
                i: {"email": one.email, "phone": one.phone} for i, one in enumerate(everyone)
            },
        }

    def _living(self, tab: str, row_id: str) -> str:
        row = self._book.table(tab).row(row_id)
        while row.get("merged_into"):
            row_id = reference_id(row["merged_into"])
            row = self._book.table(tab).row(row_id)
        return row_id

    def are_one(self, tab: str, left: str, right: str) -> bool:
        return bool(self._is[tab][left] & self._is[tab][right])

    def links(self, tab: str) -> int:
        """Return how many pairs hold together what is one and is not yet tied."""
        live = dict(live_rows(self._book.table(tab)))
        groups = {row_id: row_id for row_id in live}

        def named(row_id: str) -> str:
            return row_id if groups[row_id] == row_id else named(groups[row_id])

        for row_id, row in live.items():
            other = reference_id(row.get("same_human", ""))
            if other in live:
                groups[named(row_id)] = named(other)
        missing = 0
        for left, right in combinations(live, 2):
            if self.are_one(tab, left, right) and named(left) != named(right):
                groups[named(left)] = named(right)
                missing += 1
        return missing

    def is_right(self, tab: str, row_id: str, column: str) -> bool:
        """Whether a cell says what is true; what nothing is known of counts as right."""
        cell = self._book.table(tab).cell(row_id, column) if tab in self._right else ""
        known = (
            [self._right[tab][one].get(column, "") for one in self._is[tab][row_id]] if cell else []
        )
        return not any(known) or cell.casefold() in map(str.casefold, known)


def main() -> None:
    print(HEADER)
    print(of_messy_list().line("the demo's list"), flush=True)
    print(of_messy_list(7, 1000).line("another of its kind"), flush=True)
    print(of_known_lists().line("`tests/data/lists`, one register"), flush=True)


if __name__ == "__main__":
    main()
