"""``doctor --live``: the questions to Google, asked in the sheet that the call names."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import NoReturn

from register.book.errors import UsageError
from register.run.files import write_text
from register.run.live_printing import show_answer, show_examination
from register.run.location import find_location
from register.run.options import Options
from register.stores.google_address import spreadsheet_key
from register.words.sentences import Sentences

RECORDING = "google-live.json"


def ask_google(options: Options) -> NoReturn:
    """Ask Google, or without ``--apply`` print what would be asked, and exit.

    Raises UsageError for a workbook, SafetyStop for a sheet that is not empty.
    """
    # Google's libraries are loaded where a sheet is named: a fifth of a second otherwise.
    from register.stores.google import GoogleSheet
    from register.stores.google_live import ask_questions, list_questions
    from register.stores.google_signin import quota_client

    location = find_location(options)
    if isinstance(location.address, Path):
        raise UsageError(
            "--live asks Google itself; {book} is a workbook.",
            remedy="Make an empty Google Sheet for it, share it with the scripts' address as an "
            "editor, and give its address: doctor.py --live --book URL --apply",
            book=location.address.name,
        )
    say = Sentences(location.language)
    if not options.apply:
        show_examination(list_questions(options.limit), None, options, say)
    http = quota_client(location.config.google, beside=location.beside)
    key = spreadsheet_key(location.address)
    GoogleSheet(http, key).may_edit()
    told = partial(show_answer, options=options, say=say)
    found = ask_questions(http, key, told, options.limit)
    path = (options.report_dir or Path()) / RECORDING
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(found.recording, ensure_ascii=False, indent=1)
    write_text(path, text + "\n")
    show_examination(found, path, options, say)
