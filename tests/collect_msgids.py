"""Collects every sentence that people may read from the code and the pages.

``python -m tests.collect_msgids`` prints what lacks a translation, as entries to paste into a .po.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
sys.path.insert(0, str(SCRIPTS))

from jinja2 import Environment, nodes  # noqa: E402

from register.book import errors  # noqa: E402
from register.letters.kinds import LETTER_KINDS  # noqa: E402
from register.letters.reasons import SHORT_REASONS  # noqa: E402
from register.letters.tally import TALLY_WORDS  # noqa: E402
from register.rules import rule_catalogue as rules  # noqa: E402
from register.words.catalogue import catalogue  # noqa: E402

ERRORS = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.VerkostoError)
}
PLACEHOLDER = re.compile(r"\{([a-z_]+(?::[a-z_.]+)?)\}")
TABLES = re.compile(
    r"_?(SENTENCES?|[A-Z_]+_SENTENCES|PROBLEMS|EFFECTS|EVIDENCE|LEFT_OUT|COUNTS|SEVERITY_COUNTS|KIND_NAMES|TILE_NAMES|GAPS|FIGURE_NAMES|TOTALS|NOTES|REASONS|REMEDY|WHY|EXCHANGE_REASONS|GREETING_REASONS|NARROWER_WISHES)"
)
"""Names of module-level tables and constants whose texts are said."""


@cache
def modules() -> dict[str, list[ast.AST]]:
    """Return the nodes of each module of the product, by its place."""
    return {
        str(path.relative_to(ROOT)): nodes_of(path.read_text(encoding="utf-8"))
        for path in sorted([*(SCRIPTS / "register").rglob("*.py"), *SCRIPTS.glob("*.py")])
    }


def nodes_of(source: str) -> list[ast.AST]:
    """Return the nodes of a module that can say something."""
    said = ast.Assign | ast.AnnAssign | ast.Call | ast.Tuple | ast.keyword | ast.Constant
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, said)]


@cache
def msgids() -> dict[str, str]:
    """Return every msgid, and where it was found first."""
    found: dict[str, str] = {}
    for place, module in modules().items():
        for msgid, line in in_code(module):
            found.setdefault(msgid, f"{place}:{line}")
    for path in sorted(SCRIPTS.rglob("sentences.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8")).values():
            found |= dict.fromkeys(table.values(), str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates" / "pages").glob("*.j2")):
        for msgid, line in in_page(path.read_text(encoding="utf-8")):
            found.setdefault(msgid, f"{path.relative_to(ROOT)}:{line}")
    for code, info in rules().items():
        for msgid in (info.sentence, info.why, info.remedy):
            found.setdefault(msgid, f"rule {code}")
    return found


@cache
def codes() -> dict[tuple[str, str], str]:
    """Return every ``(context, code)`` that has a short name, and where it was found first."""
    found = {("rule", code): "rules.catalogue()" for code in rules()}
    verbs = (kind.verb for kind in LETTER_KINDS.values() if kind.verb)
    found |= {("verb", f"invite {verb}"): "letters/kinds.py" for verb in verbs}
    found |= {("reader", code): "letters/reasons.py" for code in SHORT_REASONS}
    found |= {("tally", code): "letters/tally.py" for code in TALLY_WORDS}
    for place, module in modules().items():
        for context, code, line in named_in_code(module):
            if (context, code) != ("reason", code) or ("rule", code) not in found:
                found.setdefault((context, code), f"{place}:{line}")
    return found


def in_code(module: list[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield ``(msgid, line)`` for each sentence in a module's nodes."""
    assigned: dict[str, list[ast.expr]] = {}
    for node in module:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            assigned.setdefault(node.target.id, []).append(node.value)
    for node in module:
        for wanted in _said(node):
            yield from _texts(wanted, assigned)
    for name, values in assigned.items():
        if TABLES.fullmatch(name):
            for value in values:
                yield from _table(value)


def named_in_code(module: list[ast.AST]) -> Iterator[tuple[str, str, int]]:
    """Yield ``(context, code, line)`` for each verb of an Outcome and each reason of a Change."""
    for node in module:
        match node:
            case ast.Call(func=ast.Name(id="Outcome"), args=[ast.Constant(value=str(verb)), *_]):
                yield "verb", verb, node.lineno
            case ast.Call(func=ast.Name(id="Change"), args=[*_, ast.Constant(value=str(reason))]):
                if len(node.args) == 6:
                    yield "reason", reason, node.lineno
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(reason))):
                if name.endswith("REASON"):
                    yield "reason", reason, node.lineno


def constants() -> set[str]:
    """Return all texts of the code, and what each f-string begins with: what a code may be."""
    found = {f"invite {kind.verb}" for kind in LETTER_KINDS.values()}
    for module in modules().values():
        for node in module:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.strip())
    return found


def in_page(source: str) -> Iterator[tuple[str, int]]:
    """Yield ``(msgid, line)`` for each ``_("…")`` in a page."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value), call.lineno


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that are msgids by where they stand."""
    if isinstance(node, ast.keyword) and node.arg == "files" and isinstance(node.value, ast.Dict):
        yield from (key for key in node.value.keys if key is not None and _is_sentence(key))
    elif isinstance(node, ast.Call):
        name = _name(node.func)
        if name in ERRORS:
            yield from node.args[:1]
            yield from (k.value for k in node.keywords if k.arg == "remedy")
        elif name in ("say", "_") or (name == "_say" and isinstance(node.func, ast.Attribute)):
            yield from node.args[:1]
        elif name == "show_table" and node.args and isinstance(node.args[0], ast.Tuple):
            yield from node.args[0].elts
        elif name in ("heading_with_place", "_placed"):
            yield from node.args[:2]
        elif name == "ListingGroup" and len(node.args) > 2:
            yield from (node.args[1], *node.args[3:])
        elif name == "ListingColumn" and len(node.args) == 3 and _is_empty(node.args[1]):
            yield node.args[2]
        elif name == "RuleInfo":
            yield from node.args[2:3]
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        first, second = node.elts
        said = isinstance(second, ast.Dict) or _name(second) == "values"
        if said and (isinstance(first, ast.Name | ast.IfExp) or _is_sentence(first)):
            yield first


def _is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def _is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == ""


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(node: ast.expr, assigned: dict[str, list[ast.expr]]) -> Iterator[tuple[str, int]]:
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text, node.lineno
        case ast.IfExp():
            yield from _texts(node.body, assigned)
            yield from _texts(node.orelse, assigned)
        case ast.Name():
            for value in assigned.get(node.id, ()):
                if isinstance(value, ast.Constant | ast.IfExp):
                    yield from _texts(value, {})
        case ast.Subscript(value=ast.Name(id=name)):
            for value in assigned.get(name, ()):
                yield from _table(value)


def _table(node: ast.expr) -> Iterator[tuple[str, int]]:
    """Yield the texts of a table: its values; of a tuple value, the last that is a text."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text, node.lineno
        case ast.Dict():
            for value in node.values:
                yield from _table(value)
        case ast.Tuple() if node.elts:
            yield from _table(node.elts[-1])
        case ast.Call():
            for argument in node.args:
                yield from _table(argument)


def missing(language: str) -> dict[tuple[str, str], str]:
    """Return ``(context, msgid)`` of what has no translation, and where it is used."""
    known = catalogue(language)
    wanted: dict[tuple[str, str], str] = dict(codes())
    if language != "en":
        wanted |= {("", msgid): place for msgid, place in msgids().items()}
    return {key: place for key, place in wanted.items() if known.find(key[1], key[0]) is None}


def main() -> int:
    """Print what lacks a translation; 1 if anything does."""
    lacking = 0
    for language in ("fi", "sv", "en"):
        wanted = missing(language)
        lacking += len(wanted)
        print(f"# {language}: {len(wanted)} lack a translation")
        for (context, msgid), place in wanted.items():
            quoted = msgid.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            about = f'msgctxt "{context}"\n' if context else ""
            print(f'\n#: {place}\n{about}msgid "{quoted}"\nmsgstr ""')
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
