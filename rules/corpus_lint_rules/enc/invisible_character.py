"""ENC005 invisible-character."""

from __future__ import annotations

from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, DocumentRule, Good
from corpus_lint.tables import CharacterClass

from ._invisibles import (
    BLANKS,
    NAMES,
    OVERRIDES,
    POP,
    RUBY,
    SOFT_HYPHEN,
    invisible,
    is_needed,
    is_selector,
    is_tag,
    scripts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

SHOWN = 3
"""Kinds of characters that a message names."""
SHOWN_TEXT = 60
"""Characters of hidden text that a message quotes."""
RIGHT_TO_LEFT = 50
"""Letters of Arabic, Hebrew and the like that make a document one that is written from right to left, at least in part.
"""


class _Stray(NamedTuple):
    """An invisible character out of place; ``content`` is what it becomes, None when it stays."""

    offset: int
    character: str
    content: str | None
    is_safe: bool


class InvisibleCharacter(DocumentRule):
    """A character that shows nothing and has nothing to do where it stands: zero-width, bidirectional, a filler, a tag.

    It cuts a word in two for every tokenizer and search, makes equal texts unequal, and gets there by copying from web
    pages (zero-width spaces and soft hyphens as places to break), by messengers (left-to-right marks), by lost emoji
    (their joiners and selectors stay), or on purpose: to get words past a filter, to mark a text, to hide an
    instruction in tag characters, to show source code in another order than it has (CVE-2021-42574, "Trojan Source").

    Left alone: joiners and selectors in emoji, flags of regions, the joiner and non-joiner between letters of Arabic,
    Persian and the scripts of India, zero-width spaces in Thai, Khmer, Lao, Burmese and Tibetan, Mongolian and Han
    variation selectors, directional marks in or beside text that runs from right to left, fillers among Hangul letters,
    and a character that is quoted because the text is about it.

    The fix removes them, and is safe: nothing that is seen changes. Unsafe: a soft hyphen that does not stand between
    letters (it may have been seen as a hyphen) or only between such as Latin-1 has (it may be a byte of text that was
    misread), a filler between words (it becomes a space), a directional override and its end (without them the text is
    shown in its stored order). A soft hyphen at the end of a line stays: the line is to be joined there. So do
    interlinear annotations, of which one half would have to go.

    Sources: The Unicode Standard, chapters 9, 12, 13, 23; UTS 51 (emoji); UTR 36 and Boucher and Anderson, "Trojan
    Source: Invisible Vulnerabilities" (2021).
    """

    code = "ENC005"
    name = "invisible-character"
    wants_some_of = ("invisible",)
    whole_lines = True
    examples = (
        Bad("电信⟦\u200b⟧诈骗的手\u200b法", "电信诈骗的手法"),
        Bad("⟦\ufeff⟧导航\n⟦\u2060⟧返回", "导航\n返回"),
        Bad("Don⟦\u00ad⟧au\u00addampf\u00adschiff", "Donaudampfschiff"),
        Bad("eine Tinten⟦\u00ad⟧\nkombination"),
        Bad("1⟦\u00ad\u00ad⟧—4月", "1—4月"),
        Bad("if access_level != 'user⟦\u202e⟧ // Check if admin'", "if access_level != 'user // Check if admin'"),
        Bad("温度在⟦\u202e⟧左右\u202c，再倒", "温度在左右，再倒"),
        Bad("例如 example.com ⟦\u202c⟧", "例如 example.com "),
        Bad("See you⟦\u200e⟧ tomorrow", "See you tomorrow"),
        Bad("Nice⟦\U000e0049\U000e0067\U000e006e⟧ day", "Nice day"),
        Bad("图片⟦\ufffc⟧：春天", "图片：春天"),
        Bad("好看⟦\ufe0f⟧的\u200d 表情", "好看的 表情"),
        Bad("이름⟦\u3164⟧없음", "이름 없음"),
        Bad("می‌خواهم ⟦\u200c⟧کتاب", "می‌خواهم کتاب"),
        Bad("می\u200c⟦\u200c⟧شود، نمی\u200c\u200dخواهم", "می\u200cشود، نمی\u200cخواهم"),
        Bad("\u200f⟦\u200f\u200f⟧החנות פתוחה", "\u200fהחנות פתוחה"),
        Bad("f⟦\u2061⟧(x)", "f(x)"),
        Bad("⟦\ufff9⟧漢\ufffaかん\ufffb字"),
        Good("电话一三3\u20e3\ufe0f九1\u20e3\ufe0f，拨1\ufe0f\u20e3。"),
        Good("👨‍👩‍👧、🏳️‍🌈、❤️、1️⃣、🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f、👩🏽‍🚀、💁‍♂️"),
        Good("می‌خواهم PDF‌ها را بخوانم، ه‍"),
        Good("क्‍ष और क्‌ष, ശ്രീ‍, শ্রী"),
        Good("ภาษา\u200bไทย ភាសា\u200bខ្មែរ"),
        Good("葛\U000e0100城市 ᠮᠣᠩᠭᠣᠯ\u180e ᠠ\u180b"),
        Good("قيمة \u200e-2\u200e في المصفوفة \u202bنص\u202c"),
        Good("字符 '\u200b' 的宽度为零"),
        Good("¤¥¦§¨©ª«¬\u00ad®¯°±"),
        Good("ᄀ\u1160ᆨ ⠓⠑⠇⠇⠕\u2800⠺⠕⠗⠇⠙"),
        Good("中文变成了 ä¸\u00adæ–‡，这是乱码。"),
        Good("≨\ufe00 ℹ️ ™️ ‼️"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.invisible > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line, or two when some of its characters may be removed only with a look."""
        for _, line in groupby(_strays(document), key=lambda stray: document.line_at(stray.offset)):
            strays = list(line)
            for is_safe in (True, False):
                group = [stray for stray in strays if stray.is_safe is is_safe]
                if group:
                    yield _finding(group)


def _strays(document: Document) -> Iterator[_Stray]:
    from .._places import places

    text = document.text

    @cache
    def is_right_to_left() -> bool:
        letters = scripts().right_to_left.finditer(text)
        return sum(1 for _ in islice(letters, RIGHT_TO_LEFT)) == RIGHT_TO_LEFT

    number, line = -1, ""
    for at in places(document, CharacterClass.INVISIBLE):
        if document.line_at(at) != number:
            number = document.line_at(at)
            line = document.line_text(number)
        if not is_needed(text, at, line, is_right_to_left):
            yield _remedy(text, at)


def _remedy(text: str, at: int) -> _Stray:
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if character in RUBY:
        return _Stray(at, character, None, is_safe=False)
    if character == SOFT_HYPHEN:
        if after in ("", "\r", "\n") and before.isalpha():
            return _Stray(at, character, None, is_safe=False)
        # Between two letters beyond ASCII it may be a byte of text that was misread.
        is_in_word = before.isalpha() and after.isalpha()
        return _Stray(
            at, character, "", is_in_word and not "\x80" <= min(before, after) <= max(before, after) <= "\xff"
        )
    if character in OVERRIDES or (character == POP and _ends_override(text, at)):
        return _Stray(at, character, "", is_safe=False)
    if character in BLANKS:
        is_between = all(c and not c.isspace() and not invisible().match(c) for c in (before, after))
        is_between = is_between and (character != "\ufffc" or (before.isalnum() and after.isascii()))
        return _Stray(at, character, " " if is_between else "", not is_between)
    return _Stray(at, character, "", is_safe=True)


def _ends_override(text: str, at: int) -> bool:
    """Whether the override that a line opened ends here: without its end it would turn the rest of the line round."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return any(override in line for override in OVERRIDES)


def _finding(group: list[_Stray]) -> Finding:
    first = group[0]
    edits = tuple(Edit(each.offset, each.offset + 1, each.content) for each in group if each.content is not None)
    number = "an invisible character" if len(group) == 1 else f"{len(group)} invisible characters"
    message = f"{number} ({_named(group)}): {_harm(group)}"
    fix = None
    if edits:
        does = "put spaces for them" if any(edit.content for edit in edits) else "remove them"
        does = does.replace("them", "it").replace("spaces", "a space") if len(edits) == 1 else does
        message += f"; {does}"
        fix = Fix(does, edits, Applicability.SAFE if first.is_safe else Applicability.UNSAFE)
    hidden = "".join(chr(ord(each.character) - 0xE0000) for each in group if is_tag(each.character))
    severity = Severity.ERROR if hidden or any(each.character in OVERRIDES for each in group) else None
    end = first.offset + 1
    while any(each.offset == end for each in group):
        end += 1
    return Finding(first.offset, end, message, fix, occurrences=len(group), severity=severity)


def _named(group: list[_Stray]) -> str:
    different = list(dict.fromkeys(_name(each.character) for each in group))
    more = f" and {len(different) - SHOWN} more" if len(different) > SHOWN else ""
    return ", ".join(different[:SHOWN]) + more


def _name(character: str) -> str:
    name = NAMES.get(character)
    if name is None:
        name = "tag" if is_tag(character) else "variation selector" if is_selector(character) else ""
    return f"U+{ord(character):04X} {name}".strip()


def _harm(group: list[_Stray]) -> str:
    characters = {each.character for each in group}
    hidden = "".join(chr(ord(each.character) - 0xE0000) for each in group if is_tag(each.character))
    if hidden:
        shown = "".join(c for c in hidden if c.isprintable())
        return f"they hide the text {shown[:SHOWN_TEXT]!r}, which no reader sees and a model reads"
    if characters & set(OVERRIDES):
        return "the text is shown in another order than it is stored"
    if characters & set(RUBY):
        return "they enclose a reading or note of the words before it; keep the one or the other by hand"
    if all(each.content is None for each in group):
        return "a word was cut here at the end of the line; join the two lines without it"
    return (
        "it cuts words and makes equal text unequal"
        if len(group) == 1
        else "they cut words and make equal text unequal"
    )
