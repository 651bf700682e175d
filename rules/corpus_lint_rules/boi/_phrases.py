"""Phrases of the family BOI: files of them, and books that match lines.

A phrase file is TOML: a list of ``[[group]]`` tables with

* ``name``: what users and tests call the group;
* ``what``: what such a line is, for the message ("copyright line");
* ``why``: the reason that it is boilerplate;
* ``phrases``: the phrases;
* ``confidence``: ``"high"`` (default) or ``"medium"``;
* ``longest``: most characters of the whole line, folded (default 40);
* ``unless``: texts that make a line innocent;
* ``guards``: names of the documents and places in which the line is content (`guards.guard`);
* ``colon``: whether a colon may follow a phrase that has none (default yes; in some languages it introduces prose).

How a phrase is written is said in `_language`.
"""

from __future__ import annotations

import marshal
import os
from functools import cache, cached_property, lru_cache
from operator import add, itemgetter
from typing import TYPE_CHECKING, Any

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.finding import Confidence
from corpus_lint.folding import fold, folded_text
from corpus_lint.named_tuple import NamedTuple

from . import _anchors as anchors
from . import _language as language
from ._anchors import Anchor
from ._language import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

MARKUP = r"\]\(|\]\[|`|^\s*\|.*\|\s*$|[{}=]\s*$|^\s*[{}/\\]|</?[A-Za-z]|^\s*#{1,6}\s"
"""Lines of Markdown or of code, which are the author's: links, tables, headings, code."""
MOST_PLACES = 64
"""Places of beginning and end that are tried for a phrase between marks."""


class Group(NamedTuple):
    """Phrases that are boilerplate for the same reason."""

    name: str
    what: str
    why: str
    confidence: Confidence = Confidence.HIGH
    longest: int = 40
    unless: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    colon: bool = True

    @property
    def message(self) -> str:
        """The message of a finding that deletes the line."""
        return f"{self.what}: {self.why}; delete the line"


_Entry = tuple[int, int, Phrase]
"""A phrase behind its order in the book and the number of its group."""


class Book:
    """The phrases of some groups, ready to match lines.

    A line is one of few phrases or none, so a phrase stays packed until a line begins or ends as it does.
    """

    def __init__(self, packed: bytes | memoryview) -> None:
        """``packed`` is what `pack` gave."""
        groups, plain, heads, tails, others, everything = marshal.loads(packed)
        self.groups = [Group(*fields)._replace(confidence=Confidence(confidence)) for confidence, fields in groups]
        self.longest = max(group.longest for group in self.groups)
        self.match: Callable[[str], Group | None] = lru_cache(maxsize=4096)(self._match)
        self._plain = _Packed(plain)
        self._heads = _Packed(heads)
        self._tails = _Packed(tails)
        self._packed_others: bytes = others
        self._everything: bytes = everything

    @cached_property
    def phrases(self) -> list[tuple[int, Phrase]]:
        """All phrases, each behind the number of its group."""
        return [(number, phrase) for _, number, phrase in _unpacked(self._everything)]

    @cached_property
    def _others(self) -> dict[str, list[tuple[str, _Entry]]]:
        """Those that have neither head nor tail, each behind its plain text, by the first two characters of that."""
        found: dict[str, list[tuple[str, _Entry]]] = {}
        for entry in _unpacked(self._packed_others):
            found.setdefault(entry[2].text[:2], []).append((entry[2].text, entry))
        return found

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first two characters by which those are found."""
        return frozenset(self._others)

    @cached_property
    def _letters(self) -> frozenset[str]:
        """Those of them that are but one."""
        return frozenset(start for start in self._others if len(start) == 1)

    def triggers(self) -> list[Trigger]:
        """Triggers for every phrase."""
        return anchors.triggers_for(phrase.anchor for _, phrase in self.phrases)

    def matches(self, text: str) -> bool:
        """Whether the line ``text`` is a phrase."""
        return self.match(text) is not None

    def _match(self, text: str) -> Group | None:
        """The group of the first phrase that the line ``text`` is; None when it is none."""
        if _has_link(text) or len(text) > self.longest * 8 or self._is_too_long(text):
            return None
        folded = fold(text).text
        if not folded or len(folded) > self.longest:
            return None
        key = language.bare(folded)
        plain = self._plain[key] if key in self._plain.texts else self._plain[key.rstrip(":")]
        candidates = self._candidates(folded)
        if not (plain or candidates) or compiled(MARKUP).search(text):
            return None
        for _, number, phrase in plain:
            group = self.groups[number]
            if (group.colon or key == phrase.text) and anchors.is_triggered(phrase.anchor, text):
                return group
        for _, number, phrase in candidates:
            group = self.groups[number]
            if (
                len(folded) <= group.longest
                and phrase.text in folded
                and not any(word in folded for word in group.unless)
                and anchors.is_triggered(phrase.anchor, text)
                and is_whole_line(phrase.pattern or "", folded)
            ):
                return group
        return None

    def _is_too_long(self, text: str) -> bool:
        """Whether the beginning of a line shows already that it is longer than any phrase, folded."""
        if len(text) <= 2 * self.longest:
            return False
        head = text[: 2 * self.longest]
        # A reading in brackets may go over the end.
        return "(" not in head and "（" not in head and len(folded_text(head)) > self.longest

    def _candidates(self, folded: str) -> list[_Entry]:
        """The patterns whose plain text a folded line has where it must be, in the order of the book."""
        begun, ended = folded.lstrip(language.MARKS), folded.rstrip(language.MARKS)
        found: list[_Entry] = []
        starts = self._beginnings.intersection(map(add, folded, folded[1:])) | self._letters.intersection(folded)
        if starts:
            found = [entry for start in starts for text, entry in self._others[start] if text in folded]
        for beginning in (begun[:2], begun[:1]):
            if beginning in self._heads.texts:
                headed = (entry for entry in self._heads[beginning] if begun.startswith(entry[2].head))
                found += [entry for entry in headed if ended.endswith(entry[2].tail)]
        for ending in (ended[-2:], ended[-1:]):
            if ending in self._tails.texts:
                found += [entry for entry in self._tails[ending] if ended.endswith(entry[2].tail)]
        return sorted(found, key=itemgetter(0)) if len(found) > 1 else found


class _Packed(dict[str, list[_Entry]]):
    """Phrases by a text, unpacked when they are asked for."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self.texts = packed
        """What there are phrases by."""

    def __missing__(self, text: str) -> list[_Entry]:
        packed = self.texts.get(text)
        if packed is None:
            return []
        self[text] = found = _unpacked(packed)
        return found


def _unpacked(packed: bytes) -> list[_Entry]:
    return [
        (order, number, Phrase(pattern, text, Anchor(*anchor), *ends))
        for order, number, pattern, text, anchor, *ends in marshal.loads(packed)
    ]


def pack(groups: Sequence[Group], phrases: Sequence[tuple[int, Phrase]]) -> bytes:
    """A book as bytes: its phrases, each behind the number of its group, by how a line begins or ends with them."""
    rows = [
        (order, number, phrase.pattern, phrase.text, tuple(phrase.anchor), phrase.head, phrase.tail)
        for order, (number, phrase) in enumerate(phrases)
    ]
    plain: dict[str, list[object]] = {}
    heads: dict[str, list[object]] = {}
    tails: dict[str, list[object]] = {}
    others = []
    for row in rows:
        _, _, pattern, text, _, head, tail = row
        if pattern is None:
            plain.setdefault(text, []).append(row)
        elif head:
            heads.setdefault(head[:2], []).append(row)
        elif tail:
            tails.setdefault(tail[-2:], []).append(row)
        else:
            others.append(row)
    fields = [(group.confidence.value, (*group[:3], None, *group[4:])) for group in groups]
    tables = ({key: marshal.dumps(found) for key, found in table.items()} for table in (plain, heads, tails))
    return marshal.dumps((fields, *tables, marshal.dumps(others), marshal.dumps(rows)))


def _has_link(text: str) -> bool:
    """Whether a line has the commonest of the `MARKUP` for which it is no phrase; the rest takes longer to look for."""
    return "](" in text or "`" in text or "][" in text


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when first needed."""
    return re.compile(pattern)


@cache
def whole_line(pattern: str) -> re.Pattern[str]:
    """The expression for a line that is the pattern with marks around it; a full stop behind it makes a sentence."""
    return re.compile(f"[{re.escape(language.MARKS)}]*(?:{pattern})[{re.escape(language.MARKS.replace('。', ''))}]*")


def is_whole_line(pattern: str, folded: str) -> bool:
    """Whether `whole_line` of the pattern matches; the marks, which make it slow to compile, are tried one by one."""
    last = len(folded)
    starts = range(1 if pattern.startswith(language.ANY) else last - len(folded.lstrip(language.MARKS)) + 1)
    first = last if pattern.endswith(language.ANY) else len(folded.rstrip(language.MARKS_BUT_STOP))
    if len(starts) * (last - first + 1) > MOST_PLACES:
        return whole_line(pattern).fullmatch(folded) is not None
    expression = compiled(pattern)
    return any(expression.fullmatch(folded, start, end) for start in starts for end in range(first, last + 1))


@cache
def load(folder: str, *names: str) -> Book:
    """The book of the phrase files ``names`` in ``folder``, from the cache where nothing has changed.

    Raises:
        ValueError: a file is wrong.
    """
    key = state_of(folder, (*names, "_phrases.py", "_language.py", "_anchors.py"))
    stored = kept.read("phrases", key)
    if stored is not None:
        return Book(stored)
    packed = _packed_book(folder, names)
    kept.write("phrases", key, packed)
    return Book(packed)


def state_of(folder: str, names: Sequence[str]) -> bytes:
    """What changes when one of the files does."""
    return kept.state([os.path.join(folder, name) for name in names])


def _packed_book(folder: str, names: Sequence[str]) -> bytes:
    import tomllib

    groups: list[Group] = []
    phrases: list[tuple[int, Phrase]] = []
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            for table in tomllib.load(file)["group"]:
                written = table.pop("phrases", ())
                groups.append(make_group(table))
                phrases += (
                    (len(groups) - 1, language.parse(plain))
                    for phrase in written
                    for plain in language.alternatives(phrase)
                )
    return pack(groups, phrases)


def make_group(table: dict[str, Any]) -> Group:
    """A group from its table in a phrase file.

    Raises:
        ValueError: a key is missing or unknown.
    """
    if wrong := (table.keys() - set(Group._fields)) | ({"name", "what", "why"} - table.keys()):
        raise ValueError(f"phrase group {table.get('name')!r}: missing or unknown keys {sorted(wrong)}")
    settings = {**table, "confidence": Confidence(table.get("confidence", "high"))}
    settings["unless"] = tuple(fold(text).text for text in table.get("unless", ()))
    settings["guards"] = tuple(table.get("guards", ()))
    return Group(**settings)


def group_of(book: Book, line: Line) -> Group | None:
    """The group of the phrase that the line is, unless a guard of the group speaks for the line."""
    group = book.match(line.text)
    if group is None:
        return None
    from . import _guards as guards

    if guards.fenced(line) or guards.underlined(line) or any(guards.guard(name)(line) for name in group.guards):
        return None
    return group
