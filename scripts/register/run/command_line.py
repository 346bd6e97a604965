"""How a command runs and ends: errors as sentences, the output, the exit code."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from register.book.errors import UsageError, VerkostoError
from register.run.options import Options
from register.run.printing import print_page, save_page

# Modules that only some commands need are imported where they are used, to start fast.
if TYPE_CHECKING:
    from register.book.outcome import Outcome
    from register.ports.ledger import Release
    from register.show.page_model import ReportContext
    from register.words.sentences import Sentences

_DIGITS = 9


def run_command(command: click.Command) -> NoReturn:
    """Run a command and exit; an error is printed as a sentence, with its own exit code."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _speak_utf8()
    if "--cron" in sys.argv:
        from register.run.discretion import redact_output

        redact_output()
    os.umask(0o077)  # also for files that libraries create, such as temporary files
    try:
        code = command.main(standalone_mode=False, prog_name=Path(sys.argv[0]).name)
    except VerkostoError as error:
        _fail(_spoken().error(error), error.exit_code)
    except click.exceptions.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        _stopped()
    except click.ClickException as fault:
        from register.run.usage import usage_fault

        say, told = _spoken(), usage_fault(fault, Path(sys.argv[0]).name)
        _fail("\n".join(say(msgid, **values) for msgid, values in told), 2)
    except BrokenPipeError:
        _close_output()
        raise SystemExit(0) from None
    except Exception as fault:
        from register.run.faults import describe_unforeseen, explain_fault, is_interrupted

        if is_interrupted(fault):
            _stopped()
        known = explain_fault(fault)
        if not known and ("-v" in sys.argv or "--verbose" in sys.argv):
            traceback.print_exc()
        known = known or describe_unforeseen(fault)
        _fail(_spoken().error(known), known.exit_code)
    raise SystemExit(code if isinstance(code, int) else 0)


def _stopped() -> NoReturn:
    _fail(_spoken().say("Stopped. Nothing more was done."), 2)


def finish(outcome: Outcome, options: Options, around: ReportContext | None = None) -> NoReturn:
    """Print an outcome in the chosen format, write the report, and exit with the documented code.

    The language is that of ``--lang``, else the register's. ``around`` is what the page shows in
    addition: links to the rows, earlier runs.
    """
    from register.book.outcome import cut_off_notes
    from register.run.spoken_language import given_flags
    from register.show.outcome import outcome_forms
    from register.words.sentences import Sentences

    given = given_flags(sys.argv[1:])
    sheet = outcome.book.language
    say = Sentences(options.lang or sheet, given, sheet=sheet)
    outcome = replace(outcome, notes=(*outcome.notes, *cut_off_notes(outcome)))
    undo = (
        shlex.join(("python3", "scripts/undo.py", outcome.run, *given, "--apply"))
        if outcome.run
        else ""
    )
    page = outcome_forms(
        outcome,
        say,
        around,
        color=options.color,
        full=options.verbose,
        terse=options.terse,
        undo=undo,
    )
    if options.report_dir:
        save_page(page, options.report_dir)
    if options.cron:
        from register.run.discretion import learn_newcomers

        learn_newcomers(outcome)
    code = outcome.exit_code(options.fail_on, detailed=options.detailed_exitcode)
    news = bool(outcome.plan.changes or outcome.failed or outcome.written.conflicts or code)
    if not options.quiet and (news or not options.cron):
        try:
            print_page(page, options)
        except BrokenPipeError:  # the reader, such as `head`, has closed the pipe; the work is done
            _close_output()
    if outcome.stopped:
        _fail(say.error(outcome.stopped), code)
    raise SystemExit(code)


def ask_release(wanted: Release, given: str, say: Sentences) -> Release:
    """Return what a person agrees to send: ``--confirm COUNT:HASH``, else the count typed.

    A wrong count aborts the run. Raises UsageError where ``given`` is malformed, or where it is ''
    and there is no terminal to ask at.
    """
    from register.ports.ledger import Release

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


def _fail(text: str, code: int) -> NoReturn:
    with suppress(OSError):  # where this cannot be printed either, only the exit code tells
        click.echo(text, err=True)
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _close_output()
    raise SystemExit(code)


def _close_output() -> None:
    """Redirect stdout to nowhere, or Python would end with an exit code of its own."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Print characters that the terminal lacks as escapes, instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _spoken() -> Sentences:
    """Return the sentences for error messages, in the language known so far."""
    from register.run.spoken_language import given_flags, spoken_language
    from register.words.sentences import Sentences

    words = sys.argv[1:]
    return Sentences(spoken_language(words), given_flags(words), sheet=spoken_language(()))
