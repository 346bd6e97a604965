"""``doctor --live``: the questions to Google, asked in the sheet that the call names."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import NoReturn

from register.cli import Options
from register.cli.live import show_answer, show_examination
from register.errors import UsageError
from register.report.sentences import Sentences
from register.stores.google_address import spreadsheet_key
from register.wiring.files import write_text
from register.wiring.way import way_of

RECORDING = "google-live.json"


def ask_google(options: Options) -> NoReturn:
    """Ask Google, or without ``--apply`` print what would be asked, and exit.

    Raises UsageError for a workbook, SafetyStop for a sheet that is not empty.
    """
    # Google's libraries are loaded where a sheet is named: a fifth of a second otherwise.
    from register.stores.google import GoogleSheet
    from register.stores.google_live import examined, shown
    from register.stores.google_signin import quota_client

    way = way_of(options)
    if isinstance(way.address, Path):
        raise UsageError(
            "--live asks Google itself; {book} is a workbook.",
            remedy="Make an empty Google Sheet for it, share it with the scripts' address as an "
            "editor, and give its address: doctor.py --live --book URL --apply",
            book=way.address.name,
        )
    say = Sentences(way.language)
    if not options.apply:
        show_examination(shown(options.limit), None, options, say)
    http = quota_client(way.config.google, beside=way.beside)
    key = spreadsheet_key(way.address)
    GoogleSheet(http, key).may_edit()
    told = partial(show_answer, options=options, say=say)
    found = examined(http, key, told, options.limit)
    path = (options.report_dir or Path()) / RECORDING
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(found.recording, ensure_ascii=False, indent=1)
    write_text(path, text + "\n")
    show_examination(found, path, options, say)
