"""``contacts.py match``: finds duplicates within lists, or between a list and the register."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn

import click

from register.book.table import Book
from register.configuration.load import load_configuration
from register.configuration.sections import MatchSection
from register.disk import place_private, scratch_folder
from register.imports.match_large import LargeSource, lists_of_people, match_large
from register.imports.match_list import match_list
from register.imports.match_organisations import match_large_organisations
from register.match.large.engine import Engine
from register.run.files import write_text
from register.run.location import config_file
from register.run.options import Options
from register.run.printing import show_matches
from register.show.document_forms import document_page
from register.show.match_tables import (
    ORGANISATION_ROWS,
    PEOPLE_ROWS,
    ShownRows,
    make_match_tables,
    matches_document,
    pair_lines,
    pair_values,
    write_tables,
)
from register.sources.files import read_file
from register.sources.large_lists import LargeList, large_list
from register.words.sentences import Sentences

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "2500MB"
"""Memory limit of the database engine; beyond it, data goes to disk."""

_STEPS = {
    "read": "{count} rows are read.",
    "turned": "{count} names stood the other way round.",
    "paired": "{count} pairs are worth a look.",
    "matched": "{count} pairs are found.",
}


class _Progress:
    """Prints progress on stderr: one line a step, which counts up at a terminal."""

    def __init__(self, say: Sentences, *, silent: bool) -> None:
        self._say, self._silent = say, silent
        self._counts_up = sys.stderr.isatty()
        self._begun = perf_counter()

    def __call__(self, step: str, count: int, *, done: bool = True) -> None:
        if self._silent or step not in _STEPS or not (done or self._counts_up):
            return
        line = self._say(_STEPS[step], count=count)
        if not done:
            rate = round(count / max(perf_counter() - self._begun, 0.001))
            line += " " + self._say("({rate} a second)", rate=rate)
        click.echo(f"\r\033[K{line}" if self._counts_up else line, nl=done, err=True)


@contextmanager
def _clearing_up() -> Iterator[None]:
    """Handle SIGTERM and SIGHUP like Ctrl-C, so that temporary files are removed."""
    ended = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {one: signal.getsignal(one) for one in ended}
    for one in ended:
        if before[one] is signal.SIG_DFL:
            signal.signal(one, signal.default_int_handler)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def show_large_matches(
    options: Options, sources: Sequence[LargeSource], against: Book | None
) -> NoReturn:
    """Print the pairs, or with ``--report-dir`` write them and their clusters; exit with 0."""
    say = Sentences(options.lang or "fi")

    progress = _Progress(say, silent=options.quiet or options.cron)
    config = load_configuration(config_file(options)).match
    people = lists_of_people(sources)
    shown = PEOPLE_ROWS if people else ORGANISATION_ROWS
    with _clearing_up(), _database(config.folder) as (connection, folder):
        if people:
            with _engine(config, folder) as engine:
                match_large(connection, folder, sources, against, progress, engine)
        else:
            match_large_organisations(connection, sources, against, progress)
        make_match_tables(connection, shown, say)
        if options.report_dir:
            _save(connection, folder, options.report_dir, shown, say, several=len(sources) > 1)
        if options.format == "json":
            _print_values(connection, several=len(sources) > 1)
        elif not options.report_dir and not options.quiet:
            for line in pair_lines(connection, several=len(sources) > 1):
                click.echo(line)
    raise SystemExit(0)


@contextmanager
def _engine(config: MatchSection, folder: Path) -> Iterator[Engine]:
    """Yield the engine that prepares and compares rows."""
    if config.engine == "duckdb":
        yield Engine()
        return
    from register.match.large.spark import spark_engine

    with spark_engine(config.master, folder) as engine:
        yield engine


@contextmanager
def _database(where: str) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """Yield a database in a temporary folder, which is removed at the end.

    Raises OSError where the disk is full, MemoryError where memory runs out.
    """
    import duckdb

    with scratch_folder(where) as folder:
        try:
            with duckdb.connect(str(folder / "matching.duckdb")) as connection:
                connection.execute(
                    f"set memory_limit = '{_MEMORY}'; set threads = {cpu_count() or 1}; "
                    "set preserve_insertion_order = false; set enable_progress_bar = false"
                )
                yield connection, folder
        except duckdb.OutOfMemoryException as fault:
            raise MemoryError from fault
        except RuntimeError as fault:
            if "interrupted" in str(fault):
                raise KeyboardInterrupt from fault
            raise
        except (duckdb.IOException, duckdb.FatalException) as fault:
            raise OSError(errno.ENOSPC, str(fault), str(folder)) from fault


def _save(
    connection: DuckDBPyConnection,
    folder: Path,
    wanted: Path,
    shown: ShownRows,
    say: Sentences,
    *,
    several: bool,
) -> None:
    """Write the result's files into a folder, readable by their owner only."""
    for path in write_tables(connection, folder, shown, several=several):
        place_private(path, wanted / path.name)
        click.echo(f"→ {wanted / path.name}", err=True)
    page = wanted / "matches.html"
    write_text(page, document_page(matches_document(connection, shown, say), say))
    click.echo(f"→ {page}", err=True)


def _print_values(connection: DuckDBPyConnection, *, several: bool) -> None:
    click.echo('{"pairs": [', nl=False)
    for number, value in enumerate(pair_values(connection, several=several)):
        click.echo(("," if number else "") + f"\n {value}", nl=False)
    click.echo("\n]}")


def show_list_matches(options: Options, files: Sequence[Path], against: str | None) -> None:
    """Print the pairs of a list, of several lists, or of a list and the register ``against``.

    Several lists, or a list too large to compare in memory, are matched on disk.
    """
    lists = [large_list(file) or _whole(file) for file in files]
    book = None
    if against is not None:
        # A list alone does not need the register's libraries.
        from register.run.session import open_session

        with open_session(replace(options, book=against, apply=False)) as session:
            book = session.look()
    (first, *others) = lists
    if not others and not first.is_large:
        show_matches(match_list(first.head, book), options)
    from register.imports.match_large import LargeSource

    show_large_matches(options, [LargeSource(one.head, one.rows) for one in lists], book)


def _whole(file: Path) -> LargeList:
    sheet = read_file(file.expanduser())
    return LargeList(sheet, sheet.numbered, 0)
