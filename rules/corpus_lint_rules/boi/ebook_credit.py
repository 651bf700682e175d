"""BOI007: credits of e-book makers, lines of novel sites, and disguised addresses."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from . import _addresses as addresses
from . import _deletion as deletion
from . import _guards as guards
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Line


PHRASES = "ebook_credit.zh.toml"
CHAPTER_MARK = "☆、"
"""What a large site writes before the heading of each chapter of a downloaded book."""
CHAPTER_INDENT = 12
"""Bytes of white space, at most, in front of it."""


class EbookCredit(LineRule):
    """A credit of an e-book's maker, a line of a novel site, or an address in disguise.

    Whoever scans, types or shares a book signs it (本书由…整理制作, 更多精彩好书请访问…, 下载后24小时内删除), and novel
    sites strew their names and addresses between the lines, disguised anew each time so that no filter finds them:
    `ｗＷｗ．ＸＸ。ＣｏＭ`, `www点xx点com`. One such site stood in 77 of 429 e-books.

    Credits are whole lines (``ebook_credit.zh.toml``). An address counts only when it is disguised: full-width letters,
    capitals strewn in, commas or 点 for dots. Addresses as people write them are left alone, and so are imprints.

    Inside a line, a phrase of the site counts in brackets or as the last sentence, and so does an address in brackets
    behind a comma or a full stop, where it belongs to no name.

    Deleting a line that is a credit, or that has nothing beside its disguised address, is safe, unless it begins with a
    sentence that is no credit; cutting an address or a phrase out of a line is unsafe, because words that belong to it
    may stay.
    """

    code = "BOI007"
    name = "ebook-credit"
    examples = (
        Bad("⟦本书由某某论坛整理制作，仅供书友试读⟧\n第一章 开始\n", "第一章 开始\n"),
        Bad("他走了。\n⟦ｗＷｗ．ＸＸ。ＣｏＭ⟧\n天黑了。", "他走了。\n天黑了。"),
        Bad("他走进屋里⟦wｗw。ｘxtｘt。ｃoｍ⟧，关上了门。", "他走进屋里，关上了门。"),
        Bad(
            "⟦内容标签：都市情缘 市井生活⟧\n⟦搜索关键字：主角：陈默，周砚 ┃ 配角：阿福⟧\n她推开窗。\n"
            "⟦谢谢“冬瓜”扔了1个地雷，谢谢“阿七”灌溉营养液 +10。⟧\n",
            "她推开窗。\n",
        ),
        Bad(
            "天黑下来，桥洞里亮起一盏灯⟦（某某小说手机版阅读网址：m.xx.so）⟧，有人在喊她。\n⟦<<旧城>>最新章节就来某某小说⟧\n",
            "天黑下来，桥洞里亮起一盏灯，有人在喊她。\n",
        ),
        Bad("⟦☆、⟧第二十章 渡口\n她推开窗。\n", "第二十章 渡口\n她推开窗。\n"),
        Good("★☆、△▽等符号不可使用。\n☆\n"),
        Bad("他走了。\n⟦百度搜索某某小说网看最新章节⟧\n天黑了。", "他走了。\n天黑了。"),
        Bad("正文。\n⟦wwW.xXxS.CoM⟧\n下文。", "正文。\n下文。"),
        Bad("正文。\n⟦更多精彩小说，请访问本站⟧\n", "正文。\n"),
        Bad("正文。\n⟦（全书完）⟧", "正文。"),
        Bad("席上觥筹交错，⟦(www.example.com)⟧他却只盯着角落里的女子。", "席上觥筹交错，他却只盯着角落里的女子。"),
        Bad(
            "顾长渊勒住马，低声道：“就是这里了。⟦手机用户请浏览m.example.com阅读，更优质的阅读体验。⟧”",
            "顾长渊勒住马，低声道：“就是这里了。”",
        ),
        Bad("顾长渊摇头：“只是少了一根弦。”⟦最新最快更新尽在某某网⟧", "顾长渊摇头：“只是少了一根弦。”"),
        Bad(
            "谁也不知道船舱里装的是什么，⟦～看最新章节请到～⟧只听说是从南洋运来的。",
            "谁也不知道船舱里装的是什么，只听说是从南洋运来的。",
        ),
        Good("本馆已于今日开放，官网（www.example.com）同时更新。"),
        Good("报名从明天开始，（www.example.com）"),
        Good("新的阅读器为读者带来更优质的阅读体验。他说，求月票求推荐票的日子过去了。"),
        Good("他点开手机，读者的留言一条接一条。“求月票，求推荐票！”他在后台写道。"),
        Good("网址是 www.example.com，也可以写作 WWW.EXAMPLE.COM。"),
        Good("见 https://www.GitHub.com/Some/Path 和 YouTube.com。"),
        Good("本书由三部分组成，第一部分讲历史。"),
        Good("这家公司叫 Amazon.com，股票代码 AMZN。"),
        Good("本书由人民出版社出版\nISBN 978-7-01-000000-0"),
        Good("他一天更新两章，是更新最快的作者。"),
        Good("使用超级曝光让你的曝光度瞬间MAX。VIP五大权限：会员尊贵标识。"),
        Good("ＡＢＣ公司和ＸＹＺ公司。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Of the phrases, and of what disguises have."""
        from . import _watermarks as marks

        chapter = Trigger(CHAPTER_MARK.encode(), is_literal=True, head=CHAPTER_INDENT)
        return (*self._book().triggers(), *addresses.triggers(), *literals(marks.literals()), chapter)

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The line as a credit, or the disguised addresses in it."""
        from . import _watermarks as marks

        text = line.text
        start, end = deletion.line_span(text)
        if text.startswith(CHAPTER_MARK, start) and end - start > len(CHAPTER_MARK):
            mark = start, start + len(CHAPTER_MARK)
            message = f"`{CHAPTER_MARK}`: the site's mark before the heading of a chapter; remove it"
            yield Finding(*mark, message, Fix("remove the mark", (Edit(*mark, ""),)))
            return
        book = self._book()
        group = phrases.group_of(book, line)
        if group is not None:
            is_mixed = marks.is_mixed(text, book.match)
            inside = [*self._inside(line)] if is_mixed else []
            if inside:
                yield from inside
                return
            confidence = guards.lowered(group.confidence, line)
            fix = deletion.delete_line(line, book.matches, guards.safety(confidence, is_sure=not is_mixed))
            yield Finding(start, end, group.message, fix, confidence=confidence)
            return
        found = list(addresses.disguised(text))
        if not found:
            yield from self._inside(line)
        if not found or guards.fenced(line):
            return
        message = f"disguised address `{found[0].plain}`: the site's, so that no filter finds it; delete it"
        rest = text[start : found[0].start] + text[found[-1].end : end]
        if not any(c.isalnum() for c in rest):
            yield Finding(start, end, message, deletion.delete_line(line, _is_address))
            return
        for address in found:
            edit = Edit(address.start, address.end, "")
            fix = Fix("remove the address", (edit,), Applicability.UNSAFE)
            yield Finding(address.start, address.end, message.replace(found[0].plain, address.plain), fix)

    def _inside(self, line: Line) -> Iterator[Finding]:
        """What the site wrote into a line of the book."""
        from . import _guards as guards
        from . import _watermarks as marks

        for start, end, is_clear in marks.watermarks(line.text, self._book().match):
            if guards.fenced(line):
                return
            message = f"`{line.text[start:end]}`: the site wrote this into the text of the book; cut it out"
            fix = Fix("cut it out", (Edit(start, end, ""),), Applicability.UNSAFE)
            yield Finding(start, end, message, fix, confidence=None if is_clear else Confidence.MEDIUM)

    @staticmethod
    @cache
    def _book() -> phrases.Book:

        return phrases.load(os.path.dirname(__file__), PHRASES)


def _is_address(text: str) -> bool:
    """Whether a line is a disguised address and nothing else."""
    found = list(addresses.disguised(text))
    return bool(found) and not any(c.isalnum() for c in text[: found[0].start] + text[found[-1].end :])
