"""Bylines in one line: date, source, author, editor, counters and buttons side by side, and nothing else.

``2019-03-05 10:11 来源：新华网 作者：张三 阅读：123`` and ``阅读 3.2万 评论 128 收藏 点赞`` have no phrase of their
own, but are made of fields of known form: a date, a time, a counter, a button, or a label with a short value. A line
that such fields fill is what the site says about the page, whatever the values are. One of the fields must be a date,
a counter or an editor, so that a poem's poet, or a book's author and translator, are left.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.rule import SHORT_LINE

from . import _forms as forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.rule import Trigger

SEEN = (
    *(
        f"{label}{colon}"
        for label in (
            "来源",
            "來源",
            "出处",
            "作者",
            "编辑",
            "編輯",
            "时间",
            "時間",
            "日期",
            "提问者",
            "编号",
            "索引号",
        )
        for colon in ":："
    ),
    *(
        f"{counter}{sign}"
        for counter in (
            "阅读",
            "阅读量",
            "浏览",
            "评论",
            "评价",
            "收藏",
            "点赞",
            "点赞数",
            "弹幕",
            "关注",
            "支持",
            "反对",
            "關注",
            "关注者",
            "人氣",
            "人气",
            "留言",
        )
        for sign in " （("
    ),
    *(f"{unit}{counter}" for unit in "次人条" for counter in ("阅读", "浏览", "收藏", "评论", "播放", "关注", "点赞")),
    "引用 #",
    "報導",
    "공감 ",
    "投稿日",
    "更新日",
    "조회수",
    "기사입력",
    "Просмотров",
    "Опубликовано",
    "Posted by ",
    "Published by ",
    "Written by ",
)
"""One of these a byline has; triggers are made of them."""
LABELS = (
    r"(?:信息|文章|职位|商品|产品|帖子)?编号|索引号|更新(?=[:：] ?\d)"
    r"|(?:主题|體裁|体裁|组配|信息)分类|(?:发文|成文|生效|废止)日期|有效性|发[文布]机[关構构]|最[后後]更新|提问者|提问时间|回答者|发帖人|分享人|分类专栏|文章标签"
    r"|(?:文章|信息|稿件|新闻|新聞|内容|本文)?[来來]源(?:于|於)?|出[处處]|稿源|(?:文章|本文)?作者|(?:责任|責任|本文|网络|值班)?[编編][辑輯]|[责責][编編]|记者|記者"
    r"|通讯员|(?:发布|發布|發佈|发表|發表|更新|添加|录入|上传|创建|编辑|发稿|信息|文章)?[时時][间間]|(?:发布|發布|发表|更新|添加|上传|发文)?日期"
    r"|发布[者人]?|發佈[者人]?|上传者?|录入者?|供稿|投稿|审核|校对|摄影|小编|发布于|更新于|发表于|所属(?:栏目|分类)|栏目|分[类類]|[类類][别別]"
    r"|投稿日時?|更新日時?|公開日|掲載日|最終更新日?|カテゴリー?|投稿者|執筆者?|입력|기사입력|최종수정|수정|등록일?|승인|작성자|글쓴이"
    r"|(?:posted|published|updated|written|last updated|added|created|date|author|source|category)(?: (?:by|on|in|at))?"
    r"|опубликовано|добавлено|обновлено|автор|дата|источник|рубрика|категория"
)
EDITED = r"[编編][辑輯]|[责責][编編]|审核|校对"
COUNTERS = (
    r"(?:阅读|閱讀|浏览|瀏覽|点击|點擊|评论|評論|人气|人氣|访问|訪問|查看|回复|回覆|收藏|点赞|分享|转发|下载|热度|字数|字數|弹幕|播放|投币|赞同|喜欢|在看|粉丝|关注者?|被浏览|留言|跟帖|支持|反对|有图|(?:全部|[好中差追])评价?)(?:[量数數率]|次数|次數|人数)?"
    r"[:：(（]?\s*\d[\d.,]*\s*[万萬kKwW]?\+?[)）]?\s*[次人条條字]?"
    r"|\d[\d.,]*[万萬kKwW]?\+?\s*(?:次|人|条|條|个)?(?:阅读|閱讀|浏览|瀏覽|点击|评论|評論|回复|围观|点赞|收藏|播放|观看|赞同|喜欢|关注|弹幕|分享|推荐)"
    r"|(?:阅读|浏览|点击|评论|访问|查看)(?:[量数率]|次数)?[:：](?=\s|$)\s*次?"
    r"|(?:阅读|浏览|点击|访问|查看)(?:[量数率]|次数)?[:：]\s?(?:加载中|载入中|正在加载)[.…]*"
    r"|\d[\d.,]*[kKmM]? ?(?:views?|comments?|repl(?:y|ies)|min(?:ute)?s?(?: read)?|shares?|likes?)"
    r"|\d[\d.,]* ?(?:просмотр\w*|комментари\w*)"
    r"|(?:views?|comments?|hits|reads?|просмотров|комментариев|閲覧数|조회수?|댓글|공감|추천)"
    r"[:：(（ ]{1,2}\d[\d.,]*[)）]?"
)
TOOLS = (
    r"【?字[号號体體][:：]?】?|\[?[【（(]?(?:大|中|小)[)）】]?\]?(?![^\W\d_])|打印(?:本页)?|分享到?[:：]?|我要(?:评论|投稿|收藏)|收藏本文|举报|纠错|扫一扫"
    r"|[关關][闭閉](?:窗口|本页)?|T\|T|A[+-]|(?:放大|[缩縮]小)字[体體]|列印|[转轉]寄|打印"
    r"|(?:收藏|点赞|分享|评论|点评|举报|回复|回覆|引用|关注|喜欢|收起|投诉|发弹幕|查看我的收藏|有用\+1|已投票|공유하기|스크랩|신고|未经作者授权[,，]禁止转载)(?![^\W\d_])"
    r"|[〔（(【]?[记記]者[^\s／/|｜]{2,8}[／/][^\s／/|｜]{2,8}[报報][导導道][〕）)】]?"
)
KNOWN = rf"\d|{EDITED}|(?:阅读|浏览|点击|评论|访问|查看)(?:[量数率]|次数)?[:：]|[周週]|星期"
"""What every byline has, but for the names of months and days: most dates and counters have a digit."""
LETTERS = r"[^\W\d_\u2e80-\U0010ffff]+"
DAYS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|ene|abr|ago|fév"
    "|avr|mai|jui|aoû|mär|okt|dez|mon|tue|wed|thu|fri|sat|sun"
)
"""How months and days of `_forms.DATE` begin."""
CLOCK = r"[\d\s:：]+|(?:[周週]|星期)[一二三四五六日天]"
"""What belongs to the date before it."""
VALUE = r"[^|｜。！？!?\n:：]{0,24}?"
FEWEST = 2


def triggers() -> Sequence[Trigger]:
    """Triggers for the labels that a byline has."""
    from corpus_lint.rule import Trigger

    return [Trigger(label.encode(), is_literal=True, in_short_lines=True) for label in SEEN]


def is_byline(text: str) -> bool:
    """Whether fields of a byline fill a line."""
    if not _seen().search(text) or len(text) >= SHORT_LINE or "://" in text:
        return False  # no field has an address
    if not _may_have_date_or_counter(text) or len(text.encode("utf-8", "surrogatepass")) >= SHORT_LINE:
        return False
    dates = counters = others = 0
    text = text.strip()
    if named := _named().match(text):
        text = text[named.end() :]
    fields = _field()
    at = 0
    while at < len(text):
        match = fields.match(text, at)
        if match is None:
            if text[at].isalpha():
                return False
            at += 1
            continue
        at = match.end()
        # 10月14日（周五）15:00 is one moment, such as an invitation names.
        dates += match.lastgroup == "date" and not (dates and _compiled(CLOCK).fullmatch(match["date"]))
        counters += match.lastgroup == "counter"
        others += match.lastgroup not in ("date", "counter")
    if dates + counters + others < FEWEST:
        return False
    return dates + counters > 0 or _compiled(EDITED).search(text) is not None


def _may_have_date_or_counter(text: str) -> bool:
    if _compiled(KNOWN).search(text):
        return True
    return not _days().isdisjoint(word[:3] for word in _compiled(LETTERS).findall(text.casefold()))


@cache
def _seen() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, SEEN)))


@cache
def _days() -> frozenset[str]:
    return frozenset(DAYS.split("|"))


@cache
def _field() -> re.Pattern[str]:
    gap = r"[\s|｜/／,，;；·•　【】\[\]()（）]*"
    moment = rf"(?:{forms.DATE}|\d{{1,2}})?{forms.TIME}(?:[:：]\d\d)?|{forms.DATE}"
    behind = rf"(?={gap}$|{gap}(?:{LABELS})\s?[:：]|[\s|｜,，/]+(?:{COUNTERS}|{forms.DATE}|{TOOLS}))"
    return re.compile(
        rf"(?:(?:{LABELS})\s?[:：]?\s*)?(?P<date>{moment})|(?P<counter>{COUNTERS})"
        rf"|(?P<label>(?:{LABELS})(?:\s?[:：]| by )\s*{VALUE}){behind}|(?P<tool>{TOOLS})"
        r"|(?P<ago>\d+\s?(?:秒|分[钟鐘]|小[时時]|天|周|个月|年)前)",
        re.IGNORECASE,
    )


@cache
def _named() -> re.Pattern[str]:
    """The name of a paper or an account, without a label, before the date."""
    return re.compile(rf"[^\W\d_]{{2,12}} ?[|｜] ?(?={forms.DATE})", re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
