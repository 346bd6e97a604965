"""``contacts.py match``: who is in a list twice, or in the register already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from register.imports.match_list import match_list
from register.run.options import Options
from register.run.printing import show_matches
from register.sources.files import read_file


def show_list_matches(options: Options, file: Path, against: str | None) -> None:
    """Print the pairs of a list, or of a list and the register ``against``."""
    sheet = read_file(file.expanduser())
    book = None
    if against is not None:
        # The register's libraries are not for a list alone.
        from register.run.session import open_session

        with open_session(replace(options, book=against, apply=False)) as session:
            book = session.look()
    show_matches(match_list(sheet, book), options)
