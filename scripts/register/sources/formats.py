"""Find out what a file is by its content; formats that are not read are named and refused.

A file's suffix does not count: programs save HTML under ``.xls``, and Excel opens it.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from register.book.errors import UsageError
from register.book.package_data import package_table
from register.sources.limits import MOST_LIST_BYTES, clean_text
from register.unpacking import BROKEN_ARCHIVE

_OLE = b"\xd0\xcf\x11\xe0"
_MAGIC: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    "rtf": (b"{\\rtf",),
    "archive": (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0", b"bplist00", b"[InternetShortcut]", b"[{000214A0"),
    "mailbox": (b"!BDN",),
}
_BRANDS = re.compile(rb"....ftyp(?:hei[cfmsx]|hev[cx]|mif1|msf1|avi[fs])", re.DOTALL)
_LOCKED = re.compile(
    rb"\x09\x08..\x00[\x05\x06]\x05\x00.{4,12}?(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
"""The beginning of an encrypted .xls file (MS-XLS 2.4.117, FilePass)."""

_STREAMS = {
    "EncryptedPackage": "protected",
    "WordDocument": "document",
    "PowerPoint Document": "presentation",
    "__properties_version1.0": "mailbox",
    "Workbook": "xls",
    "Book": "xls",
}
"""The kind of a Microsoft compound file, by the first of these streams that it contains."""

_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "ppt/presentation.xml": "presentation",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
    "index.apxl": "numbers",
}
"""The kind of a zip package, by the first of these parts that it contains."""

_DOCUMENT = re.compile(r"word/document\d*\.xml")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_KINDS = {"spreadsheet": "ods", "text": "odt", "presentation": "presentation"}
_LISTS = re.compile(r"\.(?:csv|tsv|txt|xlsx?|ods|docx|odt|rtf|vcf|ldif|json)$", re.IGNORECASE)
_SHOWN = 5

_KINDS = {
    "protected": "{file} is protected by a password.",
    "numbers": "{file} is a document of Apple's (Numbers, Pages or Keynote).",
    "scan": "{file} is a PDF of pictures: it holds no text.",
    "picture": "{file} is a picture.",
    "document": "{file} is a text document of a kind that is not read here.",
    "presentation": "{file} is a presentation, not a list.",
    "xlsb": "{file} is a binary workbook (.xlsb), which is not read here.",
    "archive": "{file} is a packed archive.",
    "shortcut": "{file} is a shortcut to a list, not the list itself.",
    "mailbox": "{file} is a file of Outlook's own.",
    "calendar": "{file} is a calendar, not a list of contacts.",
    "page": "{file} is a web page without a table.",
    "xml": "{file} is XML, which is not read here.",
    "json": "{file} is JSON without a list of records.",
    "broken": "{file} is not a list that can be read: it is no text, or it is broken.",
}
_ASK = (
    "Ask for the list as a workbook or CSV, or copy its table into a spreadsheet and import that."
)
_SAVE = "Open it in LibreOffice or Excel and save it as .xlsx."
_REMEDY = package_table("register.sources", "sentences")["formats"]
_SAVED = ("xlsb", "xml")
_VCARD = re.compile(r"\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_LDIF = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:version:[ \t]*1\s+)?dn::?[ \t]", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|meta|body|table|style|div|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_MIME = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_BEGINNINGS = (
    ("vcard", _VCARD),
    ("ldif", _LDIF),
    ("calendar", re.compile(r"\s*BEGIN:VCALENDAR\s*$", re.IGNORECASE | re.MULTILINE)),
    ("shortcut", re.compile(r"\s*(?:\[InternetShortcut\]|\[Desktop Entry\])", re.IGNORECASE)),
    ("shortcut", re.compile(r"\s*<\?xml.{0,400}<plist.{0,200}<key>URL</key>", re.DOTALL)),
    ("mhtml", _MIME),
    ("html", _HTML),
    ("xml", re.compile(r"\s*<\?xml\b")),
)


def kind_of_bytes(data: bytes) -> str:
    """Return the kind of a file by its bytes, '' if it may be text."""
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data.startswith(_OLE):
        streams = ((stream.encode("utf-16-le"), kind) for stream, kind in _STREAMS.items())
        found = next((kind for stream, kind in streams if stream in data), "broken")
        return "protected" if found == "xls" and _LOCKED.search(data) else found
    if _BRANDS.match(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    for kind, beginnings in _MAGIC.items():
        if data.startswith(beginnings) and (data[:2] != b"BM" or b"\0" in data[:32]):
            return kind
    return "archive" if data[257:262] == b"ustar" else ""


def kind_of_text(text: str) -> str:
    """Return the kind of a text by its beginning, '' for a table or free text."""
    for kind, beginning in _BEGINNINGS:
        if beginning.match(text):
            return kind
    if text.lstrip()[:1] in ("{", "["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return ""
        is_link = isinstance(found, dict) and ("doc_id" in found or "url" in found)
        return "shortcut" if is_link else "json"
    return ""


def refuse_format(kind: str, data: bytes, name: str) -> None:
    """Raise UsageError if the kind is not a list, saying what the file is and what to do."""
    names = _lists_in(data) if kind == "archive" and data.startswith(b"PK") else []
    if names:
        raise UsageError(
            "{file} is a packed archive. In it: {names}.",
            remedy=_REMEDY[kind],
            file=name,
            names=names,
        )
    if kind in _KINDS:
        raise refusal(kind, name)


def only_list(data: bytes) -> tuple[str, bytes] | None:
    """Return the name and bytes of a zip archive's only list, None if it has none or several."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if _is_list(one.filename)]
            if len(found) != 1 or found[0].file_size > MOST_LIST_BYTES:
                return None
            return clean_text(found[0].filename)[:80], archive.read(found[0])
    except BROKEN_ARCHIVE:
        return None


def refusal(kind: str, name: str) -> UsageError:
    """Return the error for a kind that is not a list."""
    if kind in _REMEDY:
        return UsageError(_KINDS[kind], remedy=_REMEDY[kind], file=name)
    return UsageError(_KINDS[kind], remedy=_SAVE if kind in _SAVED else _ASK, file=name)


def _kind_of_package(data: bytes) -> str:
    """Return the kind of a zip package; ``xlsx`` if it is broken, since that reader reports it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            for part, kind in _PARTS.items():
                if part in names:
                    return kind
            if any(map(_DOCUMENT.fullmatch, names)):
                return "docx"
            if "mimetype" not in names:
                return "archive"
            with archive.open("mimetype") as part_file:
                kind = part_file.read(100).decode(errors="replace").strip()
            with archive.open("META-INF/manifest.xml") as part_file:
                hidden = b"encryption-data" in part_file.read(1 << 20)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError):
        return "xlsx"
    if not kind.startswith(_OPEN_DOCUMENT):
        return "archive"
    what = _OPEN_KINDS.get(kind.removeprefix(_OPEN_DOCUMENT).split("-")[0], "document")
    return "protected" if hidden and what in ("ods", "odt") else what


def _is_list(name: str) -> bool:
    """Whether a file in an archive is a list, and none of the files that macOS puts beside it."""
    return bool(_LISTS.search(name)) and not name.startswith("__MACOSX/")


def _lists_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found = [clean_text(name)[:80] for name in archive.namelist() if _is_list(name)]
    return [*found[:_SHOWN], *(["…"] if len(found) > _SHOWN else [])]
