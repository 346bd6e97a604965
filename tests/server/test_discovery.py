"""A request or a reply that Google's description of its API does not have fails the test."""

import pytest
import requests

from tests.sheets_server import SheetsServer, reading

BOLD = {"cell": {"userEnteredFormat": {"textFormat": {"bold": True}}}, "range": {"sheetId": 0}}
MASK = "userEnteredFormat.textFormat.bold"


def batch(request):
    return ("POST", "/v4/spreadsheets/{id}:batchUpdate", {"requests": [request]})


UNFIT = {
    "a field that is not there": (
        batch({"repeatCell": {**BOLD, "fields": MASK, "colour": "red"}}),
        "Unknown name \"colour\" at 'requests[0].repeat_cell'",
    ),
    "text where a number is wanted": (
        batch({"repeatCell": {**BOLD, "fields": MASK, "range": {"startRowIndex": "1"}}}),
        "'requests[0].repeat_cell.range.start_row_index' (TYPE_INT32), \"1\"",
    ),
    "a number that is too large": (
        batch({"deleteSheet": {"sheetId": 2**31}}),
        "'requests[0].delete_sheet.sheet_id' (TYPE_INT32)",
    ),
    "a word that is none of the few": (
        batch({"insertDimension": {"range": {"dimension": "ROW"}}}),
        "'requests[0].insert_dimension.range.dimension'",
    ),
    "a list where one is wanted": (batch({"repeatCell": [BOLD]}), "requests[0].repeat_cell"),
    "one where a list is wanted": (
        ("POST", "/v4/spreadsheets/{id}:batchUpdate", {"requests": {}}),
        "'requests'",
    ),
    "a mask of a field that is not there": (
        batch({"repeatCell": {**BOLD, "fields": "userEnteredFormat.bold"}}),
        'Unknown name "bold"',
    ),
    "a mask of the reply that it cannot have": (
        ("GET", "/v4/spreadsheets/{id}?fields=sheets.name", None),
        'Unknown name "name"',
    ),
    "a parameter that is not there": (
        ("GET", "/v4/spreadsheets/{id}?includeGrid=true", None),
        'Unknown name "includeGrid"',
    ),
    "a parameter's value": (
        ("GET", "/v4/spreadsheets/{id}/values/A1?majorDimension=COLUMN", None),
        "TYPE_ENUM",
    ),
    "one parameter twice": (
        ("GET", "/v4/spreadsheets/{id}?includeGridData=true&includeGridData=true", None),
        "more than once",
    ),
    "a path that lacks the range": (
        ("GET", "/v4/spreadsheets/{id}/values/", None),
        "the API has no GET",
    ),
    "a body where there is none": (
        ("GET", "/v4/spreadsheets/{id}/values/A1", {"range": "A1"}),
        "has no body",
    ),
    "a parameter of Drive's": (
        ("GET", "/drive/v3/files?supportsAllDrives=perhaps", None),
        "perhaps",
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_request_is_refused(wire, name):
    (method, path, body), said = UNFIT[name]
    status, reply = wire(method, path, body)
    assert status == 400
    assert said in reply["error"]["message"]


def asks_unfit(server):
    address = f"{server.url}/v4/spreadsheets/{server.create('Test').id}?includeGrid=true"
    return requests.get(address, timeout=10)


def test_an_unfit_request_fails_the_test():
    server = SheetsServer(anybody=True)
    with pytest.raises(AssertionError, match=r"the request GET .*includeGrid"), server:
        assert asks_unfit(server).status_code == 400


def test_an_unfit_reply_fails_the_test(monkeypatch):
    whole = reading.get
    monkeypatch.setattr(reading, "get", lambda *given: {**whole(*given), "colour": "red"})
    server = SheetsServer(anybody=True, unfit_expected=True)
    with pytest.raises(AssertionError, match=r"the reply to GET .*colour"), server:
        address = f"{server.url}/v4/spreadsheets/{server.create('Test').id}"
        assert requests.get(address, timeout=10).status_code == 500


def test_a_test_s_own_failure_is_not_hidden():
    with pytest.raises(ZeroDivisionError), SheetsServer(anybody=True) as server:
        asks_unfit(server)
        raise ZeroDivisionError
