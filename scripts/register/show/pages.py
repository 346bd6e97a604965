"""The Jinja environment of all pages: self-contained, escaped, without network, one stylesheet.

A page extends ``base.html.j2``. It may set ``script`` (the name of a ``.js`` file beside it, which
is embedded) and ``inline_styles`` (if it shows letters, whose elements have their own styles).
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from register.book.schema import Language
from register.words.display import display_day, display_text
from register.words.sentences import Sentences

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
"""The folder of the project's own templates."""


@cache
def page_environment(language: Language) -> Environment:
    """Return the environment of pages in this language.

    Every value is shown by :func:`register.words.display.display_text` and escaped. Pages may call
    ``_`` (a sentence), ``say`` (all of :class:`Sentences`), and the filters ``number`` and ``day``.
    """
    # Imported late, because most runs print text. These templates are our own, so they need no
    # sandbox: the one for letters, whose templates people write, took half the time of a page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    say = Sentences(language)
    folder = TEMPLATES / "pages"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )

    def script(name: str) -> Markup:
        return Markup((folder / name).read_text(encoding="utf-8"))  # noqa: S704 our own file

    def policy(name: str, *, inline_styles: bool) -> str:
        styles = "'unsafe-inline'" if inline_styles else _digest(stylesheet())
        parts = [
            *("default-src 'none'", f"style-src {styles}", "img-src data:"),
            *("base-uri 'none'", "form-action 'none'"),
        ]
        if name:
            parts.append(f"script-src {_digest(str(script(name)))}")
        return "; ".join(parts)

    sheet = Markup(stylesheet())  # noqa: S704 our own file
    env.globals.update(
        {
            "_": say,
            "say": say,
            "language": language,
            "style": sheet,
            "script_text": script,
            "policy": policy,
        }
    )
    env.filters.update({"number": say.number, "day": display_day})
    return env


@cache
def stylesheet() -> str:
    """Return the stylesheet that is embedded in every page."""
    return (TEMPLATES / "pages" / "style.css").read_text(encoding="utf-8")


def _finalize(value: object) -> object:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return display_text(value, keep="\n\t")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
