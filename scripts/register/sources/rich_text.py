"""The text of an RTF document, as Word and WordPad save it: its lines, a table's cells by tabs.

Read by its control words (Rich Text Format Specification 1.9.1): groups, destinations that hold no
text of the document, characters by code page or Unicode. The library striprtf 0.0.35 loses a
document that is cut short, parts cells by a sign that may stand in them, and fails on a number too
large.
"""

import codecs
import re

_TOKENS = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_ASIDE = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl"),
        *("headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "fldinst"),
        *("themedata", "colorschememapping", "datastore", "latentstyles", "listtable", "generator"),
        *(
            "listoverridetable",
            "rsidtbl",
            "xmlnstbl",
            "filetbl",
            "revtbl",
            "annotation",
            "bkmkstart",
        ),
        *("bkmkend", "pntext", "mmathPr"),
    )
)
"""Destinations without text of the document."""

_WRITTEN = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    **dict.fromkeys(("tab", "cell"), "\t"),
    **dict(zip(("emdash", "endash", "bullet", "lquote", "rquote"), "—–•‘’", strict=True)),
    **dict(zip(("ldblquote", "rdblquote"), "“”", strict=True)),
}
_SIGNS = {"~": "\u00a0", "_": "-", "\n": "\n", "\\": "\\", "{": "{", "}": "}"}


def rich_text(data: bytes) -> str:
    """Return the text of an RTF document's bytes."""
    source = data.decode("latin-1")
    found, groups, pending = list[str](), list[tuple[bool, int]](), bytearray()
    aside, width, skipped, page = False, 1, 0, "cp1252"

    def write(text: str) -> None:
        if pending:
            found.append(pending.decode(page, "replace"))
            pending.clear()
        found.append(text)

    for token in _TOKENS.finditer(source):
        word, number = token["word"], int(token["number"] or 0)
        if token["brace"] == "{":
            groups.append((aside, width))
        elif token["brace"] == "}":
            aside, width = groups.pop() if groups else (False, 1)
        elif word == "ansicpg":
            page = _code_page(number)
        elif word in _ASIDE or token["sign"] == "*":
            aside = True
        elif word == "uc":
            width = number
        elif aside:
            continue
        elif word == "u":
            write(chr(number % 0x10000))
            skipped = width
        elif token["code"]:
            if skipped:
                skipped -= 1
            else:
                pending += bytes.fromhex(token["code"])
        elif word or token["sign"]:
            write(_WRITTEN.get(word or "", "") or _SIGNS.get(token["sign"] or "", ""))
        elif token["text"]:
            write(token["text"][skipped:])
            skipped = max(0, skipped - len(token["text"]))
    write("")
    text = "".join(found).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(r"\t+(?=\n|$)", "", text)


def _code_page(number: int) -> str:
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
