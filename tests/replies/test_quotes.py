"""Our own text is no answer: what stands around the writer's words changes nothing in them."""

from __future__ import annotations

import pytest

from register.post.classifier import own_identity
from register.replies.answer_text import read_answer_text
from register.replies.classify import classify
from register.replies.quoting import unquoted_text
from tests.letters.correspondence import SENDER, TEMPLATES
from tests.replies.quotes import PROGRAMS, WHERE
from tests.replies.test_classify import RECEIVED
from tests.replies.test_flow import Club

OURS = own_identity([TEMPLATES], [SENDER.name, SENDER.organisation])
OWN = {
    "maija": (
        "Tulossa!", "Ehkä", "En pääse", "Ei kutsuja",
        "Hei,\n\nvalitettavasti en pääse tällä kertaa.\n\nYstävällisin terveisin\nMaija Meri\npuh. 040 123 4567",
        "Onko paikalla pysäköintiä?", "en tiedä vielä", "tulossa jos pääsen töistä", "",
    ),
    "nils": ("Kommer gärna", "kanske", "kan tyvärr inte", "Inga inbjudningar, tack", "Finns det kaffe?", ""),
    "amina": ("I'm coming", "maybe", "sorry can't make it", "No invitations please", "Is there parking?", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    return Club(tmp_path_factory.mktemp("club"))


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_reply_says_what_its_writer_wrote(club, program, where):
    wrong = []
    for who, texts in OWN.items():
        for own in texts:
            data = PROGRAMS[program](getattr(club, who), own, where)
            verdict = classify(data, RECEIVED, OURS)
            alone = read_answer_text(own, ("maija", "meri"))
            got = (verdict.kind, verdict.guess, verdict.clear, verdict.comment)
            if got != ("text", alone.guess, alone.clear, alone.added):
                wrong.append((own, got, verdict.words))
            if own and verdict.words.split() != own.split():
                wrong.append((own, verdict.words))
    assert not wrong, "\n".join(map(str, wrong))


def test_how_many_there_are():
    assert len(PROGRAMS) * len(WHERE) * sum(map(len, OWN.values())) >= 2_500


@pytest.mark.parametrize("piece", ["\n", "\n> ", "Tulossa\n", "<mailto:", "<mailto:\n ", "> > "])
def test_links_without_an_end_cost_no_more_than_others(piece):
    """Looked at in one go, without trying every way to cut them."""
    text = "Tulossa <mailto:" + piece * (20_000 // len(piece))
    assert len(unquoted_text(text)) <= 2_000
