"""Campaigns: what a ledger and a Message-ID call one round of letters.

A campaign is ``T-…/kind/n``: the n-th letter of its kind about a meeting. A rehearsal is a
campaign of its own, so that it never stands in the way of the real one.
"""

from __future__ import annotations

import re

REHEARSAL = "/rehearsal"
"""Ends the name of a campaign whose letters only went to a folder."""


def campaign(meeting: str, kind: str = "invitation", number: int = 1) -> str:
    """Return the name of a campaign, ``T-7K3MQ/invitation/1``."""
    return f"{meeting}/{kind}/{number}"


def in_ledger(name: str, *, rehearsal: bool) -> str:
    """Return what the ledger calls a campaign, or its rehearsal."""
    return name + REHEARSAL if rehearsal else name


def message_id(name: str, person: str, domain: str) -> str:
    """Return the one Message-ID that a person's letter of a campaign ever has (RFC 5322, 3.6.4).

    It holds ids only: ``<T-7K3MQ.invitation.1.H-9ZC41@example.org>``.
    """
    local = ".".join(re.sub(r"[^A-Za-z0-9-]+", "-", part) for part in (*name.split("/"), person))
    return f"<{local}@{domain}>"
