"""A table that is pasted into ``contacts.py import -``."""

import subprocess
import sys

from tests.test_scripts import SCRIPTS, exits

TABLE = """Yhdistys    Nimi        Puhelin       Sähköposti
Kaisla ry   Eila Kaski  040 111 2222  eila@kaisla.example
Tuulia ry               09 310 1691   info@tuulia.example
"""


def test_a_pasted_table_comes_in_by_its_columns(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    done = subprocess.run(
        [sys.executable, SCRIPTS / "contacts.py", "import", "-", "--book", "r.xlsx", "--apply"],
        cwd=tmp_path,
        input=TABLE.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, said
    assert "liitetty luettelo: 2 riviä" in said and "Traceback" not in said
