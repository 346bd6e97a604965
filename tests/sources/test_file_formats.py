"""What a file is, by its content: what is read, and the sentence for what is not."""

import time
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.sources.files import read_file, read_list
from register.sources.html_tables import read_tables
from register.words.sentences import Sentences

LISTS = Path(__file__).parent.parent / "data" / "lists"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def package(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def open_document(kind, manifest=""):
    return package(
        **{
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": manifest,
        }
    )


REFUSED = {
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an .ods with a password": (open_document("spreadsheet", "<encryption-data/>"), "password"),
    "a broken Word document": (package(**{"word/document.xml": ""}), "broken"),
    "an old Word document": (OLE + "WordDocument".encode("utf-16-le"), "text document"),
    "a broken LibreOffice document": (open_document("text"), "broken"),
    "a LibreOffice document with a password": (
        open_document("text", "<encryption-data/>"),
        "password",
    ),
    "slides": (package(**{"ppt/presentation.xml": ""}), "presentation"),
    "old slides": (OLE + "PowerPoint Document".encode("utf-16-le"), "presentation"),
    "Numbers": (package(**{"Index/Document.iwa": ""}), "Numbers"),
    "a binary workbook": (package(**{"xl/workbook.bin": ""}), "binary workbook"),
    "a broken PDF": (b"%PDF-1.7\n", "broken"),
    "a photograph": (b"\xff\xd8\xff\xe0" + b"\0" * 9, "is a picture"),
    "a photograph of an iPhone": (b"\0\0\0\x18ftypheic", "is a picture"),
    "a screenshot": (b"\x89PNG\r\n\x1a\n", "is a picture"),
    "a web picture": (b"RIFF\0\0\0\0WEBPVP8", "is a picture"),
    "an archive with a list": (package(**{"Takeout/all.csv": "", "x.jpg": ""}), "Takeout/all.csv"),
    "an archive": (b"7z\xbc\xaf\x27\x1c", "packed archive"),
    "a shortcut of Windows": (b"L\0\0\0\x01\x14\x02\0\0\0", "shortcut"),
    "a link": (b"[InternetShortcut]\r\nURL=https://x.example\r\n", "shortcut"),
    "a sheet of Google Drive": (b'{"doc_id": "x", "email": "x@example.org"}', "shortcut"),
    "a link of a Mac": (
        b'<?xml version="1.0"?><plist><dict><key>URL</key></dict></plist>',
        "shortcut",
    ),
    "a mailbox of Outlook": (b"!BDN\0\0", "Outlook"),
    "a message of Outlook": (OLE + "__properties_version1.0".encode("utf-16-le"), "Outlook"),
    "a calendar": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar"),
    "a page without a table": (b"<!DOCTYPE html><html><body>Kirjaudu</body></html>", "web page"),
    "a workbook as XML": (b'<?xml version="1.0"?>\n<Workbook></Workbook>', "is XML"),
    "JSON": (b'{"nimi": "Eila"}', "is JSON"),
    "something of Microsoft's": (OLE, "broken"),
    "a workbook cut off": (b"PK\x03\x04 broken", "broken"),
    "a mark and nothing else": (b"\xef\xbb\xbf\r\n", "empty"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_list_is_named_in_one_sentence_with_what_to_do(what):
    data, said = REFUSED[what]
    with pytest.raises(UsageError, match=said) as stop:
        read_list(data, "list.csv")
    assert stop.value.exit_code == 2
    for language in ("fi", "sv"):
        sentence, remedy = Sentences(language).error(stop.value).split("\n")
        assert sentence and remedy not in (Sentences("en").error(stop.value).split("\n")[1], "")


def mail(*files, text="ks. liite"):
    message = EmailMessage()
    message["From"], message["Subject"] = "aune@kisa.example", "Lista"
    message.set_content(text)
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def test_a_mail_carries_its_list_as_a_file():
    table = b"Nimi;Puhelin\nEila Kaski;040 111 2222\n"
    found = read_list(
        mail(("logo.png", b"\x89PNG"), ("lista.csv", table), ("b.pdf", b"%PDF")), "v.eml"
    )
    assert (found.name, found.rows) == ("v.eml", (("Eila Kaski", "040 111 2222"),))
    assert [values for _, values in found.notes] == [{"file": "lista.csv"}, {"files": ["b.pdf"]}]


def test_a_mail_that_carries_what_is_not_read_says_of_which_file():
    with pytest.raises(UsageError) as stop:
        read_list(mail(("lista.pdf", b"%PDF-1.4")), "v.eml")
    assert "lista.pdf" in Sentences("fi").error(stop.value)


@pytest.mark.parametrize("name", ["workbook-of-old-excel.xls", "workbook-of-libreoffice.ods"])
def test_a_suffix_tells_nothing(name):
    data = (LISTS / name).read_bytes()
    assert read_list(data, "list.csv").rows == read_file(LISTS / name).rows


def test_an_xls_with_a_password_is_named():
    data = bytearray((LISTS / "workbook-of-old-excel.xls").read_bytes())
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data[start : start + 2] = b"\x2f\x00"
    with pytest.raises(UsageError, match="password"):
        read_list(bytes(data), "list.xls")


def test_a_table_saved_as_a_single_file_web_page_is_read():
    page = "<html><table><tr><td>Nimi<td>Kunta<tr><td>Mäki<td>Akaa</table></html>"
    text = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--x--\r\n"
    )
    sheet = read_list(text.encode(), "list.xls")
    assert (sheet.headers, sheet.rows) == (("Nimi", "Kunta"), (("Mäki", "Akaa"),))


def test_cells_of_a_page_that_reach_over_others_keep_the_rest_in_place():
    ((title, rows),) = read_tables(
        "<table><caption>Seurat</caption><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c"
        "<tr><td>d<td>e<td>f<script>no()</script>",
        "l.html",
    ).tables
    assert title == "Seurat"
    assert rows == [["a", "", "b"], ["a", "", "c"], ["d", "e", "f"]]


def test_a_page_that_would_fill_the_memory_is_refused():
    with pytest.raises(UsageError, match="too large"):
        read_list(b"<table><tr><td colspan=99999999>a</table>", "l.xls")


def test_an_ods_that_would_fill_the_memory_is_refused():
    ns = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    ns += 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="200"/>'
    content = (
        f'<office:body {ns}><table:table table:name="a"><table:table-row '
        f'table:number-rows-repeated="1000000">{cell}</table:table-row></table:table></office:body>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    data = package(**{"mimetype": kind, "META-INF/manifest.xml": "", "content.xml": content})
    with pytest.raises(UsageError, match="too large"):
        read_list(data, "l.ods")


TABLES = {
    "tabs": "Nimi\tPuhelin\nEila Kaski\t040 111 2222\nIvo Tamm\t\n",
    "blanks": "Nimi        Puhelin\nEila Kaski  040 111 2222\nIvo Tamm\n",
    "Markdown": "| Nimi | Puhelin |\n|---|---:|\n| Eila Kaski | 040 111 2222 |\n| **Ivo Tamm** | |\n",
    "Markdown without edges": "Nimi | Puhelin\n--- | ---\nEila Kaski | 040 111 2222\nIvo Tamm |\n",
    "a console": "+---+---+\n| Nimi | Puhelin |\n+===+===+\n| Eila Kaski | 040 111 2222 |\n"
    "| Ivo Tamm | |\n+---+---+\n",
    "a ruler": "Nimi        Puhelin\n----------  ------------\nEila Kaski  040 111 2222\nIvo Tamm\n",
}


@pytest.mark.parametrize("how", TABLES)
def test_a_table_pasted_as_text_is_cut_into_its_cells(how):
    sheet = read_list(TABLES[how].encode(), "pasted")
    assert sheet.headers == ("Nimi", "Puhelin")
    assert [row for _, row in sheet.numbered()] == [
        ("Eila Kaski", "040 111 2222"),
        ("Ivo Tamm", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nimi;Huom\nEila Kaski;soita  illalla\nIvo Tamm;kiitos  paljon\n",
        "Nimi,Huom\nEila,a  b\n",
    ],
)
def test_blanks_and_lines_within_cells_cut_nothing(text):
    assert len(read_list(text.encode(), "l.csv").headers) == 2


def test_the_colours_of_an_ods_are_told_as_those_of_an_xlsx():
    """The sheet was written as .xlsx and saved by LibreOffice as .ods."""
    sheets = [read_file(LISTS / name) for name in ("drawn-marks.xlsx", "drawn-marks-too.ods")]
    column = {sheet.headers.index("Väri") for sheet in sheets}
    assert len(column) == 1
    (at,) = column
    assert sheets[0].column(at) == sheets[1].column(at)


@pytest.mark.parametrize("opened", ["<!--", "<![CDATA[", "<?a ", "</a ", "<", '<a b="'])
@pytest.mark.parametrize("after", ["", "</td></tr></table>"])
def test_a_page_of_tags_that_never_end_is_read_in_little_time(opened, after):
    began = time.process_time()
    read_tables(f"<table><tr><td>Eila Kaski {opened * 50_000}{after}", "l.html")
    assert time.process_time() - began < 2
    page = f"<table><tr><td>Eila</td><!-- x > y --><td>Kaski{opened}"
    assert read_tables(page, "l.html").tables[0][1][0][:1] == ["Eila"]
