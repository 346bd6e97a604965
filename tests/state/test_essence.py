"""What a new computer knows of the answers that another one has forgotten."""

from datetime import datetime
from zoneinfo import ZoneInfo

from register.state.essence import Essence, essence_of, learn_essence, restore_essence
from register.state.learned_levels import forget_learning, read_learning

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki"))


def made(folder):
    """Return the essence as it comes back from the register."""
    return Essence.unpacked(essence_of(folder, "eka", NOW, lambda address: False).packed())


def test_what_was_forgotten_stays_forgotten_on_a_new_computer(tmp_path):
    here, there, other = (tmp_path / name for name in ("here", "there", "other"))
    assert "learning" not in made(here).tables
    here.mkdir()
    forget_learning(here, "2026-11-20T10:00")
    restore_essence(there, made(here))
    assert read_learning(there).since == "2026-11-20T10:00"
    other.mkdir()
    for mine, after in (("2026-11-10T10:00", "2026-11-20T10:00"), ("2026-11-25T10:00",) * 2):
        forget_learning(other, mine)
        learn_essence(other, made(here), "toka", cut_off=False)
        assert read_learning(other).since == after
