"""The way to Google: quotas, repeats, and a message of its own for every fault."""

import json

import pytest

from register.config import GoogleSection
from register.errors import TemporaryFailure, VerkostoError
from register.stores.google_http import BUDGET, LONGEST_WAIT, TRIES, LostReply, retry_after
from register.stores.google_signin import quota_client
from tests.sheets_server import Fault, SheetsServer, page, refused

ROBOT = "robot@project.iam.example"


class Clock:
    """A clock that only moves when somebody waits."""

    def __init__(self):
        self.now = 1000.0
        self.waits = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def server():
    with SheetsServer() as server:
        yield server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def http(server, clock, tmp_path):
    key = tmp_path / "key.json"
    key.touch(mode=0o600)
    key.write_text(json.dumps(server.service_account(ROBOT)))
    google = GoogleSection(endpoint=server.url, key_file=str(key))
    return quota_client(google, sleep=clock.sleep, clock=clock)


@pytest.fixture
def book(server):
    book = server.create("Rekisteri")
    book.share(ROBOT, "writer")
    return book


ADD = {"requests": [{"addSheet": {"properties": {"title": "Uusi"}}}]}


@pytest.mark.parametrize(
    "fault",
    [refused(429), refused(500), refused(503), page(502), page(503), Fault(lost=True),
     Fault(dropped=True), Fault(cut=True)],
)  # fmt: skip
def test_a_read_is_tried_again(server, http, book, clock, fault):
    server.fault(0, fault, times=2)
    assert http.fetch_sheet_metadata(book.id)["spreadsheetId"] == book.id
    assert http.traffic.repeats == 2
    assert len(clock.waits) == 2


@pytest.mark.parametrize("fault", [refused(429), refused(503), page(500), Fault(dropped=True)])
def test_it_is_given_up_after_some_tries(server, http, book, clock, fault):
    server.fault(0, fault, times=99)
    with pytest.raises(TemporaryFailure) as away:
        http.fetch_sheet_metadata(book.id)
    assert away.value.exit_code == 75
    assert len(server.requests) == TRIES
    assert sum(clock.waits) <= BUDGET
    assert max(clock.waits) <= LONGEST_WAIT


@pytest.mark.parametrize("fault", [refused(429), refused(429, Retry_After="0"), refused(503)])
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_no_try_follows_within_a_second(server, http, book, clock, fault, chance):
    http._chance = lambda: chance
    server.fault(0, fault, times=2)
    http.fetch_sheet_metadata(book.id)
    assert all(1 <= wait <= LONGEST_WAIT for wait in clock.waits)


def test_a_reply_comes_packed(server, http, book):
    person = server.person(book)
    for row in range(1, 40):
        person.type(book.sheets[0].title, f"A{row}", "Espoon Esimerkkiyhdistys ry " * 10)
    title = book.sheets[0].title
    ways = []
    http.session.hooks["response"].append(
        lambda reply, **_: ways.append(reply.headers.get("Content-Encoding", ""))
    )
    assert len(http.values_batch_get(book.id, [title])["valueRanges"][0]["values"]) == 39
    assert ways == ["gzip"]


def test_googles_own_waiting_time_is_kept(server, http, book, clock):
    server.fault(0, refused(429, Retry_After="7"))
    http.fetch_sheet_metadata(book.id)
    assert 7 <= clock.waits[0] <= 8


def test_a_waiting_time_beyond_the_budget_ends_the_run_at_once(server, http, book, clock):
    server.fault(0, refused(429, Retry_After="86400"))
    with pytest.raises(TemporaryFailure):
        http.fetch_sheet_metadata(book.id)
    assert clock.waits == []


@pytest.mark.parametrize(
    ("value", "seconds"), [("12", 12.0), ("0", 0.0), ("", None), ("soon", None), ("-3", None)]
)
def test_a_retry_after_is_read(value, seconds):
    assert retry_after(value) == seconds


@pytest.mark.parametrize(
    ("fault", "ended"),
    [(refused(500), True), (refused(503), True), (page(502), True), (Fault(lost=True), False)],
)
def test_a_write_whose_reply_is_lost_is_not_repeated_blindly(server, http, book, fault, ended):
    server.fault(0, fault)
    with pytest.raises(LostReply) as lost:
        http.batch_update(book.id, ADD)
    assert lost.value.ended is ended
    assert len(server.requests) == 1


def test_a_write_that_was_turned_away_unread_is_repeated(server, http, book):
    server.fault(0, refused(429), times=2)
    http.batch_update(book.id, ADD)
    assert [sheet.title for sheet in book.sheets] == ["Taulukko1", "Uusi"]


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (refused(401), 2, "sign-in"),
        (refused(403, "The caller does not have permission"), 2, "not shared"),
        (refused(403, "Google Sheets API has not been used or it is disabled."), 2, "switched on"),
        (refused(404, "Requested entity was not found."), 2, "no Google Sheet"),
        (refused(400, "Invalid requests[0].addSheet: nonsense"), 4, "refused"),
        (refused(400, "This operation is not supported for this document"), 2, "Excel"),
        (page(403), 75, "in Google's place"),
        (page(404), 75, "in Google's place"),
        (Fault(302, b"", {"Location": "https://evil.example/"}), 75, "in Google's place"),
        (Fault(200, b"<html>", {"Content-Type": "text/html"}), 75, "in Google's place"),
    ],
)
def test_every_fault_has_a_message_and_a_code_of_its_own(server, http, book, fault, code, said):
    server.fault(0, fault, times=99)
    with pytest.raises(VerkostoError) as error:
        http.fetch_sheet_metadata(book.id)
    assert said in str(error.value)
    assert error.value.exit_code == code
    assert error.value.remedy


def test_no_minute_sees_more_requests_than_the_quota(server, http, book, clock):
    moments = []
    for _ in range(130):
        http.fetch_sheet_metadata(book.id)
        moments.append(clock.now)
    assert all(b - a >= 60 for a, b in zip(moments, moments[60:], strict=False))
    assert http.traffic.waited == pytest.approx(120, abs=1)


def test_reads_and_writes_have_quotas_of_their_own(http, book, clock):
    for number in range(60):
        http.fetch_sheet_metadata(book.id)
        http.batch_update(book.id, _tab(number))
    assert clock.waits == []


def test_what_it_cost_is_counted(server, http, book):
    http.fetch_sheet_metadata(book.id)
    http.batch_update(book.id, ADD)
    assert (http.traffic.reads, http.traffic.writes) == (1, 1)
    assert http.traffic.bytes_sent == server.requests[1].request.bytes_in
    assert http.traffic.bytes_received == sum(handled.bytes_out for handled in server.requests)


def test_google_out_of_reach_is_said(server, http, book):
    server.__exit__(None, None, None)
    with pytest.raises(TemporaryFailure) as away:
        http.fetch_sheet_metadata(book.id)
    assert "reached" in away.value.message


def _tab(number):
    return {"requests": [{"addSheet": {"properties": {"title": f"Tab {number}"}}}]}
