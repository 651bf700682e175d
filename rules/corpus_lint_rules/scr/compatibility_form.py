"""SCR003: compatibility forms of letters, digits and Han."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good
from corpus_lint.tables import CharacterClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

    from ._compatibility import Form

USUAL = 4
"""The usual width must be so many times as frequent as the other before the other is a slip."""

SHOWN = 4
"""Forms that a message names."""

NAMES = {
    "han": "Kangxi or CJK radicals instead of Han characters",
    "ideograph": "CJK compatibility ideographs",
    "ligature": "Latin ligatures",
    "arabic": "Arabic presentation forms",
    "mixed": "digits of two widths in one number",
    "digit": "full-width digits",
    "letter": "full-width letters",
    "styled": "words in mathematical letters",
    "katakana": "half-width katakana",
}


class CompatibilityForm(DocumentRule):
    """Characters stand in a compatibility form: ⼀ for 一, ﬁ for fi, ２０２３ for 2023, ｶﾅ for カナ.

    Text taken out of PDF files, old databases and old input methods has them. They look right, but no search finds
    them, and a tokenizer splits them into bytes.

    Found are radicals in place of whole characters (⼯作, ⻓度), CJK compatibility ideographs, Arabic presentation
    forms, Latin ligatures, words in mathematical letters (𝗕𝘂𝘆 𝗻𝗼𝘄), and full-width letters and digits or half-width
    katakana where the document usually writes the other width. Left alone are characters that mean more than another
    form (① ² ㎡ ™ ½ Ⅳ ㈱ ﷺ), formulas, Arabic forms, ligatures and radicals that stand alone, faces (ﾟдﾟ), and lines
    about the forms themselves.

    Arabic forms out of a PDF file often stand backwards, as they were drawn on the page. Which letters join shows it.

    Where a document writes its digits, letters or katakana in the other width throughout, as Japanese and older
    Chinese laws do, that is its style: one finding for the document, with ``--pedantic``.

    The fix is NFKC of the characters found, and for the radicals that NFKC leaves (⻓ ⻅ ⻋) Unicode's table. It is
    safe, since only the form changes; but unsafe where the form may be meant: for the style of a whole document, and
    for compatibility ideographs in Japanese and Korean text (another glyph of a name, a character by its reading).
    Arabic that stands backwards is turned, from the first form of its line to the last; that is unsafe, since the lines
    of a broken paragraph are in the order of the screen. So is the fix where the order cannot be seen, and in lines
    that are no text but bytes that were misread, of which some became such a form by chance.

    Source: Unicode's normalization data, and ``confusables.txt`` (UTS 39) for the radicals.
    """

    code = "SCR003"
    name = "compatibility-form"
    wants_some_of = ("compatibility",)
    whole_lines = True
    examples = (
        Bad("本⟦⼯⟧作报告由⼈⼒资源部编写。", "本工作报告由人力资源部编写。"),
        Bad("⟦⻓⟧江⻛景如画，⻅者称奇。", "长江风景如画，见者称奇。"),
        Bad("⟦⼈⽣⟧には⾳楽が必要だと思う。", "人生には音楽が必要だと思う。"),
        Bad("音⟦\uf914⟧會與旅\uf9ba。", "音樂會與旅了。"),
        Bad("The ⟦ﬁ⟧rst of the oﬃcial reports.", "The first of the official reports."),
        Bad("قال ⟦ﺍﻟﻤﺪﻳﺮ⟧ إن", "قال المدير إن"),
        Bad("⟦ﺔﻨﻳﺪﻤﻟﺍ ﻲﻓ ﺔﺒﺘﻜﻣ ﺖﺤﺘﻓ⟧", "فتحت مكتبة في المدينة"),
        Bad("公司成立于⟦201５⟧年，注册资本100万元。", "公司成立于2015年，注册资本100万元。"),
        Bad("共有 12 人、25 人、37 人、48 人，其中⟦１８⟧人已到。", "共有 12 人、25 人、37 人、48 人，其中18人已到。"),
        Bad(
            "设备用 USB 和 HDMI 接口，支持 WiFi、LTE 与⟦ＧＰＳ⟧定位。",
            "设备用 USB 和 HDMI 接口，支持 WiFi、LTE 与GPS定位。",
        ),
        Bad(
            "ユーザーがファイルを開くと、⟦ﾌﾟﾛｸﾞﾗﾑ⟧がデータをコピーしてメモリに置く。エラーならメッセージを表示する。",
            "ユーザーがファイルを開くと、プログラムがデータをコピーしてメモリに置く。エラーならメッセージを表示する。",
        ),
        Bad("第⟦１２⟧条　この法律は、公布の日から施行する。", "第12条　この法律は、公布の日から施行する。"),
        Bad("⟦𝗕𝘂𝘆 𝗻𝗼𝘄⟧ and save money", "Buy now and save money"),
        Good("设 𝐖𝐱 + 𝐛 = 𝐲，𝑠𝑜𝑓𝑡𝑚𝑎𝑥(𝑄𝐾)，ℝ，𝔼𝕏，𝐀𝐁𝐂。"),
        Good("① 面积 20 ㎡，x² ≤ 4，℃、№、™、½、Ⅳ、㈱、㊣、ﷺ"),
        Good("部首⼀的字有“七”“丈”。"),
        Good("⼀ ⼁ ⼂ ⼃ ⼄ ⼅"),
        Good("﨎﨏﨑﨓﨔 是统一汉字。"),
        Good("キタ━━(ﾟ∀ﾟ)━━!!  (´･ω･`) ﾉ"),
        Good("›≈«œ ◊”≈Õ ﬁÃ≈Œ¡Õ, Õﬁ‡ ·Ì ÕﬁÊﬁ «"),
        Good("全角の「ＡＢＣ」は半角の「ABC」に、ｱｲｳ は アイウ に変換される。"),
        Good("The ligature ﬁ has the code U+FB01."),
        Good("字母 ﻉ 单独写出。"),
        Good("中文，标点：全都（是）全角的！"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.compatibility > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each line and kind; one for the document where a width is its style."""
        from ._arabic_order import Order, orders
        from ._compatibility import forms, has_mac_signs, is_misread

        found: dict[tuple[int, str], list[Form]] = {}
        damaged: set[int] = set()
        arabic: dict[int, str] = {}
        if not self.wants(document.census):
            return
        for start, line in _candidate_lines(document):
            in_line = list(forms(line))
            if in_line and is_misread(line):
                damaged.add(start)
            for form in in_line:
                if form.kind == "arabic":
                    arabic[start] = line
                shifted = form._replace(start=form.start + start, end=form.end + start)
                found.setdefault((start, form.kind), []).append(shifted)
        kinds = {kind for _, kind in found}
        styles = {kind for kind in ("digit", "letter", "katakana") if kind in kinds and _is_style(document, kind)}
        for style in sorted(styles):
            together = [form for (_, kind), members in found.items() if kind == style for form in members]
            if together:
                yield _style_finding(together)
        order_of = orders(arabic) if arabic else {}
        for (start, kind), members in found.items():
            order = order_of[start] if kind == "arabic" else Order.READ
            if order is Order.BACKWARDS:
                yield _backwards_finding(document, members)
            elif kind not in styles:
                is_one_letter = all(form.end - form.start == 1 for form in members)
                is_doubtful = start in damaged or (order is Order.UNKNOWN and not is_one_letter)
                is_doubtful |= kind == "ligature" and has_mac_signs(document.text)
                yield _finding(members, document.census, is_doubtful=is_doubtful)


def _candidate_lines(document: Document) -> Iterator[tuple[int, str]]:
    """The lines with such characters, and where each begins."""
    from .._places import places

    text = document.text
    if "\r" in text and text.count("\r") > text.count("\r\n"):
        text = text.replace("\r", "\n")
    position = -1
    for at in places(document, CharacterClass.COMPATIBILITY):
        if at > position:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            position = end if end >= 0 else len(text)
            yield start, text[start:position]


def _is_style(document: Document, kind: str) -> bool:
    """Whether a document writes a kind of character in the other width as its habit."""
    usual, other = {
        "digit": ("[0-9]+", "[０-９]+"),
        "letter": ("[A-Za-z]+", "[Ａ-Ｚａ-ｚ]+"),
        "katakana": ("[ァ-ヺー]+", "[ｦ-ﾟ]+"),
    }[kind]
    if kind != "katakana" and document.census.kana:
        return True
    enough = USUAL * sum(1 for _ in re.finditer(other, document.text))
    return sum(1 for _ in islice(re.finditer(usual, document.text), enough)) < enough


def _finding(members: list[Form], census: Census, *, is_doubtful: bool) -> Finding:
    """A finding of one kind in a line; ``is_doubtful`` where the ordinary form need not be what was written."""
    kind = members[0].kind
    is_glyph = kind == "ideograph" and census.kana + census.hangul > 0
    text = (
        f"{NAMES[kind]}: {_pairs(members)}; they look the same, but searches and tokenizers take them for "
        f"something else: write the ordinary ones"
    )
    return Finding(
        members[0].start,
        members[0].end,
        text,
        _fix(members, Applicability.UNSAFE if is_glyph or is_doubtful else Applicability.SAFE),
        occurrences=len(members),
        confidence=Confidence.MEDIUM if is_glyph else None,
    )


def _backwards_finding(document: Document, members: list[Form]) -> Finding:
    """A finding of Arabic forms that stand in a line as they stand on the screen, from left to right."""
    from unicodedata import normalize

    from .._backwards import turned_round

    start, end = members[0].start, members[-1].end
    content = normalize("NFKC", turned_round(document.text[start:end]))
    text = (
        f"{NAMES['arabic']} ({_pairs(members)}), and they stand backwards, in the order of the screen: which letters "
        f"join shows it; turn them round and write the ordinary ones"
    )
    fix = Fix("turn it round and write it in ordinary letters", (Edit(start, end, content),), Applicability.UNSAFE)
    return Finding(start, end, text, fix, occurrences=len(members))


def _style_finding(members: list[Form]) -> Finding:
    text = (
        f"the document writes {NAMES[members[0].kind]} throughout ({len(members)} times: {_pairs(members)}); "
        f"a search for the ordinary ones misses them: write those if the corpus keeps one width"
    )
    fix = _fix(members, Applicability.UNSAFE)
    return Finding(members[0].start, members[0].end, text, fix, occurrences=len(members), confidence=Confidence.MEDIUM)


def _pairs(members: list[Form]) -> str:
    pairs = dict.fromkeys(f"{form.written} for {form.content}" for form in members)
    return ", ".join(list(pairs)[:SHOWN]) + (", ..." if len(pairs) > SHOWN else "")


def _fix(members: list[Form], applicability: Applicability) -> Fix:
    edits = tuple(Edit(form.start, form.end, form.content) for form in members)
    return Fix(f"write {len(edits)} in the ordinary form", edits, applicability)
