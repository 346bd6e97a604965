"""A table that is pasted into ``contacts.py import -``."""

from tests.script_server import SERVER
from tests.test_scripts import exits

TABLE = """Yhdistys    Nimi        Puhelin       Sähköposti
Kaisla ry   Eila Kaski  040 111 2222  eila@kaisla.example
Tuulia ry               09 310 1691   info@tuulia.example
"""


def test_a_pasted_table_comes_in_by_its_columns(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    command = ("contacts.py", "import", "-", "--book", "r.xlsx", "--apply")
    done = SERVER.run(tmp_path, command, {}, typed=TABLE)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "liitetty luettelo: 2 riviä" in said and "Traceback" not in said
