"""BOI004: what a document mill put in front of, between and behind other people's texts."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Finding, Fix
from corpus_lint.folding import fold
from corpus_lint.rule import Bad, Good, LineRule

from . import _appended as appended
from . import _deletion as deletion
from . import _guards as guards
from . import _phrases as phrases
from . import _signs as signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

PHRASES = "document_mill.zh.toml"
SIGNS = "document_mill.signs.toml"
HIDDEN = r"[.…]*(?:此处|此處)(?:隐藏|隱藏|省略)\s*[0-9]+\s*个?個?字[.…]*"
SERIES_TITLE = r"(?:[0-9]+|[一二三四五六七八九十]+)篇[)】]?$"
"""The end of a series' title, folded: (精选5篇)."""
SERIES_HEADING = r"(?:第?[一1]篇|篇(?:[一1]|[0-9]+)|(?<![0-9.,、年月日第])[1一]):?$|^(?:篇|第)[一1](?:篇|:)"
"""The end or the beginning of the heading of a series' first piece, folded: …篇一, …总结1, 篇一：…"""
STRUCTURE_WEIGHT = 2


class DocumentMillText(LineRule):
    """Text of a document mill: the collecting editor's introduction, preview chrome, the site's terms of sale.

    Sites that trade in essays, reports and forms put an introduction in front of each collection (two general
    sentences, then 下面是小编为大家整理的…，仅供参考，希望对大家有所帮助), page marks and preview notices between the
    pages (``…_第3页``, 还剩5页未读, 下载本文档) and terms of sale around them. The same sentences stand in millions of
    pages; a model that learns them begins its essays with them.

    An introduction is known by its shape and not by a phrase: an editor who speaks, a verb of collecting with an
    address to the reader, a courtesy, a count of pieces, general talk about the genre, talk about how to write.
    Each sign counts once; a title of a series (``…(精选5篇)``) in front and a first heading (``…篇一``) behind count
    too. 供参考 or 下面是 alone is nothing; what one reader is offered (以下是几个标语，供您参考) and a guide to writing
    are left alone. The notice of a document site is judged in the same way: membership, who uploaded, downloads,
    paying, rights. Phrases and signs are in ``document_mill.zh.toml`` and ``document_mill.signs.toml``.

    Deleting a line that is a phrase of the site is safe; deleting an introduction or a notice is unsafe, because
    a shape can deceive. A mark of hidden words (此处隐藏646个字) is reported without a fix: the words are lost.
    """

    code = "BOI004"
    name = "document-mill-text"
    examples = (
        Bad(
            "⟦写作文是一件让人头疼的事，大家都写过作文吧？那么怎么才能写好呢？下面是小编为大家整理的春天作文，欢迎阅读与收藏。⟧\n春天来了。",
            "春天来了。",
        ),
        Bad(
            "安全工作總結(精選8篇)\n\n⟦寫總結能提升我們的表達能力。寫一篇完整的總結，還需要清楚的條理。借鑒優秀的總結，可以幫助我們提高寫作水平。⟧\n\n"
            "安全工作總結篇一\n一年來，我們做了三件事。",
            "安全工作總結(精選8篇)\n\n安全工作總結篇一\n一年來，我們做了三件事。",
        ),
        Bad("正文。\n⟦安全手册.docx_第3页⟧\n正文继续。", "正文。\n正文继续。"),
        Bad("⟦文档序号:12345678阅读:263来源:国知局⟧\n本发明涉及一种水泵。", "本发明涉及一种水泵。"),
        Bad("正文。\n⟦已阅读5页，还剩12页未读，继续免费阅读⟧\n⟦下载本文档⟧\n⟦文档编号：123456⟧\n", "正文。\n"),
        Bad("他说到这里，⟦……此处隐藏646个字……⟧于是大家都走了。", None),
        Bad("⟦4、该文档为VIP文档，如需下载，成为VIP会员后可免费下载。⟧\n前言\n", "前言\n"),
        Bad("正文。\n⟦原创力文档⟧\n", "正文。\n"),
        Good("下面是本实验的步骤，仅供参考。"),
        Good("标语是介绍一个网站的好办法。以下是几个标语，供您参考：\n1. 乘风破浪\n2. 思想的海洋"),
        Good("述职报告是汇报工作情况的一种形式，以下是一个可能的提纲，供您参考：\n一、基本情况"),
        Good("希望这本手册对大家有所帮助，也欢迎大家提出意见。"),
        Good("我写了一份总结，交给了老师，他看完说还要再改改，让我下星期再交。"),
        Good("要写好总结，先要收集材料。总结是对过去工作的回顾，写作时应当实事求是。"),
        Good("点击“下载文档”按钮，把文件保存到本地。如果下载失败，请检查网络，或者换一个浏览器再试。"),
        Good("图书馆规定，会员可以免费借阅资料，逾期需要付费。"),
        Good("见该书第3页。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Of the phrases, of the signs that make a line worth a look, and of the mark of hidden words."""
        from corpus_lint.rule import literals

        hidden = literals(("此处隐藏", "此處隱藏", "此处隱藏", "此處隐藏", "此处省略", "此處省略"))
        return (*self._book().triggers(), *self._judge().triggers(), *hidden)

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The line as a phrase, as an introduction or a notice, or the marks of hidden words in it."""
        start, end = deletion.line_span(line.text)
        book = self._book()
        group = phrases.group_of(book, line)
        if group is not None:
            yield appended.of_phrase(line, group, book)
            return
        for verdict in self._judge().weigh(line.text, "series", 2 * STRUCTURE_WEIGHT):
            if verdict.kind.name == "mill-intro" and verdict.weight + 2 * STRUCTURE_WEIGHT >= verdict.kind.threshold:
                verdict = verdict.plus("series", structure(line))
            if verdict.holds and not guards.fenced(line):
                yield Finding(start, end, verdict.kind.message, self._removal(line), confidence=verdict.confidence)
                return
        for match in phrases.compiled(HIDDEN).finditer(line.text) if "此" in line.text else ():
            message = "mark of hidden words: the site kept words back at this place; find the whole text"
            yield Finding(match.start(), match.end(), message)

    def _removal(self, line: Line) -> Fix:
        def goes(text: str) -> bool:
            return any(verdict.holds for verdict in self._judge().weigh(text))

        return deletion.delete_line(line, goes, Applicability.UNSAFE)

    @staticmethod
    @cache
    def _book() -> phrases.Book:
        return phrases.load(os.path.dirname(__file__), PHRASES)

    @staticmethod
    @cache
    def _judge() -> signs.Judge:
        return signs.load(os.path.dirname(__file__), SIGNS)


def structure(line: Line) -> int:
    """Weight of what stands around: a series' title in front of the line, its first heading behind it."""
    before = next((text for text in reversed(guards.neighbours(line, 5, 0)) if len(text.strip()) > 6), "")
    after = next((text for text in guards.neighbours(line, 0, 3) if text.strip()), "")
    weight = 0
    for pattern, text in ((SERIES_TITLE, before), (SERIES_HEADING, after)):
        if len(text) <= 200 and phrases.compiled(pattern).search(fold(text).text[-40:]):
            weight += STRUCTURE_WEIGHT
    return weight
