"""TXT001 cut-paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, any_of, expression

from ._layout import (
    ENDING,
    NARROW,
    SLACK,
    WIDE,
    Wrapping,
    always_ends_sentences,
    columns,
    has_empty_lines,
    in_fence,
    is_code,
    is_heading,
    parts_by_empty_lines,
    wrapping,
)
from ._open_sentence import CLOSING, FRAGMENT, GOING_ON, LONG, NEVER_FIRST, comma, judge, mark
from ._words import is_split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

SUSPENDED = frozenset(
    ("und", "oder", "bzw", "sowie", "bis", "et", "ou", "and", "or", "to", "y", "o", "e", "и", "или", "en", "of")
)
"""Words behind a hyphen that stands for the end of a word: Planungs- und Bauamt."""
INDENT = " \t\u3000\xa0"


class _Cut(NamedTuple):
    start: int
    end: int
    confidence: Confidence | None
    why: str
    joins: bool = True
    wrapped: bool = False


class CutParagraph(RegionRule):
    """A line break stands inside a sentence or a word.

    A paragraph was cut where a page of the source ended, a link was taken out, or a converter broke a line:
    动员群众举报相关⏎⏎违法犯罪线索, 讲解防知⏎⏎识. Both halves are read as paragraphs; a model learns to stop
    in the middle.

    What counts: the next line begins with ，。、 or with a bracket that closes one of the line before; a word runs
    across the break; a long line ends with ， or 、 or with a word that cannot end a sentence (和, 把, 由于), or a
    short one ends with ， though all lines around are whole sentences; a hyphen cuts a Latin word. Where a document's
    paragraphs end with a mark, one that does not is judged by its last characters and the first ones of the next:
    whether sentences end and begin so, or have this inside. When they may, a full stop may be lost as well: the
    confidence is medium, and there is no fix. So it is for breaks that may be meant. A document whose lines are all
    wrapped at one width is reported once, with medium confidence. Left alone: headings, verse, lists, captions,
    dialogue, salutations, code, tables, addresses, subtitles; Latin text wrapped at spaces.

    The fix joins the halves; it is unsafe, since nothing proves that both belong together.

    Source: words of two characters from jieba (MIT licence), ``words.txt``; counts of what stands at the borders of
    sentences in Apache-2.0 and MIT licensed documentation and translations, ``seams.txt``.
    """

    code = "TXT001"
    name = "cut-paragraph"
    examples = (
        Bad(
            "要搭建网上举报平台，健全举报奖励制度。会议强调，要动员广大人民群众举报相关⟦\n\n⟧违法犯罪线索。\n\n会议结束。",
            "要搭建网上举报平台，健全举报奖励制度。会议强调，要动员广大人民群众举报相关违法犯罪线索。\n\n会议结束。",
        ),
        Bad(
            "二是利用营业大厅开展宣传。在营业窗口放置宣传折页、对来往顾客耐心讲解防知⟦\n\n⟧识，时刻提示群众注意防范。\n",
            "二是利用营业大厅开展宣传。在营业窗口放置宣传折页、对来往顾客耐心讲解防知识，时刻提示群众注意防范。\n",
        ),
        Bad(
            "为贯彻落实党中央打击治理电信网络新型违法犯罪指示精神⟦\n\n⟧和国务院会议整体部署，北京召开了工作会议。",
            "为贯彻落实党中央打击治理电信网络新型违法犯罪指示精神和国务院会议整体部署，北京召开了工作会议。",
        ),
        Bad("请点击这里下载⟦\n⟧，然后安装软件。", "请点击这里下载，然后安装软件。"),
        Bad(
            "我们在会上讨论了今年的工作计划，认真总结了去年的经验教训，⟦\n\n⟧大家一致认为成绩是主要的。\n",
            "我们在会上讨论了今年的工作计划，认真总结了去年的经验教训，大家一致认为成绩是主要的。\n",
        ),
        Bad(
            "The commit⟦-\n⟧tee met in the after-\n\nnoon of the day.",
            "The committee met in the after-\n\nnoon of the day.",
        ),
        Bad(
            "各機構值勤室應設於大門口，將值勤人員之姓名及日期⟦\n⟧，列入值勤牌上並懸掛於值勤室之門前以供查考之，又\n"
            "其有影響公共安全之虞者，由中央主管機關令其限期改\n善之。",
            "各機構值勤室應設於大門口，將值勤人員之姓名及日期，列入值勤牌上並懸掛於值勤室之門前以供查考之，又"
            "其有影響公共安全之虞者，由中央主管機關令其限期改善之。",
        ),
        Bad(
            "案情复杂的，由负责人或者他授权的其他负责人批⟦\n\n⟧准之后可以延长，但是最多不超过三十日。\n\n会议结束。",
            "案情复杂的，由负责人或者他授权的其他负责人批准之后可以延长，但是最多不超过三十日。\n\n会议结束。",
        ),
        Bad(
            "第三条 从事航行的人员经考核合格，领有执照，方可以上岗工作，航行调度人⟦\n\n⟧员也要考核，另有规定除外。\n",
            "第三条 从事航行的人员经考核合格，领有执照，方可以上岗工作，航行调度人员也要考核，另有规定除外。\n",
        ),
        Bad(
            "工业区在去年冬天就停了工。这里一度变成了荒村，但是一百四十天过去以后，新建的村子里已经⟦\n\n⟧热闹，又有了灯光和"
            "脚步声。\n\n村口的小卖部还开着门，老板说生意不如从前，但是总算有人来了，货架上也添了几样新的东西。\n\n"
            "房东们在等拆迁的消息，谁也不知道还要等"
            "多久，日子就这样一天一天过去，孩子们在空地上踢球。",
            "工业区在去年冬天就停了工。这里一度变成了荒村，但是一百四十天过去以后，新建的村子里已经热闹，又有了灯光和"
            "脚步声。\n\n村口的小卖部还开着门，老板说生意不如从前，但是总算有人来了，货架上也添了几样新的东西。\n\n"
            "房东们在等拆迁的消息，谁也不知道还要等"
            "多久，日子就这样一天一天过去，孩子们在空地上踢球。",
        ),
        Bad(
            "镇上的中学建在半山腰，望得见整个海湾。\n学生们每天要爬三百多级台阶，⟦\n⟧到了夏天，一个个都汗流浃背。\n"
            "校长说明年要修一条缓坡路。\n家长们听了都很高兴，主动捐款。\n",
            "镇上的中学建在半山腰，望得见整个海湾。\n学生们每天要爬三百多级台阶，到了夏天，一个个都汗流浃背。\n"
            "校长说明年要修一条缓坡路。\n家长们听了都很高兴，主动捐款。\n",
        ),
        Good("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。"),
        Good("尊敬的各位领导，亲爱的同学们，\n\n大家好！今天我很高兴。"),
        Good("第一章 加强源头治理，铲除滋生土壤\n在强化末端打击的同时，我们注重源头治理。"),
        Good("换言之，无论分布如何，它的分布与均值和标准差有关\n\n中心极限定理是用标准差衡量分布的主要原因。"),
        Good("下面要求的，是两个独立的随机变量的和\n\n令甲为第一个变量，乙为第二个变量，它们的分布如下。"),
        Good(
            "　　　　季冬自嵩山赴洛道中作，第二十五句缺一字　独孤及\n皇运偶中变，长蛇食中土。天盖西北倾，众星陨如雨。"
        ),
        Good("## 如何使用\n\n和之前一样，我们先安装软件。"),
        Good("他说，\n“我们走吧。”\n她笑了。"),
        Good("中国\tB-ORG\n队员\tI-ORG\n、\tO\n教练\tO\n，\tO\n先后\tO"),
        Good("- 苹果、\n- 香蕉、\n- 梨\n\n| 名称 |\n|，|"),
        Good("this is wrapped at a width of\nseventy columns, as e-mail is, and a well-\nKnown name."),
        Good("```\n和\n，x\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """What stands on both sides of a break: marks, Han characters, a hyphen."""
        han = r"(?:[\xe4-\xe9][\x80-\xbf][\x80-\xbf])"
        gap = r"\n(?:\n| |\t|　|\xc2\xa0){0,12}"
        # No text has such bytes: they only keep Hyperscan from looking for the marks, which are everywhere, instead of
        # for the line feed.
        never = r"[\xf8-\xff][\x80-\xff]"
        return (
            expression(rf"\n(?: |\t|　|\xc2\xa0){{0,12}}(?:{any_of(NEVER_FIRST)}|{never})", apart=True),
            expression(rf"{han}{gap}(?:{any_of((*NEVER_FIRST, *CLOSING))}|{han})", apart=True),
            expression(rf"{any_of((*GOING_ON, *CLOSING.values()))}{gap}{han}", apart=True),
            # Of CR and LF the screen sees two line feeds.
            expression(r"[a-z]{2}-\n\n?[a-z]{2}", apart=True),
        )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """The cuts in front of the lines; those of a document that is wrapped throughout are one finding."""
        cuts = [cut for line in lines if (cut := _cut(line)) is not None]
        if not cuts:
            return
        wrapped = wrapping(document)
        full = wrapped.full if wrapped else frozenset()
        ends = {cut.start: cut for cut in cuts if cut.wrapped or document.line_at(cut.start) in full}
        if ends:
            yield _wrapped(document, wrapped, list(ends.values()))
        for cut in cuts:
            if cut.start in ends:
                continue
            hyphen = document.text[cut.start] == "-"
            fix = Fix(
                "join the halves" + (" without the hyphen" if hyphen else ""),
                (Edit(cut.start, cut.end, ""),),
                Applicability.UNSAFE,
            )
            yield Finding(
                cut.start,
                cut.end,
                f"a line break inside a sentence: {cut.why}" if cut.joins else cut.why,
                fix if cut.joins else None,
                confidence=cut.confidence,
            )


def _wrapped(document: Document, wrapped: Wrapping | None, cuts: list[_Cut]) -> Finding:
    """One finding for all lines that are wrapped at a width: those of the document, or the cut ones at least."""
    edits = {cut.start: Edit(cut.start, cut.end, "") for cut in cuts}
    starts = document.line_starts
    for number in wrapped.full if wrapped else ():
        text, after = document.line_text(number).rstrip(), document.line_text(number + 1)
        # A full line that ends with a mark may end its paragraph.
        if text[-1] not in ENDING and after.strip() and not _is_layout(text, after):
            end = starts[number + 1] + len(after) - len(after.lstrip(INDENT))
            edits[starts[number] + len(text)] = Edit(starts[number] + len(text), end, "")
    return Finding(
        cuts[0].start,
        cuts[0].end,
        "lines are wrapped at a width, inside sentences and words: these line breaks mean nothing",
        Fix(f"join {len(edits)} lines", tuple(edits[start] for start in sorted(edits)), Applicability.UNSAFE),
        occurrences=len(edits),
        confidence=Confidence.MEDIUM,
    )


def _cut(line: Line) -> _Cut | None:
    """The cut in front of a line, if there is one."""
    text = line.text.lstrip(INDENT)
    if not text or (text == line.text and not _may_be_cut(line)):
        return None
    before, steps = _before(line)
    if before is None:
        return None
    indent = len(line.text) - len(text)
    if steps == 1 and re.search(r"[a-z]{2}-$", before) and re.match("[a-z]{2}", text) and not indent:
        return _hyphen(line, before)
    before = before.rstrip(INDENT)
    judged = judge(before, text.rstrip(INDENT), line, steps == 1) if before else None
    if judged is None or _is_layout(before, text) or in_fence(line.document, line.start):
        return None
    end = line.start + indent
    start = _behind(line.document.text, end, " \t\r\n\u3000\xa0")
    wrapped = steps == 1 and _is_wrapped(line, before, text)
    return _Cut(start, end, *judged, wrapped=wrapped)


def _may_be_cut(line: Line) -> bool:
    """Whether more must be looked at than the bytes around a line break between Han characters: seldom.

    Most stand behind a title, or part paragraphs or lines of a document in which that says nothing. What `judge`
    refuses for such a reason is refused here, before anything is known of where in its document the line stands.
    """
    document, text, at = line.document, line.text, line.byte_start
    data = document.data
    end = at
    while end and data[end - 1] == 0x0A:
        end -= 1
    if not end or at - end > 3:
        return False
    if end < 3 or not 0xE4 <= data[at] < 0xEA or not 0xE4 <= data[end - 3] < 0xEA:
        return True  # a mark, or something seldom, on one side
    start = data.rfind(b"\n", 0, end) + 1
    if at - end == 1 and has_empty_lines(document):
        # As in `judge`.
        near = data[max(start, end - 9) : end].decode("utf-8", "ignore")
        if is_split(near, text[:3]):
            before = data[start:end].decode("utf-8", "ignore")
            return (len(before) >= LONG or comma().search(before) is not None) and not _is_layout(before, text)
        if parts_by_empty_lines(document) or not always_ends_sentences(document):
            return False
    if end - start < FRAGMENT or not mark().search(text):
        return False
    before = data[start:end].decode("utf-8", "ignore")
    return len(before) >= FRAGMENT and not _is_layout(before, text)


def _is_wrapped(line: Line, before: str, text: str) -> bool:
    """Whether the line before is as wide as the one before it, or as this one: then a page broke it, not a cut."""
    width = columns(before)
    return NARROW <= width <= WIDE and any(
        other is not None and abs(columns(other.strip(INDENT)) - width) <= SLACK for other in (line.neighbour(-2), text)
    )


def _before(line: Line) -> tuple[str | None, int]:
    """The nearest line before that is not empty, of the three before, and how many lines back it is."""
    document, end = line.document, line.byte_start
    data = document.data
    for step in (1, 2, 3):
        start = data.rfind(b"\n", 0, max(0, end - 1)) + 1
        before = data[start : max(0, end - 1)]
        if b"\r" in before or data[end - 1 : end] == b"\r":
            text = line.neighbour(-step)  # the line ends are not all alike
        else:
            text = before.decode("utf-8", document.errors) if end else None
        if text is None or text.strip(INDENT):
            return text, step
        end = start
    return None, 0


def _hyphen(line: Line, before: str) -> _Cut | None:
    """A Latin word cut at a hyphen, when the document writes the word whole elsewhere, or never with the hyphen."""
    head = re.search(r"[A-Za-z]+(?=-$)", before)
    tail = re.match("[a-z]+", line.text)
    if head is None or tail is None or is_code(before) or in_fence(line.document, line.start):
        return None
    text = line.document.text
    whole = head[0] + tail[0] in text
    if f"{head[0]}-{tail[0]}" in text or tail[0] in SUSPENDED or re.search(r"[/@\\_=][^ ]*$|--$", before):
        return None
    end = line.start
    start = _behind(text, end, "\r\n") - 1
    return _Cut(start, end, None if whole else Confidence.MEDIUM, f"`{head[0]}-{tail[0]}` is one word")


def _behind(text: str, end: int, left_out: str) -> int:
    """The offset behind the last character before ``end`` that is none of those left out."""
    while end and text[end - 1] in left_out:
        end -= 1
    return end


def _is_layout(before: str, after: str) -> bool:
    """Whether one of the two lines is a heading, a list item's marker, a table, code or markup."""
    return _is_title(before) or is_heading(after) or is_code(before) or is_code(after)


def _is_title(text: str) -> bool:
    """Whether a line is a heading, an item or a label, and not a numbered paragraph of a law or a report."""
    numbered = len(text) >= LONG and "，" in text and text.lstrip(INDENT)[0] in "第（(一二三四五六七八九十"
    return is_heading(text) and not numbered
