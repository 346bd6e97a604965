"""Tell what we have done with whom, and what the next person needs to know."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

import click

from register.book.headers import fold_header
from register.cooperation.history import history
from register.cooperation.next_steps import next_steps
from register.cooperation.packet import packet
from register.cooperation.prose import Prose
from register.run.command_line import run_command
from register.run.options import Options, shared_options
from register.run.printing import show_table
from register.run.session import Session, open_session
from register.show import document
from register.show import history as shown
from register.show.packet import packet_document
from register.words.sentences import Sentences


@click.group(help=__doc__)
def command() -> None:
    """Tell what the next person needs to know."""


@command.command("history")
@click.argument("subject")
@shared_options
def history_(options: Options, *, subject: str) -> None:
    """Print what was done with O-…, H-…, in a matter or about a topic, in order of time."""
    with open_session(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        found = history(book, subject)
        texts = {
            "html": lambda: shown.history_page(found, book, say),
            "md": lambda: shown.history_markdown(found, book, say),
            "json": lambda: json.dumps(shown.history_values(found), ensure_ascii=False, indent=1),
            "text": lambda: shown.history_text(found, book, say),
        }
        _show(desk, texts, "history")


@command.command("packet")
@click.argument("whom")
@click.option("--public", is_flag=True, help="Only what anybody may read.")
@shared_options
def packet_(options: Options, *, whom: str, public: bool) -> None:
    """Write what the next person needs to know: of H-…, or of one of our owners by name."""
    with open_session(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        made = packet_document(packet(book, whom, desk.now.date()), book, say, public=public)
        texts = {
            "html": lambda: document.document_page(made, say),
            "md": lambda: document.document_markdown(made),
            "json": lambda: json.dumps(asdict(made), ensure_ascii=False, indent=1, default=list),
            "text": lambda: document.document_text(made),
        }
        _show(desk, texts, "packet")


@command.command("open")
@click.argument("owner", default="")
@shared_options
def open_(options: Options, *, owner: str) -> None:
    """List the open matters by owner, the late ones first; of one owner where named."""
    with open_session(options) as desk:
        book = desk.store.read()
        say = Sentences(options.lang or book.language)
        prose, today = Prose(book, say), desk.now.date().isoformat()
    rows = [
        (
            prose.safe(name),
            (say("{day}, late", day=prose.day(event.due)))
            if event.due and event.due < today
            else prose.day(event.due),
            prose.safe(event.matter),
            prose.parties(event),
            prose.safe(event.next),
        )
        for name, steps in next_steps(book, desk.now.date()).items()
        if not owner or fold_header(name) == fold_header(owner)
        for event in steps
    ]
    headers = [say.header("cooperation", key) for key in ("owner", "due", "matter", "org", "next")]
    show_table(headers, rows, options, say)


def _show(desk: Session, texts: Mapping[str, Callable[[], str]], name: str) -> None:
    """Print a text in the form that was asked for; write page and Markdown to --report-dir."""
    options, lines = desk.options, []
    if folder := options.report_dir:
        for form in ("html", "md"):
            path = desk.keep(folder / f"{name}.{form}", texts[form]())
            lines.append(f"  → {path}")
    if options.quiet or options.cron:
        return
    click.echo(texts[options.format]())
    if options.format == "text":
        for line in lines:
            click.echo(line)


if __name__ == "__main__":
    run_command(command)
