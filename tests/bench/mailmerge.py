"""The PyPI tool mailmerge on the same list: its own environment, the same letters as its template."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

VERSION = "2.3.0"

_CONFIG = "[smtp_server]\nhost = 127.0.0.1\nport = {port}\n"
_HEAD = """TO: {{{{email}}}}
SUBJECT: {subject}
FROM: Liisa Koordinaattori <verkosto@example.org>
REPLY-TO: vastaukset@example.org
ATTACHMENT: invite.ics
Content-Type: text/markdown

{body}
"""


def installed(folder: Path) -> Path:
    """Return the tool's program, in an environment that is made where there is none."""
    program = folder / f"mailmerge-{VERSION}" / "bin" / "mailmerge"
    if not program.exists():
        venv.create(program.parents[1], with_pip=True, clear=True)
        command = [program.with_name("python"), "-m", "pip", "install", "-q"]
        subprocess.run([*command, f"mailmerge=={VERSION}"], check=True, capture_output=True)
    return program


def prepare(folder: Path, drafts, calendar: str) -> None:
    """Write its three files: a letter in three languages with a calendar part, and who gets it.

    ``drafts`` are ours; the first of each language is the model of the text.
    """
    first = {one.recipient.language: one for one in reversed(drafts)}

    def choice(texts):
        kinds = ("if", "elif", "elif")
        parts = [
            f"{{% {kind} language == '{key}' %}}{text}"
            for kind, (key, text) in zip(kinds, texts.items(), strict=True)
        ]
        return "".join([*parts, "{% endif %}"])

    def model(draft):
        text = re.sub(r"[{}]", "", draft.text)
        for name in draft.recipient.names:
            text = text.replace(name.split()[0], "{{name}}")
        return text

    template = _HEAD.format(
        subject=choice({key: one.subject for key, one in first.items()}),
        body=choice({key: model(one) for key, one in first.items()}),
    )
    (folder / "mailmerge_template.txt").write_text(template, encoding="utf-8")
    (folder / "invite.ics").write_text(calendar, encoding="utf-8", newline="")
    with (folder / "mailmerge_database.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("email", "name", "language"))
        rows.writerows(
            (one.recipient.address, one.recipient.names[0], one.recipient.language)
            for one in drafts
        )


def send(program: Path, folder: Path, port: int, limit: int) -> None:
    """Run it as its manual says."""
    (folder / "mailmerge_server.conf").write_text(_CONFIG.format(port=port))
    # It looks for its settings in the working folder; what it prints goes nowhere, for speed.
    command = [program, "--no-dry-run", "--limit", str(limit), "--output-format", "raw"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if done.returncode:
        sys.stderr.write(done.stderr.decode(errors="replace")[-2000:])
    assert done.returncode == 0
