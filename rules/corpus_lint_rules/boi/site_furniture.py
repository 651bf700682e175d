"""BOI001: a line that the site put around the text."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Confidence, Finding
from corpus_lint.rule import Bad, Good, LineRule

from . import _appended as appended
from . import _bylines as bylines
from . import _deletion as deletion
from . import _guards as guards
from . import _phrases as phrases
from . import _trails as trails

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

FILES = (
    "site_furniture.zh.toml",
    "site_furniture.en.toml",
    "site_furniture.ja.toml",
    "site_furniture.ko.toml",
    "site_furniture.ru.toml",
    "site_furniture.latin.toml",
    "site_furniture.vi_ar.toml",
    "site_furniture.further.toml",
    "site_furniture.europe.toml",
    "site_furniture.platforms.toml",
)
SOURCE_LINES = "legal_or_source.zh.toml"
BYLINE = phrases.Group(
    "byline", "byline", "date, source, author and counters of the page, which the site has put beside the text"
)
MOMENT = phrases.Group("moment", "the page's date line", "when the site put the page up")
TRAIL = phrases.Group("trail", "trail of the page", "its place in the site, with the sections above it")


class SiteFurniture(LineRule):
    """A line is furniture of the web site: a copyright line, a share bar, a pager.

    Extraction from web pages leaves lines that belong to the site and not to the text: copyright and licence
    numbers, counters, links to the next page, breadcrumbs, comment forms, prompts to log in. In scraped pages they
    are most of the lines. A model that is trained on them says 分享到 and "All rights reserved" in the middle of a
    story.

    Only lines are reported that mean nothing else when they stand alone, and only when the whole line is one:
    ``责任编辑：王某`` is, a sentence about the 责任编辑 is not. Simplified or traditional, full or half width, capitals
    and marks around the words make no difference. Menu words such as 首页 or 汽车, which are furniture only beside
    others, are left to `BOI002`. Left alone are copyright lines of software licences and of books' imprints, headings
    of Markdown and comments of source code.

    The fix deletes the line, and the blank line that would be left doubled; it is safe, because the phrase is the
    whole line. Lines of which a part is free text (dates with a label) are reported with less confidence, and so are
    an item of a list, a line without any text around it (it may be an answer, a review or a choice of a record), and a
    short one in a list of sentences, comments or entries, which may be one of them; the fix is unsafe then, and for a
    sentence with a copyright sign in its middle.

    The phrases were collected from the forms that the pages of 334 sites showed, for further languages from the
    translations of WordPress, MediaWiki and Blogger, and are grouped by the reason that
    they are boilerplate, in the files ``site_furniture.*.toml``.
    """

    code = "BOI001"
    name = "site-furniture"
    explains_of = ("BOI004", "BOI005", "BOI006")
    examples = (
        Bad("正文第一段。\n⟦版权所有 © 2019 某某网⟧\n", "正文第一段。\n"),
        Bad("標題\n\n⟦字號:⟧\n\n正文。", "標題\n\n正文。"),
        Bad("正文。\n⟦Copyright © 2019 Example Inc. All rights reserved.⟧", "正文。"),
        Bad("正文。\n\n⟦文档评论(0)⟧\n", "正文。\n"),
        Bad("⟦您现在的位置：首页 > 新闻中心 > 国内新闻 > 正文⟧\n正文。", "正文。"),
        Bad("⟦首页 理论教育 水泵⟧\n水泵的检修\n正文。", "水泵的检修\n正文。"),
        Bad("⟦某某网>写人>老师>我的老师（一）⟧\n\n我的老师（一）\n正文。", "我的老师（一）\n正文。"),
        Good("首页 设计稿已经发给你了\n首页 列表 详情 三个页面都要改。"),
        Bad(
            "大社区发生火灾\n⟦2025/08/31 15:02⟧\n"
            "昨天夜里，大社区一家工厂起火，消防队赶到以后两个小时把火扑灭，没有人受伤，起火的原因还在查。",
            "大社区发生火灾\n"
            "昨天夜里，大社区一家工厂起火，消防队赶到以后两个小时把火扑灭，没有人受伤，起火的原因还在查。",
        ),
        Good("日记\n2025/08/31 15:02\n下雨。\n2025/09/01 16:10\n" + "又下了一天的雨，河里的水涨了，桥上没有人。" * 3),
        Good("甲>乙>丙\n把三个数从大到小排列。"),
        Bad("正文。\n⟦上一篇：没有了⟧\n⟦下一篇：春天的故事⟧\n", "正文。\n"),
        Bad("正文。\n\n⟦热门标签⟧", "正文。"),
        Bad("⟦【 大 中 小 】⟧\n正文。", "正文。"),
        Bad("正文。\n⟦（责任编辑：王某）⟧\n⟦阅读 1234⟧\n⟦京ICP备12345678号-1⟧\n", "正文。\n"),
        Bad("⟦河湾晚报 | 2023-05-17 07:42:18 | 浏览 1.3万⟧\n正文。", "正文。"),
        Bad("标题\n⟦阅读 3.2万 评论 128 收藏 点赞⟧\n正文。", "标题\n正文。"),
        Bad("⟦提问者：雨滴 | 浏览 4423 次⟧\n正文。\n⟦124人收藏 3581次浏览⟧\n", "正文。\n"),
        Bad("⟦维基百科，自由的百科全书⟧\n⟦跳到导航 跳到搜索⟧\n梯田是坡地上的田。", "梯田是坡地上的田。"),
        Bad("正文。\n⟦责任编辑：张三⟧\n⟦版权所有 翻印必究⟧\n", "正文。\n"),
        Bad("标题\n⟦2019-03-05 10:11 来源：某某网 作者：张三 阅读：123⟧\n正文。", "标题\n正文。"),
        Bad("标题\n⟦2011-06-08 09:12 作者：山那边 阅读：加载中⟧\n正文。", "标题\n正文。"),
        Bad("标题\n⟦来源：某某日报 编辑：李四 评论(0)⟧\n正文。", "标题\n正文。"),
        Bad("本文结束。\n⟦Share this:⟧\n⟦Leave a comment⟧\n⟦Accept all cookies⟧\n", "本文结束。\n"),
        Bad(
            "The children carried the baskets under the trees. ⟦All rights reserved. © 2019 Orchard News.⟧",
            "The children carried the baskets under the trees.",
        ),
        Bad(
            "Der Text endet hier.\n"
            "⟦Wir verwenden Cookies, um Inhalte zu personalisieren.⟧\n⟦Lesen Sie auch: Der alte Hafen⟧\n",
            "Der Text endet hier.\n",
        ),
        Bad("Οι κάτοικοι έβαψαν την οθόνη.\n⟦Εγγραφείτε στο newsletter μας⟧\n", "Οι κάτοικοι έβαψαν την οθόνη.\n"),
        Bad("המדפים נשארו במקומם.\n⟦כל הזכויות שמורות ©⟧\n", "המדפים נשארו במקומם.\n"),
        Bad("मदद मिली।\n⟦यह भी पढ़ें: बिजली पहुँची⟧\n", "मदद मिली।\n"),
        Bad("آن خانه را فروخته‌اند.\n⟦دیدگاهتان را بنویسید⟧\n", "آن خانه را فروخته‌اند.\n"),
        Bad("Gar binası boş duruyordu.\n⟦Yorum yapabilmek için giriş yapmalısınız.⟧\n", "Gar binası boş duruyordu.\n"),
        Bad(
            "이 드라마는 처음부터 다시 보고 싶다.\n⟦클린봇이 부적절한 표현을 감지한 댓글입니다.⟧\n",
            "이 드라마는 처음부터 다시 보고 싶다.\n",
        ),
        Bad("Sobra material.\n⟦Con la tecnología de Blogger.⟧\n", "Sobra material.\n"),
        Bad("第一段。\n⟦[图片]⟧\n第二段。", "第一段。\n第二段。"),
        Bad(
            "⟦作者 fu12 (阿福) 看板 Gossiping 標題 [問卦] 有沒有不漲價的麵店⟧\n⟦時間 Tue Mar 15 22:41:08 2022⟧\n"
            "巷口的麵店一碗三十五元。\n⟦※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 192.0.2.18 (臺灣)⟧\n",
            "巷口的麵店一碗三十五元。\n",
        ),
        Bad("⟦索引号：0152-7/2022-003 主题分类：城乡建设 发文日期：2022-06-09 有效性：有效⟧\n各区县：", "各区县："),
        Bad('养鱼的田\n⟦PDF 文件使用 "pdfFactory Pro" 试用版本创建 www.fineprint.cn⟧\n要近水。', "养鱼的田\n要近水。"),
        Bad("选B。\n⟦试卷第2页，总6页⟧\n⟦内容由 AI 生成，仅供参考⟧\n", "选B。\n"),
        # How long it takes to read, which sites say in every language.
        Bad("标题\n⟦共 1830 字，需浏览 4 分钟⟧\n⟦閱讀時間約 5 分鐘⟧\n正文。", "标题\n正文。"),
        Bad("Title\n⟦5 mins read⟧\nThe text.", "Title\nThe text."),
        Bad("다리가 다시 열렸다.\n⟦김하늘 기자 haneul@example.com⟧\n⟦광고 로드중⟧\n", "다리가 다시 열렸다.\n"),
        Bad("⟦publié le 30 mai 2018⟧\nLe pont est ouvert.", "Le pont est ouvert."),
        Bad("⟦※当サイトのリンクにはプロモーションが含まれます⟧\n橋が開いた。", "橋が開いた。"),
        Bad("正文。\n⟦481次瀏覽 2024-09-25⟧\n⟦顯示廣告⟧\n", "正文。\n"),
        Good("老师说，读完这本书大约需要40分钟。"),
        Bad("青石桥在西门外。\n⟦这是一篇与桥梁相关的小作品。你可以通过编辑或修订扩充其内容。⟧\n", "青石桥在西门外。\n"),
        Good("作者把这块看板放在店门口，时间是周二。试卷第2页的第三题有误。"),
        Good("## 9. Cookies\n\nNous utilisons des cookies techniques nécessaires au fonctionnement du site."),
        Good("Nous utilisons des cookies HTTP-only pour les raisons suivantes :\n\n- le vol du jeton"),
        Good("Also read:\n\n- the description of the project\n- the comments"),
        Good("Читайте также:\n\n- Документацию по пакету"),
        Good("À lire aussi : le piège plus bas concerne le déploiement au quotidien."),
        Good("为了将网页转换为PDF文件，\n建议使用Chrome浏览器打开HTML文件，\n然后选择菜单“打印”。"),
        Good("本条目需要本地化：本条目与本条目的说明。"),
        Good("Show all the config settings. Use `-l` to also show defaults.\n\nShow all the config settings.\nUse it."),
        Good("TERMS AND CONDITIONS\n\n0. Definitions.\n\n“This License” refers to version 3 of the licence."),
        Good('בספר כתוב: "כל הזכויות שמורות למחבר", אבל איש לא שאל אותו.'),
        Good("خانه / مدرسه / بازار: سه واژه‌ای که کودک اول یاد گرفت."),
        Good("Best regards,\n[Your Name]"),
        Good("[image]\nname=test.img\nsize=2G"),
        Good("责任编辑应当对稿件的内容负责。"),
        Good("单页网站，模块包括：主页、关于我们、营业时间、网上商城以及联系方式"),
        Good("  模板提示框上的标题，默认为“服务协议和隐私政策”"),
        Good("跳转系统授权管理页\n\n- App端\n    打开系统App的权限设置界面"),
        Good("浅层引用有助于优化。\n\n阅读更多：\n\n- [减少开销](/guide)\n- [集成](/more)"),
        Good("- You have client side routes\n\nRead more about the new router at https://example.com/router"),
        Good("Hooks run code at such points.\n\nRead more about them in the manual of the library\n\nThen write it."),
        Good("Das Feld heißt seit kurzem anders.\n\nMehr erfahren Sie am Ende dieser Seite."),
        Good("医生：还有别的症状吗？\n没有了\n医生：那就好。"),
        Good("点个赞，斯巴鲁确实好车，你在路上闪躲都比开其他车信心足。当然了，豪华品牌也有。\n操控不错。"),
        Good("categories:\n- AI\n- food\nconversations:\n- - What is AI?"),
        Good("You need to be very comfortable in the language.\n\nRead more about choices:\n- http://example.com/best"),
        Good("Les meringues et moi, voilà tout ce qu’elle aime.\nElle rit."),
        Good("他收藏 12 枚邮票\n他的收藏 12 篇\n浏览 3 本书"),
        Good("学术报告\n时间：2022年10月14日（周五）15:00\n地点：土木楼B座302"),
        Good("静夜思\n作者：李白 朝代：唐"),
        Good("作者：某某 译者：某某"),
        Good("开会时间：2019年3月5日14:30，地点：三楼。"),
        Good("他翻到上一页，又看了一遍。"),
        Good("# 版权声明\n\nMIT License\n\nCopyright (c) 2020 Somebody\n"),
        Good("Copyright (c) 2020 Somebody\n\nPermission is hereby granted, free of charge, to any person"),
        Good(
            "Copyright © 2004 Some Consortium. All Rights Reserved.\n\nThe software license requires a notice of"
            " any changes to the files, including the date changes were made."
        ),
        Good("// Copyright 2019 The Authors. All rights reserved."),
        Good("点击“发表评论”按钮，系统会提示请先登录。"),
        Good("We look forward to hearing from you soon.\n\nSincerely,\n[Your Name]"),
        Good("## 登录\n\n- [上一页](a.md)\n- [下一页](b.md)"),
        Good("第四十二条 出版物应当载明责任编辑、出版日期。"),
        Good('Copyright arises with the writing; the words "All rights reserved" have had no effect for decades.'),
        Good("We never share this with anyone, and all rights reserved by the crown were sold."),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """One for each phrase, from the part of it that prose has least."""
        return [*self._book().triggers(), *bylines.triggers(), *trails.triggers()]

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The line, when it is a phrase or consists of the fields of a byline."""
        book = self._book()
        group = phrases.group_of(book, line)
        if (group is None or group.confidence is not Confidence.HIGH) and bylines.is_byline(line.text):
            group = None if guards.fenced(line) or guards.statute(line) or guards.code(line) else BYLINE
        if group is None and (kind := self._above_text(line)) and not guards.technical(line):
            group = kind
        if group is not None and not guards.listed(line):
            start, end = deletion.line_span(line.text)
            confidence = guards.lowered(group.confidence, line)
            if notice := appended.part(line.text, book.match):
                yield appended.finding(line.text, notice, group, confidence)
                return
            is_alone = guards.alone(line) or guards.enlisted(line)
            if is_alone:
                confidence = Confidence.MEDIUM
            is_sure = not guards.amid(line) and (group is not BYLINE or self._source_lines().matches(line.text))
            fix = deletion.delete_line(line, book.matches, guards.safety(confidence, is_sure=is_sure))
            yield Finding(start, end, group.message, fix, confidence=confidence)

    @staticmethod
    def _above_text(line: Line) -> phrases.Group | None:
        """What a line is that stands above the text and has no word of the site."""
        if trails.is_trail(line):
            return TRAIL
        return MOMENT if trails.is_moment(line) else None

    @staticmethod
    @cache
    def _book() -> phrases.Book:
        return phrases.load(os.path.dirname(__file__), *FILES)

    @staticmethod
    @cache
    def _source_lines() -> phrases.Book:
        return phrases.load(os.path.dirname(__file__), SOURCE_LINES)
