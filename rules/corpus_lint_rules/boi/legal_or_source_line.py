"""BOI005: legal notices and lines about the source of a page."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Finding
from corpus_lint.rule import Bad, Good, LineRule

from . import _deletion as deletion
from . import _guards as guards
from . import _phrases as phrases
from . import _signs as signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

FILES = ("legal_or_source.zh.toml",)
DOCUMENT_TRADE = "document_mill.signs.toml"
SIGNS = "legal_or_source.signs.toml"


class LegalOrSourceLine(LineRule):
    """A disclaimer, a notice about reprinting, or a line that says where the page was taken from.

    免责声明, 转载请注明出处, 来源：某某网 6.05K, 编辑：某某: what a site says for its lawyers and for its own records.
    The sentences are the same on millions of pages and have nothing to do with the text that they stand beside.

    Short notices are phrases of a whole line (``legal_or_source.*.toml``). Longer disclaimers are judged by signs: the
    site speaks of itself, of rights, of what one should do and of what it does not answer for. A sentence of a news
    article that names its source, the captions 资料来源 and 数据来源, statutes and contracts about copyright, and
    papers are left alone.

    Deleting a line that is a phrase is safe; deleting a disclaimer that was known by its signs is unsafe.
    """

    code = "BOI005"
    name = "legal-or-source-line"
    examples = (
        Bad("標題\n\n⟦來源:簡歷站 6.05K⟧\n\n正文。", "標題\n\n正文。"),
        Bad("正文。\n⟦转载请注明出处⟧\n", "正文。\n"),
        Bad("正文。\n⟦来源：新华网⟧\n⟦编辑：王某⟧\n", "正文。\n"),
        Bad("正文。\n⟦声明：本站部分文章转载自互联网，版权归原作者所有，如有侵权请联系我们删除。⟧\n", "正文。\n"),
        Bad("正文。\n⟦（来源：人民日报）⟧", "正文。"),
        Bad("正文。\n⟦本文链接：https://example.com/a/1.html⟧", "正文。"),
        Bad(
            "秋天的果园里挂满了柿子，孩子们提着竹篮在树下捡拾。⟦图片来自网络，如有侵权请联系删除。⟧",
            "秋天的果园里挂满了柿子，孩子们提着竹篮在树下捡拾。",
        ),
        Good("资料来源：国家统计局。"),
        Good("据新华社报道，消息来源：一位不愿透露姓名的官员。"),
        Good("第三十六条 网络用户利用网络服务实施侵权行为的，被侵权人有权通知网络服务提供者采取删除、屏蔽等必要措施。"),
        Good("本公司董事会声明：本报告书不存在虚假记载，本公司不承担其他责任。"),
        Bad(
            "⟦（原标题：“求救”纸团从天而降！民警赶到后发现了什么？）⟧\n昨天下午，一户人家的窗前落下一个纸团。",
            "昨天下午，一户人家的窗前落下一个纸团。",
        ),
        Bad(
            "球阀的启闭件是一个球体。\n⟦免责声明：以上所展示的信息由企业自行提供，内容的真实性、准确性和合法性由发布企业负责，"
            "五金网对此不承担任何保证责任。⟧\n",
            "球阀的启闭件是一个球体。\n",
        ),
        Bad("昨天的会议开了三个小时。\n⟦编辑|王海燕⟧\n⟦责编|李明⟧\n", "昨天的会议开了三个小时。\n"),
        Bad("桥修好了。\n⟦网友评论仅供其表达个人看法，并不表明本网立场。⟧\n", "桥修好了。\n"),
        Bad("桥修好了。\n⟦（摘编自《河湾晚报》2019年3月5日）⟧\n", "桥修好了。\n"),
        Good("材料一 书中的许多记载后来得到证实。\n——摘编自王某某《河湾史话》等\n（1）根据材料概括其特点。"),
        Good("材料一 河水很高。\n（摘编自《河湾》）\n材料二 桥没有了。\n（摘编自《桥》）\n下列说法正确的是"),
        Good("有读者留言问：“转载你们的文章需要授权吗？”她回复说，需要，请注明出处并联系后台。"),
        Good("学术报告\n报告人：周启明\n时间：2022年10月14日（周五）15:00\n地点：土木楼302"),
        Bad("桥修好了。\n⟦时间：2022-10-14 15:00⟧\n", "桥修好了。\n"),
        Good("他在文末写明：转载这首诗的报纸一共有三家。"),
        Good("编辑：请在文件末尾加入下面的一行，然后保存。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Of the phrases, and of the signs that make a line worth a look."""
        return (*self._book().triggers(), *self._judge().triggers())

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The line as a phrase or as a disclaimer."""
        from . import _appended as appended

        start, end = deletion.line_span(line.text)
        book = self._book()
        group = phrases.group_of(book, line)
        if group is not None:
            yield appended.of_phrase(line, group, book)
            return
        holding = [verdict for verdict in self._judge().weigh(line.text) if verdict.holds]
        if not holding or guards.fenced(line) or guards.statute(line):
            return
        if any(verdict.holds for verdict in signs.load(os.path.dirname(__file__), DOCUMENT_TRADE).weigh(line.text)):
            return  # the notice of a document site is reported as that
        for verdict in holding:
            fix = deletion.delete_line(line, self._is_disclaimer, Applicability.UNSAFE)
            yield Finding(start, end, verdict.kind.message, fix, confidence=verdict.confidence)

    def _is_disclaimer(self, text: str) -> bool:
        return any(verdict.holds for verdict in self._judge().weigh(text))

    @staticmethod
    @cache
    def _book() -> phrases.Book:
        return phrases.load(os.path.dirname(__file__), *FILES)

    @staticmethod
    @cache
    def _judge() -> signs.Judge:
        return signs.load(os.path.dirname(__file__), SIGNS)
