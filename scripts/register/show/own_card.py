"""The coordinator's own card: a vCard (RFC 2426), its QR code, and a sheet of cards to print."""

from dataclasses import astuple, dataclass
from io import BytesIO

import segno
import vobject

from register.show.pages import page_environment
from register.values.phone import national_phone
from register.words.sentences import Sentences

ON_A_SHEET = 10
"""The number of cards of 85 × 54 mm on a sheet of A4."""

_ROOM = 130
"""The number of characters that fit on a card in the usual size."""


@dataclass(frozen=True, slots=True)
class OwnCard:
    """The data of the card; ``phone`` in E.164. All except the name may be ''."""

    name: str
    title: str
    organisation: str
    email: str
    phone: str
    url: str


def own_vcard(card: OwnCard) -> str:
    """Return a vCard 3.0, which every phone reads; values are escaped."""
    made = vobject.vCard()
    first, _, last = card.name.rpartition(" ")
    made.add("n").value = vobject.vcard.Name(family=last, given=first)
    made.add("fn").value = card.name
    if card.organisation:
        made.add("org").value = [card.organisation]
    for key, value in (("title", card.title), ("url", card.url)):
        if value:
            made.add(key).value = value
    for key, value, sort in (("email", card.email, "INTERNET"), ("tel", card.phone, "WORK")):
        if value:
            line = made.add(key)
            line.value, line.type_param = value, sort
    return str(made.serialize())


def qr_svg(card: OwnCard) -> bytes:
    """Return the QR code of the vCard as SVG."""
    return _saved(card, "svg")


def qr_png(card: OwnCard) -> bytes:
    """Return the QR code of the vCard as PNG, ten pixels a module."""
    return _saved(card, "png")


def card_sheet(card: OwnCard, say: Sentences) -> str:
    """Return a page of cards to print on A4 and cut."""
    code = _code(card).svg_data_uri(border=1, omitsize=True)
    return (
        page_environment(say.language)
        .get_template("cards.html.j2")
        .render(
            card=card,
            phone=national_phone(card.phone) if card.phone else "",
            url=card.url.removeprefix("https://").rstrip("/"),
            dense=sum(map(len, astuple(card))) > _ROOM,
            code=code,
            count=ON_A_SHEET,
        )
    )


def _code(card: OwnCard) -> segno.QRCode:
    return segno.make(own_vcard(card), error="m", micro=False, boost_error=False)


def _saved(card: OwnCard, kind: str) -> bytes:
    buffer = BytesIO()
    _code(card).save(buffer, kind=kind, scale=10, border=4)
    return buffer.getvalue()
