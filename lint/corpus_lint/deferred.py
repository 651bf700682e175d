"""Deferred rules: of a rule that has nothing to judge, no module is imported.

Clean text, which is nearly all text, needs of a rule no more than its code, its name and its triggers, and those are
in the cached database of the screen. So a pack's catalogue is kept in the cache folder, and in the place of each rule
that waits for a trigger stands one that imports the real one when it is called for. It is made anew when any file
of the pack has changed.
"""

from __future__ import annotations

import marshal
import os
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from . import __version__, cache
from .finding import Confidence, Severity
from .rule import CommonLineRule, DocumentRule, LineRule, RecordRule, RegionRule, RepeatRule, Rule, SourceRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .document import Document, Line
    from .finding import Finding
    from .rule import Trigger

ALWAYS = (SourceRule, RepeatRule, RecordRule, CommonLineRule)
"""Rules that are asked without a trigger."""


class Deferred(Rule):
    """What stands for a rule until it is called for.

    Attributes:
        home: the module and the name of the real class.
        stamp: the state of the pack's files.
    """

    home: ClassVar[tuple[str, str]]
    stamp: ClassVar[str]

    @classmethod
    def real(cls) -> type[Rule]:
        """The real class."""
        module, name = cls.home
        found: type[Rule] = getattr(import_module(module), name)
        return found

    def make_triggers(self) -> Sequence[Trigger]:
        """Those of the real rule."""
        triggers: Sequence[Trigger] = self._rule.make_triggers()
        return triggers

    @cached_property
    def _rule(self) -> Any:
        return self.real()()


class DeferredLineRule(Deferred, LineRule):
    """What stands for a rule of lines."""

    def check_line(self, line: Line) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_line(line)
        return found


class DeferredRegionRule(Deferred, RegionRule):
    """What stands for a rule of regions."""

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_lines(document, lines)
        return found


class DeferredDocumentRule(Deferred, DocumentRule):
    """What stands for a rule of documents that only triggers make candidates."""

    def check(self, document: Document) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check(document)
        return found


STAND_INS: tuple[tuple[type[Rule], type[Deferred]], ...] = (
    (LineRule, DeferredLineRule),
    (RegionRule, DeferredRegionRule),
    (DocumentRule, DeferredDocumentRule),
)


def stamp(folder: str) -> str:
    """The state of a pack's files: their names, sizes and times."""
    found = [__version__]
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(place, name)
            status = os.stat(path)
            found.append(f"{path}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(found)


def recall(state: str) -> tuple[list[str], list[type[Rule]]] | None:
    """The modules of a pack that must be imported, and stand-ins for the rules of the others; None when not known.

    Args:
        state: the pack's `stamp`.
    """
    stored = cache.read("pack", state.encode())
    if stored is None:
        return None
    modules, rules = marshal.loads(stored)
    return modules, [_stand_in(state, *fields) for fields in rules]


def remember(state: str, rules: Sequence[type[Rule]]) -> None:
    """Keep the catalogue of a pack with these rules."""
    needed = sorted({rule.__module__ for rule in rules if not _waits(rule)})
    kept = [
        (
            next(number for number, (base, _) in enumerate(STAND_INS) if issubclass(rule, base)),
            rule.__module__,
            rule.__name__,
            rule.code,
            rule.name,
            rule.severity.value,
            rule.confidence.value,
            rule.whole_lines,
            rule.is_always_used,
        )
        for rule in rules
        if rule.__module__ not in needed
    ]
    cache.write("pack", state.encode(), marshal.dumps((needed, kept)))


def _waits(rule: type[Rule]) -> bool:
    """Whether nothing but a trigger makes text a candidate of the rule."""
    if issubclass(rule, ALWAYS) or not issubclass(rule, (LineRule, RegionRule, DocumentRule)):
        return False
    return rule.wants is Rule.wants and getattr(rule, "least_matches", None) in (None, DocumentRule.least_matches)


def _stand_in(
    state: str,
    kind: int,
    module: str,
    name: str,
    code: str,
    rule_name: str,
    severity: str,
    confidence: str,
    whole_lines: bool,
    is_always_used: bool,
) -> type[Rule]:
    namespace = {
        "home": (module, name),
        "stamp": state,
        "code": code,
        "name": rule_name,
        "severity": Severity(severity),
        "confidence": Confidence(confidence),
        "whole_lines": whole_lines,
        "is_always_used": is_always_used,
        "__module__": module,
    }
    return type(name, (STAND_INS[kind][1],), namespace)
