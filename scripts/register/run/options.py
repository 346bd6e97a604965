"""The flags that every script takes, defined once."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from register.book.schema import LANGUAGES, Language

VERSION = "1.0.0"

_PLAN_OUT = click.option(
    "--plan-out", type=click.Path(path_type=Path), help="Save the plan as JSON."
)
_PLAN = click.option(
    "--plan", type=click.Path(path_type=Path), help="Use exactly the plan saved in this file."
)
_FLAGS = (
    click.option("--config", type=click.Path(path_type=Path), help="Configuration file (TOML)."),
    click.option("--book", default="", help="The register: an .xlsx file or a Google Sheet's URL."),
    click.option("--apply", is_flag=True, help="Do it; without this, only show it."),
    _PLAN_OUT,
    _PLAN,
    click.option(
        "--format",
        type=click.Choice(["text", "json", "md", "html"]),
        default="text",
        show_default=True,
        help="How to print the result.",
    ),
    click.option(
        "--report-dir", type=click.Path(path_type=Path), help="Write the report into this folder."
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        default="error",
        show_default=True,
        help="The mildest finding that makes the exit code 1.",
    ),
    click.option("--detailed-exitcode", is_flag=True, help="Exit with 3 when changes are pending."),
    click.option(
        "--limit", type=click.IntRange(min=1), help="At most so many letters, or rows of a list."
    ),
    click.option("--max-changes", default="", help="Rows of a tab that may change: 200 or 30%."),
    click.option("--accept-shrink", is_flag=True, help="Go on although many rows are gone."),
    click.option("--accept-moved", is_flag=True, help="Go on although cells are in other places."),
    click.option("--cron", is_flag=True, help="Print nothing unless there is news."),
    click.option("--lang", type=click.Choice(list(LANGUAGES)), help="Language of the output."),
    click.option("--no-color", is_flag=True, help="Plain text."),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
    click.option("-v", "--verbose", is_flag=True, help="Print more."),
)

_SHOW = click.option("--plan", is_flag=True, help="Show what would be done, and do nothing.")
"""``--plan`` of a command that also sends letters, and so has no plan to save."""


@dataclass(frozen=True, slots=True)
class Options:
    """The flags that every script takes; see ``--help``."""

    config: Path | None = None
    book: str = ""
    apply: bool = False
    plan_out: Path | None = None
    plan: Path | None = None
    format: str = "text"
    report_dir: Path | None = None
    fail_on: str = "error"
    detailed_exitcode: bool = False
    limit: int | None = None
    max_changes: str = ""
    accept_shrink: bool = False
    accept_moved: bool = False
    cron: bool = False
    lang: Language | None = None
    no_color: bool = False
    quiet: bool = False
    verbose: bool = False

    @property
    def color(self) -> bool:
        """Whether to print in colour: at a terminal, unless a flag or NO_COLOR forbids it."""
        plain = self.no_color or self.cron or bool(os.environ.get("NO_COLOR"))
        return sys.stdout.isatty() and not plain

    @property
    def terse(self) -> str:
        """The mildest severity printed under cron; '' where everything is printed."""
        if not self.cron:
            return ""
        return "error" if self.fail_on == "never" else self.fail_on


DEFAULTS = Options()
"""The flags of a call that gives none."""


receiver_option = click.option(
    "--for",
    "receiver",
    default="",
    metavar="PARTNER",
    help="Who gets it: kept of each person who is in it, for their export.",
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command the shared flags; it is called with ``options`` first."""
    return _with_flags(command, _FLAGS)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command the shared flags, with a ``--plan`` that only shows the plan."""

    @wraps(command)
    def called(options: Options, **flags: Any) -> Any:  # noqa: ANN401 (what click hands over)
        if options.plan and options.apply:
            raise click.UsageError("--plan only shows: leave out one of --plan and --apply.")
        return command(replace(options, plan=None), **flags)

    saved = [_FLAGS.index(flag) for flag in (_PLAN_OUT, _PLAN)]
    rest = tuple(flag for number, flag in enumerate(_FLAGS) if number not in saved)
    return _with_flags(called, (*rest[: saved[0]], _SHOW, *rest[saved[0] :]))


def _with_flags(
    command: Callable[..., Any], flags: Sequence[Callable[..., Any]]
) -> Callable[..., Any]:
    @wraps(command)
    def called(**given: Any) -> Any:  # noqa: ANN401 (what click hands over)
        mine = {field.name: given.pop(field.name, None) for field in fields(Options)}
        return command(Options(**mine), **given)

    wrapped: Callable[..., Any] = called
    for flag in reversed(flags):
        wrapped = flag(wrapped)
    return click.version_option(VERSION, prog_name="Verkosto")(wrapped)
