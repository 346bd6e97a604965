"""Signing in to Google: with a service account's key, default credentials, or as a person.

The only scope is spreadsheets: the register is opened by its key or address, and nothing else in a
Drive is visible. A key file that others can read is refused.
"""

import json
import os
import stat
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import google.auth
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError
from google.oauth2.credentials import Credentials as PersonCredentials
from google.oauth2.service_account import Credentials as ServiceCredentials

from register.book.errors import UsageError
from register.configuration.sections import GoogleSection
from register.disk import check_regular, save_private
from register.stores.google_http import QuotaClient, Seconds, Sleep
from register.stores.google_session import session_for, sign_in_request

_SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
_ENVIRONMENT = "GOOGLE_APPLICATION_CREDENTIALS"
GRANTED = ".granted.json"
"""Suffix of the file beside a person's client file, with the permission given in the browser."""
_LONGEST_KEY = 2**16

_FIELDS = ("client_email", "private_key", "token_uri")

_Flow = Callable[..., PersonCredentials]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Credentials, and the e-mail address to share a sheet with ('' if unknown)."""

    credentials: Any
    account: str


def quota_client(
    google: GoogleSection,
    *,
    beside: Path | None = None,
    sleep: Sleep = time.sleep,
    clock: Seconds = time.monotonic,
) -> QuotaClient:
    """Return a client signed in as configured; no request is sent yet.

    ``beside`` is the folder that the key file's path is relative to. Raises UsageError if the key
    file is missing, is no key, or can be read by others.
    """
    signed = sign_in(google, beside=beside)
    session = session_for(signed.credentials, google.endpoint)
    return QuotaClient(
        signed.credentials, session, account=signed.account, sleep=sleep, clock=clock
    )


def sign_in(
    google: GoogleSection, *, beside: Path | None = None, flow: _Flow | None = None
) -> SignIn:
    """Return the configured credentials; ``flow`` asks a person for permission."""
    match google.sign_in:
        case "default":
            return _default(google)
        case "person":
            return _person(key_path(google, beside), flow or _ask_in_browser)
        case _:
            return _service_account(key_path(google, beside), google)


def key_path(google: GoogleSection, beside: Path | None = None) -> Path:
    """Return the path of the key file from the configuration, else from the environment.

    Raises UsageError if neither names one.
    """
    if google.key_file:
        return (beside or Path.cwd()) / Path(google.key_file).expanduser()
    if named := os.environ.get(_ENVIRONMENT, ""):
        return Path(named).expanduser()
    raise UsageError(
        "No key for Google Sheets is named.",
        remedy="Make a service account and a JSON key for it (see the README), and name the file "
        "in {config} under [google] key_file, or in the environment variable {variable}. Where "
        'your organisation forbids key files, set sign_in = "person" there: the browser asks once.',
        config="config.toml",
        variable=_ENVIRONMENT,
    )


def read_key(path: Path) -> Mapping[str, Any]:
    """Return a key file's JSON object.

    Raises UsageError if it is no JSON object, or its group or others can read it.
    """
    content = _private_content(path)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UsageError(
            "The key file {file} is not a JSON key.",
            remedy="Download the key again: Google Cloud > IAM > Service accounts > Keys > Add key "
            "> JSON.",
            file=str(path),
        )
    return value


def _service_account(path: Path, google: GoogleSection) -> SignIn:
    key = read_key(path)
    kind = key.get("type")
    if kind != "service_account":
        raise UsageError(
            "The key file {file} is of the type {kind}, not a service account's.",
            remedy="Download a key of a service account (type service_account), or set "
            'sign_in = "person" or "default" in {config} under [google].',
            file=str(path),
            kind=str(kind) if isinstance(kind, str) and kind else "-",
            config="config.toml",
        )
    address = str(key.get("token_uri", ""))
    safe = address.startswith("https://") or bool(google.endpoint)
    try:
        if not safe or not all(isinstance(key.get(name), str) for name in _FIELDS):
            raise ValueError("a field is missing")
        found: Any = ServiceCredentials.from_service_account_info(  # type: ignore[no-untyped-call]
            key, scopes=_SCOPES
        )
    except (ValueError, TypeError, KeyError, GoogleAuthError) as fault:
        raise UsageError(
            "The key file {file} is damaged: something of a service account's key is missing.",
            remedy="Download the key again and put the file in place as it is.",
            file=str(path),
        ) from fault
    return SignIn(found, str(key["client_email"]))


def _default(google: GoogleSection) -> SignIn:
    if named := os.environ.get(_ENVIRONMENT, ""):
        _private_content(Path(named))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            found, _ = google_default(google)
    except DefaultCredentialsError as fault:
        raise UsageError(
            "This computer has no default credentials for Google.",
            remedy="Run: gcloud auth application-default login --scopes={scopes} or use a service "
            "account's key: [google] key_file.",
            scopes=",".join((*_SCOPES, "https://www.googleapis.com/auth/cloud-platform")),
        ) from fault
    return SignIn(found, str(getattr(found, "service_account_email", "") or ""))


def google_default(google_section: GoogleSection) -> tuple[Any, Any]:
    """Return google-auth's default credentials and their project."""
    request = sign_in_request(google_section.endpoint)
    found: tuple[Any, Any] = google.auth.default(scopes=_SCOPES, request=request)
    return found


def _person(path: Path, flow: _Flow) -> SignIn:
    client = read_key(path)
    kept = path.with_name(path.stem + GRANTED)
    if not kept.exists():
        if not isinstance(client.get("installed"), dict):
            raise UsageError(
                "The file {file} is not an OAuth client for a desktop app.",
                remedy="Google Cloud > APIs and services > Credentials > Create credentials > "
                "OAuth client ID > Desktop app; download its JSON file.",
                file=str(path),
            )
        granted = flow(client_config=client, scopes=_SCOPES)
        text = granted.to_json(strip=["token"])  # type: ignore[no-untyped-call]
        save_private(kept, text.encode())
    try:
        found: Any = PersonCredentials.from_authorized_user_info(  # type: ignore[no-untyped-call]
            read_key(kept), scopes=_SCOPES
        )
    except (ValueError, TypeError, KeyError, GoogleAuthError) as fault:
        raise UsageError(
            "The permission kept in {file} cannot be used.",
            remedy="Delete the file and give the same command in a terminal: the browser asks for "
            "the permission again.",
            file=str(kept),
        ) from fault
    return SignIn(found, "")


def _ask_in_browser(client_config: Mapping[str, Any], scopes: tuple[str, ...]) -> PersonCredentials:
    """Ask the person at the terminal for permission, in their browser."""
    if not sys.stdin.isatty():
        raise UsageError(
            "Nobody has given permission to use the sheet yet.",
            remedy=(
                "Run python3 scripts/doctor.py in a terminal once: the browser asks for the "
                "permission."
            ),
        )
    from gspread.auth import local_server_flow

    found: PersonCredentials = local_server_flow(client_config, scopes)
    return found


def _private_content(path: Path) -> str:
    try:
        check_regular(path)
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            _refuse_readable_by_others(path, about)
            return file.read(_LONGEST_KEY).decode("utf-8", "replace")
    except OSError as fault:
        raise UsageError(
            "The key file {file} cannot be read ({fault}).",
            remedy="Check its name in {config} under [google] key_file, or in the environment "
            "variable {variable}.",
            file=str(path),
            fault=fault.strerror or "",
            config="config.toml",
            variable=_ENVIRONMENT,
        ) from fault


def _refuse_readable_by_others(path: Path, about: os.stat_result) -> None:
    if os.name != "posix" or not stat.S_IMODE(about.st_mode) & 0o077:
        return
    raise UsageError(
        "The key file {file} can be read by others than you: whoever has it can edit the register.",
        remedy="Run: chmod 600 {file}",
        file=str(path),
    )
