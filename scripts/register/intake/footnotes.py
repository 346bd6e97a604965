"""Footnotes: marks behind cells ("Eila Kaski*", "Ivo Tamm 1)"), explained below the list."""

import re
import unicodedata

_MARK = r"(?:\*{1,3}[)⁾]?|[¹²³⁴-⁹]{1,2}[)⁾]?|\d{1,2}\))"
_NOTE = re.compile(rf"(?P<mark>{_MARK})\s*(?P<text>\S.*)", re.DOTALL)
_MARKED = re.compile(rf"(?P<said>\S.*?)\s*(?P<mark>{_MARK})", re.DOTALL)
_HEADER = "Alaviite"


def join_footnotes(headers: list[str], rows: list[list[str]]) -> None:
    """Move footnotes into a new column, in place: each to the rows with a cell that has its mark.

    A footnote is a line of its own below the last row, and its mark stands behind a cell above.
    """
    end = max((at for at, row in enumerate(rows, start=1) if sum(map(bool, row)) > 1), default=0)
    alone = {at: next(filter(None, rows[at])) for at in range(end, len(rows)) if any(rows[at])}
    notes = {_key(found["mark"]): (at, found["text"]) for at, cell in alone.items()
             if (found := _NOTE.fullmatch(cell))}  # fmt: skip
    used = [(at, column, found, notes[key]) for at, row in enumerate(rows[:end])
            for column, cell in enumerate(row)
            if (found := _marked(cell)) and (key := _key(found["mark"])) in notes]  # fmt: skip
    if not used:
        return
    width = max(len(headers), *map(len, rows))
    headers += [*[""] * (width - len(headers)), _HEADER]
    for row in rows:
        row += [*[""] * (width - len(row)), ""] if row else []
    for at, column, found, (below, text) in used:
        rows[at][column], rows[below] = found["said"], []
        if text not in rows[at][width]:
            rows[at][width] = "; ".join(filter(None, (rows[at][width], text)))


def _marked(cell: str) -> re.Match[str] | None:
    """Return a cell parted from its mark, None for a cell without one: "(klo 9-12)" has none."""
    found = _MARKED.fullmatch(cell)
    return found if found and found["said"].count("(") == found["said"].count(")") else None


def _key(mark: str) -> str:
    plain = unicodedata.normalize("NFKC", mark)
    return plain.rstrip(")") if plain[0].isdigit() else plain
