"""DUP001: a passage that stands twice in one text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Pending, Related
from corpus_lint.rule import Bad, Good, RepeatRule

from . import _wording as wording
from ._prose import is_law, is_prose
from ._twice import TOGETHER, is_of_template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.repeats import Repeat

ALIKE = 0.95
"""Below this similarity, two passages of one text are rather alike than copies."""
_SPACE = " \t\u3000\xa0"

_FERRY = (
    "The ferry left the island at six every morning, loaded with milk, letters and the three children who went to "
    "school on the mainland. In winter the captain waited until the lamp on the pier was lit, and nobody complained, "
    "because everyone on board had at some time been late. When the bridge was opened the ferry was sold to a museum, "
    "where it lies in a basin of fresh water and has never once moved since, and the children of those children are "
    "allowed to ring its bell on the first Sunday of May, which they do until the keeper of the museum comes out of "
    "his office and asks them, very politely, to go home and have their dinner."
)


class RepeatedPassage(RepeatRule):
    """A passage of the text repeats an earlier passage of the same text.

    A page that was scraped or pasted together twice over says its paragraphs twice, and a model that reads it learns to
    do the same. The later copy is found whatever the script, the width of the characters, the punctuation, the line
    breaks, and whether a converter wrote readings behind the characters; also through small edits, as one finding from
    the first line to the last. The finding sits on the later copy and refers to the first.

    What is compared are the letters and digits. A copy of more than 100 Han characters, or 300 letters, is always
    found; with a smaller `shortest`, copies of less than 63 characters (47 Han characters) may be missed.

    Left alone are shorter passages (headings, phrases, a quoted sentence), a copy that overlaps the first, and text
    that repeats within itself, such as a loop (DUP004) or the rows of a table. Passages that are only alike (less than
    95 % the same), those with less than 150 Han characters of prose (300, when slightly edited) that are no whole
    paragraphs near each other, and the articles of a law are reported with less confidence, and so are code, tables and
    lists: descriptions of parameters and the steps of a tutorial repeat themselves on purpose.

    The fix deletes the later copy, where both say the same to the letter. It is unsafe: which of the copies is in its
    place is for a reader to say.

    Passages are found by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) and confirmed on the text itself.
    """

    code = "DUP001"
    name = "repeated-passage"

    class Options:
        """The options of the rule."""

        shortest: Annotated[int, "least weight of a passage: a letter or digit counts 1, a Han character 3"] = 300

    options: Options

    examples = (
        Bad(
            "一、社区春耕服务队的由来\n"
            "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。\n"
            "服务队不收定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。\n"
            "几个月下来，误工的日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。\n"
            "二、今年的打算\n"
            "再添两台插秧机，办一期维修班。\n"
            "三、附记\n"
            "⟦去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。\n"
            "服务队不收定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。\n"
            "几个月下来，误工的日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。⟧\n",
            "一、社区春耕服务队的由来\n"
            "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。\n"
            "服务队不收定金，油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。\n"
            "几个月下来，误工的日子少了，邻里间的争执也少了，老人们说，这才像从前换工的样子。\n"
            "二、今年的打算\n"
            "再添两台插秧机，办一期维修班。\n"
            "三、附记\n",
        ),
        # Another script, other marks, other line breaks.
        Bad(
            "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收定金，"
            "油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的日子少了，"
            "邻里间的争执也少了，老人们说，这才像从前换工的样子。\n"
            "（以上为简体版）\n"
            "⟦去年三月,鎮農技站與十二個村的種糧大戶商定,把分散的農機登記造冊,\n誰家先熟就先幫誰家收割。服務隊不收定金,"
            "油料由村裡墊付,秋後按畝結算;遇到連陰雨,烘乾房晝夜不停,\n稻穀不出村就能入倉。幾個月下來,誤工的日子少了,"
            "鄰里間的爭執也少了,老人們說,這才像從前換工的樣子。⟧\n",
            "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收定金，"
            "油料由村里垫付，秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的日子少了，"
            "邻里间的争执也少了，老人们说，这才像从前换工的样子。\n"
            "（以上为简体版）\n",
        ),
        # A word put in here, one left out there.
        Bad(
            f"{_FERRY}\nComments are closed.\n⟦"
            + _FERRY.replace("the captain", "the old captain").replace("never once moved", "never moved")
            + "⟧\n"
        ),
        Good("第一章　总则\n第一条　为了保护耕地，制定本办法。\n第二章　附则\n第一条　为了保护耕地，制定本办法。\n"),
        Good("今天天气很好。" * 100),
        Good(
            "".join(
                f"| 第{n}组 | 组长一名，组员六名，负责第{n}片区的登记、核对与上报，每周五下午五点前交表 |\n"
                for n in range(20)
            )
        ),
        Good(
            "“天下之事，分合交替，分久必合，合久必分。”他在扉页上抄下这句话，合上书，走到窗前。\n"
            "多年以后他又读到这一句：“天下之事，分合交替，分久必合，合久必分。”这一次他没有合上书。\n"
        ),
    )

    @property
    def shortest_passage(self) -> int:
        """As the options say."""
        return self.options.shortest

    def check_repeat(self, repeat: Repeat) -> Iterable[Finding | Pending]:
        """A finding when both copies are in one document."""
        if repeat.is_within and repeat.weight >= self.options.shortest:
            confidence = self._confidence(repeat)
            yield Pending(confidence, partial(_finding, repeat, confidence))

    def _confidence(self, repeat: Repeat) -> Confidence:
        """HIGH for so much prose that nobody says it twice on purpose."""
        enough = self.options.shortest * (1.5 if repeat.similarity == 1 else 3)
        if repeat.similarity == 1 and is_of_template(repeat.earlier, repeat.later) and not is_law(repeat.later):
            enough = TOGETHER
        if repeat.similarity < ALIKE or repeat.weight < enough:
            return Confidence.MEDIUM
        if not is_prose(repeat.later, enough):
            return Confidence.MEDIUM
        is_enough = not is_law(repeat.later) or is_prose(repeat.later, self.options.shortest * 5)
        return Confidence.HIGH if is_enough else Confidence.MEDIUM


def _finding(repeat: Repeat, confidence: Confidence) -> Finding:
    later, earlier = repeat.later, repeat.earlier
    return Finding(
        later.start,
        later.end,
        f"{wording.passage(repeat)} repeat {wording.place(earlier)}{wording.likeness(repeat)}; "
        "keep one of the copies, or a model learns to say it twice",
        fix=_fix(repeat),
        related=(Related(earlier.document, earlier.start, earlier.end),),
        confidence=confidence,
        likeness=repeat.likeness,
    )


def _fix(repeat: Repeat) -> Fix | None:
    """The deletion of the later copy, of whole lines with their line ends; None where something would be lost."""
    if repeat.similarity < 1 or repeat.document is not repeat.earlier_document:
        return None
    text, start, end = repeat.later.document.text, repeat.later.start, repeat.later.end
    first, last = start, end
    while first and text[first - 1] in _SPACE:
        first -= 1
    while last < len(text) and text[last] in _SPACE:
        last += 1
    if (not first or text[first - 1] in "\r\n") and (last == len(text) or text[last] in "\r\n"):
        while last < len(text) and text[last] in "\r\n":
            last += 1
        start, end = first, last
    return Fix("delete the later copy", (Edit(start, end, ""),), Applicability.UNSAFE)
