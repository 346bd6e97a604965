"""A letter's Markdown as plain text, from the same tokens as its HTML."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

_SPACES = re.compile(r" *\n *")

_BETWEEN_LINKS = ("·", "|")
"""Separators between adjacent links; in plain text they become line breaks."""

RULE = "–" * 24
"""The plain text of a horizontal rule."""


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the plain text of markdown-it's block tokens, with lists marked by dashes."""
    blocks: list[str] = []
    bullets: list[str] = []
    marks: list[str] = []
    tight = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                first = token.attrGet("start")
                bullets.append("-" if token.type[0] == "b" else f"{first or 1}.")
            case "bullet_list_close" | "ordered_list_close":
                bullets.pop()
                tight = bool(bullets)
            case "list_item_open":
                marks.append("  " * (len(bullets) - 1) + bullets[-1] + " ")
                if bullets[-1] != "-":
                    bullets[-1] = f"{int(bullets[-1][:-1]) + 1}."
            case "hr":
                blocks.append(RULE)
            case "inline":
                text = _inline(token.children or ())
                if marks:
                    mark = marks.pop()
                    line = mark + text.replace("\n", "\n" + " " * len(mark))
                    if tight and blocks:
                        blocks[-1] += "\n" + line
                    else:
                        blocks.append(line)
                    tight = True
                else:
                    blocks.append(text)
                    tight = False
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _inline(children: Sequence[Token]) -> str:
    written: list[str] = []
    links: list[tuple[str, str, int]] = []
    for child in children:
        match child.type:
            case "text" if child.content.strip() in _BETWEEN_LINKS:
                written.append("\n")
            case "text" | "code_inline":
                written.append(child.content)
            case "softbreak":
                written.append(" ")
            case "hardbreak":
                written.append("\n")
            case "link_open":
                href = str(child.attrGet("href") or "")
                shown = child.meta.get("shown", f": {href.removeprefix('mailto:')}")
                links.append((child.meta.get("label", href), shown, len(written)))
            case "link_close":
                href, shown, begin = links.pop()
                label = "".join(written[begin:])
                if label not in (href, href.removeprefix("mailto:")):
                    written.append(shown)
    return _SPACES.sub("\n", "".join(written))
