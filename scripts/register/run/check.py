"""``check.py``: the findings of the rules; nothing is written."""

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote

from register.book.outcome import Outcome
from register.book.table import Book
from register.rules import RuleContext, findings
from register.run.command_line import finish
from register.run.options import Options
from register.run.printing import show_page, show_rules
from register.run.session import open_session, sentences_for
from register.show.document import PageLink
from register.show.page_model import Page, ReportContext
from register.state.written_files import written_files
from register.words.display import display_text

_TITLE = re.compile(r"<title>([^<]+?)(?: · Verkosto)?</title>")
_HEAD = 4096


def check_book(book: Book, setting: RuleContext) -> Outcome:
    """Return the findings of all rules over every tab."""
    return Outcome("check", book, findings=findings(book, setting))


def run_check(options: Options, explain: str | None) -> None:
    """Check the register, or explain a rule (all of them where ``explain`` is '')."""
    if explain is not None:
        show_rules(explain, options)
    with open_session(options) as session:
        outcome = check_book(session.look(), session.setting)
        around, today = session.around(), session.now.date()
        written = written_files(session.state)
    if options.report_dir:
        links = _page_links(written, options.report_dir)
        _save_overview(outcome, around, today, options, links)
    finish(outcome, options, around)


def _page_links(written: Iterable[Path], folder: Path) -> list[PageLink]:
    """Return links from a page in the folder to the written pages in other folders."""
    here = folder.absolute()
    pages = [path for path in written if path.suffix == ".html" and path.parent != here]
    return [
        PageLink(
            display_text(f"{_title(path)} ({path.parent.name}/{path.name})"),
            quote(Path(os.path.relpath(path, here)).as_posix()),
        )
        for path in pages
    ]


def _title(page: Path) -> str:
    """Return a page's title without the program's name, '–' where it cannot be read."""
    try:
        with page.open("rb") as file:
            found = _TITLE.search(file.read(_HEAD).decode("utf-8", "replace"))
    except OSError:
        found = None
    return unescape(found[1]) if found else "–"


def _save_overview(
    outcome: Outcome,
    around: ReportContext,
    today: date,
    options: Options,
    links: Sequence[PageLink],
) -> None:
    """Write the overview page, and the pages that no other command writes."""
    from register.show.overview import overview_files

    say = sentences_for(options, outcome.book.language)
    show_page(
        Page(
            "", {"text": lambda: ""}, overview_files(outcome, around, today, say, links), saved=()
        ),
        options,
        news=False,
    )
