"""The recipes of the package's README: followed to the letter in a copy of the project."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "scripts" / "register"
TEXT = (PACKAGE / "README.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"[Ii]n `(?P<file>[^`]+)`(?P<where>, after `(?P<anchor>[^`]+)`|, at the end)?:\n\n"
    r"```\w*\n(?P<code>.*?)```\n",
    re.DOTALL,
)
TRIAL = """
import sys
sys.path.insert(0, "scripts")
"""


def recipe(name):
    """Return a recipe's text."""
    return re.search(rf"^### {name}\n(.*?)(?=^### |\Z)", TEXT, re.DOTALL | re.MULTILINE)[1]


@pytest.fixture
def copy(tmp_path):
    """A copy of the project to follow a recipe in."""
    for part in ("scripts", "templates", "tests"):
        left_out = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=left_out)
    shutil.copytree(PROJECT / "tests" / "data", tmp_path / "tests" / "data")
    for file in ("pyproject.toml", "requirements.txt"):
        shutil.copy(PROJECT / file, tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


def follow(name, copy):
    """Do what a recipe's blocks say; fail where what they stand after is not there."""
    steps = list(STEP.finditer(recipe(name)))
    assert steps
    for step in steps:
        file, code = copy / step["file"], step["code"]
        if not step["where"]:
            assert not file.exists(), step["file"]
            file.write_text(code, encoding="utf-8")
        elif not step["anchor"]:
            file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n{code}", encoding="utf-8")
        else:
            before, anchor, after = file.read_text("utf-8").partition(f"{step['anchor']}\n")
            assert anchor, (step["file"], step["anchor"])
            file.write_text(before + anchor + code + after, encoding="utf-8")


def run(copy, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_rule_added_by_the_recipe_finds_what_it_says(copy):
    follow("a rule", copy)
    code, said = run(
        copy, "-c", TRIAL + "from datetime import date\n"
        "from tests.making import book\nfrom register.rules import RuleContext, findings\n"
        "rows = [{'first': 'Maija?', 'last': 'Malli'}, {'first': 'Liisa', 'last': 'Ek'}]\n"
        "found = findings(book(people=rows), RuleContext(date(2026, 11, 23)))\n"
        "print([f.row_id for f in found if f.code == 'name-question-mark'])\n",
    )  # fmt: skip
    assert (code, said.strip()) == (0, "['#2']"), said
    quiet = ("-q", "-p", "no:cacheprovider")
    code, said = run(
        copy, "-m", "pytest", *quiet, "tests/test_locale.py", "tests/rules/test_catalogue.py"
    )
    assert code == 0, said


def test_a_kind_of_value_added_by_the_recipe_is_read_and_checked(copy):
    follow("a kind of value", copy)
    code, said = run(
        copy, "-c", TRIAL + "from register.values.registry import PLAIN_READERS\n"
        "read = PLAIN_READERS['percentage']\n"
        "print(read('40%').value, read(read('40%').value).value, read('140 %').problem)\n"
        "from register.rules import rule_catalogue\n"
        "print('percentage-impossible' in rule_catalogue())\n"
        "print('percentage-form' in rule_catalogue())\n",
    )  # fmt: skip
    assert code == 0, said
    assert said.split() == ["40", "%", "40", "%", "percentage-impossible", "True", "True"]


def test_a_column_added_by_the_recipe_is_in_a_new_register_and_comes_into_an_older_one(copy):
    scripts = copy / "scripts"
    old = copy / "old.xlsx"
    assert run(copy, "scripts/create.py", "--book", str(old), "--apply")[0] == 0
    follow("a column", copy)
    code, said = run(copy, "scripts/create.py", "--book", str(old), "--apply")
    assert code == 0 and "Lempinimi" in said, said
    code, said = run(copy, str(scripts / "check.py"), "--book", str(old))
    assert code == 0, said


def test_a_command_added_by_the_recipe_runs(copy):
    follow("a command", copy)
    assert run(copy, "scripts/create.py", "--book", "new.xlsx", "--apply")[0] == 0
    code, said = run(copy, "scripts/count.py", "--book", "new.xlsx", "--lang", "en")
    assert code == 0 and re.search(r"^Organisations +0$", said, re.MULTILINE), said
    code, said = run(copy, "scripts/count.py", "--help")
    assert code == 0 and "--apply" in said


def modules(text):
    """Return the names of files that a text gives in backquotes."""
    return re.findall(r"`((?:scripts|templates|tests)/[\w/.-]+|[a-z]+/[\w/.-]+\.\w+)`", text)


def there(name):
    return any((root / name).exists() for root in (PROJECT, PACKAGE))


@pytest.mark.parametrize("name", ("a letter", "a register to import from", "a store"))
def test_what_a_recipe_in_words_names_is_there(name):
    text = recipe(name)
    files = [file for file in modules(text) if not file.endswith("/")]
    assert files
    assert [file for file in files if not there(file)] == []
    for file, symbol in re.findall(r"`([a-z]+/\w+\.py)` `(\w+)`", text):
        source = (PACKAGE / file).read_text("utf-8")
        assert re.search(rf"^(?:def|class) {symbol}\b|^{symbol} ?[:=]", source, re.MULTILINE)


def test_the_path_of_a_letter_names_what_is_there_in_at_most_eight_hops():
    path = re.search(r"<!-- letter path -->(.*)<!-- /letter path -->", TEXT, re.DOTALL)[1]
    hops = re.findall(r"^\d+\. `([\w/]+\.py)` `(\w+)`", path, re.MULTILINE)
    assert 5 <= len(hops) <= 8
    for file, symbol in hops:
        source = (PACKAGE / file).read_text("utf-8")
        assert re.search(rf"^(?:def|class) {symbol}\b", source, re.MULTILINE), (file, symbol)


def test_every_room_is_in_the_table_and_every_row_is_a_room():
    section = TEXT.partition("## The rooms")[2].partition("\n## ")[0]
    rows = set(re.findall(r"^\| `([\w.]+)/?` \|", section, re.MULTILINE))
    rooms = {
        path.name
        for path in PACKAGE.iterdir()
        if (path.is_dir() and (path / "__init__.py").exists())
        or (path.suffix == ".py" and path.name != "__init__.py")
    }
    assert rows == rooms
