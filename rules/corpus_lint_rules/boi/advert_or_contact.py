"""BOI006: adverts, and blocks of contact details."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Finding
from corpus_lint.rule import Bad, Good, RegionRule

from . import _contacts as contacts
from . import _deletion as deletion
from . import _guards as guards
from . import _signs as signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger


SIGNS = "advert.signs.toml"
MANY_FIELDS = 3
"""Kinds of fields from which a block of contact details is certain."""


class AdvertOrContact(RegionRule):
    """An advert, spam for a betting or pornographic site, or a block of telephone, fax and address.

    加微信…领取资料, 咨询热线 400…, 澳门…娱乐城官网app下载, 办理毕业证一比一, "buy viagra online", and the lines
    电话：… 传真：… 地址：… 邮编：… at the foot of a company's pages. They are the same on thousands of pages, hold
    people's numbers, and teach a model to advertise.

    Adverts are told by several signs: an account with its number and a call, a code to scan and an offer, names of
    games or brands and words of a site, kinds of papers and of promises. One alone is nothing, and words of police,
    courts and statutes speak for a report about such things. Contact details are found where at least two kinds of
    fields with values stand in a line or in neighbouring lines, one of them telephone, fax, mail or account; with two
    kinds only the finding is of medium confidence. Contracts, suits, tenders, papers and applications, in which they
    are content, are left alone, and so are forms without values.

    Deleting is unsafe, because signs can deceive. The signs are in ``advert.signs.toml``.
    """

    code = "BOI006"
    name = "advert-or-contact"
    examples = (
        Bad("正文。\n⟦需要完整资料的同学请加微信号：abc12345 免费领取⟧\n", "正文。\n"),
        Bad("正文。\n⟦扫描下方二维码，进群领取学习资料，名额有限⟧\n下一段。", "正文。\n下一段。"),
        Bad("正文。\n⟦关注后，后台回复“报告”，免费获取全文⟧", "正文。"),
        Bad("正文。\n⟦电话：010-12345678 传真：010-12345679\n地址：北京市海淀区某某路1号 邮编：100080⟧\n", "正文。\n"),
        Bad(
            "⟦联系人：陈先生\n传 真：0577-88××5202\n移动电话：1396××58201\n地 址：温州市娄桥街道⟧\n球阀结构紧凑。",
            "球阀结构紧凑。",
        ),
        Bad("The end.\n⟦Tel: +1 555 123 4567 Fax: +1 555 123 4568 Email: info@example.com⟧", "The end."),
        Bad("正文。\n⟦澳门新葡京娱乐城官网_百家乐app下载注册⟧\n", "正文。\n"),
        Bad("⟦亚洲av无码一区二区三区在线观看,国产精品免费视频⟧\n标题", "标题"),
        Bad("⟦办理毕业证学位证，原版一比一制作，真实可查⟧\n正文。", "正文。"),
        Bad("⟦buy viagra online cheap viagra without prescription⟧\nThe story.", "The story."),
        Bad("終わり。\n⟦〒100-0001 東京都千代田区1-1 TEL：03-1234-5678 FAX：03-1234-5679⟧\n", "終わり。\n"),
        Bad("끝.\n⟦대표전화 : 02-123-4567 팩스 : 02-123-4568 주소 : 서울시 중구 어디로 1⟧\n", "끝.\n"),
        Bad("Конец.\n⟦Тел.: +7 (495) 123-45-67, факс: +7 (495) 123-45-68, e-mail: info@example.ru⟧\n", "Конец.\n"),
        Bad("正文。\n⟦代开发票，联系电话13812345678王经理（微信同号）⟧\n", "正文。\n"),
        Good("小规模纳税人代开发票请到办税服务厅办理，咨询电话12366。"),
        Good("他加了我的微信，发来一张二维码的照片。"),
        Good("警方捣毁一个网络赌博平台，涉及百家乐、时时彩，投注金额上亿元。"),
        Good("联系电话：____ 传真：____ 地址：____"),
        Good("甲方：某某公司\n地址：北京市海淀区某某路1号\n电话：010-12345678\n乙方：某某厂"),
        Good("毕业证和学位证由学校教务处办理，遗失不补，只出具证明。"),
        Good("拨打电话：他拿起话筒。传真：当时还是稀罕东西。"),
        Good("图书馆的服务热线：12345678，周一至周五开放。"),
        Good("The police said that the online casino was closed; you can buy tickets online."),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Of the signs that make a line worth a look, and of the labels of contact details."""
        return (*self._judge().triggers(), *contacts.triggers())

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Every advert, and every block of contact details that is not in one."""
        adverts: set[int] = set()
        numbered: list[int] = []
        for line in lines:
            finding = self._advert(line)
            if finding is not None:
                adverts.add(line.index)
                yield finding
            elif contacts.is_candidate(line.text):
                numbered.append(line.index)
        for block in contacts.candidates(document, numbered):
            if adverts.isdisjoint(range(block.first, block.last + 1)) and not contacts.is_content(document, block):
                yield self._contact(document, block)

    def _advert(self, line: Line) -> Finding | None:

        if line.text.lstrip().startswith("|"):
            return None  # a row of a table, which speaks about it
        for verdict in self._judge().weigh(line.text):
            if (
                not verdict.holds
                or guards.fenced(line)
                or guards.statute(line)
                or guards.compiled(guards.HEADING).match(line.text)
            ):
                continue
            start, end = deletion.line_span(line.text)
            fix = deletion.delete_line(line, self._is_advert, Applicability.UNSAFE)
            confidence = guards.lowered(verdict.confidence, line)
            return Finding(start, end, verdict.kind.message, fix, confidence=confidence).shifted(line.start)
        return None

    def _is_advert(self, text: str) -> bool:
        return any(verdict.holds for verdict in self._judge().weigh(text))

    @staticmethod
    def _contact(document: Document, block: contacts.Block) -> Finding:

        starts = document.line_starts
        start = starts[block.first] + deletion.line_span(document.line_text(block.first))[0]
        end = starts[block.last] + deletion.line_span(document.line_text(block.last))[1]
        kinds = list(dict.fromkeys(block.fields))
        return Finding(
            start,
            end,
            f"contact details ({', '.join(kinds)}): the site's or a company's, no part of the text; delete them",
            deletion.delete_lines(
                document,
                block.first,
                block.last,
                message="delete the contact details",
                applicability=Applicability.UNSAFE,
            ),
            occurrences=len(block.fields),
            confidence=Confidence.HIGH if len(kinds) >= MANY_FIELDS else Confidence.MEDIUM,
        )

    @staticmethod
    @cache
    def _judge() -> signs.Judge:

        return signs.load(os.path.dirname(__file__), SIGNS)
