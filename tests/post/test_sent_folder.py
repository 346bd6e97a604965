"""Looking into the Sent folder: which letters are there, and what is said where it cannot be read."""

from __future__ import annotations

import socket

import pytest

from register.book.errors import ConfigError, TemporaryFailure
from register.post.connection import Server
from register.post.secrets import Secret
from register.post.sent_folder import found_in_sent
from tests.imap_server import ImapServer
from tests.smtp_server.authority import Authority

OURS = ["<T-1.invitation.1.H-1.aa@example.org>", "<T-1.invitation.1.H-2.bb@example.org>"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def server(port, authority, **given):
    values = {"user": "liisa", "secret": Secret("sala"), "ca_file": authority.file, "timeout": 5}
    return Server("127.0.0.1", port, **{**values, **given})


@pytest.mark.parametrize("auth", ["plain", "login", "xoauth2"])
def test_what_is_there_is_found(authority, auth):
    folders = {"INBOX": [OURS[1]], "[Gmail]/Sent Mail": ["<x@y>", OURS[0]]}
    with ImapServer(authority.context(), folders, sent="[Gmail]/Sent Mail").running() as imap:
        found = found_in_sent(server(imap.port, authority, auth=auth), "", OURS)
    assert found == {OURS[0]}
    assert not any(" SELECT " in line or " STORE " in line for line in imap.lines)


@pytest.mark.parametrize(
    ("named", "given"),
    [("Sent", ""), ("Sent Items", ""), ("L&AOQ-hetetyt", ""), ("Posti &- muut", "Posti & muut")],
)
def test_a_folder_that_is_not_flagged(authority, named, given):
    with ImapServer(authority.context(), {"INBOX": [], named: OURS}).running() as imap:
        assert found_in_sent(server(imap.port, authority), given, OURS) == set(OURS)


def test_no_such_folder(authority):
    with (
        ImapServer(authority.context(), {"INBOX": OURS}).running() as imap,
        pytest.raises(ConfigError, match="no folder of sent mail"),
    ):
        found_in_sent(server(imap.port, authority), "", OURS)


@pytest.mark.parametrize("auth", ["plain", "xoauth2"])
def test_a_wrong_password_is_not_shown(authority, auth):
    with (
        ImapServer(authority.context(), {"Sent": OURS}, password="toinen").running() as imap,
        pytest.raises(ConfigError) as refused,
    ):
        found_in_sent(server(imap.port, authority, auth=auth), "", OURS)
    assert "sala" not in str(refused.value) + refused.value.remedy


def test_a_certificate_of_somebody_else(authority):
    with (
        ImapServer(authority.context("other.example"), {"Sent": OURS}).running() as imap,
        pytest.raises(ConfigError, match="No safe connection"),
    ):
        found_in_sent(server(imap.port, authority), "", OURS)
    assert imap.lines == []


@pytest.mark.parametrize("verb", ["LIST", "EXAMINE", "UID"])
def test_a_server_that_hangs_up(authority, verb):
    with (
        ImapServer(authority.context(), {"Sent": OURS}, broken=verb).running() as imap,
        pytest.raises(TemporaryFailure),
    ):
        found_in_sent(server(imap.port, authority), "", OURS)


def test_nothing_listens(authority):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(TemporaryFailure):
            found_in_sent(server(closed.getsockname()[1], authority), "", OURS)


@pytest.mark.parametrize("odd", ['<a" b@c>', "<a\r\nA1 LOGOUT@c>", "*", "", "<å@b>"])
def test_only_a_plain_message_id_is_asked_for(authority, odd):
    with ImapServer(authority.context(), {"Sent": OURS}).running() as imap:
        assert found_in_sent(server(imap.port, authority), "", [odd]) == frozenset()
    assert not any("SEARCH" in line for line in imap.lines)
