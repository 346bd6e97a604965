"""Each message on its own: one that takes too long, or ends the process, harms no other."""

import os
import signal
import subprocess
from datetime import UTC, datetime
from threading import Timer

import pytest

from register.book.errors import TemporaryFailure
from register.post.classifier import Classifier, answer_words
from register.replies.classify import classify
from tests.replies.corpus import corpus
from tests.replies.test_classify import BOMBS
from tests.replies.test_flow import Club

RECEIVED = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PLAIN = b"From: maija@example.org\r\nSubject: Hei\r\n\r\nTulen kylla"


@pytest.fixture
def classifier():
    with Classifier() as opened:
        yield opened


def test_it_says_what_the_function_says(classifier, tmp_path):
    club = Club(tmp_path)
    said = answer_words()
    for case in corpus(club.maija, club.nils, club.amina):
        expected = classify(case.data, RECEIVED, said)
        assert classifier.verdict(case.data, RECEIVED) == expected, case.name


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_and_their_neighbours(classifier, name):
    expected = classify(BOMBS[name], RECEIVED, answer_words())
    assert classifier.verdict(BOMBS[name], RECEIVED) == expected
    assert classifier.verdict(PLAIN, RECEIVED).guess == "coming"


def test_a_message_that_never_ends():
    with Classifier(seconds=0.5) as classifier:
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"
        stuck = classifier.process
        os.kill(stuck, signal.SIGSTOP)
        verdict = classifier.verdict(PLAIN, RECEIVED)
        assert (verdict.kind, verdict.status) == ("hostile", "too-slow")
        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"


def test_a_message_that_takes_the_processor(monkeypatch):
    """It is the message's own time that is bound: a busy computer sets no message aside."""
    with Classifier() as classifier:
        spin = "import register.post.classifier as c; c.classify = lambda *a: [0 for _ in iter(int, 1)];"
        run = f"{spin} c.OF_PROCESSOR = 0.2; import sys; c._serve(sys.stdin.buffer, sys.stdout.buffer)"
        popen = subprocess.Popen
        monkeypatch.setattr(
            "subprocess.Popen", lambda args, **flags: popen([args[0], "-c", run], **flags)
        )
        verdict = classifier.verdict(PLAIN, RECEIVED)
        assert (verdict.kind, verdict.status) == ("hostile", "too-slow")
        monkeypatch.undo()
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"


def test_a_message_that_takes_memory(monkeypatch):
    """300 MB besides what the process has: more of them set the message aside, and no other."""
    with Classifier() as classifier:
        take = "import register.post.classifier as c; say = c.classify;"
        take += " c.classify = lambda data, *a: say(data, *a) if b'Hei' in data else bytes(400_000_000);"
        run = f"{take} import sys; c._bound_memory(); c._serve(sys.stdin.buffer, sys.stdout.buffer)"
        popen = subprocess.Popen
        monkeypatch.setattr(
            "subprocess.Popen", lambda args, **flags: popen([args[0], "-c", run], **flags)
        )
        verdict = classifier.verdict(b"x", RECEIVED)
        assert (verdict.kind, verdict.status) == ("hostile", "too-large")
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"


def test_a_large_message_to_a_process_that_reads_nothing():
    """More than a pipe holds: whoever writes to it must not wait for ever."""
    with Classifier(seconds=0.5) as classifier:
        classifier.verdict(PLAIN, RECEIVED)
        os.kill(classifier.process, signal.SIGSTOP)
        verdict = classifier.verdict(PLAIN + b"x" * 5_000_000, RECEIVED)
        assert (verdict.kind, verdict.status) == ("hostile", "too-slow")
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"


def test_a_message_that_ends_the_process(classifier):
    classifier.verdict(PLAIN, RECEIVED)
    os.kill(classifier.process, signal.SIGSTOP)
    Timer(0.2, os.kill, (classifier.process, signal.SIGKILL)).start()
    verdict = classifier.verdict(PLAIN, RECEIVED)
    assert (verdict.kind, verdict.status) == ("hostile", "crashed")
    assert classifier.verdict(PLAIN, RECEIVED).kind == "text"


def test_where_no_process_can_be_started_nothing_is_set_aside(classifier, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(TemporaryFailure, match="no process"):
        classifier.verdict(PLAIN, RECEIVED)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(TemporaryFailure, match="no process"):
        classifier.verdict(PLAIN, RECEIVED)


def test_it_is_gone_afterwards():
    with Classifier() as classifier:
        classifier.verdict(PLAIN, RECEIVED)
        process = classifier.process
    assert subprocess.run(["kill", "-0", str(process)], capture_output=True, check=False).returncode
