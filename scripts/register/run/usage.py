"""Faults in a command's arguments, as click finds them, in the reader's language."""

import re
from collections.abc import Mapping
from typing import cast

import click

_NEAR = "Did you mean: {near}?"
_NO_VALUE = "does not take a value."
"""The end of click's message about a flag that takes no value but was given one."""

MISSING_SENTENCES = {
    "area": "The command does not say which area.",
    "event": "The command does not say which event.",
    "file": "The command does not say which file.",
    "files": "The command does not say which file.",
    "meeting": "The command does not say which meeting.",
    "municipality": "The command does not say which municipality.",
    "subject": "The command does not say what it is about.",
    "whom": "The command does not say whom it is about.",
}
"""The sentence for each missing argument, by the argument's name."""

_SURPLUS = re.compile(r"\((.*)\)$", re.DOTALL)


def usage_fault(
    fault: click.ClickException, prog: str
) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return what is wrong and what to do next, each a msgid with its values.

    ``prog`` is the script's name, used where the fault does not know the subcommand.
    """
    path = fault.ctx.command_path if isinstance(fault, click.UsageError) and fault.ctx else prog
    near = cast("list[str] | None", getattr(fault, "possibilities", None))
    told = ((_NEAR, {"near": near}),) if near else ()
    return (
        _what(fault),
        *told,
        ("Give {command} --help to see what it takes.", {"command": f"python3 scripts/{path}"}),
    )


def _what(fault: click.ClickException) -> tuple[str, Mapping[str, object]]:
    match fault:
        case click.NoSuchOption():
            return "There is no flag {flag}.", {"flag": fault.option_name}
        case click.exceptions.NoSuchCommand():
            return "There is no command {command}.", {"command": fault.command_name}
        case click.MissingParameter(param=click.Argument(name=str(name))):
            return MISSING_SENTENCES[name], {}
        case click.MissingParameter():
            return "The command lacks {name}.", {"name": _name(fault)}
        case click.BadOptionUsage():
            values: Mapping[str, object] = {"flag": fault.option_name}
            if fault.message.endswith(_NO_VALUE):
                return "The flag {flag} takes no value.", values
            return "The flag {flag} lacks its value.", values
        case click.BadParameter(param=click.Parameter(type=click.Choice() as kind)):
            values = {"flag": _name(fault), "choices": list(map(str, kind.choices))}
            return "{flag} takes one of these: {choices}.", values
        case click.BadParameter(
            param=click.Parameter(type=click.IntRange(min=int(least), max=int(most)))
        ):
            values = {"flag": _name(fault), "least": least, "most": most}
            return "{flag} takes a whole number from {least} to {most}.", values
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=int(least)))):
            values = {"flag": _name(fault), "least": least}
            return "{flag} takes a whole number, at least {least}.", values
        case click.BadParameter(param=click.Parameter(type=click.types.IntParamType())):
            return "{flag} takes a whole number.", {"flag": _name(fault)}
        case click.BadParameter():
            return "{where}: {what}", {"where": _name(fault), "what": fault.message}
        case click.UsageError() if words := _SURPLUS.search(fault.message):
            return "The command does not take this: {words}", {"words": words[1]}
        case _:
            return "{where}: {what}", {"where": "click", "what": fault.format_message()}


def _name(fault: click.BadParameter) -> str:
    """Return a parameter's name for people: its longest flag, or the argument's name."""
    if fault.param is None:
        return str(fault.param_hint or "")
    if isinstance(fault.param, click.Option):
        return max(fault.param.opts, key=len)
    return fault.param.human_readable_name
