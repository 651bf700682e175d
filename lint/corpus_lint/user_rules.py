"""Rules that a user writes in the configuration: a pattern or phrases, a message, maybe a fix.

Each ``[[rule]]`` table becomes a rule like any other: it has a code, can be selected, ignored and put into a baseline.
It is held to its own examples when it is loaded, and its expression may not run for ever on a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from . import user_phrases
from .finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from .options import ConfigurationError, read
from .rule import Bad, Good, PatternRule, RuleStopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .document import Line
    from .rule import Rule, Trigger

TIMEOUT = 1.0
"""Seconds that an expression may take for one line."""
EXAMPLE_TIMEOUT = 0.5
"""Seconds that it may take for one of its examples."""
CODE = "[A-Z]{2,5}[0-9]{3}"


class Table:
    """What a ``[[rule]]`` table says."""

    code: Annotated[str, "two to five capital letters and three digits, not those of another rule"] = ""
    name: Annotated[str, "lower-case words joined by hyphens; made from the code when left out"] = ""
    pattern: Annotated[str, "an expression of the `regex` package, searched for in each line"] = ""
    phrases: Annotated[list[str], "texts to search for; script, width and case make no difference"] = []
    whole_line: Annotated[bool, "whether a line must consist of the pattern or phrase, marks around it apart"] = False
    message: Annotated[str, "what a finding says; `{match}` is the text found"] = ""
    severity: Annotated[Literal["note", "warning", "error"], "how much a finding harms"] = "warning"
    confidence: Annotated[Literal["low", "medium", "high"], "how often a finding is true; only high is shown"] = "high"
    fix: Annotated[
        str | None, r"what a match becomes (`\1` is a group); empty removes it, with `whole-line` the line"
    ] = None
    safe: Annotated[bool, "whether `--fix` may apply the fix without `--unsafe-fixes`"] = False
    examples: Annotated[list[str], "lines in which the rule must find something; ⟦marks⟧ say what"] = []
    clean: Annotated[list[str], "lines in which it must find nothing"] = []


class UserRule(PatternRule):
    """A rule of the configuration."""

    table: ClassVar[Table]
    phrases: ClassVar[user_phrases.Phrases | None] = None

    def make_triggers(self) -> Sequence[Trigger]:
        """Those of the phrases, or one made from the expression."""
        if self.phrases is not None:
            return list(
                dict.fromkeys(
                    trigger._replace(is_everywhere=True)
                    for phrase in self.phrases
                    for trigger in user_phrases.triggers(phrase)
                )
            )
        return super().make_triggers()

    def check_line(self, line: Line) -> Iterable[Finding]:
        """Every match, with its fix.

        Raises:
            RuleStopped: the expression takes too long for the line.
        """
        try:
            for match in self.matches(line.text, TIMEOUT):
                start, end = match.span()
                if start < end:
                    message = self.message.replace("{match}", match[0])
                    yield Finding(start, end, message, self._fix(match, line))
        except TimeoutError:
            place = f"line {line.index + 1}" if line.document.source else "a line"
            raise RuleStopped(
                f"its expression takes longer than {TIMEOUT:g} s for {place} of {len(line.text):,} characters; "
                "make the expression simpler (nested repetition is the usual reason)"
            ) from None

    @classmethod
    def matches(cls, text: str, timeout: float) -> Iterable[Any]:
        """The matches (of ``regex``) in a line.

        Raises:
            TimeoutError: the expression takes more than ``timeout`` seconds.
        """
        if cls.phrases is not None:
            return cls.phrases.matches(text)
        matches: Iterable[Any] = compiled(cls.pattern).finditer(text, timeout=timeout)
        return matches

    def _fix(self, match: Any, line: Line) -> Fix | None:
        content = self.table.fix
        if content is None:
            return None
        applicability = Applicability.SAFE if self.table.safe else Applicability.UNSAFE
        if self.table.whole_line and not content:
            return Fix("delete the line", (_line_edit(line),), applicability)
        new = match.expand(content)
        return Fix(
            f"replace it by `{new}`" if new else "remove it", (Edit(match.start(), match.end(), new),), applicability
        )


def _line_edit(line: Line) -> Edit:
    """The edit that deletes a line with its line end, or the one before when it is the last."""
    starts, index = line.document.line_starts, line.index
    start = line.start
    if index + 1 < len(starts):
        return Edit(0, starts[index + 1] - start, "")
    before = len(line.document.line_text(index - 1)) + starts[index - 1] - start if index else 0
    return Edit(before, len(line.text), "")


def make(tables: Sequence[Mapping[str, Any]], taken: Iterable[type[Rule]]) -> list[type[Rule]]:
    """The rules of the ``[[rule]]`` tables.

    Args:
        tables: the tables, in their order.
        taken: the other rules, whose codes and names are theirs.

    Raises:
        ConfigurationError: a table is wrong; the message says which and why.
    """
    codes = {rule.code for rule in taken}
    names = {rule.name for rule in taken}
    made: list[type[Rule]] = []
    for number, entry in enumerate(tables, 1):
        try:
            rule = _make(entry, f"rule {entry.get('code') or f'number {number}'}")
            for word, known in ((rule.code, codes), (rule.name, names)):
                if word in known:
                    raise ConfigurationError(f"rule {rule.code}: `{word}` is another rule's; choose another one")
                known.add(word)
        except ConfigurationError as error:
            raise ConfigurationError(str(error), "rule", number - 1, *error.keys) from None
        made.append(rule)
    return made


def _make(entry: Mapping[str, Any], where: str) -> type[UserRule]:
    table: Table = read(Table, entry, where)
    if not re.fullmatch(CODE, table.code):
        raise ConfigurationError(f"{where}: `code` must be two to five capital letters and three digits, as in OWN001")
    name = table.name or f"own-{table.code.lower()}"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ConfigurationError(f"{where}: `name` must be lower-case words joined by hyphens")
    if bool(table.pattern) == bool(table.phrases):
        raise ConfigurationError(f"{where}: give either `pattern` or `phrases`")
    for phrase in table.phrases:
        if not user_phrases.is_phrase(phrase):
            raise ConfigurationError(f"{where}: the phrase {phrase!r} has no letter or digit")
    pattern = user_phrases.WHOLE_LINE.format(table.pattern) if table.pattern and table.whole_line else table.pattern
    what = "the pattern" if table.pattern else "one of the phrases"
    message = table.message or "`{match}`: found by " + what + " of the configuration"
    rule = type(
        table.code,
        (UserRule,),
        {
            "__doc__": f"{(table.message or name).rstrip('.')}.\n\nThis rule was written in the configuration.",
            "__module__": __name__,
            "code": table.code,
            "name": name,
            "pattern": pattern or "\n".join(table.phrases),
            "phrases": user_phrases.Phrases(table.phrases, whole_line=table.whole_line) if table.phrases else None,
            "message": message,
            "severity": Severity(table.severity),
            "confidence": Confidence(table.confidence),
            "examples": _examples(table),
            "table": table,
        },
    )
    _hold(rule, table, where)
    return rule


def _examples(table: Table) -> tuple[Bad | Good, ...]:
    return (*map(Bad, table.examples), *map(Good, table.clean))


def _hold_expression(rule: type[UserRule], table: Table, where: str) -> None:
    """Refuse an expression that is none, or that matches everywhere, and a fix that names what it does not have.

    Raises:
        ConfigurationError: the rule has such an expression or fix.
    """
    groups, named = 0, frozenset[str]()
    if rule.phrases is None:
        import regex

        try:
            expression = compiled(rule.pattern)
        except regex.error as error:
            raise ConfigurationError(f"{where}: the pattern is no regular expression: {error}") from None
        if expression.search("") or any(match.start() == match.end() for match in expression.finditer("x")):
            raise ConfigurationError(
                f"{where}: the pattern matches the empty string, so it would find something everywhere"
            )
        groups, named = expression.groups, frozenset(expression.groupindex)
    for name, number in re.findall(r"\\(?:g<(\w+)>|([0-9]+))", table.fix or ""):
        if int(number or 0) > groups or (name and name not in named):
            raise ConfigurationError(
                f"{where}: `fix` names the group `{name or number}`, which the pattern does not have"
            )


def _hold(rule: type[UserRule], table: Table, where: str) -> None:
    """Hold a rule to its examples.

    Raises:
        ConfigurationError: the expression cannot be compiled, matches nothing or everything, or not as an example says.
    """
    from .testing import unmark

    _hold_expression(rule, table, where)
    for key, texts in (("examples", table.examples), ("clean", table.clean)):
        for text in texts:
            try:
                plain, spans = unmark(text)
            except ValueError as error:
                raise ConfigurationError(f"{where}: `{key}` has {error}, in {text!r}") from None
            try:
                found = [m.span() for line in plain.split("\n") for m in rule.matches(line, EXAMPLE_TIMEOUT)]
            except TimeoutError:
                raise ConfigurationError(
                    f"{where}: the pattern takes longer than {EXAMPLE_TIMEOUT:g} s for its own example {text!r}"
                ) from None
            if key == "examples" and not found:
                raise ConfigurationError(f"{where}: the pattern matches nothing in its own example {text!r}")
            if key == "clean" and found:
                raise ConfigurationError(f"{where}: the pattern matches in {text!r}, in which it should find nothing")
            if key == "examples" and spans and "\n" not in plain and found != spans:
                marked = [plain[start:end] for start, end in found]
                raise ConfigurationError(f"{where}: in the example {text!r} the pattern matches {marked}")


def compiled(pattern: str) -> Any:
    """The expression, compiled; the ``regex`` package remembers it."""
    import regex

    return regex.compile(pattern)
