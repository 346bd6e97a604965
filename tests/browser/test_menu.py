"""The menu of the Google Sheet, run by a JavaScript engine on a spreadsheet in memory."""

import json
import subprocess
from pathlib import Path

import pytest

from register.book.schema import schema

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "templates" / "sheet" / "menu.gs"
TABS = ("requests", "meetings", "review")
ENUMS = {"clean": "clean", "areaList": "area_list", "gaps": "gaps", "labels": "labels"}


def sheets(language, requests=()):
    """Return the three tabs that the menu knows, with their headers in a language."""
    tabs = {key: schema().tab(key) for key in TABS}
    rows = {key: [[one.headers[language] for one in tab.columns]] for key, tab in tabs.items()}
    rows["meetings"].append(["T-00000", *[""] * (len(rows["meetings"][0]) - 1)])
    rows["requests"] += requests
    return {tabs[key].titles[language]: rows[key] for key in TABS}


def call(name, there, **desk):
    asked = {"sheets": there, "active": next(iter(there)), "call": name, **desk}
    command = ["node", str(HERE / "menu_desk.js"), str(SCRIPT), json.dumps(asked)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return json.loads(done.stdout)


def last_request(found, language="fi"):
    headers, *rows = found["sheets"][schema().tab("requests").titles[language]]
    return {k: v for k, v in zip(headers, rows[-1], strict=True) if v} if rows else {}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_its_words_are_the_registers(language):
    words = call("onOpen", sheets(language))["words"][language]
    tabs = {key: schema().tab(key).titles[language] for key in TABS}
    assert {key: words[key] for key in TABS} == tabs
    for key in ("what", "area", "place"):
        assert words[key] == schema().tab("requests").column(key).headers[language]
    assert words["state"] == schema().tab("meetings").column("state").headers[language]
    for key, value in ENUMS.items():
        assert words[key] == schema().enum("request").label(value, language)
    for key in ("mail", "tab"):
        assert words[key] == schema().enum("request_place").label(key, language)
    for key in {"gather", "preview"} & set(schema().enum("meeting_state").labels):
        assert words[key] == schema().enum("meeting_state").label(key, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_item_of_the_menu_is_a_function(language):
    found = call("onOpen", sheets(language))
    title, *items = found["menu"]
    assert title == "Verkosto" and len(items) == 8
    assert {name for _, name in items} <= set(found["known"])


def test_an_item_writes_a_row_of_requests_and_nothing_else():
    there = sheets("fi", [["P-00000", "siivoa nyt", *[""] * 9]])
    found = call("askListAsTab", there, answer=" =Espoo ")
    wanted = {"Tee": "aluelista", "Alue": "=Espoo", "Minne": "välilehdeksi"}
    assert last_request(found) == wanted
    assert ["format", "@"] in found["said"] and found["said"][-1][0] == "toast"
    others = {title: rows for title, rows in found["sheets"].items() if title != "Pyynnöt"}
    assert others == {title: rows for title, rows in there.items() if title != "Pyynnöt"}
    assert found["sheets"]["Pyynnöt"][1] == there["Pyynnöt"][1]


def test_who_cancels_asks_for_nothing():
    assert last_request(call("askGaps", sheets("fi"))) == {}


def test_a_state_is_set_in_the_chosen_meetings_row_only():
    found = call("gatherInvitees", sheets("fi"), active="Tapaamiset", row=2)
    headers, row = found["sheets"]["Tapaamiset"]
    assert {k: v for k, v in zip(headers, row, strict=True) if v} == {
        "Tunnus": "T-00000",
        "Tila": "kokoa kutsuttavat",
    }
    for where in ({"active": "Tapaamiset", "row": 1}, {"active": "Pyynnöt", "row": 2}):
        untouched = call("previewLetters", sheets("fi"), **where)
        assert untouched["sheets"] == sheets("fi") and untouched["said"][-1][0] == "toast"


def test_it_goes_to_the_questions():
    assert call("showReview", sheets("sv"))["active"] == "Granska"


def test_a_register_without_the_tab_is_told_so():
    there = sheets("fi")
    del there["Pyynnöt"]
    found = call("askClean", there)
    assert found["sheets"] == there and "Pyynnöt" in found["said"][-1][1]
