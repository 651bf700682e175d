"""Compatibility forms: characters that stand for others, and which form text is written with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._lookalikes import radicals

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3005\U00020000-\U0002f7ff"

HIRAGANA = "\u3041-\u3096"
"""With these Japanese declines its words in Han; they stand beside no radical that is shown."""

ARABIC = "\u0620-\u064a\u066e-\u06d3"
FORMS = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdef\ufe80-\ufefc"
"""Arabic letters by their place in the word, and their ligatures; the blessings and ﷼ are signs of their own."""

STYLED = "\U0001d400-\U0001d433\U0001d49c-\U0001d6a3"
"""Mathematical letters but for the italic ones, with which formulas write their words."""

MEMBERS = "\u2e80-\u2fd5\uf900-\ufb06\ufb50-\ufefc\uff10-\uff9f\U0001d400-\U0001d6a3\U0002f800-\U0002fa1d"
"""What all of these characters are among."""

SPELLED = 6
"""Mathematical letters that spell a word, by themselves or in two words."""

TOKENS = f"""
    (?P<radical> [\u2e80-\u2fd5]+ )
  | (?P<ideograph> [\uf900-\ufad9\U0002f800-\U0002fa1d]+ )
  | (?P<ligature> [\ufb00-\ufb06] )
  | (?P<arabic> [{FORMS}] (?:[{FORMS}\u064b-\u0652]*[{FORMS}])? )
  | (?P<mixed> \\d*[０-９][\\d０-９]* )
  | (?P<wide> [０-９Ａ-Ｚａ-ｚ](?:[．－＿＠／]?[０-９Ａ-Ｚａ-ｚ])* )
  | (?P<styled> [{STYLED}]+(?:[ ][{STYLED}]+)* )
  | (?P<katakana> [ｦ-ﾟ](?:[｡-ﾟ]*[ｦ-ﾟ])? )
"""

ABOUT_FORMS = (
    r"部首|偏旁|[筆笔][畫画]|康熙字典|全角|半角|全形|半形|ligature|连字|連字|合字|[Uu]nicode|NFK?[CD]\b|[Kk]angxi"
    r"|presentation form|full-?width|half-?width|U\+[0-9A-Fa-f]{4}"
)
"""A line with such a word is about the forms themselves."""

FACE = "[∀Дωдωεдー´`;；｀＾^艸皿彡━＿_゜°｡･@＠≧≦\\\\/／]"
"""What faces made of characters have beside half-width katakana."""


FORMULA = "[＝＋－×÷／～＜＞○〇─━一二三四五六七八九十百千]"
"""What a full-width letter or digit may touch in a formula, a face or a number in Han, all of them of one width."""


NO_WORD = r"[\u00c0-\u00d6\u00d8-\u00de\u0152\u0153\u0178]|[^\x00-\x7f\s\w‘’“”«»‹›„‚…–—·\xad\u200b-\u200d]"
"""What a ligature touches in text that was misread in Mac OS Roman, where ﬁ and ﬂ are two of its bytes."""


EVERYDAY = 0.7
"""Share of the Han characters of a line that the standards call the common ones, below which it is no text."""
JUDGED = 8
"""Han characters, at least, by which a line is judged."""
SIGN_IN_WORD = (
    "[a-z][\u2202\u2206\u220f\u2211\u221a\u221e\u2248\u25ca\u222b†‡‰ˆ˙˚¸˝˛ˇ¬¥¢£§¶©™´¨≠±≤≥µÿ][a-z]|[a-zß-öø-ÿ]ﬂ(?!\\w)"
)
"""What words have in them that were misread in Mac OS Roman, where ß of Windows is ﬂ; no word ends so."""


class Form(NamedTuple):
    """A run of compatibility characters: where it is, its kind, how it is written, and what it stands for."""

    start: int
    end: int
    kind: str
    written: str
    content: str


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(TOKENS, re.VERBOSE)


@cache
def member() -> re.Pattern[str]:
    """An expression for any such character, and some more."""
    return re.compile(f"[{MEMBERS}]")


@cache
def _about_forms() -> re.Pattern[str]:
    return re.compile(ABOUT_FORMS)


def forms(text: str) -> Iterator[Form]:
    """The runs of compatibility characters in a line that stand for others and for nothing else.

    ``kind`` is ``han`` (radicals), ``ideograph``, ``ligature``, ``arabic``, ``mixed`` (a number in both widths),
    ``digit``, ``letter``, ``styled`` (words in mathematical letters) or
    ``katakana``.
    """
    found = list(_forms(text))
    if found and not _about_forms().search(text):
        yield from found


def is_misread(line: str) -> bool:
    """Whether a line is no text as it stands: bytes that were read wrongly, of which some became such forms by chance.

    Another form of such a character would be other bytes.
    """
    if has_mac_signs(line):
        return True
    han = [character for character in line if "\u3400" <= character < "\ua000"]
    if len(han) >= JUDGED and sum(map(_is_common, han)) < EVERYDAY * len(han):
        return True
    return re.search("[\ufffd\ue000-\uefff\uf100-\uf8ff\x80-\x9f]", line) is not None


def has_mac_signs(text: str) -> bool:
    """Whether words have signs in them, as they do in text that was misread in Mac OS Roman."""
    return _sign_in_word().search(text) is not None


@cache
def _sign_in_word() -> re.Pattern[str]:
    return re.compile(SIGN_IN_WORD)


@cache
def _is_common(character: str) -> bool:
    """Whether GB 2312, Big5 or JIS X 0208 has the character in its first level."""
    return any(
        first <= character.encode(codec, "ignore")[:1] <= last
        for codec, first, last in (
            ("gb2312", b"\xb0", b"\xd7"),
            ("big5", b"\xa4", b"\xc6"),
            ("euc_jp", b"\xb0", b"\xcf"),
        )
    )


def _runs(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a line, each looked for only where its first such character is."""
    position = 0
    while near := member().search(text, position):
        start = near.start()
        if near[0].isdecimal():
            while start > position and text[start - 1].isdecimal():
                start -= 1
        match = _tokens().match(text, start)
        if match:
            yield match
        position = match.end() if match else near.end()


def _forms(text: str) -> Iterator[Form]:
    from unicodedata import normalize

    for match in _runs(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        if kind == "radical":
            yield from _radicals(text, match)
            continue
        if kind == "mixed":
            if match[0].isascii():
                continue
            kind = "mixed" if re.search(r"[0-9]", match[0]) else "digit"
        elif kind == "wide":
            kind = "letter"
            if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
                continue  # a word in two widths: SCR002
            if text[start - 1 : start].isascii() and text[start - 1 : start].isalpha():
                continue
        if not _counts(kind, text, start, end):
            continue
        content = normalize("NFKC", match[0])
        if content != match[0]:
            yield Form(start, end, kind, match[0], content)


def _radicals(text: str, match: re.Match[str]) -> Iterator[Form]:
    """The radicals of a run that stand in words, one finding for the run."""
    start, end = match.span()
    if end - start > 2 and not _touches(text, start, end, f"[{HAN}{HIRAGANA}]"):
        return
    table = radicals()
    content = "".join(table.get(character, character) for character in match[0])
    if content == match[0] or not _touches(text, start, end, f"[{HAN}{HIRAGANA}]"):
        return
    if end - start == 1 and re.compile("(?:字?[部旁头頭底边邊]|的)").match(text, end):
        return  # ⼀部: the radical itself
    yield Form(start, end, "han", match[0], content)


def _counts(kind: str, text: str, start: int, end: int) -> bool:
    """Whether a run is part of text, and not shown by itself or drawn with."""
    if kind == "ligature":
        return _touches(text, start, end, "[A-Za-z\u00c0-\u024f]") and not _touches(text, start, end, NO_WORD)
    if kind == "arabic":
        return end - start > 1 or _touches(text, start, end, f"[{ARABIC}{FORMS}]")
    if kind == "katakana":
        return end - start > 2 and not _touches(text, start, end, FACE)
    if kind == "styled":
        words = text[start:end].split(" ")
        return sum(map(len, words)) >= SPELLED and (len(words[0]) >= SPELLED or len(words) > 1 < min(map(len, words)))
    if kind in ("letter", "digit"):
        return not _touches(text, start, end, FORMULA) and not _is_shown(text, start, end)
    return True


def _is_shown(text: str, start: int, end: int) -> bool:
    """Whether a full-width character stands for itself, between quotes or full-width brackets, or for ×."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start == 1 and (before + after in ("''", '""', "“”", "‘’", "「」", "（）") or text[start] in "ｘＸ"):
        return True
    return bool(re.match("[．○〇）≦≧]", after) or re.match("[．（≦≧]", before))


def _touches(text: str, start: int, end: int, characters: str) -> bool:
    return bool(re.match(characters, text[start - 1 : start]) or re.match(characters, text[end : end + 1]))
