"""List the organisations of each region and municipality, and the municipalities without any."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from dataclasses import asdict
from pathlib import Path

import click

from register.cli import Options, main, shared_options
from register.errors import UsageError
from register.flows.offers import open_matches, sentence
from register.flows.regions import regions
from register.report import document, offers
from register.report.directory import as_csv, as_html
from register.report.directory_sheets import as_xlsx
from register.report.directory_summary import as_contract, as_markdown, as_text
from register.report.sentences import Sentences
from register.wiring import opened


class _Lists(click.Group):
    """Takes ``lists`` for granted where no other word is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["lists", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Lists, help=__doc__)
def command() -> None:
    """List the organisations of each region."""


@command.command()
@click.option("--public", is_flag=True, help="Leave out people who may not be published.")
@shared_options
def lists(options: Options, *, public: bool) -> None:
    """Print the figures of each region; with --report-dir also make page, workbook and CSV."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = regions(book, desk.now.date(), public=public)
    files: list[Path] = []
    if folder := options.report_dir:
        for name, content in (
            ("index.html", as_html(found, say).encode()),
            ("regions.xlsx", as_xlsx(found, say)),
            ("organisations.csv", as_csv(found, say)),
        ):
            files.append(_kept(folder / name, content))
    if options.quiet or options.cron:
        return
    match options.format:
        case "json":
            text = json.dumps(as_contract(found), ensure_ascii=False, indent=1)
        case "html":
            text = as_html(found, say)
        case "md":
            text = as_markdown(found, say)
        case _:
            text = "\n".join((as_text(found, say), *(f"  → {path}" for path in files)))
    click.echo(text)


@command.command("match")
@shared_options
def match_(options: Options) -> None:
    """Print whose offer meets whose need, and why: tips for us, help from us, introductions."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = open_matches(book, desk.now.date(), desk.config.letters.organisation)
    found = found[: options.limit] if options.limit else found
    made = offers.as_document(found, lambda match: sentence(book, match, say), say)
    texts = {
        "text": lambda: document.as_text(made),
        "md": lambda: document.as_markdown(made),
        "html": lambda: document.as_html(made, say),
        "json": lambda: json.dumps([asdict(match) for match in found], ensure_ascii=False),
    }
    if folder := options.report_dir:
        _kept(folder / "match.html", texts["html"]().encode())
    if found or not options.cron:
        click.echo(texts[options.format]())


def _kept(path: Path, content: bytes) -> Path:
    """Write a list for its owner only: it holds people's names and addresses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as fault:
        raise UsageError(
            "The file {file} cannot be written ({fault}).",
            remedy="Close it where it is open, or give another --report-dir.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
    return path


if __name__ == "__main__":
    main(command)
