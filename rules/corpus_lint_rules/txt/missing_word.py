"""TXT011 missing-word."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Finding
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from ._layout import in_fence, is_code
from ._words import band

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

FOR_ALL = "上述 予以 任何 位于 依照 关于 及其 各个 出自 基于 对于 按照 称为 视为 针对 责令"
HUNGRY = {
    "，": f"{FOR_ALL} 属于 处于 改为 带有 处以",
    "。": f"{FOR_ALL} 以及 成为 涉及 用于 分为 至于",
    "、": f"{FOR_ALL} 以及 成为 分为 属于 都是 就是 全是 均为",
}
"""Words that need one behind them, by the mark before which they never stand."""
TOPICAL = {"涉及": "所有要未不会會将將曾已没沒无無", "至于": "不"}
"""Of these, what ends a sentence behind such a character, as its object stands in front: 或许会有所涉及。"""
NARROW = {"，": ","}
"""The half-width form of the mark; a narrow full stop ends too much else."""
THEMES = "围绕 针对 对于 鉴于 依托"
"""Words that need a noun behind them, and never a predicate that is complete."""
DONE = "开展了 进行了 召开了 举行了 实施了 举办了 组织了"
"""Such predicates."""
PLACES = "范围 过程 基础 期间 前提 背景"
"""Nouns that need a word of place (内, 中, 上) behind them when 在 stands before them."""
ACTS = "向 对 开展 进行 召开"
"""What follows where that word is lost."""
REPORTS = "总结 汇报 报告 通知 公告 公布 介绍 说明 公示 简述"
"""Verbs in the formula 现将…如下."""
CRIMES = "实施 从事 进行 打击 涉嫌 参与 惩治 预防 防范"
"""Verbs before 犯罪, of which only 罪 is left."""
CRIMINAL = "案件 活动 行为 分子 团伙 集团"
"""What follows it."""
SHORT = 30
"""A line of so many characters may be verse, or an entry of a list."""
HALVES = {
    "诈": ("诈骗", "欺反防涉识敲讹兵使有", f"犯罪 {CRIMINAL}"),
    "骗": ("诈骗", "诈欺行受被拐蒙诱哄涉反防识盗", f"犯罪 {CRIMINAL}"),
    "预": ("预期", "", "效果 目的 目标 成效 成果 结果"),
}
"""Halves of words: the word, characters with which they are another one, and words before which they never stand."""
QUANTITIES = (
    "质量 长度 宽度 高度 深度 厚度 速度 加速度 半径 直径 周长 边长 面积 体积 容积 密度 浓度 温度 压强"
    " 电压 电流 电阻 电量 电荷量 电容 强度 频率 周期 波长 振幅 功率 效率 系数 因数 常数 距离 位移 路程"
    " 时间 夹角 角度 倾角 斜率 概率 方差 坐标 方程 解析式 公差 公比 通项公式 离心率 焦距 定义域 值域"
    " 最大值 最小值 取值范围 比值 之比 总数 的值"
)
"""What has a value or a formula, of which a page may show a picture."""
BEHIND_VALUE = {"为": "，,。；;、", "為": "，,。；;、", "等于": "，,。；;", "等於": "，,。；;"}
"""What never stands behind one and the word for is: the value was a picture."""
_GAP = r"[\s\u3000]*"
OPTIONS = (
    rf"{_GAP}A[.．、]{_GAP}B[.．、]{_GAP}(?:C[.．、]{_GAP}D[.．、]{_GAP})?"
    rf"|{_GAP}C[.．、]{_GAP}D[.．、]{_GAP}"
)
"""The choices of a question without what they say."""
SUFFIXED = "上述 此类 该类 这类 各类 此种"
"""Determiners, behind which 者 needs what makes it a person."""
VARIANTS = dict(
    zip(
        "与于关来对视为针责处带围绕鉴开进举办组织实范过础间总结汇报说简从击参与惩预动团诈骗这类种标结径长积压强数离",
        "與於關來對視為針責處帶圍繞鑒開進舉辦組織實範過礎間總結匯報說簡從擊參與懲預動團詐騙這類種標結徑長積壓強數離",
        strict=True,
    )
)
"""The traditional forms of the characters of the triggers."""


class MissingWord(LineRule):
    """A word is missing: the sentence is impossible as it stands.

    Some words need another one behind them: nobody writes 按照， or 都是、. What followed was a link, a formula, a
    name, or a word that a filter does not like, and it was dropped when the page was made into text. The sentence that
    is left says nothing, and a model learns to leave out what matters.

    What counts: a preposition, determiner or verb that cannot end a clause, directly before a mark; a preposition
    before a whole predicate (围绕开展了); 在范围 or 在过程 without 内 or 中 (在范围向); the formula 现将…如下
    without its 如; halves of words (实施罪案件, 通讯诈犯罪); 者 behind a determiner (上述者). In 41 million characters
    of prose that people wrote, one of these stood. Left alone: words that are named in a list, verse, short forms
    (电诈), code and tables, Japanese, talk that breaks off with … or ——. What is missing is not known: there is no fix.

    Source: words of two characters from jieba (MIT licence), ``words.txt``.
    """

    code = "TXT011"
    name = "missing-word"
    examples = (
        Bad("管理员⟦按照，⟧对日志进行清理，其他数据⟦属于，⟧不再保留，需要时请从备份中恢复。"),
        Bad("再次申明八个“凡是”不要相信、八个“凡是”⟦都是、⟧牢记“三个不要”。"),
        Bad(
            "如果安装时遇到了问题，而手册里又没有写，详细步骤请参见⟦关于。⟧\n安裝程式會自動建立設定檔，而這個設定檔⟦位於，⟧請先備份再自行修改。"
        ),
        Bad("该行于近期⟦围绕开展了⟧一系列的宣传活动，⟦在范围向⟧教师和学生宣传。"),
        Bad("这个变量的默认值可以在设置文件里修改，也可以⟦按照 ，⟧从命令行设置。"),
        Bad("一物块的⟦质量为，⟧它与桌面间的动摩擦⟦因数为，⟧求拉力。"),
        Bad("下列图形中，轴对称的是（  ）\n⟦A． B． C． D．⟧"),
        Good("A. 一  B. 二\nC. 三  D. 四\nA.B. Smith wrote it. 他的质量为人称道，行为，作为，时间为我们作证。"),
        Bad("现将活动情况⟦总结下：⟧\n現將有關事項⟦通知下:⟧"),
        Bad("借助电信技术手段⟦实施罪⟧案件数呈上升趋势。"),
        Bad("为有效遏制当前通讯⟦诈犯罪⟧高发势头，专项行动取得⟦预效果⟧，⟦上述者⟧几乎都是通过银行转账。"),
        Good("欺诈犯罪、诈骗案件、反诈活动、敲诈行为，电诈犯罪，如上述者，该类患者。"),
        Good("现将活动情况总结如下：我来总结下：他说的都是对的，关于“属于”的问题。"),
        Good("介词有关于、对于、按照、基于；关系（属于、负责、参与）都要标注，如依赖、属于、影响。"),
        Good("我按照规定围绕主题开展了活动，在全校范围内向教师宣传，实施犯罪案件，破坏公用电信设施罪。"),
        Good("これは上述、以及、任何、というものです。"),
        Good("由于教程内容量已经足够多了，这些命令的用法以后或许会有所涉及。瀏覽器會以特殊且在背景進行的方式處理。"),
        Good("自这个版本起弃用：请在基础对象上操作。从部署到运营都要涉及。流俗之论无当于是非，若此类者众矣。"),
        Good("这小子不会重蹈覆辙，倒决不至于。詩歌對高昌回鶻與汗國之間的關係並無涉及。"),
        Good("想尊空北海，诗成东阁，这都是、欢娱处。\n主人来自，清都碧落，天香满袖。"),
        Good(
            "regarding [riˈɡɑːdiŋ] prep.关于,有关\nbelong [biˈlɔŋ] v.(to)属于,附属;应归入（类别、范畴等），居住在某处"
        ),
        Good("| 关于，| 对于。|\n```\n按照，\n```\n我以为你属于……关于——算了。"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """Every pair of words that must not meet, in both scripts."""
        choices = (f"A{mark}{gap}B{mark}" for mark in ".．、" for gap in ("", " ", "  ", "\u3000", "\t"))
        return literals((*sorted(_spellings()), *choices))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The impossible places of a line."""
        if "A" in line.text and "B" in line.text:
            yield from _empty_choices(line)
        folded = line.folded
        for match in _impossible().finditer(folded.text):
            start, end = folded.span(*match.span(match.lastgroup or 0))
            # Folding drops spaces: what a space parts does not meet.
            if _is_named(folded.text, match) or not _meets(line.text[start : end + 2]) or _is_elsewhere(line):
                continue
            yield Finding(
                start,
                end,
                f"`{line.text[start:end]}` is impossible as it stands: {_reason(match)};"
                " what stood there was lost or cut out",
            )


def _empty_choices(line: Line) -> Iterable[Finding]:
    """The choices of a question, of which nothing is left but their letters."""
    match = re.fullmatch(OPTIONS, line.text)
    if match is None or in_fence(line.document, line.start):
        return
    if "C" not in match[0] and re.fullmatch(OPTIONS, line.neighbour(1) or "") is None:
        return
    start, end = match.start() + len(match[0]) - len(match[0].lstrip()), len(match[0].rstrip())
    yield Finding(
        start, end, "choices of a question without what they say: it was lost, maybe as pictures; drop the question"
    )


@cache
def _spellings() -> frozenset[str]:
    """The pairs of words that must not meet, with every choice of simplified and traditional characters."""
    pairs = {word + mark for mark, words in HUNGRY.items() for word in words.split()}
    pairs |= {pair.replace(mark, NARROW[mark]) for pair in pairs for mark in NARROW if mark in pair}
    pairs |= {f"{pair[:-1]} {pair[-1]}" for pair in pairs}
    pairs |= {"".join(pair) for pair in product(THEMES.split(), DONE.split())}
    pairs |= {"".join(pair) for pair in product(("在" + place for place in PLACES.split()), ACTS.split())}
    pairs |= {verb[-1] + "下" + mark for verb in REPORTS.split() for mark in "：:"}
    pairs |= {"".join((verb[-1], "罪", thing)) for verb, thing in product(CRIMES.split(), CRIMINAL.split())}
    pairs |= {half + word for half, (_, _, behind) in HALVES.items() for word in behind.split()}
    pairs |= {word + "者" for word in SUFFIXED.split()}
    pairs |= {
        noun[-1] + verb + mark for noun in QUANTITIES.split() for verb, marks in BEHIND_VALUE.items() for mark in marks
    }
    # A reading may stand in front: 結(jié)下.
    pairs |= {")下:", ")下："}
    return frozenset(
        "".join(choice) for pair in pairs for choice in product(*(mark + VARIANTS.get(mark, "") for mark in pair))
    )


def _meets(text: str) -> bool:
    return any(pair in text for pair in _spellings())


@cache
def _impossible() -> re.Pattern[str]:
    hungry = "|".join(rf"(?:{'|'.join(words.split())}){_fold(mark)}" for mark, words in HUNGRY.items())
    halves = "|".join(
        (rf"(?<![{others}])" if others else "") + f"{half}(?:{'|'.join(behind.split())})"
        for half, (_, others, behind) in HALVES.items()
    )
    return re.compile(
        rf"(?P<hungry>{hungry})(?![…—])"
        rf"|(?P<value>(?:{'|'.join(QUANTITIES.split())})(?:大小|分别)?(?:为|等于)[,。;、])"
        rf"|(?P<theme>(?:{'|'.join(THEMES.split())})(?:{'|'.join(DONE.split())}))"
        rf"|(?P<place>(?!在背景进行)在(?:{'|'.join(PLACES.split())})(?:{'|'.join(ACTS.split())})(?!(?<=对)[象话应方比]))"
        rf"|(?<=[现兹])将[^。;,:!?]{{2,40}}?(?P<report>(?:{'|'.join(REPORTS.split())})下:)"
        rf"|(?P<half>{halves})|(?P<person>(?<![如若])(?:{'|'.join(SUFFIXED.split())})者(?=[\u4e00-\u9fff]))"
        rf"|(?P<crime>(?:{'|'.join(CRIMES.split())})罪(?={'|'.join(CRIMINAL.split())}))"
    )


def _fold(mark: str) -> str:
    return {"，": ","}.get(mark, mark)


def _reason(match: re.Match[str]) -> str:
    if match["hungry"]:
        return f"{match[0][:-1]} needs a word behind it"
    if match["value"]:
        return "the value or the formula is gone"
    if match["theme"]:
        return f"{match[0][:2]} needs a noun behind it"
    if match["place"]:
        return "在 with such a noun needs 内, 中 or 上 behind it"
    if match["half"]:
        return f"{match[0][0]} is half of {HALVES[match[0][0]][0]}"
    if match["person"]:
        return "者 needs a word before it that says who"
    return "the formula is 现将…如下" if match["report"] else "the word is 犯罪"


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Whether the words are only named (in a list, in quotation marks), complete, or a half that is a short form."""
    if match["half"]:
        # Behind a whole word it is no part of a short form.
        return band(text[max(0, match.start() - 2) : match.start()]) is None
    if not match["hungry"]:
        return False
    before = text[match.start() - 1 : match.start()]
    if _is_gloss(text, match):
        return True
    if before and before in TOPICAL.get(match[0][:-1], ""):
        return True
    others = tuple(word for words in HUNGRY.values() for word in words.split())
    return before in tuple("、(“‘「『《/:\"'`") or len(text) < SHORT or text.startswith(others, match.end())


def _is_gloss(text: str, match: re.Match[str]) -> bool:
    """Whether the word is one of the meanings that a dictionary gives for a foreign word in front of it."""
    before = text[: match.start()]
    clause = re.split(r"[,，;；、.)\]}]", before)[-1]
    return not clause.strip("0123456789 ") and re.match(r"[\W\d_]*[a-z]", before) is not None


def _is_elsewhere(line: Line) -> bool:
    """Whether the line is Japanese, code or a table."""
    return (
        re.search("[\u3040-\u30ff]", line.text) is not None or is_code(line.text) or in_fence(line.document, line.start)
    )
