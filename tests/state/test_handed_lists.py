"""To whom lists with somebody in them have been given, as an erasure asks it."""

from datetime import UTC, datetime

from register.state.handed_lists import handed_receivers, note_handed


def test_the_receivers_of_one_person_are_known(tmp_path):
    assert handed_receivers(tmp_path) == ()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    note_handed(tmp_path, at, "Kumppani", "lists", ["H-00000", "H-0JCDN"])
    note_handed(tmp_path, at, "Seura", "packet", ["H-0JCDN"])
    assert handed_receivers(tmp_path) == ("Kumppani", "Seura")
    assert handed_receivers(tmp_path, ("H-00000",)) == ("Kumppani",)
    assert handed_receivers(tmp_path, ("H-6ZS7M",)) == ()
