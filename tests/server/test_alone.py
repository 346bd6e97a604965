"""The server started alone, as a developer does: ``python -m tests.sheets_server``."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.sheets_server.token import JWT_GRANT

ROOT = Path(__file__).parents[2]


@pytest.fixture
def alone():
    """The address of a server that lets anybody in."""
    command = [sys.executable, "-m", "tests.sheets_server", "--anybody"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.mark.parametrize(
    "form",
    [
        {"grant_type": JWT_GRANT, "assertion": "of.another.key"},
        {"grant_type": JWT_GRANT, "assertion": "none"},
        {"grant_type": "refresh_token", "refresh_token": "somebody's"},
    ],
)
def test_any_assertion_is_given_a_token(alone, form):
    given = requests.post(f"{alone}/token", data=form, timeout=10)
    assert given.status_code == 200
    header = {"Authorization": f"Bearer {given.json()['access_token']}"}
    made = requests.post(f"{alone}/v4/spreadsheets", json={}, headers=header, timeout=10)
    assert made.status_code == 200
    address = f"{alone}/v4/spreadsheets/{made.json()['spreadsheetId']}"
    assert requests.get(address, headers=header, timeout=10).status_code == 200
    assert requests.get(address, timeout=10).status_code == 200
