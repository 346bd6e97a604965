"""A reference names one living row: by its id, or by a name that only one row has.

What is shown is ``Nimi · O-7K3MQ``; the id decides. A name that a person types is completed when
it is one row's name, and asked about when it is nobody's or several rows'.
"""

from __future__ import annotations

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.headers import folded
from register.book.ids import reference_id
from register.book.table import Book
from register.fields import organisation_name
from register.rules.rule import CHECKED_TABS, RuleInfo, Setting, live_rows

CODES = (
    RuleInfo("reference-form", "info", "“{cell}” means “{suggestion}”."),
    RuleInfo(
        "reference-nobody",
        "warning",
        "“{cell}” is not in the register. Add it, or correct the name.",
    ),
    RuleInfo(
        "reference-merged",
        "warning",
        "“{cell}” has been merged into another row; “{suggestion}” is meant.",
    ),
    RuleInfo(
        "reference-several",
        "warning",
        "“{cell}” may be any of these: {detail}. Please write the right one with its id.",
    ),
)
_SEVERITY = {info.code: info.severity for info in CODES}


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the references that are not in their shown form or name no living row."""
    names: dict[str, dict[str, list[str]]] = {}
    for key in CHECKED_TABS:
        table = book.table(key)
        columns = [c for c in table.tab.columns if c.type in ("ref", "refs") and table.has(c.key)]
        for row_id, row in live_rows(table):
            for column in columns:
                cell = row[column.key]
                if not cell or (row_id, column.key) in table.formulas:
                    continue
                if column.to not in names:
                    names[column.to] = names_of(book, column.to)
                code, wanted, detail = _resolved(
                    book, column.to, cell, names[column.to], several=column.several
                )
                if code:
                    yield Finding(
                        *(key, row_id, column.key, code, _SEVERITY[code], cell),
                        suggestion=wanted,
                        detail=detail,
                    )


def names_of(book: Book, tab: str) -> dict[str, list[str]]:
    """Return the living rows of a tab by what people may call them."""
    names: dict[str, list[str]] = {}
    for row_id, row in live_rows(book.table(tab)):
        shown = " ".join(row.get(key, "") for key in book.table(tab).tab.name)
        called = {folded(shown), folded(row.get("short", ""))}
        if tab == "organisations":
            called.add(organisation_name.key(shown))
        if tab == "people":
            called.add(folded(f"{row.get('last', '')} {row.get('first', '')}"))
        for name in called - {""}:
            names.setdefault(name, []).append(row_id)
    return names


def _resolved(
    book: Book, tab: str, cell: str, names: dict[str, list[str]], *, several: bool
) -> tuple[str, str, str]:
    parts = cell.split(", ") if several else [cell]
    wanted: list[str] = []
    code = detail = ""
    for part in parts:
        problem, answer, more = _one(book, tab, part, names)
        wanted.append(answer or part)
        if problem and (not code or code == "reference-form"):
            code, detail = problem, more
    lost = code == "reference-merged" and ", ".join(wanted) == cell
    if lost or code in ("reference-nobody", "reference-several"):
        return code, "", detail
    return code, ", ".join(wanted) if code else "", detail


def _one(book: Book, tab: str, part: str, names: dict[str, list[str]]) -> tuple[str, str, str]:
    table = book.table(tab)
    row_id = reference_id(part)
    if row_id:
        if row_id not in table:
            return "reference-nobody", "", ""
        if table.cell(row_id, "status") == "merged":
            survivor = _survivor(book, tab, row_id)
            return "reference-merged", book.reference(tab, survivor) if survivor else "", ""
        shown = book.reference(tab, row_id)
        return ("", shown, "") if shown == part else ("reference-form", shown, "")
    found = names.get(folded(part), [])
    if not found and tab == "organisations":
        found = names.get(organisation_name.key(part), [])
    if len(found) == 1:
        return "reference-form", book.reference(tab, found[0]), ""
    if found:
        some = "; ".join(book.reference(tab, row_id) for row_id in sorted(found)[:5])
        return "reference-several", "", some
    return "reference-nobody", "", ""


def _survivor(book: Book, tab: str, row_id: str) -> str:
    seen = {row_id}
    while book.table(tab).cell(row_id, "status") == "merged":
        row_id = reference_id(book.table(tab).cell(row_id, "merged_into"))
        if not row_id or row_id in seen or row_id not in book.table(tab):
            return ""
        seen.add(row_id)
    return row_id
