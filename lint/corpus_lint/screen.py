"""The screen: one native pass over a batch of documents that says which rules must look where.

All triggers of all active rules are one Hyperscan database, compiled once and kept in the cache folder. A screen
may report too much, never too little; `tests/rules` runs every rule with and without it.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from . import __version__, cache
from .document import Line
from .rule import DocumentRule, LineRule, RegionRule, Trigger, expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .document import Document
    from .rule import Rule

NUMPY_WORTHWHILE = 1_000_000
"""Bytes of text from which importing numpy costs less than counting in plain Python."""

_SPACE = r"(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?"
READING = expression(
    rf"[\xe3-\xe9][\x80-\xbf][\x80-\xbf](?:\(|\xef\xbc\x88){_SPACE}"
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[aeiouv]|[\xc3-\xc7][\x80-\xbf]){1,3}(?:ng|n|r)?"
    rf"{_SPACE}(?:\)|\xef\xbc\x89)"
)
"""Fires wherever `corpus_lint.folding.reading` matches. Such readings cut words to pieces that no trigger of a rule
would match, so a line with one is a candidate for every line rule."""

EVERY_LINE = Trigger(rb"\n")
"""Fires once a line: for an expression of which Hyperscan can run nothing."""


class Candidates(NamedTuple):
    """What the screen found in one document.

    ``lines`` has each candidate line once, in order, with the rules that must judge it.
    """

    document: Document
    lines: Sequence[tuple[Line, Sequence[LineRule | RegionRule]]]
    rules: list[DocumentRule]


class Screen:
    """The triggers of some rules, ready to scan."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.line_rules = [rule for rule in rules if isinstance(rule, (LineRule, RegionRule))]
        self.document_rules = [rule for rule in rules if isinstance(rule, DocumentRule)]
        self._rules: list[LineRule | RegionRule | DocumentRule] = [*self.line_rules, *self.document_rules]
        self._database, self._owners = self._load()

    def scan(self, documents: Sequence[Document]) -> Iterable[Candidates]:
        """The candidates of each document, in order; documents without any are left out."""
        # A line end on both sides, so that a trigger may look at what stands before and behind a line.
        joined = b"\n".join((b"", *(document.data for document in documents), b""))
        if b"\r" in joined:
            joined = joined.replace(b"\r", b"\n")
        hits: list[int] = []
        self._database.scan(joined, match_event_handler=_collect, context=hits)
        hits.sort()
        start, position = 1, 0
        for document in documents:
            end = start + len(document.data)
            first = position
            position = bisect_right(hits, (end + 1) << 16 | 0xFFFF, first)
            if not document.well_formed:
                yield self.everything(document)
            else:
                found = self._candidates(document, joined, start, hits[first:position])
                if found is not None:
                    yield found
            start = end + 1

    def everything(self, document: Document) -> Candidates:
        """Every line and the whole document for every rule, as if there were no screen."""
        lines = [(line, self.line_rules) for line in document.lines()]
        return Candidates(document, lines, self.document_rules)

    def _candidates(self, document: Document, joined: bytes, start: int, hits: list[int]) -> Candidates | None:
        """What the hits in a document, whose bytes begin at ``start`` of ``joined``, and its census make candidates."""
        matches: dict[int, int] = {}
        lines: list[tuple[Line, Sequence[LineRule | RegionRule]]] = []
        wanted: set[int] = set()
        line_start, line_end = 0, -1
        for hit in hits:
            at, owner = hit >> 16, self._owners[hit & 0xFFFF]
            if owner >= len(self.line_rules):
                matches[owner] = matches.get(owner, 0) + 1
                continue
            if at > line_end + 1:
                if wanted:
                    lines.append(self._line(document, joined, start, line_start, line_end, wanted))
                    wanted = set()
                line_start = joined.rfind(b"\n", 0, at - 1) + 1
                line_end = joined.find(b"\n", at - 1)
            wanted.add(owner)
        if wanted:
            lines.append(self._line(document, joined, start, line_start, line_end, wanted))
        census = document.census
        chosen = [
            rule
            for number, rule in enumerate(self.document_rules, len(self.line_rules))
            if matches.get(number, 0) >= rule.least_matches or rule.wants(census)
        ]
        return Candidates(document, lines, chosen) if lines or chosen else None

    def _line(
        self, document: Document, joined: bytes, start: int, line_start: int, line_end: int, wanted: set[int]
    ) -> tuple[Line, Sequence[LineRule | RegionRule]]:
        text = joined[line_start:line_end].decode("utf-8", document.errors)
        rules = self.line_rules if -1 in wanted else [self.line_rules[number] for number in sorted(wanted)]
        return Line(document, text, line_start - start), rules

    def _load(self) -> tuple[Any, list[int]]:
        """The database and, for each of its expressions, the number of the rule it belongs to (-1: readings)."""
        import hyperscan

        key = self._key(hyperscan)
        stored = cache.read("screen", key)
        if stored is not None:
            end = 4 + 2 * int.from_bytes(stored[:4], "little")
            owners = array("h", stored[4:end]).tolist()
            try:
                database = hyperscan.loadb(stored[end:], mode=hyperscan.HS_MODE_BLOCK)
                database.scratch = hyperscan.Scratch(database)
            except hyperscan.error:
                pass  # written by another build of Hyperscan: compile anew
            else:
                return database, owners
        triggers: list[Trigger] = [READING]
        owners = [-1]
        for number, rule in enumerate(self._rules):
            for trigger in rule.make_triggers():
                triggers.append(trigger if _compiles(hyperscan, trigger) else EVERY_LINE)
                owners.append(number)
        database = _compile(hyperscan, triggers)
        header = len(owners).to_bytes(4, "little") + array("h", owners).tobytes()
        cache.write("screen", key, header + hyperscan.dumpb(database))
        return database, owners

    def _key(self, hyperscan: Any) -> bytes:
        """What the database depends on: versions, the rules, their options, their modules and data files."""
        parts = [__version__, hyperscan.__version__, sys.platform, sys.version]
        for rule in self._rules:
            parts += [rule.code, type(rule).__qualname__, repr(sorted(vars(rule.options).items()))]
            parts += [repr(rule.triggers), getattr(rule, "pattern", "")]
            module = sys.modules[type(rule).__module__].__file__ or ""
            folder = os.path.dirname(module)
            for path in (module, __file__, *(os.path.join(folder, name) for name in rule.data_files)):
                status = os.stat(path)
                parts.append(f"{path}:{status.st_size}:{status.st_mtime_ns}")
        return "\0".join(parts).encode()


def _collect(trigger: int, _start: int, end: int, _flags: int, hits: list[int]) -> None:
    hits.append(end << 16 | trigger)


def _flags(hyperscan: Any, trigger: Trigger) -> int:
    flags: int = hyperscan.HS_FLAG_CASELESS if trigger.caseless else 0
    if trigger.prefilter:
        flags |= hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP
        flags |= hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_ALLOWEMPTY
    return flags


def _compiles(hyperscan: Any, trigger: Trigger) -> bool:
    """Whether Hyperscan takes the trigger; only whole expressions of a user are in doubt.

    Raises:
        hyperscan.error: the trigger was written for Hyperscan and is wrong.
    """
    try:
        if trigger.prefilter:
            _compile(hyperscan, [trigger])
    except hyperscan.error:
        return False
    return True


def _compile(hyperscan: Any, triggers: Sequence[Trigger]) -> Any:
    """One database of all triggers, literals and expressions together."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_escape(trigger.pattern) if trigger.is_literal else trigger.pattern for trigger in triggers],
        ids=list(range(len(triggers))),
        elements=len(triggers),
        flags=[_flags(hyperscan, trigger) for trigger in triggers],
    )
    return database


def _escape(literal: bytes) -> bytes:
    """The literal as an expression: every ASCII character but letters and digits as its code."""
    return b"".join(bytes((byte,)) if byte >= 0x80 or chr(byte).isalnum() else b"\\x%02x" % byte for byte in literal)
