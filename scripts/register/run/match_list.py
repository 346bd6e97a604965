"""``contacts.py match``: who is in lists twice, or in the register already."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from register.imports.match_list import match_list
from register.run.options import Options
from register.run.printing import show_matches
from register.sources.files import read_file
from register.sources.large_lists import LargeList, large_list


def show_list_matches(options: Options, files: Sequence[Path], against: str | None) -> None:
    """Print the pairs of a list, of several, or of a list and the register ``against``.

    A list of more rows than are compared all at once, and several, are matched on disk.
    """
    lists = [large_list(file) or _whole(file) for file in files]
    book = None
    if against is not None:
        # The register's libraries are not for a list alone.
        from register.run.session import open_session

        with open_session(replace(options, book=against, apply=False)) as session:
            book = session.look()
    (first, *others) = lists
    if not others and not first.is_large:
        show_matches(match_list(first.head, book), options)
    from register.imports.match_large import LargeSource
    from register.run.match_large import show_large_matches

    show_large_matches(options, [LargeSource(one.head, one.rows) for one in lists], book)


def _whole(file: Path) -> LargeList:
    sheet = read_file(file.expanduser())
    return LargeList(sheet, sheet.numbered, 0)
