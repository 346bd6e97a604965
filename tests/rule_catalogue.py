"""The table of rules in the README, made from the rule modules.

``python -m tests.rule_catalogue`` writes it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from register.rules import SAFE, rule_catalogue  # noqa: E402
from register.show.explain import rule_sentence  # noqa: E402
from register.words.sentences import Sentences  # noqa: E402

README = ROOT / "README.md"
START, END = "<!-- rules -->\n", "<!-- /rules -->"


def block() -> str:
    """Return the table with the marks around it."""
    say = Sentences("en")
    lines = ["| rule | | what it says | a cell |", "|---|---|---|---|"]
    for code, info in sorted(rule_catalogue().items()):
        mark = "✓" if code in SAFE else "→" if info.applicable else ""
        cells = (
            f"`{code}`",
            f"{info.severity} {mark}".strip(),
            rule_sentence(info, say),
            info.example,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return START + "\n".join(lines) + "\n" + END


def main() -> None:
    """Put the table into the README in the place of the old one."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    README.write_text(before + block() + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
