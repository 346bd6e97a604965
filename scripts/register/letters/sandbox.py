"""Where templates run: they may show fields, choose and repeat, include a file, and no more.

Jinja's immutable sandbox with strict undefined names; besides, a template's syntax tree may hold
only the node kinds listed here. Without calls, arithmetic, assignments and macros there is nothing
that could run for long or grow large: loops do not nest, and an included file stands outside of
loops and includes no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from time import monotonic

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from register.letters.templates import Templates
from register.letters.untrusted import escape_markdown

MAX_CHARS = 100_000
"""A letter that renders to more is refused."""

MAX_SECONDS = 2.0
"""A letter that takes longer is refused."""

MAX_INCLUDES = 20
"""A letter that includes more files is refused."""

PLAIN_FILTERS = ("default", "first", "last", "length", "lower", "title", "trim", "upper")
"""Jinja's own filters that letters may use."""

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Keyword),
    *(nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Tuple, nodes.List),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Include),
)


_INCLUDE = re.compile(r"\{%[-+]?\s*include\b")


class TooMuch(Exception):
    """A letter grew too large or took too long."""


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox for one language's letters.

    Fields come out as Markdown that shows them as they are or, where ``headers``, as plain text.
    """

    def __init__(
        self,
        templates: Templates,
        filters: Mapping[str, Callable[..., object]],
        *,
        headers: bool = False,
    ) -> None:
        """Make a sandbox that knows these filters and PLAIN_FILTERS, and no globals."""
        super().__init__(
            autoescape=not headers,
            undefined=StrictUndefined,
            finalize=_as_text if headers else _as_markdown,
            loader=FunctionLoader(
                lambda name: (templates[name], name, lambda: True) if name in templates else None
            ),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._sources = templates
        self._compiled: dict[tuple[str, str], Template] = {}
        self.filters = {name: self.filters[name] for name in PLAIN_FILTERS} | dict(filters)
        self.globals = {}

    def render(self, source: str, name: str, context: Mapping[str, object]) -> str:
        """Return a source rendered; what goes wrong is raised as Jinja or a filter raises it.

        ``name`` is what faults call it. Compiled sources are kept. Raises TooMuch at the limits.
        """
        key = (name, source)
        if key not in self._compiled:
            code = self.compile(source, name, name)
            self._compiled[key] = self.template_class.from_code(self, code, {})
        deadline = monotonic() + MAX_SECONDS
        chunks: list[str] = []
        length = 0
        for chunk in self._compiled[key].generate(dict(context)):
            chunks.append(chunk)
            length += len(chunk)
            if length > MAX_CHARS or monotonic() > deadline:
                raise TooMuch(f"more than {MAX_CHARS} characters or {MAX_SECONDS} seconds")
        return "".join(chunks)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for fault, line in self._faults(tree):
            raise TemplateSyntaxError(fault, line, name, filename)
        return tree

    def _faults(self, tree: nodes.Template) -> Iterator[tuple[str, int]]:
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED) and not isinstance(node, nodes.Helper):
                yield f"letters cannot use {type(node).__name__}", node.lineno
        for loop in tree.find_all(nodes.For):
            for inner in loop.find_all((nodes.For, nodes.Include)):
                yield f"{type(inner).__name__} inside a loop", inner.lineno
        includes = list(tree.find_all(nodes.Include))
        for number, include in enumerate(includes):
            target = include.template
            wanted = target.value if isinstance(target, nodes.Const) else None
            if wanted not in self._sources:
                yield "an include names one file of the folder of templates", include.lineno
            elif _INCLUDE.search(self._sources[str(wanted)]) or number >= MAX_INCLUDES:
                yield "an included file includes no other", include.lineno


def _as_markdown(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup(escape_markdown(_as_text(value)))  # noqa: S704, every sign is escaped


def _as_text(value: object) -> str:
    if value is None:
        raise UndefinedError("a field that may be empty is shown; ask for it with {% if %} first")
    return str(value)
