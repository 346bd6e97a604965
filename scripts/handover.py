"""Tell what we have done with whom, and what the next person needs to know."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from collections.abc import Mapping

import click

from register.cli import Options, main, shared_options
from register.cooperation.history import history
from register.report import history as shown
from register.report.sentences import Sentences
from register.wiring import opened
from register.wiring.desk import Desk


@click.group(help=__doc__)
def command() -> None:
    """Tell what the next person needs to know."""


@command.command("history")
@click.argument("subject")
@shared_options
def history_(options: Options, *, subject: str) -> None:
    """Print what was done with O-…, H-…, in a matter or about a topic, in order of time."""
    with opened(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = history(book, subject)
        texts = {
            "html": lambda: shown.as_html(found, book, say),
            "md": lambda: shown.as_markdown(found, book, say),
            "json": lambda: json.dumps(shown.as_contract(found), ensure_ascii=False, indent=1),
            "text": lambda: shown.as_text(found, book, say),
        }
        kept = _kept(desk, {"history.html": texts["html"], "history.md": texts["md"]})
        if not (options.quiet or options.cron):
            click.echo(texts[options.format]() + kept)


def _kept(desk: Desk, texts: Mapping[str, object]) -> str:
    """Write what ``--report-dir`` asks for; return the lines that name the files."""
    folder = desk.options.report_dir
    if not folder:
        return ""
    paths = [desk.keep(folder / name, text()) for name, text in texts.items() if callable(text)]
    return "".join(f"\n  → {path}" for path in paths) if desk.options.format == "text" else ""


if __name__ == "__main__":
    main(command)
