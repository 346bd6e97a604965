"""``verkosto demo``: the scripts of an installed wheel by one command. Standard library only."""

import os
import runpy
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2]
_NO_COMMANDS = ("environment", "run_tests")


def main() -> None:
    """Run the script that the first word names, with the words after it, as it runs by itself."""
    commands = sorted(path.stem for path in SCRIPTS.glob("*.py") if path.stem not in _NO_COMMANDS)
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.stderr.write(f"verkosto COMMAND …: {', '.join(commands)}\n")
        raise SystemExit(2)
    script = SCRIPTS / f"{sys.argv.pop(1)}.py"
    sys.argv[0] = str(script)
    os.environ["VERKOSTO_COMMAND"] = "verkosto"  # what is said of commands names it
    sys.path.insert(0, str(SCRIPTS))
    runpy.run_path(str(script), run_name="__main__")
