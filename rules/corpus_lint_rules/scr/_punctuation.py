"""Half-width punctuation in Chinese text: where it stands, and what the document normally writes."""

from __future__ import annotations

from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._prose import CODE, HAN, prose
from ._transcription import NAME_POINT
from ._unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Document

WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
FULL = "，；：？！"
CJK = f"{HAN}〇々。、，；：？！“”‘’「」『』《》〈〉（）【】〔〕—…"
CJK_MARKS = "。、，；：？！“”「」『』《》"
BESIDE_HAN = f"(?<=[{HAN}”」』》].) ?(?=[{HAN}“「『《])"
SPACED = f"(?<=[{HAN}”」』》] .) (?=[{HAN}“「『《])"
MAY_BE_SPACED = ",?"
"""Marks that are punctuation between spaces too: a text that speaks of a ; or ! sets it apart so."""
STRICT = f"[,;?!]{BESIDE_HAN}|[{MAY_BE_SPACED}]{SPACED}"
"""A half-width mark that can only be Chinese punctuation."""

STOP = f"\\.(?<=[{HAN}”」)].)(?=\\s|$)"
"""A half-width full stop."""

END_STOP = f"\\.(?<=[{HAN}”」）)].)(?=[ \t]*$)"
"""A half-width full stop at the end of a line."""

SENTENCE = 6
"""Han characters of a line that may be a sentence though it has no other mark."""

QUESTION = (
    "[吗嗎呢么麼吧谁誰哪几幾怎否嘛]|[如为為奈]何|何[以时時处處人如]|多少|什|"
    "是不是|有没有|有沒有|能不能|会不会|會不會|可不可"
)
DAMAGE = "?\ufffd\ue000-\uf8ff"
"""What wrong decoding leaves; marks beside it may be half of a character."""

USUAL = 2
"""A width is normal when it is at least so many times as frequent as the other."""

KEY_WORDS = r"\W*(?:本文|文章)?(?:关键[词字]|關鍵[詞字]|标签|標籤|[Kk]eywords|[Tt]ags)"
"""How a list of key words begins, whose commas are those of a form."""

NAMING = "[用以为為是个個加打按入]"
NAMED = "(?:符[号號]|[号號](?![码碼])|字[符元](?!串)|标点|標點|键(?![盘入])|鍵(?![盤入]))"
"""What stands around a mark that a text speaks of: 使用!符號."""

LISTED = 3
KEY_WORD = 8
"""So many parts between commas, none of more characters, are a list of key words."""

SELDOM = 40
"""So many full-width marks for each pair of half-width brackets make the brackets slips."""

BRACKETS = f"[(](?=[^()\\n]{{0,60}}[{HAN}][^()\\n]{{0,60}}\\))(?!\\w{{1,2}}\\))"
"""The opening one of half-width brackets around Chinese that is no number of a list."""

EVIDENCE = 0.25
"""The share of the half-width marks that must stand in lines that have full-width marks as well."""


class Habit(Enum):
    """How a document writes the punctuation of its Chinese text.

    HALF_CONVERTED: its full stops and quotes are full-width, its commas half-width: no keyboard does that, but
        converters do. FULL: nearly all of it is full-width. MIXED: both. ASCII: all of it is half-width.
    """

    HALF_CONVERTED = "half converted"
    FULL = "full-width"
    MIXED = "mixed"
    ASCII = "half-width"


class Mark(NamedTuple):
    """A half-width mark, from ``start`` to ``end``, and what should stand there."""

    start: int
    end: int
    content: str


class MarkedLine(NamedTuple):
    """A line with half-width marks: where it begins in the text, and its marks.

    ``brackets`` are those that a text of full-width marks has seldom, ``points`` stand in transcribed names.
    """

    start: int
    marks: list[Mark]
    brackets: list[Mark]
    quotes: list[Mark]
    points: list[Mark]


class Punctuation:
    """The punctuation of a Chinese text.

    Attributes:
        text: the document's text without injected readings, whose offsets lead back by `origin`.
        habit: how the text writes it; None when no half-width mark stands between Han.
    """

    def __init__(self, document: Document, *, is_plain: bool) -> None:
        self._document = document
        self._unread = unread(document)
        text = self._unread.text
        self.text = text = text.replace("\r", "\n") if "\r" in text else text
        self._strict_lines = list(self._prose_at(self._strict_places()))
        self._strict = beside = 0
        for _, line in self._strict_lines:
            times = len(_strict().findall(line))
            self._strict += times
            if _full_mark().search(line):
                beside += times
        brackets = len(_brackets().findall(text)) if is_plain else 0
        full = self._count_full(max(SELDOM * brackets, USUAL * self._strict))
        self._has_odd_brackets = 0 < SELDOM * brackets <= full
        self.habit = Habit.FULL if self._has_odd_brackets else None
        if self._strict:
            self.habit = self._habit(full)
            is_ascii = self.habit is Habit.ASCII
            self._is_read = self._points > 0 if is_ascii else beside >= EVIDENCE * self._strict
        self._odd_stops = self._find_odd_stops() if self.habit is not Habit.ASCII else []
        if self._odd_stops and self.habit is None:
            self.habit = Habit.FULL

    def _find_odd_stops(self) -> list[int]:
        """The half-width full stops at line ends, where the text writes 。 as a rule."""
        places = _places(_end_stop(), self.text)
        return places if places and len(places) <= self.text.count("。") else []

    def _strict_places(self) -> Iterator[int]:
        """Where half-width marks stand that can only be Chinese punctuation."""
        data = self._document.data
        for mark, beside_no_ascii in _strict_marks():
            # Bytes are searched faster, and most texts have only one of these marks beside Chinese.
            if beside_no_ascii.search(data):
                yield from _places(mark, self.text)

    def _prose_at(self, places: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Where each line begins that has prose and one of the places, and its prose."""
        done = 0
        for at in sorted(places):
            if at < done:
                continue
            start = self.text.rfind("\n", 0, at) + 1
            end = self.text.find("\n", at)
            done = end + 1 if end >= 0 else len(self.text)
            line = prose(self.text[start : end if end >= 0 else None])
            if line is not None and not self._document.markup.in_code(self.origin(start)):
                yield start, line

    def origin(self, at: int) -> int:
        """The offset in the document of an offset in the text that is judged, which has no injected readings."""
        return self._unread.origin(at)

    def _count_full(self, enough: int) -> int:
        """How many full-width marks the text has; no more are counted when there are enough."""
        full = 0
        for mark in FULL:
            if full >= enough:
                break
            full += self.text.count(mark)
        return full

    @cached_property
    def _points(self) -> int:
        """How many half-width full stops the text has."""
        return len(_stop().findall(self.text))

    def _habit(self, full: int) -> Habit:
        if self._strict > full:
            if USUAL * self._points >= self.text.count("。"):
                return Habit.ASCII
            return Habit.HALF_CONVERTED
        return Habit.FULL if full >= USUAL * self._strict else Habit.MIXED

    def lines(self) -> Iterator[MarkedLine]:
        """The lines with half-width marks, their offsets counted from the start of the line."""
        whole = self.habit in (Habit.HALF_CONVERTED, Habit.ASCII)
        all_marks = (*_places(_any_mark(), self.text), *self._odd_stops) if whole else ()
        for start, line in self._prose_at(all_marks) if whole else self._doubtful_lines():
            found = MarkedLine(start, [], [], [], [])
            if self._has_odd_brackets and not whole:
                found.brackets.extend(self._pairs(line))
            has_odd_stop = bool(self._odd_stops) and _ends_sentence(line)
            if (whole and self._is_read and not _is_list(line)) or self._is_sentence(line) or has_odd_stop:
                found.marks.extend(self._marks(line, whole=whole))
                found.points.extend(Mark(*match.span(), "·") for match in _name_point().finditer(line))
                if whole:
                    found.marks.extend(self._pairs(line))
                    found.quotes.extend(self._straight(line))
            if has_odd_stop:
                end = len(line.rstrip())
                found.marks.append(Mark(end - 1, end, "。"))
            found.marks.sort()
            if any(found[1:]):
                yield found

    def _doubtful_lines(self) -> list[tuple[int, str]]:
        """The lines in which a text of full-width marks has others."""
        signs = (_name_point(), _brackets()) if self._has_odd_brackets else (_name_point(),)
        places = (at for sign in signs for at in _places(sign, self.text))
        others = self._prose_at((*places, *self._odd_stops))
        return sorted({*self._strict_lines, *others})

    def _is_sentence(self, line: str) -> bool:
        return bool(re.search(f"[{CJK_MARKS}]", line))

    def _marks(self, line: str, *, whole: bool) -> Iterator[Mark]:
        if not whole:
            for match in _strict().finditer(line):
                yield from self._mark(line, match.start(), whole=False)
            return
        for match in re.finditer("[,;:?!]", line):
            yield from self._mark(line, match.start(), whole=True)
        if self.habit is Habit.ASCII:
            yield from (Mark(*match.span(), "。") for match in _stop().finditer(line))

    def _mark(self, line: str, at: int, *, whole: bool) -> Iterator[Mark]:
        mark, behind = line[at], line[at + 1 : at + 2]
        start = at - bool(re.match(f" [{MAY_BE_SPACED}] [{HAN}“「《]", line[at - 1 : at + 3]))
        before = line[start - 1 : start]
        if re.match(f"[{DAMAGE}{CODE},;:!]", before) or re.match(f"[{DAMAGE},;:!/\\\\)(]", behind):
            return
        if re.match(NAMING, before) and re.match(NAMED, line[at + 1 : at + 4].lstrip()):
            return
        left, right = bool(re.match(f"[{CJK}]", before)), bool(re.match(f"[{CJK}]", behind))
        if not left and not (whole and right):
            return
        if mark == "?" and (self._unread.has_readings or not left or not _asks(line)):
            return
        if mark == "," and re.match(KEY_WORDS, line):
            return
        end = at + 1
        if left and behind == " " and re.match(f"[{HAN}“「《]", line[at + 2 : at + 3]):
            end += 1
        yield Mark(start, end, WIDE[mark])

    def _pairs(self, line: str) -> Iterator[Mark]:
        """Half-width brackets that belong together, or to a full-width one, around Chinese or behind it."""
        opened: list[int] = []
        for match in re.finditer("[()（）]", line):
            at = match.start()
            if match[0] in "(（":
                opened.append(at)
            elif opened:
                yield from self._pair(line, opened.pop(), at)

    def _pair(self, line: str, start: int, end: int) -> Iterator[Mark]:
        content = line[start + 1 : end]
        if line[start] + line[end] == "（）" or not content.strip() or re.search(f"[{DAMAGE}{CODE}]", content):
            return
        chinese = re.search(f"[{HAN}]", content)
        before, behind = line[start - 1 : start], line[end + 1 : end + 2]
        if not chinese and not (re.match(f"[{CJK}]", before) or (not before.strip() and re.match(f"[{HAN}]", behind))):
            return
        if re.search("[^\x00-\u024f]", content) is None and not re.fullmatch(r"[\w .%+/-]+", content):
            return
        if re.search("[\u00e0-\u01dc]$", content):
            return  # the end of an injected reading
        if line[start] == "(":
            yield Mark(start, start + 1, "（")
        if line[end] == ")":
            yield Mark(end, end + 1, "）")

    def _straight(self, line: str) -> Iterator[Mark]:
        places = _places(re.compile('"'), line)
        if not places or len(places) % 2:
            return
        quotes = ("“", "”") if self.text.count("“") >= self.text.count("「") else ("「", "」")
        for start, end in zip(places[::2], places[1::2], strict=True):
            content = line[start + 1 : end]
            if not re.search(f"[{HAN}]", content) or CODE in content or line[start - 1 : start] in ("=", "\\"):
                return
            yield Mark(start, start + 1, quotes[0])
            yield Mark(end, end + 1, quotes[1])


@cache
def _strict() -> re.Pattern[str]:
    return re.compile(STRICT)


@cache
def _strict_marks() -> tuple[tuple[re.Pattern[str], re.Pattern[bytes]], ...]:
    # `re` looks for a first character ten times as fast as for one of a class. A reading may stand before a mark.
    return tuple(
        (
            re.compile(re.escape(mark) + (f"(?:{BESIDE_HAN}|{SPACED})" if mark in MAY_BE_SPACED else BESIDE_HAN)),
            re.compile(re.escape(mark).encode() + rb"(?:(?<=[\x80-\xbf)].)|(?<=[\x80-\xbf)] .)) ?(?:[\xe2-\xef]|[(])"),
        )
        for mark in ",;?!"
    )


@cache
def _full_mark() -> re.Pattern[str]:
    return re.compile("[。，！？；]")


@cache
def _any_mark() -> re.Pattern[str]:
    return re.compile('[,;:?!("]')


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(BRACKETS)


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(STOP, re.MULTILINE)


@cache
def _end_stop() -> re.Pattern[str]:
    return re.compile(END_STOP, re.MULTILINE)


@cache
def _name_point() -> re.Pattern[str]:
    return re.compile(NAME_POINT)


def _places(sign: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in sign.finditer(text)]


def _ends_sentence(line: str) -> bool:
    """Whether a line ends with a half-width full stop that is that of a sentence: the only one, and no reference's."""
    if not _end_stop().search(line) or len(_stop().findall(line)) > 1:
        return False
    return len(re.findall(f"[{HAN}]", line)) >= SENTENCE


def _is_list(line: str) -> bool:
    """Whether a line is a list of key words, whose commas are those of a form."""
    parts = re.split("[,，] ?", line.strip().rstrip(","))
    return len(parts) >= LISTED and max(map(len, parts)) <= KEY_WORD and not re.search("[。！？；：“.!?;]", line)


def _asks(line: str) -> bool:
    """Whether before every question mark there is a question; else the marks may be lost characters."""
    clauses = re.split("[?？]", line)[:-1]
    return all(re.search(QUESTION, re.split("[,，。;；!！]", clause)[-1]) for clause in clauses)
