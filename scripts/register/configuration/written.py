"""Settings as the text of a configuration file."""

import json
from typing import Any

Sections = dict[str, dict[str, Any]]


def settings_text(sections: Sections) -> str:
    """Return settings as TOML: JSON's strings, numbers and lists are TOML's as well."""
    head = "# What each setting is for: config.example.toml\n"
    tables = (
        "\n".join(
            (
                f"[{name}]",
                *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values.items()),
            )
        )
        for name, values in sections.items()
    )
    return head + "\n" + "\n\n".join(tables) + "\n"
