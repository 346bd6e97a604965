"""A required cell is filled in (the ``required`` columns of ``schema.toml``).

An empty one is asked about; it never keeps a row out of the register.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import live_rows
from register.rules.rule import CHECKED_TABS, RuleContext, RuleInfo, is_blank

CODES = (
    RuleInfo(
        "required-empty",
        "warning",
        "{column} is empty; please fill it in.",
        why="Without it the row is left out of lists or letters, or cannot be justified "
        "to the person.",
        remedy="Fill it in, or ask whoever knows.",
        example="Lähde: (tyhjä)",
    ),
    RuleInfo(
        "name-missing",
        "warning",
        "This person has no name. Please write at least the first or the last name.",
        why="Nobody can be written to, found or asked about without a name.",
        remedy="Write the name, or archive the row.",
        example="Etunimi: (tyhjä), Sukunimi: (tyhjä)",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the empty required cells of rows that hold something else.

    A vacant post, which somebody's ``successor`` names, needs no name until it is filled; a meeting
    that has days to choose from needs no day yet.
    """
    people = book.table("people")
    posts = {reference_id(cell) for _, cell in people.column("successor") if cell}
    for key in CHECKED_TABS:
        table = book.table(key)
        wanted = [c.key for c in table.tab.columns if c.required and table.has(c.key)]
        for row_id, row in live_rows(table):
            for column in wanted:
                asked = column == "date" and not is_blank(row.get("day_options", ""))
                if is_blank(row[column]) and not asked:
                    yield Finding(key, row_id, column, "required-empty", "warning")
            nameless = is_blank(row.get("first", "")) and is_blank(row.get("last", ""))
            if key == "people" and nameless and row_id not in posts:
                yield Finding(key, row_id, "first", "name-missing", "warning")
            if key == "bans" and is_blank(row.get("email", "")) and not row.get("hmac"):
                yield Finding(key, row_id, "email", "required-empty", "warning")
