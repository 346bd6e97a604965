"""The layout that the schema requires: missing tabs and columns, and the first rows."""

from collections.abc import Iterator, Mapping, Sequence

from register.book.errors import SchemaDrift
from register.book.phrase import Phrase
from register.book.schema import Column, Language, Tab, schema
from register.book.starters import starter_rows
from register.intake.renamed import guess_renamed, renamed_faults
from register.stores.tab_headers import (
    StoreRows,
    headers_of,
    known_columns,
    named_tabs,
    no_headers,
    peoples_columns,
)
from register.values.places import municipalities


def new_register_parts(language: Language, name: str) -> tuple[Phrase, ...]:
    """Return the sentences about what a new register gets."""
    titles = [tab.titles[language] for tab in schema().tabs.values()]
    return (("{book}: the tabs {tabs}", {"book": name, "tabs": ", ".join(titles)}),)


def missing_tabs_and_columns(
    titles: Sequence[str], sheets: Mapping[str, StoreRows], name: str, language: Language
) -> tuple[dict[str, str], dict[str, list[Column]]]:
    """Return the titles of the existing tabs by key, and the columns that each lacks.

    ``sheets`` holds at least the first row of each tab. Raises SchemaDrift if it is unclear what a
    tab or a column is.
    """
    named, faults = named_tabs(titles, later=True)
    faults = [fault for fault in faults if fault[1].keys() & {"other", "guess"}]
    found: dict[str, list[Column]] = {}
    for key, title in named.items():
        tab = schema().tab(key)
        rows = sheets[title]
        headers = headers_of(tab, rows)
        if tab.columns and rows and not known_columns(headers):
            faults.append(no_headers(tab, title, rows))
            continue
        for doubled in headers.doubled:
            values = {"tab": title, "column": tab.column(doubled).headers[language]}
            faults.append(("{tab}: the column {column} is there twice.", values))
        wanted = [c for c in tab.columns if c.key in (*headers.missing, *headers.absent)]
        guesses = guess_renamed(tab, wanted, peoples_columns(headers, rows))
        faults += renamed_faults(tab, title, guesses, language)
        if wanted:
            found[key] = wanted
    if faults:
        raise SchemaDrift(
            "{file} is not laid out as the register is. Nothing was done.",
            remedy="Put the names right by hand, call what is your own something else, and give "
            "the command again.",
            faults=faults,
            file=name,
        )
    return named, found


def missing_guide_rows(
    there: StoreRows, guide: Sequence[Sequence[str]], language: Language
) -> list[Sequence[str]]:
    """Return the rows that a guide of an earlier version lacks, each part under its heading.

    Only lines with live values and lines about tabs are added; people may have edited all others.
    ``there`` are all rows of the existing guide.
    """
    names = {str(row[0]) for row in there if row}
    known = {label[language] for label in schema().enum("picture").labels.values()}
    known |= {tab.titles[language] for tab in schema().tabs.values()}
    rows: list[Sequence[str]] = []
    heading: Sequence[str] = ()
    for row in guide:
        if row and row[0].startswith("#"):
            heading = row
        elif len(row) > 1 and row[0] in known - names:
            rows += [(), heading] if heading and heading not in rows else []
            rows.append(row)
    return rows


def added_parts(
    named: Mapping[str, str],
    columns: Mapping[str, Sequence[Column]],
    language: Language,
    lines: Sequence[Sequence[str]] = (),
) -> tuple[Phrase, ...]:
    """Return the sentences about the tabs, columns and guide lines to be added."""
    added: list[Phrase] = [
        ("the tab {tab}", {"tab": tab.titles[language]})
        for tab in schema().tabs.values()
        if tab.key not in named
    ]
    for key, wanted in columns.items():
        added += [
            ("{tab}: the column {column}", {"tab": named[key], "column": c.headers[language]})
            for c in wanted
        ]
    if names := [row[0] for row in lines if len(row) > 1]:
        added.append(("{tab}: lines on {names}", {"tab": named["guide"], "names": names}))
    return tuple(added)


def first_rows(tab: Tab, language: Language) -> Iterator[dict[str, str]]:
    """Yield the first rows of a new tab: cells by column key."""
    rows = starter_rows(language).get(tab.key, [])
    if tab.key != "choices":
        yield from rows
        return
    names = sorted(m.name("sv" if language == "sv" else "fi") for m in municipalities())
    for number in range(max(len(rows), len(names))):
        row = dict(rows[number]) if number < len(rows) else {}
        if number < len(names):
            row["municipalities"] = names[number]
        yield row
