"""Make ``signs.txt`` anew: ``python rules/corpus_lint_rules/moj/make_signs.py FOLDER``.

FOLDER is that of ``make_model.py``; only sources named there are read. Of each misreading (`_pairs.py`) the
characters and pairs of characters are chosen that stand in nearly every stretch of eight characters of such text and
hardly ever in any language: a greedy cover, each choice the one that finds most stretches for what it costs on clean
text. The file has a line for each misreading: its name, a tab, the signs with a space between.
"""

from __future__ import annotations

import argparse
import heapq
import random
import sys
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lint.languages import ALPHABETS, VOWELS
from corpus_lint_rules.moj._codepages import encode, read_table
from corpus_lint_rules.moj._conversion import to_traditional
from corpus_lint_rules.moj._model import ASCII, HAN, HANGUL, KANA, LATIN, LETTER, MARK, OTHER, SYMBOL, script, symbol
from corpus_lint_rules.moj._one_late import SIGNS as LATE
from corpus_lint_rules.moj._pairs import (
    DOUBLE_AS_DOUBLE,
    DOUBLE_AS_SINGLE,
    UTF_8_AS_DOUBLE,
    Misreading,
)
from corpus_lint_rules.moj.make_model import SOURCES, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHINESE = ("LCTT+TranslateProject", "NiuTrans+Classical-Modern", "LawRefBook+Laws", "Snailclimb+JavaGuide")
TRADITIONAL = ("aszx87410+huli-blog", "rust-tw+book-tw")
JAPANESE = ("python+python-docs-ja", "vitejs+docs-ja")
KOREAN = ("python+python-docs-ko", "rust-kr+doc.rust-kr.org")
LANGUAGES = {
    "gbk": (CHINESE, TRADITIONAL),
    "big5": (TRADITIONAL,),
    "cp932": (JAPANESE,),
    "euc_jp": (JAPANESE,),
    "cp949": (KOREAN,),
    "utf-8": (CHINESE, TRADITIONAL, JAPANESE, KOREAN),
}
LETTERS = {"Russian": 60, "Greek": 60, "Arabic": 40, "Hebrew": 40, "Thai": 40}
"""Languages that have no source here, of whose letters words are drawn, and how many signs of UTF-8 each gives."""
SAME_KIND = 0.3
"""How seldom a vowel follows a vowel and a consonant a consonant in such words, next to what chance would give."""
LENGTH = 8
"""Characters of misread text that must hold a sign."""
STRETCHES = 4000
"""Stretches of each misreading and language that are to be found."""
SHARE = 0.997
"""Of them, how many."""
COMMON = 4.0
"""Occurrences in a million characters of clean text from which on a sign is of no use."""
PRICE = 0.05
"""What a sign costs even if no clean text has it, in the same unit."""
WORDS = 1500
"""Words of two characters, the commonest, that are found where they stand alone, as in menus, when read as GBK."""
MENU = (
    "首页 返回 上一页 下一页 上一篇 下一篇 尾页 更多 登录 注册 搜索 关于我们 联系我们 网站地图 版权所有 "
    "公司简介 产品展示 新闻中心 在线留言 当前位置 友情链接 加入收藏 设为首页 "
    "打印 关闭 详细 点击 下载 发布时间 来源 作者 浏览次数 分享"
)
"""Words that stand alone on pages, of which each is found by itself when it is read as GBK."""
MOST = {
    "utf-8>gbk": 1000,
    "utf-8>gbk+": 1000,
    "utf-8>cp932": 300,
    "utf-8>big5": 300,
    "utf-8>euc_jp": 300,
    "gbk>big5": 300,
    "gbk>cp1252": 300,
    "gbk>cp949": 300,
}
"""Signs of a misreading at most, the best first: literals beyond some thousands slow the scan of every text."""
MOST_OF_OTHERS = 120
MOST_LATE = 300
"""Signs of GBK that is read one byte late."""
LEAST = 2
"""Stretches that a sign must find that no other finds."""


def read(data: bytes, wrong: str) -> str:
    """Bytes as a program reads them that does not stop at errors."""
    table = read_table(wrong)
    found: list[str] = []
    position = 0
    while position < len(data):
        for length in (1, 2):
            known = table.get(data[position : position + length])
            if known is not None:
                break
        if data[position] < 0x80:
            known, length = chr(data[position]), 1
        found.append(known or "\ufffd")
        position += length if known else 1
    return "".join(found)


def stretches(
    clean: str, misreading: Misreading, chance: random.Random, number: int, *, is_late: bool = False
) -> list[str]:
    """Stretches of misread text, from places where the text is not ASCII; read one byte late if so told."""
    found: list[str] = []
    for _ in range(number * 4):
        start = chance.randrange(len(clean) - 60)
        piece = clean[start : start + 40].replace("\n", "")
        # Clean text may stand right before the run, and the run may begin anywhere in it.
        data = b"".join(encode(c, misreading.right) or b"" for c in piece)
        damaged = read(data[is_late:], misreading.wrong)
        if misreading.converted:
            damaged = to_traditional(damaged)
        damaged = "".join(c for c in damaged if c != " ")
        first = chance.choice((0, chance.randrange(0, 6)))
        window = damaged[first : first + LENGTH]
        if len(window) == LENGTH and sum(c < "\x80" for c in window) * 4 <= LENGTH:
            found.append(window)
        if len(found) == number:
            break
    return found


def words(language: str, chance: random.Random) -> str:
    """Words of a language's letters, as often as each is used, with vowels and consonants in turn if they are known."""
    letters = ALPHABETS[language]
    weights = [0.93**rank for rank in range(len(letters))]
    is_vowel = [letter in VOWELS for letter in letters]
    sparing = SAME_KIND if any(is_vowel) else 1.0
    found: list[str] = []
    while len(found) < 15 * STRETCHES:
        last = None
        for _ in range(chance.randrange(2, 10)):
            fitting = [w * (sparing if v is last else 1.0) for w, v in zip(weights, is_vowel, strict=True)]
            [place] = chance.choices(range(len(letters)), fitting)
            found.append(letters[place])
            last = is_vowel[place]
        found.append(" ")
    return "".join(found)


def signs_of(window: str) -> set[str]:
    """What could be a sign in a stretch."""
    single = {c for c in window if is_rare(c)}
    pairs = {a + b for a, b in pairwise(window) if (a >= "\x80" or b >= "\x80") and not is_ordinary(a, b)}
    return {sign for sign in single | pairs if not set(sign) & set("\ufffd?\n\r\t ") and sign.isprintable()}


@cache
def is_rare(character: str) -> bool:
    """Whether no language has the character among those in everyday use: by the first levels of the standards."""
    if script(character) not in (HAN, HANGUL):
        return False
    levels = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x97), ("euc_kr", 0xB0, 0xC8))
    return not any(
        low <= _lead(form, charset) <= high for charset, low, high in levels for form in {character, symbol(character)}
    )


def _lead(character: str, charset: str) -> int:
    data = character.encode(charset, "ignore")
    return data[0] if len(data) == 2 else 0


MEETING = {"亮旅"}
"""Pairs that stand where one word ends and another begins (明亮旅途), as the sources happen not to show."""


@cache
def is_ordinary(first: str, second: str) -> bool:
    """Whether a pair stands in text of a language that the sources do not have, or in drawings and formulas."""
    if first + second in MEETING:
        return True
    if any("\uff61" <= c <= "\uff9f" for c in (first, second)):
        return first == second
    kinds = script(symbol(first)), script(symbol(second))
    if not {HAN, HANGUL, KANA} & set(kinds):
        if {OTHER, SYMBOL} >= set(kinds) or ASCII in kinds or MARK in kinds:
            if {"\u2500" <= c < "\u2580" for c in (first, second)} == {True}:
                return first == second or bool(set("─│═║━┃█") & {first, second})
            return {"\u00a1" <= c <= "\u00bf" for c in (first, second)} != {True} or first == second
        # Within words small letters follow any letters, and capitals only capitals.
        if second.islower():
            return first.isalpha()
        if kinds[0] == LETTER or kinds[1] == LETTER:
            return True
        return first.isupper() and second.isupper() and kinds[0] != LATIN
    return MARK in kinds or set(kinds) <= {KANA, ASCII, SYMBOL}


def cover(windows: list[str], clean: Counter[str], size: float) -> tuple[list[str], float]:
    """The signs, and the share of the stretches that they find."""
    having: dict[str, set[int]] = {}
    for number, window in enumerate(windows):
        for sign in signs_of(window):
            having.setdefault(sign, set()).add(number)
    price = {s: clean["".join(map(symbol, s))] / size * 1e6 + PRICE for s in having}
    heap = [(-len(v) / price[s], s) for s, v in having.items() if price[s] < COMMON]
    heapq.heapify(heap)
    left = set(range(len(windows)))
    chosen: list[str] = []
    while heap and len(left) > (1 - SHARE) * len(windows):
        _, sign = heapq.heappop(heap)
        new = having[sign] & left
        if len(new) < LEAST:
            continue
        worth = -len(new) / price[sign]
        if heap and worth > heap[0][0]:
            heapq.heappush(heap, (worth, sign))
            continue
        chosen.append(sign)
        left -= new
    return chosen, 1 - len(left) / max(1, len(windows))


def clean_counts(sources: Iterable[str]) -> tuple[Counter[str], float]:
    """How often characters and pairs stand in clean text, as the model folds them, and in how many characters.

    jieba's words, which are used in far more kinds of text, count beside the sources as much as all of them.
    """
    folding = {code: symbol(chr(code)) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000}
    clean: Counter[str] = Counter()
    size = 0
    for source in sources:
        text = source.translate(folding)
        size += len(text)
        clean.update(text)
        clean.update(a + b for a, b in pairwise(text) if a >= "\x80" or b >= "\x80")
    uses: Counter[str] = Counter()
    for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = row.split(" ")
        for sign in (*word, *map("".join, pairwise(word))):
            uses["".join(map(symbol, sign))] += int(frequency)
    scale = size / sum(number for sign, number in uses.items() if len(sign) == 1)
    for sign, number in uses.items():
        clean[sign] += round(number * scale)
    return clean, size


def more_stretches(misreading: Misreading, chosen: list[str], chance: random.Random) -> Iterator[tuple[list[str], int]]:
    """What else is to be found of UTF-8, and by how many signs: words alone, and languages without a source."""
    if misreading.right != "utf-8" or misreading.converted:
        return
    if misreading.wrong == "gbk":
        alone = [read(word.encode(), "gbk") for word in common_words()]
        yield [damaged for damaged in alone if not any(sign in damaged for sign in chosen)], WORDS
    for name, most in LETTERS.items():
        yield stretches(words(name, chance), misreading, chance, STRETCHES), most


def menu_signs(chosen: list[str]) -> list[str]:
    """A pair for each word of a menu in which no sign stands."""
    alone = (read(word.encode(), "gbk") for word in MENU.split(" "))
    left = (damaged for damaged in alone if not any(sign in damaged for sign in chosen))
    return sorted({next(a + b for a, b in pairwise(damaged) if max(a, b) < "\ue000") for damaged in left})


def common_words() -> list[str]:
    """The commonest words of two characters."""
    rows = (row.split(" ") for row in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines())
    ranked = sorted((-int(frequency), word) for word, frequency, _ in rows if len(word) == 2)
    return [word for _, word in ranked[:WORDS]]


def main() -> int:
    """Write the signs beside this file."""
    parser = argparse.ArgumentParser(description="Make signs.txt.")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    sources = {
        name: "\n".join(t for p in sorted(arguments.folder.rglob(name)) for t in texts(p, mb))
        for name, _, mb in SOURCES
    }
    clean, size = clean_counts(sources.values())
    rows = []
    for misreading in (*UTF_8_AS_DOUBLE, *DOUBLE_AS_SINGLE, *DOUBLE_AS_DOUBLE):
        chance = random.Random(misreading.key)
        windows = [
            window
            for language in LANGUAGES[misreading.right]
            for window in stretches("\n".join(map(sources.__getitem__, language)), misreading, chance, STRETCHES)
        ]
        chosen, share = cover(windows, clean, size)
        # English text has nothing but its marks (U+2013 to U+2026) to show, and these begin alike.
        mark = read(b"\xe2\x80", misreading.wrong)
        if misreading.right == "utf-8" and len(mark) == 1 and is_rare(mark) and mark not in chosen:
            chosen.insert(0, mark)
        chosen = chosen[: MOST.get(misreading.key, MOST_OF_OTHERS)]
        more = [cover(others, clean, size)[0][:most] for others, most in more_stretches(misreading, chosen, chance)]
        chosen += sorted({*chain(*more)} - {*chosen})
        if misreading.key == "utf-8>gbk":
            chosen += menu_signs(chosen)
        rows.append(f"{misreading.key}\t{' '.join(chosen)}")
        print(f"{misreading.key}: {len(chosen)} signs, {share:.1%} of {len(windows)}", flush=True)
    joined = "\n".join(sources[name] for name in (*CHINESE, *TRADITIONAL))
    chance = random.Random(LATE)
    late, _ = cover(stretches(joined, Misreading("gbk", "gbk"), chance, 2 * STRETCHES, is_late=True), clean, size)
    rows.append(f"{LATE}\t{' '.join(late[:MOST_LATE])}")
    header = (
        f"# What shows that text was misread: characters and pairs of characters, by misreading.\n"
        f"# Made by {Path(__file__).name}, which says how, from the sources of text.model.\n"
    )
    Path(__file__).with_name("signs.txt").write_text(header + "\n".join(rows) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
