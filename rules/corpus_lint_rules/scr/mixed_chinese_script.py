"""SCR001: simplified and traditional characters in one text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

    from ._strays import Text
    from ._surroundings import Stray

LEAST = 6
"""Characters of one side that a document needs before it has a standard."""

SHARE = 0.6
"""The minority may have at most this share of the majority."""

NAMED = 5
"""Words that a message names."""
ALONE = frozenset("说个们这来对与为并过还没会时后从让给请问种条张当无开关电车别况内")
"""Simplified characters that are often words by themselves."""


LONG_CLAUSE = "(?<=[，。；])[\u4e00-\u9fff]{9,24}(?=[，。；])"
"""A clause longer than those of verse and of classical prose mostly are: news has hardly a 的."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
    "廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武赖莫孔汤庞梅颜施温莊庄欧"
)
"""Common surnames of people, who keep the characters of their names in any text."""


class MixedChineseScript(DocumentRule):
    """Simplified characters are left in a traditional text, or traditional ones in a simplified text.

    A converter that looks at single characters leaves 以后, 防范 and 手里 in traditional text, or writes 復雜 and 皇後;
    copying and retyping leave 电脑網络. A model learns words that nobody writes, and a search finds neither form.

    The standard of the document (simplified, Taiwan, Hong Kong) is what most of its characters say. A character of the
    other side is found when it stands among those of the standard, or in a lone sentence between sentences of the
    standard, not where it is a text of its own: quotations, titles, bilingual documents, lists of variants. A character
    that both sides have (后, 里, 于, 制) is judged in its word, with OpenCC's phrase dictionaries: 皇后, 公里 and
    遏制作用 stay. In text that shows by several such characters that it was converted, the same characters are found
    outside dictionary words too. Regional and typographical variants (羣 裏 説 户 峰), classical Chinese and Japanese
    are left alone. In a simplified text a character that is part of no common word may be what damage put in the place
    of a rare one: the confidence is medium. A surname and what stands behind one are left alone. What is no text, as a
    wrong decoding leaves it, is no evidence for either side.

    The fix rewrites only the characters found, by word, into the standard of the document. It is unsafe: a name may
    keep what a word may not.

    Source: the dictionaries of OpenCC (opencc-python-reimplemented, Apache-2.0), read when needed, and Python's codecs
    for what Big5, GB 2312 and Shift JIS can write; common words from jieba (MIT licence). The words that are proof
    (``one_to_many.txt``, ``misconverted.txt``, ``overconverted.txt``) were chosen by hand and held against text written
    in Hong Kong and Taiwan.
    """

    code = "SCR001"
    name = "mixed-chinese-script"
    wants_some_of = ("traditional",)
    whole_lines = True
    examples = (
        Bad(
            "公司規定，員工下班⟦以后⟧必須關閉自己的電腦，並將門窗鎖好。",
            "公司規定，員工下班以後必須關閉自己的電腦，並將門窗鎖好。",
        ),
        Bad(
            "為了加強電信詐騙的⟦防范⟧工作，我們開展了宣傳，并發放資料2000余份。\n"
            "⟦由于⟧該縣離市區80公里，村民對于新型騙局了解不多，民警把資料送到他們手里。\n"
            "遊客參觀了皇后的寢宮，有力地遏制作用還在。\n"
            "活動結束⟦后⟧，群眾的反響很好。",
            "為了加強電信詐騙的防範工作，我們開展了宣傳，並發放資料2000餘份。\n"
            "由於該縣離市區80公里，村民對於新型騙局了解不多，民警把資料送到他們手裡。\n"
            "遊客參觀了皇后的寢宮，有力地遏制作用還在。\n"
            "活動結束後，群眾的反響很好。",
        ),
        Bad(
            "這個問題的原因很⟦復雜⟧，連理髮師的頭發也掉了，皇後說她會聯係我們。",
            "這個問題的原因很複雜，連理髮師的頭髮也掉了，皇后說她會聯繫我們。",
        ),
        Bad(
            "這是國民(mín)警察的聯(lián)合行動，目的是加強⟦防(fáng)范⟧意識，減少群眾的財產損失。",
            "這是國民(mín)警察的聯(lián)合行動，目的是加強防(fáng)範意識，減少群眾的財產損失。",
        ),
        Bad(
            "我们把电脑⟦網⟧络的设备都检查了一遍，结果说明问题出在路由器。",
            "我们把电脑网络的设备都检查了一遍，结果说明问题出在路由器。",
        ),
        Bad(
            "竹篾要选三年生的毛竹，劈成筷子粗细，用文火烤直。\n"
            "尾巴的⟦長⟧度大约是身子的三倍，太短了会打转。\n"
            "线轮最好用木制的，手感好，不会打滑，⟦還⟧耐用。\n"
            "收线要慢，遇到强风先顺着风走几步，让风筝自己降下来。\n",
            "竹篾要选三年生的毛竹，劈成筷子粗细，用文火烤直。\n"
            "尾巴的长度大约是身子的三倍，太短了会打转。\n"
            "线轮最好用木制的，手感好，不会打滑，还耐用。\n"
            "收线要慢，遇到强风先顺着风走几步，让风筝自己降下来。\n",
        ),
        Bad(
            "園方表示，今年氣候較暖，花況比往年提早約十天，⟦预⟧计四月下旬进入盛花期，民眾可搭乘接駁車前往。",
            "園方表示，今年氣候較暖，花況比往年提早約十天，預計四月下旬進入盛花期，民眾可搭乘接駁車前往。",
        ),
        Bad(
            "發言人⟦錶示⟧，工程人員已經檢查完畢，列車服務陸續恢復正常，對乘客造成不便致歉。",
            "發言人表示，工程人員已經檢查完畢，列車服務陸續恢復正常，對乘客造成不便致歉。",
        ),
        Bad(
            "⟦大傢⟧都說，國傢的政策很有幫助，他返迴宿捨時為瞭趕車，買傢俱的事只好擱下，這件事他也不瞭解。",
            "大家都說，國家的政策很有幫助，他返回宿舍時為了趕車，買傢俱的事只好擱下，這件事他也不瞭解。",
        ),
        Good("全國傢俱展上，大傢具和老傢具都有，搬傢具的人很多，為瞭解情況，記者去瞭解了一下，因為事情不難明瞭。"),
        Bad(
            "前幾年，這些⟦系统⟧的使用者已經取得大陸社交網絡的資料。",
            "前幾年，這些系統的使用者已經取得大陸社交網絡的資料。",
        ),
        Bad(
            "镇上的老房子大多保存完好，每年都有许多人来参观。\n"
            "⟦鎮⟧東頭的那座廟建於明朝，廟裡供奉的是一位治水有功的縣令。\n"
            "镇上的年轻人多半去了外地打工，留下来的主要是老人和孩子。\n"
            "沿着河岸走，可以看到许多石桥，每一座桥都有自己的来历。",
            "镇上的老房子大多保存完好，每年都有许多人来参观。\n"
            "镇东头的那座庙建于明朝，庙里供奉的是一位治水有功的县令。\n"
            "镇上的年轻人多半去了外地打工，留下来的主要是老人和孩子。\n"
            "沿着河岸走，可以看到许多石桥，每一座桥都有自己的来历。",
        ),
        Good(
            "他在台湾住了许多年，写过一本书，书里有这样一段话：\n"
            "這裡的風很大，但是陽光也很好，人們習慣了在風裡說話。\n"
            "许多读者都记得这段话，还专门去看过那个地方，写了游记。"
        ),
        Good(
            "我们的软件现在可以免费下载，欢迎试用，请把问题告诉我们。\n"
            "我們的軟件現在可以免費下載，歡迎試用，請把問題告訴我們。\n"
            "电话热线全天开通，每个问题都会有人回答，谢谢您的支持。"
        ),
        Bad(
            "他⟦錶示⟧，這項技朮的應用會導緻許多問題齣現，必鬚認真對待。",
            "他表示，這項技術的應用會導致許多問題出現，必須認真對待。",
        ),
        Good("港口的船隻有限，漁民說他養了三隻會唱歌的鳥，這隻有黑的羽毛，那隻有白的羽毛。"),
        Good("這齣戲裡的鬍鬚、手錶、頭髮和門板都是真的，一隻用來演戲的貓坐在鐘下，網上遊戲的角色說了個別扭的話。"),
        Good("英國皇后的車隊在離這裡三公里的茶几廠停下，人們對她說了歡迎的話，並獻上鮮花。"),
        Good("這項措施對電信詐騙的遏制作用很明顯，有力地震懾了違法的人員，維護了群眾的財產。"),
        Good("本報訊：安貞里的居民說，這裡面積不足一平方公里，卻住了幾萬人，環境還是很好的。"),
        Good("羣眾説，温總理的衞隊裏有兩個老户人家的孩子，他們閲讀了這些報道。"),
        Good("他在網站的說明裡引用了對方的話：「这个软件的设置说明」，並請讀者參閱《红楼梦研究》。"),
        Good("这个软件的说明书分为两种。\n這個軟件的說明書分為兩種。\n请选择您的语言，谢谢。\n請選擇您的語言，謝謝。"),
        Good("子曰：「學而時習之，不亦說乎？」至于是邦也，必聞其政，后有大夫問于孔子，孔子對曰：「無違。」"),
        Good("東京都の国会図書館では、学術研究の図書を広く公開している。会員の皆様には、発売日に雑誌が届く。"),
        Good(
            "東京都ﾉ国会図書館ﾃﾞﾊ学術研究ﾉ図書ｦ広ｸ公開ｼﾃｲﾙ。的確ﾆ発売日ﾉ雑誌ｶﾞ届ｸ、會員ﾉ皆様ﾍ個別ﾆ說明ｽﾙ個所ｶﾞ発見ｻﾚﾀ個々ﾉ権利。"
        ),
        Good("이 책은 中國의 歷史와 文化를 다룬 책으로, 学生들에게 널리 읽힌다. 東西 文明의 交流를 說明한다."),
        Good("朝廷派吴鑑到四川，他和陈瞞的军队会合，这一仗打得很苦，两个人都受了伤，后来才回到家乡。"),
        Good("乾隆年间的这幅书法作品，题款是“歲在甲子”，著录于《石渠宝笈》，现在藏于故宫博物院。"),
        Good("記者于小明說，他和范先生、余小姐都見過這位天后，她唱的歌讓聽眾們著迷。"),
        Good("簡體字「后」對應的是皇后的「后」和「後」，「发」對應的是「發」和「髮」，這些都是繁體字的知識。"),
        Good("從頭發展這個事業，需要機制作出改變，也不單數制作方的責任，我們要對這些問題負責。"),
        Good("佢哋頭先有三個細佬哥响度玩，個銀包賴低响屋企，啲老虎喺動物園响籠入面韞咗咁耐，都冇晒野性。"),
        Good(
            "圖的深度優先走訪是一種優先走到底、無路可走時再回溯的搜尋方式，通常基於遞迴來實現，這些資料結構的說明見後文。"
        ),
        Good("佢哋話呢個新媒體係好嘅，但係邊個會睇呢？我哋嘅記者係咁樣講，話呢啲嘢好難學。"),
    )

    def wants(self, census: Census) -> bool:
        """Chinese with characters of both sides, or traditional text long enough to judge; no Japanese, no Korean."""
        if max(census.kana, census.hangul) > max(8, census.all_han // 100):
            return False
        minority, majority = sorted((census.simplified, census.traditional))
        return majority >= LEAST and majority * SHARE >= minority and (census.traditional == majority or minority > 0)

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line."""
        from ._misread import readable

        found = self._judge(document)
        if found:
            # Seldom, so that only then it is asked what of the document is text at all.
            part = readable(document)
            if part is not document:
                found = self._judge(part)
        return found

    def _judge(self, document: Document) -> list[Finding]:
        from ._strays import Text

        if not self.wants(document.census):
            return []
        text = Text(document)
        # The cheaper question first.
        modern = text.is_traditional and _is_modern(document.text)
        if text.is_traditional and not modern:
            return []
        if not text.is_suspect or _is_japanese(document):
            return []
        found = list(_findings(document, text))
        return found if found and (modern or _is_modern(document.text)) else []


@lru_cache(1)
def _is_modern(text: str) -> bool:
    """Whether a text is modern, by its function words and long clauses; classical text uses 于 and 后 as it likes."""
    modern, classical = text.count("的"), sum(map(text.count, "之其曰也矣乃吾汝焉哉乎兮"))
    if modern > classical:
        return True
    modern += sum(map(text.count, "了們们這这個个"))
    if modern > classical:
        return True
    from corpus_lint import expressions as re

    return modern + sum(1 for _ in re.finditer(LONG_CLAUSE, text)) > classical


def _is_japanese(document: Document) -> bool:
    """Whether a text has half-width katakana, which the census counts among the compatibility forms."""
    from corpus_lint import expressions as re

    many = max(8, len(document.text) // 100)
    return document.census.compatibility > many and len(re.findall("[ｦ-ﾝ]", document.text)) > many


def _findings(document: Document, text: Text) -> Iterator[Finding]:
    strays = text.strays()
    if not strays:
        return
    from ._chinese_script import regional

    variants = regional(text.standard())
    if not text.is_traditional:
        strays = [stray for stray in strays if _is_word(text, stray) or not _is_name(text, stray)]
    lines: dict[int, list[Stray]] = {}
    for stray in strays:
        right = variants.get(stray.right, stray.right)
        if right != text.text[stray.at]:
            lines.setdefault(document.line_at(text.origin(stray.at)), []).append(stray._replace(right=right))
    for found in lines.values():
        edits = tuple(Edit(text.origin(stray.at), text.origin(stray.at) + 1, stray.right) for stray in found)
        yield Finding(
            text.origin(found[0].start),
            text.origin(found[0].end - 1) + 1,
            _message(text, found),
            Fix(f"convert {len(found)} character{'s' * (len(found) > 1)} by word", edits, Applicability.UNSAFE),
            occurrences=len(found),
            confidence=None
            if text.is_traditional or any(_is_word(text, stray) for stray in found)
            else Confidence.MEDIUM,
        )


def _is_word(text: Text, stray: Stray) -> bool:
    """Whether the simplified form is part of a common word there, or often a word by itself."""
    from ..txt._words import band

    if stray.right in ALONE or stray.end - stray.start > 1:
        return True
    before, behind = text.text[stray.at - 1 : stray.at], text.text[stray.at + 1 : stray.at + 2]
    return band(before + stray.right) is not None or band(stray.right + behind) is not None


def _is_name(text: Text, stray: Stray) -> bool:
    """Whether it may be a name, which keeps its characters: a surname, or behind one."""
    from ._chinese_script import simplify

    before = simplify(text.text[max(0, stray.at - 2) : stray.at])
    return stray.right in SURNAMES or any(near in SURNAMES for near in before)


def _message(text: Text, found: list[Stray]) -> str:
    right_at = {stray.at: stray.right for stray in found}
    is_alone = text.is_lone(found[0].at)
    words: dict[str, None] = {}
    for stray in found:
        span = range(stray.start, stray.end)
        right = "".join(right_at.get(at, text.text[at]) for at in span)
        words[f"{text.text[stray.start : stray.end]} → {right}"] = None
    named = "、".join(list(words)[:NAMED]) + ("…" if len(words) > NAMED else "")
    if is_alone:
        ones = ("a simplified", "traditional") if text.is_traditional else ("a traditional", "simplified")
        return f"{ones[0]} sentence, or part of one, in {ones[1]} text; nothing marks it as a quotation: {named}"
    if text.is_traditional:
        return f"traditional text with words that are not spelt so in it, as careless conversion leaves them: {named}"
    return f"simplified text with traditional characters among its own: {named}"
