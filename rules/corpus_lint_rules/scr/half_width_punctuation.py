"""SCR004: half-width punctuation in Chinese text."""

from __future__ import annotations

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good, Trigger, expression, literals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Annotated

    from corpus_lint.census import Census
    from corpus_lint.document import Document

    from ._punctuation import Habit, Mark, MarkedLine, Punctuation

PLAIN = 200
"""Han for each Latin letter, and at least, of text that is Chinese and nothing else."""

HAN_LEADS = range(0xE4, 0xEA)
"""First bytes of Han in UTF-8."""

MARKS = (b",", b";", b"?", b"!", b", ", b"; ", b"? ", b"! ")

QUOTED = [mark.decode() + quote for mark in MARKS for quote in "“「『《"]
"""Marks before a quotation, for which a text may have no other."""

FULL_WIDTH = "，。；：？！．"

LATIN_SHARE = 4
"""So many Latin letters for each Han make a text in Latin script."""

LEAST = 8
"""Han that a text needs before it is Chinese."""


class HalfWidthPunctuation(DocumentRule):
    """Half-width punctuation stands in Chinese text, or full-width punctuation in English text.

    A converter that works on bytes turns ， ； ： ？ ！ （ ） into ASCII and leaves 。 、 “ ” as they are: 近期,案件。
    Scrapers and careless typing do the same. A model learns two marks for one, and a splitter of sentences misses one
    of them.

    Found is what the document itself calls wrong: half-width marks in text whose full stops and quotes are full-width,
    brackets, straight quotes and full stops at line ends among them. Where a document writes nearly all its marks
    in full width, only those between two Han are slips. Text whose full stops are half-width too keeps its style:
    with ``--pedantic``, or ``always``, it is found as well. Left alone are times and numbers (10:30, 3.14), list
    numbers, addresses, code, Markdown and HTML, tables, references, lists of key words, quotations in Latin script,
    brackets in text that is otherwise full-width (a matter of taste; where they are rare, in text without Latin
    letters, ``--pedantic`` shows them), marks beside damage that a wrong decoding left, and Japanese and Korean
    text. The point in transcribed names (弗拉基米尔.利文) becomes ·.

    The fix writes the mark in the other width, in pairs for brackets. It is safe in Chinese text whose full stops are
    full-width: only the width changes, and the spaces around the mark go with it. It is unsafe for straight quotes,
    which become the document's own in pairs (the other end of a quotation may be lost), for names, for text that is
    half-width throughout, and in English sentences, where a space is added.

    Source: GB/T 15834-2011 (punctuation); GB 2312, of which such a converter knows only the row of ASCII.
    """

    code = "SCR004"
    name = "half-width-punctuation"
    whole_lines = True
    wants_some_of = ("letter",)
    triggers = (
        *(Trigger(bytes((*mark, lead)), is_literal=True) for mark in MARKS for lead in HAN_LEADS),
        *literals(QUOTED),
        # A full stop behind a Han character at the end of a line.
        expression(r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]\.[ \t]*\r?\n", apart=True),
        # Of brackets alone in text without Latin letters.
        Trigger(b"(", is_literal=True, is_apart=True),
    )

    class Options:
        """How strict the rule is."""

        always: Annotated[bool, "also judge documents that write half-width punctuation throughout"] = False

    options: Options
    examples = (
        Bad(
            "近期⟦,⟧案件持续高发。我们高度重视,“打防结合”;成效明显(见附表)。",
            "近期，案件持续高发。我们高度重视，“打防结合”；成效明显（见附表）。",
        ),
        Bad(
            "⟦(⟧一)强化领导\n会议于10:30开始⟦,⟧有1,200人参加,占3.5%,气氛热烈。\n1.来源⟦:⟧本报",
            "（一）强化领导\n会议于10:30开始，有1,200人参加，占3.5%，气氛热烈。\n1.来源：本报",
        ),
        Bad(
            '這是一項⟦"保平安"⟧之舉⟦,⟧也是一項"得民心"之舉,群眾的反響很好。',
            "這是一項“保平安”之舉，也是一項“得民心”之舉，群眾的反響很好。",
        ),
        Bad(
            "詐騙案件(jiàn)高發(fā)⟦,⟧群眾(zhòng)損失(在建項(xiàng)目),必須重視。",
            "詐騙案件(jiàn)高發(fā)，群眾(zhòng)損失（在建項(xiàng)目），必須重視。",
        ),
        Bad(
            "今天天气很好，我们去了公园。孩子们很高兴⟦,⟧大家都笑了。他说（小声地）：“走吧。”",
            "今天天气很好，我们去了公园。孩子们很高兴，大家都笑了。他说（小声地）：“走吧。”",
        ),
        Bad(
            "小时候⟦ , ⟧我住在海边 , 每天去看船。\n船长是我的叔叔，他会讲很多故事。村里的人都认识他，也都喜欢他。",
            "小时候，我住在海边，每天去看船。\n船长是我的叔叔，他会讲很多故事。村里的人都认识他，也都喜欢他。",
        ),
        Bad("你知道这是为什么吗⟦?⟧我不知道,真的。", "你知道这是为什么吗？我不知道，真的。"),
        Bad(
            "他名叫弗拉基米尔⟦.⟧利文⟦,⟧是俄罗斯人,住在圣彼得堡。",
            "他名叫弗拉基米尔·利文，是俄罗斯人，住在圣彼得堡。",
        ),
        Bad("今天天气很好⟦,⟧我们去公园,大家都很高兴.", "今天天气很好，我们去公园，大家都很高兴。"),
        Bad(
            "He said that it was late⟦，⟧and went home。 Nobody knows why.",
            "He said that it was late, and went home. Nobody knows why.",
        ),
        Bad(
            "半山腰有一座凉亭，是去年新修的⟦.⟧\n站在这里往下看，整个县城都在脚下。\n山顶上有一块大石头，上面刻着四个字。",
            "半山腰有一座凉亭，是去年新修的。\n站在这里往下看，整个县城都在脚下。\n山顶上有一块大石头，上面刻着四个字。",
        ),
        Good("设函数在区间上连续，则它有最大值和最小值.\n由上面的定理可以知道结论成立.\n因此原题得证。"),
        Good("张三，李四. 网络犯罪的治理研究.\n以上文献供参考，请查阅。谢谢。"),
        Good("语句以 ; 为结束符，把 = 替换成 ! 即可。这两个符号都不能省略，写错了也不会报错。"),
        Good("关键词：港口 , 渔业 , 海洋\n本文写的是港口，也写渔业。它的作者住在海边，写过很多书。"),
        Good("网站建设,平面设计,宣传册设计,样本设计\n本公司主营设计。"),
        Good("会议于10:30开始，比分3:2，共1,200人，占3.14%，见 https://a.cn/?a=1,b 和 a@b.cn。"),
        Good("调用 `f(甲,乙)` 后，数组 `[类型; 长度]` 会变化，参见 [说明,附录](http://a.cn)。"),
        Good("```\nprint('你好,世界')\n```\n代码见上，输出一行文字。"),
        Good("| 姓名,性别 | 张三,男 |\n上表列出姓名，供参考。"),
        Good("技术文档里的括号(常见的写法)是个人习惯，不必统一，例如函数(即方法)。"),
        Good("[1]張三,李四.網絡犯罪研究[J].法學,2008,(3).\n以上文獻供參考，請查閱。"),
        Good("这些写法都可以用在匹配的文件里，说明如下。\n可使用!符号将条件反过来，也可以用;号分开几个条件。"),
        Good("本文关键词:体育,官网,我们,毕业\n以上是本文的关键词，仅供参考。"),
        Good("连道歉都不会。?砂何且环?好意?前，哪怕被网友骂得再凶，他也很彪悍。"),
        Good("龍彬?,現在開始，一切都很順利。"),
        Good("日本語の文章では,このように半角の読点を使う人もいる。漢字,仮名。"),
        Good("한국어 문장에서는 漢字,漢字 처럼 쓴다."),
        Good(
            "我们参考了 RFC 3550 等文件，全部列在下面，供大家学习和参考，不妥之处请指正。\n"
            "RFC 3550：A transport protocol for data\n以上。"
        ),
        Good("支持 React，Vue，Angular 三种框架。\nReact，Vue，Angular"),
    )

    def wants(self, census: Census) -> bool:
        """Whether the text is in Latin script; all else has a trigger."""
        return _is_latin(census)

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line for marks and brackets, one for straight quotes."""
        census = document.census
        if max(census.kana, census.hangul) > max(8, census.all_han // 100):
            return
        if _is_latin(census):
            yield from _latin(document.text.replace("\r", "\n"))
        is_plain = _is_plain(census)
        if census.all_han < LEAST or not any(map(document.text.__contains__, "(,;?!." if is_plain else ",;?!.")):
            return
        from ._punctuation import Habit, Punctuation

        punctuation = Punctuation(document, is_plain=is_plain)
        if punctuation.habit is None:
            return
        doubtful = punctuation.habit is Habit.ASCII and not self.options.always
        for line in punctuation.lines():
            if line.marks:
                yield _finding(punctuation, line, line.marks, punctuation.habit, doubtful=doubtful)
            if line.brackets:
                yield _finding(punctuation, line, line.brackets, punctuation.habit, doubtful=not self.options.always)
            if line.quotes:
                yield _quotes(punctuation, line, doubtful=doubtful)
            if line.points:
                yield _points(punctuation, line, doubtful=doubtful)


def _is_plain(census: Census) -> bool:
    """Whether a text is Chinese with hardly any Latin letter: no technical text, in which brackets are as in code."""
    return census.all_han >= PLAIN and census.letter * PLAIN < census.all_han


def _is_latin(census: Census) -> bool:
    return census.all_han * LATIN_SHARE < census.letter


def _latin(text: str) -> Iterator[Finding]:
    """The full-width marks in sentences of Latin script, one finding a line."""
    if not any(map(text.__contains__, FULL_WIDTH)):
        return
    from ._latin_prose import marked_lines

    for start, line, found in marked_lines(text):
        edits = tuple(Edit(start + mark.start, start + mark.end, mark.content) for mark in found)
        signs = " ".join(dict.fromkeys(line[mark.start] for mark in found))
        yield Finding(
            edits[0].start,
            edits[0].end,
            f"full-width punctuation ({signs}) in a sentence of Latin script: write half-width marks",
            Fix(f"write {len(edits)} half-width", edits, Applicability.UNSAFE),
            occurrences=len(edits),
        )


def _finding(punctuation: Punctuation, line: MarkedLine, marks: list[Mark], habit: Habit, *, doubtful: bool) -> Finding:
    edits = _edits(punctuation, line, marks)
    texts = (punctuation.text[line.start + mark.start : line.start + mark.end] for mark in marks)
    signs = " ".join(dict.fromkeys(text.strip()[:1] for text in texts))
    many = "half-width marks" if len(edits) > 1 else "half-width mark"
    return Finding(
        edits[0].start,
        edits[0].end,
        f"{len(edits)} {many} ({signs}) in Chinese text, in a document whose punctuation is {habit.value}: "
        f"write full-width marks",
        Fix(
            f"write {len(edits)} full-width",
            edits,
            Applicability.UNSAFE if doubtful else Applicability.SAFE,
        ),
        occurrences=len(edits),
        confidence=Confidence.MEDIUM if doubtful else None,
    )


def _quotes(punctuation: Punctuation, line: MarkedLine, *, doubtful: bool) -> Finding:
    edits = _edits(punctuation, line, line.quotes)
    signs = f"{edits[0].content}{edits[1].content}"
    return Finding(
        edits[0].start,
        edits[1].end,
        f"straight quotes around Chinese text ({len(edits) // 2} in this line): write {signs}",
        Fix(f"write {signs}", edits, Applicability.UNSAFE),
        occurrences=len(edits) // 2,
        confidence=Confidence.MEDIUM if doubtful else None,
    )


def _points(punctuation: Punctuation, line: MarkedLine, *, doubtful: bool) -> Finding:
    edits = _edits(punctuation, line, line.points)
    return Finding(
        edits[0].start,
        edits[0].end,
        "a full stop inside a transcribed name: write the middle dot ·",
        Fix("write ·", edits, Applicability.UNSAFE),
        occurrences=len(edits),
        confidence=Confidence.MEDIUM if doubtful else None,
    )


def _edits(punctuation: Punctuation, line: MarkedLine, marks: list[Mark]) -> tuple[Edit, ...]:
    spans = ((punctuation.origin(line.start + mark.start), mark) for mark in marks)
    return tuple(Edit(at, at + mark.end - mark.start, mark.content) for at, mark in spans)
