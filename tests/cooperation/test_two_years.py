"""Two years with six changes of person, on both stores; the packet at the end is complete.

What is expected is written out here by hand, and not taken from the code that makes the packet.
"""

import re
from datetime import date

import pytest

from register.cooperation.history import history_of
from register.cooperation.packet import handover_packet
from register.show import document_forms, history as timeline
from register.show.packet import packet_document
from register.stores.workbook import Workbook
from tests.cooperation.story import SAY, Story
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

TODAY = date(2026, 11, 23)


def _workbook(folder):
    store = Workbook(folder / "register.xlsx", "fi")
    store.create("fi", [], {}, apply=True)
    return store


@pytest.fixture(scope="module", params=["workbook", "google"])
def told(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("story")
    if request.param == "workbook":
        yield tell(Story(_workbook(folder)))
        return
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        yield tell(Story(desk.store, desk.types))


def tell(story):
    ids = {}
    for name in ("Jari Alku", "Anna Jatko"):
        story.type("choices", owners=name)
    orgs = {
        "city": ("Espoon kaupunki", "municipality", "Espoo", "active", "kirjaamo@espoo.example.org"),
        "club": ("Espoon kyläyhdistys ry", "association", "Espoo", "establishing", "pj@kyla.example.org"),
        "aid": ("Vantaan Apu ry", "association", "Vantaa", "active", "info@apu.example.org"),
        "parish": ("Espoon seurakunta", "parish", "Espoo", "exploring", ""),
        "firm": ("Näkymä Oy", "company", "Espoo", "not_interested", ""),
    }  # fmt: skip
    for key, (name, type_, home, stage, email) in orgs.items():
        ids[key] = story.type(
            "organisations", name=name, type=type_, municipality=home, stage=stage, email=email,
            source="käsin", verified_on="2025-01-07",
        )  # fmt: skip

    def person(key, first, last, org, role, group, **cells):
        ids[key] = story.type(
            "people", first=first, last=last, org=story.ref("organisations", ids[org]), role=role,
            group=group, invite="yes", source="käsin", basis="legitimate_interest",
            owner="Jari Alku", **cells,
        )  # fmt: skip

    person(
        "maija",
        "Maija",
        "Malli",
        "city",
        "kotouttamispäällikkö",
        "official",
        trust="trusts_us",
        email="maija.malli@espoo.example.org",
    )
    person(
        "pekka",
        "Pekka",
        "Testi",
        "club",
        "puheenjohtaja",
        "association_actor",
        email="pj@kyla.example.org",
    )
    person(
        "ritva",
        "Ritva",
        "Rivi",
        "aid",
        "toiminnanjohtaja",
        "association_actor",
        email="ritva@apu.example.org",
        phone="+358401234567",
    )
    person("olli", "Olli", "Ovi", "parish", "diakoni", "association_actor", email="olli@srk.example.org")  # fmt: skip
    ids["network"] = story.type(
        "networks", name="Espoon järjestöverkosto", area="Espoo",
        org=story.ref("organisations", ids["club"]), person=story.ref("people", ids["pekka"]),
        member="yes", join="ilmoittaudu puheenjohtajalle",
    )  # fmt: skip
    story.type(
        "inbox",
        text="12.1.2025 Espoo / Maija Malli: kotouttamishanke, lupasi tilan, soitetaan huhtikuussa",
    )
    story.clean("2025-01-20")
    story.accept("kotouttamishanke", by="Jari Alku")

    def matter(org, who, name, **cells):
        return story.type(
            "cooperation", org=story.ref("organisations", ids[org]),
            person=story.ref("people", ids[who]) if who else "", matter=name, owner="Jari Alku",
            **{"kind": "cooperation", "state": "open", **cells},
        )  # fmt: skip

    matter(
        "club",
        "pekka",
        "Kyläpäivä",
        date="2025-02-10",
        agreed="yhdistys hoitaa kahvit",
        next="sovitaan päivä",
        due="2026-12-15",
    )
    matter(
        "aid",
        "ritva",
        "Ystävätoiminta",
        date="2025-03-01",
        agreed="koulutamme kymmenen vapaaehtoista",
        next="lähetetään ohjelma",
        due="2026-10-01",
    )
    matter(
        "parish",
        "olli",
        "Joululounas",
        date="2025-03-05",
        agreed="keittiö käytössä",
        next="varataan sali",
        due="2026-12-01",
    )
    matter("firm", "", "Sponsorointi", date="2025-03-09", state="lapsed")
    matter("aid", "ritva", "Ruokajakelu", date="2025-01-15", state="done", agreed="jaettiin 200 kassia")  # fmt: skip

    # 1: the named successor of a decision-maker
    person(
        "liisa",
        "Liisa",
        "Laine",
        "city",
        "kotouttamispäällikkö",
        "official",
        email="liisa.laine@espoo.example.org",
        start="2025-04-01",
    )
    story.set("people", ids["maija"], end="2025-03-31", successor=story.ref("people", ids["liisa"]))
    story.clean("2025-04-02")
    story.accept("Maija Malli")
    # 2: a new chairman reads the same mailbox
    person(
        "sari",
        "Sari",
        "Salo",
        "club",
        "puheenjohtaja",
        "association_actor",
        email="pj@kyla.example.org",
        start="2025-06-01",
    )
    story.set("people", ids["pekka"], end="2025-05-31")
    story.clean("2025-06-02")
    story.accept("Pekka Testi")
    # a meeting at which the club and the parish were
    meeting = story.type(
        "meetings", name="Kevään verkostotapaaminen", kind="network_meeting", date="2025-06-10",
        start="17:00", place="Kylätalo", area="Espoo", state="held",
    )  # fmt: skip
    for who in ("sari", "olli"):
        story.type(
            "invitations",
            meeting=story.ref("meetings", meeting),
            person=story.ref("people", ids[who]),
            attended="yes",
            send="yes",
        )
    story.clean("2025-06-12")
    # 3: nobody comes after the executive director
    story.set("people", ids["ritva"], end="2025-08-31")
    story.clean("2025-09-02")
    story.accept("Ritva Rivi")
    # 4: the successor is not in the register
    story.set("people", ids["olli"], end="2025-12-31", successor="Ulla Uusi")
    story.clean("2026-01-03")
    story.accept("Olli Ovi")
    # 5: the chain goes on
    person(
        "kai",
        "Kai",
        "Kaski",
        "city",
        "kotouttamispäällikkö",
        "official",
        email="kai.kaski@espoo.example.org",
        phone="+358401112223",
        start="2026-05-01",
    )
    story.set("people", ids["liisa"], end="2026-04-30", successor=story.ref("people", ids["kai"]))
    story.clean("2026-05-02")
    story.accept("Liisa Laine")
    # 6: our own coordinator leaves
    owner = next(
        row for row, cell in story.read().table("choices").column("owners") if cell == "Jari Alku"
    )
    story.set("choices", owner, owner_end="30.9.2026")
    story.clean("2026-10-01")
    story.accept("Jari Alku")
    # what lies ahead
    story.type(
        "meetings", name="Joulukuun verkostotapaaminen", kind="network_meeting", date="2026-12-08",
        start="17:00", place="Olarin kylätalo", area="Espoo", state="draft",
        host=story.ref("people", ids["kai"]),
    )  # fmt: skip
    story.type(
        "bans",
        email="pj@kyla.example.org",
        scope="invitations",
        reason="request",
        date="2026-06-01",
    )
    story.clean("2026-11-23")  # fmt: skip
    return story.read(), ids


def test_every_open_matter_is_with_who_is_there_now_and_tells_from_whom_it_came(told):
    book, _ = told
    rows = {row["matter"]: row for _, row in book.table("cooperation").rows()}
    told_now = {
        name: (
            row["person"].partition(" · ")[0],
            row["handed_from"].partition(" · ")[0],
            row["owner"],
        )
        for name, row in rows.items()
    }
    vacant = next(
        row_id
        for row_id, row in book.table("people").rows()
        if row["role"] == "toiminnanjohtaja" and not row["end"]
    )
    assert told_now == {
        "kotouttamishanke": ("Kai Kaski", "Liisa Laine", "Anna Jatko"),
        "Kyläpäivä": ("Sari Salo", "Pekka Testi", "Anna Jatko"),
        "Ystävätoiminta": (vacant, "Ritva Rivi", "Anna Jatko"),
        "Joululounas": ("Ulla Uusi", "Olli Ovi", "Anna Jatko"),
        "Sponsorointi": ("", "", "Jari Alku"),
        "Ruokajakelu": ("Ritva Rivi", "", "Jari Alku"),
        "Kevään verkostotapaaminen": (told_now["Kevään verkostotapaaminen"][0], "", "Jari Alku"),
    }  # fmt: skip
    meetings = [r["person"] for _, r in book.table("cooperation").rows() if r["kind"] == "meeting"]
    assert {cell.partition(" · ")[0] for cell in meetings} == {"Sari Salo", "Olli Ovi"}
    assert book.table("people").cell(vacant, "email") == "info@apu.example.org"
    (network,) = [
        r for _, r in book.table("networks").rows() if r["name"] == "Espoon järjestöverkosto"
    ]
    assert network["person"].startswith("Sari Salo · ")


def written(told, **how):
    book, _ = told
    made = packet_document(handover_packet(book, "Anna Jatko", TODAY), book, SAY, **how)
    return (
        document_forms.document_text(made),
        document_forms.document_markdown(made),
        document_forms.document_page(made, SAY),
    )


def section(text, key):
    """Return one chapter of the page, tags left out."""
    found = re.search(rf'<section id="{key}".*?</section>', text, re.S)
    assert found, key
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


QUESTIONS = [
    ("Who is the city's head of integration now?", "partners", "Kai Kaski kotouttamispäällikkö"),
    ("At which number do I reach him?", "partners", "040 1112223"),
    ("What has the city promised?", "partners", "lupasi tilan"),
    ("How far are we with the village association?", "partners", "vakiinnuttaminen"),
    ("Which promise of ours is late?", "open", "Ystävätoiminta lähetetään ohjelma 1.10.2026"),
    ("By when is the hall to be booked?", "open", "Joululounas varataan sali 1.12.2026"),
    ("Who was the chairman before?", "partners", "Pekka Testi"),
    ("Who may we not invite?", "not-twice", "Sari Salo"),
    ("What came to nothing?", "not-twice", "Sponsorointi"),
    ("When and where do we meet next?", "meetings", "8.12.2026"),
    ("Which network are we in, and who is its contact?", "networks", "Sari Salo"),
    ("Which decision-maker trusted us, in which matter?", "trust", "Maija Malli"),
    ("In which matter was that?", "trust", "Espoon kaupunki kotouttamishanke 31.3.2025"),
]


@pytest.mark.parametrize(("question", "key", "answer"), QUESTIONS)
def test_a_newcomer_finds_the_answer_in_the_packet(told, question, key, answer):
    assert answer in section(written(told)[2], key), question


EXPECTED = [
    *("Espoon kaupunki", "Espoon kyläyhdistys ry", "Vantaan Apu ry", "Espoon seurakunta"),
    *("Kai Kaski", "Sari Salo", "Ulla Uusi", "Maija Malli", "Liisa Laine", "Pekka Testi"),
    *("Ritva Rivi", "Olli Ovi", "toiminnanjohtaja", "info@apu.example.org"),
    *("kotouttamishanke", "Kyläpäivä", "Ystävätoiminta", "Joululounas", "Ruokajakelu"),
    *("yhdistys hoitaa kahvit", "koulutamme kymmenen vapaaehtoista", "keittiö käytössä"),
    *("jaettiin 200 kassia", "15.12.2026", "30.4.2025", "Kevään verkostotapaaminen"),
    *("Joulukuun verkostotapaaminen", "Olarin kylätalo", "Espoon järjestöverkosto"),
    *("ilmoittaudu puheenjohtajalle", "tunnustelu", "toiminta", "VALIKKO", "EJY ry"),
]


@pytest.mark.parametrize("word", EXPECTED)
def test_the_packet_is_complete_in_every_form(told, word):
    for text in written(told):
        assert word in text.replace("\\", "")


def test_a_public_packet_names_nobody_who_has_not_agreed_and_tells_nothing_in_confidence(told):
    for text in written(told, public=True):
        plain = re.sub("<style>.*?</style>", "", text, flags=re.S).replace("\\", "")
        for secret in (
            *("Kai Kaski", "Sari Salo", "Maija", "Ritva Rivi", "@", "lupasi tilan", "kahvit"),
            *("luottaa", "040", "Sponsorointi", "Näkymä", "vakiinnuttaminen", "Joulukuun"),
        ):
            assert secret not in plain
        assert "Espoon kyläyhdistys ry" in plain and "Espoon järjestöverkosto" in plain


def test_the_history_of_who_is_there_now_tells_what_was_taken_over(told):
    book, ids = told
    text = document_forms.document_text(
        timeline.history_document(history_of(book, ids["kai"]), book, SAY)
    )
    assert "kotouttamishanke" in text and "Liisa Laine" in text and "lupasi tilan" in text
    assert "Kyläpäivä" not in text
    first = document_forms.document_text(
        timeline.history_document(history_of(book, ids["maija"]), book, SAY)
    )
    assert "kotouttamishanke" in first and "Siirtynyt: Liisa Laine ← Maija Malli" in first
    matter = document_forms.document_text(
        timeline.history_document(history_of(book, "kyläpäivä"), book, SAY)
    )
    assert "Espoon kyläyhdistys ry / Sari Salo" in matter
