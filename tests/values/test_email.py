import pytest

from register.values import email
from register.values.email import is_role_mailbox, mailbox_key, read
from register.values.reading import Reading

CASES = [
    ("Maija@ESIMERKKI.example ", "Maija@esimerkki.example", "", ""),
    ("maija@example.org\u200b", "maija@example.org", "", ""),
    ("maija@xn--jrjest-bua3m.example", "maija@järjestö.example", "", ""),
    ("maija@example.con", "", "email-typo", "maija@example.com"),
    ("maija@gmial.com", "", "email-typo", "maija@gmail.com"),
    ("maija@gmial.con", "", "email-typo", "maija@gmail.com"),
    ("maija@hotmial.fi", "", "email-typo", "maija@hotmail.fi"),
    ("maija(at)example.org", "", "email-marks", "maija@example.org"),
    ("maija [ät] example.org", "", "email-marks", "maija@example.org"),
    ("maija(at)example(piste)org", "", "email-marks", "maija@example.org"),
    ("maija at example.org", "", "email-repaired", "maija@example.org"),
    ("maija @ example.org", "", "email-marks", "maija@example.org"),
    ("MAILTO:maija@example.org?subject=Hei", "", "email-repaired", "maija@example.org"),
    ("Maija M. <maija@example.org>", "", "email-repaired", "maija@example.org"),
    ("'maija@example.org", "", "email-marks", "maija@example.org"),
    ("\u202amaija@example.org\u202c", "", "email-repaired", "maija@example.org"),
    ("maija@example,org", "", "email-marks", "maija@example.org"),
    ("maija@@example..org.", "", "email-repaired", "maija@example.org"),
    ("maija\uff20example.org", "", "email-repaired", "maija@example.org"),
    ("maija@example.org (koti)", "", "email-repaired", "maija@example.org"),
    ("työ: maija@example.org", "", "email-repaired", "maija@example.org"),
    ("Maija maija@example.org", "", "email-repaired", "maija@example.org"),
    ("a@example.org, A@example.org", "", "email-repaired", "a@example.org"),
    ("a@example.org; b@example.org", "", "email-several", "a@example.org"),
    ("a@example.org b@example.org", "", "email-several", "a@example.org"),
    ("möttönen@example.org", "", "email-non-ascii", ""),
    ("möttönen(at)example.org", "", "email-non-ascii", ""),
    ("maija virtanen@example.org", "", "email-impossible", ""),
    ("maija@example", "", "email-impossible", ""),
    ("maija@127.0.0.1", "", "email-impossible", ""),
    ("ei ole", "", "email-impossible", ""),
    ("", "", "", ""),
    ("  ", "", "", ""),
]
LEFT_ALONE = [
    "maija@example.org",
    "Maija.Meikalainen+verkosto@example.org",
    "o'brien@example.org",
    "maija@järjestö.example",
    "maija@gmail.com",
    "maija@gmail.fi",
    "maija@mail.com",
    "maija@email.com",
    "maija@ymail.com",
    "maija@hotmail.se",
    "maija@hotmail.fr",
    "maija@live.com",
    "maija@line.fi",
    "maija@pp1.inet.fi",
    "maija@elisa.fi",
    "maija@yahoo.fi",
    "maija@icon.example",
    "info@example.org",
    "a@falcon.example",
    "1@example.org",
    "_@example.org",
    "maija@a.b.c.d.example.org",
    "maija@xn.example",
    "maija--v@example.org",
    "MAIJA@example.org",
    "maija@4h.example",
    "maija@e-esimerkki.example",
    "maija@co.example",
    "gmial.com@example.org",
    "con@example.org",
    "at@example.org",
    "mailto@example.org",
    "maija@outlook.com",
    "maija@luukku.com",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


@pytest.mark.parametrize(
    ("address", "role"),
    [
        *[("info@example.org", True), ("Toimisto.espoo@example.org", True)],
        *[("kansli2@example.org", True), ("infokirje@example.org", False)],
        *[("maija@example.org", False), ("postila@example.org", False), ("", False)],
        *[("tj.makinen@gmail.com", False), ("hei.wong@gmail.com", False)],
        *[("sales.maria@example.org", False), ("posti.matti@example.org", False)],
        *[("rh.korhonen@example.org", False), ("matti.niskola@example.org", False)],
        *[("tj@example.org", True), ("sales@example.org", True), ("sales.espoo@example.org", True)],
        *[("hameenlinnan.pj@example.org", True), ("pj.apu@apu.example", True)],
        *[("pj.martat@gmail.com", True), ("espoonpj@gmail.com", True)],
        *[("espoonpuheenjohtaja@gmail.com", True), ("apuinfo@gmail.com", True)],
        *[("nuorisosihteeri@example.org", True), ("esbo.ordf@example.org", True)],
        *[("zorro.sihteeri@example.org", True), ("neuvonta.zorro@example.org", True)],
        *[("verkosto.zorro@example.org", True), ("zorro.verkosto@example.org", False)],
    ],
)
def test_an_office_and_a_person(address, role):
    assert is_role_mailbox(address) is role


def test_two_spellings_of_one_mailbox():
    assert mailbox_key("Maija@Järjestö.example") == mailbox_key("maija@xn--jrjest-bua3m.example")
    assert mailbox_key("maija@example.org") != mailbox_key("maija.m@example.org")
    assert mailbox_key("maija") == mailbox_key("@example.org") == ""


UNREACHABLE = [
    *("a" * 65 + "@example.org", "ä" * 33 + "@example.org"),
    *(f"x@foo.{top}" for top in ("test", "invalid", "localhost", "local", "internal", "onion")),
    *(
        f"x@foo.{top}"
        for top in ("alt", "arpa", "lan", "home", "corp", "intranet", "TEST", "Local")
    ),
    *("x@localhost", "x@home.arpa", "x@example.c", "x@org", "x@1.2.3.4", "x@[127.0.0.1]"),
    *("a%b@example.org", "a%b.org@relay.example", "host!user@example.org", "a`c@example.org"),
    *("=x@example.org", "=1+1@example.org", "+x@example.org", "-x@example.org", "@x@example.org"),
    *('"a b"@example.org', '"ab"@example.org', "x@[IPv6:::1]", "x@exa\u0338mple.org"),
    *(
        "x@exa\u0301mple.org",
        "x@exam_ple.org",
        "x@-example.org",
        "a`b@example.org",
    ),
    *("x@" + "a" * 64 + ".org", "x@" + ".".join(["a" * 60] * 4) + ".example.org"),
    "x@" + ".".join(["ä" * 40] * 4) + ".fi",
]


@pytest.mark.parametrize("cell", UNREACHABLE)
def test_what_no_letter_goes_to(cell):
    reading = read(cell)
    assert (reading.value, reading.problem) == ("", "email-impossible")
    assert reading.suggestion == ""


@pytest.mark.parametrize(
    "cell", ["x@\u0435xample.org", "x@xn--e1awd7f.com", "x@\u0435\u0440\u0456\u0441.com"]
)
def test_a_domain_that_looks_like_another(cell):
    assert read(cell) == Reading(problem="text-mixed-scripts")


@pytest.mark.parametrize(
    "cell",
    [
        "Maija <x@example.org>",
        "<Maija> x@example.org",
        ".x@example.org",
        "x@@example.org",
        "x@example..org",
        "x at example.org",
        "x(a)example.org",
        "mailto:x@example.org?cc=y",
        "x@example.org (koti)",
    ],
)
def test_what_is_proposed_without_its_dressing(cell):
    assert read(cell) == Reading(problem="email-repaired", suggestion="x@example.org")


@pytest.mark.parametrize(
    "cell",
    [
        "x@example.org.",
        "<x@example.org>",
        "x@example.org,",
        "x@example.org;",
        "(x@example.org)",
        '"x@example.org"',
        "x(at)example.org",
        "x [ät] example (piste) org",
        "x @ example.org",
        "mailto: x@example.org",
        "x@example,org",
    ],
)
def test_marks_around_an_address_leave_no_doubt(cell):
    assert read(cell) == Reading(problem="email-marks", suggestion="x@example.org")


@pytest.mark.parametrize(
    "cell",
    [
        "x@example.org,fi",
        "x@example.fi,com",
        "x@example.org; ei käytössä",
        "y x@example.org;",
        "x(at)gmial.com",
        "x@ example.con",
        "x@example,org,fi",
        "m\u00f6tt\u00f6nen(at)example.org",
        "x@ex\u0430mple.org;",
    ],
)
def test_what_may_be_read_in_another_way_is_no_mark(cell):
    assert read(cell).problem != "email-marks"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
        ("x@foo.example", "x@foo.example"),
        ("x@ja\u0308rjesto\u0308.example", "x@järjestö.example"),
        ("x@testi.fi", "x@testi.fi"),
        (
            "x@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
            "x@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
        ),
        ("_x@example.org", "_x@example.org"),
        ("5x@example.org", "5x@example.org"),
    ],
)
def test_what_is_an_address(cell, value):
    assert read(cell) == Reading(value)


@pytest.mark.parametrize("cell", ["|cmd@example.org", "a/b@example.org"])
def test_what_is_asked_about_and_not_mailed(cell):
    assert (read(cell).value, read(cell).problem) == ("", "email-repaired")


def test_what_is_taken_at_a_glance_is_what_a_closer_look_takes():
    glance = [
        *("maija.malli@example.org", "info@x.fi", "a+b-c_d.1@sub.example-2.org", "0@0.fi"),
        *(f"{'a' * 64}@example.org", f"a@{'b' * 63}.fi", f"a@{'.'.join(['b' * 49] * 5)}.fi"),
    ]
    closer = [
        *(f"{'a' * 65}@example.org", f"a@{'b' * 64}.fi", f"a@{'.'.join(['b' * 50] * 5)}.fi"),
        *("a@b.test", "a@b.local", "a@localhost", "a@b.f", "a@b.c0m", "a..b@x.fi", ".a@x.fi"),
        *("a@x--y.fi", "a@xn--4ca.fi", "a@-x.fi", "Info@x.fi", "a@X.fi", "a@x.fi\n", " a@x.fi"),
        *("a@x.fi.", "ä@x.fi", "a@ä.fi", "'a@x.fi", "a!b@x.fi", "a@b@x.fi", "a/b@x.fi", ""),
    ]
    assert [one for one in (*glance, *closer) if email._is_plain(one)] == glance
    assert [email._canonical(one) for one in glance] == glance


@pytest.mark.parametrize(
    ("text", "mailboxes"),
    [
        ("Ks. maija@x.example, (eila@y.example)", ["maija@x.example", "eila@y.example"]),
        ("[mailto:maija@x.example]", ["maija@x.example"]),
        ("a@b", []),
    ],
)
def test_mailboxes_among_words(text, mailboxes):
    assert email.MAILBOX_IN_TEXT.findall(text) == mailboxes
