"""The screen: one native pass over a batch of documents that says which rules must look where.

All triggers of all active rules are Hyperscan databases, compiled once and kept in the cache folder: one of long
literals, which Hyperscan finds several times faster where no short one is among them, one of expressions with no fixed
part but a line feed or a bracket, one of everything else, and one that sees the short lines only, so that its triggers
may be frequent words and yet cost prose nothing. A screen may report too much, never too little; `tests/rules` runs
every rule with and without it.
"""

from __future__ import annotations

import functools
import sys
from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from . import __version__, cache, database, expressions, short_lines
from .census import Census
from .database import TRIGGER_BITS, TRIGGER_MASK, Database
from .deferred import Deferred, stamp, stamp_of_file
from .document import Line
from .named_tuple import NamedTuple
from .rule import SHORT_LINE, DocumentRule, LineRule, RegionRule, Rule, expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .document import Document
    from .rule import Trigger

NUMPY_WORTHWHILE = 1_000_000
"""Bytes of text from which importing numpy costs less than counting in plain Python."""

LONG_LITERAL = 7
"""Bytes of a literal that counts as long: two Han characters and one byte more."""

SHORT_LINES = 3
"""The number of the database for short lines; those before it see every line."""

_ANY = 1 << len(Census._fields)
"""Stands among the bits of a census's classes for any document at all."""

_SPACE = r"(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?"


@functools.cache
def _reading() -> Trigger:
    """Fires wherever `corpus_lint.folding.reading` matches.

    Such readings cut words to pieces that no trigger of a rule would match, so a line with one is a candidate for every
    line rule.
    """
    return expression(
        rf"[\xe3-\xe9][\x80-\xbf][\x80-\xbf](?:\(|\xef\xbc\x88){_SPACE}"
        r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[aeiouv]|[\xc3-\xc7][\x80-\xbf]){1,3}(?:ng|n|r)?"
        rf"{_SPACE}(?:\)|\xef\xbc\x89)",
        apart=True,
    )


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
        self._wanting = [(_needs(rule), rule) for rule in self.document_rules if _needs(rule)]
        self._everywhere, self._in_short_lines, self._first_short, self._owners = self._load()

    def scan(self, documents: Sequence[Document], *, numpy: bool = False) -> Iterable[Candidates]:
        """The candidates of each document, in order; documents without any are left out.

        ``numpy`` chooses the way, never the result.
        """
        # A line end on both sides, so that a trigger may look at what stands before and behind a line.
        joined = b"\n".join((b"", *map(_scannable, documents), b""))
        if b"\r" in joined:
            joined = joined.replace(b"\r", b"\n")
        hits: list[int] = []
        for part in self._everywhere:
            part.scan(joined, hits)
        self._scan_short_lines(joined, hits, numpy=numpy)
        hits.sort()
        start, position = 1, 0
        for document in documents:
            end = start + len(document.data)
            first = position
            position = bisect_right(hits, (end + 1) << TRIGGER_BITS | TRIGGER_MASK, first)
            found = self._candidates(document, joined, start, hits[first:position])
            if found is not None:
                yield found
            start = end + 1

    def _scan_short_lines(self, joined: bytes, hits: list[int], *, numpy: bool) -> None:
        """Add the matches in short lines; in dense text also those in others, which `_candidates` leaves out."""
        if self._in_short_lines is None:
            return
        lines = short_lines.pick(joined, numpy=numpy)
        if lines is None:
            self._in_short_lines.scan(joined, hits)
            return
        found: list[int] = []
        self._in_short_lines.scan(lines.data, found)
        hits += (lines.place(hit >> TRIGGER_BITS) << TRIGGER_BITS | hit & TRIGGER_MASK for hit in found)

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
            at, owner = hit >> TRIGGER_BITS, self._owners[hit & TRIGGER_MASK]
            if owner >= len(self.line_rules):
                matches[owner] = matches.get(owner, 0) + 1
                continue
            if at > line_end + 1:
                if wanted:
                    lines.append(self._line(document, start, line_start, line_end, wanted))
                    wanted = set()
                line_start = joined.rfind(b"\n", 0, at - 1) + 1
                line_end = joined.find(b"\n", at - 1)
            if hit & TRIGGER_MASK < self._first_short or line_end - line_start <= SHORT_LINE:
                wanted.add(owner)
        if wanted:
            lines.append(self._line(document, start, line_start, line_end, wanted))
        census = document.census
        if matches or not document.well_formed:
            chosen = [
                rule
                for number, rule in enumerate(self.document_rules, len(self.line_rules))
                if not document.well_formed or matches.get(number, 0) >= rule.least_matches or rule.wants(census)
            ]
        else:
            # Most documents of many are short and have nothing: of them few rules are asked.
            present = _ANY
            for number, count in enumerate(census):
                if count:
                    present |= 1 << number
            chosen = [rule for needs, rule in self._wanting if needs & present and rule.wants(census)]
        return Candidates(document, lines, chosen) if lines or chosen else None

    def _line(
        self, document: Document, start: int, line_start: int, line_end: int, wanted: set[int]
    ) -> tuple[Line, Sequence[LineRule | RegionRule]]:
        text = document.data[line_start - start : line_end - start].decode("utf-8", document.errors)
        rules = self.line_rules if -1 in wanted else [self.line_rules[number] for number in sorted(wanted)]
        return Line(document, text, line_start - start), rules

    def _load(self) -> tuple[list[Database], Database | None, int, list[int]]:
        """The databases for all lines and for short ones, the number of the latter's first trigger, and owners.

        Whose a trigger is says its number; -1 are readings.
        """
        key = self._key()
        stored = cache.read_parts("screen", key)
        if stored is not None and (loaded := _unpack(stored)) is not None:
            return loaded
        owned = [(_reading(), -1)]
        owned += [(trigger, number) for number, rule in enumerate(self._rules) for trigger in rule.make_triggers()]
        owned.sort(key=lambda pair: _part(pair[0]))
        triggers, owners = zip(*owned, strict=True)
        parts = [_part(trigger) for trigger in triggers]
        bounds = [bisect_left(parts, part) for part in range(SHORT_LINES + 2)]
        made = [Database.of(triggers[start:end], start) if end > start else None for start, end in pairwise(bounds)]
        cache.write_parts("screen", key, _pack(made, bounds[SHORT_LINES], owners))
        return [part for part in made[:SHORT_LINES] if part], made[SHORT_LINES], bounds[SHORT_LINES], list(owners)

    def _key(self) -> bytes:
        """What the databases depend on: versions, the rules, their options, and the files of the rules' packages."""
        parts = [__version__, database.version(), sys.platform, sys.version, stamp_of_file(__file__)]
        states = {rule.home[0].partition(".")[0]: rule.stamp for rule in self._rules if isinstance(rule, Deferred)}
        for rule in self._rules:
            parts.append(rule.code)
            if isinstance(rule, Deferred):
                continue
            parts += [type(rule).__qualname__, repr(sorted(vars(rule.options).items()))]
            parts += [repr(rule.triggers), getattr(rule, "pattern", "")]
            package = type(rule).__module__.partition(".")[0]
            if package not in states:
                states[package] = _state(package)
        return "\0".join([*parts, *states.values()]).encode()


def _needs(rule: DocumentRule) -> int:
    """Bits of the classes without any of which a rule does not want a document; none when it wants none anyway."""
    if type(rule).wants is Rule.wants:
        return 0
    if not rule.wants_some_of:
        return _ANY
    return sum(1 << Census._fields.index(field) for field in rule.wants_some_of)


def _state(package: str) -> str:
    """The state of the files of an imported package or module."""
    module = sys.modules[package]
    folder = next(iter(getattr(module, "__path__", ())), "")
    return stamp(folder) if folder else stamp_of_file(module.__file__ or "")


def _scannable(document: Document) -> bytes:
    """The document's bytes, as many, but for those that are no UTF-8, which Hyperscan must not see."""
    if document.well_formed:
        return document.data
    if document.errors == "surrogateescape":
        return document.text.encode("utf-8", "replace")
    return expressions.sub("[\ud800-\udfff]", "\ufffd", document.text).encode()


def _part(trigger: Trigger) -> int:
    """The number of the database that a trigger belongs to: long literals, all else, what is apart, short lines."""
    if trigger.in_short_lines:
        return SHORT_LINES
    if trigger.is_apart:
        return 2
    return not (trigger.is_literal and len(trigger.pattern) >= LONG_LITERAL)


def _pack(made: Sequence[Database | None], first_short: int, owners: Sequence[int]) -> list[bytes]:
    dumped = (b"" if part is None else part.dump() for part in made)
    return [*dumped, array("i", (first_short, *owners)).tobytes()]


def _unpack(stored: list[bytes]) -> tuple[list[Database], Database | None, int, list[int]] | None:
    """What was packed; None when another build of Hyperscan wrote it."""
    *dumped, numbers = stored
    made = [Database.load(part) if part else None for part in dumped]
    if any(part is None and stored[number] for number, part in enumerate(made)):
        return None
    first_short, *owners = array("i", numbers)
    return [part for part in made[:SHORT_LINES] if part], made[SHORT_LINES], first_short, owners
