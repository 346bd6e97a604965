"""Candidate files: those elected, and no other; another election, half a file, a bomb are refused."""

import io
import zipfile

import pytest

from register.book.errors import UsageError
from register.sources import elections
from register.values import places
from tests.election_files import as_csv, as_zip, candidate, county_candidate

KV, AV = "kv-2025_ehd_maa.csv.zip", "av-2025_ehd_maa.csv.zip"
MAIJA = candidate("Maija", "Malli")


def read(data, name=KV, kind="municipal", year=2025, code="049"):
    return elections.read_council(io.BytesIO(data), name, kind, year, code)


def members(rows, **more):
    return [(one.first, one.last) for one in read(as_zip(rows), **more).members]


def refused(data, *words, **more):
    with pytest.raises(UsageError) as error:
        read(data, **more)
    assert error.value.exit_code == 2 and error.value.remedy
    assert all(word in str(error.value.values) + error.value.message for word in words)


def test_the_layout_is_that_of_the_header_workbook():
    assert elections.WIDTH == 45 == len(MAIJA)
    assert sorted(elections.CANDIDATE_COLUMNS.values()) == [
        1,
        3,
        4,
        8,
        12,
        13,
        15,
        16,
        17,
        18,
        19,
        23,
        39,
        45,
    ]


def test_name_party_and_municipality_are_kept_and_nothing_else():
    (one,) = read(as_zip([MAIJA])).members
    assert (one.first, one.last, one.home) == ("Maija", "Malli", "049")
    assert [one.party(language) for language in ("fi", "sv", "en")] == ["ESIM", "ESIMS", "ESIM"]
    assert not any(word in repr(one) for word in ("sairaanhoitaja", "047", "'2'", "FI"))


@pytest.mark.parametrize(
    "row",
    [
        candidate("Vara", "Valittu", result="2"),
        candidate("Ei", "Valittu", result="3"),
        candidate("Ei", "Tietoa", result=""),
        candidate("Toinen", "Kunta", c3="091"),
    ],
)
def test_who_was_not_elected_here_is_left_alone(row):
    assert members([row, MAIJA]) == [("Maija", "Malli")]


def test_a_candidate_of_many_areas_is_one_and_namesakes_are_two():
    areas = [candidate("Maija", "Malli", c4="A", c5=f"{n:03}A") for n in range(3)]
    twin = candidate("Maija", "Malli", party="TOIN", number=9, c8="02")
    assert members([*areas, MAIJA, MAIJA, twin]) == [("Maija", "Malli")] * 2


def test_a_countys_own_rows_are_known_by_its_name_and_its_councillors_live_where_they_do():
    code = places.county_named("Länsi-Uusimaa").code
    rows = [
        county_candidate("Alma", "Alue", c23="444"),
        county_candidate("Alma", "Alue", c4="A", c3="444", c16="Lohja 1"),
        county_candidate("Muu", "Alue", area="Keski-Uudenmaan hyvinvointialue", number=4),
    ]
    data = as_zip(rows, name="av-2025_teat_maa.csv")
    (one,) = read(data, name=AV, kind="county", code=code).members
    assert (one.last, one.home) == ("Alue", "444")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig"])
def test_letters_are_read_in_the_authoritys_encoding_or_in_utf8(encoding):
    row = candidate("Åsa", "Hyvämäki-Öhman")
    (one,) = read(as_zip([row], encoding=encoding)).members
    assert (one.first, one.last) == ("Åsa", "Hyvämäki-Öhman")


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_another_encoding_is_refused(encoding):
    refused(as_zip([candidate("Åsa", "Hyvämäki")], encoding=encoding), "ISO-8859-1")


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("kv-2021_ehd_maa.csv.zip", candidate("A", "B", c45="20210615120000")),
        ("ehdokkaat.csv", candidate("A", "B", c45="20210615120000")),
        (KV, candidate("A", "B", c45="20210615120000")),
        (KV, candidate("A", "B", c1="E")),
        (KV, candidate("A", "B", c1="AV")),
        ("ekv-2023_ehd_maa.csv.zip", candidate("A", "B", c1="E", c45="20230404160757")),
    ],
)
def test_another_election_is_told_by_its_file_or_its_rows(name, row):
    refused(as_csv([row]), "KV-2025", name=name)


def test_the_name_in_the_archive_counts_whatever_the_archive_is_called():
    refused(as_zip([MAIJA], name="kv-2021_teat_maa.csv"), "2021", name="lataus.zip")
    assert read(as_csv([MAIJA]), name="lataus.csv").members


@pytest.mark.parametrize("as_file", [as_csv, as_zip])
def test_what_is_kept_of_a_reply_tells_the_same_and_no_age_sex_or_language(as_file):
    areas = [candidate("Maija", "Malli", c4="A"), candidate("Ei", "Valittu", result="3")]
    data = as_file([*areas, MAIJA, candidate("Åsa", "Öberg", number=3)])
    kept = elections.reduce_candidates(data, KV)
    assert read(kept) == read(data)
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        (name,) = archive.namelist()
        text = archive.read(name).decode()
    assert text.count("\n") == 2 and "Valittu" not in text
    assert not any(word in text for word in ("047", "sairaanhoitaja", "FI"))
    with pytest.raises(UsageError):
        elections.reduce_candidates(b"<html>", KV)


def test_a_later_day_of_update_is_no_other_election():
    assert members([candidate("Maija", "Malli", c45="20260102120000")]) == [("Maija", "Malli")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><title>Huolto</title>",
        as_csv([MAIJA])[:-60],
        as_csv([MAIJA, MAIJA])[:-9],
        as_csv([[*MAIJA, "x"]]),
        as_zip([MAIJA])[:-30],
        as_zip([MAIJA])[:60],
        b"PK\x03\x04" + b"x" * 200,
        as_csv([MAIJA]).decode("latin-1").encode("utf-16"),
        b"\0" * 5000,
        b"K;" * 50_000,
    ],
    ids=lambda data: f"{data[:4]!r}-{len(data)}",
)
def test_what_is_no_whole_candidate_file_is_refused(data):
    refused(data, "election authority")


def test_nobody_elected_is_no_empty_council():
    refused(as_zip([candidate("Ei", "Valittu", result="3")]), "nobody", "Espoo")


def test_a_name_that_is_none_is_counted():
    found = read(as_zip([MAIJA, candidate("131052-308T", "Tunnus"), candidate("A", "x" * 500)]))
    assert len(found.members) == 1 and found.unread == 2


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(elections, "MOST_UNPACKED", 1_000_000)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kv-2025_teat_maa.csv", as_csv([MAIJA]) * 20_000)
    refused(kept.getvalue(), "election authority")


def test_an_archive_that_lies_of_its_size_is_refused(monkeypatch):
    """The size in the directory is written over: what is unpacked is counted."""
    monkeypatch.setattr(elections, "MOST_UNPACKED", 1_000_000)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kv-2025_teat_maa.csv", as_csv([MAIJA]) * 20_000)
    data = kept.getvalue()
    size = (len(as_csv([MAIJA])) * 20_000).to_bytes(4, "little")
    assert data.count(size) == 2
    refused(data.replace(size, (100).to_bytes(4, "little")), "election authority")


@pytest.mark.parametrize("files", [(), ("a.csv", "b.csv"), ("lue.txt",)])
def test_an_archive_without_just_one_table_is_refused(files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in files:
            archive.writestr(name, as_csv([MAIJA]))
    refused(kept.getvalue(), "election authority")
