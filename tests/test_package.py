"""The package as a whole: nothing is so long that it has two jobs, and no name has two meanings."""

import ast
import re
import sys
from collections import Counter
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
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


OVERLOADS = {
    "check": "how a rule of rules/ finds what it finds",
    "read": "how it is read",
    "QUESTIONS": "what each module of stores/google_live/ asks Google",
    "fold_columns": "what both stores do to a wide tab",
}
"""Public names that several modules have, for one idea."""


def public_names(source):
    """Return what a module defines for others."""
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def test_public_names_of_the_package_are_unique():
    homes = Counter(
        name
        for path in MODULES
        if "register" in path.parts
        for name in {*public_names(path.read_text(encoding="utf-8"))}
    )
    assert {name for name, count in homes.items() if count > 1} == OVERLOADS.keys()


def test_no_command_shares_its_name_with_a_function_of_the_package():
    """A verb is read in a script, what it runs in the package: a search finds each by its name."""
    commands, package = set(), set()
    for path in MODULES:
        names = public_names(path.read_text(encoding="utf-8"))
        (package if "register" in path.parts else commands).update(names)
    assert commands & package == {"main"}


REFERENCE = re.compile(r":(?:func|class|data|meth):`(register\.[\w.]+|\w+)`")


def test_what_a_docstring_refers_to_is_there():
    """A name alone is of the same module, or imported there; a whole one is where it says."""
    register = {
        ".".join(path.relative_to(SCRIPTS).with_suffix("").parts).removesuffix(".__init__"): path
        for path in MODULES
    }
    texts = {name: path.read_text(encoding="utf-8") for name, path in register.items()}
    lost = []
    for place, text in texts.items():
        for name in REFERENCE.findall(text):
            homes = [one for one in texts if name.startswith(f"{one}.")]
            there = REFERENCE.sub("", texts[max(homes, key=len) if homes else place])
            last = name.rpartition(".")[2]
            if name not in texts and not re.search(rf"\b{last}\b", there):
                lost.append((place, name))
    assert lost == []


REQUIREMENTS = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def packages_imported():
    """Return the packages of others that the scripts import, by the module that does."""
    homes = packages_distributions()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    modules = [one.name for one in names]
                case ast.ImportFrom(module=str(module), level=0):
                    modules = [module]
                case _:
                    modules = []
            for module in {one.partition(".")[0] for one in modules}:
                if module in homes and module not in sys.stdlib_module_names:
                    yield path.name, {normalised(home) for home in homes[module]}


def with_what_they_bring(names):
    """Return the packages, and those that pip installs for their sake."""
    found, left = set(), [*names]
    while left:
        if (name := normalised(left.pop())) not in found:
            found.add(name)
            with suppress(PackageNotFoundError):
                left += [
                    re.match(r"[\w.-]+", one)[0]
                    for one in requires(name) or ()
                    if "extra" not in one
                ]
    return found


def test_what_the_program_imports_is_pinned_for_it():
    """What is only installed here would be missing on a fresh machine."""
    root = SCRIPTS.parent
    runs, _, _ = (root / "requirements.txt").read_text(encoding="utf-8").partition("# What tests")
    spark = SCRIPTS / "register" / "match" / "requirements-spark.txt"
    pinned = REQUIREMENTS.findall(runs + spark.read_text(encoding="utf-8"))
    there, found = with_what_they_bring(pinned), list(packages_imported())
    assert len(found) > len(MODULES) / 5
    assert [one for one in found if not one[1] & there] == []
