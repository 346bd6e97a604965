import pytest

from register.values.reading import Reading
from register.values.url import read

CASES = [
    (" https://example.org ", "https://example.org", "", ""),
    ("HTTPS://EXAMPLE.ORG/Polku", "https://example.org/Polku", "", ""),
    ("www.example.org", "", "url-no-scheme", "https://www.example.org"),
    ("Example.org/ryhmä", "", "url-no-scheme", "https://example.org/ryhmä"),
    ("www.seura.muoti", "", "url-no-scheme", "https://www.seura.muoti"),
    ("kysy.pekalta", "", "url-unlikely", "https://kysy.pekalta"),
    ("Matti.Meikalainen/koti", "", "url-unlikely", "https://matti.meikalainen/koti"),
    ("javascript:alert(1)", "", "url-impossible", ""),
    ("data:text/html,x", "", "url-impossible", ""),
    ("ftp://example.org", "", "url-impossible", ""),
    ("https://user:pw@example.org", "", "url-impossible", ""),
    ("https://localhost/", "", "url-impossible", ""),
    ("https://[::1]/", "", "url-impossible", ""),
    ("https://127.0.0.1/", "", "url-impossible", ""),
    ("https://example.org:99999/", "", "url-impossible", ""),
    ("https://example.org\u202e", "", "url-impossible", ""),
    ("https://example.org/\ud800", "", "url-impossible", ""),
    ("https://example.org https://example.com", "", "url-impossible", ""),
    ('https://example.org/"onclick', "", "url-impossible", ""),
    ("//example.org", "", "url-impossible", ""),
    ("maija@example.org", "", "url-impossible", ""),
    ("12.3.2026", "", "url-impossible", ""),
    ("ei ole", "", "url-impossible", ""),
    ("https://example.org/" + "a" * 2000, "", "url-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "https://example.org",
    "http://example.org",
    "https://example.org/",
    "https://example.org/Polku/Sivu?a=B&c=d#E",
    "https://example.org:8443/x",
    "https://järjestö.example/",
    "https://example.org/äö",
    "https://a.b.c.example.org",
    "https://example.org/a_b-c~d",
    "https://example.org/(x)",
    "https://example.org/%C3%A4",
    "https://e-esimerkki.example/?q=https://example.com",
    "https://example.org/@maija",
    "https://4h.example",
    "https://example.org/a,b;c=d",
    "https://example.org#ylös",
    "https://example.org?x=1",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)
