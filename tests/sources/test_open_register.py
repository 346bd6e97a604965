"""An open register that misbehaves is asked a bounded number of times, and is never believed."""

import gzip
import json

import pytest

from register.book.errors import TemporaryFailure, UsageError
from register.sources import prh
from register.sources.open_register import OpenRegister
from tests.register_server import RegisterServer, company

OK = json.dumps({"totalResults": 0, "companies": []}).encode()


def asked(scene, tmp_path, **more):
    waits = []
    with RegisterServer(scene) as server:
        register = OpenRegister("PRH", server.url, tmp_path, sleep=waits.append, **more)
        try:
            return register.document("/companies", {"page": "1"}), server, waits
        except (TemporaryFailure, UsageError) as error:
            return error, server, waits


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_tried_five_times_and_then_later(status, tmp_path):
    error, server, waits = asked(lambda *_: (status, {}, b""), tmp_path)
    assert isinstance(error, TemporaryFailure) and error.exit_code == 75
    assert len(server.asked) == 5 and len(waits) == 4


def test_it_waits_as_long_as_it_is_asked_to_but_not_for_ever(tmp_path):
    _, _, waits = asked(lambda *_: (429, {"Retry-After": "7"}, b""), tmp_path)
    assert all(wait >= 7 for wait in waits)
    error, server, waits = asked(lambda *_: (429, {"Retry-After": "9999"}, b""), tmp_path)
    assert isinstance(error, TemporaryFailure) and len(server.asked) == 1 and not waits


@pytest.mark.parametrize(
    "reply",
    [
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
        (404, {}, b""),
        (200, {"Content-Type": "text/html"}, b"<html>Huolto</html>"),
        (200, {}, OK[:-5]),
        (200, {}, '{"companies": ["Järvi"]}'.encode("latin-1")),
        (200, {}, b"[" * 200_000),
    ],
    ids=["redirect", "gone", "html", "half", "latin-1", "deep"],
)
def test_what_does_not_pass_is_asked_once(reply, tmp_path):
    error, server, _ = asked(lambda *_: reply, tmp_path)
    assert isinstance(error, UsageError) and len(server.asked) == 1


def test_a_reply_cut_short_is_tried_again(tmp_path):
    error, server, _ = asked(lambda *_: (200, {"Content-Length": "9999"}, OK), tmp_path)
    assert isinstance(error, TemporaryFailure) and len(server.asked) == 5


@pytest.mark.parametrize("packed", [False, True])
def test_a_huge_reply_is_not_read(packed, tmp_path):
    """Neither as it is, nor as a bomb: what counts is its size unpacked."""
    body, headers = b" " * 30_000_000, {}
    if packed:
        body, headers = gzip.compress(body), {"Content-Encoding": "gzip"}
        assert len(body) < 100_000
    error, server, _ = asked(lambda *_: (200, headers, body), tmp_path, most_bytes=100_000)
    assert isinstance(error, UsageError) and "MB" in error.message and len(server.asked) == 1


def test_a_server_that_is_down_is_temporary(tmp_path):
    register = OpenRegister("PRH", "http://127.0.0.1:9", tmp_path, sleep=lambda _: None)
    with pytest.raises(TemporaryFailure):
        register.document("/companies", {})


@pytest.mark.parametrize("keeps", [True, False])
def test_a_reply_is_kept_by_its_tag_only_by_a_run_that_may_write(keeps, tmp_path):
    def scene(_path, _query, headers):
        if headers.get("If-None-Match") == '"a"':
            return 304, {}, b""
        return 200, {"ETag": '"a"'}, OK

    with RegisterServer(scene) as server:
        for _ in range(2):
            register = OpenRegister("PRH", server.url, tmp_path / "kept", keeps=keeps)
            assert register.document("/companies", {}) == json.loads(OK)
        told = ["If-None-Match" in headers for _, _, headers in server.asked]
        assert told == [False, keeps]
        assert all("Verkosto" in headers["User-Agent"] for _, _, headers in server.asked)
    kept = list((tmp_path / "kept").iterdir()) if keeps else []
    assert (tmp_path / "kept").exists() == keeps
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept)


def test_a_row_is_kept_where_an_address_lies_in_the_municipality():
    here = company("0112038-9", "Espoon Esimerkki ry")
    elsewhere = company("1572860-0", "Toinen ry", code="091")
    answer = prh.companies([here, elsewhere], "049")
    (one,) = answer.found
    assert (one.name, one.business_id, one.postcodes) == (
        "Espoon Esimerkki ry",
        "0112038-9",
        ("02100",),
    )
    assert "Maija" not in repr(one) and "katu" not in repr(one)


def test_other_company_forms_are_not_taken():
    row = company("0112038-9", "Esimerkki Oy")
    row["companyForms"][0]["descriptions"][0]["description"] = "Osakeyhtiö"
    assert prh.companies([row], "049").found == ()


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        [],
        {},
        {"businessId": None},
        company("1234567-8", "Väärä tarkiste ry"),
        company("0112038-9", "x" * 5000),
        company("0112038-9", None),
        company("0112038-9", "Nimi ry") | {"addresses": "no"},
        company("0112038-9", "Nimi ry") | {"names": [None]},
    ],
)
def test_a_broken_row_is_counted_and_stops_nothing(broken):
    answer = prh.companies([broken, company("1572860-0", "Ehjä ry")], "049")
    assert [one.name for one in answer.found] == ["Ehjä ry"] and answer.unread == 1


@pytest.mark.parametrize("document", [None, "x", {}, {"companies": {}}, {"totalResults": "1"}])
def test_another_form_of_reply_is_refused(document):
    with pytest.raises(UsageError):
        prh.prh_page(document)


@pytest.mark.parametrize(("municipality", "inside"), [("049", "02100"), ("091", "00100")])
def test_a_municipality_is_asked_for_by_its_postal_codes(municipality, inside):
    codes = prh.postal_codes_of(municipality)
    assert inside in codes and len(codes) == len(set(codes))
