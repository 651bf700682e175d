"""Deferred rules: of a rule that has nothing to judge, no module is imported.

Clean text, which is nearly all text, needs of a rule no more than its code, its name, its triggers, which are in the
cached database of the screen, and what the census must have for it. So a pack's catalogue is kept in the cache folder,
and in the place of each rule that waits for something stands one that imports the real one when it is called for. It
is made anew when any file of the pack says something else: sizes and times tell so at once; where those are new, as
after every installation, the files are read.
"""

from __future__ import annotations

import marshal
import os
from functools import cached_property
from importlib import import_module

from . import __version__, cache
from .finding import Confidence, Severity
from .rule import CommonLineRule, DocumentRule, LineRule, RecordRule, RegionRule, RepeatRule, Rule, SourceRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, ClassVar

    from .census import Census
    from .document import Document, Line
    from .duplication.common_lines import CommonLine
    from .finding import Finding, Pending
    from .repeats import Duplicate, Loop, Repeat
    from .rule import Trigger
    from .source import Source


class Deferred(Rule):
    """What stands for a rule until it is called for.

    Attributes:
        home: the module and the name of the real class.
        pack: a digest of the pack's files.
    """

    home: ClassVar[tuple[str, str]]
    pack: ClassVar[bytes]

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
    """What stands for a rule of documents that triggers, or some characters, make candidates."""

    def wants(self, census: Census) -> bool:
        """Whether the real rule wants the document, which it is asked when there is any of those characters."""
        return any(getattr(census, field) for field in self.wants_some_of) and self._rule.wants(census)

    @property
    def really_wants(self) -> Callable[[Census], bool]:
        """What says whether the real rule wants a document in which there is any of those characters."""
        wants: Callable[[Census], bool] = self._rule.wants
        return wants

    def check(self, document: Document) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check(document)
        return found


class DeferredSourceRule(Deferred, SourceRule):
    """What stands for a rule of files that says what it is asked about."""

    def check_source(self, source: Source) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_source(source)
        return found


class DeferredRepeatRule(Deferred, RepeatRule):
    """What stands for a rule of repeats."""

    def check_repeat(self, repeat: Repeat) -> Iterable[Finding | Pending]:
        """What the real rule finds."""
        found: Iterable[Finding | Pending] = self._rule.check_repeat(repeat)
        return found

    def check_earlier(self, repeat: Repeat) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_earlier(repeat)
        return found

    def check_loop(self, loop: Loop) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_loop(loop)
        return found

    def check_duplicate(self, duplicate: Duplicate) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_duplicate(duplicate)
        return found


class DeferredRecordRule(Deferred, RecordRule):
    """What stands for a rule of unreadable records."""

    def check_record(self, document: Document, reason: str) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_record(document, reason)
        return found


class DeferredCommonLineRule(Deferred, CommonLineRule):
    """What stands for a rule of lines that many documents have."""

    def accepts(self, text: str, documents: int, company: int) -> bool:
        """Whether the real rule accepts the line."""
        accepted: bool = self._rule.accepts(text, documents, company)
        return accepted

    def check_common(self, document: Document, lines: Sequence[CommonLine]) -> Iterable[Finding]:
        """What the real rule finds."""
        found: Iterable[Finding] = self._rule.check_common(document, lines)
        return found


STAND_INS: tuple[tuple[type[Rule], type[Deferred]], ...] = (
    (LineRule, DeferredLineRule),
    (RegionRule, DeferredRegionRule),
    (DocumentRule, DeferredDocumentRule),
    (RepeatRule, DeferredRepeatRule),
    (RecordRule, DeferredRecordRule),
    (SourceRule, DeferredSourceRule),
    (CommonLineRule, DeferredCommonLineRule),
)
CONSTANTS = ("least_matches", "shortest_passage", "fewest_documents")
"""What a rule says of itself by its options, which are the default ones where a stand-in is used."""


def stamp(place: str) -> bytes:
    """The state of a pack's files, those of a folder or the only one: their names, sizes and times."""
    found = [f"{path}:{status.st_size}:{status.st_mtime_ns}" for path, status in _files(place)]
    return "\n".join((__version__, *found)).encode("utf-8", "surrogateescape")


def contents(place: str) -> bytes:
    """What the same files say, as a digest, remembered for as long as their state is the same."""
    state = stamp(place)
    known = cache.read("contents", state)
    if known is None:
        known = _contents(place)
        cache.write("contents", state, known)
    return known


def _contents(place: str) -> bytes:
    from .contents import digest

    return digest((os.path.relpath(path, place), path) for path, _ in _files(place))


def _files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    if not os.path.isdir(place):
        yield place, os.stat(place)
        return
    folders = [place]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=_name):
                if not entry.is_dir():
                    yield entry.path, entry.stat()
                elif entry.name != "__pycache__":
                    folders.append(entry.path)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def recall(folder: str) -> tuple[list[str], list[type[Rule]]] | None:
    """The modules of a pack that must be imported, and stand-ins for the rules of the others; None when not known."""
    state = stamp(folder)
    stored = cache.read("rules", state)
    if stored is None:
        stored = cache.read("rules", _key(_contents(folder)))
        if stored is None:
            return None
        cache.write("rules", state, stored)
    pack, modules, rules = marshal.loads(stored)
    return modules, [_stand_in(pack, *fields) for fields in rules]


def remember(folder: str, rules: Sequence[type[Rule]]) -> None:
    """Keep the catalogue of a pack with these rules."""
    needed = sorted({rule.__module__ for rule in rules if not _waits(rule)})
    kept = [_described(rule) for rule in rules if rule.__module__ not in needed]
    pack = _contents(folder)
    cache.write("rules", _key(pack), marshal.dumps((pack, needed, kept)))


def _key(pack: bytes) -> bytes:
    return __version__.encode() + pack


def _waits(rule: type[Rule]) -> bool:
    """Whether something must be found in a text before the rule is asked."""
    if issubclass(rule, SourceRule) and not rule.asked_about:
        return False
    return rule.wants is Rule.wants or bool(rule.wants_some_of)


def _described(rule: type[Rule]) -> tuple[list[int], str, str, dict[str, Any]]:
    """What a stand-in is made of: the numbers of its kinds, the rule's home, and what else it says."""
    made = rule()
    attributes = {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "whole_lines": rule.whole_lines,
        "explains": rule.explains,
        "explains_of": rule.explains_of,
        "is_always_used": rule.is_always_used,
        "wants_some_of": rule.wants_some_of,
        "asked_about": getattr(rule, "asked_about", ()),
        **{constant: getattr(made, constant) for constant in CONSTANTS if hasattr(made, constant)},
    }
    kinds = [number for number, (kind, _) in enumerate(STAND_INS) if issubclass(rule, kind)]
    return kinds, rule.__module__, rule.__name__, attributes


def _stand_in(pack: bytes, kinds: Sequence[int], module: str, name: str, attributes: dict[str, Any]) -> type[Rule]:
    namespace = {
        **attributes,
        "home": (module, name),
        "pack": pack,
        "severity": Severity(attributes["severity"]),
        "confidence": Confidence(attributes["confidence"]),
        "__module__": module,
    }
    return type(name, tuple(STAND_INS[number][1] for number in kinds), namespace)
