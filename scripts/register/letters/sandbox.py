"""The sandbox of templates: they may show fields, branch, loop and include a file, nothing more.

It is Jinja's immutable sandbox with strict undefined names, and a template's syntax tree may hold
only the node kinds listed here. Without calls, arithmetic, assignments and macros nothing can run
for long or grow large: loops do not nest, and an included file stands outside of loops and includes
no other.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from time import thread_time
from types import SimpleNamespace
from typing import cast

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
    pass_eval_context,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from register.letters.own_words import PersonalText
from register.letters.shape import BEGIN, END, field_mark, text_mark
from register.letters.templates import Templates
from register.letters.untrusted import field_line

_MAX_CHARS = 100_000
"""Maximum length of a rendered letter."""

MAX_RENDER_SECONDS = 2.0
"""Maximum processor time of a letter; processor time, because a computer may sleep meanwhile."""

_MAX_INCLUDES = 20
"""Maximum number of files that a letter includes."""

_PLAIN_FILTERS = ("default", "first", "last", "length", "lower", "title", "trim", "upper")
"""Jinja's own filters that letters may use."""

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Keyword),
    *(nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Tuple, nodes.List),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Include),
)


_MARKS = {ord(BEGIN): None, ord(END): None}
_INCLUDE = re.compile(r"\{%[-+]?\s*include\b")


class RenderLimitExceeded(Exception):
    """A letter grew too large or took too long."""


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox for one language's letters.

    With ``headers``, fields are rendered as plain text. In a body each field is rendered as a
    numbered mark (:mod:`register.letters.shape`). After :meth:`render`, :attr:`values` holds the
    text of each mark, on one line, and :attr:`texts` the texts from the sheet, Markdown with marks
    in it.
    """

    def __init__(
        self,
        templates: Templates,
        filters: Mapping[str, Callable[..., object]],
        *,
        headers: bool = False,
    ) -> None:
        """Make a sandbox with these filters and _PLAIN_FILTERS, and without globals."""
        super().__init__(
            autoescape=not headers,
            undefined=StrictUndefined,
            finalize=_as_text if headers else _marked,
            loader=FunctionLoader(
                lambda name: (
                    (templates[name].translate(_MARKS), name, lambda: True)
                    if name in templates
                    else None
                )
            ),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._sources = templates
        self._compiled: dict[tuple[str, str], Template] = {}
        self._asks: dict[str, frozenset[str] | None] = {}
        """The names that a source uses, by source; None where it includes files."""
        self.filters = {name: self.filters[name] for name in _PLAIN_FILTERS} | dict(filters)
        self.globals = {}
        self.values: list[str] = []
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._length = 0

    def render(self, source: str, name: str, context: Mapping[str, object]) -> str:
        """Return a source rendered; ``name`` is its name in error messages.

        Errors of Jinja or of a filter are passed on. Raises RenderLimitExceeded at the limits.
        Compiled sources are cached.
        """
        key = (name, source)
        if key not in self._compiled:
            code = self.compile(source.translate(_MARKS), name, name)
            self._compiled[key] = self.template_class.from_code(self, code, {})
        deadline = thread_time() + MAX_RENDER_SECONDS
        chunks: list[str] = []
        self.values, self.texts, self._numbers, self._length = [], [], {}, 0
        for chunk in self._compiled[key].generate(dict(context)):
            chunks.append(chunk)
            self._length += len(chunk)
            if self._length > _MAX_CHARS or thread_time() > deadline:
                raise RenderLimitExceeded(
                    f"more than {_MAX_CHARS} characters or {MAX_RENDER_SECONDS} seconds"
                )
        return "".join(chunks)

    def varies(self, source: str, same: Collection[str]) -> bool:
        """Return True if a source can render differently while the ``same`` names are unchanged."""
        if source not in self._asks:
            tree = self.parse(source.translate(_MARKS))
            includes = next(tree.find_all(nodes.Include), None) is not None
            names = frozenset(meta.find_undeclared_variables(tree))
            self._asks[source] = None if includes else names
        asks = self._asks[source]
        return asks is None or not asks <= set(same)

    def marked(self, value: str) -> str:
        """Return the mark of a field's value; the same text has the same mark."""
        text = field_line(value)
        if not text:
            return ""
        self._length += len(text)
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(text)
        return field_mark(self._numbers[text])

    def placed(self, text: PersonalText) -> str:
        """Return the mark of a text from the sheet; its fields become marks inside it."""
        source = "".join(
            one
            if isinstance(one, str)
            else self.marked(text.values[one.key]) or self.marked(one.instead)
            for one in text.pieces
        )
        self._length += len(source)
        self.texts.append(source)
        return text_mark(len(self.texts) - 1)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return True if a template may read an attribute: of our namespaces, any public one."""
        if type(obj) is SimpleNamespace:
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

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
            elif _INCLUDE.search(self._sources[str(wanted)]) or number >= _MAX_INCLUDES:
                yield "an included file includes no other", include.lineno


@pass_eval_context
def _marked(context: nodes.EvalContext, value: object) -> Markup:
    """Return the mark of a value in a body; markup of the template itself is unchanged."""
    if isinstance(value, Markup):
        return value
    env = cast(LetterEnvironment, context.environment)
    if isinstance(value, PersonalText):
        return Markup(env.placed(value))  # noqa: S704, a mark holds a number only
    return Markup(env.marked(_as_text(value)))  # noqa: S704, a mark holds a number only


def _as_text(value: object) -> str:
    if value is None:
        raise UndefinedError("a field that may be empty is shown; ask for it with {% if %} first")
    if isinstance(value, PersonalText):
        raise UndefinedError("a text of people's own stands in a paragraph of a letter only")
    return str(value)
