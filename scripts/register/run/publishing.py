"""``regions.py labels``, ``publish``, ``give-back``: what is published from the register."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from register.lists.labels import address_labels
from register.lists.public import public_directory, public_organisations
from register.lists.regional import regional_directory
from register.lists.selection import SelectionCriteria
from register.run.options import Options
from register.run.printing import print_page, show_notes, show_page
from register.run.regions import open_part
from register.show.data_package import data_package
from register.show.directory import directory_page
from register.show.document_forms import document_forms
from register.show.give_back import give_back_document, give_back_values
from register.show.label_sheets import SheetName, labels_pdf, unprintable_names
from register.show.listing import heading_with_place, organisations_heading
from register.show.page_model import Page, plain_page

_LABELS = Path("labels")
"""The folder for labels without ``--report-dir``, in the current folder."""

_PUBLISHED = Path("published")
"""The folder for a public directory without ``--report-dir``, in the current folder."""

_PLACELESS = "{count} organisations have no home and no area of activity; they were left out."

_NAMED = 20


def make_labels(
    options: Options, wanted: SelectionCriteria, *, sheet: SheetName, without_email: bool
) -> None:
    """Write the address labels of a selection as a PDF; list organisations without an address."""
    with open_part(options, wanted) as (session, book, chosen, say):
        today = session.now.date()
        lists = regional_directory(book, today, chosen=chosen, language=say.language)
        if without_email:
            some = tuple(one for one in lists.organisations if not one.email)
            lists = replace(lists, organisations=some)
        found = address_labels(book, lists)
        title = organisations_heading(chosen, say)
        pdf = labels_pdf(found, sheet, title, today, say)
        path = session.keep_bytes((options.report_dir or _LABELS) / "labels.pdf", pdf)
        without = [say.row(book, "organisations", row_id) for row_id in found.without]
    show_notes(chosen.notes, say)
    if options.quiet or options.cron:
        return
    click.echo(f"→ {path}", err=True)

    def text() -> str:
        counts = {"count": len(found.labels), "without": len(without)}
        lines = [
            say(
                "Labels: {count}. Organisations without a street address or a postal code:"
                " {without}.",
                **counts,
            )
        ]
        lines += [f"  {name}" for name in without[:_NAMED]]
        lines += [f"  (+{len(without) - _NAMED})"] if len(without) > _NAMED else []
        return "\n".join(lines)

    def value() -> object:
        return {"file": str(path), "labels": len(found.labels), "without": without}

    print_page(plain_page(text, value), options)
    if odd := unprintable_names(found):
        click.echo(
            say("The font lacks letters of: {names}", names=[*odd[:_NAMED]]),
            err=True,
        )


def publish_directory(options: Options, wanted: SelectionCriteria, *, licence: str) -> None:
    """Write a public directory of organisations: a page, CSV, JSON and the data dictionary."""
    with open_part(options, wanted) as (session, book, chosen, say):
        today = session.now.date()
        lists, without = public_directory(book, today, chosen, say.language)
        some = public_organisations(book, lists)
    title = organisations_heading(chosen, say)
    data = data_package(some, say, title, today, licence)
    count = say("{count} organisations, nobody's name.", count=len(some))
    page = Page(
        "directory",
        {"text": lambda: count, "json": lambda: data["datapackage.json"].decode()},
        {
            "index.html": lambda: directory_page(lists, say, title=title, people=False).encode(),
            **{name: partial(bytes, content) for name, content in data.items()},
        },
        saved=(),
    )
    show_notes(chosen.notes, say)
    if without:
        click.echo(say(_PLACELESS, count=without), err=True)
    show_page(page, replace(options, report_dir=options.report_dir or _PUBLISHED), news=False)


def show_give_back(options: Options, wanted: SelectionCriteria) -> None:
    """Print a sheet for each organisation with the details that public registers ask for."""
    with open_part(options, wanted) as (session, book, chosen, say):
        today = session.now.date()
        lists = regional_directory(book, today, chosen=chosen, language=say.language)
        title = heading_with_place(
            "For public registers: organisations {place}", "For public registers", chosen, say
        )
        made = give_back_document(book, lists, say, title)
        values = give_back_values(book, lists, say)
    show_notes(chosen.notes, say)
    forms = document_forms(lambda: made, say, lambda: values)
    show_page(Page("give-back", forms), options, news=False)
