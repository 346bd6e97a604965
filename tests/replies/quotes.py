"""Replies that quote our letter as programs do: marks, headers, blocks, pages; above, below, within.

Each program takes the letter, the writer's words and where they stand, and makes the mail.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from functools import cache

from tests.replies.clients import Asked, mail, part

WHERE = ("above", "below", "within")
SENDER = "Liisa Koordinaattori <verkosto@example.org>"
WROTE = {
    "fi": f"ma 23. marrask. 2026 klo 9.00 {SENDER} kirjoitti:",
    "sv": f"Den mån 23 nov. 2026 kl 09:00 skrev {SENDER}:",
    "en": f"On Mon, Nov 23, 2026 at 9:00 AM {SENDER} wrote:",
    "de": f"Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb {SENDER}:",
    "et": "Kuupäev E, 23. november 2026 kell 09:00 kirjutas kasutaja Liisa (<verkosto@example.org>):",
    "es": "El lun, 23 nov 2026 a las 9:00, Liisa Koordinaattori (<verkosto@example.org>) escribió:",
    "ru": f"пн, 23 нояб. 2026 г. в 09:00, {SENDER}:",
    "ja": f"2026年11月23日(月) 9:00 {SENDER}:",
}
BLOCKS = {
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "et": ("Saatja", "Saadetud", "Adressaat", "Teema"),
}
ORIGINAL = {
    "fi": "-----Alkuperäinen viesti-----",
    "sv": "-----Ursprungligt meddelande-----",
    "en": "-----Original Message-----",
    "de": "-----Ursprüngliche Nachricht-----",
    "et": "-----Algne sõnum-----",
}


@cache
def letter(asked: Asked) -> tuple[str, str]:
    """The letter's text and the inside of its page."""
    message = message_from_bytes(asked.data, policy=default)
    page = message.get_body(("html",)).get_content()
    body = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)
    return message.get_body(("plain",)).get_content().strip(), body[1].strip()


def _answer(asked: Asked, body: str | list[str], **flags) -> bytes:
    return mail(
        f"Maija Meri <{asked.to}>",
        asked.answers,
        f"Re: {asked.subject}",
        body,
        f"In-Reply-To: {asked.message_id}",
        **flags,
    )


def _placed(own: str, header: str, quoted: list[str], where: str) -> str:
    """The writer's words, a header, and a letter's lines, quoted in some way."""
    if where == "within":
        half = next(
            (n for n, line in enumerate(quoted) if n > len(quoted) // 2 and not line.strip(" >")),
            len(quoted) // 2,
        )
        return "\n".join([header, "", *quoted[:half], "", own, "", *quoted[half:]])
    if where == "below":
        return "\n".join([header, "", *quoted, "", own, ""])
    return "\n".join([own, "", header, "", *quoted, ""])


def _block(asked: Asked, language: str) -> str:
    names = BLOCKS[language]
    values = (SENDER, "maanantai 23. marraskuuta 2026 9.00", f"Maija <{asked.to}>", asked.subject)
    return "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))


def marked(header: str, mark: str = "> ", width: int = 0, wrap: int = 0) -> Callable:
    """``>`` before each line, the header above; lines wrapped before, or after (``wrap``)."""

    def reply(asked: Asked, own: str, where: str) -> bytes:
        lines = _wrapped(letter(asked)[0], width)
        quoted = [f"{mark}{line}".rstrip() for line in lines]
        if wrap:
            quoted = [piece for line in quoted for piece in textwrap.wrap(line, wrap) or [line]]
        return _answer(asked, _placed(own, header, quoted, where))

    return reply


def unmarked(header: Callable[[Asked], str], width: int = 0, **flags) -> Callable:
    """The letter as it is, under a header or none."""

    def reply(asked: Asked, own: str, where: str) -> bytes:
        text = _placed(own, header(asked), _wrapped(letter(asked)[0], width), where)
        if flags.get("hard"):
            text = text.replace("ei kutsuja", "ei\xa0kutsuja").replace(". ", ".\xa0 ")
            text = text.replace(" inbjudningar", "\xa0inbjudningar").replace("ä", "ä\u200b")
        if flags.get("encoding"):
            parts = [part('text/plain; charset="utf-8"', text, flags["encoding"])]
            return _answer(asked, parts, kind="multipart/mixed")
        return _answer(asked, text)

    return reply


def page(shape: str, *, alone: bool = True, alternative: bool = False) -> Callable:
    """An HTML reply; ``{own}``, ``{letter}``, ``{wrote}`` and ``{block}`` are filled in."""

    def reply(asked: Asked, own: str, where: str) -> bytes:
        inside = letter(asked)[1]
        mine = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in own.split("\n"))
        quote = shape
        if where == "within":
            first, second = inside.split("<blockquote", 1)
            middle, rest = second.split("</blockquote>", 1)
            inside = f"{first}<blockquote{middle}</blockquote>"
            quote = quote.replace("{letter}", "{letter}{break}{mine}{begin}{rest}")
            again = re.findall(r"<blockquote[^>]*>(?={letter})", quote)
            quote = quote.replace("{break}", "</blockquote>" if again else "")
            quote = quote.replace("{begin}", again[0] if again else "")
            quote = quote.replace("{own}", "").replace("{rest}", rest)
        elif where == "below":
            quote = quote.replace("{own}", "") + "{mine}"
        else:
            quote = quote.replace("{own}", "{mine}")
        block = "<br>".join(
            f"<b>{line.partition(':')[0]}:</b>{html.escape(line.partition(':')[2])}"
            for line in _block(asked, "fi").split("\n")
        )
        for name, value in (("letter", inside), ("mine", mine), ("block", block),
                            ("wrote", html.escape(WROTE["fi"]))):  # fmt: skip
            quote = quote.replace(f"{{{name}}}", value)
        whole = f"<html><head><style>p {{ color: red }}</style></head><body>{quote}</body></html>"
        return _answer(asked, [part('text/html; charset="utf-8"', whole, "quoted-printable")])

    return reply


def _wrapped(text: str, width: int) -> list[str]:
    if not width:
        return text.split("\n")
    return [piece for line in text.split("\n") for piece in textwrap.wrap(line, width) or [""]]


def _in_two(line: str) -> str:
    """A header as Gmail wraps it: before the address."""
    head, sign, rest = line.partition("<verkosto")
    return f"{head}{sign[:1]}\n{sign[1:]}{rest}"


PROGRAMS: dict[str, Callable[[Asked, str, str], bytes]] = {
    **{f"gmail {one}": marked(line) for one, line in WROTE.items()},
    **{f"gmail {one}, wrapped": marked(_in_two(line), width=70) for one, line in WROTE.items()},
    **{f"gmail {one}, bare": unmarked(lambda _, line=line: line) for one, line in WROTE.items()},
    **{
        f"outlook {one}": unmarked(
            lambda asked, one=one: f"{ORIGINAL[one]}\n{_block(asked, one)}"
        )
        for one in BLOCKS
    },
    **{
        f"outlook {one}, no rule": unmarked(lambda asked, one=one: _block(asked, one), width=76)
        for one in BLOCKS
    },
    "outlook mobile": unmarked(
        lambda asked: f"Hanki Outlook for iOS\n{'_' * 32}\n{_block(asked, 'fi')}"
    ),
    "outlook, a rule alone": unmarked(lambda _: "_" * 32),
    "samsung": unmarked(
        lambda asked: "-------- Alkuperäinen viesti --------\n" + _block(asked, "fi"), width=60
    ),
    "forwarded": unmarked(
        lambda asked: "---------- Forwarded message ---------\n" + _block(asked, "en")
    ),
    "forwarded sv": unmarked(
        lambda asked: "---------- Vidarebefordrat meddelande ----------\n" + _block(asked, "sv")
    ),
    "apple": marked(f"> {SENDER} kirjoitti 23.11.2026 kello 9.00:"),
    "thunderbird": marked("Liisa Koordinaattori kirjoitti 23.11.2026 klo 9.00:", width=72),
    "yahoo": unmarked(
        lambda _: "    maanantai 23. marraskuuta 2026 klo 9.00.00 UTC+2, Liisa"
        " <verkosto@example.org> kirjoitti:  "
    ),
    "initials": marked("", mark="LK> "),
    "no space": marked("", mark=">"),
    "bars": marked("", mark="| "),
    "marks torn by a wrap": marked(WROTE["fi"], wrap=72),
    "marks torn by a short wrap": marked(WROTE["sv"], width=76, wrap=40),
    "nothing": unmarked(lambda _: ""),
    "nothing, wrapped": unmarked(lambda _: "", width=64),
    "nothing, quoted-printable": unmarked(lambda _: "", encoding="quoted-printable"),
    "nothing, base64": unmarked(lambda _: "", encoding="base64"),
    "nothing, hard spaces": unmarked(lambda _: "", hard=True),
    "gmail page": page(
        '<div dir="ltr">{own}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        '{wrote}<br></div><blockquote class="gmail_quote" style="margin:0">{letter}</blockquote>'
        "</div>"
    ),
    "outlook page": page(
        '<div class="WordSection1">{own}<p><o:p>&nbsp;</o:p></p><div style="border-top:solid">'
        "<p>{block}</p></div>{letter}</div>"
    ),
    "outlook web page": page(
        '<div>{own}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{block}</div>'
        "<div>{letter}</div>"
    ),
    "apple page": page(
        '<div>{own}</div><div><br><blockquote type="cite"><div>{wrote}</div></blockquote>'
        '<blockquote type="cite">{letter}</blockquote></div>'
    ),
    "thunderbird page": page(
        '{own}<div class="moz-cite-prefix">{wrote}<br></div>'
        '<blockquote type="cite" cite="mid:1">{letter}</blockquote>'
    ),
    "a page without marks": page("<div>{own}</div><div>{letter}</div>"),
}  # fmt: skip
