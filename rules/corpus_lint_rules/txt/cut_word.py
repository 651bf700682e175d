"""TXT008 cut-word."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated

from corpus_lint import expressions as re
from corpus_lint.document import Line
from corpus_lint.finding import Confidence, Finding, Related, Severity
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RepeatRule

from ._emptied import emptied
from ._words import band, opens_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Document
    from corpus_lint.repeats import Repeat, Span

SHORTEST_WORD, LONGEST_WORD = 1, 4
"""Characters of a word that a filter cuts out; of a single one, half a word must be left."""
SEAM = 3
"""Characters that must be the same behind a cut."""
REACH = 240
"""Characters within which two copies that differ are brought together again."""
ANCHOR = 8
"""Characters that must be the same for that."""
PIECE = 256
"""Characters of two copies that are compared at once."""
TIMES = 3
"""How often the same word must be missing."""
SHORT_FORMS = "企公农检"
"""Halves that stand for their words: 企事业, 公检法."""
MOST = 0.7
"""How much of what differs between the copies a word must be that no filter is known to cut."""
DISLIKED = (
    "诈骗|欺诈|骗|赌|毒|嫖|娼|淫|色情|黄色|传销|邪教|恐怖|暴力|枪|爆炸|炸弹|自杀|杀|强奸|洗钱|假币|走私|贷款|法轮|反动"
    "|颠覆|分裂|暴动|游行|示威"
)
"""What filters cut out; a passage that lacks one of these again and again was not revised."""

WHOLE = (
    "去年三月以来，镇派出所与十二个村的村委会商定，把各村的警务室登记造册，谁家有事就先到谁家。为有效遏制此类案件的"
    "高发势头，派出所广泛动员各种力量，在全镇开展为期百天的打击防范电信诈骗专项行动，并成立指挥部，对电信诈骗开展"
    "全方位的打击工作，主要针对营业网点的柜台，组织民警看管，确定是涉及电信诈骗交易的，予以劝阻，避免群众的财产"
    "损失。几个月下来，上当的人少了，邻里间的争执也少了，老人们说，这才像从前的样子，夜里也不用再关大门了。\n"
)
CUT = (
    WHOLE.replace("电信诈骗专项", "⟦电信专项⟧")
    .replace("电信诈骗开展", "⟦电信开展⟧")
    .replace("电信诈骗交易", "⟦电信交易⟧")
)
"""A passage for the examples, and the same after a filter."""
HALF = WHOLE.replace("上当的人少了", "取得了预期效果")
"""A passage of which one copy lacks half a word."""


class CutWord(RepeatRule):
    """A word is missing wherever a copy of the passage has it, as when a filter cut it out.

    A site's filter removes a word that it does not like: 打击防范电信专项行动, where another copy of the text has
    打击防范电信诈骗专项行动. The sentences that are left say nothing or something else, and a model learns them.

    What counts: two passages that stand in the corpus twice, of which one lacks the same word of two to four Chinese
    characters at least three times, with the same text on both sides, and the other copy never lacks it. Where the
    word is one that filters cut (诈骗, 毒品, 赌博) that is certain. Any other word must be missing in all the document
    and be nearly all that differs, and not stand beside the same word each time, as in a name; as a revised law can
    look so too, the confidence is medium. Besides: a single character that is missing once, so that half a word is
    left which never stands alone (预效果 for 预期效果). The
    finding names the copy that has the word; there is no fix, because only a reader can tell which text is right. What
    TXT010 finds without a copy is not said twice.

    Passages are found as for DUP002, whatever their script, width and punctuation.

    Source: words of two characters from jieba (MIT licence), ``words.txt``.
    """

    code = "TXT008"
    name = "cut-word"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM

    class Options:
        """The options of the rule."""

        shortest: Annotated[int, "least weight of a passage: a letter or digit counts 1, a Han character 3"] = 300

    options: Options

    examples = (
        Bad((WHOLE, "来源：某网\n" + CUT)),
        Bad((CUT, "轉載\n" + WHOLE)),
        Bad((HALF.replace("了预期效果", "⟦了预效果⟧"), "转载\n" + HALF)),
        Good((WHOLE, CUT.replace("⟦电信交易⟧", "电信诈骗交易").replace("⟦", "").replace("⟧", ""))),
        Good((WHOLE, WHOLE.replace("期为百天", "期百天").replace("已经", "已"))),
        Good((WHOLE, WHOLE.replace("主要", "").replace("广泛", ""))),
    )

    @property
    def shortest_passage(self) -> int:
        """As the options say."""
        return self.options.shortest

    def check_repeat(self, repeat: Repeat) -> Iterable[Finding]:
        """The cuts in the later copy."""
        return self._cuts(repeat, of_later=True) if self._may_lack(repeat) else ()

    def check_earlier(self, repeat: Repeat) -> Iterable[Finding]:
        """The cuts in the earlier copy."""
        return self._cuts(repeat, of_later=False) if self._may_lack(repeat) else ()

    def _may_lack(self, repeat: Repeat) -> bool:
        # A Han character weighs two more than a letter: of few there is no word, nor one on both sides of a cut.
        is_chinese = repeat.weight - repeat.length >= 2 * 2
        return is_chinese and repeat.similarity < 1 and repeat.weight >= self.options.shortest

    def _cuts(self, repeat: Repeat, *, of_later: bool) -> Iterator[Finding]:
        copies = _copies(repeat.later, repeat.earlier)
        if of_later:
            cut, whole, own, other = repeat.later, repeat.earlier, copies.later, copies.earlier
        else:
            cut, whole, own, other = repeat.earlier, repeat.later, copies.earlier, copies.later
        text, shorter, longer = own.text, own.folded, other.folded
        apart = (1 - repeat.similarity) * (len(shorter.text) + len(longer.text))
        missing = copies.missing if of_later else copies.surplus
        disliked = [_disliked(gap.word) for gap in missing]
        often = Counter(gap.word for gap in missing) | Counter(filter(None, disliked))
        if not missing or (max(often.values()) < TIMES and all(len(gap.word) > 1 for gap in missing)):
            return
        more_here = copies.surplus if of_later else copies.missing
        back = Counter(word for gap in more_here for word in (gap.word, _disliked(gap.word)))
        for gap, kind in zip(missing, disliked, strict=True):
            if not SEAM <= gap.at <= len(shorter.text) - SEAM or not _is_han(shorter.text[gap.at - 1 : gap.at + 1]):
                continue
            times = max(often[gap.word], often[kind])
            if len(gap.word) == 1 and not kind:
                if not _leaves_half(shorter.text, gap):
                    continue
                confidence, more = Confidence.HIGH, ""
            elif times < TIMES or back[gap.word] or (kind and back[kind]):
                continue
            elif not kind and (times * len(gap.word) < MOST * apart or gap.word in fold(cut.document.text).text):
                # A filter changes nothing else, and leaves none of them.
                continue
            elif not kind and _is_renamed(shorter.text, [other.at for other in missing if other.word == gap.word]):
                continue
            else:
                confidence = Confidence.HIGH if kind and often[kind] >= TIMES else Confidence.MEDIUM
                again = gap.word if times == often[gap.word] else kind
                more = f"; `{again}` is missing in {times - 1} other places here, so a filter may have cut it out"
            start, end = shorter.span(gap.at - 2, gap.at + 2)
            if _is_emptied(cut.document, cut.start + start, cut.start + end):
                continue
            found = longer.span(gap.longer, gap.longer + len(gap.word))
            yield Finding(
                cut.start + start,
                cut.start + end,
                f"`{gap.word}` is missing in `{text[start:end]}`: a copy of this passage has it{more}",
                related=(Related(whole.document, whole.start + found[0], whole.start + found[1]),),
                confidence=confidence,
            )


class _Copy:
    """One of two copies, and what it says."""

    def __init__(self, span: Span) -> None:
        self.text = span.document.piece(span.start, span.end)
        self.folded = fold(self.text, passage=True)


class _Copies:
    """Two copies, and the words which only one of them has."""

    def __init__(self, later: Span, earlier: Span) -> None:
        self.later, self.earlier = _Copy(later), _Copy(earlier)

    @property
    def missing(self) -> list[_Gap]:
        """Those that the later one lacks."""
        return self._gaps[0]

    @property
    def surplus(self) -> list[_Gap]:
        """Those that the earlier one lacks."""
        return self._gaps[1]

    @cached_property
    def _gaps(self) -> tuple[list[_Gap], list[_Gap]]:
        return _gaps(self.later.folded.text, self.earlier.folded.text)


# Each repeat is asked about twice, once for each copy.
_copies = lru_cache(1)(_Copies)


def _is_renamed(shorter: str, places: list[int]) -> bool:
    """Whether the word is missing beside the same word each time: then a thing has another name in this text."""
    before, behind = ({shorter[at - 2 : at] for at in places}, {shorter[at : at + 2] for at in places})
    return len(before) == 1 or len(behind) == 1


def _is_emptied(document: Document, start: int, end: int) -> bool:
    """Whether the place is an emptied phrase (TXT010), which says of itself that a word is missing."""
    number = document.line_at(start)
    line = Line(document, document.line_text(number), 0, document.line_starts[number])
    return any(phrase.start < end - line.start and phrase.end > start - line.start for phrase in emptied(line))


def _disliked(word: str) -> str:
    """What filters cut out of a word; empty when it is none of that."""
    found = re.search(DISLIKED, word)
    return found[0] if found else ""


def _leaves_half(shorter: str, gap: _Gap) -> bool:
    """Whether the character before the gap is half of a word, and never stands as it does here."""
    before, behind = shorter[gap.at - 1], shorter[gap.at]
    return (
        opens_only(before)
        and before not in SHORT_FORMS
        and band(before + gap.word) is not None
        and band(before + behind) is None
        and band(shorter[gap.at - 2 : gap.at]) is None
    )


class _Gap(NamedTuple):
    at: int
    longer: int
    word: str


def _gaps(one: str, other: str) -> tuple[list[_Gap], list[_Gap]]:
    """Words that one of two texts lacks between two stretches that are the same; linear in the length.

    Returns:
        What the first lacks, then what the other does; each by its place in the text that lacks it.
    """
    of_one: list[_Gap] = []
    of_other: list[_Gap] = []
    at = there = 0
    while at < len(one) and there < len(other):
        alike = _alike(one, other, at, there)
        at, there = at + alike, there + alike
        if at == len(one) or there == len(other):
            break
        if word := _word_before(other, there, one[at : at + SEAM]):
            of_one.append(_Gap(at, there, word))
            there += len(word)
        elif word := _word_before(one, at, other[there : there + SEAM]):
            of_other.append(_Gap(there, at, word))
            at += len(word)
        else:
            at, there = _together(one, other, at, there)
    return of_one, of_other


def _word_before(text: str, start: int, seam: str) -> str:
    """The word of Han from a place on, behind which the text goes on with a seam; the longest, empty without one."""
    if len(seam) == SEAM:
        for length in range(LONGEST_WORD, SHORTEST_WORD - 1, -1):
            if text.startswith(seam, start + length) and _is_han(word := text[start : start + length]):
                return word
    return ""


def _alike(one: str, other: str, at: int, there: int) -> int:
    """How many characters are the same from two places on."""
    from rapidfuzz.distance import Prefix

    length = 0
    while same := Prefix.similarity(
        one[at + length : at + length + PIECE], other[there + length : there + length + PIECE]
    ):
        length += same
    return length


def _together(one: str, other: str, at: int, there: int) -> tuple[int, int]:
    """The nearest places behind two that differ from which both go on alike; the ends when there are none."""
    for step in range(REACH):
        anchor = one[at + step : at + step + ANCHOR]
        if len(anchor) < ANCHOR:
            break
        found = other.find(anchor, there, there + REACH + ANCHOR)
        if found >= 0:
            return at + step, found
    return len(one), len(other)


def _is_han(word: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in word)
