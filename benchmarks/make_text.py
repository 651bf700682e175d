"""Make text for the benchmarks where none is given: sentences from word lists, clean by construction.

A made text repeats its words and nothing longer: no two paragraphs are alike. It flatters no tool by being easy, but
real prose is better: give a folder of it to ``benchmarks/throughput.py``.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE = {
    "who": (
        "农民",
        "医生",
        "老师",
        "孩子",
        "邻居",
        "船夫",
        "木匠",
        "记者",
        "画家",
        "学生",
        "母亲",
        "祖父",
        "商人",
        "工人",
        "猎人",
        "旅客",
        "作者",
        "读者",
        "官员",
        "军人",
    ),
    "when": (
        "清晨",
        "傍晚",
        "去年冬天",
        "那天夜里",
        "春分以后",
        "雨停之后",
        "十年前",
        "收割时节",
        "第二天",
        "黄昏",
    ),
    "where": (
        "河边",
        "山脚",
        "院子里",
        "城墙下",
        "学校门口",
        "市场上",
        "码头",
        "果园",
        "车站",
        "田埂上",
        "书房",
        "屋檐下",
    ),
    "did": (
        "种下",
        "看见",
        "修好",
        "写完",
        "听说",
        "收起",
        "打开",
        "寻找",
        "记住",
        "卖掉",
        "送来",
        "画出",
        "忘了",
        "数过",
        "挑选",
    ),
    "what": (
        "一棵枣树",
        "两封旧信",
        "半袋麦子",
        "一张地图",
        "那只木船",
        "几本词典",
        "一盏油灯",
        "新织的布",
        "祖传的刀",
        "满架的书",
    ),
    "how": (
        "慢慢地",
        "小心地",
        "一边唱歌一边",
        "没有说话就",
        "照着老办法",
        "和妹妹一起",
        "冒着大风",
        "不知为什么",
    ),
}
ENGLISH = {
    "who": (
        "the farmer",
        "a doctor",
        "her teacher",
        "the child",
        "our neighbour",
        "the boatman",
        "a carpenter",
        "the reporter",
    ),
    "when": (
        "at dawn",
        "in the evening",
        "last winter",
        "that night",
        "after the rain",
        "ten years ago",
        "at harvest time",
    ),
    "where": (
        "by the river",
        "below the hill",
        "in the yard",
        "under the wall",
        "at the school gate",
        "on the market",
    ),
    "did": (
        "planted",
        "saw",
        "mended",
        "finished",
        "heard of",
        "put away",
        "opened",
        "looked for",
        "remembered",
        "sold",
        "brought",
    ),
    "what": (
        "a date tree",
        "two old letters",
        "half a sack of wheat",
        "a map",
        "the wooden boat",
        "some dictionaries",
    ),
    "how": (
        "slowly",
        "with care",
        "while singing",
        "without a word",
        "in the old way",
        "with his sister",
        "in high wind",
    ),
}


def paragraphs(language: str, size: int, seed: int = 1) -> Iterator[str]:
    """Paragraphs of about ``size`` bytes of UTF-8 in all, in ``zh`` or ``en``; the same ones for the same seed."""
    chance = random.Random(seed)
    words = CHINESE if language == "zh" else ENGLISH
    made = 0
    while made < size:
        text = "".join(_sentence(chance, words, language) for _ in range(chance.randint(3, 8))) + "\n"
        made += len(text.encode())
        yield text


def _sentence(chance: random.Random, words: dict[str, tuple[str, ...]], language: str) -> str:
    pick = {part: chance.choice(options) for part, options in words.items()}
    number = chance.randint(2, 9999)
    if language == "zh":
        scene = f"{pick['when']}，{pick['who']}在{pick['where']}{pick['how']}"
        return f"{scene}{pick['did']}了{pick['what']}，共有{number}人知道。"
    scene = f"{pick['when'].capitalize()} {pick['who']} {pick['did']} {pick['what']}"
    return f"{scene} {pick['where']}, {pick['how']}, as {number} people know. "
