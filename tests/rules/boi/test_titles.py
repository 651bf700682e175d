"""The title of a page between its trail and its byline is no part of a menu."""

from __future__ import annotations

import pytest

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint_rules.boi._titles import titles

PAGES = {
    "zh": (
        "首页 > 新闻中心 > 行业动态 > 正文",
        "人工智能助力乡村医疗",
        "发布时间：2023-05-12 09:30  来源：健康时报  浏览次数：1234",
    ),
    "hant": ("首頁 > 新聞 > 地方", "老街的最後一家書店", "2021/03/04 10:20　記者陳小明／台南報導　來源：地方週報"),
    "en": ("Home > News > Health", "Doctors On Call", "Posted by Jane Miller on 2022-11-03 | 12 comments | Share"),
}
TEXT = {
    "zh": "近日，县人民医院引进了一套远程诊断系统，村民在家门口就能看上专家，不用再去市里排队。\n",
    "hant": "這家書店開了四十年，老闆說今年年底就要收起來，許多老客人都趕來道別，街上一時熱鬧起來。\n",
    "en": "The county hospital has a new system that lets people see a doctor without a trip to the city.\n",
}


@pytest.mark.parametrize("language", PAGES)
def test_the_title_above_the_byline_stays(language: str) -> None:
    trail, title, byline = PAGES[language]
    document = Document(f"{trail}\n{title}\n{byline}\n{TEXT[language] * 3}")
    start = document.text.index(title)
    found = [result.finding for result in Engine(packs.make(packs.load(), ["BOI"])).check([document])]
    assert any(one.start < start for one in found)
    assert not [one for one in found if one.start < start + len(title) and one.end > start]


def test_bylines_of_a_list_have_no_title() -> None:
    lines = [f"第{number}条新闻\n2023-05-1{number} 来源：健康时报" for number in range(3)]
    assert titles(Document("首页 > 新闻\n" + "\n".join(lines))).number == -1
    assert titles(Document("首页 > 新闻\n\n" + lines[0])).number == 2
    assert titles(Document("2023-05-12 来源：健康时报\n正文。")).number == -1
    assert titles(Document("")).number == -1
