"""The screen: one native pass over a batch of documents that says which rules must look where.

All triggers of all active rules are Hyperscan databases, compiled once and kept in the cache folder: one sees every
line; one of expressions around line feeds and spaces does so, too, apart from the others, which it would slow down; one
sees the lines with a sign of ASCII, which Chinese prose does without, or a bracket; one, by far the largest, the lines
with a rare character which some of its triggers needs; one, apart from these, is of expressions around brackets; and
one sees the short lines only, so that its triggers may be frequent words and yet cost prose nothing. Those for lines
with certain characters are loaded when there is one. A screen may report too much, never too little; `tests/rules` runs
every rule with and without it.
"""

from __future__ import annotations

import functools
import marshal
import sys
from array import array
from bisect import bisect_left, bisect_right
from zlib import crc32

from .. import __version__, cache, expressions
from ..census import Census
from ..deferred import Deferred, DeferredDocumentRule, contents
from ..document import Line
from ..named_tuple import NamedTuple
from ..rule import SHORT_LINE, DocumentRule, LineRule, RegionRule, Rule, expression
from . import database
from .database import TRIGGER_BITS, TRIGGER_MASK, Database
from .excerpts import excerpt, lines, short_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..document import Document
    from ..look_up import LookedUp
    from ..rule import Trigger

EVERYWHERE, APART, FOREIGN_LINES, RARE_LINES, APART_LINES, SHORT_LINES = range(6)
"""The databases, in the order of their triggers' numbers."""

_LATE = {FOREIGN_LINES: "foreign", RARE_LINES: "rare", APART_LINES: "apart"}
"""The databases that are loaded when a text needs them, with their names in the cache folder."""

LARGE = 1 << 23
"""Bytes of a database, about, at most."""

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


class Loaded(NamedTuple):
    """What a screen is made of.

    Attributes:
        databases: those that have been loaded.
        characters: of each late one those which a line must have one of.
        bounds: the number of the first trigger of each.
        kinds: whose triggers are, by the rule's number, -1 being readings; how many bytes of its line may stand up to
            the end of a match, and how many behind it. Most triggers are as many others.
        kind: by a trigger's number that of its kind.
    """

    databases: dict[int, Database]
    characters: list[str]
    bounds: list[int]
    kinds: list[tuple[int, int, int]]
    kind: array[int]


class Screen:
    """The triggers of some rules, ready to scan."""

    def __init__(self, rules: Sequence[Rule], say: Callable[[str], None] | None = None) -> None:
        """Load what the rules look for, or compile it; ``say`` is told before that, which takes seconds."""
        self.line_rules = [rule for rule in rules if isinstance(rule, (LineRule, RegionRule))]
        self.document_rules = [rule for rule in rules if isinstance(rule, DocumentRule)]
        self._rules: list[LineRule | RegionRule | DocumentRule] = [*self.line_rules, *self.document_rules]
        self._wanting = [(_needs(rule), rule) for rule in self.document_rules if _needs(rule)]
        self._known: dict[tuple[bool, ...], list[tuple[DocumentRule, Callable[[Census], bool]]]] = {}
        """What `_asked` has said: very many documents have the same classes of characters."""
        self._say = say
        self._loaded, self._characters, self._bounds, self._kinds, self._kind = self._load()

    @functools.cached_property
    def table(self) -> array[int]:
        """The table of characters for `corpus_lint.look_up.look_up` that says in which lines to look."""
        from ..look_up import marking

        return marking(self._characters)

    def scan(self, documents: Sequence[Document], looked_up: LookedUp | None = None) -> Iterable[Candidates]:
        """The candidates of each document, in order; documents without any are left out.

        ``looked_up``, the documents joined with one line feed each and looked up in `table`, chooses the way, never the
        result.
        """
        joined = b""
        hits: list[int] = []
        if self._kind and documents:
            joined, hits = self._hits(documents, looked_up)
        start, position = 1, 0
        for document in documents:
            end = start + len(document.data)
            first = position
            position = bisect_right(hits, (end + 1) << TRIGGER_BITS | TRIGGER_MASK, first)
            found = self._candidates(document, joined, start, hits[first:position])
            if found is not None:
                yield found
            start = end + 1

    def _hits(self, documents: Sequence[Document], looked_up: LookedUp | None) -> tuple[bytes, list[int]]:
        """The bytes of the documents, and the matches of all triggers in them, by place."""
        # A line end on both sides, so that a trigger may look at what stands before and behind a line.
        joined = b"\n".join((b"", *map(_scannable, documents), b""))
        if b"\r" in joined:
            joined = joined.replace(b"\r", b"\n")
        hits: list[int] = []
        self._scan(EVERYWHERE, joined, hits)
        self._scan(APART, joined, hits)
        if looked_up is None:
            self._scan_little(documents, joined, hits)
        else:
            self._scan_much(looked_up, joined, hits)
        hits.sort()
        return joined, hits

    def _scan_little(self, documents: Sequence[Document], joined: bytes, hits: list[int]) -> None:
        """Look for what only some lines can have: in all lines, when there is such a line."""
        present: set[str] = set().union(*(document.text for document in documents))
        for part, characters in zip(_LATE, self._characters, strict=True):
            if any(character in characters for character in present):
                self._scan(part, joined, hits)
        if self._has(SHORT_LINES):
            # In dense text matches in other lines are added as well, which `_candidates` leaves out.
            self._scan_in(SHORT_LINES, short_lines(joined), joined, hits)

    def _scan_much(self, looked_up: LookedUp, joined: bytes, hits: list[int]) -> None:
        """As `_scan_little`, and in these lines only."""
        found = lines(joined, looked_up)
        for part, stretches in zip(_LATE, found.marked, strict=True):
            if stretches:
                self._scan_in(part, stretches, joined, hits)
        if self._has(SHORT_LINES):
            self._scan_in(SHORT_LINES, found.short, joined, hits)

    def _has(self, part: int) -> bool:
        return self._bounds[part] < self._bounds[part + 1]

    def _scan(self, part: int, data: bytes, hits: list[int]) -> None:
        if not self._has(part):
            return
        if part not in self._loaded:
            self._load_late(part)
        self._loaded[part].scan(data, hits)

    def _scan_in(self, part: int, stretches: Sequence[tuple[int, int]] | None, joined: bytes, hits: list[int]) -> None:
        """Look for a database in stretches of whole lines; without them, or when they are most of the text, in all."""
        if stretches is None or 2 * sum([end - start for start, end in stretches]) > len(joined):
            self._scan(part, joined, hits)
            return
        lines = excerpt(joined, stretches)
        found: list[int] = []
        self._scan(part, lines.data, found)
        hits += lines.place(sorted(found), TRIGGER_BITS)

    def load(self) -> None:
        """Load the databases that much text does not need."""
        for part in _LATE:
            if self._has(part) and part not in self._loaded:
                self._load_late(part)

    def _load_late(self, part: int) -> None:
        stored = cache.read_parts(_LATE[part], self._key)
        database = Database.load(next(stored, b""))
        self._loaded[part] = self._make()[0][part] if database is None else database

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
        # Names of this function's own: of much text this is done for every few hundred bytes.
        kinds, kind, mask = self._kinds, self._kind, TRIGGER_MASK
        line_rules, short_lines = len(self.line_rules), self._bounds[SHORT_LINES]
        for hit in hits:
            trigger = hit & mask
            owner, head, tail = kinds[kind[trigger]]
            if owner >= line_rules:
                matches[owner] = matches.get(owner, 0) + 1
                continue
            at = hit >> TRIGGER_BITS
            if at > line_end + 1:
                if wanted:
                    lines.append(self._line(document, start, line_start, line_end, wanted))
                    wanted = set()
                line_start = joined.rfind(b"\n", 0, at - 1) + 1
                line_end = joined.find(b"\n", at - 1)
            if trigger >= short_lines and line_end - line_start > SHORT_LINE:
                continue
            if at - line_start <= head and line_end - at <= tail:
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
            chosen = [rule for rule, wants in self._asked(tuple(map(bool, census))) if wants(census)]
        return Candidates(document, lines, chosen) if lines or chosen else None

    def _asked(self, present: tuple[bool, ...]) -> list[tuple[DocumentRule, Callable[[Census], bool]]]:
        """The rules that may want a document in which these classes of characters are present, and what says it."""
        if present not in self._known:
            bits = sum((1 << number for number, is_there in enumerate(present) if is_there), _ANY)
            asked = [rule for needs, rule in self._wanting if needs & bits]
            # A stand-in would look for the characters once more.
            self._known[present] = [
                (rule, rule.really_wants if isinstance(rule, DeferredDocumentRule) else rule.wants) for rule in asked
            ]
        return self._known[present]

    def _line(
        self, document: Document, start: int, line_start: int, line_end: int, wanted: set[int]
    ) -> tuple[Line, Sequence[LineRule | RegionRule]]:
        text = document.data[line_start - start : line_end - start].decode("utf-8", document.errors)
        rules = self.line_rules if -1 in wanted else [self.line_rules[number] for number in sorted(wanted)]
        return Line(document, text, line_start - start), rules

    def _load(self) -> Loaded:
        """The databases but for the late ones, and what is known of them."""
        return _unpack(cache.read_parts("screen", self._key)) or self._make()

    def _make(self) -> Loaded:
        """As `_load`, with all databases, compiled and written to the cache."""
        from concurrent.futures import ThreadPoolExecutor

        from .alternatives import together

        if self._say is not None:
            self._say("Compiling what the rules look for, once on this machine: some seconds")
        owned = [(_reading(), -1)] if self.line_rules else []
        owned += [(trigger, number) for number, rule in enumerate(self._rules) for trigger in rule.make_triggers()]
        placed = [_part(trigger) for trigger, _ in owned]
        characters = ["".join({one: 0 for found, some in placed if found == part for one in some}) for part in _LATE]
        all_of = [(trigger, (part, owner)) for (trigger, owner), (part, _) in zip(owned, placed, strict=True)]
        # The matches of a rule for documents are counted, so none of its triggers may become one.
        counted = [one for one in all_of if one[1][1] >= len(self.line_rules)]
        joined = [*together(one for one in all_of if one[1][1] < len(self.line_rules)), *counted]
        joined.sort(key=_part_of)
        bounds = [bisect_left(joined, part, key=_part_of) for part in range(SHORT_LINES + 2)]
        of_parts = {
            part: [trigger for trigger, _ in joined[bounds[part] : bounds[part + 1]]]
            for part in range(SHORT_LINES + 1)
            if bounds[part] < bounds[part + 1]
        }
        # What takes longest first, so that no core waits for it at the end.
        filled = sorted(of_parts, key=lambda part: -sum(len(trigger.pattern) for trigger in of_parts[part]))

        def compiled(part: int) -> Database:
            return Database.of(of_parts[part], bounds[part])

        with ThreadPoolExecutor() as pool:  # Hyperscan compiles without the interpreter's lock.
            made = dict(zip(filled, pool.map(compiled, filled), strict=True))
        numbers: dict[tuple[int, int, int], int] = {}
        kinds = (_kind(trigger, owner) for trigger, (_, owner) in joined)
        kind = array("H", [numbers.setdefault(one, len(numbers)) for one in kinds])
        found = Loaded(made, characters, bounds, list(numbers), kind)
        for part, name in _LATE.items():
            if part in made:
                cache.write_parts(name, self._key, [made[part].dump()])
        cache.write_parts("screen", self._key, _pack(found))
        return found

    @functools.cached_property
    def _key(self) -> bytes:
        """What the databases depend on: versions, the rules and their options, what the files of their packages say."""
        parts = [__version__, database.build(), sys.platform, sys.version]
        packs = {rule.home[0].partition(".")[0]: rule.pack for rule in self._rules if isinstance(rule, Deferred)}
        for rule in self._rules:
            parts.append(rule.code)
            if isinstance(rule, Deferred):
                continue
            parts += [type(rule).__qualname__, repr(sorted(vars(rule.options).items()))]
            parts += [repr(rule.triggers), getattr(rule, "pattern", "")]
            package = type(rule).__module__.partition(".")[0]
            if package not in packs:
                packs[package] = contents(_place(package))
        with open(__file__, "rb") as file:
            own = crc32(file.read()).to_bytes(4, "little")
        return b"\0".join(["\0".join(parts).encode(), own, *packs.values()])


def _needs(rule: DocumentRule) -> int:
    """Bits of the classes without any of which a rule does not want a document; none when it wants none anyway."""
    if type(rule).wants is Rule.wants:
        return 0
    if not rule.wants_some_of:
        # A stand-in that waits for no characters waits for triggers.
        return 0 if isinstance(rule, Deferred) else _ANY
    return sum(1 << Census._fields.index(field) for field in rule.wants_some_of)


def _place(package: str) -> str:
    """The folder of an imported package, or a module's file."""
    module = sys.modules[package]
    return next(iter(getattr(module, "__path__", ())), module.__file__ or "")


def _scannable(document: Document) -> bytes:
    """The document's bytes, as many, but for those that are no UTF-8, which Hyperscan must not see."""
    if document.well_formed:
        return document.data
    if document.errors == "surrogateescape":
        return document.text.encode("utf-8", "replace")
    return expressions.sub("[\ud800-\udfff]", "\ufffd", document.text).encode()


def _part(trigger: Trigger) -> tuple[int, str]:
    """The number of the database that a trigger belongs to, and the characters one of which a line must have."""
    from .rarity import FOREIGN, needed, rank

    if trigger.in_short_lines:
        return SHORT_LINES, ""
    characters = "" if trigger.is_everywhere else needed(trigger)
    if trigger.is_apart:
        return APART_LINES if characters else APART, characters
    if not characters:
        return EVERYWHERE, ""
    return FOREIGN_LINES if FOREIGN in map(rank, characters) else RARE_LINES, characters


def _part_of(one: tuple[Trigger, tuple[int, int]]) -> int:
    return one[1][0]


def _kind(trigger: Trigger, owner: int) -> tuple[int, int, int]:
    """As in `Loaded.kinds`."""
    return (owner, _most(trigger.head, len(trigger.pattern)), _most(trigger.tail))


def _most(limit: int | None, more: int = 0) -> int:
    """Bytes of a line that may stand on one side of the end of a match."""
    return 2**31 - 1 if limit is None else limit + more


def _pack(found: Loaded) -> list[bytes]:
    dumped = [
        (part, found.databases[part].dump()) for part in (EVERYWHERE, SHORT_LINES, APART) if part in found.databases
    ]
    # What is smaller is read to where the larger has lain.
    dumped.sort(key=lambda one: len(one[1]), reverse=True)
    known = (found.characters, found.bounds, found.kinds, found.kind.tobytes(), [part for part, _ in dumped])
    # Hyperscan checks its databases itself.
    return [*cache.checkable(marshal.dumps(known)), *(database for _, database in dumped)]


def _unpack(stored: Iterator[bytes]) -> Loaded | None:
    """What was packed; None when there is nothing, it was damaged, or another build of Hyperscan wrote it."""
    known = cache.checked(stored)
    if known is None:
        return None
    characters, bounds, kinds, kind, parts = marshal.loads(known)
    # Memory of such a size goes back to the system, and comes from it page by page, until the C library sees that
    # it comes and goes.
    bytes(LARGE)
    loaded = {}
    for part in parts:
        database = Database.load(next(stored, b""))
        if database is None:
            return None
        loaded[part] = database
    return Loaded(loaded, characters, bounds, kinds, array("H", kind))
