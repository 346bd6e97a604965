"""What ``doctor --live`` prints: Google's answers as they come, and how many are as expected."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from register.cli.options import Options
from register.flows.live import AS_EXPECTED, NOT_ASKED, NOTED, OTHERWISE, Answer, Examination
from register.report.sentences import Sentences

_PAGE = """\
# Questions to Google itself

The tests run against a server of our own. What only Google can answer is asked by

    python3 scripts/doctor.py --live --book URL --apply

in an empty Google Sheet that was made for it, in tabs of its own that it takes away again; without
`--apply` it only lists the questions. It takes some three minutes, most of them waiting for the
quota, and the last question uses that quota up for a minute: ask when nothing else runs.

`✓` is an answer as expected, `!` another one (then something that the store relies on has changed,
and the exit code is 1), `?` one that nobody knew, `✗` a question without an answer. The exchanges
are written to `google-live.json`, without the sheet's id, titles, addresses or accounts. Put that
file into `tests/server/recordings/`, and `tests/server/test_scenes.py` says where our server
answers otherwise than Google did.

This page is what `python3 scripts/doctor.py --live --book URL --format md` prints.""".splitlines()

_MARKS = {AS_EXPECTED: "✓", OTHERWISE: "!", NOTED: "?", NOT_ASKED: "✗"}


def show_answer(answer: Answer, options: Options, say: Sentences) -> None:
    """Print one of Google's answers as it comes, unless all are printed at the end."""
    if options.format != "text" or options.quiet:
        return
    line = f"{_MARKS[answer.verdict]} {answer.name}: {answer.fault or answer.found}"
    if answer.verdict == OTHERWISE:
        line += f" ({say('expected: {expected}', expected=answer.expected)})"
    click.echo(line)


def show_examination(
    found: Examination, kept: Path | None, options: Options, say: Sentences
) -> NoReturn:
    """Print what Google answered, or which questions it would be asked, and exit."""
    if options.format == "json":
        answers = [
            {**asdict(one), "verdict": one.verdict if found.applied else ""}
            for one in found.answers
        ]
        value = {"applied": found.applied, "left": found.left, "answers": answers}
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
    elif options.format == "md":
        click.echo(as_markdown(found), nl=False)
    elif not options.quiet:
        _tell(found, kept, options, say)
    if found.left:
        left = say("The tab “{tab}” could not be taken away: delete it by hand.", tab=found.left)
        click.echo(left, err=True)
    raise SystemExit(found.exit_code)


def as_markdown(found: Examination) -> str:
    """Return the questions, and their answers where there are any, as a page."""
    lines = [*_PAGE]
    for subject in dict.fromkeys(one.subject for one in found.answers):
        lines += ["", f"## {subject}", ""]
        lines.append("| Question | What is asked | Expected | Source |")
        lines.append("|---|---|---|---|")
        for one in found.answers:
            if one.subject == subject:
                answer = f"; found: `{one.found or one.fault}`" if found.applied else ""
                expected = f"`{one.expected}`" if one.expected else "unknown"
                source = f"[Google]({one.source})" if one.source else ""
                lines.append(f"| `{one.name}` | {one.asks} | {expected}{answer} | {source} |")
    return "\n".join(lines) + "\n"


def _tell(found: Examination, kept: Path | None, options: Options, say: Sentences) -> None:
    if not found.applied:
        count = len(found.answers)
        click.echo(
            say(
                "Google would be asked {count} questions, in a tab that is taken away again:",
                count=count,
            )
        )
        for one in found.answers:
            click.echo(f"  {one.name}: {one.asks}")
        click.echo(say("Nothing was written. Add --apply to do it."))
        return
    if options.verbose:
        for one in found.answers:
            click.echo(f"  {one.name}: {one.seconds} s. {one.asks}")
    click.echo(
        say(
            "{expected} answers as expected, {otherwise} otherwise, {noted} that nobody knew "
            "before, {missed} questions without an answer.",
            expected=found.count(AS_EXPECTED),
            otherwise=found.count(OTHERWISE),
            noted=found.count(NOTED),
            missed=found.count(NOT_ASKED),
        )
    )
    if kept:
        click.echo(
            say("The exchanges, without anything of anybody's, are in {file}.", file=str(kept))
        )
