"""Asks Google itself what no test can answer, in an empty sheet that was made for it."""

import time
from collections.abc import Callable
from dataclasses import replace

from register.book.errors import SafetyStop, VerkostoError
from register.book.headers import tab_named
from register.stores.google_cells import Json
from register.stores.google_http import QuotaClient
from register.stores.google_live import cells, rows, tables, tabs, traffic
from register.stores.google_live.answer import Examination, LiveAnswer
from register.stores.google_live.desk import SCRATCH, Desk
from register.stores.google_live.question import Ask
from register.stores.google_live.recording import make_recording

LIVE_QUESTIONS: tuple[tuple[LiveAnswer, Ask], ...] = (
    *cells.QUESTIONS,
    *rows.QUESTIONS,
    *tables.QUESTIONS,
    *tabs.QUESTIONS,
    *traffic.QUESTIONS,
)
"""All questions, in the order in which they are asked."""

_EMPTY = (
    "properties(title,locale,timeZone),namedRanges.name,"
    "sheets(properties(sheetId,title,sheetType),data.rowData.values(userEnteredValue,note))"
)
_TITLES = "sheets.properties(sheetId,title)"
_REMEDY = (
    "Make an empty Google Sheet for it, share it with the scripts' address as an editor, and give "
    "its address: python3 scripts/doctor.py --live --book URL --apply"
)


def list_questions(limit: int | None = None) -> Examination:
    """Return what would be asked: all questions, or the first ``limit``."""
    return Examination([unanswered for unanswered, _ in LIVE_QUESTIONS[:limit]], {}, applied=False)


def ask_questions(
    http: QuotaClient, book_id: str, told: Callable[[LiveAnswer], None], limit: int | None = None
) -> Examination:
    """Ask all questions (or the first ``limit``) in the empty sheet ``book_id``.

    ``told`` hears each answer at once. Its tabs are taken away again, whatever happens. Raises
    SafetyStop where the sheet is not empty.
    """
    desk = Desk(http, book_id)
    about, secrets = _check_empty(desk)
    _take_away(desk)
    desk.exchanges.clear()
    http.returns_refusals = True
    answers: list[LiveAnswer] = []
    left = ""
    try:
        for unanswered, ask in LIVE_QUESTIONS[:limit]:
            answers.append(_answer(desk, unanswered, ask))
            told(answers[-1])
    finally:
        recording = make_recording(desk.exchanges, about, {**secrets, book_id: "<book>"})
        try:
            left = _take_away(desk)
        except VerkostoError:
            left = SCRATCH
    return Examination(answers, recording, applied=True, left=left)


def _answer(desk: Desk, asked: LiveAnswer, ask: Ask) -> LiveAnswer:
    began = time.monotonic()
    try:
        desk.begin(asked.name)
        found = ask(desk)
    except VerkostoError as fault:
        return replace(asked, fault=str(fault))
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        return replace(asked, fault=f"{type(fault).__name__}: {fault}")
    return replace(asked, found=found, seconds=round(time.monotonic() - began, 1))


def _check_empty(desk: Desk) -> tuple[Json, dict[str, str]]:
    """Return the sheet's locale and time zone, and what must not be recorded.

    Raises SafetyStop where there is a tab of a register's, or a cell, a note or a named range.
    """
    titles = desk.send("GET", f"?fields={_TITLES}").body.get("sheets", [])
    for sheet in titles:
        title = sheet["properties"]["title"]
        if tab_named(title):
            raise SafetyStop(
                "The tab “{tab}” is one of a register's; --live only asks in an empty sheet made "
                "for it.",
                remedy=_REMEDY,
                tab=title,
            )
    found = desk.send("GET", f"?fields={_EMPTY}").body
    for named in found.get("namedRanges", []):
        raise SafetyStop(
            "The sheet has a named range, “{tab}”; --live only asks in an empty sheet made for it.",
            remedy=_REMEDY,
            tab=named["name"],
        )
    for sheet in found.get("sheets", []):
        title = sheet["properties"]["title"]
        other = sheet["properties"].get("sheetType", "GRID") != "GRID"
        if other or (_holds(sheet) and not title.startswith(SCRATCH)):
            raise SafetyStop(
                "The tab “{tab}” is not empty; --live only asks in an empty sheet made for it.",
                remedy=_REMEDY,
                tab=title,
            )
    about = {name: found["properties"].get(name, "") for name in ("locale", "timeZone")}
    own = [one["properties"]["title"] for one in titles]
    secrets = {
        title: f"<tab_{n}>" for n, title in enumerate(own, 1) if not title.startswith(SCRATCH)
    }
    return about, {**secrets, found["properties"].get("title", ""): "<title>"}


def _holds(sheet: Json) -> bool:
    rows = [row for data in sheet.get("data", []) for row in data.get("rowData", [])]
    return any(cell for row in rows for cell in row.get("values", []))


def _take_away(desk: Desk) -> str:
    """Delete the scratch tabs; return the title of one that is still there, or ''."""
    sheets = desk.send("GET", f"?fields={_TITLES}").body.get("sheets", [])
    ours = [one["properties"] for one in sheets if one["properties"]["title"].startswith(SCRATCH)]
    if not ours:
        return ""
    gone: list[Json] = [{"deleteSheet": {"sheetId": one.get("sheetId", 0)}} for one in ours]
    if len(ours) == len(sheets):
        gone.insert(0, {"addSheet": {"properties": {"title": "Sheet1"}}})
    reply = desk.batch(*gone, fields="spreadsheetId")
    return "" if reply.status == 200 else str(ours[0]["title"])
