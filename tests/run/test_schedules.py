"""The schedules that the wizard writes, each judged by what reads it: sh, systemd, plist, schema."""

import io
import json
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest

from register.run.dialogue import Dialogue
from register.run.schedules import (
    SCHEDULE_FORMS,
    Schedule,
    crontab,
    form_of_this_computer,
    launchd,
    offer_schedule,
    systemd,
    windows_task,
)
from register.words.sentences import Sentences

NAMES = ["verkosto", "Oma kansio", "50 % valmis", "it's", 'sano "hei"', "a$HOME&b"]
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
ORDER = {
    # https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
    "CalendarTrigger": ["Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "RandomDelay", "ScheduleByDay"],
    "Repetition": ["Interval", "Duration", "StopAtDurationEnd"],
}  # fmt: skip
ANY = {
    "Task": {"RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"},
    "RegistrationInfo": {"Description", "Author", "URI", "Date", "Version"},
    "Triggers": {"CalendarTrigger"},
    "Settings": {"MultipleInstancesPolicy", "StartWhenAvailable", "ExecutionTimeLimit"},
    "Actions": {"Exec"},
    "Exec": {"Command", "Arguments", "WorkingDirectory"},
    "ScheduleByDay": {"DaysInterval"},
}
VALUES = {
    "Enabled": "true|false",
    "StartWhenAvailable": "true|false",
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "Interval": r"PT\d+M",
    "Duration": r"P\d+D|PT\d+H",
    "ExecutionTimeLimit": r"PT\d+H",
    "MultipleInstancesPolicy": "Parallel|Queue|IgnoreNew|StopExisting",
    "DaysInterval": r"[1-9]\d{0,2}",
}


def schedule(folder, nightly=False):
    say = f"import json, sys, os; print(json.dumps([os.getcwd(), sys.argv[1:]]))"  # noqa: F541
    script = folder / "it is % here.py"
    script.write_text(say, encoding="utf-8")
    return Schedule(folder, Path(sys.executable), script, nightly)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("nightly", "fields"), [(False, "*/15 * * * *"), (True, "10 3,8 * * *")])
def test_cron_starts_it_in_its_folder(tmp_path, name, nightly, fields):
    """As cron does: five fields, an unescaped % ends the command, sh runs the rest."""
    (tmp_path / name).mkdir()
    line = crontab(schedule(tmp_path / name, nightly))["crontab"]
    assert line.endswith("\n") and line.count("\n") == 1
    found = re.match(r"((?:\S+ ){4}\S+)\s+(.*)", line)
    assert found[1] == fields
    command = re.split(r"(?<!\\)%", found[2])[0].replace("\\%", "%")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, encoding="utf-8")
    assert json.loads(done.stdout) == [str(tmp_path / name), ["--apply", "--cron"]], done.stderr


@pytest.mark.parametrize("nightly", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_systemd_takes_the_service_and_the_timer(tmp_path, name, nightly):
    assert shutil.which("systemd-analyze"), "apt-get install systemd"
    (tmp_path / name).mkdir()
    for file, text in systemd(schedule(tmp_path / name, nightly)).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    units = [str(tmp_path / f"verkosto.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, encoding="utf-8"
    )
    told = [line for line in done.stderr.splitlines() if "verkosto" in line]
    assert told == [] and done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_launchd_is_told_words_not_a_line(tmp_path, name):
    at = Schedule(tmp_path / name, Path("/usr/bin/python3"), Path("/x/autopilot.py"))
    agent = plistlib.loads(launchd(at)["verkosto.plist"].encode())
    assert agent["ProgramArguments"] == list(at.command)
    assert agent["WorkingDirectory"] == str(tmp_path / name)
    assert agent["StartInterval"] == 900
    nightly = launchd(Schedule(tmp_path, Path("p"), Path("s"), nightly=True))["verkosto.plist"]
    assert plistlib.loads(nightly.encode())["StartCalendarInterval"] == [
        {"Hour": 3, "Minute": 10},
        {"Hour": 8, "Minute": 10},
    ]


@pytest.mark.parametrize("nightly", [False, True])
@pytest.mark.parametrize("name", ["verkosto", "Oma kansio", "Ääni & <kuva>"])
def test_the_task_keeps_to_the_schema(name, nightly):
    folder = PureWindowsPath("C:/Users/Maija") / name
    at = Schedule(folder, PureWindowsPath("C:/Python/python.exe"), folder / "autopilot.py", nightly)
    root = ElementTree.fromstring(windows_task(at)["verkosto-task.xml"].encode())
    for element in root.iter():
        assert element.tag.startswith(TASK)
        key = element.tag.removeprefix(TASK)
        children = [child.tag.removeprefix(TASK) for child in element]
        if key in ORDER:
            assert children == [one for one in ORDER[key] if one in children]
        elif children:
            assert set(children) <= ANY[key]
            assert len(children) == len(set(children)) or key == "Triggers"
        elif key in VALUES:
            assert re.fullmatch(VALUES[key], element.text), key
    run = root.find(f"{TASK}Actions/{TASK}Exec")
    words = {child.tag.removeprefix(TASK): child.text for child in run}
    assert words["WorkingDirectory"] == str(folder)
    assert words["Arguments"].replace('"', "") == f"{folder / 'autopilot.py'} --apply --cron"


@pytest.mark.parametrize(
    ("platform", "has_systemd", "form"),
    [("win32", False, "windows"), ("darwin", False, "launchd"), ("linux", True, "systemd"), ("linux", False, "crontab")],
)  # fmt: skip
def test_each_computer_gets_its_own_form(platform, has_systemd, form):
    assert (
        form_of_this_computer(platform, has_systemd=has_systemd) == form and form in SCHEDULE_FORMS
    )


@pytest.mark.parametrize(
    ("prefix", "passes"),
    [("/home/m/.cache/uv/archive-v0/x1", True), ("/data/uv/archive-v0/x1", True), ("/home/m/.local/share/uv/tools/verkosto", False), ("/home/m/verkosto/.venv", False)],
)  # fmt: skip
def test_a_schedule_of_what_lies_in_a_cache_is_warned_of(
    tmp_path, monkeypatch, capsys, prefix, passes
):
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
    offer_schedule(tmp_path, Dialogue(Sentences("en")), nightly=True)
    assert ("uv tool install" in capsys.readouterr().out) is passes
    assert any((tmp_path / "schedule").iterdir())
