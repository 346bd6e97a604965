"""Adds the register's tabs to a Google Sheet, with the same content as in the workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from register.book.headers import language_of
from register.book.phrase import Phrase
from register.book.schema import Column, Language, schema
from register.stores.google_cells import Json
from register.stores.google_dress import (
    INCOMPLETE_VIEWS,
    add_columns,
    add_guide,
    add_incomplete_view,
    add_tab,
    append_guide_rows,
    fold_columns,
    incomplete_view,
)
from register.stores.google_reading import Grid, SpreadsheetAbout
from register.stores.google_release import (
    GUARDED,
    GUARDED_TABS,
    ReleaseGuard,
    guard_requests,
    is_guarded,
)
from register.stores.layout import (
    added_parts,
    missing_guide_rows,
    missing_tabs_and_columns,
    new_register_parts,
)
from register.stores.reading import StoreSheet
from register.stores.tab_headers import headers_of, named_tabs

SETTINGS = {"locale": "fi_FI", "timeZone": "Europe/Helsinki"}
"""Settings of a new register: dates and decimals as in Finland, whatever its language."""

_SENTENCES = {
    "locale": "the sheet's language of dates and numbers: {before} → {after}",
    "timeZone": "the sheet's time zone: {before} → {after}",
}
_NOTES = {
    "locale": "The sheet's language of dates and numbers stays {before}; with --set-locale it "
    "becomes {after}.",
    "timeZone": "The sheet's time zone stays {before}; with --set-locale it becomes {after}.",
}

_HeaderNotes = Mapping[tuple[str, str], str]
"""The notes of headers, by tab and column key."""


@dataclass(frozen=True, slots=True)
class MissingParts:
    """What a sheet lacks: tabs, columns, guide lines, filter views, protections, settings.

    ``titles`` are those of the existing tabs by key; ``columns`` are the missing columns of these
    tabs, ``headers`` the column keys that they have. ``lines`` are missing lines of the guide.
    ``unviewed`` are the tabs with row statuses that have no filter view of incomplete rows.
    ``spare`` is an empty tab to be deleted. ``releasers`` are the addresses that alone may edit the
    cells that release letters.
    """

    parts: tuple[Phrase, ...]
    language: Language
    about: SpreadsheetAbout
    titles: Mapping[str, str]
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lines: Sequence[Sequence[str]] = ()
    unviewed: tuple[str, ...] = ()
    spare: Grid | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[Phrase, ...] = ()
    releasers: tuple[str, ...] = ()

    @property
    def unguarded(self) -> tuple[str, ...]:
        """The keys of the tabs whose release cells still need a protection."""
        return tuple(
            key
            for key in GUARDED_TABS
            if self.releasers
            and not is_guarded(_guards(self, key), _columns(self, key), self.releasers)
        )


def missing_parts(
    found: SpreadsheetAbout,
    cells: Mapping[str, StoreSheet],
    language: Language,
    name: str,
    guide: Sequence[Sequence[str]] = (),
    *,
    settings: bool = False,
    releasers: Sequence[str] = (),
) -> MissingParts:
    """Return what the sheet lacks; ``cells`` holds the first rows of its tabs, by title.

    For the guide tab ``cells`` holds all rows; ``guide`` are the rows of a new guide. With
    ``releasers``, the cells that release letters are to be protected for these addresses.

    A sheet without any register tab gets them all in ``language``, and the single empty tab of a
    newly made sheet is deleted. Such a sheet also gets the register's settings; a sheet in use gets
    them only with ``settings``. Raises SchemaDrift if it is unclear what a tab is.
    """
    others = {name: to for name, to in SETTINGS.items() if found.settings.get(name) != to}
    titles = list(found.grids)
    named, _ = named_tabs(titles)
    if not named:
        only = found.grids[titles[0]] if len(titles) == 1 else None
        spare = only if only and not any(map(any, cells[only.title].rows)) else None
        new = others if spare or settings else {}
        kept = () if new else _said(_NOTES, others, found)
        guards = _guard_said(GUARDED_TABS if releasers else (), releasers, language)
        parts = (*new_register_parts(language, name), *guards)
        return MissingParts(
            (*parts, *_said(_SENTENCES, new, found)),
            *(language, found, {}),
            spare=spare,
            settings=new,
            kept=kept,
            releasers=tuple(releasers),
        )
    language = language_of(titles)
    rows = {title: sheet.rows for title, sheet in cells.items()}
    named, columns = missing_tabs_and_columns(titles, rows, name, language)
    headers = {
        key: headers_of(schema().tab(key), rows[title]).columns for key, title in named.items()
    }
    new = others if settings else {}
    unviewed = _without_view(found, named, headers)
    told = rows[named["guide"]] if "guide" in named else None
    lines = missing_guide_rows(told, guide, language) if told else []
    wanted = MissingParts(
        *((), language, found, named, columns, headers, lines, unviewed),
        settings=new,
        releasers=tuple(releasers),
    )
    parts = (
        *added_parts(named, columns, language, lines),
        *_views_said([named[key] for key in unviewed], language),
        *_guard_said(wanted.unguarded, releasers, language),
        *_said(_SENTENCES, new, found),
    )
    return replace(wanted, parts=parts)


def _without_view(
    found: SpreadsheetAbout, named: Mapping[str, str], headers: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return the keys of tabs with row statuses but no filter view of incomplete rows."""
    return tuple(
        key
        for key, title in named.items()
        if "status" in headers[key] and not incomplete_view(found.grids[title].filter_views)
    )


def _columns(wanted: MissingParts, key: str) -> list[str]:
    """Return the column keys that a tab has once the missing columns are added."""
    if key not in wanted.titles:
        return [column.key for column in schema().tab(key).columns]
    added = (column.key for column in wanted.columns.get(key, ()))
    return [*wanted.headers[key], *added]


def _guards(wanted: MissingParts, key: str) -> Sequence[ReleaseGuard]:
    """Return the release protections that a tab has."""
    grid = wanted.about.grids.get(wanted.titles.get(key, ""))
    return grid.release_guards if grid else ()


def _views_said(titles: Sequence[str], language: Language) -> tuple[Phrase, ...]:
    view = INCOMPLETE_VIEWS[language]
    return tuple(("{tab}: the filter view {view}", {"tab": one, "view": view}) for one in titles)


def _guard_said(
    keys: Sequence[str], releasers: Sequence[str], language: Language
) -> Iterator[Phrase]:
    for tab in map(schema().tab, keys):
        columns = [tab.column(key).headers[language] for key in GUARDED]
        values = {"tab": tab.titles[language], "columns": columns, "who": list(releasers)}
        yield "{tab}: only {who} may change {columns}", values


def _said(
    sentences: Mapping[str, str], settings: Mapping[str, str], found: SpreadsheetAbout
) -> tuple[Phrase, ...]:
    """Return the sentences about settings, with their current and new values."""
    return tuple(
        (sentences[name], {"before": found.settings.get(name) or "-", "after": to})
        for name, to in settings.items()
    )


def layout_requests(
    wanted: MissingParts, guide: Sequence[Sequence[str]], notes: _HeaderNotes, account: str
) -> list[Json]:
    """Return the requests that add everything missing, in one atomic write.

    ``account`` is the address of the scripts' own account; '' if unknown.
    """
    language = wanted.language
    requests: list[Json] = []
    if wanted.settings:
        update = {"properties": dict(wanted.settings), "fields": ",".join(wanted.settings)}
        requests.append({"updateSpreadsheetProperties": update})
    numbers = _free_numbers(grid.sheet_id for grid in wanted.about.grids.values())
    sheet_ids = {key: wanted.about.grids[title].sheet_id for key, title in wanted.titles.items()}
    titles = {
        tab.key: wanted.titles.get(tab.key, tab.titles[language]) for tab in schema().tabs.values()
    }
    order = list(wanted.about.grids)
    for tab in schema().tabs.values():
        if tab.key in wanted.titles:
            continue
        place = _place(tab.key, titles, order)
        order.insert(place, titles[tab.key])
        sheet_ids[tab.key] = next(numbers)
        if tab.columns:
            requests += add_tab(sheet_ids[tab.key], tab, language, place, notes)
        else:
            requests += add_guide(sheet_ids[tab.key], titles[tab.key], place, guide)
    requests += _column_requests(wanted, notes)
    if wanted.lines:
        requests.append(append_guide_rows(sheet_ids["guide"], wanted.lines))
    for key in wanted.unviewed:
        grid = wanted.about.grids[wanted.titles[key]]
        requests.append(add_incomplete_view(grid.sheet_id, wanted.headers[key], language))
    for key in wanted.unguarded:
        requests += guard_requests(
            sheet_ids[key],
            _columns(wanted, key),
            _guards(wanted, key),
            {*wanted.releasers, *filter(None, [account])},
        )
    if wanted.spare is not None:
        requests.append({"deleteSheet": {"sheetId": wanted.spare.sheet_id}})
    return sorted(requests, key=_last)


def _column_requests(wanted: MissingParts, notes: _HeaderNotes) -> Iterator[Json]:
    """Yield the requests that add columns to existing tabs.

    Columns are collapsed as well in a tab that has no group of columns yet.
    """
    for key, columns in wanted.columns.items():
        grid, tab = wanted.about.grids[wanted.titles[key]], schema().tab(key)
        there = wanted.headers[key]
        yield from add_columns(
            *(grid.sheet_id, tab, columns, len(there), grid.columns, wanted.language, notes)
        )
        if not grid.is_folded:
            keys = (*there, *(column.key for column in columns))
            yield from fold_columns(grid.sheet_id, tab, keys)


def _place(key: str, titles: Mapping[str, str], order: Sequence[str]) -> int:
    """Return the index for a new tab: after the register tab that precedes it in the schema."""
    keys = list(titles)
    before = [titles[k] for k in keys[: keys.index(key)] if titles[k] in order]
    return order.index(before[-1]) + 1 if before else 0


def _free_numbers(taken: Iterable[int]) -> Iterator[int]:
    """Yield sheet ids that no tab has."""
    used = set(taken)
    number = 1001
    while True:
        if number not in used:
            yield number
        number += 1


def _last(request: Json) -> bool:
    """Return True if a request must come last.

    A dropdown's range may be in a tab that the other requests add; a tab may be deleted only when
    others exist.
    """
    return "setDataValidation" in request or "deleteSheet" in request
