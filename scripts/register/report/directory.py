"""The regional lists as a page to read and print, as text, as CSV and as JSON.

The workbook is made by :mod:`register.report.directory_sheets`. Cells are data in all of them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from register import places
from register.fields import phone
from register.lists.directory import Contact, Directory, Organisation, Regional, counts
from register.report.pages import pages
from register.report.sentences import Sentences
from register.report.shown import shown

COLUMNS = (
    *(("organisations", "region"), ("organisations", "municipality"), ("organisations", "name")),
    *(("organisations", "short"), ("organisations", "type"), ("organisations", "area")),
    *(("organisations", "topics"), ("organisations", "email"), ("organisations", "phone")),
    *(("organisations", "url"), ("organisations", "id")),
    *(("people", "name"), ("people", "role"), ("people", "email"), ("people", "phone")),
)
"""The columns of the lists: tab and key; ``people.name`` is first and last name in one."""

_FORMULA = "=+-@−"
_SEPARATOR = re.compile(r"[,;\t]")
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?)")
_E164 = re.compile(r"\+\d{5,15}")


def as_html(directory: Directory, say: Sentences, templates: Path | None = None) -> str:
    """Return the lists as one page that needs no network and works without JavaScript."""
    figures = counts(directory)
    env = pages(say.language, templates)
    return env.get_template("directory.html.j2").render(
        directory=directory,
        figures={str(code): row for code, row in figures.to_dict("index").items()},
        without=int(figures["without"].sum()),
        covered=int(figures["covered"].sum()),
        types=sorted({one.type for one in directory.organisations if one.type}),
        number={id(one): n for n, one in enumerate(directory.organisations)},
        ident=id,
        region_name=lambda code: region_name(code, say),
        place_name=lambda code: place_name(code, say),
        national=phone.national,
        where=lambda one, region: where(one, region, say),
        link=link,
    )
