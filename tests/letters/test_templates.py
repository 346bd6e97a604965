"""A template that is not ready stops the letters, and says which line of which file."""

from __future__ import annotations

import codecs

import pytest

from register.book.errors import UsageError
from register.letters.audience import audience
from register.letters.draft import render_letters
from register.letters.templates import FRAME, letter_source, read_templates, unfilled_placeholders
from tests.letters.correspondence import FOLDER, MAILING, NOW, SENDER, TEMPLATES, T, register

HEAD = "---\nsubject: Kutsu\npreheader: Tule\nfrom-name: Liisa\n---\n"
NAME = "invitation.fi.md.j2"

LEFT = [
    *("[NIMI TÄHÄN]", "[nimi]", "[Etunimi]", "[PVM]", "[Lisää paikka tähän]", "[…]", "[Your Name]"),
    *("[PÄIVÄMÄÄRÄ]", "[NAMN HÄR]", "[namn]", "{first_name}", "{nimi}", "${name}", "{ etunimi }"),
    *("<<etunimi>>", "<< First Name >>", "«Etunimi»", "<nimi>", "<Etunimi>", "<insert name>"),
    *("%NAME%", "%first_name%", "*|FNAME|*", "[[name]]", "@@nimi@@", "#NIMI#", "{{ }}", "{{}}"),
    *("XXX", "xxx", "klo xx.xx", "xx.xx.2026", "Nimi: ______", "Lorem ipsum", "TODO: aika", "TBD"),
    *("kirjoita tähän", "skriv här", "insert here"),
]
FINE = [
    *("[Tulossa]({{ answer.coming }})", "[Lisää tietoa tästä](https://example.org)", "[x] mukana"),
    *(
        "[Lisää tietoa][1]\n\n[1]: https://example.org",
        "<https://example.org>",
        "5 % ja 10 % alennus",
    ),
    *(
        "{{ person.first }}",
        "{% if shared %}nimi{% endif %}",
        "{# [NIMI] täytetään #}",
        "»lainaus»",
    ),
    *("Nähdään [klo 17]", "[ks. liite 2]", "[EU]", "a < b ja c > d", "50 %–60 %", "XXL-paita"),
    *("*nimi tulee tähän kirjeeseen*", "---", "**Huom.**", "kello 17.30", "___"),
]


def folder(tmp_path, text, name=NAME):
    """Return a folder of templates with this one in the place of the project's."""
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / name).write_bytes(data)
    return tmp_path


def written(templates):
    book = register()
    who = audience(book, T, NOW.date())
    return render_letters(book, who.meeting, who.invited, templates, SENDER, MAILING)


def refused(templates):
    with pytest.raises(UsageError) as stop:
        written(templates)
    assert stop.value.exit_code == 2
    return [text.format(**values) for text, values in stop.value.faults]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_still_to_be_filled_in(text, tmp_path):
    told = refused(read_templates(folder(tmp_path, f"{HEAD}Hei!\n\nTule {text} mukaan.\n")))
    assert told[0].startswith(f"{NAME}, line 8: “")


@pytest.mark.parametrize("text", FINE)
def test_what_is_a_letters_own(text):
    assert list(unfilled_placeholders(text)) == []


@pytest.mark.parametrize("name", ["sign.fi.j2", "hello.fi.j2"])
def test_what_is_included_counts_too(name, tmp_path):
    where = folder(tmp_path, "Terveisin\n[NIMI TÄHÄN]\n", name)
    assert f"{name}, line 2: “[NIMI TÄHÄN]” is still to be filled in." in refused(
        read_templates(where)
    )


def test_a_header_counts_too(tmp_path):
    text = HEAD.replace("Kutsu", "Kutsu [NIMI]") + "Hei!\n"
    assert refused(read_templates(folder(tmp_path, text)))[0].startswith(
        f"{NAME}, line 2: “[NIMI]”"
    )


@pytest.mark.parametrize(
    "body", ["", "\n\n", " \t\n", "---\n", "{# vain huomautus #}\n", "\ufeff\n"]
)
def test_an_empty_letter(body, tmp_path):
    assert refused(read_templates(folder(tmp_path, HEAD + body))) == [
        f"{NAME}, line 6: the letter is empty."
    ]


def test_a_letter_that_is_empty_for_a_reader(tmp_path):
    text = HEAD + "{% if shared %}Hei kaikki!{% endif %}\n"
    (told,) = refused(read_templates(folder(tmp_path, text)))
    assert NAME in told and told.endswith("the letter is empty.")


@pytest.mark.parametrize(
    "line", ["sender: joku", "Aihe: Kutsu", "subjekt: x", "Hei kaikille", "subject: kahdesti"]
)
def test_a_line_of_the_head_that_is_not_known(line, tmp_path):
    text = HEAD.replace("from-name", f"{line}\nfrom-name") + "Hei!\n"
    (told,) = refused(read_templates(folder(tmp_path, text)))
    assert told.startswith(f"Line 4: “{line}”")


@pytest.mark.parametrize(
    "change", [lambda t: codecs.BOM_UTF8 + t, lambda t: t.replace(b"\n", b"\r\n")]
)
def test_what_notepad_writes_is_read(change, tmp_path):
    whole = (FOLDER / NAME).read_bytes()
    made = written(read_templates(folder(tmp_path, change(whole))))
    assert [one.text for one in made] == [one.text for one in written(TEMPLATES)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_wide_encoding_is_named(encoding, tmp_path):
    with pytest.raises(UsageError) as stop:
        read_templates(folder(tmp_path, (HEAD + "Hei!\n").encode(encoding)))
    assert stop.value.values == {"file": NAME, "line": 1}


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("name", [NAME, "sign.fi.j2", FRAME])
def test_an_old_encoding_is_named_with_its_line(encoding, name, tmp_path):
    with pytest.raises(UsageError) as stop:
        read_templates(folder(tmp_path, "Hei\n\nTervetuloa Ähtäriin".encode(encoding), name))
    assert stop.value.values == {"file": name, "line": 3}
    assert stop.value.exit_code == 2


@pytest.mark.parametrize("name", sorted(name for name in TEMPLATES if name.endswith(".md.j2")))
def test_the_projects_own_are_ready(name):
    kind, language, *_ = name.split(".")
    assert letter_source(TEMPLATES, kind, language).body


@pytest.mark.parametrize(
    ("file", "included"),
    [("sign.fi.j2", "sign.fi.j2"), ("sign.fi.j2", "hello.fi.j2"), (NAME, NAME)],
    ids=["itself", "each other", "the letter itself"],
)
def test_files_that_include_each_other_are_named(file, included, tmp_path):
    line = f'{{% include "{included}" %}}\n'
    where = folder(tmp_path, (HEAD if file == NAME else "") + line, file)
    if included == "hello.fi.j2":
        (where / included).write_text(f'{{% include "{file}" %}}\n', encoding="utf-8")
    told = refused(read_templates(where))
    assert any(NAME in one and "an included file includes no other" in one for one in told), told
