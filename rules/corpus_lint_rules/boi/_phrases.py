"""Phrases of the family BOI: a small pattern language over folded lines.

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

A phrase is written in simplified characters and lower case and describes a *whole line* as folding leaves it (script,
width, case, white space and injected readings make no difference). In it

* ``…`` is any text without a sentence mark, ``……`` any text at all (also none);
* ``{n}`` is a number (1,234 or 1.2万), ``{year}`` a year or a span of years, ``{date}`` a date, maybe with a time,
  ``{name}`` 1 to 20 characters without marks, ``{han}`` 1 to 8 Han characters, ``{url}`` an address of the web,
  ``{mail}`` one for mail, ``{code}`` the number of a licence (沪B2-20090059), ``{size}`` the size of a file (6.05K);
  ``{n?}`` and so on may be missing;
* ``{a|b}`` is either, ``{a|}`` may be missing;
* `` ` `` on both sides marks the part of which the trigger is made; without it, the longest run of plain text;
* everything else, white space apart, stands for itself. White space counts in the trigger only: ``版 权 所 有`` is
  another phrase than ``版权所有``, and both are written where a site may do either.

Marks and bullets around the phrase are allowed: ``【返回顶部】``, ``>> 更多``, ``| 登录 |``.
"""

from __future__ import annotations

import marshal
import os
from bisect import bisect_left
from functools import cache, cached_property, lru_cache
from itertools import product
from math import prod
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.finding import Confidence
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _anchors as anchors
from ._anchors import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

MARKS = "|·•…>»›«‹<-–—―=*_~◆◇■□●○◎★☆▶►▲▼△▷→←↑↓⇧↵✕×☰【】[]()「」『』:,，。.、!/\\+^\"'“”‘’©®&"
"""What may stand around a phrase; white space is folded away."""
BRACKETS = "[【("
"""A phrase that begins so is only a phrase with its brackets."""
SENTENCE_MARKS = "。!?;"
MARKUP = r"\]\(|\]\[|`|^\s*\|.*\|\s*$|[{}=]\s*$|^\s*[{}/\\]|</?[A-Za-z]|^\s*#{1,6}\s"
"""Lines of Markdown or of code, which are the author's: links, tables, headings, code."""
TOKEN = r"(?P<any>……)|(?P<some>…)|\{(?P<slot>[^{}]*)\}|(?P<tick>`)|(?P<text>[^…{}`]+)"
ANY = ".*"
"""The pattern of any text."""
MOST_PLACES = 64
"""Places of beginning and end that are tried for a phrase between marks."""
MOST_CHOICES = 64
"""Texts that are looked for one by one in place of one expression."""
SLOTS = {
    "n": r"[0-9](?:[0-9,.]*[0-9])?[万千亿k]?\+?",
    "year": r"(?:19|20)[0-9]{2}(?:[-–—~～,](?:(?:19|20)?[0-9]{2}|至今|present))*",
    "date": r"(?:[0-9]{4}|[0-9]{2})[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
    r"(?:[,t]?[0-9]{1,2}[:时][0-9]{2}(?::?[0-9]{2}|分)?)?",
    "name": r"[^。!?;:,|()<>\[\]…]{1,20}",
    "han": r"[\u4e00-\u9fff]{1,8}",
    "code": r"[:(\[〔]?[\u4e00-\u9fff]{0,3}[)\]〕]?[(\[〔a-z0-9-]{3,}",
    "size": r"[0-9][0-9.]*[kmg]b?",
    "url": r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}[a-z0-9/._?=&%#-]*",
    "mail": r"[a-z0-9._-]+@[a-z0-9.-]+",
}


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


class Phrase(NamedTuple):
    """A phrase: what its anchor is, and an expression for it on folded text.

    ``pattern`` is None when the phrase is plain text, which is ``text`` then; else ``text`` is the folded anchor.
    A line that the pattern matches begins with ``head`` and ends with ``tail``, marks before and behind them apart.
    """

    pattern: str | None
    text: str
    anchor: Anchor
    head: str = ""
    tail: str = ""


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
    def _others(self) -> list[_Entry]:
        """Those that have neither head nor tail, the longest lines last."""
        return _unpacked(self._packed_others)

    def triggers(self) -> list[Trigger]:
        """Triggers for every phrase."""
        return anchors.triggers_for(phrase.anchor for _, phrase in self.phrases)

    def matches(self, text: str) -> bool:
        """Whether the line ``text`` is a phrase."""
        return self.match(text) is not None

    def _match(self, text: str) -> Group | None:
        """The group of the first phrase that the line ``text`` is; None when it is none."""
        if len(text) > self.longest * 8:
            return None
        folded = fold(text).text
        if not folded or len(folded) > self.longest:
            return None
        key = bare(folded)
        for _, number, phrase in self._plain[key] or self._plain[key.rstrip(":")]:
            group = self.groups[number]
            if (group.colon or key == phrase.text) and _is_said(phrase, text):
                return group
        for _, number, phrase in self._candidates(folded):
            group = self.groups[number]
            if (
                len(folded) <= group.longest
                and phrase.text in folded
                and not any(word in folded for word in group.unless)
                and _is_said(phrase, text)
                and is_whole_line(phrase.pattern or "", folded)
            ):
                return group
        return None

    def _candidates(self, folded: str) -> list[_Entry]:
        """The patterns whose plain text a folded line has where it must be, in the order of the book."""
        begun, ended = folded.lstrip(MARKS), folded.rstrip(MARKS)
        headed = [*self._heads[begun[:2]], *self._heads[begun[:1]]]
        found = [entry for entry in headed if begun.startswith(entry[2].head) and ended.endswith(entry[2].tail)]
        tailed = [*self._tails[ended[-2:]], *self._tails[ended[-1:]]]
        found += [entry for entry in tailed if ended.endswith(entry[2].tail)]
        others = self._others[bisect_left(self._others, len(folded), key=self._longest_line) :]
        found += [entry for entry in others if entry[2].text in folded]
        return sorted(found, key=itemgetter(0))

    def _longest_line(self, entry: _Entry) -> int:
        return self.groups[entry[1]].longest


class _Packed(dict[str, list[_Entry]]):
    """Phrases by a text, unpacked when they are asked for."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._rest = packed

    def __missing__(self, text: str) -> list[_Entry]:
        packed = self._rest.get(text)
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
    others.sort(key=lambda row: groups[row[1]].longest)
    fields = [(group.confidence.value, (*group[:3], None, *group[4:])) for group in groups]
    tables = ({key: marshal.dumps(found) for key, found in table.items()} for table in (plain, heads, tails))
    return marshal.dumps((fields, *tables, marshal.dumps(others), marshal.dumps(rows)))


def _is_said(phrase: Phrase, text: str) -> bool:
    """Whether a line that the phrase fits is said by the site: no markup is in it, and the phrase's trigger is."""
    return not compiled(MARKUP).search(text) and anchors.is_triggered(phrase.anchor, text)


def bare(folded: str) -> str:
    """A folded line without the marks around it, a colon behind it apart; a line of marks only stays."""
    return folded.lstrip(MARKS).rstrip(MARKS.replace(":", "")) or folded


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when first needed."""
    return re.compile(pattern)


@cache
def whole_line(pattern: str) -> re.Pattern[str]:
    """The expression for a line that is the pattern with marks around it; a full stop behind it makes a sentence."""
    return re.compile(f"[{re.escape(MARKS)}]*(?:{pattern})[{re.escape(MARKS.replace('。', ''))}]*")


def is_whole_line(pattern: str, folded: str) -> bool:
    """Whether `whole_line` of the pattern matches; the marks, which make it slow to compile, are tried one by one."""
    last = len(folded)
    starts = range(1 if pattern.startswith(ANY) else last - len(folded.lstrip(MARKS)) + 1)
    first = last if pattern.endswith(ANY) else len(folded.rstrip(MARKS.replace("。", "")))
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
    key = state_of(folder, (*names, "_phrases.py", "_anchors.py"))
    stored = kept.read("phrases", key)
    if stored is not None:
        return Book(stored)
    packed = _packed_book(folder, names)
    kept.write("phrases", key, packed)
    return Book(packed)


def state_of(folder: str, names: Sequence[str]) -> bytes:
    """What changes when one of the files does."""
    return kept.state([os.path.join(folder, name) for name in names])


def make_book(folder: str, names: Sequence[str]) -> Book:
    """The book of the phrase files, read anew.

    Raises:
        ValueError: a file is wrong.
    """
    return Book(_packed_book(folder, names))


def _packed_book(folder: str, names: Sequence[str]) -> bytes:
    import tomllib

    groups: list[Group] = []
    phrases: list[tuple[int, Phrase]] = []
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            for table in tomllib.load(file)["group"]:
                written = table.pop("phrases", ())
                groups.append(make_group(table))
                phrases += ((len(groups) - 1, parse(plain)) for phrase in written for plain in alternatives(phrase))
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


def alternatives(phrase: str) -> Iterator[str]:
    """The phrase, once for each choice of those ``{a|b}`` without which it would have no long anchor."""
    pieces = re.split(r"(\{[^{}]*\|[^{}]*\})", phrase)
    if len(pieces) == 1 or _has_anchor(phrase, pieces[::2]):
        return iter((phrase,))
    return map("".join, product(*map(_choices, pieces)))


def _has_anchor(phrase: str, pieces: list[str]) -> bool:
    marked, runs = False, []
    for piece in pieces:
        for number, part in enumerate(piece.split("`")):
            marked ^= number > 0
            if marked or "`" not in phrase:
                runs += [run.strip() for run in re.split(r"…+|\{[^{}]*\}", part) if run.strip()]
    return any("`" in phrase or not anchors.is_short(run) for run in runs)


def _choices(piece: str) -> list[str]:
    options = piece[1:-1].split("|")
    return options if piece.startswith("{") and "|" in piece and "" not in options else [piece]


def parse(written: str) -> Phrase:
    """A phrase without alternatives that its anchor would have to know.

    Raises:
        ValueError: the phrase has an unknown slot, no anchor, or one so short that it would fire everywhere.
    """
    if not re.search("[…{}`]", written) and written[0] not in BRACKETS:
        run = written.strip(MARKS + " ")
        return Phrase(None, bare(fold(written).text), anchors.make_anchor(run, first=True, last=True, digit=False))
    tokens = [token for token in re.finditer(TOKEN, written) if token.lastgroup != "tick"]
    ticks = [token.start() for token in re.finditer("`", written)]
    runs = [
        (sum(tick < token.start() for tick in ticks) % 2, len(fold(token[0]).text), -number)
        for number, token in enumerate(tokens)
        if token.lastgroup == "text" and fold(token[0]).text
    ]
    if not runs:
        raise ValueError(f"phrase {written!r} has no plain text of which a trigger could be made")
    number = -max(runs)[2]
    anchor = anchors.make_anchor(
        tokens[number][0].strip(),
        first=number == 0,
        last=number == len(tokens) - 1,
        digit=number + 1 < len(tokens) and tokens[number + 1][0] == "{n}",
    )
    if len(anchor.run) < 2 and number > 0 and anchor.run != "©":
        raise ValueError(f"phrase {written!r}: its anchor {anchor.run!r} would fire everywhere")
    first, last = (fold(token[0]).text if token.lastgroup == "text" else "" for token in (tokens[0], tokens[-1]))
    head, tail = first.lstrip(MARKS), last.rstrip(MARKS)
    return Phrase(pattern_of(written), fold(anchor.run).text, anchor, head, tail)


def parse_part(written: str) -> Phrase:
    """A phrase that may stand anywhere in a line, as `parse` has it, but always with a pattern."""
    run = parse(written).anchor.run
    text, pattern = fold(run).text, pattern_of(written)
    return Phrase(None if pattern == re.escape(text) else pattern, text, Anchor(run, short=False))


def needed(written: str) -> tuple[tuple[str, ...], str | None]:
    """Texts of which a folded line with the phrase in it has one, and the pattern; None where one text is enough."""
    pieces = [_texts(token) for token in re.finditer(TOKEN, written) if token.lastgroup != "tick"]
    choices = [piece for piece in pieces if piece is not None]
    if len(choices) == len(pieces) and prod(map(len, choices)) <= MOST_CHOICES:
        return tuple(dict.fromkeys(map("".join, product(*choices)))), None
    best = max(choices, key=lambda texts: (min(map(len, texts)), -len(texts)), default=("",))
    return best, pattern_of(written)


def _texts(token: re.Match[str]) -> tuple[str, ...] | None:
    """What may stand for a token, folded; None when it is not one of a few texts."""
    if token.lastgroup == "text":
        return (fold(token[0]).text,)
    if token.lastgroup != "slot" or "|" not in token["slot"]:
        return None
    options = token["slot"].split("|")
    return (*filter(None, (fold(option).text for option in options)), *([""] if "" in options else []))


def pattern_of(written: str) -> str:
    """The expression for a phrase on folded text.

    Raises:
        ValueError: the phrase has an unknown slot.
    """
    return "".join(_token_pattern(token, written) for token in re.finditer(TOKEN, written))


def _token_pattern(token: re.Match[str], written: str) -> str:
    kind = token.lastgroup
    if kind in ("any", "tick"):
        return ANY if kind == "any" else ""
    if kind == "some":
        return f"[^{SENTENCE_MARKS}]*"
    if kind == "text":
        return re.escape(fold(token[0]).text)
    slot = token["slot"]
    if "|" in slot:
        options = slot.split("|")
        folded = "|".join(re.escape(text) for option in options if (text := fold(option).text))
        return f"(?:{folded}){'?' if '' in options else ''}"
    if slot.removesuffix("?") not in SLOTS:
        raise ValueError(f"phrase {written!r}: no slot is called {slot!r}")
    return f"(?:{SLOTS[slot.removesuffix('?')]}){'?' if slot[-1] == '?' else ''}"


def group_of(book: Book, line: Line) -> Group | None:
    """The group of the phrase that the line is, unless a guard of the group speaks for the line."""
    from . import _guards as guards

    group = book.match(line.text)
    if (
        group is None
        or guards.fenced(line)
        or guards.underlined(line)
        or any(guards.guard(name)(line) for name in group.guards)
    ):
        return None
    return group
