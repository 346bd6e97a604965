"""The part of Drive v3 that gspread uses: files create, get, list, delete, copy; permissions."""

from __future__ import annotations

import copy
import csv
import io
import re
from typing import Any

from tests.sheets_server import a1, field_mask, values
from tests.sheets_server.defaults import copy_name
from tests.sheets_server.engine import Spreadsheet
from tests.sheets_server.errors import NOT_FOUND, Refused

SHEET = "application/vnd.google-apps.spreadsheet"
_TERM = re.compile(r"(mimeType|name)\s*=\s*[\"']((?:[^\"'\\]|\\.)*)[\"']")
Books = dict[str, Spreadsheet]


def files(
    books: Books,
    method: str,
    parts: list[str],
    query: Any,
    body: Any,
    account: str,
    *,
    storage: bool,
) -> Any:
    """Answer a request below ``/drive/v3/files``."""
    if not parts:
        if method == "POST":
            return _create(books, body or {}, account, storage=storage)
        return _list(books, query, account)
    book = books.get(parts[0])
    if book is None or account not in book.roles:
        raise Refused(
            404,
            f"File not found: {parts[0]}.",
            errors=[
                {
                    "message": f"File not found: {parts[0]}.",
                    "domain": "global",
                    "reason": "notFound",
                    "location": "fileId",
                    "locationType": "parameter",
                }
            ],
        )
    if parts[1:2] == ["permissions"]:
        return _permissions(book, method, parts[2:], body or {})
    if parts[1:2] == ["copy"] and method == "POST":
        twin = copy.deepcopy(book)
        twin.id = Spreadsheet("", owner=account).id
        twin.roles = {account: "owner"}
        twin.properties["title"] = (body or {}).get("name") or copy_name(
            book.locale, book.properties["title"]
        )
        books[twin.id] = twin
        return _about(twin)
    if parts[1:] == ["export"] and method == "GET":
        return exported(book, str(query.get("mimeType", [""])[0]))
    if parts[1:] == ["comments"] and method == "GET":
        return {"comments": []}
    if parts[1:]:
        raise Refused(404, NOT_FOUND)
    if method == "DELETE":
        del books[parts[0]]
        return None
    if method == "PATCH":
        book.properties["title"] = (body or {}).get("name", book.properties["title"])
    about = _about(book)
    fields = str(query.get("fields", [""])[0])
    if fields and fields != "*":
        return field_mask.select(_every(book, account), field_mask.parse(fields))
    return about


def exported(book: Spreadsheet, kind: str) -> bytes:
    """Return the first tab as CSV; what else Google can make of a sheet is not made here."""
    if kind != "text/csv":
        raise Refused(400, "The requested conversion is not supported.")
    rows = values.get(book, a1.quoted(book.sheets[0].title), {}).get("values", [])
    width = max((len(row) for row in rows), default=0)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().removesuffix("\r\n").encode()


def _about(book: Spreadsheet) -> dict[str, str]:
    return {
        "kind": "drive#file",
        "id": book.id,
        "name": book.properties["title"],
        "mimeType": SHEET,
    }


def _every(book: Spreadsheet, account: str) -> dict[str, Any]:
    """Return every field of a file that a mask may ask for."""
    return {
        **_about(book),
        "createdTime": "2026-03-02T07:30:00.000Z",
        "modifiedTime": "2026-03-02T07:30:00.000Z",
        "version": str(book.version),
        "capabilities": {"canEdit": book.roles[account] in ("owner", "writer")},
    }


def _create(books: Books, body: Any, account: str, *, storage: bool) -> Any:
    if not storage:
        reason = "storageQuotaExceeded"
        message = "The user's Drive storage quota has been exceeded."
        errors = [{"message": message, "domain": "usageLimits", "reason": reason}]
        raise Refused(403, message, errors=errors)
    book = Spreadsheet(
        str(body.get("name") or "Untitled"),
        owner=account,
        locale="en_US",
        time_zone="Etc/GMT",
        first="Sheet1",
    )
    books[book.id] = book
    return _about(book)


def _list(books: Books, query: Any, account: str) -> Any:
    wanted = dict(_TERM.findall(str(query.get("q", [""])[0])))
    found = [
        _every(book, account)
        for book in books.values()
        if account in book.roles
        and wanted.get("name", book.properties["title"]) == book.properties["title"]
    ]
    kind = wanted.get("mimeType", SHEET)
    fields = str(query.get("fields", [""])[0])
    return field_mask.select(
        {
            "kind": "drive#fileList",
            "incompleteSearch": False,
            "files": found if kind == SHEET else [],
        },
        field_mask.parse(fields or "kind,incompleteSearch,files(kind,id,name,mimeType)"),
    )


def _permissions(book: Spreadsheet, method: str, parts: list[str], body: Any) -> Any:
    if method == "POST":
        book.share(str(body.get("emailAddress", "anyone")), str(body.get("role", "reader")))
        return {
            "kind": "drive#permission",
            "id": "1",
            "type": body.get("type", "user"),
            "role": body.get("role"),
        }
    if method == "DELETE" and parts:
        book.share(parts[0], None)
        return None
    people = [
        {"kind": "drive#permission", "id": who, "type": "user", "emailAddress": who, "role": role}
        for who, role in book.roles.items()
    ]
    return {"kind": "drive#permissionList", "permissions": people}
