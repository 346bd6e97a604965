"""``[apply] rules``: what is put right without asking, and codes that no rule has."""

import pytest

from register.book.errors import ConfigError
from register.configuration.load import load_configuration
from register.rules import SAFE
from register.words.sentences import Sentences


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
