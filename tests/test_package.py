"""The package as a whole: no module and no function is so long that it has two jobs."""

import ast
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
MODULES = sorted(SCRIPTS.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 350, 60


def too_long(source, name):
    """Yield what is longer than it may be, with its number of lines."""
    if (lines := len(source.splitlines())) > LONGEST_MODULE:
        yield name, lines
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION:
            yield node.name, lines


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_modules_and_functions_are_short(path):
    assert not list(too_long(path.read_text(encoding="utf-8"), path.name))


def test_what_is_long_is_found():
    long = "def read():\n" + "    pass\n" * LONGEST_FUNCTION + "\n" * LONGEST_MODULE
    names = [name for name, _ in too_long(long, "module")]
    assert names == ["module", "read"]
