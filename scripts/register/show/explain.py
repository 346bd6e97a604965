"""Rules in words: what a rule says, why it asks, what to do, and an example."""

from string import Formatter

from register.rules import SAFE, RuleInfo, rule_catalogue
from register.words.sentences import Sentences


def explain_rule(info: RuleInfo, say: Sentences) -> str:
    """Return the explanation of a rule as lines of plain text."""
    applied = (
        say(
            "Made without asking by python3 scripts/cleanup.py --apply, unless [apply] rules "
            "says otherwise."
        )
        if info.code in SAFE
        else say("Proposed in {tab:review}; [apply] rules can have it made without asking.")
        if info.applicable
        else say("Reported; only a person can tell what is right.")
    )
    name = say.named("rule", info.code)
    lines = (
        f"{info.code} · {say.label('severity', info.severity)}"
        + (f" · {name}" if name != info.code else ""),
        "",
        f"  {rule_sentence(info, say)}",
        "",
        f"{say('Why')}: {say(info.why)}",
        f"{say('What to do')}: {say(info.remedy)}",
        f"{say('Example')}: {info.example}",
        applied,
    )
    return "\n".join(lines)


def list_rules(say: Sentences) -> str:
    """Return all rules, one on each line: code, severity, sentence."""
    width = max(map(len, rule_catalogue()))
    return "\n".join(
        f"{code:{width}}  {say.label('severity', info.severity):8}  {rule_sentence(info, say)}"
        for code, info in sorted(rule_catalogue().items())
    )


def rule_values(info: RuleInfo, say: Sentences) -> dict[str, object]:
    """Return a rule as JSON values."""
    return {
        "code": info.code,
        "severity": info.severity,
        "sentence": say(info.sentence),
        "why": say(info.why),
        "remedy": say(info.remedy),
        "example": info.example,
        "applied": info.code in SAFE,
        "proposes": info.applicable,
    }


def rule_sentence(info: RuleInfo, say: Sentences) -> str:
    """Return a rule's sentence filled with its example; other placeholders become "…"."""
    cell, _, wanted = info.example.partition(" → ")
    names = {name for _, name, _, _ in Formatter().parse(info.sentence) if name}
    known = {"cell": cell, "suggestion": wanted or "…"}
    return say(info.sentence, **{name: known.get(name, "…") for name in names})
