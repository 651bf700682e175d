"""MOJ002: UTF-8 bytes read as GBK, Big5, Shift-JIS or EUC-KR: 涓枃, 鈥檚, 锟斤拷."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Finding, Severity
from corpus_lint.rule import Bad, Good, RegionRule, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._signs import Signs

REPLACED = ("锟斤拷", "嚙踐蕭", "占쏙옙")
"""Two U+FFFD in UTF-8, read as GBK, Big5 and EUC-KR."""


class Utf8ReadAsDoubleByte(RegionRule):
    """UTF-8 text was read as GBK, Big5, Shift-JIS or EUC-KR: 公安机关 became `鍏畨鏈哄叧`.

    Three bytes of UTF-8 make one character, two of the wrong reading make another: the text turns into rare
    characters that no one wrote, half as many again. English text shows it in its typographic marks: `It鈥檚`.
    Where the number of bytes is odd, or two bytes are no character, bytes are lost: they have become `?`, U+FFFD or
    private-use characters. Some of it was converted to traditional characters afterwards (`鏄` with `錛`).
    `锟斤拷` is what U+FFFD becomes that way; what stood there is lost.

    Runs are found inside clean lines, with their exact ends: a run must be far likelier text when its bytes are read
    rightly, and the bytes must be right UTF-8. Rare characters that are no UTF-8 are left alone, and so are mentions
    of 锟斤拷 in texts about encodings; other damage that such a text shows has medium confidence and no safe fix.

    In Latin text an accented letter is one character (`caf茅`). There the word is judged: a Han character alone in a
    word of a line and a document that are mostly Latin, whose bytes are a letter that stands where letters stand.
    One such word is restored by an unsafe fix, three of a document by a safe one.

    The fix is safe when writing the repaired text as UTF-8 and reading it wrongly gives exactly the text that was
    found, and no other answer is nearly as likely. Where bytes were lost, the missing characters are guessed, and the
    fix is unsafe; when two guesses are nearly alike, there is none.
    """

    code = "MOJ002"
    name = "utf8-read-as-double-byte"
    severity = Severity.ERROR
    explains = True

    examples = (
        Bad("⟦鍏充簬鍙戝睍鐨勯棶棰橈紝鎴戜滑⟧", "关于发展的问题，我们"),
        Bad(
            "昨天：⟦閫氱煡锛氱數淇＄綉缁滆瘓楠楁\ue50d浠\u5815\ue576鍙戯紝璇蜂簰鐩歌浆鍛婏紒⟧",
            "昨天：通知：电信网络诈骗案件频发，请互相转告！",
        ),
        Bad("It⟦鈥檚 what they call 鈥渇⟧air use⟦鈥�⟧ today", "It’s what they call “fair use鈥� today"),
        Bad("Vi mangiammo al caf⟦茅⟧ di via Roma.", "Vi mangiammo al café di via Roma."),
        Bad("nowa p⟦贸艂ka z ksi膮偶⟧kami", "nowa półka z książkami"),
        Bad("Un caf⟦챕 con az첬⟧car y crema", "Un café con azúcar y crema"),
        Bad("Der Verk⟦ﾃ､⟧ufer kam gestern", "Der Verkäufer kam gestern"),
        Bad("⟦蠖ｼ縺ｯ譏ｨ譌･譚ｱ莠ｬ縺九ｉ蟶ｰ縺｣縺ｦ⟧", "彼は昨日東京から帰って"),
        Bad("首页 | ⟦杩斿洖⟧ | 下一页", "首页 | 返回 | 下一页"),
        Bad("她说：⟦锟斤拷锟斤拷锟斤拷⟧就走了。", None),
        Good("锟斤拷是 UTF-8 与 GBK 互相转换时产生的乱码。"),
        Good("涓涓细流汇成江海，畲族与仡佬族的饕餮纹，犇、羴、鱻、麤，浜松在静冈。"),
        Good("南無薩怛他蘇伽多耶阿囉訶帝三藐三菩陀寫，揭諦揭諦，波羅揭諦。"),
        Good("穿T恤去卡拉OK厅，A股和K线，用vim路径，Nginx没有启动，上海Nanjing路。"),
        Good("Walk along Nanjing路 to the T恤 shop; iPhone手机, Mac盲 and PHP么 are words here."),
        Good(
            "## App端\nThe views are rendered by webview or by the engine of the system.\n"
            "以上说明适用于安卓系统和苹果系统的各种应用程序。"
        ),
        Good("The letter 茅 is read mao; caf 茅 and 脿 are examples of Han characters."),
        Good("鐵鍊與區塊鏈的技術，銆字罕用，錛是鋸子。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """The signs of such text, and what U+FFFD becomes."""
        from ._latin_words import triggers

        return (*_signs().triggers(), *triggers(), *literals(REPLACED))

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each run."""
        from . import _latin_words
        from . import _misread_documents as documents
        from ._misread_runs import Standard

        words: list[Finding] = []
        for line in lines:
            yield from (finding.shifted(line.start) for finding in _replaced(line.text))
            words += (finding.shifted(line.start) for finding in _latin_words.findings(line))
        yield from words
        standard = Standard(gain=25.0, evidence=12.0, safe_evidence=24.0)
        for finding in documents.findings(document, lines, _signs(), standard):
            if not any(finding.start < word.end and word.start < finding.end for word in words):
                yield finding


@cache
def _signs() -> Signs:
    from ._misread_runs import signs_of
    from ._pairs import UTF_8_AS_DOUBLE

    return signs_of(UTF_8_AS_DOUBLE, private=("utf-8>gbk", "utf-8>big5", "utf-8>cp932", "utf-8>cp949"))


@cache
def _run() -> re.Pattern[str]:
    return re.compile("[锟斤拷]{2,}锟斤拷[锟斤拷]*\ufffd*|锟斤拷\ufffd*|(?:嚙踐蕭)+|(?:占쏙옙)+")


@cache
def _about() -> re.Pattern[str]:
    """What a text about such damage says."""
    return re.compile(r"[乱亂]码|亂碼|編碼|编码|字符|烫烫|屯屯|mojibake|GBK|UTF|[uU]nicode|口中|文字化け|깨[지진]")


def _replaced(text: str) -> Iterator[Finding]:
    if not any(sign in text for sign in REPLACED) or _about().search(text):
        return
    found: list[re.Match[str]] = []
    for match in _run().finditer(text):
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if not any(mark in around for mark in "“”「」『』'\"‘’`《》"):
            found.append(match)
    if found:
        # Half a mark and a lost byte behind the last whole one belong to it.
        yield Finding(
            found[0].start(),
            max(found[-1].end(), text.rfind("锟") + 1, text.rfind("\ufffd") + 1),
            "U+FFFD saved as UTF-8 and read wrongly once more: what stood here is lost, and only the source has it",
            occurrences=len(found),
        )
