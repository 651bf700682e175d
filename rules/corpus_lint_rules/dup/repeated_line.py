"""DUP004: a line, or a few words, said again and again, or a paragraph said twice."""

from __future__ import annotations

from itertools import pairwise

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Related
from corpus_lint.folding import fold
from corpus_lint.rule import Bad, DocumentRule, Good, RepeatRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Annotated

    from corpus_lint.census import Census
    from corpus_lint.document import Document
    from corpus_lint.repeats import Loop

HEAD = 4000
"""Characters of a text, at most, in which its title may be said again."""
TITLE = 60
"""Folded characters of a title, at most."""
TITLES = 3
"""Times that a page has its title: in its head, above its text and in the text."""
NO_HEADING = "。；;，,：:！？!?”」…"
"""How no heading ends."""
ENDS = frozenset("。！？!?.…”」』：:")
"""How the paragraph below a heading ends; what else follows may be a list in which the heading stands."""
LINES = 10
"""Lines that say anything, at most, from the title to its copy."""
PHRASE = 12
"""Weight of a copy from which on it is more than a word said for emphasis."""
WORD = 6
"""Weight of a word of two Han characters, which is a loop when nobody would say it so often,"""
OFTEN = 16
"""which is from so many copies on, unless it is a sound."""
SOUNDS = frozenset("哈呵嘿嘻嘎咯啊呀哦噢喔嗯呜嗚咚锵鏘叮当當铃鈴哗嘩啦轰轟隆啪嗒哒噠滴嘀答咔嚓砰呼噜嚕唧喳汪喵咩哞嗡")
"""Characters of which words are made that stand for a sound: 滴答滴答 goes on as long as the clock."""
SENTENCE = 90
"""Weight of a copy from which on three of them are too many for a refrain."""
FOLLOWING = 1000
"""Characters behind a title's copy in which prose is looked for."""
VERSE = 40
"""Characters of the longest line of a poem, and a little more."""
SHOWN = 24
"""Characters of a copy that the message quotes, at most."""
BAR = r"\s*[|｜_•│]\s*|--|\s[-–—]\s|(?<=[\u4e00-\u9fff？！])-(?=[\u4e00-\u9fff])"
"""What the title of a page has between the title of its text and the names of the section and the site."""
NO_SITE = r"[。！？!?；;：:，,]|第|[章节節回卷篇]|\d|(?i:\b(?:chapter|part|book|act|volume|section)\b)"
"""What no such name has, but a sentence, or the number of a part of the text."""
NAME = 60
"""Characters of the names, at most."""
_SPACE = " \t\r\n\u3000\xa0\ufeff#*"

_LINE = "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册"


class RepeatedLine(DocumentRule, RepeatRule):
    """A line or a phrase is said again and again, or a paragraph or the title a second time.

    A scraper that walks in a circle writes a line over and over, a model that has lost its thread says
    今天天气很好今天天气很好今天天气很好, and a page whose heading was taken once from its head and once from its body
    has its title twice; one whose template showed a paragraph in two boxes has that twice. A model that reads loops
    learns to loop. There is one finding, with the count; it sits on the later copies.

    What is compared are the letters and digits, so other marks, spaces, line breaks and scripts between and in the
    copies do not hide a loop. A loop is always found when it has more than 31 Han characters, or 47 letters, besides
    its first copy. The title of a page as its head has it, with the name of the site behind it
    (春耕开始了_三农_某某网), is found where the title of the text follows, however long the menu between them.

    A paragraph that ends like a sentence and stands in a text twice, word for word, is found from 25 Han characters or
    75 letters on when nothing stands between, and from 50 or 150 when the copies are near each other and the text is
    no book and not in Markdown, in which manuals and laws are kept; a passage of 100 or 300 is DUP001's.

    Left alone are two copies of other lines, a word said for emphasis (哈哈哈哈, no no no), unless it is a word of two
    Han characters or six letters that is said sixteen times and is no sound, a refrain, rows of a table, code, numbers,
    and headings that a list of contents names before. Short loops, and a title that stands again and again, are
    reported with less confidence.

    The fix keeps the first copy. It is unsafe: only a reader can tell a litany from a loop.
    """

    code = "DUP004"
    name = "repeated-line"

    class Options:
        """The options of the rule."""

        shortest: Annotated[int, "least weight of all copies together: a letter counts 1, a Han character 3"] = 100
        copies: Annotated[int, "from so many copies of a short phrase on it is a loop"] = 5
        title: Annotated[int, "least weight of a title that stands twice"] = 24

    options: Options

    examples = (
        Bad(
            "去那边看看。" + "今天天气很好" + "⟦" + "今天天气很好" * 24 + "⟧。\n然后呢？\n",
            "去那边看看。今天天气很好。\n然后呢？\n",
        ),
        Bad(
            f"{_LINE}。\n" + "⟦" + f"{_LINE}。\n" * 3 + f"{_LINE}⟧。\n谁家先熟就先帮谁家收割。\n",
            f"{_LINE}。\n谁家先熟就先帮谁家收割。\n",
        ),
        # What a model of speech writes for silence.
        Bad("下次再见。\n谢谢观看⟦" + "谢谢观看" * 8 + "⟧\n", "下次再见。\n谢谢观看\n"),
        Bad(
            "So " + "the results show that " + "⟦" + "the results show that " * 6 + "the results show that⟧",
            "So the results show that",
        ),
        # Cut off where the model was stopped.
        Bad(
            "The answer is that it depends on the weather. ⟦"
            + "The answer is that it depends on the weather. " * 9
            + "The answer is that⟧",
            "The answer is that it depends on the weather.",
        ),
        Bad("他喝了一口，说：\n好茶⟦" + "好茶" * 17 + "⟧\n", "他喝了一口，说：\n好茶\n"),
        # The title, once from the head of the page and once from its body.
        Bad(
            f"2023年春耕工作总结6篇\n\n来源：某某网\n\n{_LINE}，下面是小编为您分享的2023年春耕工作总结6篇。\n\n⟦2023年春耕工作总结6篇⟧\n\n"
            f"2023年春耕工作总结篇1\n{_LINE}。\n",
            f"2023年春耕工作总结6篇\n\n来源：某某网\n\n{_LINE}，下面是小编为您分享的2023年春耕工作总结6篇。\n\n"
            f"2023年春耕工作总结篇1\n{_LINE}。\n",
        ),
        # A paragraph from two boxes of a template.
        Bad(
            f"第一批种子到了。\n{_LINE}，谁家先熟就先帮谁家收割，误工的日子少了。\n⟦{_LINE}，谁家先熟就先帮谁家收割，误工的日子少了。⟧\n"
            "第二批还在路上。\n",
            f"第一批种子到了。\n{_LINE}，谁家先熟就先帮谁家收割，误工的日子少了。\n第二批还在路上。\n",
        ),
        # The heading of the file below the name of the site's collection, once more in the file.
        Bad(
            f"春耕资料汇编\n工作总结与工作计划\n\n⟦工作总结与工作计划⟧\n\n{_LINE}，谁家先熟就先帮谁家收割，误工的日子少了。\n",
            f"春耕资料汇编\n工作总结与工作计划\n\n{_LINE}，谁家先熟就先帮谁家收割，误工的日子少了。\n",
        ),
        Good(f"{_LINE}。\n第二批还在路上。\n{_LINE}。\n"),
        # The title of the page, and that of the text.
        Bad(
            f"⟦全镇春耕工作进展顺利_三农_某某网⟧\n首页\n登录\n全镇春耕工作进展顺利\n{_LINE}，谁家先熟就先帮谁家收割。\n",
            f"首页\n登录\n全镇春耕工作进展顺利\n{_LINE}，谁家先熟就先帮谁家收割。\n",
        ),
        # The heading of a chapter, and the title of its book.
        Good(f"全镇春耕工作进展纪实 - 第一章\n作者：佚名\n全镇春耕工作进展纪实\n{_LINE}，谁家先熟就先帮谁家收割。\n"),
        # A poem whose first verse is its title.
        Good("问一问那条路，它去过海边没有。\n作者：佚名\n问一问那条路，它去过海边没有。\n它说没有。\n"),
        Good(
            "哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈，他说，你真会开玩笑。\n"
        ),
        Good("墙上的钟滴答滴答" + "滴答" * 20 + "，他睡着了。加油加油加油加油加油！\n"),
        Good("归去来兮，田园将芜胡不归。\n" * 3),
        Good("他写道：\n```sh\n" + "drop the last\n" * 20 + "```\n"),
        # A list of contents, and the heading that it names.
        Good(
            "第一章 总则与适用范围\n第二章 登记\n第三章 附则\n\n第一章 总则与适用范围\n"
            f"第一条 {_LINE}，谁家先熟就先帮谁家收割。\n第二章 登记\n第二条 登记分两次。\n第三章 附则\n第三条 略。\n"
        ),
        Good("| 品名 | 数量 | 单价 | 备注 |\n" + "| 稻谷 | 0 | 0 | 无 |\n" * 30),
    )

    def wants(self, census: Census) -> bool:
        """Every text that says more than a title."""
        syllables = census.han + census.simplified + census.traditional + census.kana + census.hangul
        return census.letter + 3 * syllables >= 4 * self.options.title

    def check(self, document: Document) -> Iterable[Finding]:
        """The title's copy, when the text begins with one, and the copies of paragraphs."""
        yield from self._title(document)
        yield from self._heading(document)
        from ._twice import copies

        for copy in copies(document):
            yield Finding(
                copy.start,
                copy.end,
                "this paragraph stands above, word for word; keep one of them, or a model learns to say it twice",
                fix=Fix(
                    "delete the later copy",
                    (Edit(*_whole(document.text, copy.start, copy.end), ""),),
                    Applicability.UNSAFE,
                ),
                related=(Related(document, copy.first_start, copy.first_end),),
            )

    def _title(self, document: Document) -> Iterable[Finding]:
        """The title's copy, when the text begins with one."""
        if document.index and document.record is None:
            return  # a later part of a long file has no title
        text = document.text
        start = _begin(text, 0)
        end = _line_end(text, start)
        title = text[start:end].strip(_SPACE)
        if not title or len(title) > 2 * TITLE or title[-1] in "。；;，," or title.startswith("<"):
            return
        at, line_start, line_end = _line_that_says(text, title, end)
        if at < 0:
            yield from self._title_of_page(document, start, end)
            return
        from ._prose import weight

        folded = fold(title, passage=True).text
        if len(folded) > TITLE or weight(folded) < self.options.title:
            return
        between = [line for line in text[end:line_start].splitlines() if line.strip()]
        if len(between) > LINES or _next_line(text, line_end) == title:
            return  # a third in a row makes a loop
        if any(text.find(line.strip(), line_end) >= 0 for line in between):
            return  # a list of contents
        yield Finding(
            at,
            at + len(title),
            "this line repeats the title; keep one of them, or the text begins twice",
            fix=Fix("delete the later copy", (Edit(*_whole(text, line_start, line_end), ""),), Applicability.UNSAFE),
            related=(Related(document, start, start + len(title)),),
            confidence=_title_confidence(text, title, line_end),
        )

    def _heading(self, document: Document) -> Iterable[Finding]:
        """The copy of a heading near the beginning, not its first line, that stands twice with nothing between."""
        if document.index and document.record is None:
            return
        text = document.text
        head = list(re.finditer(r"[^\r\n]*\S[^\r\n]*", text[:HEAD]))[1 : 2 * LINES]
        for first, second in pairwise(head):
            said = first[0].strip(_SPACE)
            if said != second[0].strip(_SPACE) or said[-1:] in NO_HEADING or len(said) > TITLE or "|" in said:
                continue
            from ._prose import weight

            if weight(fold(said, passage=True).text) < self.options.title or text.count(f"\n{said}\n") > TITLES:
                continue
            if _is_verse(text, second.end()) or _next_line(text, second.end())[-1:] not in ENDS:
                continue
            at = second.start() + second[0].index(said)
            yield Finding(
                at,
                at + len(said),
                "this heading stands twice; keep one of them, or a model learns to say it twice",
                fix=Fix("delete the later copy", (Edit(*_whole(text, *second.span()), ""),), Applicability.UNSAFE),
                related=(Related(document, *first.span()),),
            )
            return

    def _title_of_page(self, document: Document, start: int, end: int) -> Iterable[Finding]:
        """The first line, when it is a title that stands below without the names of the site."""
        text = document.text
        from ._prose import weight

        # A section may stand between the title and the site: 标题_财经_某某网.
        for bar in re.finditer(BAR, text[start:end]):
            title = text[start : start + bar.start()].strip(_SPACE)
            if (
                not _is_name_of_site(text[start + bar.end() : end])
                or weight(fold(title, passage=True).text) < self.options.title
            ):
                continue
            at, _, line_end = _line_that_says(text, title, end)
            if at >= 0:
                yield Finding(
                    start,
                    end,
                    "the title of the page, with the name of its site, stands before the title of the text; delete it",
                    fix=Fix("delete the line", (Edit(*_whole(text, start, end), ""),), Applicability.UNSAFE),
                    related=(Related(document, at, at + len(title)),),
                    confidence=_title_confidence(text, title, line_end),
                )
                return

    def check_loop(self, loop: Loop) -> Iterable[Finding]:
        """A finding on the later copies."""
        if loop.copies * loop.weight < self.options.shortest:
            return
        text = loop.document.text
        said = text[loop.start : loop.second]
        if (loop.weight < PHRASE and not _is_word_said_too_often(said, loop)) or not _is_prose(said, loop.weight):
            return
        if text.count("\n```", 0, loop.start) % 2:
            return  # a listing
        first = loop.first_end
        if loop.is_cut:
            first += len(text[loop.first_end : loop.second].rstrip())
        said = " ".join(text[loop.start : loop.first_end].split())
        said = said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
        yield Finding(
            loop.second,
            loop.end,
            f"`{said}` is said {loop.copies} times in a row; keep the first, or a model learns to go round in circles",
            fix=Fix(f"delete {loop.copies - 1} copies", (Edit(first, loop.end, ""),), Applicability.UNSAFE),
            related=(Related(loop.document, loop.start, loop.first_end),),
            confidence=self._loop_confidence(loop),
        )

    def _loop_confidence(self, loop: Loop) -> Confidence:
        """HIGH where so much prose comes back so often that it is no refrain."""
        if _is_title(loop):
            text = loop.document.text
            return _title_confidence(text, text[loop.start : loop.first_end], loop.end)
        enough = 3 if loop.weight >= SENTENCE else self.options.copies
        return Confidence.HIGH if loop.copies >= enough else Confidence.MEDIUM


def _is_word_said_too_often(said: str, loop: Loop) -> bool:
    """Whether a copy is a word, and there are more of them than anyone says for emphasis."""
    return loop.weight >= WORD and loop.copies >= OFTEN and not SOUNDS & {*said}


def _is_title(loop: Loop) -> bool:
    """Whether the first lines of the text are its title, said three times."""
    text = loop.document.text
    is_first = not loop.document.index and _begin(text, 0) == loop.start and loop.copies == TITLES
    return is_first and len(text[loop.start : loop.end].splitlines()) >= TITLES


def _is_name_of_site(text: str) -> bool:
    """Whether what stands behind a title may be the names of a section and a site."""
    return 2 <= len(text.strip()) <= NAME and re.search(NO_SITE, text) is None


def _is_prose(said: str, says: int) -> bool:
    """Whether what is said is neither code nor a row of a table nor numbers."""
    from ._prose import is_code

    return not is_code(said, says) and 2 * sum(map(str.isalpha, said)) >= sum(map(str.isalnum, said))


def _begin(text: str, position: int) -> int:
    """Where the first character stands, from ``position`` on, that is no space."""
    while position < len(text) and text[position] in _SPACE:
        position += 1
    return position


def _line_end(text: str, position: int) -> int:
    """Where the line ends in which ``position`` is."""
    ends = [end for mark in "\n\r" if (end := text.find(mark, position)) >= 0]
    return min(ends, default=len(text))


def _line_that_says(text: str, title: str, position: int) -> tuple[int, int, int]:
    """Where a line near the head of the text says the title and nothing else, and from where to where it goes."""
    while (at := text.find(title, position, HEAD)) >= 0:
        start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        end = _line_end(text, at)
        if text[start:end].strip(_SPACE) == title:
            return at, start, end
        position = at + 1
    return -1, 0, 0


def _next_line(text: str, position: int) -> str:
    """The next line that says anything."""
    start = _begin(text, position)
    return text[start : _line_end(text, start)].strip(_SPACE)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The line with its line end and the empty lines behind it."""
    while end < len(text) and text[end] in "\r\n":
        end += 1
    return start, end


def _title_confidence(text: str, title: str, behind: int) -> Confidence:
    """HIGH where the line is no running head, and prose follows: a poem may begin with its title."""
    return Confidence.MEDIUM if _is_verse(text, behind) or text.count(title) > 3 else Confidence.HIGH


def _is_verse(text: str, behind: int) -> bool:
    return max(map(len, text[behind : behind + FOLLOWING].splitlines()), default=0) < VERSE
