"""What people are told of the reasons in :mod:`register.letters.audience`: msgids by code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "own-municipality": "{count} work in the area",
    "home-municipality": "{count} are from organisations whose home is in the area",
    "area-of-activity": "{count} are from organisations that are active in the area",
    "nationwide": "{count} are invited because the meeting is nationwide",
    "no-id": "{count} have no id yet: run cleanup.py first",
    "merged": "{count} rows have been merged into others",
    "archived": "{count} rows are archived",
    "ended": "{count} have ended in their role",
    "not-to-invite": "{count} are not to be invited",
    "organisation-archived": "{count} are from organisations that are archived",
    "area": "{count} are outside the area",
    "type": "{count} are from another type of organisation",
    "group": "{count} are in another group",
    "topic": "{count} have other topics",
    "network": "{count} are in other networks",
    "no-address": "{count} have no e-mail address",
    "bad-address": "{count} have an e-mail address that cannot be written to",
    "unsafe-name": "{count} have a link, an address or hidden characters in their name",
    "ban-all": "{count} must not be written to",
    "ban-invitations": "{count} do not want invitations",
    "vetoed": "{count} have been left out by hand in the tab of invitations",
    "already-invited": "{count} have been invited already",
    "same-mailbox": "{count} share a mailbox with somebody who gets the letter",
    "gone": "{count} are no longer in the register",
    "address-changed": "{count} have a new address: run invite.py plan again",
    "meeting-past": "The day of the meeting has passed.",
    "rsvp-missing": "The meeting has no day to answer by.",
    "rsvp-past": "The day to answer by has passed.",
    "rsvp-after-meeting": "The day to answer by is after the meeting.",
}
