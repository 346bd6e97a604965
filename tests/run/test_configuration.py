"""``[apply] rules``: what is put right without asking, and codes that no rule has."""

import pytest

from register.book.errors import ConfigError
from register.configuration.load import load_configuration
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.test_scripts import exits


def written(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_by_default_only_what_cannot_change_the_meaning(tmp_path):
    assert (
        load_configuration(None).apply.rules
        == SAFE
        == load_configuration(written(tmp_path, "[apply]\n")).apply.rules
    )
    assert {code for code in SAFE if not code.endswith("-form")} == {
        *(
            "date-year-missing",
            "email-marks",
            "municipality-former",
            "phone-second",
            "url-no-scheme",
        ),
    }


def test_an_unknown_rule_is_a_usage_error_that_names_the_nearest(tmp_path):
    path = written(tmp_path, '[apply]\nrules = ["email-typ", "email-form", "puhelin"]\n')
    with pytest.raises(ConfigError) as error:
        load_configuration(path)
    said = Sentences("en").error(error.value)
    assert error.value.exit_code == 2
    assert "there is no rule email-typ. The nearest are email-typo" in said
    assert "there is no rule puhelin" in said


def test_a_rule_that_only_reports_cannot_be_applied(tmp_path):
    with pytest.raises(ConfigError) as error:
        load_configuration(written(tmp_path, '[apply]\nrules = ["stale"]\n'))
    assert "stale only reports" in Sentences("en").error(error.value)


def test_a_rule_that_proposes_may_be_listed(tmp_path):
    rules = load_configuration(
        written(tmp_path, '[apply]\nrules = ["email-typo", "column-shift"]\n')
    ).apply.rules
    assert rules == ("email-typo", "column-shift")


def test_only_beside_a_test_server_may_the_sheet_be_taken_at_once(tmp_path):
    with pytest.raises(ConfigError) as error:
        load_configuration(written(tmp_path, "[google]\nsettle_seconds = 0.5\n"))
    assert "settle_seconds must be at least 1" in Sentences("en").error(error.value)
    ours = 'endpoint = "http://127.0.0.1:8080"'
    loaded = load_configuration(written(tmp_path, f"[google]\nsettle_seconds = 0.5\n{ours}\n"))
    assert loaded.google.settle_seconds == 0.5


FAULTS = """
nonsense = 1
[boook]
[book]
fil = "x"
[backup]
keep = "many"
days = 0
recipient = "age"
[privacy]
contact = 3
[limits]
stale_months = 500
[letters]
release = "a@b.example"
attachments_mb = 2.5
answer_by = "pigeon"
[post]
timeout = 0
[mailbox]
kind = "imap"
[autopilot]
lists = "perhaps"
[registers]
prh_url = "ftp://example.org"
[requests]
to = "@"
"""


def test_each_fault_of_a_setting_is_said_with_what_it_may_be(tmp_path):
    with pytest.raises(ConfigError) as error:
        load_configuration(written(tmp_path, FAULTS))
    assert [line[4:] for line in Sentences("en").error(error.value).splitlines()[1:-1]] == [
        "book.fil: there is no such setting. Is it book.file?",
        "backup.keep: “many” is no whole number.",
        "backup.days: 0 is too small; 1 is the least.",
        "backup.recipient: “age” has another form than in config.example.toml.",
        "privacy.contact: a text in quotation marks is expected.",
        "limits.stale_months: 500 is too large; 120 is the most.",
        "letters.attachments_mb: “2.5” is no whole number.",
        "letters.answer_by: “pigeon” is none of these: subject, plus.",
        "letters.release: a list is expected, as in config.example.toml.",
        "post.timeout: 0 is too small; it is more than 0.",
        "mailbox: host is missing, the name of your mail server.",
        "registers.prh_url: an https:// address is expected.",
        "requests.to: “@” is no e-mail address.",
        "autopilot.lists: true or false is expected, without quotation marks.",
        "nonsense: there is no such setting.",
        "boook: there is no such setting. Is it book?",
    ]


@pytest.mark.parametrize(("language", "said"), [("sv", "har 2 fel"), ("en", "has 2 faults")])
def test_a_fault_is_said_in_the_language_of_the_register(tmp_path, language, said):
    written(tmp_path, f'[book]\nlanguage = "{language}"\nfile = "r.xlsx"\nx = 1\ny = 1\n')
    assert said in exits(2, tmp_path, "check.py").stderr
    written(tmp_path, f'[book]\nlanguage = "{language}"\n')
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    (tmp_path / "config.toml").unlink()
    command = ("invite.py", "plan", "T-00000", "--book", "r.xlsx")
    spoken = exits(2, tmp_path, *command).stderr
    assert spoken == exits(2, tmp_path, *command, "--lang", language).stderr
    assert spoken != exits(2, tmp_path, *command, "--lang", "fi").stderr
