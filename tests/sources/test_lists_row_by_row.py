"""Lists that are read row by row."""

from register.sources.large_lists import MOST_AT_ONCE, large_list


def test_a_byte_that_is_no_letter_takes_no_other_letter_with_it(tmp_path):
    path = tmp_path / "members.csv"
    lines = "Nimi,Kunta\n" + "Eila Kaski,Hämeenlinna\n" * MOST_AT_ONCE
    path.write_bytes(lines.encode() + b"Veikko M\xc3\xa4ki\xff,Nokia\n")
    found = large_list(path)
    *_, (_, last) = found.rows()
    assert last == ["Veikko Mäki", "Nokia"]
