"""The name of a merged row: which name stays, where the other goes, which one a person gave."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from register.book.schema import schema
from register.book.table import Book
from register.match.folding import fold_name
from register.match.merge import survivor, united_row
from register.review.question import Pairing
from register.review.values import ValueRefusal, read_value, read_values
from register.values.person_name import split_name
from register.words.sentences import Sentences


def merged_name_sentence(book: Book, pair: Pairing, say: Sentences) -> str:
    """Return a sentence about which name stays and where the other goes, '' if they are equal."""
    table = book.table(pair.tab)
    columns = schema().tab(pair.tab).name
    names = {row: _whole(book, pair.tab, row) for row in _rows(pair)}
    if len({tuple(table.cell(row, key) for key in columns) for row in _rows(pair)}) == 1:
        return ""
    keeps, goes = survivor(book, pair.tab, pair.left, pair.right)
    cells = united_row(book, pair.tab, keeps, goes)
    stays = _joined(cells.get(key, "") for key in columns)
    others = [name for name in dict.fromkeys(names.values()) if name and name != stays]
    if not others or not stays:
        return ""
    lost = [
        part
        for key in columns
        for row in _rows(pair)
        if (part := table.cell(row, key)) != cells[key]
    ]
    places = [
        say.header(pair.tab, key)
        for key in ("former_name", "short", "notes")
        if any(part and part in cells.get(key, "") for part in lost)
    ]
    return say(
        "The name becomes {name}; “{other}” stays in {place}.",
        name=stays,
        other=others[0],
        place=places[0] if places else say.title("log"),
    )


def read_merged_name(
    book: Book, pair: Pairing, text: str, say: Sentences
) -> dict[str, str] | ValueRefusal:
    """Return the name that a person has given to the merged row, by column, or why it is refused.

    It must resemble one of the two names, so that a phone or a remark is not taken for a name.
    """
    columns = schema().tab(pair.tab).name
    cells = [(pair.tab, pair.left, key) for key in columns]
    named = {_words(_whole(book, pair.tab, row)): row for row in _rows(pair)}
    if row := named.get(_words(text)):
        return {key: book.table(pair.tab).cell(row, key) for key in columns}
    parts = split_name(text)[: len(columns)] if len(cells) > 1 and ":" not in text else ()
    read = [read_value(book, cell, part, say) for cell, part in zip(cells, parts, strict=False)]
    if not parts:
        values = read_values(book, cells, text, say)
        if isinstance(values, ValueRefusal):
            return values
        read = [values[cell] for cell in cells]
    made = {key: one for key, one in zip(columns, read, strict=True) if isinstance(one, str)}
    if len(made) < len(columns) or not all(made.values()) or not _is_like(made.values(), named):
        return ValueRefusal(
            say(
                "“{text}” is not like either name ({names}). Write the whole name that stays into"
                " {column:review.value}, or empty it.",
                text=text,
                names=[book.row_name(pair.tab, row) for row in _rows(pair)],
            )
        )
    return made


def _rows(pair: Pairing) -> tuple[str, str]:
    return pair.left, pair.right


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _whole(book: Book, tab: str, row: str) -> str:
    table = book.table(tab)
    return _joined(table.cell(row, key) for key in schema().tab(tab).name)


def _words(name: str) -> tuple[str, ...]:
    """Return a name's folded words, sorted, so that their order does not matter."""
    return tuple(sorted(fold_name(name).split()))


def _is_like(parts: Iterable[str], names: Iterable[Sequence[str]]) -> bool:
    """Whether a word of a name matches one of these names' words, with at most one typing error."""
    words = [word for part in parts for word in _words(part) if len(word) > 2]
    known = [word for name in names for word in name if len(word) > 2]
    return any(OSA.distance(one, two, score_cutoff=1) <= 1 for one in words for two in known)
