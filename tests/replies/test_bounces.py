"""Letters that came back: every server's sentence in its class, whatever the report is wrapped in."""

from __future__ import annotations

import pytest

from register.post.classifier import own_identity
from register.replies.classify import classify
from tests.letters.correspondence import NILS
from tests.replies.bounces import CLASSES, UNKNOWN
from tests.replies.clients import CRLF, mail, part, returned
from tests.replies.test_classify import RECEIVED
from tests.replies.test_flow import Club

OURS = own_identity()


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return Club(tmp_path_factory.mktemp("club")).nils


def kind(data):
    verdict = classify(data, RECEIVED, OURS)
    return verdict.kind, len(verdict.tokens)


@pytest.mark.parametrize("name", CLASSES)
def test_servers_sentences(asked, name):
    wrong = []
    for status, said in CLASSES[name]:
        got, tokens = kind(returned(asked, status, said.replace("{to}", asked.to)))
        if (got, tokens) != ("bounce" if name == "unknown" else "temporary", 1):
            wrong.append((status, said, got))
    assert not wrong, "\n".join(map(str, wrong))


def test_how_many_sentences_there_are():
    said = [one for rows in CLASSES.values() for one in rows]
    assert len(said) >= 150 and len(set(said)) == len(said)


@pytest.mark.parametrize("action", ["failed", "Failed", "error", "failure", "undeliverable"])
def test_what_servers_call_a_failure(asked, action):
    assert kind(returned(asked, "5.0.0", "Domain does not exist", action=action)) == ("bounce", 1)
    assert kind(returned(asked, "5.2.2", "mailbox full", action=action)) == ("temporary", 1)


GATEWAYS = {
    "a daemon's": (
        "postmaster@gateway.example",
        "Undeliverable: Kutsu",
        "See the attached message.",
    ),
    "nobody's words": ("gateway@gateway.example", "Delivery report", ""),
    "no subject": ("MAILER-DAEMON@gateway.example", "", "This is a report."),
}


def wrapped(asked, gateway, said="550 5.1.1 User unknown", status="5.1.1", whole=False):
    sender, subject, words = GATEWAYS[gateway]
    report = returned(asked, status, said).decode().replace(CRLF, "\n").replace("=_bound", "=_in")
    inner = f"Content-Type: message/rfc822\n\n{report}"
    if whole:
        return mail(sender, asked.answers, subject, report.replace("\n", "\r\n").replace("\r\n", "\n"),
                    "Return-Path: <>", kind="message/rfc822")  # fmt: skip
    parts = [part("text/plain; charset=utf-8", words), inner]
    return mail(sender, asked.answers, subject, parts, "Return-Path: <>", kind="multipart/mixed")


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("gateway", GATEWAYS)
def test_a_report_that_a_gateway_wraps(asked, gateway, whole):
    assert kind(wrapped(asked, gateway, whole=whole)) == ("bounce", 1)
    full = wrapped(asked, gateway, "552 5.2.2 mailbox full", "5.2.2", whole)
    assert kind(full) == ("temporary", 1)


def test_a_wrapped_report_stops_letters_to_the_address(tmp_path):
    club = Club(tmp_path)
    club.get(wrapped(club.nils, "a daemon's"))
    assert [row["email"] for row in club.rows("bans")] == [club.nils.to]
    (row,) = club.rows("review")
    assert row["kind"] == "bounce" and row["link"].endswith(NILS)


def test_letters_that_a_person_sends_on_stop_nobody(tmp_path):
    club = Club(tmp_path)
    report = returned(club.nils).decode().replace(CRLF, "\n").replace("=_bound", "=_in")
    parts = [
        part("text/plain; charset=utf-8", "Tällainen tuli meille."),
        f"Content-Type: message/rfc822\n\n{report}",
    ]
    club.get(mail(club.maija.to, club.maija.answers, "VL: palautui", parts, kind="multipart/mixed"))
    assert not club.rows("bans")


def test_words_beside_an_address_are_read(asked):
    """The address swallowed the word that follows it."""
    for _, said in UNKNOWN[:5]:
        notice = f"Delivery failed:\n\n{said.replace('{to}', asked.to)}\n\n"
        head = asked.data.split(b"\r\n\r\n")[0].decode().replace("\r\n", "\n")
        data = mail(
            "mailer-daemon@mail.example.org", asked.answers, "Returned mail", f"{notice}{head}"
        )
        assert kind(data)[0] == "bounce", said


def test_headers_that_no_encoding_names(asked):
    """A server's sentence in bare UTF-8 or Latin letters."""
    said = "550 Sähköpostilaatikkoa ei löydy"
    data = returned(asked, "5.0.0", said)
    assert kind(data) == ("bounce", 1)
    assert kind(data.replace("ö".encode(), b"\xf6").replace("ä".encode(), b"\xe4")) == ("bounce", 1)
