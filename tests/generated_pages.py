"""The generated blocks of the documentation: rules, glossary, flags, sessions at a terminal.

``python -m tests.generated_pages`` writes them anew.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from register.book.schema import schema  # noqa: E402
from register.rules import SAFE, rule_catalogue  # noqa: E402
from register.show.explain import rule_sentence  # noqa: E402
from register.words.sentences import Sentences  # noqa: E402
from tests.recorded_sessions import SESSIONS  # noqa: E402

PACKAGE = ROOT / "scripts" / "register"


def rules() -> str:
    """Return the table of rules."""
    say = Sentences("en")
    lines = ["| rule | | what it says | a cell |", "|---|---|---|---|"]
    for code, info in sorted(rule_catalogue().items()):
        mark = "✓" if code in SAFE else "→" if info.applicable else ""
        severity = f"{info.severity} {mark}".strip()
        cells = (f"`{code}`", severity, rule_sentence(info, say), info.example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def glossary() -> str:
    """Return the tabs by key, with their titles and columns' headers."""
    lines = ["| key | Finnish | Swedish | English |", "|---|---|---|---|"]
    for tab in schema().tabs.values():
        titles = (tab.titles[language] for language in ("fi", "sv", "en"))
        lines.append(f"| `{tab.key}` | {' | '.join(titles)} |")
    lines += ["", "<details><summary>All columns</summary>", ""]
    for tab in schema().tabs.values():
        if not tab.columns:
            continue
        lines += [
            f"**{tab.key}**",
            "",
            "| key | Finnish | Swedish | English |",
            "|---|---|---|---|",
        ]
        for column in tab.columns:
            gear = "⚙ " if column.tool else ""
            headers = (gear + column.headers[language] for language in ("fi", "sv", "en"))
            lines.append(f"| `{column.key}` | {' | '.join(headers)} |")
        lines.append("")
    return "\n".join([*lines, "</details>"])


def flags() -> str:
    """Return the flags that every script takes, as ``--help`` prints them."""
    command = [sys.executable, str(ROOT / "scripts" / "undo.py"), "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return f"```\n{done.stdout.partition('Options:')[2].strip(chr(10)).rstrip()}\n```"


BLOCKS: tuple[tuple[Path, str, Callable[[], str]], ...] = (
    (PACKAGE / "docs" / "rules.md", "rules", rules),
    (PACKAGE / "README.md", "glossary", glossary),
    (PACKAGE / "docs" / "flags.md", "flags", flags),
    *((PACKAGE / "docs" / "set-up.md", name, session) for name, session in SESSIONS.items()),
)


def with_block(text: str, name: str, block: str) -> str:
    """Return a page with a block in the place of the old one."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, _, rest = text.partition(start)
    return f"{before}{start}{block}\n{end}{rest.partition(end)[2]}"


def main() -> None:
    """Write every block anew."""
    for page, name, block in BLOCKS:
        text = page.read_text(encoding="utf-8")
        page.write_text(with_block(text, name, block()), encoding="utf-8")


if __name__ == "__main__":
    main()
