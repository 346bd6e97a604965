"""The directory as tabs in the register that the tool makes (``lists --to-book``)."""

from collections.abc import Iterator, Sequence

from register.lists.directory import Directory, ListedOrganisation, region_counts
from register.ports.store import GeneratedTab
from register.show.directory_cells import list_cell, list_headers, person_cell, region_name
from register.show.directory_lists import FIGURES, figure_headers
from register.show.directory_sheets import SHEET_COLUMNS
from register.words.sentences import Sentences

_SIGN = "\N{GEAR}"
"""Prefix of the titles of the tool's own tabs."""

_KEYS = [key for key, _ in SHEET_COLUMNS]
_WIDTHS = [width * 3 // 2 for _, width in SHEET_COLUMNS]
"""Wider than on paper, because a screen has more room."""

_NAMES = [_KEYS.index(("organisations", "name")), _KEYS.index(("people", "name"))]

_PERSON = [("people", key) for key in ("municipality", "name", "role", "email", "phone")]


def directory_tabs(directory: Directory, say: Sentences, title: str) -> tuple[GeneratedTab, ...]:
    """Return a summary, a tab for each region with an organisation, and the separate lists."""
    return tuple(_tabs(directory, say, title))


def listed_tab(directory: Directory, say: Sentences, title: str, name: str) -> GeneratedTab:
    """Return one tab with all organisations of a selected list."""
    home = [one for region in directory.regions for one in region.home]
    known = {id(one) for one in home}
    others = [one for one in directory.organisations if id(one) not in known]
    return _listing(name, title, _about(directory, say), say, home, others)


def _about(directory: Directory, say: Sentences) -> str:
    return say(
        "Made of the register on {day}, and made anew each time: what is written into the list is "
        "lost. Notes and columns beside it stay.",
        day=directory.day,
    )


def _tabs(directory: Directory, say: Sentences, title: str) -> Iterator[GeneratedTab]:
    about = _about(directory, say)
    figures = region_counts(directory)
    rows: list[Sequence[str]] = [[title], [about], figure_headers(say)]
    for code, row in figures.iterrows():
        rows.append([region_name(str(code), say), *(str(row[key]) for key in FIGURES)])
    yield GeneratedTab(f"{_SIGN} {say('Summary')}", rows, [24, *[15] * len(FIGURES)])
    for region in directory.regions:
        if region.home or region.active:
            name = region_name(region.code, say)
            yield _listing(name, name, about, say, region.home, region.active)
    if directory.nationwide:
        heading = say("Active in the whole country")
        yield _listing(say("Whole country"), heading, about, say, directory.nationwide)
    if directory.unplaced:
        heading = say("No municipality that is known")
        yield _listing(say("Place not known"), heading, about, say, directory.unplaced)
    if directory.apart:
        some = [[person_cell(who, key, say) for _, key in _PERSON] for who in directory.apart]
        head = [[say("People without an organisation")], [about], list_headers(_PERSON, say)]
        widths = [18, 24, 24, 30, 18]
        yield GeneratedTab(f"{_SIGN} {say('No organisation')}", [*head, *some], widths, keys=[1])


def _listing(
    name: str,
    heading: str,
    about: str,
    say: Sentences,
    home: Sequence[ListedOrganisation],
    active: Sequence[ListedOrganisation] = (),
) -> GeneratedTab:
    rows: list[Sequence[str]] = [[heading], [about], list_headers(_KEYS, say)]
    rows += [line for one in home for line in _lines(one, say)]
    if active:
        rows += [[], [say("Active here from elsewhere")]]
        rows += [line for one in active for line in _lines(one, say)]
    return GeneratedTab(f"{_SIGN} {name}", rows, _WIDTHS, keys=_NAMES)


def _lines(one: ListedOrganisation, say: Sentences) -> Iterator[list[str]]:
    for contact in one.contacts or (None,):
        yield [list_cell(one, contact, key, say) for key in _KEYS]
