"""Exclusive runs: a run takes the lease before it writes or sends, so that no other interferes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from register.autopilot.lease import Lease
from register.run.kept_state import KeptState
from register.run.session import Session
from register.state.computer import this_computer
from register.stores.read_once import ReadOnce
from register.stores.workbook import Workbook


@contextmanager
def exclusive_session(session: Session) -> Iterator[Session]:
    """Give the session a store that is read once and takes the lease before it is written.

    Letters also wait for the lease, and for the state to be kept in the register if that is
    configured. The lease ends with the run, however it ends; a lease left by a killed run of this
    computer ends too.
    """
    is_local = isinstance(session.store, Workbook)
    settle_seconds = 0 if is_local else session.config.google.settle_seconds
    computer = this_computer(session.state) if session.options.apply else ""
    lease = Lease(session.store, computer, session.now, settle_seconds)
    store = ReadOnce(session.store, lease.hold)
    kept = KeptState(session, store)

    def before_sending() -> None:
        store.guard()
        kept.guard()

    try:
        kept.learn()
        yield replace(session, store=store, hold=store.guard, before_sending=before_sending)
        kept.keep()
        if computer and lease.is_left(store.read()):
            store.guard()
    finally:
        lease.end()
