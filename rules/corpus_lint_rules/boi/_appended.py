"""A site's notice behind or in front of the author's sentences, in one line with them: only the notice goes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Edit, Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_lint.document import Line
    from corpus_lint.finding import Confidence

    from ._phrases import Book, Group

SHORTEST = 24
"""Characters of a line in which an author's sentence and a notice have room."""
HAN, LOWER = 12, 5
"""So many Han characters, kana and syllables, or words in lower case, make a sentence no name and no address."""
ENDS = r"[。！？!?]+[”」』\"’）)]*|(?<=[^\W\d_]{2})[.][\"”’)]*(?=\s)"
SITE = (
    r"本[站网網文刊报報社书書作平公号號店司]|我们|我們|[站网網][站页頁址络絡友]|版权|版權|转[载載发發]|轉[載發]|[声聲]明|来源|來源|出处|出處|侵[权權]|稿|平台|公众|公眾"
    r"|微信|微博|[图圖]片|文章|作者|[编編][辑輯者]|[联聯][系繫絡络]|[删刪]除|[邮郵]箱|下[载載]|[点點][击擊]|关注|關注|收藏|[订訂][阅閱]|登[录錄陆]|注[册冊]|[举舉][报報]|读者|讀者|用户|用戶"
    r"|[内內]容|信息|资讯|資訊|[观觀][点點]|[资資]料|素材|互[联聯]|[授许許][权權可]|[转轉]自|摘自|[电電][话話子]|[扫掃]|二[维維]码|客服|范文|教案|整理|分享|推荐|推薦|[责責]任|自行|承[担擔]|[学學][习習]|商[业業]"
    r"|www|http|@|[©®|]|(?i:copyright|rights|reserved|licen[cs]e|privacy|cookie|subscri|newsletter|website|\bsite\b|content"
    r"|article|comment|\bterms\b|advert|sponsor|click|share|follow|e-?mail|contact|publish|permission|\bnews\b|inc[.]|ltd)"
    r"|материал|сайт|прав[ао]|редакц|реклам|копирован|ссылк|запрещ|무단|저작|기사|기자|뉴스|배포|転載|著作|サイト|記事|当社|掲載|株式"
)
"""Words of a site about itself: a sentence with one of them is not cut off from its notice."""


def part(text: str, match: Callable[[str], Group | None]) -> tuple[int, int] | None:
    """From where to where the notice goes in a line that is one by a phrase; None where all of it is the site's.

    Args:
        text: the line.
        match: tells the group of a whole line.
    """
    if len(text) < SHORTEST:
        return None
    ends = [found.end() for found in _ends().finditer(text) if text[found.end() :].strip()]
    if ends and _is_whole(text[: ends[0]], text) and _is_authors(text[ends[0] :]) and match(text[: ends[0]].strip()):
        return 0, ends[0]
    if start := _begin(text, ends, match):
        return start, len(text.rstrip())
    return None


def _begin(text: str, ends: list[int], match: Callable[[str], Group | None]) -> int:
    """Where the notice begins that stands last; 0 where none is found, or nothing of the author's before it."""
    at = next((number for number in reversed(range(len(ends))) if match(text[ends[number] :].strip())), -1)
    while at >= 0 and _site().search(text, ends[at - 1] if at else 0, ends[at]):
        at -= 1
    return ends[at] if at >= 0 and _is_authors(text[: ends[at]]) else 0


def of_phrase(line: Line, group: Group, book: Book) -> Finding:
    """A finding on a line that is a phrase of the book's, or on the part of it that is one."""
    from . import _deletion as deletion
    from . import _guards as guards

    confidence = guards.lowered(group.confidence, line)
    if notice := part(line.text, book.match):
        return finding(line.text, notice, group, confidence)
    fix = deletion.delete_line(line, book.matches, guards.safety(confidence))
    return Finding(*deletion.line_span(line.text), group.message, fix, confidence=confidence)


def finding(text: str, place: tuple[int, int], group: Group, confidence: Confidence) -> Finding:
    """A finding on the notice at ``place`` in the line; its fix leaves the rest."""
    from . import _guards as guards

    start, end = place
    where = "behind" if start else "in front of"
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    edit = Edit(len(text[:start].rstrip()), end, "") if start else Edit(begin, end + _space(text[end:]), "")
    message = f"{group.what} {where} the text: {group.why}; cut it off"
    return Finding(begin, end, message, Fix("cut it off", (edit,), guards.safety(confidence)), confidence=confidence)


def _space(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_whole(head: str, text: str) -> bool:
    """Whether a line's first sentence ends before sentences; a title may ask or exclaim in its middle."""
    is_closed = all(head.count(opening) <= head.count(closing) for opening, closing in ("（）", "()", "【】", "[]"))
    return is_closed and (head.endswith("。") or _ends().search(text.rstrip()[-3:]) is not None)


def _is_authors(text: str) -> bool:
    return _site().search(text) is None and _is_prose(text)


def _is_prose(text: str) -> bool:
    if len(_wide().findall(text)) >= HAN:
        return any(mark in text for mark in "，、的了是在着 ")
    return len(_lower().findall(text)) >= LOWER


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(ENDS)


@cache
def _site() -> re.Pattern[str]:
    return re.compile(SITE)


@cache
def _wide() -> re.Pattern[str]:
    return re.compile("[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


@cache
def _lower() -> re.Pattern[str]:
    return re.compile(r"\b[a-zà-ÿа-яё]{2,}")
