"""TXT013 run-in-heading."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from ._layout import in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

ENDS = (
    "小组 宣传 效果 成效 情况 措施 机制 氛围 领导 部署 落实 到位 重视 管理 建设 责任 总结 体会 问题 不足 打算 计划 安排"
    " 目的 意义 教育 活动 认识 力度 意识 背景 目标 思路 重点 经验 做法 特点 亮点 工作 能力 水平 队伍 制度 监督 检查"
)
"""Words with which the headings of reports end."""
OPENERS = (
    "根据 按照 为了 通过 由组 由校 我校 我院 我系 我行 我局 我县 我市 我区 我镇 我乡 我园 我司 此次 本次 今年 近年"
    " 全校 全镇"
)
"""Words with which the paragraph behind begins."""
DEEDS = (
    "及时|认真|加强|提高|强化|深化|完善|健全|建立|落实|开展|组建|成立|统一|注重|加大|扎实|广泛|明确|抓好|做好|积极|全面|精心"
    "|突出|创新|营造|推进|深入|大力|切实|坚持|夯实|狠抓|细化"
)
"""What is done: a heading that begins so is no subject of a sentence."""
RESULTS = "效果|成效|情况|问题|不足|打算|目的|意义|背景|思路|经验|做法|特点|亮点|体会"
"""What does nothing by itself: before 通过此次 it is a heading."""
SUBJECTS = r"(?:[^,、]*?(?:的|政府|部门|机关|委员会|法院|检察院|者|人员|单位|机构|企业|公司))"
"""What the subject of a sentence of a law or an order has."""
SHORTEST, LONGEST = 4, 20
"""Characters of a heading."""
REST = 30
"""Characters of the paragraph behind it, at least."""
STARTS = (
    "The This That These There It If In You We He She They But And For When As To At On With However So My Our Your"
    " What How After While Not All Now Then From By"
    " В На Но И Это По Он Она Они Мы Не Для Как При Если Так Также После Кроме Однако Поэтому"
)
"""Words with which sentences begin, and names and the parts of a program's names do not."""
VARIANTS = dict(
    zip(
        "组织传况围导责总结题划内来经验习动认识错实点设伍监检训参与础阵据过随着于园县乡们党区为处镇进题学标务",
        "組織傳況圍導責總結題劃內來經驗習動認識錯實點設伍監檢訓參與礎陣據過隨著於園縣鄉們黨區為處鎮進題學標務",
        strict=True,
    )
)
"""Traditional forms of the characters of the triggers."""


class RunInHeading(LineRule):
    """A heading or a paragraph and what follows it stand in one line: the break between them was lost.

    三、活动开展效果通过此次活动的开展，使广大师生… was a heading, 三、活动开展效果, and a paragraph. The
    sentence that is left has no structure, and the outline of the document is gone.

    In languages with spaces, two sentences that stood in two paragraphs meet without one: `is the price.The second`.

    What counts: a numbered line whose first words end as headings of reports end (效果, 小组, 宣传) and go on, without
    a mark, with a word that opens a sentence (根据, 通过, 我校), more than a line of text behind it. Left alone: laws
    and orders, whose numbered paragraphs have subjects (市政府根据…). A heading that begins with a deed (加强, 及时),
    or ends with a result before 通过此次, is no subject of what follows; any other may be: the confidence is medium.
    Of sentences that meet, a word in lower case, its full stop and a word that begins sentences, in English or Russian;
    that is certain where the rest of the line has its spaces. The fix, which breaks the line, or parts the sentences
    with a space, is unsafe.
    """

    code = "TXT013"
    name = "run-in-heading"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    examples = (
        Bad(
            "三、活动开展⟦效果通过⟧此次宣传教育活动的开展，使广大师生了解了诈骗的方式，提高了识别与应对的能力。",
            "三、活动开展效果\n通过此次宣传教育活动的开展，使广大师生了解了诈骗的方式，提高了识别与应对的能力。",
        ),
        Bad(
            "二、組織有序，多渠道⟦宣傳由組⟧長牽頭，在工作小組的安排下，師生積極參與此次活動，由學生會負責播放，效果良好。",
            "二、組織有序，多渠道宣傳\n由組長牽頭，在工作小組的安排下，師生積極參與此次活動，由學生會負責播放，效果良好。",
        ),
        Bad(
            "一、及时组建⟦小组根据⟧上级下发的文件的要求，领导高度重视，第一时间召开了专题会议，做到工作有安排、有落实。",
            "一、及时组建小组\n根据上级下发的文件的要求，领导高度重视，第一时间召开了专题会议，做到工作有安排、有落实。",
        ),
        Bad(
            "The battery lasts as ⟦well.If⟧ only the screen matters, take the other one. It is cheap.",
            "The battery lasts as well. If only the screen matters, take the other one. It is cheap.",
        ),
        Bad(
            "Дорога была ⟦закрыта.Это⟧ случилось ночью. Утром её открыли.",
            "Дорога была закрыта. Это случилось ночью. Утром её открыли.",
        ),
        Good("Call System.In or node.If(x), see example.com/files.The page, and read v.The of them."),
        Good("三、活动开展效果\n通过此次活动的开展，使广大师生了解了诈骗的方式，提高了识别与应对的能力。"),
        Good("一、市人民政府的检查机构根据本条例的规定进行检查，并对检查的情况作出记录，由检查人员签字后归档保存。"),
        Good("一、加强领导，落实责任。我校根据上级的要求成立了领导小组，由校长任组长，全面负责活动的组织和实施。"),
        Good("通过此次活动，我们了解了诈骗的方式，宣传由组长负责，大家都提高了识别与应对的能力，效果通过检查。"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """The end of a heading before the beginning of a sentence."""
        seams = product({word[-1] for word in ENDS.split()}, OPENERS.split())
        texts = {one + other for one, other in seams}
        traditional = str.maketrans(VARIANTS)
        starts = {f"{mark}{word} " for mark, word in product(".!?", STARTS.split())}
        return literals(sorted(texts | {text.translate(traditional) for text in texts} | starts))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The heading at the beginning of the line, and sentences that meet."""
        yield from _met(line)
        folded = line.folded
        match = _heading().match(folded.text)
        if match is None or len(folded.text) - match.end("end") < REST or "。" not in folded.text:
            return
        start, end = folded.span(match.start("end"), match.end("opener"))
        at = folded.offsets[match.start("opener")]
        yield Finding(
            start,
            end,
            "a numbered heading runs into its paragraph: the line break between them was lost",
            Fix("break the line behind the heading", (Edit(at, at, "\n"),), Applicability.UNSAFE),
            confidence=Confidence.HIGH if _is_certain(folded.text, match) else None,
        )


def _met(line: Line) -> Iterable[Finding]:
    """The places where two sentences meet without a space, in prose that has spaces between the others."""
    found = list(_meeting().finditer(line.text))
    if not found or is_code(line.text) or in_fence(line.document, line.start):
        return
    apart = len(_apart().findall(line.text))
    for match in found:
        yield Finding(
            *match.span(),
            f"`{match[0]}`: two sentences meet without a space: a line break between them was lost",
            Fix("part them", (Edit(match.end("end"), match.end("end"), " "),), Applicability.UNSAFE),
            confidence=Confidence.HIGH if apart >= len(found) else None,
        )


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./\\@:#$_-])(?P<end>[a-zа-яё]{{3,}}[.!?])(?:{'|'.join(STARTS.split())})(?= [a-zа-яё])")


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(r"[a-zа-яё)\d][.!?] [A-ZА-ЯЁ]")


def _is_certain(text: str, match: re.Match[str]) -> bool:
    """Whether the heading cannot be the subject of what follows."""
    if match["deed"]:
        return True
    return (
        match["end"] in RESULTS.split("|")
        and re.match("(?:通过|根据|按照)[此这本各]", text[match.start("opener") :]) is not None
    )


@cache
def _heading() -> re.Pattern[str]:
    ends, openers = "|".join(ENDS.split()), "|".join(OPENERS.split())
    return re.compile(
        rf"(?:[一二三四五六七八九十]{{1,2}}、|[(（][一二三四五六七八九十]{{1,2}}[)）]|\d{{1,2}}[.、])"
        rf"(?!{SUBJECTS}(?:{openers}))(?=[^。;:!?]{{{SHORTEST},{LONGEST}}}?(?:{openers}))"
        rf"(?P<deed>{DEEDS})?(?:[\u4e00-\u9fff]+[,、]){{0,2}}[\u4e00-\u9fff]*?(?P<end>{ends})(?P<opener>{openers})"
    )
