"""The Ohje tab: ``templates/sheet/guide.<language>.md`` as the rows of a sheet."""

from __future__ import annotations

from functools import cache

from register.book.schema import Language
from register.show.pages import TEMPLATES

_BETWEEN = " | "
"""What stands between the two columns of a line: a name and what it means."""


@cache
def _rows(language: Language) -> tuple[tuple[str, ...], ...]:
    text = (TEMPLATES / "sheet" / f"guide.{language}.md").read_text(encoding="utf-8")
    rows: list[tuple[str, ...]] = []
    paragraph: list[str] = []
    for line in (*text.splitlines(), ""):
        alone = not line.strip() or line.startswith("#") or _BETWEEN in line
        if not alone:
            paragraph.append(line.strip())
            continue
        if paragraph:
            rows.append((" ".join(paragraph),))
            paragraph = []
        if not line.strip():
            rows.append(())
        else:
            rows.append(tuple(part.strip() for part in line.split(_BETWEEN, 1)))
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def guide_rows(language: Language) -> list[list[str]]:
    """Return the guide's rows: ``["# Heading"]``, ``["a paragraph"]``, ``["what", "how"]``, ``[]``.

    A paragraph may run over several lines of the file; an empty row stands between blocks.
    """
    return [list(row) for row in _rows(language)]
