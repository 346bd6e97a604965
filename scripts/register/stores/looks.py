"""The look of the register in every store: colours, dropdowns, highlights, collapsed columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.book.schema import Column, Language, Tab, schema
from register.unpacking import column_letters

LINE = 15.0
"""The height of one line in a row, in points."""

WRAPPED = 60
"""Columns of at least this width (in characters) wrap their text."""

INK, PAPER, GREY, HEADER_GREY = "1F3A5F", "FFFFFF", "EFEFEF", "D5D9DF"
FAINT, TOOL_INK, BLACK, REVIEW_TAB = "8A8A8A", "5A5A5A", "000000", "C0504D"
LINK_INK = "1155CC"
_RED, _AMBER, _GREEN, _BLUE = "FBDCD8", "FFF1CC", "DFF2E1", "DDEBF7"
_PALE = "FFFBEB"
_STATES = {"error": _RED, "check": _AMBER, "incomplete": _PALE, "merged": "", "archived": ""}

_CHOICES_END = 1000
"""The last row of ``choices`` that dropdowns offer."""

_ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "organisations": ("status", _STATES),
    "people": ("status", _STATES),
    "cooperation": ("state", {"done": "", "lapsed": ""}),
    "meetings": ("state", {"cancelled": ""}),
    "letters": ("state", {"cancelled": ""}),
}
"""The column whose value colours the whole row, by tab; the colour '' greys the text."""

_CELLS: dict[tuple[str, str], dict[str, str]] = {
    ("organisations", "status"): {"ok": _GREEN},
    ("people", "status"): {"ok": _GREEN},
    ("networks", "member"): {"yes": _GREEN, "applied": _AMBER},
    ("meetings", "state"): {
        **dict.fromkeys(("gather", "preview", "released", "moved"), _AMBER),
        "sent": _GREEN,
        "held": _BLUE,
    },
    ("letters", "state"): {
        **dict.fromkeys(("preview", "released"), _AMBER),
        "sent": _GREEN,
    },
    ("review", "severity"): {"error": _RED, "warning": _AMBER, "info": _BLUE},
    ("invitations", "send_state"): {
        "waiting": _AMBER,
        "sending": _AMBER,
        "sent": _GREEN,
        "rehearsed": _BLUE,
        "failed": _RED,
        "unknown": _RED,
        "bounced": _RED,
        "blocked": GREY,
    },
    ("invitations", "rsvp"): {"coming": _GREEN, "maybe": _AMBER, "not_coming": GREY},
}
_QUESTION = ("suggestion", "value", "link", "answer")
_READ = ("review", "invitations")
"""Tabs whose tool columns are meant to be read, so that their text is black."""

_DONE = {"review": "done", "log": "undone"}
"""The column that turns a row grey as soon as it is filled, by tab."""


_FOLDED: dict[str, tuple[str, ...]] = {
    "meetings": (
        *("end", "url", "template", "rsvp_by", "capacity", "host", "attending"),
        *("introduction_fi", "introduction_sv", "introduction_en", "programme"),
        *("attachments", "details", "invited", "preview", "send_at", "remind_days"),
        *("thanks", "tally", "minutes", "sign_up", "day_options"),
    ),
    "letters": (
        *("subject_fi", "subject_sv", "subject_en"),
        *("file", "attachments", "send_at", "preview"),
    ),
}
"""Columns of wide tabs that are collapsed, so that the others fit a screen.

People open them by the sign above them."""

_NOT_OFFERED = {"request": ("import_file", "run")}
"""Values that only the program writes into a column of people: a list from a mail, its own run."""


@dataclass(frozen=True, slots=True)
class Dropdown:
    """What a cell offers: labels, or a column block of choices; ``closed`` refuses other values."""

    labels: tuple[str, ...]
    block: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A look that applies to rows for which a formula is true, written for row 2.

    ``column`` is '' if the whole row gets the look. ``fill`` and ``ink`` are colours; '' for none.
    """

    column: str
    formula: str
    fill: str = ""
    ink: str = ""
    italic: bool = False


def folded_runs(tab: Tab, keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return the runs of collapsed columns, ``[start, end)`` from 0; ``keys`` in sheet order."""
    folded = [key in _FOLDED.get(tab.key, ()) for key in keys]
    starts = [n for n, one in enumerate(folded) if one and not (n and folded[n - 1])]
    return [(n, next((m for m in range(n, len(keys)) if not folded[m]), len(keys))) for n in starts]


def dropdown(column: Column, language: Language) -> Dropdown | None:
    """Return the dropdown of a column; None if it has none.

    Only a closed list refuses other values. A decision may also be typed, in other words or as the
    value itself.
    """
    if column.tool:
        return None
    listed = bool(column.enum) and not column.block and not column.several
    left_out = _NOT_OFFERED.get(column.enum, ())
    closed = listed and column.enum != "decision" and not left_out
    if column.enum and not column.several:
        words = schema().enum(column.enum).labels.items()
        labels = [label[language] for key, label in words if key not in left_out]
        return Dropdown(tuple(labels), "", closed)
    if column.block:
        return Dropdown((), column.block, closed)
    if column.type == "municipality":
        return Dropdown((), "municipalities", closed)
    return None


def highlights(tab: Tab, language: Language) -> Iterator[Highlight]:
    """Yield the highlights of a tab whose columns are in the schema's order."""
    if tab.key in _ROWS:
        key, colours = _ROWS[tab.key]
        yield from _by_value(tab, key, colours, "", language)
    for (where, key), colours in _CELLS.items():
        if where == tab.key:
            yield from _by_value(tab, key, colours, key, language)
    if tab.key in _DONE:
        yield Highlight("", f'${letter_of(tab, _DONE[tab.key])}2<>""', ink=FAINT)


def tool_ink(tab: Tab, column: Column) -> str:
    """Return the text colour of a tool column."""
    if is_link(tab, column):
        return LINK_INK
    return BLACK if tab.key in _READ else TOOL_INK


def is_link(tab: Tab, column: Column) -> bool:
    """Return True if a column's cells are links to other cells."""
    return (tab.key, column.key) == ("review", "link")


def wraps_text(tab: Tab, column: Column) -> bool:
    """Return True if a column's text is wrapped: long texts, and the parts of a question."""
    return column.width >= WRAPPED or (tab.key == "review" and column.key in _QUESTION)


def letter_of(tab: Tab, key: str) -> str:
    """Return the letters of a column, in a tab with the schema's order."""
    return column_letters([column.key for column in tab.columns].index(key) + 1)


def choices_range(block: str, language: Language) -> str:
    """Return the range of ``choices`` that a dropdown offers, as in a formula."""
    tab = schema().tab("choices")
    title = tab.titles[language].replace("'", "''")
    letter = letter_of(tab, block)
    return f"'{title}'!${letter}$2:${letter}${_CHOICES_END}"


def _by_value(
    tab: Tab, key: str, colours: dict[str, str], column: str, language: Language
) -> Iterator[Highlight]:
    enum = schema().enum(tab.column(key).enum)
    for value, colour in colours.items():
        formula = f'${letter_of(tab, key)}2="{enum.label(value, language)}"'
        if colour:
            yield Highlight(column, formula, fill=colour)
        else:
            yield Highlight(column, formula, ink=FAINT, italic=True)


def wrapped_lines(tab: str, key: str, text: str) -> int:
    """Return how many lines a text takes in its column; 1 if the column does not wrap."""
    column = schema().tab(tab).by_key.get(key)
    if column is None or not wraps_text(schema().tab(tab), column):
        return 1
    return lines_of_text(text, column.width)


def lines_of_text(text: str, width: int) -> int:
    """Return how many lines a text takes with ``width`` characters a line."""
    return sum(max(1, -(-len(line) // width)) for line in text.splitlines()) or 1
