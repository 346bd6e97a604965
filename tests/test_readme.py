"""The documentation says what the scripts say."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.generated_pages import BLOCKS, with_block
from tests.recorded_sessions import SESSIONS
from tests.script_server import SERVER

PROJECT = Path(__file__).parent.parent
README = PROJECT / "README.md"
FINNISH = PROJECT / "templates" / "sheet" / "README.fi.md"
DOCS = PROJECT / "scripts" / "register" / "docs"
PAGES = [README, FINNISH, *sorted(DOCS.glob("*.md")), PROJECT / "scripts/register/README.md"]
PAGES += [PROJECT / "tests" / "README.md", PROJECT / ".github" / "CONTRIBUTING.md"]
page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(PROJECT)))
GROUPS = ("contacts.py", "handover.py", "invite.py", "privacy.py", "regions.py")


@cache
def help_of(*words):
    shown = SERVER.run(PROJECT, (*words, "--help"), {})
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def marked(block):
    """A session at a terminal takes seconds."""
    marks = pytest.mark.story if block[1] in SESSIONS else ()
    return pytest.param(block, marks=marks, id=block[1])


@pytest.mark.parametrize("block", [*map(marked, BLOCKS)])
def test_the_generated_blocks_are_as_generated(block):
    path, name, make = block
    text = path.read_text(encoding="utf-8")
    assert f"<!-- {name} -->" in text
    assert with_block(text, name, make()) == text


def test_the_readme_is_short_enough_to_be_read():
    assert README.stat().st_size <= 12 * 1024
    assert README.read_text("utf-8").splitlines()[0] == "[Suomeksi](templates/sheet/README.fi.md)"


@pytest.mark.parametrize("path", (README, FINNISH), ids=("en", "fi"))
def test_every_script_is_in_the_table_and_every_row_is_a_script(path):
    rows = set(re.findall(r"^\| `(\w+\.py)", path.read_text("utf-8"), re.MULTILINE))
    there = {found.name for found in (PROJECT / "scripts").glob("*.py")}
    assert rows == there - {"demo.py", "run_tests.py", "environment.py"}


@page
def test_every_flag_that_is_named_is_taken_by_its_script(path):
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"^(?:.*)python3 \S*scripts/(\w+\.py .*)$", text, re.MULTILINE):
        script, *rest = line.split()
        if not (PROJECT / "scripts" / script).exists():
            continue
        words = [word for word in rest if not word.startswith("-")]
        shown = help_of(script, *words[:1]) if script in GROUPS else help_of(script)
        for flag in re.findall(r"--[\w-]+", line):
            assert flag in shown, (script, flag)


@page
def test_what_a_page_links_to_is_there(path):
    for link in re.findall(r"\]\((?!https?://|#)([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), link


def test_every_page_is_linked_from_the_readme():
    links = {
        (PROJECT / link).resolve()
        for link in re.findall(r"\(([^)]+\.md)\)", README.read_text("utf-8"))
    }
    assert set(DOCS.glob("*.md")) <= links
