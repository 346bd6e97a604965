"""What only Unix has is left out where it is missing: nothing stops for the lack of it."""

import os
import signal
import sys

import pytest

from register import disk
from register.post import classifier
from register.post.secrets import read_secret
from register.state.keys import register_key, register_keys
from register.stores.package import _directory


@pytest.fixture
def elsewhere(monkeypatch):
    """A computer whose files' modes say nothing, without what Unix alone has."""
    monkeypatch.setattr(disk, "POSIX", False)
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.delattr(signal, "setitimer")
    for name in ("O_NONBLOCK", "O_NOFOLLOW"):
        monkeypatch.delattr(os, name)


def test_the_process_that_reads_mail_goes_without_bounds(elsewhere):
    classifier._bound_memory()
    classifier._bound_time(1.0)


def test_modes_that_say_nothing_refuse_nothing(elsewhere, tmp_path):
    """Windows gives every file the mode 0666."""
    secret = tmp_path / "password"
    secret.write_text("sala\n", encoding="utf-8")
    secret.chmod(0o666)
    assert read_secret(secret, {}).value == "sala"
    assert not disk.readable_by_others(secret) and not disk.writable_by_all(secret)
    key = register_key(tmp_path)
    (tmp_path / "key").chmod(0o666)
    assert register_keys(tmp_path) == (key,)


def test_files_are_read_and_written_whole(elsewhere, tmp_path):
    disk.write_private(tmp_path / "folder" / "file", b"text")
    assert disk.read_limited(tmp_path / "folder" / "file", 10) == b"text"


def test_a_folder_that_cannot_be_flushed_is_not(monkeypatch, tmp_path):
    def refused(*given):
        raise PermissionError(13, "a folder is no file")

    monkeypatch.setattr(os, "open", refused)
    with _directory(tmp_path) as descriptor:
        assert descriptor is None
