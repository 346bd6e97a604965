"""``regions.py labels``: what goes out of the register on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from register.lists.labels import address_labels
from register.lists.regional import regional_directory
from register.lists.selection import SelectionCriteria, select_part
from register.run.options import Options
from register.run.session import open_session
from register.show.label_sheets import SheetName, labels_pdf, unprintable
from register.show.listing import organisations_heading
from register.words.sentences import Sentences

_LABELS = Path("labels")
"""The folder of the current one that labels go to without ``--report-dir``."""

_NAMED = 20


def make_labels(
    options: Options, wanted: SelectionCriteria, *, sheet: SheetName, without_email: bool
) -> None:
    """Make the address labels of a part of the register as a PDF; say who has no whole address."""
    with open_session(options) as session:
        book, today = session.look(), session.now.date()
        say = Sentences(options.lang or book.language)
        chosen = select_part(book, wanted, say.language)
        lists = regional_directory(book, today, chosen=chosen, language=say.language)
        if without_email:
            some = tuple(one for one in lists.organisations if not one.email)
            lists = replace(lists, organisations=some)
        found = address_labels(book, lists)
        title = organisations_heading(chosen, say)
        pdf = labels_pdf(found, sheet, title, today, say)
        path = session.keep_bytes((options.report_dir or _LABELS) / "labels.pdf", pdf)
        without = [say.row(book, "organisations", row_id) for row_id in found.without]
    for msgid, values in chosen.notes:
        click.echo(say(msgid, **values), err=True)
    if options.quiet or options.cron:
        return
    values = {"count": len(found.labels), "without": len(found.without)}
    click.echo(f"→ {path}", err=True)
    click.echo(
        say(
            "Labels: {count}. Organisations without a street address or a postal code: {without}.",
            **values,
        )
    )
    for name in without[:_NAMED]:
        click.echo(f"  {name}")
    if len(without) > _NAMED:
        click.echo(f"  (+{len(without) - _NAMED})")
    if odd := unprintable(found):
        click.echo(
            say("The font lacks letters of: {names}", names=[*odd[:_NAMED]]),
            err=True,
        )
