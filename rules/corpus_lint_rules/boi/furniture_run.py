"""BOI002: a run of menu words, share buttons and channel names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule

from ._kinds import Kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._runs import Entry, Repeats
    from ._words import Lexicon, Words

NEAR = 3000
"""Characters, at most, between the beginnings of two lines that begin one run together."""
MOST_BYTES = 4
"""Bytes of a character in UTF-8."""
DENSE = 3
"""A run is one for certain when one line in so many is listed, or one in `LOOSE` and `MANY_SITE_WORDS` among them."""
LOOSE = 8
LOOSEST = 20
"""It is no run when fewer are."""
MANY_SITE_WORDS = 3
MANY_TITLES = 4
"""In a run where more than one line in so many is as long as a title, a product's features may be among them."""


class FurnitureRun(RegionRule):
    """Three or more neighbouring short lines that are menus, share bars, buttons and boxes of a site.

    首页, 登录, 财经, 汽车, 收藏: alone each is a word, one below the other they are the menu of a site. In scraped
    pages such runs are the largest part of all furniture. They teach a model word lists and push the text apart.

    A run begins and ends with a listed word, a line that `BOI001` knows, or a menu that the page has twice, and at
    least two of its lines must be words that only sites use (登录, 返回顶部, "Sign in"), so that a school book's list
    of words or a poem of short lines is no menu. Between listed words it goes on over lines that have the form of a
    menu's items, whatever they say: labels of a few words, dates, counters, addresses, several titles one below the
    other. The less such a line looks like an item, the fewer of them are gone over; before the first paragraph of a
    document and behind its last more of them are. A paragraph, code, a table, a list in Markdown and the title of the
    page end a run. Where few lines of a run are listed, the finding has less confidence. A line that consists of four
    or more listed words, or of three that only sites use, is a run by itself, and a menu whose items an extractor has
    joined is found inside its line.
    Where a document has a menu for certain, single buttons ("Read more", 举报) between its paragraphs are found too,
    and what is known by its form: names, dates, numbers and counters that come back at every post of a forum, links
    with an arrow, "Back to ...", archives of months. What stands between two posts is left, however short it is.
    Left are also fields with a value (联系人：, Phone:, Адрес:) unless the site's own lines stand on both sides of
    them, or its copyright beside them, since tenders, contracts, letters and CVs have them; verses and steps below a
    menu; the day below a letter; and a table of contents.

    Deleting a run of listed words only is safe; with what a site says to its visitor, or with other short lines between
    them, it is unsafe. Of a line inside a run `BOI001` says nothing: without its listed lines the rest of a menu could
    not be known as one any more, so they go together or stay together. A line that `BOI001` knows and that stands alone
    is left to it.
    """

    code = "BOI002"
    name = "furniture-run"
    explains_of = ("BOI001",)

    class Options:
        """What makes a run."""

        fewest_lines: Annotated[int, "fewest lines of a run"] = 3
        fewest_words: Annotated[int, "fewest listed words of a run"] = 3
        fewest_in_line: Annotated[int, "fewest listed words of a line that is a run by itself"] = 4
        fewest_site_words: Annotated[int, "fewest words among them that only sites use"] = 2

    options: Options
    examples = (
        Bad(
            "⟦首页\n新闻\n财经\n体育\n更多⟧\n那天下午，我们一起去了公园散步。\n⟦上一篇\n下一篇\n收藏⟧\n"
            "后来下雨了，我们就回家了，妈妈做了很多好吃的菜，一家人很开心。\n",
            "那天下午，我们一起去了公园散步。\n后来下雨了，我们就回家了，妈妈做了很多好吃的菜，一家人很开心。\n",
        ),
        Bad(
            "⟦首页\n新闻\n财经\n汽车\n登录\n注册⟧\n\n正文从这里开始，是一个完整的句子。",
            "正文从这里开始，是一个完整的句子。",
        ),
        Bad("正文在此結束。\n⟦收藏\n分享\n微信\nQQ空間⟧\n", "正文在此結束。\n"),
        Bad("⟦首页 新闻 体育 娱乐 登录 注册⟧\n正文。", "正文。"),
        Bad("⟦Home\nNews\nSports\nLogin\nSearch⟧\nThe mayor spoke on Monday.", "The mayor spoke on Monday."),
        Bad("⟦首页\n登录\n某某专区\n注册\n更多⟧\n正文是一个句子。", "正文是一个句子。"),
        Bad("⟦首页 新闻 财经 体育 教育 健康⟧\n\n昨天下了一场雨。", "昨天下了一场雨。"),
        Bad("昨天下了一场雨。\n\n⟦收藏 举报 返回顶部⟧\n", "昨天下了一场雨。\n"),
        Bad("⟦花卉首页 | 选种 | 育苗 | 病虫害 | 花友圈⟧\n\n昨天下了一场雨。", "昨天下了一场雨。"),
        Bad(
            "⟦• 首页   • 车间展示   • 走进公司   • 新闻中心   • 联系我们   • 登录⟧   这家公司成立于某年，有员工百人。",
            "   这家公司成立于某年，有员工百人。",
        ),
        Bad(
            "⟦Home\nGarden Furniture\nOutdoor Lighting\nSheds & Summerhouses\nSign in\nBasket (0)\nContact us⟧\n"
            "We have made benches since 1948, and every one of them leaves our yard with a number.",
            "We have made benches since 1948, and every one of them leaves our yard with a number.",
        ),
        Bad(
            "正文在这里结束。\n⟦登录\n强国论坛\n两会专题\n2019-03-05\n图说\n返回顶部\n地方频道\n联系我们⟧\n",
            "正文在这里结束。\n",
        ),
        Bad(
            "⟦Главная\nСадовая мебель\nСтиральный порошок\nКорзина\nВойти⟧\n"
            "Мы делаем скамейки с 1948 года, и у каждой есть номер.",
            "Мы делаем скамейки с 1948 года, и у каждой есть номер.",
        ),
        Bad(
            "⟦首页\n登录\n注册\n搜索⟧\n\n昨天夜里下了一场大雨，今天早上河水涨了。\n⟦举报⟧\n桥上站满了人，谁也不说话，都在看水。",
            "昨天夜里下了一场大雨，今天早上河水涨了。\n桥上站满了人，谁也不说话，都在看水。",
        ),
        Bad(
            "⟦首页\n登录\n注册\n搜索⟧\n\n有人知道这座桥是哪年修的吗？我在县志里找了很久，没有找到。\n"
            "⟦桥边人\n2015-04-28 10:07:31\n#2\n回复⟧\n县志里写的是清朝，但是桥墩上的字说是明朝，我看字更可信一些。\n"
            "⟦老张\n2015-04-29 08:16:02\n#3\n回复⟧\n那几个字是后来补刻的，老人都这么说，我小时候见过原来的碑。\n"
            "⟦过路客\n2015-05-01 21:40:55\n#4\n回复⟧\n原来的碑现在在县里的博物馆，去年我去看过，拍了照片。",
            "有人知道这座桥是哪年修的吗？我在县志里找了很久，没有找到。\n"
            "县志里写的是清朝，但是桥墩上的字说是明朝，我看字更可信一些。\n"
            "那几个字是后来补刻的，老人都这么说，我小时候见过原来的碑。\n"
            "原来的碑现在在县里的博物馆，去年我去看过，拍了照片。",
        ),
        Bad(
            "⟦首页\n新闻\n财经\n登录\n注册\n关于我们⟧\n招标公告\n"
            "本项目资金来自财政拨款，现对教学楼维修工程进行公开招标，欢迎合格的单位参加。\n"
            "招标人：第一中学\n联系人：王先生\n电话：0571-88888888\n2019年4月12日\n⟦返回顶部\n关于我们\n网站地图⟧\n",
            "招标公告\n本项目资金来自财政拨款，现对教学楼维修工程进行公开招标，欢迎合格的单位参加。\n"
            "招标人：第一中学\n联系人：王先生\n电话：0571-88888888\n2019年4月12日\n",
        ),
        Bad(
            "⟦Home\nNews\nSign in\nSearch\nSubscribe⟧\nThe Road\nI went down to the river\nTo see what I could see\n"
            "No one was there\nBut the river and me\n⟦Back to top\nContact us\nPrivacy policy⟧\n",
            "The Road\nI went down to the river\nTo see what I could see\nNo one was there\nBut the river and me\n",
        ),
        Bad(
            "⟦Главная\nВойти\nРегистрация\nПоиск\nО нас⟧\n"
            "Договор аренды\nАрендодатель: Иванов\nАдрес: Москва, улица Мира, 3\n"
            "Арендодатель передаёт, а арендатор принимает во временное пользование жилое помещение сроком на год.\n",
            "Договор аренды\nАрендодатель: Иванов\nАдрес: Москва, улица Мира, 3\n"
            "Арендодатель передаёт, а арендатор принимает во временное пользование жилое помещение сроком на год.\n",
        ),
        # What a law forbids without leave, on a page whose site forbids copying without leave.
        Bad(
            "⟦首页\n登录\n注册\n搜索\n关于我们⟧\n有下列行为之一的，对负有责任的人员依法给予处理：\n"
            "（一）未经批准、授权处置有关线索，发现情况隐瞒不报的；\n（二）泄露举报受理情况以及举报人信息的；\n"
            "（三）其他玩忽职守的行为。\n⟦未经授权，不得转载\n返回顶部\n网站地图⟧\n",
            "有下列行为之一的，对负有责任的人员依法给予处理：\n"
            "（一）未经批准、授权处置有关线索，发现情况隐瞒不报的；\n（二）泄露举报受理情况以及举报人信息的；\n"
            "（三）其他玩忽职守的行为。\n",
        ),
        Bad(
            "Η ταινία προβάλλεται το Σάββατο.\n⟦Όροι χρήσης | Πολιτική απορρήτου | Επικοινωνία⟧\n",
            "Η ταινία προβάλλεται το Σάββατο.\n",
        ),
        Bad(
            "Chợ họp từ sáng sớm.\n⟦Giới thiệu | Liên hệ | Quảng cáo | Điều khoản sử dụng⟧\n",
            "Chợ họp từ sáng sớm.\n",
        ),
        # The page's title below the trail of its sections.
        Bad(
            "⟦Startseite > Nachrichten > Kultur⟧\nEine alte Wassermühle wird zum Dorfladen\n"
            "⟦Anmelden\nSuchen\nTeilen⟧\n"
            "In dem Ort an der Leine gab es seit elf Jahren kein Geschäft mehr, nun öffnet wieder eines.\n",
            "Eine alte Wassermühle wird zum Dorfladen\n"
            "In dem Ort an der Leine gab es seit elf Jahren kein Geschäft mehr, nun öffnet wieder eines.\n",
        ),
        Bad(
            "⟦首页 | 武侠小说 | 作家列表 | 玄幻 | 小说排行榜 | 短篇⟧\n他们往林中走去，走了十几步，看见一条路。\n",
            "他们往林中走去，走了十几步，看见一条路。\n",
        ),
        Good("2015-04-28 10:07:31\n早上雾很大。\n2015-04-29 08:16:02\n还是雾。\n2015-05-01 21:40:55\n雾散了。"),
        Good("昨天夜里下了一场大雨，今天早上河水涨了。\n举报\n桥上站满了人，谁也不说话，都在看水。"),
        Good("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡"),
        Good("登录\n\n他说这里从前有一座桥。\n桥下的水很深，鱼也多。\n\n注册"),
        Good("Contents\nThe Garden\nThe House\nThe Road Home\nSearch\nThe End"),
        Good("Sugar\nFlour\nTwo eggs\nA pinch of salt\nMix and bake.\nShare\nwith a friend who likes cake"),
        Good("新闻\n体育\n音乐\n电影\n这些词是本课的生词。"),
        Good("请先登录。\n然后搜索。\n最后退出。"),
        Good("- 首页\n- 登录\n- 注册\n- 搜索"),
        Good("| 首页 | 登录 | 注册 | 搜索 |"),
        Good("```\n首页\n登录\n注册\n搜索\n```"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Words of sites that stand alone in a line; of the longer ones also those that open a line of words."""
        from . import _inline_menu as inline_menu
        from . import _words

        triggers = [trigger for run in _words.lexicon().site_words for trigger in _words.triggers_of(run)]
        return [*dict.fromkeys(triggers), *inline_menu.triggers()]

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Every run that has two lines that a trigger sees, or one that is a run by itself."""
        from . import _inline_menu as inline_menu
        from . import _line_list as line_list
        from . import _pages as pages
        from . import _word_list as word_list
        from . import _words

        lexicon = _words.lexicon()
        for line in lines:
            is_long = len(line.text) > _words.LONGEST and lexicon.is_seen(line.text)
            if (is_long or inline_menu.is_candidate(line.text)) and self._is_no_run(line, lexicon):
                yield from self._menus(line)
        seen = [line for line in lines if len(line.text) <= _words.LONGEST and lexicon.is_seen(line.text)]
        if not seen or word_list.is_word_list(document):
            return
        may_be_page = not pages.has_few_words(document, seen) and not line_list.is_line_list(document)
        if may_be_page and pages.has_many_words(seen):
            found = self._graded(document, [line.index for line in seen], on_site=True)
            yield from (self._finding(document, run, grade, kinds) for run, grade, kinds in found)
            return
        # A line in which a word stands is no line of such words: most are headings, items and sentences.
        together = [line.index for line in self._in_company(seen) if lexicon.words_of(line.text.strip()) is not None]
        found = self._graded(document, together, on_site=False) if together else []
        if may_be_page and pages.is_page(document, seen, [run for run, grade, _ in found if grade is Confidence.HIGH]):
            found = self._graded(document, [line.index for line in seen], on_site=True)
        yield from (self._finding(document, run, grade, kinds) for run, grade, kinds in found)

    def _is_no_run(self, line: Line, lexicon: Lexicon) -> bool:
        """Whether a line is neither a run by itself nor part of one: it has too few words, and so have those beside."""
        from . import _guards as guards

        listed = lexicon.listed(line.text)
        if listed is None:
            return True
        beside = [text for text in guards.neighbours(line, 1, 1) if text.strip()]
        return listed.site < self.options.fewest_site_words and not any(map(lexicon.words_of, map(str.strip, beside)))

    @staticmethod
    def _in_company(seen: Sequence[Line]) -> Iterator[Line]:
        """The lines that have another one near, or that consist of several words."""
        from . import _phrases as phrases
        from . import _words

        for number, line in enumerate(seen):
            near = seen[max(number - 1, 0) : number + 2]
            if any(other is not line and _is_near(other, line) for other in near) or (
                len(phrases.compiled(_words.SEPARATORS).split(line.text.strip())) > 1
            ):
                yield line

    def _menus(self, line: Line) -> Iterator[Finding]:
        """The menus inside a line that is not Markdown."""
        from . import _deletion as deletion
        from . import _guards as guards
        from . import _inline_menu as inline_menu
        from . import _words

        text = line.text
        if guards.compiled(guards.MARKDOWN).match(text) or text.lstrip().startswith(("|", "#")) or guards.fenced(line):
            return
        for menu in inline_menu.menus(text, _words.lexicon().words):
            first, last = deletion.line_span(text)
            start = menu.start if text[: menu.start].strip(inline_menu.BULLETS) else first
            edit = Edit(start, menu.end, "")
            whole = (start, menu.end) == (first, last)
            yield Finding(
                start,
                menu.end,
                f"menu of {menu.items} items in a line: words of the site's navigation, no text; delete it",
                deletion.delete_line(line, lambda _: False, Applicability.UNSAFE)
                if whole
                else Fix("delete the menu", (edit,), Applicability.UNSAFE),
                occurrences=menu.items,
                confidence=Confidence.HIGH if 3 * menu.listed >= menu.items else Confidence.MEDIUM,
            ).shifted(line.start)

    def _graded(
        self, document: Document, seen: Sequence[int], *, on_site: bool
    ) -> list[tuple[Sequence[Entry], Confidence, Kinds]]:
        """The runs around the lines with the numbers ``seen`` that are menus, and how sure that is."""
        from . import _outline as outline_of
        from . import _runs as runs
        from . import _told as told
        from . import _voice, _words

        lexicon = _words.lexicon()
        words_of = lexicon.words_of
        none: frozenset[int] = frozenset()
        stamps, others, spoken = none, none, none
        if on_site:
            words_of = _voice.words_of
            stamps, others, spoken = told.signs(document, words_of, lexicon.minor_buttons)
        sighted = stamps.union(others, spoken, seen)
        edges = runs.edges(document) if on_site else ()
        stretches = [*runs.stretches(document, sorted(sighted.union(edges)), words_of)]
        repeated = runs.repeats(stretches).with_signs(stamps, others, spoken)
        outline = outline_of.Outline(document, sighted if on_site else None)
        graded = []
        for stretch in stretches:
            if outline.follows_contents(stretch):
                # The headings of the text are listed there; only what would be a menu anywhere is one.
                parts = [part for part in runs.runs(outline, stretch, runs.repeats(())) if len(part) > 1]
                grades = [self._grade(part, repeated, on_site=False, is_outer=False) for part in parts]
                graded += [
                    (part, Confidence.HIGH) for part, of in zip(parts, grades, strict=True) if of is Confidence.HIGH
                ]
                continue
            is_outer = on_site and outline.is_head(stretch) != outline.is_foot(stretch)
            for run in runs.runs(outline, stretch, repeated):
                has_lines_of_sites = on_site and len(run) > 1 and any(entry.words and entry.words.site for entry in run)
                if (
                    has_lines_of_sites
                    or not sighted.isdisjoint(entry.number for entry in run)
                    or (is_outer and sum(entry.is_listed for entry in run) >= self.options.fewest_words)
                ):
                    grade = self._grade(run, repeated, on_site=on_site, is_outer=is_outer)
                    if grade is Confidence.MEDIUM and on_site and len(run) == 1:
                        is_sure = is_outer or self._stands_among_labels(run, stretch)
                        grade = Confidence.HIGH if is_sure else grade
                    if on_site and grade is not Confidence.HIGH and len(run) > 1:
                        parts = [part for part in runs.told(run, repeated) if len(part) < len(run)]
                        grades = [self._grade(part, repeated, on_site=True, is_outer=is_outer) for part in parts]
                        sure = [part for part, of in zip(parts, grades, strict=True) if of is Confidence.HIGH]
                        graded += [(part, Confidence.HIGH) for part in sure]
                        grade = None if sure else grade
                    if grade is not None:
                        graded += [(part, grade) for part in runs.around_title(run, stretch, repeated)]
        kinds = Kinds(repeated)
        graded = [(_before_list(document, run), grade) for run, grade in graded]
        return [
            (run, grade, kinds)
            for run, grade in graded
            if len(run) > 1 or (run and not _words.is_line_of_sites(document, run[0].number))
        ]

    def _is_run(self, words: Words) -> bool:
        """Whether a line of these words is a run by itself."""
        return words.site + words.channel >= self.options.fewest_in_line or words.site >= self.options.fewest_lines

    @staticmethod
    def _stands_among_labels(run: Sequence[Entry], stretch: Sequence[Entry]) -> bool:
        """Whether a word of sites that stands alone has labels or figures around it, and no text."""
        if run[0].words is None or not run[0].words.site:
            return False
        place = stretch.index(run[0])
        beside = (*stretch[max(place - 1, 0) : place], *stretch[place + 1 : place + 2])
        return len(beside) == 2 and all(entry.form is not None and not entry.form.is_title for entry in beside)

    def _grade(self, run: Sequence[Entry], repeated: Repeats, *, on_site: bool, is_outer: bool) -> Confidence | None:
        """How sure it is that a run is a menu; None when it is none.

        Where the document is known to be a page of a site (``on_site``), a word of sites need not have company; before
        its text and behind it (``is_outer``) few listed words make a menu.
        """
        from . import _words

        options = self.options
        words = [entry.words for entry in run if entry.words is not None]
        site = sum(word.site for word in words)
        total = site + sum(word.channel for word in words)
        if not on_site:
            different = {entry.key for entry in run if entry.words is not None and entry.words.site}
            if site < options.fewest_site_words or total < options.fewest_words or (len(different) < 2 < len(run)):
                return None
            if len(run) < options.fewest_lines and not any(map(self._is_run, words)):
                return None
        told = len(words) + sum(1 for entry in run if entry.words is None and entry.number in repeated.signs)
        titles = sum(
            1 for entry in run if entry.form is not None and entry.form.is_title and entry.number not in repeated.signs
        )
        known = sum(1 for entry in run if entry.words is None and entry.number in repeated.menus - repeated.signs)
        lines = 2 * (len(run) + titles) - known
        is_button = (
            run[0].key in _words.lexicon().buttons
            or run[0].number in repeated.signs
            or (run[0].words is not None and run[0].words.is_spoken)
        )
        if len(run) == 1 and total == 1 and not is_button:
            return Confidence.MEDIUM
        is_loose = 2 * LOOSE * told >= lines and site >= MANY_SITE_WORDS and MANY_TITLES * titles <= len(run)
        if 2 * DENSE * told >= lines or is_loose or (is_outer and 2 * LOOSEST * told >= lines):
            return Confidence.HIGH
        return Confidence.MEDIUM if 2 * LOOSEST * told >= lines else None

    def _finding(self, document: Document, run: Sequence[Entry], confidence: Confidence, kinds: Kinds) -> Finding:
        from . import _deletion as deletion
        from . import _guards as guards

        first, last = run[0].number, run[-1].number
        # A phrase that only a site says where it stands on a page, 联系人：, may be of the page's text.
        sure = all(entry.words is not None and not entry.words.is_spoken for entry in run)
        start = document.line_starts[first] + deletion.line_span(document.line_text(first))[0]
        end = document.line_starts[last] + deletion.line_span(document.line_text(last))[1]
        fix = deletion.delete_lines(
            document,
            first,
            last,
            message="delete the run" if len(run) > 1 else "delete the line",
            applicability=guards.safety(confidence, is_sure=sure),
        )
        return Finding(start, end, kinds.message(run), fix, confidence=confidence)


def _before_list(document: Document, run: Sequence[Entry]) -> Sequence[Entry]:
    """A run without the headings at its end, which are told with the titles that follow them."""
    from . import _words

    end = len(run)
    while end and run[end - 1].is_listed and _words.is_heading_of_list(document, run[end - 1].number):
        end -= 1
    return run[:end]


def _is_near(one: Line, other: Line) -> bool:
    """Whether two lines begin near each other; their places in bytes are known already, and mostly say it."""
    distance = abs(one.byte_start - other.byte_start)
    if distance > MOST_BYTES * NEAR:
        return False
    return distance <= NEAR or abs(one.start - other.start) <= NEAR
