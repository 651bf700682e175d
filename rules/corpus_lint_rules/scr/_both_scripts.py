"""Finding characters that both scripts have, where a traditional word has another form of them: 以后."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from . import _chinese_script as script
from ._surroundings import NEAR, Stray, is_inside, shortest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._surroundings import Surroundings

CONVERTED = 3
"""Different characters, left in words that are proof, that show a text to be converted without regard to words."""

PLAIN = {"傢": "家", "瞭": "了"}
"""What stands for them in words that no phrase of OpenCC has, as both spell them alike: 大傢, 為瞭."""
KEPT = "瞭[解望然若如哨]|傢[具俱伙夥什俬私]"
"""Words in which they are right, whatever stands before: 來瞭解, 買傢俱."""

CANTONESE = "[嘅咗唔喺佢哋冇啲嚟嗰]"

SUFFIX = r"(?<=[机体强控限抑遏节管专编牵克钳压数任责薪倍员聘帝])制(?=[作造])|(?<=校监)制|采(?=访册)|系(?=[数列统所])"
"""A character that belongs to the word before it, though the dictionary knows one with the character behind it."""

AND = "(?<![一合兼吞归裁撤])并(?![吞购入拢案火科]|发症)"
"""并 that is 並; OpenCC has 併 in some words that are as often two (并|成立)."""

DEPARTMENT = "系(?:學生|師生|主任|黨|團|部|領導|全體)|[院全該各由]系"

COPULA = "[他她這此即乃確均不]係|係[指由]"

NUMERALS = frozenset("一二兩三四五六七八九十百千萬幾每這那數半多整")
HERDS = frozenset("船艦艇車禽畜羊牛馬豬狗鳥雞鴨")
"""What 隻 makes a kind of: 船隻."""

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


class BothScripts:
    """The characters of a traditional text that both scripts have."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self._text = text
        self._around = around

    @property
    def is_suspect(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self._heads or self._overconverted)

    def strays(self) -> Iterable[Stray]:
        """Words that are proof, and in a text converted without regard to words all that such a converter leaves."""
        words = self._words()
        # Words that were converted too far are none of any age.
        sure = {start for start, _ in self._overconverted}
        found = {s.at: s for s in words if not self._around.line(s.at).is_classical or {s.at, s.at - 1} & sure}
        proven = {self._text[stray.at] for stray in words}
        if len(proven) < CONVERTED:
            return found.values()
        forms = script.proofs().forms
        likely: list[Stray] = []
        rest: list[int] = []
        for match in script.any_of(frozenset(forms)).finditer(self._text):
            stray = self._judged(match.start(), forms[match[0]])
            if stray:
                likely.append(stray)
            else:
                rest.append(match.start())
        left = Counter(self._text[stray.at] for stray in likely)
        count = Counter(self._text)
        kept = {character: sum(count[form] for form in forms[character]) for character in forms}
        broken = {character for character, times in left.items() if kept[character] <= times}
        if len(broken & proven) < CONVERTED:
            return found.values()
        likely = [stray for stray in likely if self._text[stray.at] in broken]
        likely += filter(
            None, (self._bordered(at) for at in rest if self._text[at] in broken or not kept[self._text[at]])
        )
        for stray in likely:
            if self._around.line(stray.at).hosts:
                found.setdefault(stray.at, stray)
        return found.values()

    @cached_property
    def _heads(self) -> list[int]:
        """Where a character of a word stands that may be proof, beside a second one of the word."""
        proofs, text = script.proofs(), self._text
        starts = [match.start() for match in script.likely_pair().finditer(text)]
        places = {at for start in starts if text[start : start + 2] in proofs.pairs for at in (start, start + 1)}
        return sorted(at for at in places if text[at] in proofs.characters)

    @cached_property
    def _overconverted(self) -> list[tuple[int, str]]:
        """Where words with the wrong traditional form stand: 齣現, 韆萬."""
        return script.find_overconverted(self._text)

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
        lines = ((stray, self._around.line(stray.at)) for stray in found.values())
        return [stray for stray, line in lines if line.hosts and not is_inside(stray.at, line.apart)]

    def _proven(self, at: int, proofs: script.Proofs) -> Iterator[Stray]:
        for length in (4, 3, 2):
            for start in range(max(0, at - length + 1), at + 1):
                word = self._text[start : start + length]
                if word in proofs.simplified and self._text[at] in proofs.forms:
                    stray = self._judged(at, proofs.forms[self._text[at]])
                    if stray:
                        yield stray
                        return
                if word in proofs.misconverted:
                    yield from self._misconverted(start, word)
                    return

    def _misconverted(self, start: int, word: str) -> Iterator[Stray]:
        if word[0] == "隻" and self._text[start - 1 : start] in NUMERALS | HERDS:
            return  # 一隻有, 船隻有限
        if word[0] == "迴" and self._text[start - 1 : start] == "遞":
            return  # 遞迴|來
        if "係" in word and re.search(CANTONESE, self._text):
            return
        for at, character in enumerate(word, start):
            window = self._around.window(at)
            hits = script.covering(window.simplified, window.at)
            if hits and not any(hit.character == character and hit.length == hits[0].length for hit in hits):
                right = hits[0].character
                if right != character and script.simplify(character) != character:
                    yield Stray(at, right, start, start + len(word))
            elif character in PLAIN and not hits and not re.match(KEPT, self._text[at : at + 2]):
                yield Stray(at, PLAIN[character], start, start + len(word))

    def _judged(self, at: int, forms: frozenset[str]) -> Stray | None:
        """The character at an offset, when the longest phrase around it has another form and none contradicts."""
        window = self._around.window(at)
        hits = script.covering(window.simplified, window.at)
        changing = [hit for hit in hits if hit.character in forms]
        if not changing or re.compile(SUFFIX).match(window.simplified, window.at):
            return None
        best = changing[0]
        for hit in hits:
            if hit.character == self._text[at] and not (best.start <= hit.start and hit.end <= best.end):
                return None  # 遏制|作用
        right = best.character
        if right in self._text[max(0, at - NEAR) : at + NEAR + 1]:
            return None  # a text about the two forms: 后（後）
        if right == "併" and re.compile(AND).match(window.simplified, window.at):
            right = "並"
        word = shortest(hit for hit in changing if hit.character == best.character)
        offset = at - window.at
        return Stray(at, right, offset + word.start, offset + word.end)

    def _bordered(self, at: int) -> Stray | None:
        """A character that no phrase covers, when `BORDERS` says that it can hardly be right."""
        character = self._text[at]
        window = self._around.window(at)
        if character not in BORDERS or not re.compile(BORDERS[character]).match(window.simplified, window.at):
            return None
        if any(hit.character == character for hit in script.covering(window.simplified, window.at)):
            return None
        right = script.characters("STCharacters")[character][0]
        if right in self._text[max(0, at - NEAR) : at + NEAR + 1]:
            return None
        return Stray(at, right, at, at + 1)

    def _departments(self) -> list[Stray]:
        """我係 for 我系 (our department), in a text that otherwise says 是 and never 係."""
        places = [match.end() - 1 for match in re.finditer("係(?<=[我本].)", self._text)]
        if len(places) < 2 or len(places) > self._text.count("是") or not re.search(DEPARTMENT, self._text):
            return []
        if re.search(CANTONESE, self._text) or re.search(COPULA, self._text):
            return []
        return [Stray(at, "系", at - 1, at + 1) for at in places]
