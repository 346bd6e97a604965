"""The command line that all scripts share: one set of flags, one way to show, one way to fail."""

from __future__ import annotations

import gc
import json
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast, get_args

import click

from register.book.schema import LANGUAGES, Language
from register.errors import UsageError, VerkostoError

# What is only shown by some commands is loaded where it is shown: a run starts with what it takes.
if TYPE_CHECKING:
    from register.book.outcome import Outcome
    from register.flows.contacts_match import Match
    from register.flows.doctor import Diagnosis
    from register.places.renewal import Difference
    from register.ports import Layout, Release, Traffic
    from register.report.around import Around
    from register.report.sentences import Sentences

VERSION = "1.0.0"
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Options:
    """The flags that every script takes; see ``--help``."""

    config: Path | None
    book: str
    apply: bool
    plan_out: Path | None
    plan: Path | None
    format: str
    report_dir: Path | None
    fail_on: str
    detailed_exitcode: bool
    limit: int | None
    max_changes: str
    accept_shrink: bool
    cron: bool
    lang: Language | None
    no_color: bool
    quiet: bool
    verbose: bool

    @property
    def color(self) -> bool:
        """Whether to print in colour: a terminal that nobody has told not to."""
        plain = self.no_color or self.cron or bool(os.environ.get("NO_COLOR"))
        return sys.stdout.isatty() and not plain

    @property
    def progress(self) -> bool:
        """Whether to show progress: on a terminal, unless silence was asked for."""
        return sys.stderr.isatty() and not (self.quiet or self.cron)


DEFAULTS = Options(
    config=None,
    book="",
    apply=False,
    plan_out=None,
    plan=None,
    format="text",
    report_dir=None,
    fail_on="error",
    detailed_exitcode=False,
    limit=None,
    max_changes="",
    accept_shrink=False,
    cron=False,
    lang=None,
    no_color=False,
    quiet=False,
    verbose=False,
)
"""The flags of a call that gives none."""

_FLAGS = (
    click.option("--config", type=click.Path(path_type=Path), help="Configuration file (TOML)."),
    click.option("--book", default="", help="The register: an .xlsx file or a Google Sheet's URL."),
    click.option("--apply", is_flag=True, help="Do it; without this, only show it."),
    click.option("--plan-out", type=click.Path(path_type=Path), help="Save the plan as JSON."),
    click.option(
        "--plan", type=click.Path(path_type=Path), help="Use exactly the plan saved in this file."
    ),
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
    click.option("--cron", is_flag=True, help="Print nothing unless there is news."),
    click.option("--lang", type=click.Choice(list(LANGUAGES)), help="Language of the output."),
    click.option("--no-color", is_flag=True, help="Plain text."),
    click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
    click.option("-v", "--verbose", is_flag=True, help="Print more."),
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command the shared flags; it is called with ``options`` first."""

    @wraps(command)
    def called(**flags: Any) -> Any:  # noqa: ANN401 (what click hands over)
        mine = {field.name: flags.pop(field.name) for field in fields(Options)}
        return command(Options(**mine), **flags)

    wrapped: Callable[..., Any] = called
    for flag in reversed(_FLAGS):
        wrapped = flag(wrapped)
    return click.version_option(VERSION, prog_name="Verkosto")(wrapped)


def finish(outcome: Outcome, options: Options, around: Around | None = None) -> NoReturn:
    """Print an outcome as asked, write the report, and exit with the documented code.

    It speaks the language that was asked for, else the register's. ``around`` is what the page
    shows besides: links to the rows, earlier runs.
    """
    from register.report.sentences import Sentences

    say = Sentences(options.lang or outcome.book.language)
    if options.report_dir:
        _write_report(outcome, options.report_dir, say, around)
    code = outcome.exit_code(options.fail_on, detailed=options.detailed_exitcode)
    news = bool(outcome.plan.changes or outcome.failed or outcome.written.conflicts or code)
    if not options.quiet and (news or not options.cron):
        match options.format:
            case "json":
                from register.report.contract import as_json

                text = as_json(outcome, say)
            case "md":
                from register.report.markdown import as_markdown

                text = as_markdown(outcome, say)
            case "html":
                from register.report.page import as_page

                text = as_page(outcome, say, around=around)
            case _:
                from register.report.text import as_text

                book = ("--book", options.book) if options.book else ()
                undo = shlex.join(("undo.py", outcome.run, *book, "--apply")) if outcome.run else ""
                text = as_text(outcome, say, color=options.color, full=options.verbose, undo=undo)
        click.echo(text, color=options.color)
    if outcome.stopped:
        _fail(say.error(outcome.stopped), code)
    raise SystemExit(code)


def agreed(wanted: Release, given: str, say: Sentences) -> Release:
    """Return what a person agrees to send: ``--confirm COUNT:HASH``, else the count that they type.

    Raises UsageError where there is neither a word nor a terminal to ask at.
    """
    from register.ports import Release

    if given:
        count, _, digest = given.partition(":")
        if not (count.isdecimal() and count.isascii() and len(count) < _DIGITS and digest):
            raise UsageError(
                "“{given}” is not COUNT:HASH.",
                remedy="Give it as the command shows it without --apply: --confirm {wanted}",
                given=given,
                wanted=wanted,
            )
        return Release(int(count), digest)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "{wanted} letters would go; nobody has agreed to that. Nothing was sent.",
            remedy="Agree to it with --confirm {wanted}, or give the command at a terminal.",
            wanted=wanted,
        )
    question = say(
        "{count} letters will go, and cannot be taken back. Type the count to agree",
        count=wanted.count,
    )
    typed = click.prompt(question, default="", show_default=False, err=True, type=str)
    if typed.strip() != str(wanted.count):
        raise click.Abort
    return wanted


def show_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], options: Options, say: Sentences
) -> NoReturn:
    """Print a plain table, or with ``--format json`` a list of objects, and exit with 0."""
    lines = list(rows)
    if options.format == "json":
        objects = [dict(zip(headers, line, strict=True)) for line in lines]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1))
        raise SystemExit(0)
    shown = [[say(header) for header in headers], *lines]
    widths = [max(len(line[i]) for line in shown) for i in range(len(headers))]
    for line in shown:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    raise SystemExit(0)


def show_matches(matches: Sequence[Match], options: Options) -> NoReturn:
    """Print who is there twice, one pair a line, or as JSON; exit with 0."""
    if options.format == "json":
        pairs = {"pairs": [match.contract() for match in matches]}
        click.echo(json.dumps(pairs, ensure_ascii=False, indent=1))
        raise SystemExit(0)
    from register.report.pair_evidence import EVIDENCE
    from register.report.sentences import Sentences

    say = Sentences(options.lang or "fi")
    for match in matches:
        why = ", ".join(
            f"{say(EVIDENCE[f'{one.comparison}_{one.level}'])} ({one.weight:+.1f})"
            for one in match.reasons
        )
        click.echo(
            f"{match.left} = {match.right}  {match.probability:.3f}  {match.decision}  {why}"
        )
    raise SystemExit(0)


def show_diagnosis(diagnosis: Diagnosis, options: Options, say: Sentences) -> NoReturn:
    """Print what ``doctor`` found, and exit with the fault's code."""
    faults = [say.error(fault) for fault in diagnosis.faults]
    if options.format == "json":
        value = {
            "in_place": [say(msgid, **values) for msgid, values in diagnosis.said],
            "fault": faults[0] if faults else None,
            "faults": faults,
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        raise SystemExit(diagnosis.exit_code)
    for found in diagnosis.found:
        if isinstance(found, VerkostoError):
            click.echo(f"✗ {say.error(found)}")
        elif not options.quiet and (faults or not options.cron):
            click.echo(f"✓ {say(found[0], **found[1])}")
    if not (faults or options.quiet or options.cron):
        click.echo(say("Everything is in place."))
    raise SystemExit(diagnosis.exit_code)


def show_differences(
    found: Sequence[Difference], kept: Sequence[Path], options: Options, say: Sentences
) -> NoReturn:
    """Print how the places of the new year differ, and exit; 3 where that was asked for."""
    from register.report.place_differences import differences_text

    if options.format == "json":
        value = {"differences": [asdict(one) for one in found], "written": [str(p) for p in kept]}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    elif not options.quiet and (found or not options.cron):
        click.echo(differences_text(found, say, full=options.verbose))
        for path in kept:
            click.echo(f"→ {path}")
        if found and not options.apply:
            click.echo(say("Nothing was written. Add --apply to do it."))
    raise SystemExit(3 if found and options.detailed_exitcode and not options.apply else 0)


def show_traffic(traffic: Traffic, say: Sentences) -> None:
    """Print what a run cost at Google, on stderr."""
    cost = say(
        "Google: {reads} reads, {writes} writes, {sent} kB sent, {received} kB received, "
        "{waited} s waited.",
        reads=traffic.reads,
        writes=traffic.writes,
        sent=round(traffic.bytes_sent / 1000),
        received=round(traffic.bytes_received / 1000),
        waited=round(traffic.waited),
    )
    click.echo(cost, err=True)


def show_rules(code: str, options: Options) -> NoReturn:
    """Print what one rule means, or with '' all rules in a line each, and exit with 0."""
    from register.report.explain import as_rules_json, explained, listed
    from register.report.sentences import Sentences
    from register.rules import catalogue, rule_named

    say = Sentences(options.lang or "fi")
    known = rule_named(code.strip()).code if code.strip() else ""
    if options.format == "json":
        click.echo(as_rules_json([known] if known else sorted(catalogue()), say))
    else:
        click.echo(explained(catalogue()[known], say) if known else listed(say))
    raise SystemExit(0)


def show_layout(layout: Layout, name: str, options: Options, say: Sentences) -> NoReturn:
    """Print what ``create`` made or would make, and exit."""
    pending = bool(layout.created or layout.added)
    if options.format == "json":
        added = [{"message": msgid, **values} for msgid, values in layout.added]
        value = {"created": layout.created, "added": added, "applied": options.apply}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
    elif not options.quiet and (pending or not options.cron):
        for msgid, values in layout.added:
            click.echo(f"+ {say(msgid, **values)}")
        if not pending:
            click.echo(say("{book} has everything; nothing to add.", book=name))
        elif options.apply:
            click.echo(say("{book} is ready.", book=name))
        else:
            click.echo(say("Nothing was written. Add --apply to do it."))
    raise SystemExit(3 if pending and options.detailed_exitcode and not options.apply else 0)


def main(command: click.Command) -> NoReturn:
    """Run a command; what can be put right is said in a sentence, with its exit code."""
    # A run makes much and ends soon: looking for garbage in it took a third of a large list's time.
    gc.set_threshold(100_000, 50, 100)
    try:
        code = command.main(standalone_mode=False, prog_name=Path(sys.argv[0]).name)
    except VerkostoError as error:
        _fail(_spoken().error(error), error.exit_code)
    except click.exceptions.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        _fail(_spoken().say("Stopped. Nothing more was done."), 2)
    except click.ClickException as fault:
        shown = f"{fault.format_message()}\n" + _spoken().say(
            "Give {command} --help to see what it takes.", command=Path(sys.argv[0]).name
        )
        _fail(shown, 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as fault:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            traceback.print_exc()
        _fail(
            _spoken().say(
                "This should not have happened: {fault}. Give the same command with -v and send "
                "what it prints to whoever maintains your register.",
                fault=f"{type(fault).__name__}: {fault}",
            ),
            1,
        )
    raise SystemExit(code if isinstance(code, int) else 0)


def _fail(text: str, code: int) -> NoReturn:
    click.echo(text, err=True)
    raise SystemExit(code)


def _spoken() -> Sentences:
    """Return the sentences of what goes wrong, in the language that was asked for."""
    from register.report.sentences import Sentences

    return Sentences(_language(sys.argv[1:]))


def _language(arguments: list[str]) -> Language:
    """Return the language that was asked for, before the arguments are read: Finnish else."""
    for index, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in get_args(Language):
            return cast(Language, value)
    return "fi"


def _write_report(outcome: Outcome, folder: Path, say: Sentences, around: Around | None) -> None:
    from register.report.contract import as_json
    from register.report.markdown import as_markdown
    from register.report.page import as_page

    folder.mkdir(parents=True, exist_ok=True)
    verb = outcome.verb.replace(" ", "-")
    for name, text in (
        (f"{verb}.html", as_page(outcome, say, around=around)),
        (f"{verb}.md", as_markdown(outcome, say)),
        (f"{verb}.json", as_json(outcome, say)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
