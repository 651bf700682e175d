"""BOI014: the title and the headings of a collection that a document mill made of other people's texts."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.document import Line
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.folding import folded_text
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document

LONGEST = 90
"""Characters of a title or a heading."""
FAR = 2000
"""Lines behind a title in which headings are looked for that have nothing but a number."""
STEM = 4
"""Han characters, at least, that headings share with one another or with the title."""
PROSE = 20
"""Characters of text, at least, between two headings: less is a list of contents."""

NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
PRAISE = (
    "精选|通用|优秀|集合|汇总|合集|锦集|推荐|热门|实用|必备|最新|大全|荟萃|集锦|范文|精品|优质|整理|模板|汇编|精华|经典|优选"
    "|集萃|常用|万能|范本|示例|范例|甄选|多篇|专用|专业|收藏"
)
"""How mills call their collections; the count stands behind."""
TITLE = rf"(?<=\S{{4}})[(\[【](?:{PRAISE}){{1,2}}\s?{NUMBER}\s?篇[)\]】]{{1,2}}$"
COUNTED = rf"(?<=\S{{4}})(?:[(\[【]共?\s?{NUMBER}\s?篇[)\]】]|(?:{PRAISE})?{NUMBER}篇)$"
"""A title that counts its texts and says no more; an author's own may do so as well."""
RUN_IN = rf"\s*(?P<stem>[^。！？；，,;!?\n]{{4,40}}?)[\s_:：-]*篇\s?{NUMBER}(?=\S)"
"""A heading with the text directly behind it, as an extractor joins the two."""
PIECE = rf"[\[【]?(?P<stem>[^。!?;]*?)[\s_:-]*[(\[]?(?:篇\s?{NUMBER}|第{NUMBER}篇)[)\]]?[\s:】]*$"
FIRST = rf"[\[【(]?篇{NUMBER}[\s:、]\s?(?P<stem>[^。!?;]+?)[\]】)]?$"
NUMBERED = r"(?P<stem>[^。!?;]*[\u4e00-\u9fff字)])[\s_-]*\d{1,2}$"
"""How a text of the collection is headed: …篇一, 篇一：…, …1."""
NUMERALS = "一二三四五六七八九十0123456789０１２３４５６７８９ "
YEAR = r"(?:19|20)\d\d(?:-\d+)?(?:年度?)?|最新|\W"


TITLE_FOUND = "title of a collection: several texts follow as one document; cut it into its texts"
HEADING = "heading of a text in a collection: another document begins here; cut the document, and delete the heading"


class Heading(NamedTuple):
    """A line that heads a text: what it shares with the others of its collection."""

    line: Line
    stem: str


class CollectionHeading(RegionRule):
    """The title or a heading of a document mill's collection stands in the text: 工作总结(精选4篇), 工作总结篇一.

    Document mills put some texts of one kind, each by another author and often cut short, into one page, count them in
    its title, and head each with the words of the title and a number. What looks like one document is several, with
    nothing that leads from one to the next; a model learns such numbers as a way of going on.

    The title is known by what mills call their collections, in brackets with the count (精选4篇, 通用10篇); one that
    only counts (共5篇) needs headings below. Headings are those that share their words with one another (…篇一, …篇二)
    or with the title (…1, …2) and have text between, and those of the title with the text directly behind
    them. Left alone: parts of a book (第一篇 总论), chapters of classics
    (学而篇第一), tables of contents, a list of an author's own texts.

    The fix deletes the line; it is unsafe, as the document is better cut there into its texts.
    """

    code = "BOI014"
    name = "collection-heading"
    examples = (
        Bad(
            "⟦教师读书心得体会(精选4篇)⟧\n⟦教师读书心得体会1⟧\n这学期我读了三本书，其中一本是讲怎样听学生说话的，很有启发。\n"
            "⟦教师读书心得体会2⟧\n暑假里，学校发给每位老师一本书，我用了两个星期读完，做了笔记。\n",
            "这学期我读了三本书，其中一本是讲怎样听学生说话的，很有启发。\n"
            "暑假里，学校发给每位老师一本书，我用了两个星期读完，做了笔记。\n",
        ),
        Bad(
            "⟦社區志願者活動總結篇一⟧\n上週末，我們去敬老院打掃了院子，還陪老人包了一頓餃子，大家都很高興。\n"
            "⟦社區志願者活動總結篇二⟧\n今年三月，社區成立了志願服務隊，第一件事是清理河道兩邊的垃圾。\n",
            "上週末，我們去敬老院打掃了院子，還陪老人包了一頓餃子，大家都很高興。\n"
            "今年三月，社區成立了志願服務隊，第一件事是清理河道兩邊的垃圾。\n",
        ),
        Bad(
            "⟦【篇一：仓库租赁合同】⟧\n甲方把仓库租给乙方使用，租期三年，租金每季度支付一次，先付后用。\n"
            "⟦【篇二：仓库租赁合同】⟧\n出租方保证仓库的屋顶不漏水，承租方不得改变它的用途，也不得转租。\n",
            "甲方把仓库租给乙方使用，租期三年，租金每季度支付一次，先付后用。\n"
            "出租方保证仓库的屋顶不漏水，承租方不得改变它的用途，也不得转租。\n",
        ),
        Bad(
            "⟦小学生日记三篇⟧\n⟦小学生日记 篇1⟧今天下雨，我们在教室里玩。\n⟦小学生日记 篇2⟧爸爸带我去看船，船很大。\n",
            "今天下雨，我们在教室里玩。\n爸爸带我去看船，船很大。\n",
        ),
        Good("第一篇 总论\n本书先讲什么是渔业，再讲它在沿海怎样发展起来。\n第二篇 分论\n以下各章讲各地的情形。\n"),
        Good(
            "学而篇第一\n子曰：学而时习之，不亦说乎？有朋自远方来？\n为政篇第二\n子曰：为政以德，譬如北辰，居其所而众星共。\n"
        ),
        Good("渔村散文（三篇）\n老船\n船停在岸上很多年了，谁也记不得它是谁家的，孩子们在里面捉迷藏。\n"),
        Good("目录\n港口的历史篇一\n港口的历史篇二\n港口的历史篇三\n"),
        Good("这一期共收到来稿四十篇，选出八篇（优秀3篇），下一期刊登。"),
        Good(
            "实验报告1\n第一次实验测的是水的沸点，一共测了五次，取平均值。\n实验报告2\n第二次实验测的是盐水的沸点。\n"
        ),
    )
    triggers = (
        *(Trigger(f"篇{mark}".encode(), is_literal=True, tail=16) for mark in (*")）]】", *NUMERALS)),
        *(Trigger(f"篇{mark}".encode(), is_literal=True, head=8) for mark in NUMERALS),
        *(Trigger(f"{mark}篇".encode(), is_literal=True, tail=8) for mark in NUMERALS),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for the title and for each heading."""
        titles: list[tuple[Line, str, bool]] = []
        pieces: defaultdict[str, list[Heading]] = defaultdict(list)
        for line in lines:
            text = _short(line.text)
            if text is None or "篇" not in text:
                continue
            if title := _compiled(TITLE).search(text) or _compiled(COUNTED).search(text):
                titles.append((line, text[: title.start()], title.re is _compiled(TITLE)))
            elif (piece := _piece(text, PIECE) or _piece(text, FIRST)) is not None:
                pieces[piece].append(Heading(line, piece))
        found = {heading.line.index: heading.line for run in pieces.values() if _are_texts(run) for heading in run}
        for line, words, is_sure in titles:
            named = [heading for stem, run in pieces.items() if stem in _bare(words) for heading in run]
            below = [*named, *_numbered(line, words, is_sure=is_sure)]
            found.update((heading.line.index, heading.line) for heading in below)
            run_in = list(_run_in(line, words))
            yield from run_in
            if is_sure or below or run_in:
                yield _finding(line, TITLE_FOUND)
        for _, line in sorted(found.items()):
            yield _finding(line, HEADING)


def _short(text: str) -> str | None:
    """A line that may be a heading, folded; None when it is too long."""
    return folded_text(text).strip() if len(text) <= 2 * LONGEST and len(text.strip()) <= LONGEST else None


def _piece(text: str, pattern: str) -> str | None:
    """What a heading shares with the others of its collection; None for another line."""
    match = _compiled(pattern).match(text)
    stem = _bare(match["stem"]) if match else ""
    return stem if _is_long(stem) else None


def _bare(words: str) -> str:
    """The words of a title or a heading without years and marks."""
    return _compiled(YEAR).sub("", words)


def _is_long(stem: str) -> bool:
    return len(_compiled(r"[\u4e00-\u9fff]").findall(stem)) >= STEM


def _numbered(title: Line, words: str, *, is_sure: bool) -> Iterator[Heading]:
    """The headings below a title that have words of it and a number; one is enough where the title is sure."""
    document, bare = title.document, _bare(words)
    found: defaultdict[str, list[Heading]] = defaultdict(list)
    for index in range(title.index + 1, min(title.index + FAR, len(document.line_starts))):
        raw = document.line_text(index)
        text = _short(raw) if raw.strip()[-1:].isdigit() else None
        stem = _piece(text, NUMBERED) if text is not None else None
        if stem is not None and stem in bare:
            found[stem].append(Heading(Line(document, raw, 0, document.line_starts[index]), stem))
    for run in found.values():
        if _are_texts(run) or (is_sure and len(run) == 1):
            yield from run


def _run_in(title: Line, words: str) -> Iterator[Finding]:
    """The headings below a title that stand in one line with their texts."""
    document, bare = title.document, _bare(words)
    for index in range(title.index + 1, min(title.index + FAR, len(document.line_starts))):
        text = document.line_text(index)
        match = _compiled(RUN_IN).match(text) if "篇" in text[:LONGEST] else None
        if match is None or not text[match.end() :].strip(" \t\u3000】：:"):
            continue
        stem = _bare(folded_text(match["stem"]))
        if _is_long(stem) and stem in bare:
            edit = Edit(match.start("stem"), match.end(), "")
            fix = Fix("remove the heading", (edit,), Applicability.UNSAFE)
            yield Finding(edit.start, edit.end, HEADING, fix).shifted(document.line_starts[index])


def _are_texts(run: Sequence[Heading]) -> bool:
    """Whether headings of the same words have text between them."""
    return len(run) > 1 and all(_has_text(one.line, two.line) for one, two in pairwise(run))


def _has_text(one: Line, two: Line) -> bool:
    document = one.document
    return sum(len(document.line_text(index).strip()) for index in range(one.index + 1, two.index)) >= PROSE


def _finding(line: Line, message: str) -> Finding:
    from . import _deletion as deletion

    start, end = deletion.line_span(line.text)
    fix = deletion.delete_line(line, lambda text: False, Applicability.UNSAFE)
    return Finding(start, end, message, fix).shifted(line.start)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
