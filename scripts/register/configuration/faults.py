"""What is wrong with a setting, as a sentence in place of the validator's English."""

import difflib
import re
from collections.abc import Iterator

from pydantic_core import ErrorDetails

from register.book.package_data import package_table
from register.book.phrase import Phrase
from register.configuration.section import BadSetting
from register.configuration.sections import Config

_PROBLEMS = package_table("register.configuration", "sentences")["faults"]
"""By the validator's kind of error, or the type that it expected."""

_SHOWN = 80


def setting_faults(error: ErrorDetails) -> Iterator[Phrase]:
    """Yield the sentences of one error of the validator; each names the setting."""
    path, kind = error["loc"], error["type"]
    where = ".".join(str(part) for part in path)
    context = error.get("ctx") or {}
    if isinstance(stated := context.get("error"), BadSetting):
        for msgid, values in stated.phrases:
            yield msgid, {"where": where, **values}
        return
    if kind == "extra_forbidden" and (meant := _meant(*path)):
        yield _PROBLEMS["misspelt"], {"where": where, "meant": meant}
        return
    wanted = kind.removesuffix("_type").removesuffix("_parsing")
    wanted = "number" if wanted == "int" else wanted
    msgid = _PROBLEMS.get(wanted, _PROBLEMS["otherwise"])
    limits = (f"{context[one]:g}" for one in ("ge", "gt", "le", "max_length") if one in context)
    values = {
        "where": where,
        "given": str(error["input"])[:_SHOWN],
        "expected": ", ".join(re.findall(r"'([^']+)'", str(context.get("expected", "")))),
        "limit": next(limits, ""),
    }
    yield msgid, {key: value for key, value in values.items() if f"{{{key}}}" in msgid}


def _meant(*path: int | str) -> str:
    """Return the setting that a misspelt one may mean, or ''."""
    if len(path) > 2:
        return ""
    sections = {key: field.annotation for key, field in Config.model_fields.items()}
    known = {
        f"{section}.{field.alias or key}"
        for section, model in sections.items()
        for key, field in getattr(model, "model_fields", {}).items()
    }
    choices = known if len(path) == 2 else sections
    near = difflib.get_close_matches(".".join(map(str, path)), sorted(choices), 1, 0.75)
    return near[0] if near else ""
