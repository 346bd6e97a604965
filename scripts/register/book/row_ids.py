"""Ids of a tab's rows, and digests by which a row is recognised."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from register.book.headers import EXTRA
from register.book.ids import is_id
from register.book.schema import Tab

Knows = Callable[[str, str], str]
"""``(tab, id) -> digest`` of the row that had this id in the last run, '' if unknown."""


def row_digest(tab: Tab, cells: Mapping[str, str]) -> str:
    """Return a short hash of the cells of a row that people write."""
    return next(row_digests(tab, list(cells), [list(cells.values())]))


def row_digests(tab: Tab, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the :func:`row_digest` of each row of cells in these columns."""
    written = [
        (place, f"{key}\x1f")
        for place, key in enumerate(columns)
        if key.startswith(EXTRA) or not tab.column(key).tool
    ]
    for cells in rows:
        content = "\x1e".join([key + cells[place] for place, key in written if cells[place]])
        yield blake2b(content.encode(), digest_size=12).hexdigest()


def row_ids(
    tab: Tab,
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    knows: Knows | None,
) -> list[str]:
    """Return the id of each row: its own, or its number (``#7``) if it has none.

    If several rows have one id, the first one gets it, unless another one is the row that the last
    run ``knows`` by it.
    """
    position = list(columns).index("id") if "id" in columns else -1
    names = [f"#{number}" for number, _ in rows]
    owners: dict[str, int] = {}
    for index, (_, cells) in enumerate(rows):
        text = cells[position].strip() if position >= 0 else ""
        if not is_id(text, tab.letter):
            continue
        first = owners.setdefault(text, index)
        if first != index and knows is not None and (known := knows(tab.key, text)):
            upper = dict(zip(columns, rows[first][1], strict=True))
            if row_digest(tab, upper) == known:
                continue
            if row_digest(tab, dict(zip(columns, cells, strict=True))) == known:
                owners[text] = index
    for text, index in owners.items():
        names[index] = text
    return names
