"""Signing in: which keys are taken, which are refused, and what is said of each."""

import json
import time

import pytest
from google.oauth2.credentials import Credentials

from register.config import GoogleSection
from register.errors import UsageError
from register.stores.google_address import names_a_sheet, spreadsheet_key
from register.stores.google_signin import (
    GRANTED,
    quota_client,
    sign_in,
)
from tests.sheets_server import SheetsServer

ROBOT = "robot@project.iam.example"


@pytest.fixture
def server():
    with SheetsServer() as server:
        yield server


@pytest.fixture
def key(server, tmp_path):
    path = tmp_path / "key.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(server.service_account(ROBOT)))
    return path


def section(server, key, sign_in="service-account"):
    return GoogleSection(endpoint=server.url, key_file=str(key), sign_in=sign_in)


def fetch(server, google):
    book = server.create("Rekisteri")
    book.share(ROBOT, "reader")
    return quota_client(google).fetch_sheet_metadata(book.id)["properties"]["title"]


def test_a_service_accounts_key_opens_what_is_shared_with_it(server, key):
    assert sign_in(section(server, key)).account == ROBOT
    assert fetch(server, section(server, key)) == "Rekisteri"


def test_only_the_scope_of_spreadsheets_is_asked_for(server, key):
    assert sign_in(section(server, key)).credentials.scopes == (
        "https://www.googleapis.com/auth/spreadsheets",
    )


def test_the_environment_names_the_key_where_the_configuration_does_not(server, key, monkeypatch):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    assert sign_in(GoogleSection(endpoint=server.url)).account == ROBOT


def test_a_path_is_relative_to_the_configuration(server, key):
    google = GoogleSection(endpoint=server.url, key_file=key.name)
    assert sign_in(google, beside=key.parent).account == ROBOT


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_can_read_is_refused(server, key, mode):
    key.chmod(mode)
    with pytest.raises(UsageError) as refusal:
        sign_in(section(server, key))
    assert "chmod 600" in refusal.value.remedy


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "{}", '{"type": "service_account"}', '{"type": "authorized_user"}'],
)
def test_what_is_no_service_accounts_key_is_refused(server, key, content):
    key.write_text(content)
    with pytest.raises(UsageError):
        sign_in(section(server, key))


def test_a_key_that_is_not_there_is_said(server, key):
    key.unlink()
    with pytest.raises(UsageError) as refusal:
        sign_in(section(server, key))
    assert "key_file" in refusal.value.remedy


def test_no_key_at_all_is_said(server, monkeypatch):
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with pytest.raises(UsageError) as refusal:
        sign_in(GoogleSection(endpoint=server.url))
    assert "service account" in refusal.value.remedy
    assert 'forbids key files, set sign_in = "person"' in refusal.value.remedy


def test_default_credentials_are_those_of_the_environment(server, key, monkeypatch):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    google = section(server, "", "default")
    assert sign_in(google).account == ROBOT
    assert fetch(server, google) == "Rekisteri"


def test_a_person_is_asked_once(server, tmp_path):
    client = tmp_path / "client.json"
    client.touch(mode=0o600)
    installed = {"client_id": "1", "client_secret": "s", "token_uri": f"{server.url}/token"}
    client.write_text(json.dumps({"installed": installed}))
    server.tokens.refresh["refresh"] = ROBOT
    asked = []

    def flow(client_config, scopes):
        asked.append(scopes)
        return Credentials(
            token=None,
            refresh_token="refresh",
            token_uri=f"{server.url}/token",
            client_id="1",
            client_secret="s",
            scopes=scopes,
        )

    google = section(server, client, "person")
    sign_in(google, flow=flow)
    sign_in(google, flow=flow)
    assert len(asked) == 1
    kept = client.with_name(client.stem + GRANTED)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert fetch(server, google) == "Rekisteri"


def test_a_permission_that_was_taken_back_is_said(server, tmp_path):
    client = tmp_path / "client.json"
    client.touch(mode=0o600)
    client.write_text('{"installed": {}}')
    kept = client.with_name(client.stem + GRANTED)
    kept.touch(mode=0o600)
    granted = {"refresh_token": "gone", "client_id": "1", "client_secret": "s"}
    kept.write_text(json.dumps({**granted, "token_uri": f"{server.url}/token"}))
    with pytest.raises(UsageError) as refusal:
        fetch(server, section(server, client, "person"))
    assert "browser" in refusal.value.remedy
    assert "7 days" in refusal.value.remedy and "Publish app" in refusal.value.remedy


def test_a_clock_that_is_wrong_is_said(server, key):
    server.tokens.now = lambda: time.time() + 7200
    with pytest.raises(UsageError) as refusal:
        fetch(server, section(server, key))
    assert "clock" in refusal.value.message


def test_an_account_that_was_deleted_is_said(server, key):
    server.tokens.accounts.clear()
    with pytest.raises(UsageError) as refusal:
        fetch(server, section(server, key))
    assert refusal.value.values["account"] == ROBOT


def test_a_token_that_expires_in_between_is_asked_for_again(server, key):
    book = server.create("Rekisteri")
    book.share(ROBOT, "reader")
    http = quota_client(section(server, key))
    http.fetch_sheet_metadata(book.id)
    server.tokens.revoke()
    assert http.fetch_sheet_metadata(book.id)["spreadsheetId"] == book.id


ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"


@pytest.mark.parametrize(
    "address",
    [
        ID,
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit",
        f"  https://docs.google.com/spreadsheets/d/{ID}/edit \n",
    ],
)
def test_a_sheet_is_named_by_its_address_or_its_key(address):
    assert names_a_sheet(address)
    assert spreadsheet_key(address) == ID


@pytest.mark.parametrize(
    "address",
    [
        f"https://evil.example/spreadsheets/d/{ID}",
        f"http://docs.google.com/spreadsheets/d/{ID}",
        "https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms",
        f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pubhtml",
        "https://docs.google.com/spreadsheets/d/../../x",
    ],
)
def test_another_address_is_refused(address):
    with pytest.raises(UsageError):
        spreadsheet_key(address)


@pytest.mark.parametrize("book", ["register.xlsx", "kansio/rekisteri.xlsx", "C:\\r.xlsx", "r"])
def test_a_file_is_a_file(book):
    assert not names_a_sheet(book)


@pytest.mark.parametrize(
    "endpoint",
    ["http://evil.example", "https://sheets.googleapis.com", "http://127.0.0.1@evil.example",
     "http://127.0.0.1:80/path", "http://10.0.0.1", "file:///etc/passwd", "http://127.0.0.1.evil.example"],
)  # fmt: skip
def test_another_address_than_this_computers_is_no_endpoint(endpoint):
    with pytest.raises(ValueError, match="address of this computer"):
        GoogleSection(endpoint=endpoint)
