"""A key that is lost is said to be, also where only the hashes of erased people show it."""

from __future__ import annotations

from tests.test_scripts import exits

BOOK = ("--book", "r.xlsx")


def test_no_new_key_is_made_where_erased_people_are_known_by_the_one_before(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        "Nimi;Yhdistys;Sähköposti;Kutsutaan\nMaija Malli;Kylä ry;m@kyla.example;kyllä\n"
        "Pekka Testi;Kylä ry;p@kyla.example;kyllä\n",
        "utf-8",
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    exits(0, tmp_path, "privacy.py", "erase", "m@kyla.example", *BOOK, "--apply")
    (key,) = tmp_path.rglob("key")
    kept = key.read_bytes()
    key.unlink()
    stop = exits(2, tmp_path, "invite.py", "notice", *BOOK, "--apply", "--confirm", "1:00000000")
    assert "avain" in stop.stderr and str(key) in stop.stderr
    assert not key.exists()
    key.touch(mode=0o600)
    key.write_bytes(kept)
    assert "Yksi kirje" in exits(0, tmp_path, "invite.py", "notice", *BOOK).stdout
