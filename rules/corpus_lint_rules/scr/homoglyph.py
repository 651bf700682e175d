"""SCR002: letters of another script inside a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good, expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document

    from ._impostors import Impostor

LEADS = (
    r"[\xcd-\xd6][\x80-\xbf]|\xe1[\x8e\x8f\xbc-\xbf][\x80-\xbf]|\xe2[\xb2\xb3][\x80-\xbf]|\xea[\x93\xad\xae][\x80-\xbf]"
)
"""UTF-8 of the letters of Greek, Cyrillic, Armenian, Cherokee, Coptic and Lisu."""

FEW = 10
"""A text has few letters of a script when it has so many times as many of its own."""

CHINESE = 20
"""Han that a text needs to be Chinese."""


class Homoglyph(DocumentRule):
    """A word has letters of another script that look like its own: Cyrillic а in pаypal, Latin c in cтрана.

    Spammers write so to slip past filters, and keyboards that switch between scripts leave it behind. The word looks
    right, but no search finds it, and a tokenizer has never seen it.

    A word is judged as a whole: it is found when every letter of the one script has a double in the other, so that it
    can be written in one. So are Greek letters in a Russian word (пοжар), with which copied articles hide their source.
    Left alone are mixtures that mean what they say: Greek letters in formulas and names (α粒子, TNFα, µm, Ω), Latin
    next to Han (T恤, iPhone手机), Latin names with a Russian ending (CSSа), quantities with a Russian index (Rвн),
    moves of chess (Сxf5), classes in regular expressions, and lines about lookalikes. A word that is wholly Cyrillic
    and reads as Latin is found in text without other Cyrillic (with ``--pedantic``). In Chinese text without other
    kana, katakana between Han are doubles too: エ作 for 工作.

    The fix writes the word in its own script. It is unsafe, since a text may show a false address on purpose.

    Source: Unicode's ``confusables.txt`` (UTS 39, Unicode licence).
    """

    code = "SCR002"
    name = "homoglyph"
    wants_some_of = ("compatibility", "other_script", "kana")
    triggers = (
        expression(rf"[A-Za-z](?:{LEADS})"),
        expression(rf"(?:{LEADS})[A-Za-z]"),
        # Greek beside Cyrillic.
        expression(r"[\xce\xcf][\x80-\xbf][\xd0-\xd4]"),
        expression(r"[\xd0-\xd4][\x80-\xbf][\xce\xcf]"),
    )
    examples = (
        Bad("Sign in to ⟦pаypal⟧ now, it is ⟦Micrоsoft⟧ only.", "Sign in to paypal now, it is Microsoft only."),
        Bad("Это большая ⟦cтрана⟧ и ⟦Pоссия⟧.", "Это большая страна и Россия."),
        Bad("⟦Вiн⟧ живе під Києвом.", "Він живе під Києвом."),
        Bad("请访问 ⟦Gοogle⟧ 官网。", "请访问 Google 官网。"),
        Bad("Η ⟦Eλλάδα⟧ είναι χώρα.", "Η Ελλάδα είναι χώρα."),
        # A copied article, so that no search finds its source.
        Bad("Из-за ⟦пοжара⟧ ⟦ниκтο⟧ не ⟦пοстрадал⟧.", "Из-за пожара никто не пострадал."),
        Bad("点击⟦ｗww⟧进入", "点击www进入"),
        Bad("Free ⟦p𝐚yments⟧ for all", "Free payments for all"),
        Bad(
            "我们的⟦エ⟧作报告已经写好了，全国人⟦ロ⟧普查的结果也公布了。",
            "我们的工作报告已经写好了，全国人口普查的结果也公布了。",
        ),
        Bad(
            "This is ⟦а⟧ free offer, do not ⟦рау⟧ for it, call the bank today.",
            "This is a free offer, do not pay for it, call the bank today.",
        ),
        Good("α粒子、β射线、γ函数、5 µm、10 Ω、T恤、iPhone手机、维生素B、阿Q正传"),
        Good("TNFα, IFNγ, NF-κB, Δx, σx, kTρ, sinαcosβ, νe, pKα, Aβ42"),
        Good("Мы пишем на Pythonе и CSSе, html-код, JS-скрипт, IT-компания, URLы, SQLом."),
        Good("Плотность ρср и угол αнач, α-частица, Δх, бета (β) и π."),
        Good("Напряжение Uвх и ток Iк, сопротивление Rвн, энергия Eк."),
        Good("После 14. Кf5! Сxf5 15. exf5 у белых два слона, а 23... Крxh8 был ошибкой."),
        Good("Регулярное выражение [A-Za-zА-Яа-я]+ и a-zA-Zа-я."),
        Good("The homoglyph pаypal has a Cyrillic letter."),
        Good("Закон РФ № 5 ГОСТ ISO 9001, СССР, USSR, НАТО, NATO."),
        Good("日本のロシア人は、エネルギーとカロリーの工場で力を合わせる。"),
        Good("The word is [ˈhɒməɡlɪf], naïve façade, Zürich, Łódź, straße."),
        Good("设 𝑥 和 𝑦 满足 𝑛log𝑛，𝐖𝐱+𝐛，𝑑x。"),
        Good("北京ー上海的高铁开通了，我们坐高铁去旅行，一路上的风景很好。"),
        Good("这家店叫“美食の家”，主打手エ拉面，欢迎大家来品尝我们的新产品。"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there are letters in other forms, a few Cyrillic ones in Latin text, or a few kana in Chinese."""
        return census.compatibility > 0 or _has_few_cyrillic(census) or _has_few_kana(census)

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a word."""
        from ._impostors import disguised, greek_among_cyrillic, impostors, stray_katakana

        census = document.census
        is_mixed = census.letter and (census.other_script or census.compatibility)
        words = impostors(document) if is_mixed else []
        if census.other_script:
            words += greek_among_cyrillic(document)
        if _has_few_cyrillic(census):
            words += disguised(document)
        if _has_few_kana(census):
            words += stray_katakana(document)
        for word in words:
            yield _finding(document.text, word)


def _has_few_cyrillic(census: Census) -> bool:
    return 0 < census.other_script * FEW < census.letter


def _has_few_kana(census: Census) -> bool:
    return 0 < census.kana * FEW < census.all_han > CHINESE


def _finding(text: str, word: Impostor) -> Finding:
    written = text[word.start : word.end]
    where = ", ".join(
        f"{old} (U+{ord(old):04X}) for {new}"
        for old, new in dict.fromkeys(zip(written, word.content, strict=True))
        if old != new
    )
    return Finding(
        word.start,
        word.end,
        f"{word.script} letters in a word of another script: {where}; it looks right, but no search finds it",
        Fix(f"write {word.content}", (Edit(word.start, word.end, word.content),), Applicability.UNSAFE),
        confidence=None if word.is_sure else Confidence.MEDIUM,
    )
