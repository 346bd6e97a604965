"""Authentication-Results: our own server's word, and nobody else's (RFC 8601)."""

from __future__ import annotations

from email import message_from_string

import pytest
from hypothesis import given, strategies as st

from register.replies.authentication import is_authentic

US = "mx.example.org"
AR = "Authentication-Results"
RECEIVED = (
    f"Received: from mail.client.example by {US} with ESMTPS; Mon, 23 Nov 2026 09:00:00 +0200"
)
PASS = f"{AR}: {US}; dmarc=pass"


def found(*headers, sender="maija@example.net", server=US):
    return is_authentic(message_from_string("\r\n".join([*headers, "", "Tulossa"])), sender, server)


@pytest.mark.parametrize(
    "headers",
    [
        (PASS,),
        (f"{AR}: {US}; dmarc=pass header.from=example.net",),
        (f"{AR}: {US}; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.net",),
        (f"{AR}: {US} 1; spf=pass smtp.mailfrom=example.net; dkim=pass header.d=example.net;"
         " dmarc=pass header.from=example.net",),
        (f"{AR}: {US.upper()};\r\n       dkim=pass header.i=@example.net header.s=a header.b=Xy12;\r\n"
         "\tspf=pass (mx.example.org: domain of a@example.net designates 203.0.113.5 as permitted"
         " sender) smtp.mailfrom=a@example.net;\r\n       dmarc=pass (p=NONE) header.from=example.net",),
        (f'{AR}: "{US}"; dmarc=pass',),
        (f"{AR}: (made by (nested) milters) {US} (2) ; dmarc = pass",),
        (f"{AR}: {US}; dmarc/1=pass reason=\"all; good\" header.from=example.net",),
        (f"{AR}: {US}; DMARC=PASS header.from=EXAMPLE.NET.",),
        (f"{AR}: {US}; dmarc=pass header.from=a@example.net",),
        # a server whose milters write a header each, on top
        (f"{AR}: {US}; dkim=pass header.d=example.net", PASS, RECEIVED),
        # Gmail: its results below its own trace
        (RECEIVED, PASS, "Received: from phone.client.example by mail.client.example"),
        (f"{AR}: relay.example; none", PASS),
        (PASS, RECEIVED, f"{AR}: {US}; dmarc=fail"),
    ],
)  # fmt: skip
def test_our_server_says_so(headers):
    assert found(*headers)


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (RECEIVED,),
        (f"{AR}: {US}; none",),
        (f"{AR}: {US}; dmarc=fail",),
        (f"{AR}: {US}; dmarc=none",),
        (f"{AR}: {US}; dmarc=bestguesspass",),
        (f"{AR}: {US}; dmarc=pass-not",),
        (f"{AR}: {US}; dmarc=temperror",),
        (f"{AR}: {US}; spf=pass; dkim=pass",),
        (f"{AR}: {US}; dmarc=pass header.from=evil.example",),
        (f"{AR}: {US}; dmarc=pass; dmarc=fail",),
        (f"{AR}: {US}; spf=pass (dmarc=pass)",),
        (f"{AR}: {US}; spf=fail reason=\"x; dmarc=pass\"",),
        (f"{AR}: {US}; spf=fail smtp.mailfrom=\"a; dmarc=pass\"@example.net",),
        (f"{AR}: {US} (; dmarc=pass",),
        (f"{AR}: mx.evil.example; dmarc=pass",),
        (f"{AR}: {US}.evil.example; dmarc=pass",),
        (f"{AR}: evil {US}; dmarc=pass",),
        (f"{AR}: ({US}) evil.example; dmarc=pass",),
        (f"ARC-{AR}: i=1; {US}; dmarc=pass",),
        (f"X-{AR}: {US}; dmarc=pass",),
        # forged ones lower down, with our own id
        (f"{AR}: {US}; dmarc=fail", RECEIVED, PASS),
        (f"{AR}: {US}; dmarc=fail", PASS, RECEIVED),
        (f"{AR}: {US}; spf=pass", RECEIVED, PASS),
        (RECEIVED, f"{AR}: {US}; spf=pass", PASS),
        (RECEIVED, f"{AR}: {US}; spf=none", RECEIVED, PASS),
        (f"{AR}: {US}; none", f"{AR}: relay.example; dmarc=fail", PASS),
    ],
)  # fmt: skip
def test_nobody_says_so(headers):
    assert not found(*headers)


def test_without_a_sender_there_is_nothing_to_find():
    assert not found(PASS, sender="")


@given(st.text(max_size=300))
def test_any_header(text):
    flat = " ".join(text.split())
    message = message_from_string("")
    message["Authentication-Results"] = flat or "x"
    assert is_authentic(message, "a@example.net", "y.example") in (True, False)
