"""Our server answers what Google answered, word for word, over HTTP."""

from __future__ import annotations

import pytest

from tests.server.replay import recordings, replay, replay_recording
from tests.server.scenes import SCENES
from tests.server.tab_scenes import TAB_SCENES

ALL = {**SCENES, **TAB_SCENES}
RECORDINGS = recordings()


@pytest.mark.parametrize("name", [*ALL, *RECORDINGS])
def test_answers_are_google_s(wire, name):
    if name in ALL:
        replay(wire, ALL[name], {})
    else:
        replay_recording(wire, RECORDINGS[name])
