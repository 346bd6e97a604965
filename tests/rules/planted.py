"""The planted register: ``tests/data/planted_*.txt`` read, built into one book, and judged.

The two files say how they are written. Every case adds rows of its own, so cases disturb one
another only where they share an address or a name, which they must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from register.book.cells import to_book
from register.book.finding import Finding
from register.book.headers import EXTRA
from register.book.ids import new_id, reference_text
from register.book.schema import schema
from register.book.table import Book, Table

DATA = Path(__file__).parent.parent / "data"
BLOCKS = {
    "topics": ("liikunta", "nuoret", "ikäihmiset", "kulttuuri ja taide"),
    "owners": ("Toimisto", "Koordinaattori"),
    "areas": ("Pääkaupunkiseutu",),
    "types": ("kylätoimikunta",),
}
FILLED = {
    "organisations": {"type": "association", "municipality": "Espoo"},
    "people": {
        "last": "Malli",
        "role": "sihteeri",
        "group": "association_actor",
        "invite": "yes",
        "basis": "legitimate_interest",
    },
    "networks": {"area": "Espoo", "member": "no"},
    "cooperation": {
        "date": "2026-05-05",
        "kind": "cooperation",
        "owner": "Toimisto",
        "state": "done",
    },
    "meetings": {
        "kind": "network_meeting",
        "date": "2027-01-20",
        "start": "17:30",
        "place": "Kylätalo",
        "area": "Espoo",
        "state": "draft",
    },
    "bans": {"scope": "all", "reason": "request", "date": "2026-01-01"},
}
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|n|r|t|=|\|)")
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", "=": "=", "|": "|"}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the files; ``code`` is '' for a near-miss, ``proposal`` None where any will do."""

    where: str
    tab: str
    column: str
    code: str
    cells: Mapping[str, str]
    beside: tuple[tuple[str, Mapping[str, str]], ...] = ()
    proposal: str | None = ""


@dataclass(slots=True)
class Planted:
    """The register, and the row that each case has in it."""

    book: Book
    cases: list[tuple[Case, str, str]] = field(default_factory=list)
    """``(case, row id, proposal with its references filled in)``."""


def cases() -> list[Case]:
    """Return every case of the two files."""
    return [*_read("planted_values.txt"), *_read("planted_rows.txt")]


def _read(name: str) -> Iterator[Case]:
    heading = ""
    for number, line in enumerate((DATA / name).read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("# "):
            heading = line[2:]
        if not line.startswith(("! ", "= ")) or heading == "formulas":
            continue
        fault, rest = line[0] == "!", line[2:]
        tab, _, column = heading.partition(".")
        code, text, proposal = "", rest, ""
        if fault:
            code, text, proposal = (part for part in re.split(r"(?<!\\)\|", f"{rest}|||")[:3])
            code = code.strip()
            if text[:1] == " ":
                text = text[1:].removesuffix(" ")
            if not column:
                column, _, code = (part.strip() for part in code.partition(":"))
                text = text.strip(" ")
        row, *others = text.split("¦¦")
        first, *more = row.split("¦")
        given = _cells(row.split("¦")) if "." not in heading else {}
        if "." in heading:
            given = {column: _plain(first.removesuffix(" ") if more else first), **_cells(more)}
        beside = tuple(
            (tab_key.strip(), _cells(cells.split("¦")))
            for tab_key, _, cells in (other.partition(":") for other in others)
        )
        wanted = None if proposal.strip() == "?" else _plain(proposal.strip())
        case_column = column if fault else ""
        yield Case(f"{name}:{number}", tab, case_column, code, given, beside, wanted)


def _cells(parts: list[str]) -> dict[str, str]:
    cells = {}
    for part in parts:
        key, _, value = part.partition("=")
        cells[key.strip()] = _plain(value.rstrip(" "))
    return cells


def _plain(text: str) -> str:
    if long := re.fullmatch(r"%(\d+)", text):
        return ("pitkä teksti " * 400)[: int(long[1])].strip()
    return _ESCAPE.sub(lambda m: _SINGLE.get(m[1]) or chr(int(m[1][1:], 16)), text)


def _formulas() -> dict[str, str]:
    text = (DATA / "planted_rows.txt").read_text(encoding="utf-8").partition("# formulas\n")[2]
    return dict(line.split(" ", 1) for line in text.splitlines())


class _Builder:
    """Gathers rows and gives each an id; the ids are those of its place in the files."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {key: [] for key in schema().tabs}
        self.live: dict[str, dict[tuple[int, str], str]] = {key: {} for key in schema().tabs}
        self.taken: set[str] = set()
        self.formulas = _formulas()
        self.home = self.add("organisations", {"name": "Kotiyhdistys ry"}, {})[1]

    def names(self, tab: str, given: Mapping[str, str], row_id: str) -> str:
        cells = self.filled(tab, given)
        return reference_text(
            " ".join(filter(None, (cells[k] for k in schema().tab(tab).name))), row_id
        )

    def filled(self, tab: str, given: Mapping[str, str]) -> dict[str, str]:
        number = f"{len(self.rows[tab]) + 1}"
        columns = schema().tab(tab).columns
        cells = {column.key: "" for column in columns} | FILLED.get(tab, {})
        if tab in ("organisations", "people"):
            cells |= {"email": f"{tab}{number}@example.org", "source": "messut 2026"}
            cells["verified_on"] = "2026-06-01"
        if tab == "people":
            letters = "".join(chr(ord("a") + int(digit)) for digit in number)
            cells |= {"first": f"Nimi{letters}", "org": getattr(self, "home", "")}
        if tab == "cooperation":
            cells |= {"matter": f"Asia {number}", "org": self.home}
        if tab == "bans":
            cells["email"] = f"kielto{number}@bans.example"
        if tab in ("organisations", "networks", "meetings"):
            cells["name"] = f"Esimerkki {number}"
        known = schema().tab(tab).by_key
        return cells | {k: to_book(known.get(k), v, "fi") for k, v in given.items()}

    def identity(self, tab: str, given: Mapping[str, str]) -> str:
        letter = schema().tab(tab).letter
        number = len(self.rows[tab]) + 2
        row_id = new_id(letter, (tab, str(number)), self.taken) if letter else f"#{number}"
        self.taken.add(row_id)
        return row_id

    def add(self, tab: str, given: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, str]:
        """Add a row; return its id and its reference."""
        row_id = names.get("@id") or self.identity(tab, given)
        cells = self.filled(tab, {k: _named(v, names) for k, v in given.items()})
        number = len(self.rows[tab]) + 2
        for key, value in list(cells.items()):
            if value.startswith("=#"):
                text = self.live[tab][number, key] = self.formulas.get(value[2:], "")
                cells[key] = "arvo" if text else ""
        if "id" in cells and "id" not in given:
            cells["id"] = row_id
        shown = " ".join(filter(None, (cells[k] for k in schema().tab(tab).name)))
        self.rows[tab].append(cells)
        if "id" in given:
            doubled = any(row["id"] == given["id"] for row in self.rows[tab][:-1])
            row_id = given["id"] if _own(tab, given["id"]) and not doubled else f"#{number}"
        return row_id, reference_text(shown, row_id)

    def table(self, tab: str) -> Table:
        extra = {k for row in self.rows[tab] for k in row if k.startswith(EXTRA)}
        columns = [column.key for column in schema().tab(tab).columns] + sorted(extra)
        rows = [[row.get(key, "") for key in columns] for row in self.rows[tab]]
        return Table.of(
            schema().tab(tab), columns, enumerate(rows, start=2), formulas=self.live[tab]
        )


def _own(tab: str, text: str) -> bool:
    from register.book.ids import is_id

    return is_id(text, schema().tab(tab).letter)


def _named(value: str, names: Mapping[str, str]) -> str:
    return re.sub(
        r"@([123]?)(id)?(?=$|, )",
        lambda m: names.get(m[0], m[0]) if m.start() == 0 or m[1] else m[0],
        value,
    )


def planted() -> Planted:
    """Build the register that holds every case."""
    build = _Builder()
    for block, values in BLOCKS.items():
        for value in values:
            build.add("choices", {block: value}, {})
    result = Planted(Book.empty())
    for case in cases():
        row_id = build.identity(case.tab, case.cells)
        names = {"@": build.names(case.tab, case.cells, row_id), "@id": row_id}
        ids = [build.identity(tab, cells) for tab, cells in case.beside]
        for n, (one, (tab, cells)) in enumerate(zip(ids, case.beside, strict=True), start=1):
            names[f"@{n}id"] = one
            names[f"@{n}"] = build.names(tab, cells, one)
        for n, (tab, cells) in enumerate(case.beside, start=1):
            one, shown = build.add(tab, cells, {**names, "@id": names[f"@{n}id"]})
            names[f"@{n}"] = shown
        row_id, _ = build.add(case.tab, case.cells, names)
        result.cases.append((case, row_id, _named(case.proposal or "", names)))
    book = Book.empty()
    result.book = Book({**book.tables, **{key: build.table(key) for key in book.tables}}, "fi")
    return result


def of_row(found: Mapping[tuple[str, str], list[Finding]], case: Case, row: str) -> list[Finding]:
    """Return the findings of a case's own row."""
    return found.get((case.tab, row), [])
