"""Finding the characters of the other script in a Chinese text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.tables import CharacterClass

from .._places import places
from . import _chinese_script as script
from . import _lone_line as lone_line
from ._unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document

LINE_RATIO = 4
"""A line is of the document's script when its characters are this many times those of the other."""

LEAST_MIXED = 2
"""Characters of the document's script in a line that has as many, or fewer, of the other, and is no text of its own."""

CLEAR = 2
"""A document is clearly of one script when it has so many times the characters that only the other has."""

WHOLE = 5
"""Characters of a run of Han from which it is part of a sentence."""

PHRASE = 8
"""Characters of a run of Han from which it is no Japanese name."""

AROUND = 12
"""Characters on both sides of a run of Han that say what text it is in."""

NEAR = 3
"""Characters on both sides of a stray one that must be ordinary, and that must not hold its other form."""

QUOTABLE = 20
"""Characters of a line from which modern text has a word of modern grammar."""

CONVERTED = 3
"""Different characters, left in words that are proof, that show a text to be converted without regard to words."""

HAN_RUN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
KANA = "[\u3041-\u30fa]"
ABOUT_SCRIPT = "[简簡][体體化]|[繁正异異]体|[繁正異]體"
APART = r"《[^》\n]*》|〈[^〉\n]*〉|「[^」\n]*」|『[^』\n]*』|“[^”\n]*”|\"[^\"\n]*\"|\[[^\]\n]*\]"
ADDRESS = r"(?:https?://|www\.)[^\s）》」\"]*"
CANTONESE = "[嘅咗唔喺佢哋冇啲嚟嗰]"
CHINESE = "[了是這在個我們他她它很也就把被給讓與和及或為還將從對]"
"""Words of Chinese grammar whose characters Japanese compounds seldom have."""
GRAMMAR = "[得還過沒來說時讓給對嗎們個這]"
"""More of them, of which names and titles in Chinese have few."""
MODERN_GRAMMAR = "[的了們這個嗎呢吧很]"
SUFFIX = r"(?<=[机体强控限抑遏节管专编牵克钳压数任责薪倍员聘帝])制(?=[作造])|(?<=校监)制|采(?=访册)|系(?=[数列统所])"
"""A character that belongs to the word before it, though the dictionary knows one with the character behind it."""
AND = "(?<![一合兼吞归裁撤])并(?![吞购入拢案火科]|发症)"
"""并 that is 並; OpenCC has 併 in some words that are as often two (并|成立)."""
DEPARTMENT = "系(?:學生|師生|主任|黨|團|部|領導|全體)|[院全該各由]系"
COPULA = "[他她這此即乃確均不]係|係[指由]"
NUMERALS = frozenset("一二兩三四五六七八九十百千萬幾每這那數半多整")

SURNAMES = frozenset(
    "龚吴萧肖沐窦陈刘孙赵郭蒋冯邓曹彭曾吕苏卢蔡贾魏薛阎潘杜范姚谭邹熊陆郝孔崔邱侯韩唐许沈徐朱胡郑谢罗袁董程傅"
)
"""Surnames that seldom begin another word."""

BORDERS = {
    "于": r"(?<=[^\W者長記員师生席授理总任导和与同及某叫姓])于(?=[\d“「]|[^\W某氏姓先女老小大家右])",
    "后": r"(?:(?<![皇太王天母帝女影歌吕武窦封废蜂蚁])"
    r"|(?<=[\d一二三四五六七八九十百两几数多半每当今昨明那春夏秋冬]天))后(?![羿稷土冠妃宫座位戚])",
    "并": r"并(?!州)",
    "余": r"(?<=[\d百千万亿])余(?=\w)|(?<=十)余(?=[个名人万年种家次])",
    "筑": r"(?<=[构修兴新重共])筑|筑(?=[牢起路桥成堤巢坝城墙梦基])",
    "里": r"(?<=[手家心眼嘴夜屋房院店村城机网校班书文包袋箱盒车船水山林脑口耳肚怀梦话信这那哪年月])里(?![长程民斯约])",
    "云": r"云(?=[端计平服存主盘])",
    "么": r"(?<=[什那这怎多要甚])么",
    "几": r"几(?=[个天年百十千万次位种名家])|(?<=[好十])几",
    "采": r"采(?=[取用访购集纳])",
    "范": r"(?<=[防规示模典])范|范(?=[围例畴])",
    "制": r"制(?=[作造成])",
    "干": r"干(?=部)",
    "愿": r"(?<!乡)愿",
    "征": r"(?<=[特象])征",
    "据": r"(?<!拮)据",
    "万": r"万(?!俟)",
    **{character: character for character in "圣体机构复网与异怀离听坏优惊触洁气确价极种虫挂荐广"},
}
"""Where a one-to-many character stands that no phrase of the dictionary covers, in a text that is known to have been
converted without regard to words: what stands before and behind it (in simplified spelling) when it can hardly be
right."""


class Stray(NamedTuple):
    """A character of the other script: where it is, what should stand there, and the word from start to end."""

    at: int
    right: str
    start: int
    end: int


class _Line:
    """A line: from where to where, and whether a stray character in it counts.

    Attributes:
        start: where it begins.
        end: where it ends.
        hosts: whether it is of the document's own script, and not about scripts.
    """

    def __init__(self, start: int, text: str, own: frozenset[str], *, hosts: bool) -> None:
        self.start = start
        self.end = start + len(text)
        self.hosts = hosts
        self._text = text
        self._own = own

    @cached_property
    def is_classical(self) -> bool:
        """Whether it may be a classical quotation."""
        return len(self._text) >= QUOTABLE and not re.search(MODERN_GRAMMAR, self._text)

    @cached_property
    def apart(self) -> list[tuple[int, int]]:
        """Addresses, and quotations or titles without any character of the document's script."""
        own, text, start = self._own, self._text, self.start
        apart = [match for match in re.finditer(APART, text) if not any(map(own.__contains__, match[0]))]
        return [(start + match.start(), start + match.end()) for match in (*apart, *re.finditer(ADDRESS, text))]


class _Window(NamedTuple):
    """The simplified neighbourhood of a character, and where in it the character is."""

    simplified: str
    at: int


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
        self._lines: dict[int, _Line] = {}

    def origin(self, at: int) -> int:
        """The offset in the document of an offset in the text."""
        return self._unread.origin(at)

    @cached_property
    def is_suspect(self) -> bool:
        """Whether there is anything to judge; quickly told, and nearly always there is nothing."""
        return bool(self._among_own or self._heads or self._overconverted or "係" in self.text)

    def is_lone(self, at: int) -> bool:
        """Whether an offset lies in a line that is not of the document's script."""
        return not self._line(at).hosts

    def strays(self) -> list[Stray]:
        """The characters of the other script, in order; what is right is in OpenCC's own standard."""
        found = {stray.at: stray for stray in self._plain()}
        if self.is_traditional:
            found.update((stray.at, stray) for stray in self._one_to_many())
        return [found[at] for at in sorted(found)]

    def standard(self) -> str:
        """Which traditional standard the text keeps: ``TW``, ``HK``, or none of them."""
        count = self.text.count
        if not self.is_traditional or count("爲") > count("為"):
            return ""
        hong_kong = sum(map(count, "説温衞閲脱税户裏"))
        taiwan = sum(map(count, "說溫衛閱脫稅戶裡"))
        return "HK" if hong_kong > taiwan else "TW"

    @cached_property
    def _is_clear(self) -> bool:
        """Whether the document as a whole is of its script beyond doubt."""
        few, many = sorted((self._document.census.simplified, self._document.census.traditional))
        return CLEAR * few <= many

    # -- characters that only one script has -------------------------------------------------------------------------

    def _plain(self) -> Iterator[Stray]:
        forms = script.characters("STCharacters" if self.is_traditional else "TSCharacters")
        for at in self._among_own:
            window = self._window(at)
            hits = script.covering(window.simplified, window.at)
            right = forms[self.text[at]][0]
            if self.is_traditional and hits:
                right = hits[0].character
            offset = at - window.at
            word = _shortest(hits) if hits else script.Hit(window.at, window.at + 1, right)
            yield Stray(at, right, offset + word.start, offset + word.end)

    @cached_property
    def _among_own(self) -> list[int]:
        return list(self._mixed()) if self._has_other else []

    def _mixed(self) -> Iterator[int]:
        """Where a character of the other script stands among those of the document's own."""
        other, own, shared = self._other, self._own, script.sides().shared
        places_of_other, number = self._places_of_other(), 0
        while number < len(places_of_other):
            line = self._line(places_of_other[number])
            behind = bisect_left(places_of_other, line.end, number)
            places_in_line = places_of_other[number:behind]
            number = behind
            if not line.hosts:
                yield from lone_line.strays(
                    self.text, line.start, line.end, own, self._foreign, to_simplified=not self.is_traditional
                )
                continue
            for run, found in self._han_runs(line, places_in_line):
                if not self._belongs(run, found, line) or _is_inside(found[0], line.apart):
                    continue
                length = len(run[0])
                if length < PHRASE and all(self.text[at] in shared for at in found) and not re.search(CHINESE, run[0]):
                    continue  # Japanese: 現状確認
                if len(found) == 1 and not self.is_traditional and self.text[found[0] - 1] in SURNAMES:
                    continue  # 龚鑑: a name keeps its character
                around = self.text[max(run.start(), found[0] - NEAR) : min(run.end(), found[-1] + NEAR + 1)]
                if all(c in own or c in other or script.is_common(c) for c in around):
                    yield from found  # else it is the rubbish of a wrong decoding, or a rare name

    def _han_runs(self, line: _Line, left: Sequence[int]) -> Iterator[tuple[re.Match[str], list[int]]]:
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

    def _belongs(self, run: re.Match[str], found: list[int], line: _Line) -> bool:
        """Whether a run of Han is of the document's own text, and no name, title or word of another."""
        own = self._own
        if sum(map(own.__contains__, run[0])) >= len(found):
            return True
        near = self.text[max(line.start, run.start() - AROUND) : min(line.end, run.end() + AROUND)]
        many, few = sum(map(own.__contains__, near)), sum(map(self._foreign.__contains__, near))
        if many >= few and (re.search(CHINESE, run[0]) or re.search(GRAMMAR, run[0])):
            return True  # a clause of Chinese, however short
        return len(run[0]) >= WHOLE and many >= 2 * few

    # -- characters that both scripts have ---------------------------------------------------------------------------

    def _one_to_many(self) -> Iterable[Stray]:
        """Words that are proof, and in a text converted without regard to words all that such a converter leaves."""
        words = self._words()
        # Words that were converted too far are none of any age.
        sure = {start for start, _ in self._overconverted}
        found = {s.at: s for s in words if not self._line(s.at).is_classical or {s.at, s.at - 1} & sure}
        proven = {self.text[stray.at] for stray in words}
        if len(proven) < CONVERTED:
            return found.values()
        forms = script.proofs().forms
        likely: list[Stray] = []
        rest: list[int] = []
        for match in script.any_of(frozenset(forms)).finditer(self.text):
            stray = self._judged(match.start(), forms[match[0]])
            if stray:
                likely.append(stray)
            else:
                rest.append(match.start())
        left = Counter(self.text[stray.at] for stray in likely)
        count = Counter(self.text)
        kept = {character: sum(count[form] for form in forms[character]) for character in forms}
        broken = {character for character, times in left.items() if kept[character] <= times}
        if len(broken & proven) < CONVERTED:
            return found.values()
        likely = [stray for stray in likely if self.text[stray.at] in broken]
        likely += filter(
            None, (self._bordered(at) for at in rest if self.text[at] in broken or not kept[self.text[at]])
        )
        for stray in likely:
            if self._line(stray.at).hosts:
                found.setdefault(stray.at, stray)
        return found.values()

    @cached_property
    def _heads(self) -> list[int]:
        """Where a character of a word stands that may be proof, beside a second one of the word."""
        if not self.is_traditional:
            return []
        proofs, text = script.proofs(), self.text
        starts = [match.start() for match in script.likely_pair().finditer(text)]
        places = {at for start in starts if text[start : start + 2] in proofs.pairs for at in (start, start + 1)}
        return sorted(at for at in places if text[at] in proofs.characters)

    @cached_property
    def _overconverted(self) -> list[tuple[int, str]]:
        """Where words with the wrong traditional form stand: 齣現, 韆萬."""
        return script.find_overconverted(self.text) if self.is_traditional else []

    def _words(self) -> list[Stray]:
        """Words that are proof: 以后, 防范, 復雜."""
        proofs = script.proofs()
        found: dict[int, Stray] = {}
        for at in self._heads:
            for stray in self._proven(at, proofs):
                found.setdefault(stray.at, stray)
        for start, word in self._overconverted:
            for stray in self._misconverted(start, word):
                found.setdefault(stray.at, stray)
        found.update((stray.at, stray) for stray in self._departments())
        lines = ((stray, self._line(stray.at)) for stray in found.values())
        return [stray for stray, line in lines if line.hosts and not _is_inside(stray.at, line.apart)]

    def _proven(self, at: int, proofs: script.Proofs) -> Iterator[Stray]:
        for length in (4, 3, 2):
            for start in range(max(0, at - length + 1), at + 1):
                word = self.text[start : start + length]
                if word in proofs.simplified and self.text[at] in proofs.forms:
                    stray = self._judged(at, proofs.forms[self.text[at]])
                    if stray:
                        yield stray
                        return
                if word in proofs.misconverted:
                    yield from self._misconverted(start, word)
                    return

    def _misconverted(self, start: int, word: str) -> Iterator[Stray]:
        if word[0] == "隻" and self.text[start - 1 : start] in NUMERALS:
            return  # 一隻有
        if "係" in word and re.search(CANTONESE, self.text):
            return
        for at, character in enumerate(word, start):
            window = self._window(at)
            hits = script.covering(window.simplified, window.at)
            if hits and not any(hit.character == character and hit.length == hits[0].length for hit in hits):
                right = hits[0].character
                if right != character and script.simplify(character) != character:
                    yield Stray(at, right, start, start + len(word))

    def _judged(self, at: int, forms: frozenset[str]) -> Stray | None:
        """The character at an offset, when the longest phrase around it has another form and none contradicts."""
        window = self._window(at)
        hits = script.covering(window.simplified, window.at)
        changing = [hit for hit in hits if hit.character in forms]
        if not changing or re.compile(SUFFIX).match(window.simplified, window.at):
            return None
        best = changing[0]
        for hit in hits:
            if hit.character == self.text[at] and not (best.start <= hit.start and hit.end <= best.end):
                return None  # 遏制|作用
        right = best.character
        if right in self.text[max(0, at - NEAR) : at + NEAR + 1]:
            return None  # a text about the two forms: 后（後）
        if right == "併" and re.compile(AND).match(window.simplified, window.at):
            right = "並"
        shortest = _shortest(hit for hit in changing if hit.character == best.character)
        offset = at - window.at
        return Stray(at, right, offset + shortest.start, offset + shortest.end)

    def _bordered(self, at: int) -> Stray | None:
        """A character that no phrase covers, when `BORDERS` says that it can hardly be right."""
        character = self.text[at]
        window = self._window(at)
        if character not in BORDERS or not re.compile(BORDERS[character]).match(window.simplified, window.at):
            return None
        if any(hit.character == character for hit in script.covering(window.simplified, window.at)):
            return None
        right = script.characters("STCharacters")[character][0]
        if right in self.text[max(0, at - NEAR) : at + NEAR + 1]:
            return None
        return Stray(at, right, at, at + 1)

    def _departments(self) -> list[Stray]:
        """我係 for 我系 (our department), in a text that otherwise says 是 and never 係."""
        places = [match.end() - 1 for match in re.finditer("係(?<=[我本].)", self.text)]
        if len(places) < 2 or len(places) > self.text.count("是") or not re.search(DEPARTMENT, self.text):
            return []
        if re.search(CANTONESE, self.text) or re.search(COPULA, self.text):
            return []
        return [Stray(at, "系", at - 1, at + 1) for at in places]

    # -- surroundings --------------------------------------------------------------------------------------------------

    def _line(self, at: int) -> _Line:
        start = self.text.rfind("\n", 0, at) + 1
        known = self._lines.get(start)
        if known is None:
            known = self._lines[start] = self._make_line(start)
        return known

    def _make_line(self, start: int) -> _Line:
        end = self.text.find("\n", start)
        text = self.text[start : len(self.text) if end < 0 else end]
        own = self._own
        few = sum(map(self._foreign.__contains__, text))
        many = sum(map(own.__contains__, text))
        hosts = not few or few * LINE_RATIO <= many or (LEAST_MIXED <= many >= few and self._is_clear)
        hosts = hosts and not re.search(KANA, text) and not re.search(ABOUT_SCRIPT, text)
        return _Line(start, text, own, hosts=hosts)

    def _window(self, at: int) -> _Window:
        start = max(0, at - script.LONGEST)
        return _Window(script.simplify(self.text[start : at + script.LONGEST]), at - start)


def _is_inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _shortest(hits: Iterable[script.Hit]) -> script.Hit:
    return min(hits, key=lambda hit: (hit.length, hit.start))
