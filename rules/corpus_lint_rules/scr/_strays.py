"""Finding the characters of the other script in a Chinese text."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.tables import CharacterClass

from .._places import places
from . import _chinese_script as script
from . import _lone_line as lone_line
from ._both_scripts import CANTONESE, BothScripts
from ._surroundings import NEAR, Stray, Surroundings, is_inside, shortest
from ._unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus_lint.document import Document

    from ._surroundings import Line


CLEAR = 2
"""A document is clearly of one script when it has so many times the characters that only the other has."""

WHOLE = 5
"""Characters of a run of Han from which it is part of a sentence."""

PHRASE = 8
"""Characters of a run of Han from which it is no Japanese name."""

AROUND = 12
"""Characters on both sides of a run of Han that say what text it is in."""


HAN_RUN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
CHINESE = "[了是這在個我們他她它很也就把被給讓與和及或為還將從對]"
"""Words of Chinese grammar whose characters Japanese compounds seldom have."""
GRAMMAR = "[得還過沒來說時讓給對嗎們個這]"
"""More of them, of which names and titles in Chinese have few."""
CLAUSE_MARKS = "，。；！？"

SURNAMES = frozenset(
    "龚吴萧肖沐窦陈刘孙赵郭蒋冯邓曹彭曾吕苏卢蔡贾魏薛阎潘杜范姚谭邹熊陆郝孔崔邱侯韩唐许沈徐朱胡郑谢罗袁董程傅"
)
"""Surnames that seldom begin another word."""


class Text:
    """A document's text without injected readings, and the stray characters in it.

    Attributes:
        text: the text; all offsets count its characters from 0, and `origin` leads back to the document.
        is_traditional: whether the document's script is the traditional one.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._unread = unread(document)
        self.text = self._unread.text
        self.is_traditional = document.census.traditional >= document.census.simplified
        self._has_other = min(document.census.traditional, document.census.simplified) > 0
        sides = script.sides()
        if self.is_traditional:
            self._own, self._other = sides.traditional_side, sides.simplified
        else:
            self._own, self._other = sides.simplified_side, sides.traditional
        self._foreign = self._other - script.IN_BIG5
        few, many = sorted((document.census.simplified, document.census.traditional))
        self._around = Surroundings(self.text, self._own, self._foreign, is_clear=CLEAR * few <= many)
        self._both = BothScripts(self.text, self._around) if self.is_traditional else None

    def origin(self, at: int) -> int:
        """The offset in the document of an offset in the text."""
        return self._unread.origin(at)

    @cached_property
    def is_suspect(self) -> bool:
        """Whether there is anything to judge; quickly told, and nearly always there is nothing."""
        return bool(self._among_own or (self._both and self._both.is_suspect) or "係" in self.text)

    def is_lone(self, at: int) -> bool:
        """Whether an offset lies in a line that is not of the document's script."""
        return not self._around.line(at).hosts

    def strays(self) -> list[Stray]:
        """The characters of the other script, in order; what is right is in OpenCC's own standard."""
        found = {stray.at: stray for stray in self._plain()}
        if self._both:
            found.update((stray.at, stray) for stray in self._both.strays())
            if any(self.text[at] == "响" for at in found) and re.search(CANTONESE, self.text):
                found = {at: stray for at, stray in found.items() if self.text[at] != "响"}  # 响度: 在這裡
        return [found[at] for at in sorted(found)]

    def standard(self) -> str:
        """Which traditional standard the text keeps: ``TW``, ``HK``, or none of them."""
        count = self.text.count
        if not self.is_traditional or count("爲") > count("為"):
            return ""
        hong_kong = sum(map(count, "説温衞閲脱税户裏"))
        taiwan = sum(map(count, "說溫衛閱脫稅戶裡"))
        return "HK" if hong_kong > taiwan else "TW"

    def _plain(self) -> Iterator[Stray]:
        forms = script.characters("STCharacters" if self.is_traditional else "TSCharacters")
        for at in self._among_own:
            window = self._around.window(at)
            hits = script.covering(window.simplified, window.at)
            right = forms[self.text[at]][0]
            if self.is_traditional and hits:
                right = hits[0].character
            offset = at - window.at
            word = shortest(hits) if hits else script.Hit(window.at, window.at + 1, right)
            yield Stray(at, right, offset + word.start, offset + word.end)

    @cached_property
    def _among_own(self) -> list[int]:
        return list(self._mixed()) if self._has_other else []

    def _mixed(self) -> Iterator[int]:
        """Where a character of the other script stands among those of the document's own."""
        other, own, shared = self._other, self._own, script.sides().shared
        places_of_other, number = self._places_of_other(), 0
        while number < len(places_of_other):
            line = self._around.line(places_of_other[number])
            behind = bisect_left(places_of_other, line.end, number)
            places_in_line = places_of_other[number:behind]
            number = behind
            if not line.hosts:
                yield from lone_line.strays(
                    self.text, line.start, line.end, own, self._foreign, to_simplified=not self.is_traditional
                )
                continue
            for run, found in self._han_runs(line, places_in_line):
                if not self._belongs(run, found, line) or is_inside(found[0], line.apart):
                    continue
                length = len(run[0])
                if length < PHRASE and all(self.text[at] in shared for at in found) and not re.search(CHINESE, run[0]):
                    continue  # Japanese: 現状確認
                if len(found) == 1 and not self.is_traditional and self.text[found[0] - 1] in SURNAMES:
                    continue  # 龚鑑: a name keeps its character
                around = self.text[max(run.start(), found[0] - NEAR) : min(run.end(), found[-1] + NEAR + 1)]
                if all(c in own or c in other or script.is_common(c) for c in around):
                    yield from found  # else it is the rubbish of a wrong decoding, or a rare name

    def _han_runs(self, line: Line, left: Sequence[int]) -> Iterator[tuple[re.Match[str], list[int]]]:
        """The runs of Han in a line that have some of the places, with these."""
        for run in re.compile(HAN_RUN).finditer(self.text, line.start, line.end):
            start, end = run.span()
            if left[-1] < start:
                return
            found = [at for at in left if start <= at < end]
            if found:
                yield run, found

    def _places_of_other(self) -> list[int]:
        """Where characters of the other script stand; the census has classes for those of each but for a few."""
        if self._unread.has_readings:
            return [match.start() for match in script.any_of(self._other).finditer(self.text)]
        number = CharacterClass.SIMPLIFIED if self.is_traditional else CharacterClass.TRADITIONAL
        found = [at for at in places(self._document, number) if self.text[at] in self._other]
        rest = script.beyond_class(self._other, number)
        if any(map(self.text.__contains__, rest)):
            found = sorted({*found, *(match.start() for match in script.any_of(rest).finditer(self.text))})
        return found

    def _belongs(self, run: re.Match[str], found: list[int], line: Line) -> bool:
        """Whether a run of Han is of the document's own text, and no name, title or word of another."""
        own = self._own
        if sum(map(own.__contains__, run[0])) >= len(found):
            return True
        near = self.text[max(line.start, run.start() - AROUND) : min(line.end, run.end() + AROUND)]
        many, few = sum(map(own.__contains__, near)), sum(map(self._foreign.__contains__, near))
        if many >= few and (re.search(CHINESE, run[0]) or re.search(GRAMMAR, run[0])):
            return True  # a clause of Chinese, however short
        if many >= few and len(run[0]) >= PHRASE and self._is_clause(run, line):
            return True
        return len(run[0]) >= WHOLE and many >= 2 * few

    def _is_clause(self, run: re.Match[str], line: Line) -> bool:
        """Whether a run of Han is a clause of its sentence, from mark to mark, and no Japanese."""
        before = self.text[run.start() - 1] if run.start() > line.start else ""
        behind = self.text[run.end() : run.end() + 1]
        return (before in CLAUSE_MARKS and behind != "" and behind in CLAUSE_MARKS) and (
            any(c in self._foreign and c not in script.sides().shared for c in run[0])
        )
