"""Google's error replies as errors with a sentence and a remedy.

Google's texts and statuses:
https://developers.google.com/workspace/sheets/api/troubleshoot-api-errors and RFC 6749, section
5.2, for the sign-in. Some faults are recognised only by a phrase in Google's text. Where a message
repeats such a text, it is on one line and cut short.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from google.auth.exceptions import GoogleAuthError, RefreshError
from requests import Response

from register.book.errors import (
    BookChanged,
    BookUnreadable,
    TemporaryFailure,
    UsageError,
    VerkostoError,
)
from register.book.headers import tab_named
from register.stores.package import MOST_BOOK_COLUMNS, MOST_BOOK_ROWS

_LONGEST_DETAIL = 200
"""How much of a text from Google a message repeats, in characters."""

_RATE = frozenset({"ratelimitexceeded", "userratelimitexceeded", "rate_limit_exceeded"})
_STORAGE = frozenset({"storagequotaexceeded", "teamdrivefilelimitexceeded"})
_SWITCHED_OFF = frozenset({"service_disabled", "accessnotconfigured"})
_SCOPE = frozenset({"access_token_scope_insufficient", "insufficientpermissions"})


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """An error reply of Google: its text, and its reasons and statuses in lower case."""

    text: str = ""
    reasons: frozenset[str] = frozenset()

    @classmethod
    def of(cls, response: Response) -> ErrorAnswer:
        """Read an error reply; anything but Google's JSON, such as HTML, gives an empty one."""
        try:
            error = response.json()["error"]
        except (ValueError, KeyError, TypeError):
            return cls()
        if not isinstance(error, dict):
            return cls(short_text(error))
        parts = [error, *_dicts(error.get("errors")), *_dicts(error.get("details"))]
        reasons = {str(part.get(key, "")).lower() for part in parts for key in ("reason", "status")}
        return cls(short_text(error.get("message", "")), frozenset(reasons - {""}))


def short_text(text: object) -> str:
    """Return an external text on one line, without control characters, cut short."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"


def is_rate_limit(response: Response) -> bool:
    """Return True if Google rejected the request unprocessed because there were too many."""
    if response.status_code == 403:
        return bool(ErrorAnswer.of(response).reasons & _RATE)
    return response.status_code == 429


def is_passing(response: Response) -> bool:
    """Return True if the same request may succeed a little later."""
    return (
        response.status_code in (408, 500) or response.status_code > 500 or is_rate_limit(response)
    )


def fault_of(response: Response, account: str, *, writing: bool) -> VerkostoError:
    """Return the error for a reply, by status and reason; ``account`` is '' if unknown."""
    answer = ErrorAnswer.of(response)
    status = response.status_code
    if "protected cell or object" in answer.text or "protected range" in answer.text.lower():
        return UsageError(
            "A range of the sheet is protected so that {account} may not edit it.",
            remedy="In the sheet, open Data > Protect sheets and ranges, and let {account} edit "
            "the range, or remove the protection. Then give the same command again.",
            account=_named(account),
        )
    if is_rate_limit(response):
        return TemporaryFailure(
            "Google takes no more requests for now: the quota of this minute is used up.",
            remedy="Give the same command again in a few minutes. If it happens often, run fewer "
            "jobs at the same time with the same key.",
        )
    if is_passing(response):
        return TemporaryFailure(
            "Google Sheets is out of order at the moment (status {status}).",
            remedy="Nothing is wrong with the register. Give the same command again later.",
            status=status,
        )
    if status in (401, 403, 404) and not (answer.text or answer.reasons):
        return not_google_fault()
    match status:
        case 401:
            return UsageError(
                "Google does not accept the sign-in of {account} any more.",
                remedy="Run python3 scripts/doctor.py: it says what the sign-in lacks.",
                account=_named(account),
            )
        case 403:
            return _forbidden(answer, account, writing=writing)
        case 404 | 410:
            return BookUnreadable(
                "There is no Google Sheet at this address, or it has been deleted.",
                remedy="Open the sheet in a browser, copy its whole address, and give it with "
                "--book.",
            )
    if 300 <= status < 400:
        return not_google_fault()
    return _refused(answer, status)


def _refused(answer: ErrorAnswer, status: int) -> VerkostoError:
    if status == 400 and "typed column" in answer.text.lower():
        return BookChanged(
            "A table in the sheet has a column with a type, and Google refuses our format there: "
            "{detail}",
            remedy="Nothing of it was written. Give the same command again; if it comes again, "
            "open the column's menu in the table, choose Edit column type and take None.",
            detail=answer.text,
        )
    if status == 400 and "not supported for this document" in answer.text:
        return BookUnreadable(
            "The address leads to an Excel file that is kept in Google Drive, not to a Google "
            "Sheet.",
            remedy="Open it in a browser, choose File > Save as Google Sheets, and give the "
            "address of the new sheet with --book.",
        )
    return BookChanged(
        "Google refused the request (status {status}): {detail}",
        remedy="Nothing of it was written. If somebody renamed or deleted a tab just now, give the "
        "same command again; otherwise run python3 scripts/doctor.py.",
        status=status,
        detail=answer.text or "-",
    )


def not_google_fault() -> VerkostoError:
    """Return the error for a reply that cannot come from Google."""
    return TemporaryFailure(
        "Something between this computer and Google answered in Google's place.",
        remedy="On a guest network, sign in to it with a browser first; behind a proxy, ask those "
        "who run it to let sheets.googleapis.com and oauth2.googleapis.com through.",
    )


def unreachable_fault() -> VerkostoError:
    """Return the error for a connection that could not be made, or broke."""
    return TemporaryFailure(
        "Google cannot be reached.",
        remedy="Check that this computer reaches the internet, then give the same command again.",
    )


def untrusted_connection() -> VerkostoError:
    """Return the error for a certificate that could not be verified."""
    return UsageError(
        "The connection to Google is not safe: its certificate cannot be verified.",
        remedy="Check the clock of this computer. If its network opens secure connections on the "
        "way, ask those who run it how Python is to trust it. Nothing was sent.",
    )


def sign_in_fault(fault: GoogleAuthError, account: str) -> VerkostoError:
    """Return the error for a refused access token, by the text of Google's token server."""
    said = short_text(fault.args[0] if fault.args else "")
    low = said.lower()
    named = _named(account)
    if "timeframe" in low or "iat" in low.split() or "short-lived" in low:
        return UsageError(
            "The clock of this computer is wrong, so Google does not accept the sign-in.",
            remedy="Set the date and the time (best automatically), then give the same command "
            "again.",
        )
    if "signature" in low or "account not found" in low or "account_not_found" in low:
        return UsageError(
            "Google does not know this key of {account}: the key or its account was deleted.",
            remedy="Make a new key for the service account (Google Cloud > IAM > Service accounts "
            "> Keys > JSON), put it in place of the old one, and run python3 scripts/doctor.py.",
            account=named,
        )
    if isinstance(fault, RefreshError) and "expired or revoked" in low:
        return UsageError(
            "The permission that you gave in the browser has ended.",
            remedy="Delete the file that ends in .granted.json beside the key file and give the "
            "same command in a terminal: the browser asks again. If it ends after every 7 days, "
            "the consent screen is in Testing: in Google Cloud > Google Auth Platform > Audience "
            "press Publish app.",
        )
    return UsageError(
        "Google refused the sign-in of {account}: {detail}",
        remedy="Run python3 scripts/doctor.py: it says what the sign-in lacks.",
        account=named,
        detail=said or "-",
    )


def error_causes(error: BaseException) -> Iterator[object]:
    """Yield an error and everything wrapped in it by requests and urllib3."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__, getattr(found, "reason", None)]
        waiting += found.args


def is_untrusted(error: BaseException) -> bool:
    """Return True if a certificate could not be verified."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error_causes(error))


def _forbidden(answer: ErrorAnswer, account: str, *, writing: bool) -> VerkostoError:
    named = _named(account)
    if answer.reasons & _STORAGE:
        return UsageError(
            "There is no room left in the Google Drive that the sheet is kept in.",
            remedy="Whoever owns the sheet has to make room in their Drive. A service account has "
            "no Drive of its own: a person makes the sheet and shares it.",
        )
    if answer.reasons & _SWITCHED_OFF or "it is disabled" in answer.text:
        return UsageError(
            "The Google Sheets API is not switched on in the project that the key belongs to.",
            remedy="Open console.cloud.google.com, choose the project, search for Google Sheets "
            "API and press Enable. Wait a minute and give the same command again.",
        )
    if answer.reasons & _SCOPE:
        return UsageError(
            "The sign-in of {account} does not reach as far as spreadsheets.",
            remedy="Use a service account's key, or sign in again with the scope "
            "https://www.googleapis.com/auth/spreadsheets.",
            account=named,
        )
    if writing:
        return UsageError(
            "{account} may read the sheet but not edit it.",
            remedy="Open the sheet in a browser, press Share, and make {account} an editor.",
            account=named,
        )
    return UsageError(
        "The sheet is not shared with {account}.",
        remedy="Open the sheet in a browser, press Share, and add {account} as an editor.",
        account=named,
    )


def _named(account: str) -> str:
    return short_text(account) or "Google"


def _dicts(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def sheet_too_large(name: str, tab: str, address: str) -> VerkostoError:
    """Return the error for a tab with more rows or columns than are read."""
    found = tab_named(tab)
    return BookUnreadable(
        "The tab {tab} of {file} is too large: it may have {rows} rows and {columns} columns.",
        remedy="Rename it, its year after its name, and add a new one: python3 scripts/create.py "
        "--book {book} --apply"
        if found and found.key == "log"
        else "Delete the rows and columns at its end that hold nothing of use, the blank ones "
        "with them; or divide the register.",
        file=name,
        book=address,
        tab=tab,
        rows=MOST_BOOK_ROWS,
        columns=MOST_BOOK_COLUMNS,
    )


def sheet_too_busy(name: str) -> VerkostoError:
    """Return the error for a sheet that is edited too fast to be read at one moment."""
    return TemporaryFailure(
        "{file} is being edited so fast that it cannot be read as of one moment.",
        remedy="Give the same command again in a minute.",
        file=name,
    )
