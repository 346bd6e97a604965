"""A row is known by its id: one id, one row, and an id that this tool has given."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleContext, RuleInfo

CODES = (
    RuleInfo(
        "id-missing",
        "info",
        "This row has no id yet; the next cleanup gives it one.",
        why="A row is known by its id: sorting and moving it then do no harm.",
        remedy="Nothing: the next cleanup gives the id.",
        example="Tunnus: (tyhjä)",
    ),
    RuleInfo(
        "id-doubled",
        "warning",
        "The id {cell} stands on two rows; the next cleanup gives this one a new id.",
        why="Somebody has copied the row; two rows with one id would be taken for one.",
        remedy="Nothing: the next cleanup gives the copy an id of its own. Delete the copy "
        "if it is not needed.",
        example="O-7K3MQ, O-7K3MQ",
    ),
    RuleInfo(
        "id-foreign",
        "warning",
        "{cell} is not an id of this register; the next cleanup gives a new one.",
        why="The last character of an id checks the others; this one was mistyped or "
        "comes from elsewhere.",
        remedy="Nothing: the next cleanup gives a new one.",
        example="O-12345",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the rows whose id is missing, doubled, or mistyped."""
    for table in book.tables.values():
        if not table.tab.letter:
            continue
        for row_id, cell in table.column("id"):
            if not row_id.startswith("#"):
                continue
            code = "id-missing" if not cell else "id-foreign"
            if cell.strip() in table:
                code = "id-doubled"
            severity = next(info.severity for info in CODES if info.code == code)
            yield Finding(table.tab.key, row_id, "id", code, severity, cell)
