"""SPF, DKIM, DMARC: what is in order, and what is told where it is not."""

from __future__ import annotations

from base64 import b64encode

import pytest

from register.book.errors import ConfigError
from register.letters.authentication import MOST_LOOKUPS, USUAL_SELECTORS, dkim, dmarc, spf

D = "verkosto.example"


def key(size):
    """A key of so many bytes; 162 is 1,024 bits of RSA, 294 is 2,048."""
    return b64encode(bytes(size)).decode()


def asking(**records):
    """A lookup that knows these records, ``_`` for the domain itself."""
    named = {
        name.replace("__", "."): [text] if isinstance(text, str) else text
        for name, text in records.items()
    }
    named = {D if name == "_" else name: texts for name, texts in named.items()}
    return lambda name: named.get(name, ())


@pytest.mark.parametrize(
    ("record", "host"),
    [
        ("v=spf1 mx ~all", "mail.verkosto.example"),
        ("v=spf1 ip4:192.0.2.1 -all", "mail.verkosto.example"),
        ("V=SPF1 include:_spf.google.com ~all", "smtp.gmail.com"),
        ("v=spf1 a mx include:spf.protection.outlook.com -all", "smtp.office365.com"),
        ("v=spf1 ?all", "mail.verkosto.example"),
        ("v=spf1 exists:%{i}.spf.verkosto.example include:%{d}.example -all", "mail.example"),
    ],
)
def test_spf_in_order(record, host):
    said, values = spf(D, host, asking(_=["google-site-verification=x", record]))
    assert said.startswith("SPF") and values["record"] == record


@pytest.mark.parametrize(
    ("records", "host", "about"),
    [
        ([], "mail.example", "no SPF record"),
        (["v=spf10 mx"], "mail.example", "no SPF record"),
        (["v=spf1 mx -all", "v=spf1 a -all"], "mail.example", "2 SPF records"),
        (["v=spf1 mx +all"], "mail.example", "anybody"),
        (["v=spf1 mx all"], "mail.example", "anybody"),
        (["v=spf1 mx -all"], "smtp.gmail.com", "does not name the servers"),
        ([f"v=spf1 {'a:h.example ' * 11}-all"], "mail.example", "11 names"),
    ],
)
def test_spf_that_does_not_work(records, host, about):
    with pytest.raises(ConfigError, match=about):
        spf(D, host, asking(_=records))


def test_what_an_include_includes_counts():
    """A service may be included by way of another, and each step costs."""
    known = {
        "_": "v=spf1 include:one.example -all",
        "one__example": "v=spf1 include:_spf.google.com",
    }
    spf(D, "smtp.gmail.com", asking(**known))
    chain = {f"n{i}__example": f"v=spf1 include:n{i + 1}.example" for i in range(20)}
    with pytest.raises(ConfigError, match=f"after {MOST_LOOKUPS} they"):
        spf(D, "mail.example", asking(_="v=spf1 redirect=n0.example", **chain))
    spf(D, "mail.example", asking(_=f"v=spf1 include:{D} -all"))


@pytest.mark.parametrize(
    "record",
    [
        f"v=DKIM1; k=rsa; p={key(294)}",
        f"p={key(162)}",
        f"v=DKIM1; p={key(294)[:100]} {key(294)[100:]}",
        f"v=DKIM1; k=ed25519; p={key(32)}",
    ],
)
def test_dkim_in_order(record):
    said, values = dkim(D, "key1", asking(**{f"key1._domainkey.{D}": record}))
    assert said.startswith("DKIM") and values["selector"] == "key1"


@pytest.mark.parametrize(
    ("record", "about"),
    [
        ("v=DKIM1; p=", "revoked"),
        (f"v=DKIM1; p={key(94)}", "too short"),
        ("v=DKIM1; p=not base64!", "damaged"),
        ("v=spf1 mx", "no DKIM key"),
        (f"v=DKIM2; p={key(294)}", "no DKIM key"),
    ],
)
def test_dkim_that_proves_nothing(record, about):
    with pytest.raises(ConfigError, match=about):
        dkim(D, "key1", asking(**{f"key1._domainkey.{D}": record}))


def test_usual_selectors_are_tried():
    """A revoked one is no fault as long as another is in use."""
    records = {
        f"google._domainkey.{D}": "v=DKIM1; p=",
        f"selector2._domainkey.{D}": f"v=DKIM1; p={key(294)}",
    }
    assert dkim(D, "", asking(**records))[1]["selector"] == "selector2"
    with pytest.raises(ConfigError) as missing:
        dkim(D, "", asking())
    assert all(name in str(missing.value) for name in USUAL_SELECTORS)


@pytest.mark.parametrize("policy", ["none", "quarantine", "reject", "REJECT"])
def test_dmarc_in_order(policy):
    said, _ = dmarc(D, asking(**{f"_dmarc.{D}": f"v=DMARC1; p={policy}; rua=mailto:d@{D}"}))
    assert said.startswith("DMARC")


def test_dmarc_of_a_parent_holds():
    dmarc(f"kutsut.{D}", asking(**{f"_dmarc.{D}": "v=DMARC1;p=none"}))
    with pytest.raises(ConfigError, match="no DMARC"):
        dmarc(D, asking(**{"_dmarc.example": "v=DMARC1; p=none"}))


@pytest.mark.parametrize(
    ("records", "about"),
    [
        ([], "no DMARC"),
        (["v=spf1 mx"], "no DMARC"),
        (["v=DMARC1; rua=mailto:x@example.org"], "says nothing"),
        (["v=DMARC1; p=maybe"], "says nothing"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], "says nothing"),
    ],
)
def test_dmarc_that_is_not_heeded(records, about):
    with pytest.raises(ConfigError, match=about):
        dmarc(D, asking(**{f"_dmarc.{D}": records}))
