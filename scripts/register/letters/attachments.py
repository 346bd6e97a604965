"""Attachments of letters: which file types are allowed, and how their content is checked.

Only a few file types are allowed. The content must match the file name's extension, and must not
hold anything that runs, fetches or hides: macros, scripts, programs, archives of these, encryption.
"""

import re
import zipfile
import zlib
from base64 import encodebytes
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote

from register.book.package_data import package_table
from register.letters.untrusted import breaks_header

_LONGEST_NAME = 120
"""Maximum length of a file name (characters)."""

_MOST_ENTRIES = 3_000
_MOST_INFLATED = 256 * 1024 * 1024
_PIECE = 1 << 20
_MOST_XML = 4 << 20
_DEEPEST = 2

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_RUNNABLE = re.compile(
    r"\.(?:exe|com|scr|pif|dll|sys|cpl|msi|msp|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|jar|lnk|url|reg"
    r"|sh|py|pl|rb|app|apk|dmg|iso|img|chm|scf|inf|html?|svg|swf|xll|xlam|xl[st]m|do[ct]m|pp[ts]m)$",
    re.IGNORECASE,
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)
_OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of old Office files, and of OLE objects inside new ones."""

_ACTIVE = re.compile(
    r"vbaproject|(?:^|/)macrosheets/|(?:^|/)activex/|^basic/|^scripts/|^object \d", re.IGNORECASE
)
_EXTERNAL = re.compile(
    rb"<(?:\w+:)?Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*/hyperlink[\"'])",
    re.IGNORECASE,
)
_PDF_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|Rendition)(?![A-Za-z0-9])"
)
_PDF_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_PDF_HIDDEN = re.compile(
    rb"/ObjStm(?=[^>]{0,400}?/Filter(?!\s*\[?\s*/(?:FlateDecode|Fl)\s*(?:\]|/|>)))"
    rb"|/Filter(?!\s*\[?\s*/(?:FlateDecode|Fl)\s*(?:\]|/|>))(?=[^>]{0,400}?/ObjStm)"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_TEXT_RUNS = re.compile(r"\s*(?:#!|<(?:!doctype|html|script|svg|\?xml))", re.IGNORECASE)

ATTACHMENT_SENTENCES: Mapping[str, str] = package_table("register.letters", "sentences")[
    "attachments"
]
"""Why a file is refused as an attachment: msgid by code."""


class AttachmentRefused(Exception):
    """A file is refused as an attachment; ``code`` is one of :data:`ATTACHMENT_SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its name, size in bytes and MIME part, encoded once for all letters."""

    name: str
    size: int
    part: bytes = field(repr=False)


def attachment_of(name: str, data: bytes) -> Attachment:
    """Return a file as an attachment; raise AttachmentRefused where type or content is refused."""
    kind, check = _KINDS.get(name.rpartition(".")[2].lower(), ("", None))
    if check is None:
        raise AttachmentRefused("not-allowed")
    check(data)
    return Attachment(name, len(data), _part(name, kind, data))


def allowed_kinds() -> list[str]:
    """Return the file name extensions that are allowed, without a dot."""
    return list(_KINDS)


def is_plain_name(name: str) -> bool:
    """Return True if a text can be the name of a file in a folder, and is not a path."""
    return (
        0 < len(name) <= _LONGEST_NAME
        and not breaks_header(name)
        and not re.search(r'[/\\:*?"<>|]', name)
        and not name.startswith((".", "~"))
        and name == name.strip(" .")
    )


def _part(name: str, kind: str, data: bytes) -> bytes:
    """Return a file's MIME part (RFC 2183); a name that is not plain ASCII is percent-encoded.

    The encoding is that of RFC 2231 and RFC 5987.
    """
    named = re.fullmatch(r"[A-Za-z0-9._ -]+", name)
    value = f'="{name}"' if named else f"*=utf-8''{quote(name, safe='')}"
    head = (
        f"Content-Type: {kind};\r\n name{value}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n filename{value}\r\n\r\n"
    )
    return head.encode() + encodebytes(data).replace(b"\n", b"\r\n")


def _begins(*signatures: bytes) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        if not data.startswith(signatures):
            raise AttachmentRefused("other-content")

    return check


def _check_text(data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise AttachmentRefused("other-content") from fault
    if re.search("[\x00-\x08\x0e-\x1f]", text):
        raise AttachmentRefused("other-content")
    if data.startswith(_PROGRAMS) or _TEXT_RUNS.match(text):
        raise AttachmentRefused("runs")


def _check_pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-4096:]:
        raise AttachmentRefused("other-content")
    plain = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), data)
    if _PDF_LOCKED.search(plain):
        raise AttachmentRefused("locked")
    if _PDF_ACTIVE.search(plain) or _PDF_HIDDEN.search(plain):
        raise AttachmentRefused("runs")
    for piece in _inflated(data):
        if _PDF_ACTIVE.search(_ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), piece)):
            raise AttachmentRefused("runs")


def _inflated(data: bytes) -> Iterator[bytes]:
    """Yield the decompressed streams of a PDF in chunks that overlap by 64 bytes.

    The overlap is there so that no keyword is missed at a boundary. A stream that cannot be
    decompressed is skipped. Raises AttachmentRefused where the content is too large.
    """
    total = 0
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        inflate, before = zlib.decompressobj(), b""
        rest: bytes | memoryview = view[found.end() : found.end() + (64 << 20)]
        try:
            while rest and not inflate.eof:
                piece = inflate.decompress(rest, _PIECE)
                rest = inflate.unconsumed_tail
                total += len(piece)
                if total > _MOST_INFLATED:
                    raise AttachmentRefused("too-large-inside")
                yield before + piece
                before = piece[-64:]
        except zlib.error:
            continue


def _package(part: str, mimetype: bytes = b"") -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        names = _look_into(data, 0)
        if part not in names or (mimetype and mimetype not in data[:200]):
            raise AttachmentRefused("other-content")

    return check


def _look_into(data: bytes, depth: int) -> set[str]:
    """Return the names of a zip package's entries; raise AttachmentRefused where one is refused.

    ``depth`` is how many packages this one is nested in.
    """
    if not data.startswith(b"PK\x03\x04"):
        raise AttachmentRefused("other-content")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or depth > _DEEPEST:
                raise AttachmentRefused("too-large-inside")
            for entry in entries:
                _look_at(archive, entry, depth)
            return {entry.filename for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as fault:
        raise AttachmentRefused("other-content") from fault


def _look_at(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    if entry.flag_bits & 1:
        raise AttachmentRefused("locked")
    name = entry.filename.lower()
    if _RUNNABLE.search(name) or _ACTIVE.search(name):
        raise AttachmentRefused("runs")
    with archive.open(entry) as file:
        head = file.read(8)
        if head.startswith((*_PROGRAMS, _OLE)):
            raise AttachmentRefused("runs")
        nested = head.startswith(b"PK\x03\x04")
        if not nested and not name.endswith((".rels", "[content_types].xml", "manifest.xml")):
            return
        most = _MOST_INFLATED if nested else _MOST_XML
        whole = head + file.read(most)
    if len(whole) > most:
        raise AttachmentRefused("too-large-inside")
    if nested:
        _look_into(whole, depth + 1)
    elif b"macroenabled" in whole.lower():
        raise AttachmentRefused("runs")
    elif _EXTERNAL.search(whole):
        raise AttachmentRefused("fetches")


_KINDS: Mapping[str, tuple[str, Callable[[bytes], None]]] = {
    "pdf": ("application/pdf", _check_pdf),
    "docx": (f"{_OOXML}wordprocessingml.document", _package("word/document.xml")),
    "xlsx": (f"{_OOXML}spreadsheetml.sheet", _package("xl/workbook.xml")),
    "pptx": (f"{_OOXML}presentationml.presentation", _package("ppt/presentation.xml")),
    "odt": (f"{_ODF}text", _package("content.xml", f"{_ODF}text".encode())),
    "ods": (f"{_ODF}spreadsheet", _package("content.xml", f"{_ODF}spreadsheet".encode())),
    "odp": (f"{_ODF}presentation", _package("content.xml", f"{_ODF}presentation".encode())),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "gif": ("image/gif", _begins(b"GIF87a", b"GIF89a")),
    "txt": ('text/plain; charset="utf-8"', _check_text),
}
"""By file name extension: the MIME type, and the function that checks the content."""
