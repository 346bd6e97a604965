"""The corpus, broken mail, and bombs: what each message says, and that none costs more than it may."""

from __future__ import annotations

import resource
import time
from datetime import UTC, timedelta
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, strategies as st

from register.post.classifier import own_identity
from register.replies.classify import classify
from register.replies.limits import LARGEST_MESSAGE
from register.replies.verdict import Verdict
from tests.letters.correspondence import MAIJA, SENDER, TEMPLATES
from tests.replies.clients import AT, tapped
from tests.replies.corpus import ASKER, SERVER, corpus
from tests.replies.test_flow import Club

RECEIVED = AT + timedelta(days=2)
OURS = own_identity([TEMPLATES], [SENDER.name, SENDER.organisation], SERVER, [ASKER])


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    club = Club(tmp_path_factory.mktemp("club"))
    return corpus(club.maija, club.nils, club.amina)


VERDICT_KINDS = get_args(get_type_hints(Verdict)["kind"])


def test_the_corpus(cases):
    """Every message of it, all wrong ones named."""
    wrong = []
    for case in cases:
        verdict = classify(case.data, RECEIVED, OURS)
        got = {key: getattr(verdict, key) for key in case.fields}
        if verdict.kind != case.kind or got != case.fields:
            wrong.append((case.name, verdict.kind, got, case.kind, case.fields))
    assert len(cases) >= 150
    assert not wrong, "\n".join(map(str, wrong))


def test_every_kind_that_can_be_read_is_in_the_corpus(cases):
    assert {case.kind for case in cases} >= set(VERDICT_KINDS) - {"hostile", "unread"}


def test_our_tokens_come_out_of_every_answer(cases):
    for case in cases:
        if case.kind in ("rsvp", "unsubscribe", "bounce", "counter"):
            assert len(classify(case.data, RECEIVED, OURS).tokens) == 1, case.name


@given(st.data())
def test_broken_mail(cases, data):
    """Bytes cut, doubled, changed, put in: never an error, always a verdict."""
    whole = bytearray(data.draw(st.sampled_from(cases)).data)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole)))
        to = data.draw(st.integers(at, min(len(whole), at + 400)))
        bits = data.draw(
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from([b"", b"\r\n", b"\n\n", b"\x00", b"=?utf-8?b?", b"\xff\xfe", b";"]),
            )
        )
        whole[at:to] = bits
    verdict = classify(bytes(whole), RECEIVED, OURS)
    assert verdict.kind in VERDICT_KINDS and len(verdict.words) <= 2_000
    assert verdict.said_at.tzinfo is not None and verdict.said_at <= RECEIVED + timedelta(hours=1)


@given(st.binary(max_size=3_000))
def test_any_bytes(data):
    assert classify(data, RECEIVED, OURS).kind in VERDICT_KINDS


HEAD = b"From: a@example.org\r\nMIME-Version: 1.0\r\n"
CALENDAR = HEAD + b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"


def nested(depth: int) -> bytes:
    lines = [HEAD]
    for level in range(depth):
        lines.append(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        )
    return b"".join(lines) + b"\r\nx"


def folded(depth: int, line: bytes, times: int) -> bytes:
    return nested(depth) + b"\r\n" + line * times


DAEMON = b"From: mailer-daemon@example.org\r\nReturn-Path: <>\r\nSubject: Undelivered\r\n\r\n"
ONE = HEAD + b'Content-Type: multipart/%s; boundary="b"\r\n\r\n'
BOMBS = {
    "semicolons": b"Content-Type: text/plain" + b";" * 900_000 + b"\r\n\r\nx",
    "semicolons of a part": ONE % b"mixed" + b"--b\nContent-Type: a/b" + b";" * 900_000 + b"\n\nx",
    "semicolons after CR": ONE % b"mixed" + b"--b\rContent-Type: a/b" + b";" * 900_000 + b"\r\rx",
    "parameters": b"Content-Type: text/plain; " + b"a*1*=x;" * 100_000 + b"\r\n\r\nx",
    "pieces of a name": b"Content-Disposition: attachment; "
    + b"filename*0*=a;" * 60_000
    + b"\n\nx",
    "a deep stack and many lines": folded(11, b"x\r\n", 390_000),
    "a deep stack and many dashes": folded(90, b"--x\r\n", 390_000),
    "lines that end in CR": HEAD + b"\r\n" + b"x\r" * 4_000_000,
    "a digest": ONE % b"digest" + b"--b\n\n" * 199_000,
    "a daemon's long line": DAEMON + b"a" * 9_900_000,
    "a daemon's addresses": DAEMON + b"a@" * 4_900_000,
    "a daemon's recipients": DAEMON + b"<a@b.example>:\r\n550 5.1.1 user unknown\r\n\r\n" * 130_000,
    "pages": ONE % b"mixed" + (b"--b\nContent-Type: text/html\n\n" + b"<p>" * 30_000 + b"\n") * 99,
    "half a surrogate": b"Subject: x\r\n\r\n" + b"\xed\xa0\x80" * 3_000_000,
    "utf-16": HEAD + b"Content-Type: text/plain; charset=utf-16\r\n\r\n" + b"\xff\xfe" * 4_900_000,
    "attendees": CALENDAR
    + b"METHOD:REPLY\nBEGIN:VEVENT\n"
    + b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\n" * 190_000
    + b"END:VEVENT\n",
    "winmail.dat": HEAD
    + b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22"
    + b"IPM.Schedule.vCal-Uid" * 400_000,
    "too large": HEAD + b"\r\n" + b"x" * (LARGEST_MESSAGE + 1),
    "as large as may be": HEAD + b"\r\n" + b"x" * (LARGEST_MESSAGE - 100),
    "nested": nested(5_000),
    "nested a little": nested(90),
    "messages in messages": (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 3_000,
    "parts": HEAD
    + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\nx\r\n" * 100_000,
    "lines": HEAD + b"\r\n" + b"\r\n" * 4_000_000,
    "headers": b"X-A: b\r\n" * 1_000_000,
    "one header": b"Subject: " + b"=?utf-8?q?" + b"x" * 5_000_000,
    "a folded header": b"Subject: a\r\n" + b" =?utf-8?b?w6Q=?=\r\n" * 300_000 + b"\r\n",
    "quotes": b"From: " + b'"' * 1_000_000 + b"\r\n\r\n",
    "angles": b"From: " + b"<" * 1_000_000 + b"\r\n\r\n",
    "references": HEAD + b"References: " + b"<a@b> " * 500_000 + b"\r\n\r\n",
    "base64": HEAD
    + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"AAAA\r\n" * 390_000,
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-b9" * 500_000,
    "tags": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div " * 1_500_000,
    "text": HEAD + b"\r\n" + b"en " * 3_000_000,
    "one word": HEAD + b"\r\n" + b"poista" * 1_500_000,
    "a calendar": CALENDAR + b"BEGIN:VEVENT\r\n" * 100_000,
    "a calendar's line": CALENDAR + b"ATTENDEE;" + b'CN="a";' * 500_000 + b":x\r\n",
    "folds": CALENDAR + b"\r\n x" * 300_000,
    "a report": HEAD
    + b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    + b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    + b"Action: failed\r\n\r\n" * 150_000,
    "a daemon": b"From: mailer-daemon@example.org\r\nReturn-Path: <>\r\n\r\n"
    + b"550 user unknown <a@b.example>\r\n" * 150_000,
}


def processor_seconds(work):
    began = time.process_time()
    work()
    return time.process_time() - began


def classified_bomb(name, us):
    """Return what a bomb says: for what counting to 120 million costs, some seconds, and 300 MB.

    Beside other programs both take longer.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verdicts = []
    cost = processor_seconds(lambda: verdicts.append(classify(BOMBS[name], RECEIVED, us)))
    assert cost < 40 * processor_seconds(lambda: sum(one for one in range(3_000_000)))
    (verdict,) = verdicts
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert verdict.kind in VERDICT_KINDS
    return verdict


def test_their_neighbours_are_read(tmp_path):
    club = Club(tmp_path)
    bombs = [BOMBS[name] for name in ("nested", "headers", "too large")]
    club.get(*bombs[:2], tapped(club.maija, "Tulossa"), bombs[2])
    assert club.answer(MAIJA)[0] == "coming"
    assert sum(count for msgid, count in club.notes.items() if "set aside" in msgid) == 3


def test_dates_without_a_zone_are_utc():
    verdict = classify(b"Date: Mon, 23 Nov 2026 10:00:00\r\n\r\nx", RECEIVED, OURS)
    assert verdict.said_at == AT.replace(day=23, hour=10, minute=0, tzinfo=UTC)
