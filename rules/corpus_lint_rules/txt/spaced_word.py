"""TXT004 spaced-word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, expression, literals

from ._layout import HAN, before_han, blanked, in_fence, is_code
from ._seams import at_end, joined
from ._words import band, is_split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line

SHARE = 0.5
"""From what share of the places between two Han characters a space stands in them is the document spaced out."""
LEAST = 20
"""How many such spaces a document must have to be spaced out."""
RUN = 5
"""Single characters with a space behind each that make a line spaced out."""
PASSAGE = 8
"""Characters that are spaced out in a line of which as many are not."""
IN_WORDS = 0.5
"""Share of them that are in words: names, grades and what else is told one by one are no sentence."""
APART = 12
"""Characters without another space that a word cut by one must have on both sides, or the line's end."""
SURE = 4.0
"""Score of `joined` from which a word is cut for certain."""
OFTEN = 3
"""How many times as often ” must stand without a space behind it as with one."""
CLAUSE = "，。；！？"
"""Marks of clauses: a heading that is spaced out has none."""
COUNTING = frozenset(
    "一二三四五六七八九十百千万兩两几每各某这那以于於在把被和与與对從从将將是有不说說曰谓謂云即为為你我他她它"
)
"""Characters that are words by themselves before a quotation or a counted thing."""


class SpacedWord(RegionRule):
    """Spaces stand inside Chinese words.

    Chinese is written without spaces. 诈 骗 was cut to get past a filter, now and then with the wide space of Chinese
    (U+3000); a PDF or OCR leaves a space behind every character; what was cut out leaves one behind a quotation. The
    word is then unknown to a tokenizer, and a search does not find it.

    A word counts as cut where its two characters are one of the common words of Chinese and neither belongs to another
    word; where the same word stands whole elsewhere in the document, or no sentence ends and begins so (``seams.txt``,
    see TXT001), that is certain, else the confidence is medium. A document with spaces between most of its characters
    is reported once, a single spaced-out line with medium confidence, unless it has the marks of clauses, as a heading
    has not. Left alone: names and labels set to one width (张 三, 时 间：), headings (目 录), verse, tables, and spaces
    that stand for quotation marks or between sentences.

    The fix is safe for a document that is spaced out throughout, unsafe otherwise.

    Source: words of two characters from jieba (MIT licence), ``words.txt``.
    """

    code = "TXT004"
    name = "spaced-word"
    examples = (
        Bad(
            "电信网络诈⟦ ⟧骗犯罪社会危害严重，群众深恶痛绝。全县防范诈骗工作取得成效。",
            "电信网络诈骗犯罪社会危害严重，群众深恶痛绝。全县防范诈骗工作取得成效。",
        ),
        Bad(
            "为了防⟦\u3000⟧范电信诈骗，我们开展了防范宣传。",
            "为了防范电信诈骗，我们开展了防范宣传。",
        ),
        Bad("為了打擊電信詐⟦ ⟧騙犯罪，我們開展防詐騙宣傳。", "為了打擊電信詐騙犯罪，我們開展防詐騙宣傳。"),
        Bad(
            "⟦第 一 部 分 是 关 于 这 件 事 情 的 说 明 ， 大 家 都 应 该 认 真 看 。⟧\n第二行。",
            "第一部分是关于这件事情的说明，大家都应该认真看。\n第二行。",
        ),
        Bad(
            "印制“致居民的一封信”⟦ ⟧“致家长的一封信”共计百份，“反诈”活动和“识诈”行动，《方案》要求“全覆盖”宣传。",
            "印制“致居民的一封信”“致家长的一封信”共计百份，“反诈”活动和“识诈”行动，《方案》要求“全覆盖”宣传。",
        ),
        Bad(
            "操场边坐满了人。\n⟦他 们 在 操 场 上 打 篮 球 ， 笑 声 传 得 很 远 。⟧\n天黑了才散。",
            "操场边坐满了人。\n他们在操场上打篮球，笑声传得很远。\n天黑了才散。",
        ),
        Bad(
            "门口贴着一张纸，写的是⟦本 店 从 明 天 开 始 停 止 营 业⟧，落款是老板的名字。",
            "门口贴着一张纸，写的是本店从明天开始停止营业，落款是老板的名字。",
        ),
        Bad(
            "⟦书 里 说 的 简 单 生 活 并 不 是 贫 穷⟧，而是知道什么可以不要。",
            "书里说的简单生活并不是贫穷，而是知道什么可以不要。",
        ),
        Good("开会的人都到齐了：王 张 李 赵 刘 陈 杨 黄 周 吴，一个也没有少，大家都很高兴。"),
        Good("时 间：下午\n地 点：大楼，张 三、李 四、王小五。\n目 录\n第 一 章"),
        Good("第一条 为了规范行政行为，制定本法。第三章 代表建议、批评和意见。"),
        Good("床前明月光 疑是地上霜，他说 好！声音响，走入 烈焰阵 内。"),
        Good("使用 Python 语言 编写程序，一 个人，三 样东西吗？"),
        Good("点击 “保存” 按钮，再点击“打开” 按钮，他说：“好。” 大家都笑了。"),
        Good("80后“失联” 医生说没问题\n“钉子户”强行拦路，《方案》和“办法”、“细则”都“没用”。"),
        Good("床前明月光　疑是地上霜，第一条　为了规范，制定本法。张　三、李　四，一　总则，同意　不同意。"),
        Good("他来辞行，说明天就走。\n\n杂曲歌辞　行行游且猎篇（李白）"),
        Good("| 诈 骗，| 其他，诈骗 |"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A space between Han characters in a clause, though not behind 条; runs of single ones; a space behind ”."""
        han = r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]"
        # 第三条 and a space open every article of a law: any Han character but 条 (E6 9D A1).
        before = r"(?:[\xe4-\xe9][\x80-\xbf][\x80-\xa0\xa2-\xbf]|[\xe4-\xe9][^\x9d]\xa1|[\xe4\xe5\xe7-\xe9]\x9d\xa1)"
        behind = r"(?:[,;!?']|\xe3\x80[\x81\x82\x8a-\x8d]|\xef\xbc[\x81\x88\x89\x8c\x9b\x9f]|\xe2\x80[\x98-\x9d])"
        return (
            expression(rf"{before} (?:{han}){{1,13}}{behind}"),
            expression(rf"{before}　(?:{han}){{1,13}}{behind}", apart=True),
            expression(rf"(?:{han} ){{{RUN}}}"),
            *literals(closing + opening for closing in ("” ", "》 ") for opening in "“《"),
            *before_han("” ", "》 "),
        )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding for a spaced-out document; else the cut words of its lines."""
        if any(_run(line.text) for line in lines) and _is_spaced_out(document.text):
            yield _whole(document)
            return
        for line in lines:
            found = list(_in_line(line))
            if found and not is_code(line.text) and not in_fence(document, line.start):
                yield from (finding.shifted(line.start) for finding in found)


class _Expressions(NamedTuple):
    run: re.Pattern[str]
    spaced: re.Pattern[str]
    joined: re.Pattern[str]
    cut: re.Pattern[str]
    quoted: re.Pattern[str]
    two: re.Pattern[str]
    marks: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    near: re.Pattern[str]
    clause: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    wide = f"{HAN}，。、；：！？“”‘’（）《》"
    return _Expressions(
        run=re.compile(
            rf"(?<![{HAN}])(?=(?:[{HAN}] ){{{RUN}}})(?:[{HAN}] |[{CLAUSE}] ?)+(?:[{HAN}](?![{HAN}])|(?<=[{CLAUSE} ]))"
        ),
        spaced=re.compile(rf"(?<=[{wide}]) (?=[{wide}])"),
        joined=re.compile(rf"[{HAN}](?=[{HAN}])"),
        cut=re.compile(rf"[ \u3000](?<=[{HAN}].)(?<!条.)([{HAN}]{{1,13}})(?=[,;!?'、。《-」！（），；？‘-”])"),
        # The space is in a sentence: a clause of Han characters before the quotation, and one behind it, whose words
        # are not Latin: writers put a space beside those.
        quoted=re.compile(
            rf"(?:(?<=[{HAN}、，”])|(?<=” ))(?:“[^“” ]{{1,30}}(?<![。！？…，!-~])”|《[^《》 ]{{1,40}}》)"
            rf"( )(?=[“《{HAN}])"
        ),
        # Part of each run; `re` looks for a first character ten times as fast as for one of a class.
        two=re.compile(f" [{HAN}] [{HAN}] "),
        marks=tuple((re.compile(rf"{mark} (?=[“《{HAN}])"), re.compile(rf"{mark}(?=[“《{HAN}])")) for mark in "”》"),
        near=re.compile(r"[^\S\n](?<![!-~].)(?![!-~])"),
        clause=re.compile(f"[{CLAUSE}]"),
    )


def _run(text: str) -> re.Match[str] | None:
    """The first run of single characters with a space behind each."""
    is_likely = text.count(" ") >= RUN and _expressions().two.search(text) is not None
    return _expressions().run.search(text) if is_likely else None


def _is_spaced_out(text: str) -> bool:
    spaced = sum(1 for _ in re.finditer(rf"(?<=[{HAN}]) (?=[{HAN}])", text))
    return spaced >= LEAST and spaced >= SHARE * (spaced + sum(1 for _ in _expressions().joined.finditer(text)))


def _whole(document: Document) -> Finding:
    """The finding of a spaced-out document: it lies on the first spaced-out line."""
    text = document.text
    spaces = [match.start() for match in _expressions().spaced.finditer(text)]
    run = _expressions().run.search(text)
    first = document.line_at(run.start() if run else spaces[0])
    start = document.line_starts[first]
    line = document.line_text(first)
    return Finding(
        start + len(line) - len(line.lstrip()),
        start + len(line.rstrip()),
        "a space stands behind nearly every character of the document, as a PDF or OCR leaves it: no word is whole",
        Fix(f"remove the {len(spaces)} spaces", tuple(Edit(at, at + 1, "") for at in spaces)),
        occurrences=len(spaces),
    )


def _in_line(line: Line) -> Iterator[Finding]:
    text = blanked(line.text)
    run = _run(text)
    passage = _passage(text, run) if run else None
    if run and not passage and len(run[0]) * 2 > len(text.strip()) > 2 * APART:
        yield Finding(
            run.start(),
            run.end(),
            "a space stands behind every character: no word of the line is whole",
            Fix("remove the spaces", tuple(Edit(m.start(), m.end(), "") for m in re.finditer(" ", line.text)
                if run.start() < m.start() < run.end()), Applicability.UNSAFE),
            confidence=None if _expressions().clause.search(run[0]) else Confidence.MEDIUM,
        )  # fmt: skip
        return
    if passage:
        start, end = passage
        yield Finding(
            start,
            end,
            "a space stands behind every character of this passage, but not of the rest of the line: no word is whole",
            Fix("remove the spaces", tuple(Edit(m.start(), m.end(), "") for m in re.finditer(" ", line.text)
                if start < m.start() < end), Applicability.UNSAFE),
        )  # fmt: skip
        return
    for match in _expressions().cut.finditer(text):
        at, after = match.start(), match[1]
        before = _han_tail(text[max(0, at - 3) : at])
        if not is_split(before, after[:3]) or before[-1] in COUNTING or not _stands_alone(text, at):
            continue
        if text[at] == "\u3000" and not _expressions().clause.search(text):
            continue  # a wide space parts the words of a heading
        word = before[-1] + after[0]
        known = word in line.document.text
        tail = text[max(0, at - 3) : at]
        sure = known or (joined(tail, after) >= SURE and at_end(tail) <= 0)
        yield Finding(
            at,
            at + 1,
            f"a space cuts the word {word}"
            + (", which stands whole elsewhere in the document" if known else "; words are written without one"),
            Fix("remove the space", (Edit(at, at + 1, ""),), Applicability.UNSAFE),
            confidence=None if sure else Confidence.MEDIUM,
        )
    # Headlines part their halves with a space; a sentence has a comma or a full stop.
    may_be_quoted = ("” " in text or "》 " in text) and re.search("[，。,]", text) is not None
    if may_be_quoted and (found := _expressions().quoted.search(text)) and _is_exception(line.document.text):
        for match in _expressions().quoted.finditer(text, found.start()):
            if not _stands_alone(text, match.start(1)):
                continue
            yield Finding(
                match.start(1),
                match.end(1),
                "a space stands behind a closing mark, where the document has none elsewhere; something may be cut out",
                Fix("remove the space", (Edit(match.start(1), match.end(1), ""),), Applicability.UNSAFE),
                confidence=Confidence.MEDIUM,
            )


def _passage(text: str, run: re.Match[str]) -> tuple[int, int] | None:
    """From where to where words of a sentence are spaced out that stand among others which are not."""
    spaced = re.sub(rf"[^{HAN}]", "", run[0])
    if len(spaced) < PASSAGE or len(re.findall(f"[{HAN}]", text)) < len(spaced) + PASSAGE:
        return None
    in_words = at = 0
    while at < len(spaced) - 1:
        step = 2 if band(spaced[at : at + 2]) is not None else 1
        in_words += step if step == 2 else 0
        at += step
    if in_words < IN_WORDS * len(spaced):
        return None
    start, end = run.span()
    return (start - 2 if re.search(f"[{HAN}] $", text[:start]) else start), end


def _han_tail(text: str) -> str:
    """The Han characters that the text ends with."""
    return re.search(f"[{HAN}]*$", text)[0]  # type: ignore[index]


@lru_cache(maxsize=1)
def _is_exception(text: str) -> bool:
    """Whether a space between ” and what follows is rare in the document."""
    spaced = sum(len(spaced_mark.findall(text)) for spaced_mark, _ in _expressions().marks)
    tight = sum(len(tight_mark.findall(text)) for _, tight_mark in _expressions().marks)
    return tight >= OFTEN * spaced


def _stands_alone(text: str, at: int) -> bool:
    """Whether no other space stands near by, and the line is a sentence: spaces in numbers set names or quotations.

    A space beside a Latin word or a number is the usual one.
    """
    near = f"{text[max(0, at - APART) : at].lstrip()}\n{text[at + 1 : at + 1 + APART].rstrip()}"
    return not _expressions().near.search(near) and (at > 1 or bool(re.search("[，。,]", text)))
