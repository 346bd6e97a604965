"""The schedule's files, written for this computer and given to it where that is wanted."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from register.book.schema import schema
from register.configuration.load import CONFIG_FILE
from register.disk import write_private
from register.run.dialogue import Dialogue
from register.run.schedules import INSTALL, SCHEDULE_FORMS, Schedule, form_of_this_computer

_FOLDER = "schedule"
"""The folder that the files are written into."""

_CACHES = {"archive-v0", ".cache"}
"""Folders of which one is above what ``uvx`` and ``pipx run`` have made for one run."""

_RUN = Path(__file__).resolve().parents[2] / "autopilot.py"


def offer_schedule(beside: Path, dialogue: Dialogue, *, nightly: bool) -> None:
    """Write the schedule for the configuration in a folder, and ask whether to install it."""
    say = dialogue.say
    form = form_of_this_computer(has_systemd=_has_own_systemd())
    folder = beside / _FOLDER
    for name, text in SCHEDULE_FORMS[form](
        Schedule(beside, Path(sys.executable), _RUN, nightly)
    ).items():
        write_private(folder / name, text.encode())
    if _CACHES & {*Path(sys.prefix).parts}:
        warning = say(
            "The program lies in a cache that may be emptied; the schedule would then cease without"
            " a word. Install it to stay (uv tool install, pipx install), move {config} and run the"
            " wizard again.",
            config=CONFIG_FILE,
        )
        click.echo(f"! {warning}")
    command = INSTALL[form].format(folder=folder if form == "windows" else shlex.quote(str(folder)))
    click.echo(say("The schedule is in {folder}. This installs it:", folder=str(folder)))
    click.echo(f"  {command}")
    words = schema().enum("yes_no")
    yes, no = (words.label(key, say.language) for key in ("yes", "no"))
    question = say("Shall it be installed now?")
    if form != "windows" and dialogue.choice(question, {yes: True, no: False}, no):
        done = subprocess.run(["/bin/sh", "-c", command], check=False)
        if done.returncode:
            click.echo(say("It could not be installed; the files stay."), err=True)


def _has_own_systemd() -> bool:
    """Whether this person's own systemd is running: a computer's may be there without it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return folder is not None and (Path(folder) / "systemd" / "private").exists()
