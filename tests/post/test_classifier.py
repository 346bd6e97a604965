"""Each message on its own: one that takes too long, or ends the process, harms no other."""

import os
import signal
import subprocess
from contextlib import suppress
from threading import Timer

import pytest

from register.book.errors import TemporaryFailure
from register.post.classifier import Classifier, own_identity
from register.replies.classify import classify
from tests.letters.correspondence import SENDER, TEMPLATES
from tests.replies.corpus import ASKER, SERVER, corpus
from tests.replies.test_classify import BOMBS, RECEIVED, classified_bomb
from tests.replies.test_flow import Club

OURS = {
    "templates": [TEMPLATES],
    "names": [SENDER.name, SENDER.organisation],
    "server": SERVER,
    "askers": [ASKER],
}
PLAIN = b"From: maija@example.org\r\nSubject: Hei\r\n\r\nTulen kylla"


@pytest.fixture
def classifier():
    """A classifier whose process heeds a hang-up, also where the tests themselves run without."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with Classifier() as opened:
        yield opened
    signal.signal(signal.SIGHUP, before)


def test_it_says_what_the_function_says(tmp_path):
    club = Club(tmp_path)
    us = own_identity(**OURS)
    with Classifier(**OURS) as knowing:
        for case in corpus(club.maija, club.nils, club.amina):
            expected = classify(case.data, RECEIVED, us)
            assert knowing.verdict(case.data, RECEIVED) == expected, case.name


@pytest.fixture(scope="module")
def long_lived():
    """One that has read whatever came before."""
    with Classifier(**OURS) as opened:
        yield opened


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_and_their_neighbours(long_lived, name):
    expected = classified_bomb(name, own_identity(**OURS))
    assert long_lived.verdict(BOMBS[name], RECEIVED) == expected
    assert long_lived.verdict(PLAIN, RECEIVED).guess == "coming"


def test_a_process_that_stands_still_is_replaced_and_the_message_read():
    """The computer slept, or somebody stopped it: that is no fault of the message."""
    with Classifier(seconds=0.5) as classifier:
        assert classifier.verdict(PLAIN, RECEIVED).kind == "text"
        stuck = classifier.process
        os.kill(stuck, signal.SIGSTOP)
        assert classifier.verdict(PLAIN, RECEIVED).guess == "coming"
        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)
        assert classifier.process != stuck


def test_a_sleep_that_ends_in_time_costs_no_process(classifier):
    classifier.verdict(PLAIN, RECEIVED)
    process = classifier.process
    os.kill(process, signal.SIGSTOP)
    Timer(0.3, os.kill, (process, signal.SIGCONT)).start()
    assert classifier.verdict(PLAIN, RECEIVED).guess == "coming"
    assert classifier.process == process


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
    with Classifier(seconds=4) as classifier:
        classifier.verdict(PLAIN, RECEIVED)
        os.kill(classifier.process, signal.SIGSTOP)
        verdict = classifier.verdict(PLAIN + b"\r\nx" * 300_000, RECEIVED)
        assert (verdict.kind, verdict.guess) == ("text", "coming")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_process_that_is_ended_from_outside(classifier, sent):
    """Out of memory is a SIGKILL from the system; the message is read again."""
    classifier.verdict(PLAIN, RECEIVED)
    process = classifier.process
    os.kill(process, signal.SIGSTOP)

    def end():
        os.kill(process, sent)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)

    Timer(0.2, end).start()
    assert classifier.verdict(PLAIN, RECEIVED).guess == "coming"
    assert classifier.process != process


def ended_by(monkeypatch, how, times):
    """Have as many processes as are started next end in their own way over a message of Maija's."""
    do = f"(lambda data, *a, **k: {how} if b'maija' in data else say(data, *a, **k))"
    run = "import os, signal, sys; import register.post.classifier as c; say = c.classify;"
    run += f" c.classify = {do}; c._serve(sys.stdin.buffer, sys.stdout.buffer)"
    popen, started = subprocess.Popen, []

    def start(args, **flags):
        started.append(args)
        return popen([args[0], "-c", run] if len(started) <= times else args, **flags)

    monkeypatch.setattr("subprocess.Popen", start)
    return started


OWN = ["os.kill(os.getpid(), signal.SIGSEGV)", "os.abort()", "os._exit(1)", "1 / 0"]
OUTSIDE = ["os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGTERM)"]


@pytest.mark.parametrize("how", OWN)
def test_one_crash_is_read_again_and_two_are_set_aside(monkeypatch, how):
    started = ended_by(monkeypatch, how, times=1)
    with Classifier() as classifier:
        assert classifier.verdict(PLAIN, RECEIVED).guess == "coming"
    assert len(started) == 2
    monkeypatch.undo()
    started = ended_by(monkeypatch, how, times=9)
    with Classifier() as classifier:
        verdict = classifier.verdict(PLAIN, RECEIVED)
        assert (verdict.kind, verdict.status) == ("hostile", "crashed")
        assert len(started) == 2
        assert classifier.verdict(b"x", RECEIVED).kind == "text"


@pytest.mark.parametrize("how", OUTSIDE)
def test_what_is_always_ended_from_outside_is_never_set_aside(monkeypatch, how):
    ended_by(monkeypatch, how, times=9)
    with Classifier() as classifier:
        assert classifier.verdict(PLAIN, RECEIVED).kind == "unread"
        assert classifier.verdict(b"x", RECEIVED).kind == "text"


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
