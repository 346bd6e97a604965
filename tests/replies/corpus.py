"""A corpus of messages with what each says: made here, in the shapes of real programs and servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.replies.clients import (
    AT,
    CALENDARS,
    Asked,
    away,
    made_id,
    mail,
    part,
    replied,
    returned,
    tapped,
)
from tests.replies.dialects import NOTICES, REPORTS
from tests.replies.shapes import SHAPES


@dataclass(frozen=True)
class Case:
    """A message, the kind of verdict that it must have, and fields of it."""

    name: str
    data: bytes
    kind: str
    fields: dict[str, object]


ANSWERS = {"ACCEPTED": "coming", "TENTATIVE": "maybe", "DECLINED": "not_coming"}

# status, what the server said, is it for good?
STATUSES = [
    ("5.1.1", "550 5.1.1 <x@example.org>: Recipient address rejected: User unknown", True),
    ("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist.", True),
    ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP", True),
    ("5.1.2", "550 5.1.2 Host unknown", True),
    ("5.1.3", "501 5.1.3 Bad recipient address syntax", True),
    ("5.1.6", "551 5.1.6 Recipient no longer on server", True),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled.", True),
    ("5.4.4", "Host or domain name not found. Name service error: Host not found", True),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. user not found", True),
    ("5.0.0", "550 No such user here", True),
    ("5.0.0", "550 unknown local part", True),
    ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable", True),
    ("5.0.0", "550 Invalid recipient", True),
    ("5.2.0", "550 5.2.0 mailbox does not exist", True),
    ("5.0.0", "550 5.1.1 user unknown", True),
    ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota.", False),
    ("5.2.2", "554 5.2.2 mailbox full", False),
    ("5.2.1", "552 5.2.1 user is over the limit of mail", False),
    ("5.2.3", "552 5.2.3 Message size exceeds fixed limit", False),
    ("5.3.4", "552 5.3.4 Message too big for system", False),
    ("5.7.1", "550 5.7.1 Message rejected due to content restrictions", False),
    ("5.7.1", "554 5.7.1 Service unavailable; Client host blocked using a block list", False),
    ("5.7.26", "550-5.7.26 This mail has been blocked: the sender is unauthenticated", False),
    ("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", False),
    ("5.7.0", "550 5.7.0 Spam detected", False),
    ("5.6.0", "554 5.6.0 Message contains invalid header", False),
    ("5.4.6", "554 5.4.6 Too many hops", False),
    ("5.4.14", "554 5.4.14 Hop count exceeded - possible mail loop", False),
    ("5.0.0", "554 Message refused: policy", False),
    ("5.0.0", "552 Requested mail action aborted: exceeded storage allocation", False),
    ("5.0.0", "550 Transaction failed", False),
    ("4.2.2", "452 4.2.2 mailbox full", False),
    ("4.7.1", "451 4.7.1 Greylisting in action, please try again", False),
    ("4.4.7", "delivery time expired", False),
    ("4.3.2", "421 4.3.2 Service not available", False),
    ("4.4.1", "connect to mx.example.org: Connection timed out", False),
    ("4.1.8", "450 4.1.8 Domain of sender address not found", False),
]

# words of the daemon, is it for good?
DAEMONS = [
    (
        "qmail",
        "Hi. This is the qmail-send program at mail.example.org.\nI'm afraid I wasn't able to"
        " deliver your message to the following addresses.\nThis is a permanent error; I've given"
        " up. Sorry it didn't work out.\n\n<{to}>:\n203.0.113.5 does not like recipient.\nRemote"
        " host said: 550 5.1.1 <{to}>... User unknown\nGiving up on 203.0.113.5.\n\n--- Below this"
        " line is a copy of the message.\n\n",
        True,
    ),
    (
        "exim",
        "This message was created automatically by mail delivery software.\n\nA message that you"
        " sent could not be delivered to one or more of its\nrecipients. This is a permanent error."
        " The following address(es) failed:\n\n  {to}\n    SMTP error from remote mail server after"
        " RCPT TO:<{to}>:\n    host mx.example [203.0.113.5]: 550 5.1.1 No such user here\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n",
        True,
    ),
    (
        "exim-full",
        "This message was created automatically by mail delivery software.\n\nA message that you"
        " sent could not be delivered to one or more of its\nrecipients. The following address(es)"
        " failed:\n\n  {to}\n    552 5.2.2 Mailbox is over quota\n\n------ This is a copy of the"
        " message, including all the headers. ------\n\n",
        False,
    ),
    (
        "sendmail-warning",
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE"
        " ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    ********************"
        "**************************\n\nThe original message was received\n   ----- Transcript of"
        " session follows -----\n<{to}>... Deferred: Connection timed out with mx.example\nWarning:"
        " message still undelivered after 4 hours\n\n",
        False,
    ),
    (
        "webmail",
        "Sorry, we were unable to deliver your message to the following address.\n\n<{to}>:\nRemote"
        " host said: 554 5.7.1 rejected due to spam content\n\n--- Below this line is a copy of the"
        " message.\n\n",
        False,
    ),
]

AWAY = [
    ("Automaattinen vastaus: Kutsu", "Olen lomalla 3.12. saakka.", "auto-reply"),
    ("Poissa: Kutsu", "En ole paikalla tällä viikolla.", "auto-reply"),
    ("Autosvar: Inbjudan", "Jag är på semester.", "auto-reply"),
    ("Automatiskt svar: Inbjudan", "Jag är inte på plats, tillbaka på måndag.", "auto-reply"),
    ("Automatic reply: Invitation", "I am out of the office.", "auto-reply"),
    ("Out of Office: Invitation", "I will be back on Monday and see you then.", "auto-reply"),
    ("Abwesenheitsnotiz", "Ich bin nicht im Büro.", "auto-reply"),
    ("Re: Kutsu", "Kiitos viestistäsi! Vastaan arkisin 9-15.", "auto-reply"),
    ("Lukukuittaus: Kutsu", "Viestisi on luettu.", "auto-reply"),
    ("Automaattinen vastaus", "En ole enää järjestön palveluksessa.", "left"),
    ("Automaattinen vastaus", "Työsuhteeni yhdistyksessä on päättynyt.", "left"),
    ("Automaattinen vastaus", "Olen jäänyt eläkkeelle. Ota yhteyttä: toimisto.", "left"),
    ("Poissa", "Olen siirtynyt toisiin tehtäviin, seuraajani on toimistossa.", "left"),
    ("Autosvar", "Jag arbetar inte längre på föreningen.", "left"),
    ("Autosvar", "Jag har slutat. Kontakta kansliet.", "left"),
    ("Automatic reply", "I no longer work here. Please contact the office.", "left"),
    ("Automatic reply", "Thank you. I have retired as of 1 June.", "left"),
    ("Automatic reply", "Maija has left the organisation.", "left"),
]
MACHINES = [
    ("Auto-Submitted: auto-replied",),
    ("Auto-Submitted: auto-generated (vacation)",),
    ("X-Autoreply: yes",),
    ("X-Autorespond: Out",),
    ("Precedence: auto_reply",),
    ("Precedence: bulk", "X-Auto-Response-Suppress: OOF"),
]

FREE = [
    ("Kiitos kutsusta, olen tulossa!", "coming"),
    ("Tulen mielelläni mukaan.", "coming"),
    ("Ilmoittaudun mukaan, samoin Pekka.", "coming"),
    ("Pääsen paikalle.", "coming"),
    ("Jag kommer gärna!", "coming"),
    ("Yes, I will attend.", "coming"),
    ("Count me in", "coming"),
    ("Valitettavasti en pääse.", "not_coming"),
    ("En valitettavasti pääse tällä kertaa.", "not_coming"),
    ("Emme pääse, hallitus kokoontuu.", "not_coming"),
    ("Joudun perumaan tulon, tulen ensi kerralla.", "not_coming"),
    ("Este tuli, en ole tulossa", "not_coming"),
    ("Tyvärr kan jag inte komma.", "not_coming"),
    ("Jag har förhinder.", "not_coming"),
    ("Sorry, I can't make it", "not_coming"),
    ("Unfortunately we cannot attend.", "not_coming"),
    ("Ehkä, riippuu säästä.", "maybe"),
    ("Yritän päästä, mutta voi mennä myöhäiseksi", "maybe"),
    ("Kanske, jag vet inte än.", "maybe"),
    ("Not sure yet", "maybe"),
    ("Onko paikalla pysäköintiä?", ""),
    ("Mikä on osoite?", ""),
    ("Kiitos!", ""),
    ("Välitän viestin hallitukselle.", ""),
    ("Älkää lähettäkö minulle enää kutsuja.", "unsubscribe"),
    ("Poistakaa minut listalta, kiitos.", "unsubscribe"),
    ("En halua enää näitä viestejä", "unsubscribe"),
    ("Ta bort mig från listan", "unsubscribe"),
    ("Please unsubscribe me", "unsubscribe"),
    ("Stop sending these", "unsubscribe"),
]


SERVER, ASKER = "mx.esimerkki.example", "liisa@yhdistys.example"
"""Our own mail server's authserv-id, and who may ask for something by mail."""

GENUINE = f"Authentication-Results: {SERVER}; dmarc=pass header.from=yhdistys.example"

# subject, what is asked for, what it is about
REQUESTS = [
    ("Aluelista Tampere", "area_list", "Tampere"),
    ("ALUELISTA: Pirkanmaa", "area_list", "Pirkanmaa"),
    ("Puuttuvat: Uusimaa", "gaps", "Uusimaa"),
    ("List of an area: Espoo", "area_list", "Espoo"),
    ("Perehdytyspaketti Liisa Laine", "packet", "Liisa Laine"),
    ("Yhteistyöhistoria kahvi", "history", "kahvi"),
    ("osoitetarrat", "labels", ""),
]


def corpus(asked: Asked, swedish: Asked, english: Asked) -> list[Case]:
    """All messages, each the answer of some program to one of three letters."""
    return [
        *_calendars(asked),
        *_links(asked, swedish, english),
        *_returned(asked),
        *_machines(asked),
        *(
            Case(f"free text: {body}", replied(asked, body), "text", {"guess": guess})
            for body, guess in FREE
        ),
        *_odd(asked),
        *_requests(asked),
        *_preferences(asked, swedish, english),
        *_sign_ups(asked),
        *_days(asked),
        *(Case(*one) for shapes in SHAPES for one in shapes(asked)),
    ]


def _calendars(asked: Asked) -> list[Case]:
    found = []
    for name, client in CALENDARS.items():
        for partstat, answer in ANSWERS.items():
            fields = {"answer": answer, "via": "calendar", "sender": asked.to}
            found.append(
                Case(
                    f"{name} {partstat}", client(asked, partstat), "rsvp", fields | {"sequence": 0}
                )
            )
            again = client(asked, partstat, sequence=3)
            found.append(Case(f"{name} {partstat} 3", again, "rsvp", fields | {"sequence": 3}))
        passed_on = client(asked, "DELEGATED")
        found.append(Case(f"{name} delegated", passed_on, "delegated", {"sender": asked.to}))
        counter = client(asked, "TENTATIVE", method="COUNTER")
        found.append(Case(f"{name} counter", counter, "counter", {}))
    for method in ("REQUEST", "CANCEL", "PUBLISH", "DECLINECOUNTER"):
        data = CALENDARS["apple"](asked, "ACCEPTED", method=method)
        found.append(Case(f"not a reply: {method}", data, "text", {"answer": ""}))
    return found


def _links(asked: Asked, swedish: Asked, english: Asked) -> list[Case]:
    words = [
        *((asked, word) for word in ("Tulossa", "Ehkä", "En pääse", "Ei kutsuja")),
        *((swedish, word) for word in ("Kommer:", "Kanske", "Kommer inte", "Inga inbjudningar")),
        *((english, word) for word in ("Coming", "Maybe", "Not coming", "No invitations")),
        (asked, "unsubscribe"),
    ]
    keys = ("coming", "maybe", "not_coming", "")
    found = []
    for number, (letter, word) in enumerate(words):
        key = keys[number % 4] if number < 12 else ""
        kind = "rsvp" if key else "unsubscribe"
        data = tapped(letter, word, body="Lähetetty puhelimesta")
        fields = {"answer": key, "via": "email", "comment": ""}
        found.append(Case(f"link {word}", data, kind, fields))
        address, subject = letter.link(word)
        upper = mail(letter.to, address, subject.upper(), "")
        found.append(Case(f"link in capitals {word}", upper, kind, {"answer": key}))
        with_words = tapped(letter, word, body="Hei!\n\nTuomme mehua.\n\nTerveisin\nMaija")
        added = {"answer": key, "comment": "Hei!\n\nTuomme mehua.\n\nTerveisin\nMaija"}
        found.append(Case(f"link with words {word}", with_words, kind, added))
        for prefix in ("Re", "VS", "Fwd"):
            data = mail(letter.to, address, f"{prefix}: {subject}", "?")
            found.append(Case(f"{prefix} of {word}", data, "text", {}))
    for letter, old, word in (
        (asked, "Tulossa", "Tiedot ovat oikein"),
        (swedish, "Kommer:", "Uppgifterna stämmer"),
        (english, "Coming", "The details are right"),
    ):
        address, subject = letter.link(old)
        confirming = f"{word} {subject[subject.index('[') :]}"
        for body in ("", "Numeroni on 040 000 0009."):
            data = mail(letter.to, address, confirming, body)
            name = f"confirmed {word} {body}"
            found.append(Case(name, data, "confirmed", {"answer": "", "comment": body}))
    return found


def _returned(asked: Asked) -> list[Case]:
    found = []
    for status, said, permanent in STATUSES:
        kind = "bounce" if permanent else "temporary"
        for whole in (True, False):
            data = returned(asked, status, said, whole=whole)
            found.append(
                Case(
                    f"{status} {said} {whole}",
                    data,
                    kind,
                    {"recipient": asked.to, "automatic": True},
                )
            )
    for status, said, permanent in REPORTS:
        kind, _, words = said.replace("{to}", asked.to).partition(";")
        data = returned(asked, status, words.strip(), by=kind)
        found.append(
            Case(
                f"{status} {said}",
                data,
                "bounce" if permanent else "temporary",
                {"recipient": asked.to, "automatic": True},
            )
        )
    for name, sender, subject, words, permanent in NOTICES:
        data = mail(
            sender,
            asked.answers,
            subject,
            words.replace("{to}", asked.to) + _head(asked),
            "Return-Path: <>",
        )
        found.append(Case(name, data, "bounce" if permanent else "temporary", {}))
    for action in ("delayed", "delivered", "relayed", "expanded"):
        data = returned(asked, "4.0.0" if action == "delayed" else "2.0.0", "x", action=action)
        kind = "temporary" if action == "delayed" else "auto-reply"
        found.append(Case(f"report of {action}", data, kind, {"automatic": True}))
    for name, words, permanent in DAEMONS:
        data = mail(
            "Mail Delivery System <mailer-daemon@mail.example.org>",
            asked.answers,
            "Mail delivery failed: returning message to sender",
            words.replace("{to}", asked.to) + _head(asked),
            "Return-Path: <>",
        )
        found.append(Case(name, data, "bounce" if permanent else "temporary", {}))
    return found


def _head(asked: Asked) -> str:
    """The headers of the letter, as a notice that is but text gives them back."""
    return asked.data.split(b"\r\n\r\n")[0].decode().replace("\r\n", "\n")


def _machines(asked: Asked) -> list[Case]:
    found = [
        Case(f"{subject}: {body}", away(asked, body, AT, subject), kind, {"automatic": True})
        for subject, body, kind in AWAY
    ]
    for headers in MACHINES:
        data = away(asked, "Kiitos, olen tulossa", AT, "Re: Kutsu", *headers)
        found.append(Case(f"machine {headers}", data, "auto-reply", {"answer": ""}))
    return found


def _odd(asked: Asked) -> list[Case]:
    html = part(
        "text/html; charset=utf-8", "<p>En p&auml;&auml;se</p><blockquote>tulossa</blockquote>"
    )
    found = [
        Case(
            "html only",
            mail(asked.to, asked.answers, "Re: Kutsu", [html]),
            "text",
            {"guess": "not_coming", "words": "En pääse"},
        ),
        Case(
            "two senders",
            replied(asked, "Tulossa", sender=f"a@example.net, {asked.to}"),
            "text",
            {"sender": ""},
        ),
        Case(
            "an address as a name",
            replied(asked, "Tulossa", sender=f'"{asked.to}" <mallory@example.net>'),
            "text",
            {"sender": "mallory@example.net"},
        ),
        Case(
            "no date",
            tapped(asked, "Tulossa").replace(b"Date:", b"X-Date:"),
            "rsvp",
            {"answer": "coming"},
        ),
        Case("no headers", b"Tulossa\r\n", "text", {"sender": ""}),
        Case("empty", b"", "text", {"sender": "", "tokens": ()}),
    ]
    plus = replace(asked, to=asked.to)
    token = plus.uid.split("@")[0].rpartition(".")[2]
    local, _, domain = asked.answers.partition("@")
    data = mail(asked.to, f"{local}+{token}@{domain}", "Tulossa: x", "", message_id=made_id("plus"))
    found.append(Case("plus-address", data, "rsvp", {"answer": "coming", "tokens": (token,)}))
    return found


def _preferences(asked: Asked, swedish: Asked, english: Asked) -> Iterator[Case]:
    """Links below a letter that change which kinds of letters its reader gets."""
    words = [
        (asked, "Ei kirjeitä", "no_letters"),
        (asked, "Ei muistutuksia", "no_reminders"),
        (swedish, "Inga brev", "no_letters"),
        (english, "No reminders", "no_reminders"),
    ]
    for letter, word, answer in words:
        yield Case(f"a wish: {word}", tapped(letter, word), "preference", {"answer": answer})


def _days(asked: Asked) -> Iterator[Case]:
    """Links by which a day suits, and what a forged or an unfinished one says."""
    address, subject = asked.link("Tulossa")
    token = subject[subject.rindex("[") :]
    said = {
        "Päivä käy: 12.1.2027, 1.2.2027 kokous": (("12.1.2027", True),),
        "Alla dagar passar: Vårmöte": (("all", True),),
        "No day suits": (("all", False),),
        "Päivä käy: huomenna": (),
        "Päivä käy: 99.99.99999": (),
    }
    for words, days in said.items():
        data = mail(asked.to, address, f"{words} {token}", "", message_id=made_id(words))
        yield Case(f"a day: {words}", data, "days", {"days": days})
    data = mail(asked.to, address, "Päivä käy: 12.1.2027", "", message_id=made_id("no token"))
    yield Case("a day of no letter", data, "text", {"guess": "", "clear": False})


def _sign_ups(asked: Asked) -> Iterator[Case]:
    """Mails of people whom nobody has invited, and an answer whose subject is alike."""
    subjects = {
        "Ilmoittautuminen: Kevätkokous": "Kevätkokous",
        "Anmälan: Vårmöte": "Vårmöte",
        "Sign-up: Spring meeting": "Spring meeting",
    }
    for subject, meeting in subjects.items():
        data = mail("a@example.org", asked.answers, subject, "Hei", message_id=made_id(subject))
        yield Case(f"joins: {subject}", data, "sign-up", {"sign_up": meeting})
    again = mail("a@example.org", asked.answers, "Re: Ilmoittautuminen: Kevätkokous", "Kiitos!")
    yield Case("joins nothing: an answer", again, "text", {})


def _requests(asked: Asked) -> list[Case]:
    """Mails of who may ask for something, and of those who may not or ask for something else."""

    def asks(subject: str, *headers: str, sender: str = ASKER) -> bytes:
        data = mail(sender, asked.answers, subject, "Kiitos!", message_id=made_id(subject))
        return "".join(f"{one}\r\n" for one in headers).encode() + data

    found = [
        Case(f"asked: {subject}", asks(subject, GENUINE), "request", {"request": key, "words": on})
        for subject, key, on in REQUESTS
    ]
    sheet = part('text/csv; name="uusia.csv"', "Nimi\nMaija Malli\n")
    listed = mail(ASKER, asked.answers, "Uusia", [part("text/plain", "Hei"), sheet])
    named = {"request": "import_file"}
    found.append(Case("asked: a list", GENUINE.encode() + b"\r\n" + listed, "request", named))
    near = {
        "not genuine": asks("Aluelista Tampere"),
        "failed": asks("Aluelista Tampere", GENUINE.replace("pass", "fail")),
        "another server's": asks("Aluelista Tampere", GENUINE.replace("mx.", "mx2.")),
        "somebody else": asks("Aluelista Tampere", GENUINE, sender="vieras@yhdistys.example"),
        "another word": asks("Aluelistaus Tampere", GENUINE),
        "an answer": asks("Re: Aluelista Tampere", GENUINE),
        "what writes": asks("Siivoa nyt", GENUINE),
    }
    found += [Case(f"not asked: {name}", data, "text", {}) for name, data in near.items()]
    away = asks("Aluelista Tampere", GENUINE, "Auto-Submitted: auto-replied")
    return [*found, Case("asked by a machine", away, "auto-reply", {})]
