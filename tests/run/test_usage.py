"""What click finds wrong with a command's words is said in three languages, with what to do next."""

import runpy

import click
import pytest

from register.run.options import shared_options
from register.run.usage import MISSING_SENTENCES, usage_fault
from register.words.sentences import Sentences
from tests.script_server import SCRIPTS


@click.group()
def group():
    """Hold a command."""


@group.command()
@click.argument("meeting")
@click.option("--year", type=click.IntRange(2026, 2100))
@shared_options
def send(options, meeting, year):
    """Do nothing."""


def said(language, *words):
    with pytest.raises(click.ClickException) as fault:
        group.main(list(words), standalone_mode=False, prog_name="invite.py")
    say = Sentences(language)
    return [say(msgid, **values) for msgid, values in usage_fault(fault.value, "invite.py")]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["send", "x", "--bok", "y"], ["Valitsinta --bok ei ole.", "Tarkoititko: --book?"]),
        (["sned"], ["Komentoa sned ei ole.", "Tarkoititko: send?"]),
        (["send"], ["Komennosta puuttuu tapaaminen."]),
        (["send", "x", "--book"], ["Valitsimelta --book puuttuu arvo."]),
        (["send", "x", "--apply=3"], ["Valitsimelle --apply ei anneta arvoa."]),
        (["send", "x", "--limit", "ab"], ["--limit on kokonaisluku, vähintään 1."]),
        (["send", "x", "--year", "1999"], ["--year on kokonaisluku väliltä 2026–2100."]),
        (["send", "x", "y", "z"], ["Komennossa on liikaa: y z"]),
    ],
)
def test_a_wrong_word_is_named_and_the_next_command_is_whole(words, wanted):
    path = "invite.py" if words[-1] in ("sned", "--book", "--apply=3") else "invite.py send"
    help_of = f"Ohjeen saat komennolla python3 scripts/{path} --help."
    assert said("fi", *words) == [*wanted, help_of]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fi", "--format on jokin näistä: text, json, md, html."),
        ("sv", "--format är någon av dessa: text, json, md, html."),
        ("en", "--format takes one of these: text, json, md, html."),
    ],
)
def test_each_language_says_what_a_flag_takes(language, wanted):
    assert said(language, "send", "x", "--format", "xx")[0] == wanted


def arguments(command):
    """Every word that a command and those below it take."""
    for one in getattr(command, "commands", {}).values():
        yield from arguments(one)
    yield from (one for one in command.params if isinstance(one, click.Argument))


@pytest.mark.parametrize("script", sorted(path.stem for path in SCRIPTS.glob("*.py")))
def test_each_word_that_may_be_missing_has_a_sentence(script):
    source = (SCRIPTS / f"{script}.py").read_text("utf-8")
    if "run_command(" in source:
        made = runpy.run_path(str(SCRIPTS / f"{script}.py"))["command"]
        assert {one.name for one in arguments(made) if one.required} <= MISSING_SENTENCES.keys()
