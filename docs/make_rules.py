"""Make ``rules.md``, the rule reference, from the rules themselves: ``python docs/make_rules.py``.

A test holds the file to what this makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus_lint import packs
from corpus_lint.explain import page, summary

FAMILIES = {
    "ENC": "bytes and code points",
    "MOJ": "text decoded wrongly",
    "BOI": "what the site said, not the author",
    "PLH": "what was masked or never filled in",
    "SCR": "scripts that do not belong together",
    "DUP": "said twice",
    "TXT": "structure broken",
}
TARGET = Path(__file__).with_name("rules.md")


def reference() -> str:
    """The whole reference, in Markdown."""
    rules = packs.load()
    made = "Made by `docs/make_rules.py` from the rules themselves; `corpus-lint --explain RULE` prints the same pages."
    lines = ["# Rules", "", made, ""]
    for family, about in FAMILIES.items():
        own = [rule for rule in rules if rule.code.startswith(family)]
        if own:
            lines += [f"**{family}**: {about}", ""]
            lines += [f"- [{rule.code} {rule.name}](#{rule.code.lower()}-{rule.name}): {summary(rule)}" for rule in own]
            lines.append("")
    for rule in rules:
        lines += [_nested(page(rule)), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _nested(text: str) -> str:
    """The page one heading level down."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in text.split("\n")).rstrip("\n")


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
    sys.exit(0)
