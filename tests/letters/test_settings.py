"""The sender: what the configuration says, or every fault of it at once."""

from __future__ import annotations

import pytest

from register.book.errors import ConfigError
from register.letters.settings import Sender

GOOD = {
    "name": "Maija Malli, Yhdistysverkosto",
    "address": "verkosto@example.org",
    "privacy_url": "https://www.example.org/tietosuoja",
    "allowed_links": ("https://www.example.org/", "mailto:apu@example.org"),
}


def test_a_sender():
    """What is left out follows from the address and the name."""
    sender = Sender.of(**GOOD)
    assert (sender.domain, sender.list_id) == ("example.org", "verkosto.example.org")
    assert (sender.answers, sender.organisation) == ("verkosto@example.org", GOOD["name"])
    assert Sender.of(**GOOD, reply_to="apu@example.org").answers == "apu@example.org"


@pytest.mark.parametrize(
    ("cells", "keys"),
    [
        ({"address": "verkosto"}, ["from_address", "list_id"]),
        ({"address": "a@example.org, b@example.org"}, ["from_address"]),
        ({"reply_to": "vastaukset"}, ["reply_to"]),
        ({"name": "a\r\nBcc: b@example.org"}, ["from_name", "organisation"]),
        ({"organisation": "a\u202eb", "list_id": "a>b"}, ["organisation", "list_id"]),
        ({"privacy_url": "javascript:alert(1)"}, ["privacy_url"]),
        ({"allowed_links": ("https://ok.example/", "ftp://x.example/")}, ["allowed_links"]),
    ],
)
def test_faults_are_named_at_once(cells, keys):
    with pytest.raises(ConfigError) as stop:
        Sender.of(**{**GOOD, **cells})
    assert [values["key"] for _, values in stop.value.faults] == keys
