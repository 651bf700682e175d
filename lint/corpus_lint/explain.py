"""What rules say of themselves: the list of rules, and the page of one."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, get_args

from .options import hints
from .rule import Bad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .rule import Good, Rule


def summary(rule: type[Rule]) -> str:
    """The first line of a rule's page."""
    return inspect.getdoc(rule).partition("\n")[0]  # type: ignore[union-attr]


def fixability(rule: type[Rule]) -> str:
    """``fix`` when an example of the rule is fixed, else nothing: it cannot lie."""
    return "fix" if any(isinstance(example, Bad) and example.fixed is not None for example in rule.examples) else ""


def listing(rules: Sequence[type[Rule]]) -> str:
    """One line a rule: code, name, severity, whether it can fix, summary."""
    width = max((len(rule.name) for rule in rules), default=0)
    rows = [
        f"{rule.code}  {rule.name:{width}}  {rule.severity.value:7}  {rule.confidence.value:6}  {fixability(rule):3}  "
        f"{summary(rule)}"
        for rule in rules
    ]
    return "".join(row.rstrip() + "\n" for row in rows)


def page(rule: type[Rule]) -> str:
    """The whole page of a rule: what it finds and why, its options and its examples."""
    lines = [f"# {rule.code} {rule.name}", "", inspect.getdoc(rule) or "", ""]
    lines += [f"Severity: {rule.severity.value}. Confidence: {rule.confidence.value}.", ""]
    fields = hints(rule.Options)
    if fields:
        lines += ["## Options", "", f"In `[rules.{rule.code}]`:", ""]
        lines += [_option(rule, name, hint) for name, hint in fields.items()] + [""]
    lines += ["## Examples", ""]
    for example in rule.examples:
        lines += [*_example(example), ""]
    return "\n".join(lines)


def _option(rule: type[Rule], name: str, hint: Any) -> str:
    meaning = next((part for part in get_args(hint) if isinstance(part, str)), "")
    return f"- `{name.replace('_', '-')}` = `{getattr(rule.Options, name)!r}`: {meaning}"


def _example(example: Bad | Good) -> list[str]:
    shown = _shown(example.text)
    if not isinstance(example, Bad):
        return ["Left alone:", "", *shown]
    lines = ["Found:", "", *shown]
    if example.fixed is not None:
        lines += ["", "Fixed:", "", *_shown(example.fixed)]
    return lines


def _shown(text: str | bytes | tuple[str, ...]) -> list[str]:
    """An example as a block, what cannot be seen as its escape."""
    if isinstance(text, tuple):
        return [line for part in text for line in _shown(part)]
    if isinstance(text, bytes):
        return [f"    {text!r}"]
    seen = (c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)
    return [f"    {line}" for line in "".join(seen).split("\n")]
