"""Our server answers what Google answered, word for word, over HTTP."""

from __future__ import annotations

import pytest

from tests.server.replay import recordings, replay, replay_recording
from tests.server.scenes import SCENES

RECORDINGS = recordings()


@pytest.mark.parametrize("name", [*SCENES, *RECORDINGS])
def test_answers_are_google_s(wire, name):
    if name in SCENES:
        replay(wire, SCENES[name], {})
    else:
        replay_recording(wire, RECORDINGS[name])
