"""A meeting's answers through real servers, as a person does it: postfix takes, dovecot shows.

On both stores; once with a password and the token in the subject, once with an access token and
the token in the address.
"""

from __future__ import annotations

import datetime as dt
import re
import socket

import pytest
from aiosmtpd.controller import Controller

from tests.postfix.dovecot import ACCESS, PASSWORD, dovecot
from tests.postfix.instance import postfix
from tests.postfix.places import GooglePlace, Place
from tests.postfix.test_postfix import MEETING, agreed
from tests.replies.clients import CALENDARS, Asked, away, mail, replied, tapped
from tests.sheets_server import SheetsServer

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(600)]

AT = "verkosto.example"
CARDS = f"""Etunimi;Sukunimi;Yhdistys;Sähköposti;Kunta;Kieli;Kutsutaan
Maija;Malli;Espoon kyläyhdistys ry;maija.malli@{AT};Espoo;suomi;kyllä
Nils;Prov;Esbo byalag rf;nils.prov@{AT};Espoo;ruotsi;kyllä
Amina;Test;Newcomers’ Café ry;amina.test@{AT};Espoo;englanti;kyllä
Väinö;Veto;Olarin kyläyhdistys ry;vaino.veto@{AT};Espoo;suomi;kyllä
Pekka;Poissa;Tapiolan kyläyhdistys ry;poissa@{AT};Espoo;suomi;kyllä
Seija;Koe;Vantaan asukasyhdistys ry;seija.koe@{AT};Vantaa;suomi;kyllä
Olli;Oma;Leppävaaran seura ry;olli.oma@{AT};Espoo;suomi;kyllä
"""
CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"
reply_to = "vastaukset@verkosto.example"
answer_by = "{answer_by}"
automatic = ["receipt", "unsubscribed"]

[post]
kind = "smtp"
host = "localhost"
port = {smtp}
security = "starttls"
ca_file = "{authority}"
retries = [0.1]

[mailbox]
kind = "imap"
host = "localhost"
port = {imap}
security = "tls"
ca_file = "{authority}"
user = "vastaukset"
auth = "{auth}"
password_file = "secret"
done = "Luetut"

"""


@pytest.fixture(params=["xlsx", "google"])
def place(request, tmp_path):
    if request.param == "xlsx":
        yield Place(tmp_path)
        return
    with SheetsServer() as server:
        yield GooglePlace(tmp_path, server)


class NobodyHere:
    """Another organisation's mail server, where a person's mailbox is no more."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        return "550 5.1.1 No such user here"


@pytest.fixture
def elsewhere():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(NobodyHere(), hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


def cells(place, tab, key, *headers):
    """What stands in columns of each row, by one of its columns."""
    head, *rows = place.rows(tab)
    where = [head.index(header) for header in headers]
    return {
        row[head.index(key)]: tuple(row[at] if at < len(row) else "" for at in where)
        for row in rows
        if any(row)
    }


def readers(post, kind, count):
    """Who got a kind of letter, of so many letters in all."""
    mails = post.mails(count)
    assert len(mails) == count
    found = [mail for mail in mails if f"{kind}/" in f"{mail['X-Campaign-ID']}/"]
    return sorted(str(mail["To"]).partition("@")[0] for mail in found)


def answers(place):
    found = cells(place, "Kutsut", "Osoite", "Vastaus", "Vastaustapa", "Lähetys")
    return {address.partition("@")[0]: said for address, said in found.items()}


def test_a_meeting_and_its_answers(place, elsewhere):
    google = isinstance(place, GooglePlace)
    auth, word = ("xoauth2", ACCESS) if google else ("login", PASSWORD)
    (place.folder / "secret").touch(mode=0o600)
    (place.folder / "secret").write_text(word + "\n")
    (place.folder / "list.csv").write_text(CARDS, encoding="utf-8")
    place.fill()
    place.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
    place.tidy()
    on = ("Kevätkokous", "--lang", "en")
    with (
        postfix(elsewhere) as post,
        dovecot(post.root / "mail" / "ours", post.root / "server.pem") as imap,
    ):
        settings = {
            "answer_by": "plus" if google else "subject",
            "auth": auth,
            "smtp": post.port,
            "imap": imap,
            "authority": post.authority,
        }
        place.configure(CONFIG.format(**settings))
        place.does(0, "invite.py", "plan", *on, "--apply")
        agreed(place, "send", *on)
        letters = {str(one["To"]).partition("@")[0]: Asked.of(bytes(one)) for one in post.mails(6)}
        assert len(letters) == 6
        (returned,) = post.mails(1, "ours")
        assert returned.get_content_type() == "multipart/report"

        post.takes(
            CALENDARS["gmail"](letters["maija.malli"], "ACCEPTED"),
            tapped(letters["nils.prov"], "Kommer", body="Jag tar med kaffe."),
            away(letters["amina.test"], "I am away until Monday."),
            replied(letters["vaino.veto"], "Onko pysäköintiä?"),
            tapped(letters["seija.koe"], "Ei kutsuja"),
            tapped(letters["olli.oma"], "Tulossa", sender=f"koti@{AT}"),
            mail(f"roska@{AT}", f"vastaukset@{AT}", "Osta halvalla", "Nyt!"),
        )
        post.mails(8, "ours")
        before = place.rows("Kutsut")
        (place.folder / "secret").write_text("aivan-toinen\n")
        refused = place.does(2, "replies.py", "--lang", "en", "--apply").stderr
        assert "does not accept" in refused and "aivan-toinen" not in refused
        (place.folder / "secret").write_text(word + "\n")
        shown = place.does(0, "replies.py", "--lang", "en").stdout
        assert "2 answers" in shown and place.rows("Kutsut") == before
        place.does(0, "replies.py", "--lang", "en", "--apply")
        expected = {
            "maija.malli": ("tulossa", "kalenteri", "lähetetty"),
            "nils.prov": ("tulossa", "sähköposti", "lähetetty"),
            "amina.test": ("", "", "lähetetty"),
            "vaino.veto": ("", "", "lähetetty"),
            "poissa": ("", "", "palautui"),
            "seija.koe": ("", "", "lähetetty"),
            "olli.oma": ("", "", "lähetetty"),
        }
        assert answers(place) == expected
        bans = cells(place, "Kiellot", "Osoite", "Laajuus", "Syy")
        assert bans == {
            f"poissa@{AT}": ("kaikki", "palautui"),
            f"seija.koe@{AT}": ("kutsut", "pyyntö"),
        }
        kinds = [row[1] for row in cells(place, "Tarkista", "Tunnus", "Tunnus", "Laji").values()]
        assert sorted(k for k in kinds if k in ("vastaus", "palautunut")) == [
            *("palautunut", "vastaus", "vastaus", "vastaus")
        ]
        assert readers(post, "receipt", 8) == ["nils.prov"]
        assert readers(post, "unsubscribed", 8) == ["seija.koe"]

        left = place.rows("Kutsut"), place.rows("Kiellot"), place.rows("Tarkista")
        place.does(0, "replies.py", "--apply", "--detailed-exitcode")
        assert (place.rows("Kutsut"), place.rows("Kiellot"), place.rows("Tarkista")) == left
        status = place.does(0, "invite.py", "status", *on).stdout
        assert re.search(r"2.*0.*0.*4", status.splitlines()[0]), status

        # The day after: who was there is marked by hand.
        yesterday = (dt.date.today() - dt.timedelta(days=1)).isoformat()
        place.types("Tapaamiset", 2, "Pvm", yesterday)
        place.types("Tapaamiset", 2, "Vastaa viimeistään", "")
        place.types("Tapaamiset", 2, "Tila", "pidetty")
        for who, was in {"maija.malli": "kyllä", "nils.prov": "ei", "vaino.veto": "kyllä"}.items():
            place.types("Kutsut", place.row_with("Kutsut", who), "Osallistui", was)
        late = CALENDARS["thunderbird"](letters["nils.prov"], "DECLINED")
        post.takes(late)
        post.mails(1, "ours")
        place.does(0, "replies.py", "--apply")
        assert answers(place) == expected
        agreed(place, "thanks", *on)
        assert readers(post, "thanks", 10) == ["maija.malli", "vaino.veto"]
    place.tidy()
    done = cells(place, "Yhteistyö", "Organisaatio", "Asia", "Laji", "Tilanne")
    assert {name.partition(" ·")[0]: said for name, said in done.items()} == {
        "Espoon kyläyhdistys ry": ("Kevätkokous", "tapaaminen", "valmis"),
        "Olarin kyläyhdistys ry": ("Kevätkokous", "tapaaminen", "valmis"),
    }
    place.tidy()
    assert cells(place, "Yhteistyö", "Organisaatio", "Asia", "Laji", "Tilanne") == done
