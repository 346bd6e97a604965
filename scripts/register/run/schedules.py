"""Schedules that start the automatic run: crontab, systemd, launchd, Windows' Task Scheduler.

Each form is a pure text made from the same settings. The files are written, and installed on this
computer if wanted. Every path is quoted as its form requires.
"""

import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from xml.sax.saxutils import escape

import click

from register.book.schema import schema
from register.configuration.load import CONFIG_FILE
from register.disk import write_private
from register.run.dialogue import Dialogue

_FOLDER = "schedule"
"""The folder into which the files are written."""

_CACHES = {"archive-v0", ".cache"}
"""Folder names above what ``uvx`` and ``pipx run`` have made for one run only."""

_RUN = Path(__file__).resolve().parents[2] / "autopilot.py"

_LABEL = "verkosto"
"""The schedule's name where one is needed."""

_WINDOWS = "http://schemas.microsoft.com/windows/2004/02/mit/task"

INSTALL: Mapping[str, str] = {
    "crontab": "(crontab -l 2>/dev/null | grep -vxF -f {folder}/crontab; cat {folder}/crontab)"
    " | crontab -",
    "systemd": "systemctl --user link {folder}/verkosto.service"
    " && systemctl --user enable --now {folder}/verkosto.timer",
    "launchd": "launchctl bootstrap gui/$UID {folder}/verkosto.plist",
    "windows": 'schtasks /Create /TN Verkosto /XML "{folder}\\verkosto-task.xml"',
}
"""The command that installs a written schedule, by form."""


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
    """Return True if the user's own systemd is running; the system's may run without it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return folder is not None and (Path(folder) / "systemd" / "private").exists()


_HOURS, _MINUTE = (3, 8), 10
"""The hours of the nightly schedule; the second is for letters, which do not go at night."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Settings to start ``python script --apply --cron`` in a folder at regular times."""

    folder: PurePath
    python: PurePath
    script: PurePath
    nightly: bool = False
    """True: at night and in the morning; False: every quarter of an hour."""

    @property
    def command(self) -> tuple[str, ...]:
        """The program and its arguments."""
        return str(self.python), str(self.script), "--apply", "--cron"


def crontab(at: Schedule) -> Mapping[str, str]:
    """Return a crontab line; % is escaped, as it would end the command there."""
    when = f"{_MINUTE} {','.join(map(str, _HOURS))} * * *" if at.nightly else "*/15 * * * *"
    command = f"cd {shlex.quote(str(at.folder))} && {shlex.join(at.command)}"
    return {"crontab": f"{when}  {command.replace('%', chr(92) + '%')}\n"}


def systemd(at: Schedule) -> Mapping[str, str]:
    """Return a user's service and timer; exit code 1 (findings) does not count as a failure."""
    hours = ",".join(f"{hour:02}" for hour in _HOURS)
    when = f"*-*-* {hours}:{_MINUTE:02}:00" if at.nightly else "*:0/15"
    folder = str(at.folder).replace("%", "%%")
    service = f"""[Unit]
Description=Verkosto: all that is due in the register

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={" ".join(map(_systemd_word, at.command))}
SuccessExitStatus=1
"""
    timer = f"""[Unit]
Description=Verkosto: when the register is gone through

[Timer]
OnCalendar={when}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{_LABEL}.service": service, f"{_LABEL}.timer": timer}


def launchd(at: Schedule) -> Mapping[str, str]:
    """Return a macOS agent's property list."""
    when: dict[str, object] = (
        {"StartCalendarInterval": [{"Hour": hour, "Minute": _MINUTE} for hour in _HOURS]}
        if at.nightly
        else {"StartInterval": 15 * 60}
    )
    agent = {
        "Label": _LABEL,
        "ProgramArguments": list(at.command),
        "WorkingDirectory": str(at.folder),
        **when,
    }
    return {f"{_LABEL}.plist": plistlib.dumps(agent).decode()}


def windows_task(at: Schedule) -> Mapping[str, str]:
    """Return a task for ``schtasks /Create /XML``; its elements are in the schema's order."""
    program, *arguments = at.command
    repeated = (
        ""
        if at.nightly
        else "<Repetition><Interval>PT15M</Interval><Duration>P1D</Duration></Repetition>"
    )
    starts = [f"{hour:02}:{_MINUTE:02}:00" for hour in _HOURS] if at.nightly else ["00:00:00"]
    triggers = "".join(
        f"""
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T{start}</StartBoundary>
      {repeated}
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>"""
        for start in starts
    )
    task = f"""<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="{_WINDOWS}">
  <RegistrationInfo>
    <Description>Verkosto: all that is due in the register</Description>
  </RegistrationInfo>
  <Triggers>{triggers}
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(" ".join(map(_windows_word, arguments)))}</Arguments>
      <WorkingDirectory>{escape(str(at.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    return {f"{_LABEL}-task.xml": task}


SCHEDULE_FORMS: Mapping[str, Callable[[Schedule], Mapping[str, str]]] = {
    "crontab": crontab,
    "systemd": systemd,
    "launchd": launchd,
    "windows": windows_task,
}


def form_of_this_computer(platform: str = sys.platform, *, has_systemd: bool = False) -> str:
    """Return the form for this computer; ``platform`` is as in ``sys.platform``."""
    if platform == "win32":
        return "windows"
    if platform == "darwin":
        return "launchd"
    return "systemd" if has_systemd else "crontab"


def _systemd_word(word: str) -> str:
    """Return a word of ExecStart, quoted, with specifiers and variables escaped."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _windows_word(word: str) -> str:
    return f'"{word}"' if " " in word else word
