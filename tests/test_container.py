"""The container's file: who it runs as, where what is kept lies, what says that it is well."""

import json
import re
from pathlib import Path

from register.run.entry import SCRIPTS

ROOT = Path(__file__).parent.parent
DOCKERFILE = ROOT / ".github" / "container" / "Dockerfile"


def instructions():
    text = re.sub(r"\\\n", " ", DOCKERFILE.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def test_nothing_runs_as_root_and_what_is_kept_is_on_a_volume():
    found = instructions()
    assert [rest for word, rest in found if word == "USER"] == ["verkosto"]
    names = [word for word, _ in found]
    assert names[0] == "FROM" and names.index("USER") < names.index("ENTRYPOINT")
    kept = dict(found)["VOLUME"]
    assert dict(found)["WORKDIR"] == kept == "/register"
    base = dict(found)["FROM"]
    assert re.fullmatch(r"python:3\.1[1-9]-slim", base)


def test_its_commands_are_there():
    found = dict(instructions())
    assert json.loads(found["ENTRYPOINT"]) == ["verkosto"]
    health = json.loads(found["HEALTHCHECK"].partition("CMD ")[2])
    for script in (health[1], json.loads(found["CMD"])[0]):
        assert (SCRIPTS / f"{script}.py").is_file()
    assert health[2:] == ["--alive", "--cron"]


def test_no_secret_and_no_register_is_copied_into_it():
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {
        ".git",
        "config.toml",
        "*-password",
        "*.xlsx",
        ".verkosto",
        "demo",
        "outbox",
        "reports",
    } <= set(left_out)
