"""Every key of a tab or a column that stands in the code is one of the schema: no slip is silent."""

import ast
from pathlib import Path

import pytest

from register.book.schema import schema

PACKAGE = Path(__file__).parents[2] / "scripts" / "register"
TABS = set(schema().tabs)
COLUMNS = {column.key for tab in schema().tabs.values() for column in tab.columns} | {"hidden"}
"""Their keys, and that of the format which hides a merged row."""
ROWS = {"row", "person", "organisation", "meeting", "contact", "old_row", "new_row"}
"""What variables are called that hold a row of the register, its cells by column."""
OTHER_ROWS = {"sources", "stores", "post", "values", "match", "sample", "show", "run"}
"""Rooms whose rows are also those of lists, files, replies and frames."""


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keys(tree, rows):
    """Yield ``(line, what, key)`` for each key of a tab or a column that the code names."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="table"), args=[argument]):
                yield node.lineno, "tab", literal(argument)
            case ast.Call(func=ast.Attribute(attr="cell"), args=[_, argument]):
                yield node.lineno, "column", literal(argument)
            case ast.Call(func=ast.Attribute(attr="column" | "has"), args=[argument]):
                yield node.lineno, "column", literal(argument)
            case ast.Call(func=ast.Name(id="Change"), args=[tab, _, column, *_]):
                yield node.lineno, "tab", literal(tab)
                yield node.lineno, "column", literal(column)
            case ast.Call(
                func=ast.Attribute(attr="get", value=ast.Name(id=name)), args=[argument, *_]
            ) if name in rows:
                yield node.lineno, "column", literal(argument)
            case ast.Subscript(value=ast.Name(id=name), slice=argument) if name in rows:
                yield node.lineno, "column", literal(argument)


def unknown(source, rows=ROWS):
    known = {"tab": TABS, "column": COLUMNS}
    return [
        (line, what, key)
        for line, what, key in keys(ast.parse(source), rows)
        if key is not None and key not in known[what]
    ]


@pytest.mark.parametrize(
    "path",
    sorted(PACKAGE.rglob("*.py")),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_every_key_that_the_code_names_is_in_the_schema(path):
    room = path.relative_to(PACKAGE).parts[0]
    rows = set() if room in OTHER_ROWS else ROWS
    assert unknown(path.read_text("utf-8"), rows) == []


def test_a_misspelt_key_is_found():
    assert unknown("book.table('people').cell(row_id, 'succesor')") == [(1, "column", "succesor")]
    assert unknown("row.get('succesor', '')") == [(1, "column", "succesor")]
    assert unknown("book.table('peple')") == [(1, "tab", "peple")]
    assert unknown("Change('people', row_id, 'emial', '', '', 'test')") == [(1, "column", "emial")]
    assert unknown("row['successor'], book.table('people').column('email')") == []
