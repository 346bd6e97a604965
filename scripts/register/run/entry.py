"""``verkosto demo``: runs the scripts of an installed wheel. Standard library only."""

import os
import runpy
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2]
_NO_COMMANDS = ("environment", "run_tests")


def main() -> None:
    """Run the script that the first argument names, with the arguments after it."""
    commands = sorted(path.stem for path in SCRIPTS.glob("*.py") if path.stem not in _NO_COMMANDS)
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.stderr.write(f"verkosto COMMAND …: {', '.join(commands)}\n")
        raise SystemExit(2)
    script = SCRIPTS / f"{sys.argv.pop(1)}.py"
    sys.argv[0] = str(script)
    os.environ["VERKOSTO_COMMAND"] = "verkosto"  # messages then name commands as ``verkosto …``
    sys.path.insert(0, str(SCRIPTS))
    runpy.run_path(str(script), run_name="__main__")
