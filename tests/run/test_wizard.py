"""``create.py --wizard`` as a person answers it: what is tried, what is written, what stays."""

import stat
import tomllib

import pytest

from tests.pymap_server import PASSWORD, USER, imap_server
from tests.script_server import SERVER
from tests.smtp_server.authority import Authority
from tests.smtp_server.scripted import Scripted
from tests.test_scripts import exits

US = "Maija Malli <maija@verkosto.example>"


def answered(folder, *answers, code=0, **environment):
    """Type these answers, then close the terminal; return all that was printed."""
    done = SERVER.run(
        folder,
        ("create.py", "--wizard", "--lang", "en"),
        {"NO_COLOR": "1", **environment},
        typed="\n".join(answers) + "\n",
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def settings(folder):
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_from_nothing_to_a_first_run(tmp_path):
    said = answered(
        tmp_path,
        *("en", "list.txt", "register.xlsx", "Espoon verkosto ry", "nobody", US, "-", "-", ""),
        *("quarter", "n"),
    )
    assert "list.txt is no .xlsx file" in said and "“nobody” has no address" in said
    assert "✗" not in said.partition("is ready.")[2]
    for name in ("config.toml", "register.xlsx", "schedule", ".verkosto"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0
    assert settings(tmp_path)["letters"]["from_name"] == "Maija Malli"
    assert settings(tmp_path)["letters"]["release"] == ["maija@verkosto.example"]
    schedule = "".join(path.read_text() for path in (tmp_path / "schedule").iterdir())
    assert "autopilot.py" in schedule and str(tmp_path) in schedule
    exits(0, tmp_path, "autopilot.py", "--apply", "--cron")
    exits(0, tmp_path, "doctor.py", "--alive")
    assert "There is a configuration already" in answered(tmp_path, "en", code=2)


def test_a_register_that_is_there_is_looked_at_and_kept(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    (tmp_path / "other.xlsx").write_bytes(b"no workbook")
    before = (tmp_path / "r.xlsx").read_bytes()
    rest = ("Verkosto ry", US, "-", "-", "", "never")
    said = answered(tmp_path, "en", "other.xlsx", "r.xlsx", *rest)
    assert "✗" in said.partition("3/8")[0] and "0 organisations" in said.partition("3/8")[0]
    assert (tmp_path / "r.xlsx").read_bytes() == before and not (tmp_path / "schedule").exists()


def test_nothing_that_was_there_is_written_over_and_no_wrong_password_stays(tmp_path):
    (tmp_path / "mail-password").write_text("older")
    server = ("127.0.0.1:1", "liisa", "wrong")
    to_mail = ("en", "r.xlsx", "Verkosto ry", US, *server)
    answered(tmp_path, *to_mail, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["mail-password"]
    said = answered(
        tmp_path, *to_mail, "127.0.0.1:25x", *server[1:], "-", *server, "-", "", "never"
    )
    assert "post.port" in said and said.count("6/8") == 2
    assert (tmp_path / "mail-password").read_text() == "older"
    assert not {"mail-password-2", "mailbox-password"} & {one.name for one in tmp_path.iterdir()}
    assert not {"post", "mailbox"} & settings(tmp_path).keys()


@pytest.mark.parametrize("who", ["maija@verkosto.example Maija", "Maija maija@", "a@b c@d.fi", "@"])
def test_an_address_is_one_word(tmp_path, who):
    assert f"“{who}” has no address" in answered(
        tmp_path, "en", "r.xlsx", "Verkosto ry", who, code=2
    )


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("fi", ("vartti", "öisin", "e"), "Vastaa jollakin näistä: öisin, vartin välein"),
        ("sv", ("quarter", "NATT", "nej"), "Svara med något av dessa: nattetid, varje kvart"),
        ("en", ("n", "quarter", "no"), "Answer with one of these: night, quarter"),
    ],
)
def test_each_choice_is_in_the_language_of_the_register(tmp_path, language, words, said):
    answers = ("de", language, "r.xlsx", "Verkosto ry", US, "-", "-", "", *words)
    assert said in (told := answered(tmp_path, *answers)) and told.count("1/8") == 2
    assert (tmp_path / "schedule").is_dir()
    spoken = exits(0, tmp_path, "doctor.py").stdout
    assert spoken == exits(0, tmp_path, "doctor.py", "--lang", language).stdout


@pytest.mark.parametrize("count", range(1, 8))
def test_where_it_is_stopped_no_configuration_stays(tmp_path, count):
    answers = ("en", "r.xlsx", 'Sano "hei" \\ ry', US, "-", "-", "", "never")[:count]
    answered(tmp_path, *answers, code=2)
    assert list(tmp_path.iterdir()) == []


def test_the_mail_is_tried_with_each_answer(tmp_path):
    authority = Authority(tmp_path)
    server = Scripted(tls=authority.context(), passwords={"liisa": "sala"})
    place = tmp_path / "place"
    place.mkdir()
    with server.running(), imap_server() as port:
        mail, box = f"127.0.0.1:{server.port}", f"127.0.0.1:{port}"
        said = answered(
            place,
            *("en", "r.xlsx", "Verkosto ry", US),
            *(mail, "liisa", "wrong", mail, "liisa", "sala"),
            *(box, USER, "wrong", box, USER, PASSWORD),
            *("", "never"),
            SSL_CERT_FILE=str(authority.file),
        )
    assert said.count("5/8") == 2 and said.count("6/8") == 2
    assert "sala" not in said and PASSWORD not in said and "It lets maija@" in said
    assert settings(place)["post"]["security"] == "starttls" and server.taken == []
    for name, secret in (("mail-password", "sala"), ("mailbox-password", PASSWORD)):
        assert (place / name).read_text() == f"{secret}\n"
        assert stat.S_IMODE((place / name).stat().st_mode) == 0o600
