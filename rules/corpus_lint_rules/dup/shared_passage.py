"""DUP002: a passage that stands in two texts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Confidence, Finding, Pending, Related
from corpus_lint.rule import Bad, Good, RepeatRule

from . import _wording as wording
from ._prose import is_law, is_prose, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.repeats import Repeat

ALIKE = 0.95
"""Below this similarity, two pieces of a text are rather alike than copies, unless they are whole paragraphs."""
PURE = 0.9
"""So much of passages that are only alike must be prose: forms, lists and release notes are alike by design."""


class SharedPassage(RepeatRule):
    """A passage of the text stands in an earlier document, too.

    Text that a corpus has many times weighs that many times in training: models learn it by heart, and test sets leak
    into training sets (Lee et al., "Deduplicating Training Data Makes Language Models Better", ACL 2022). A copy is
    found whatever the script, the width of the characters, the punctuation, the line breaks, and whether a converter
    wrote readings behind the characters; also through small edits, as one finding from the first line to the last. The
    finding sits on the later document and refers to the first that has the passage: ten thousand copies of a page give
    one finding a copy.

    What is compared are the letters and digits. A copy of more than 100 Han characters, or 300 letters, is always
    found; with a smaller `shortest`, copies of less than 63 characters (47 Han characters) may be missed.

    Left alone are shorter passages (headings, licence headers, a poem or an article of a law that is quoted), text
    that repeats within itself, and what more than ten documents share without being copies of each other: that is
    boilerplate. Pieces of a paragraph with less than 150 Han characters, those that are only alike (less than 95 % the
    same), the articles of laws, licences, code, tables and lists are reported with less confidence.

    There is no fix: which document keeps the passage is the maintainer's policy; the JSON output has both places.

    Passages are found by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) and confirmed on the text itself.
    """

    code = "DUP002"
    name = "shared-passage"

    class Options:
        """The options of the rule."""

        shortest: Annotated[int, "least weight of a passage: a letter or digit counts 1, a Han character 3"] = 300

    options: Options

    examples = (
        Bad(
            (
                "村志·农事\n去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。\n"
                "服务队不收定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。\n"
                "几个月下来，误工的日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。\n",
                "這是另一篇文章,寫的是漁港。\n",
                "轉載\n    ⟦去年三月,鎮(zhèn)農(nóng)技站與(yǔ)十二個(gè)村的種(zhǒng)糧(liáng)大戶商定,"
                "把分散的農(nóng)機(jī)登記(jì)造冊,誰家先熟就先幫(bāng)誰家收割。\n    "
                "服務(wù)隊不收定金,油料由村里墊付,秋后按畝結(jié)算;遇到連陰雨,烘干房晝夜不停,稻谷"
                "不出村就能入倉。\n    "
                "幾個(gè)月下來,誤工的日子少了,鄰里間的爭執(zhí)也少了,老人們說,這才像從前換工的樣子。⟧\n",
            )
        ),
        # Every copy points at the first.
        Bad(
            (
                "甲站\n去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收"
                "定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的"
                "日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。\n",
                "乙站\n⟦去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收"
                "定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的"
                "日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。⟧\n",
                "丙站\n⟦去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收"
                "定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的"
                "日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。⟧\n",
            )
        ),
        Good(
            (
                "第一条　为了保护耕地，节约用地，制定本办法。\n细则从略。\n",
                "第一条　为了保护耕地，节约用地，制定本办法。\n",
            )
        ),
        Good(
            (
                "他教我背：“锄禾日当午，汗滴禾下土。谁知盘中餐，粒粒皆辛苦。”我那时不懂。\n",
                "墙上写着“锄禾日当午，汗滴禾下土。谁知盘中餐，粒粒皆辛苦。”食堂里很安静。\n",
            )
        ),
        Good(
            (
                "# Copyright 2021 The Authors. Licensed under the Apache License, Version 2.0 (the License); you may "
                "not use this file except in compliance with the License.\nimport first\n",
                "# Copyright 2021 The Authors. Licensed under the Apache License, Version 2.0 (the License); you may "
                "not use this file except in compliance with the License.\nimport second\n",
            )
        ),
    )

    @property
    def shortest_passage(self) -> int:
        """As the options say."""
        return self.options.shortest

    def check_repeat(self, repeat: Repeat) -> Iterable[Finding | Pending]:
        """A finding when the copies are in two documents."""
        if not repeat.is_within and repeat.weight >= self.options.shortest:
            confidence = self._confidence(repeat)
            yield Pending(confidence, partial(_finding, repeat, confidence))

    def _confidence(self, repeat: Repeat) -> Confidence:
        """HIGH for so much prose that it is no quotation: whole paragraphs, a longer piece, or half of the document."""
        shortest = self.options.shortest
        later = repeat.later
        is_half = 2 * (later.end - later.start) >= len(later.document.text)
        if is_half or (is_whole(later) and is_whole(repeat.earlier)):
            enough = float(shortest)
        elif repeat.similarity >= ALIKE:
            enough = shortest * (1.5 if repeat.similarity == 1 else 2)
        else:
            return Confidence.MEDIUM
        if repeat.similarity < ALIKE:
            enough = max(enough, PURE * repeat.weight)
        if not is_prose(later, enough):
            return Confidence.MEDIUM
        return Confidence.HIGH if (is_half and repeat.similarity >= ALIKE) or not is_law(later) else Confidence.MEDIUM


def _finding(repeat: Repeat, confidence: Confidence) -> Finding:
    later, earlier = repeat.later, repeat.earlier
    return Finding(
        later.start,
        later.end,
        f"{wording.passage(repeat)} are also in an earlier document, {wording.place(earlier)}"
        f"{wording.likeness(repeat)}; keep one of the copies, or a model learns the passage by heart",
        related=(Related(earlier.document, earlier.start, earlier.end),),
        confidence=confidence,
        likeness=repeat.likeness,
    )
