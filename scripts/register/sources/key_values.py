"""A list with a line for each fact, "Yhdistys;Tieto;Arvo", becomes a row for each organisation."""

from collections.abc import Sequence

_KEYS = frozenset(("tieto", "kenttä", "ominaisuus", "uppgift", "fält", "key", "field", "attribute"))
_VALUES = frozenset(("arvo", "sisältö", "värde", "innehåll", "value", "content"))
_COLUMNS = 3


def widened(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows with a column for each fact, if the headers are of such a list; else as they are.

    Each organisation stands where its first line stood; its other lines become blank rows. Several
    values of one fact are joined by "; ".
    """
    plain = [list(row) for row in rows]
    head = [cell.strip().casefold() for cell in plain[0]] if plain else []
    while head and not head[-1]:
        head.pop()
    if len(head) != _COLUMNS or head[1] not in _KEYS or head[2] not in _VALUES:
        return plain
    facts: dict[str, dict[str, str]] = {}
    starts: dict[int, str] = {}
    for number, row in enumerate(plain[1:], start=1):
        name, fact, value = (cell.strip() for cell in (*row, "", "", "")[:_COLUMNS])
        if not (name and fact):
            continue
        if name not in facts:
            facts[name], starts[number] = {}, name
        before = facts[name].get(fact, "")
        facts[name][fact] = "; ".join(filter(None, (before, value)))
    columns = list(dict.fromkeys(fact for one in facts.values() for fact in one))
    wide = [[plain[0][0], *columns]]
    for number in range(1, len(plain)):
        name = starts.get(number, "")
        wide.append([name, *(facts[name].get(one, "") for one in columns)] if name else [])
    return wide
