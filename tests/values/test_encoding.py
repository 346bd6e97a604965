"""Bytes become the letters that were meant, or are known to be unread: never other letters."""

import pytest

from register.values.encoding import decode, has_undecoded_bytes
from register.values.mojibake import is_garbled, mend_mojibake

LIST = "Etunimi;Sukunimi\nPäivi;Mäkelä\nÅke;Öst\nVäinö;Šimek\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"],
)
def test_what_lists_are_written_in_is_read(encoding):
    assert decode(LIST.encode(encoding))[0] == LIST


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["Päivi Äijö\nÅke Öst\n", "Töölö", "Löf", "SÄÄKSMÄKI"])
def test_the_rare_ones_are_told_by_their_signs(encoding, text):
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", ["Šimek Sašo", "François João Zoë", "5 € – “hei” d’Or 20°"])
def test_other_letters_of_windows_stay_theirs(text):
    assert decode(text.encode("cp1252"))[0] == text


def test_a_line_of_another_encoding_is_read_as_what_it_is():
    data = "Päivi Mäkelä\n".encode() + "Väinö Öst\n".encode("cp1252") + "Åke\n".encode()
    assert decode(data)[0] == "Päivi Mäkelä\nVäinö Öst\nÅke\n"


@pytest.mark.parametrize("bad", [b"Hyv\xc3", b"H\xffm\xe4", b"P\x81ivi", b"P\xa4ivi", b"\x96st"])
def test_one_bad_byte_spoils_its_own_line_only(bad):
    lines = decode("Väinö\n".encode() + bad + "\nÅke\n".encode())[0].split("\n")
    assert (lines[0], has_undecoded_bytes(lines[1]), lines[2]) == ("Väinö", True, "Åke")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Παπαδόπουλος\nΓεώργιος\n", "iso8859-7"),
        ("Иванов Пётр\n", "cp1251"),
        ("Иванов Пётр\n", "koi8-r"),
        ("Wałęsa Łódź\n", "cp1250"),
    ],
)
def test_what_is_in_another_alphabet_becomes_no_letters_of_ours(text, encoding):
    assert all(map(has_undecoded_bytes, decode(text.encode(encoding))[0].split("\n")[:-1]))


@pytest.mark.parametrize("text", ["Päivi", "Öst", "Åbo", "Märta Ärlig", "Muša", "é – ”x”"])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_was_encoded_several_times_is_mended(text, encoding, times):
    spoilt = text
    for _ in range(times):
        spoilt = "".join(
            bytes((byte,)).decode(encoding if byte not in HOLES else "latin-1")
            for byte in spoilt.encode()
        )
    assert mend_mojibake(spoilt) == (text, True)


HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""The bytes that Windows-1252 has no sign for; programs read them as Latin-1."""


@pytest.mark.parametrize(
    "text",
    ["Päivi", "JOÃO", "São Paulo", "Ângela", "”HYVÄ”", "Älä… tee", "SKÅ”", "Château", "AT&T; x"],
)
def test_what_is_right_stays_as_it_is(text):
    assert mend_mojibake(text) == (text, True)


@pytest.mark.parametrize("text", ["Ã?iti", "Ãland", "Pï¿½ivi", "Pâ€ivi", "HâkanÂ", "ÐŸÑƒÑˆÐºÐ¸Ð½"])
def test_what_was_lost_is_told_and_not_guessed(text):
    assert is_garbled(text)
    assert not mend_mojibake(text)[1]
