"""``doctor.py --live``: questions to Google, asked in the sheet that the flags name.

The answers are printed as they come, and at the end how many are as expected.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from register.book.errors import UsageError
from register.run.files import write_text
from register.run.location import find_location
from register.run.options import Options
from register.run.printing import print_page
from register.show.page_model import Page, json_text
from register.stores.google_address import spreadsheet_key
from register.stores.google_live.answer import (
    AS_EXPECTED,
    NOT_ASKED,
    NOTED,
    OTHERWISE,
    Examination,
    LiveAnswer,
)
from register.words.sentences import Sentences

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

RECORDING = "google-live.json"


def show_answer(answer: LiveAnswer, options: Options, say: Sentences) -> None:
    """Print one of Google's answers as it comes, unless the format prints all at the end."""
    if options.format != "text" or options.quiet:
        return
    line = f"{_MARKS[answer.verdict]} {answer.name}: {answer.fault or answer.found}"
    if answer.verdict == OTHERWISE:
        line += f" ({say('expected: {expected}', expected=answer.expected)})"
    click.echo(line)


def show_examination(
    found: Examination, kept: Path | None, options: Options, say: Sentences
) -> NoReturn:
    """Print Google's answers, or the questions that would be asked, and exit."""

    def value() -> object:
        answers = [
            {**asdict(one), "verdict": one.verdict if found.applied else ""}
            for one in found.answers
        ]
        return {"applied": found.applied, "left": found.left, "answers": answers}

    forms = {
        "text": lambda: "" if options.quiet else "\n".join(_lines(found, kept, options, say)),
        "md": lambda: as_markdown(found).rstrip("\n"),
        "json": lambda: json_text(value()),
    }
    print_page(Page("", forms, saved=()), options)
    if found.left:
        left = say("The tab “{tab}” could not be taken away: delete it by hand.", tab=found.left)
        click.echo(left, err=True)
    raise SystemExit(found.exit_code)


def as_markdown(found: Examination) -> str:
    """Return the questions, and the answers if they were asked, as a Markdown page."""
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


def _lines(
    found: Examination, kept: Path | None, options: Options, say: Sentences
) -> Iterator[str]:
    if not found.applied:
        yield say(
            "Google would be asked {count} questions, in a tab that is taken away again:",
            count=len(found.answers),
        )
        yield from (f"  {one.name}: {one.asks}" for one in found.answers)
        yield say("Nothing was written. Add --apply to do it.")
        return
    if options.verbose:
        yield from (f"  {one.name}: {one.seconds} s. {one.asks}" for one in found.answers)
    yield say(
        "{expected} answers as expected, {otherwise} otherwise, {noted} that nobody knew "
        "before, {missed} questions without an answer.",
        expected=found.count(AS_EXPECTED),
        otherwise=found.count(OTHERWISE),
        noted=found.count(NOTED),
        missed=found.count(NOT_ASKED),
    )
    if kept:
        yield say("The exchanges, without anything of anybody's, are in {file}.", file=str(kept))


def ask_google(options: Options) -> NoReturn:
    """Ask Google, or without ``--apply`` print what would be asked, and exit.

    Raises UsageError for a workbook, SafetyStop for a sheet that is not empty.
    """
    # Importing Google's libraries takes a fifth of a second; only a sheet needs them.
    from register.stores.google import GoogleSheet
    from register.stores.google_live import ask_questions, list_questions
    from register.stores.google_signin import quota_client

    location = find_location(options)
    if isinstance(location.address, Path):
        raise UsageError(
            "--live asks Google itself; {book} is a workbook.",
            remedy="Make an empty Google Sheet for it, share it with the scripts' address as an "
            "editor, and give its address: python3 scripts/doctor.py --live --book URL --apply",
            book=location.address.name,
        )
    say = Sentences(location.language)
    if not options.apply:
        show_examination(list_questions(options.limit), None, options, say)
    http = quota_client(location.config.google, beside=location.beside)
    key = spreadsheet_key(location.address)
    GoogleSheet(http, key).may_edit()
    told = partial(show_answer, options=options, say=say)
    found = ask_questions(http, key, told, options.limit)
    path = (options.report_dir or Path()) / RECORDING
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(found.recording, ensure_ascii=False, indent=1)
    write_text(path, text + "\n")
    show_examination(found, path, options, say)
