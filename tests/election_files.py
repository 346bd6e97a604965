"""Candidate files of the election authority's layout. Every one is made by the project: nobody in
them is real, and no byte of the authority's own files is here."""

import io
import zipfile

WIDTH = 45


def candidate(first, last, party="ESIM", number=2, result="1", **more):
    """Return a row of 45 cells; ``more`` gives cells by their number from one, as ``c16``."""
    cells = {
        1: "K",
        2: "02",
        3: "049",
        4: "K",
        5: "****",
        6: "UUS",
        7: "NYL",
        8: "01",
        9: "01",
        10: "01",
        12: party,
        13: f"{party}S",
        14: f"{party}E",
        15: f"{number:04}",
        16: "Espoo",
        17: "Esbo",
        18: first,
        19: last,
        20: "2",
        21: "047",
        22: "sairaanhoitaja",
        23: "049",
        24: "Espoo",
        25: "Esbo",
        26: "FI",
        31: "KV-2021",
        35: "0001234",
        39: result,
        43: "V",
        44: "T",
        45: "20250416120000",
    }
    cells |= {int(key[1:]): value for key, value in more.items()}
    return [cells.get(number, "") for number in range(1, WIDTH + 1)]


def county_candidate(first, last, area="Länsi-Uudenmaan hyvinvointialue", **more):
    """Return a row of a county; its municipality is the candidate's own, in column 23."""
    return candidate(
        first,
        last,
        **{"c1": "AV", "c2": "04", "c3": "***", "c4": "H", "c16": area, "c17": "", **more},
    )


def as_csv(rows, encoding="iso-8859-1"):
    """Return the rows as the authority writes them: a semicolon after each cell, no header."""
    return "".join(";".join(cells) + ";\r\n" for cells in rows).encode(encoding)


def as_zip(rows, name="kv-2025_teat_maa.csv", **more):
    """Return the archive that the authority offers, with one CSV in it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, as_csv(rows, **more))
    return kept.getvalue()
