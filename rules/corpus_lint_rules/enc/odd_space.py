"""ENC008 odd-space."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, DocumentRule, Good, expression
from corpus_lint.tables import CharacterClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

NAMES = {
    "\u00a0": "no-break space",
    "\u1680": "Ogham space mark",
    "\u2000": "en quad",
    "\u2001": "em quad",
    "\u2002": "en space",
    "\u2003": "em space",
    "\u2004": "three-per-em space",
    "\u2005": "four-per-em space",
    "\u2006": "six-per-em space",
    "\u2007": "figure space",
    "\u2008": "punctuation space",
    "\u2009": "thin space",
    "\u200a": "hair space",
    "\u202f": "narrow no-break space",
    "\u205f": "medium mathematical space",
    "\u3000": "full-width space",
}
SHOWN = 3
"""Kinds of spaces that a message names."""
FREQUENT = 4
"""No-break spaces between words of one line that, when most of its spaces are such, were meant as spaces."""
WORD_SEEN = 3
"""How often a word of two characters must stand unbroken in a document for a space inside it to be a mistake."""

_PARAGRAPH_ENDS = ".!?;:>。！？；：…”’」』）"
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_CJK = "\u2e80-\u2fff\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff"


class _Expressions(NamedTuple):
    run: re.Pattern[str]
    between: re.Pattern[str]
    inside: re.Pattern[str]
    cjk: re.Pattern[str]
    prose: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    return _Expressions(
        run=re.compile(f"[{_ODD}](?:[ \t\u3000]*[{_ODD}])*"),
        between=re.compile(r"(?<=\w)\u00a0(?=\w)"),
        inside=re.compile("\u3000(?:(?<=[!-~]\u3000)(?=[!-~])|(?<=[\u4e00-\u9fff]{2}\u3000)(?=[\u4e00-\u9fff]))"),
        cjk=re.compile(f"[{_CJK}]"),
        prose=re.compile(rf"[\"'(\[“‘]*(?:[\d.]+\W{{0,3}}|[A-Za-z]{{1,8}}\d*)?[“‘]?[{_CJK}]"),
    )


class _Odd(NamedTuple):
    """Odd spaces that stand together: how many, what is to become of them, and what they are there."""

    start: int
    end: int
    edits: tuple[Edit, ...]
    what: str


class OddSpace(DocumentRule):
    """A space that is no ordinary one where an ordinary one, or none, belongs.

    No-break spaces (U+00A0) are what `&nbsp;` of a web page becomes: as indentation, between Chinese characters, in
    rows, on lines of their own; so are em and en spaces. Many tokenizers and every `split(" ")` take them for letters,
    code with them does not compile, Markdown does not see the indentation, and equal lines are unequal.

    Found are odd spaces at the start or end of a line or alone on it, beside a character of Chinese, Japanese or
    Korean, two and more in a row, in lines where nearly all spaces are such, and a full-width space (U+3000) inside a
    word: between letters of a line without any Chinese, or between two characters that stand together throughout the
    rest of the document.

    Left alone: what typography asks for, as in `10 km`, `§ 5`, `z. B.`, `Oui !`, `т. д.`, `40 000`, thin spaces round
    a dash; the full-width space as Chinese indentation, between headings and names, in verse and tables; the output of
    `tree`.

    The fix is safe: indentation before Chinese text and what trails a line is removed, all else becomes as many
    ordinary spaces; a full-width space inside a Chinese word goes.
    """

    code = "ENC008"
    name = "odd-space"
    wants_some_of = ("odd_space",)
    whole_lines = True
    triggers = (
        expression(r"[!-~]\xe3\x80\x80[!-~]"),
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][\xe4-\xe9][\x80-\xbf][\x80-\xbf]\xe3\x80\x80[\xe4-\xe9][\x80-\xbf]",
            apart=True,
        ),
    )
    examples = (
        Bad("⟦\xa0\xa0\xa0\xa0⟧第一段，这里写的是正文。", "第一段，这里写的是正文。"),
        Bad("⟦\u2003\u2003⟧“第一段”\n　　⟦\u2002⟧第二段", "“第一段”\n　　第二段"),
        Bad("for x in y:\n⟦\xa0\xa0\xa0\xa0⟧print(x)  # 注释\n", "for x in y:\n    print(x)  # 注释\n"),
        Bad("- eins\n ⟦\xa0⟧ - zwei", "- eins\n   - zwei"),
        Bad("第一行\n⟦\xa0⟧\n第二行。⟦\xa0⟧", "第一行\n\n第二行。"),
        Bad("你可以参考⟦\xa0⟧官方日志\xa0和 Linux", "你可以参考 官方日志 和 Linux"),
        Bad("⟦\xa0\xa0⟧甲段。\xa0\xa0乙段。\n⟦\xa0\xa0⟧丙", "甲段。乙段。\n丙"),
        Bad("首页⟦\xa0\xa0⟧新闻\xa0\xa0关于", "首页  新闻  关于"),
        Bad("Home⟦\xa0\xa0\xa0⟧News\xa0\xa0\xa0About", "Home   News   About"),
        Bad("이것은⟦\xa0⟧문장", "이것은 문장"),
        Bad("so⟦\xa0⟧were\xa0the\xa0words of\xa0this\xa0line", "so were the words of this line"),
        Bad("int⟦　⟧main(void)", "int main(void)"),
        Bad(
            "诈骗案件多，诈骗手法新，诈骗金额大，防范诈⟦　⟧骗人人有责。",
            "诈骗案件多，诈骗手法新，诈骗金额大，防范诈骗人人有责。",
        ),
        Good("　　中文段落的缩进。\n第一章　总则\n张　三　　李四\n床前明月光　疑是地上霜"),
        Good("Il a dit\xa0: «\xa0Oui\xa0!\xa0» en 1\u202f000\xa0km, pourquoi\xa0? Mais\xa0; certes."),
        Good("§\xa05 Absatz\xa02, z.\xa0B. 10\xa0km; т.\xa0д., 40\u202f000; Part 4\u200a—\u200aProgress"),
        Good("├── src\n│\xa0\xa0 └── lib.rs\n│\xa0\xa0 ├── 文件"),
        Good("颔（kǎn　hàn坎旱）和 THE 　END"),
        Good("全长 10\xa0km，约 5\xa0%"),
        Good("普通 空格\t制表"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.odd_space > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding a line."""
        found = sorted((*_runs(document), *_full_width(document)))
        for _, line in groupby(found, key=lambda odd: document.line_at(odd.start)):
            yield _finding(document.text, list(line))


def _runs(document: Document) -> Iterator[_Odd]:
    """The odd spaces out of place."""
    text = document.text
    # Carriage returns and separators are in the same census class.
    if "\r" in text and document.census.odd_space == sum(text.count(other) for other in "\r\u2028\u2029"):
        return
    lines = [
        (document.line_starts[number], document.line_text(number), list(group))
        for number, group in groupby(_matches(document), key=lambda match: document.line_at(match.start()))
    ]
    width = _indentation(lines)
    for start, line, group in lines:
        is_throughout = _is_throughout(line)
        for match in group:
            odd = _judge(line, match.start() - start, match.end() - start, width, is_throughout=is_throughout)
            if odd is not None:
                edits = tuple(Edit(e.start + start, e.end + start, e.content) for e in odd.edits)
                yield _Odd(match.start(), match.end(), edits, odd.what)


def _matches(document: Document) -> Iterator[re.Match[str]]:
    """The runs of odd spaces."""
    from .._places import places

    run, text, end = _expressions().run, document.text, 0
    for start in places(document, CharacterClass.ODD_SPACE):
        if start >= end and (match := run.match(text, start)):
            end = match.end()
            yield match


def _judge(line: str, start: int, end: int, width: int, *, is_throughout: bool) -> _Odd | None:
    """What is to be said of a run in its line; None when it is right there."""
    known = _expressions()
    before, after = line[:start].rstrip(" \t\u3000"), line[end:].lstrip(" \t\u3000")
    if before[-1:] and "\u2500" <= before[-1] <= "\u257f":
        return None
    if not after:
        return _Odd(start, end, _edits(line, start, end, ""), "at the end of a line" if before else "alone on a line")
    if not before:
        indentation = line[: len(line) - len(after)]
        kept = "\u3000" * indentation.count("\u3000")
        if not known.prose.match(after) or (len(indentation) != width and not kept):
            return _Odd(start, end, _edits(line, start, end, " "), "as indentation")
        return _Odd(start, end, (Edit(0, len(indentation), kept),), "as indentation")
    # A run begins and ends with an odd space.
    is_long = end - start > 1
    is_before_cjk = known.cjk.match(line, end) is not None
    if is_long and is_before_cjk and end - start == width and before[-1] in _PARAGRAPH_ENDS:
        edits = _edits(line, start, end, "")
        return _Odd(start, end, edits, "as indentation of a paragraph that was joined to the line")
    if is_before_cjk or known.cjk.match(line, start - 1):
        what = "beside Chinese, Japanese or Korean"
    elif is_long:
        what = "in a row"
    elif is_throughout and known.between.match(line, start):
        what = "between all words"
    else:
        return None
    return _Odd(start, end, _edits(line, start, end, " "), what)


def _edits(line: str, start: int, end: int, content: str) -> tuple[Edit, ...]:
    """What puts something in the place of each odd space of a run."""
    places = range(start, end)
    return tuple(Edit(at, at + 1, content) for at in places if line[at] in NAMES and line[at] != "\u3000")


def _indentation(lines: list[tuple[int, str, list[re.Match[str]]]]) -> int:
    """The commonest width of an indentation with odd spaces: prose that is indented otherwise has its reasons."""
    from collections import Counter

    widths = Counter[int]()
    for start, line, matches in lines:
        for match in matches:
            if line[: match.start() - start].strip(" \t\u3000"):
                break
            rest = line[match.end() - start :]
            widths[len(line) - len(rest.lstrip(" \t\u3000"))] += 1
    return widths.most_common(1)[0][0] if widths else 0


def _is_throughout(line: str) -> bool:
    """Whether nearly all spaces between words of a line are no-break spaces."""
    if line.count("\u00a0") < FREQUENT:
        return False
    number = len(_expressions().between.findall(line))
    return number >= FREQUENT and number * 2 > line.count(" ") + number


def _full_width(document: Document) -> Iterator[_Odd]:
    """Full-width spaces inside words."""
    text, known = document.text, _expressions()
    if "\u3000" not in text:
        return
    words: dict[str, bool] = {}
    for match in known.inside.finditer(text):
        start, end = match.span()
        before, after = text[start - 1], text[end]
        if before < "\x7f":
            line = document.line_text(document.line_at(start))
            if not known.cjk.search(line) and not (before.isupper() and after.isupper()):
                edits = tuple(Edit(at, at + 1, " ") for at in range(start, end))
                yield _Odd(start, end, edits, "between letters")
            continue
        pair = before + after
        if pair not in words:
            words[pair] = _is_word(text, pair)
        if words[pair]:
            yield _Odd(start, end, (Edit(start, end, ""),), "inside a word")


def _is_word(text: str, pair: str) -> bool:
    """Whether two characters stand together so often in a text, and so seldom apart, that they are a word of it."""
    number = text.count(pair)
    return number >= WORD_SEEN and number * 2 >= min(text.count(pair[0]), text.count(pair[1]))


def _finding(text: str, group: list[_Odd]) -> Finding:
    found = "".join(text[odd.start : odd.end] for odd in group)
    found = "".join(c for c in found if c in NAMES and (c != "\u3000" or group[0].what.endswith(("letters", "a word"))))
    kinds = list(dict.fromkeys(found))
    names = [f"U+{ord(kind):04X} {NAMES[kind]}" for kind in kinds]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    number = "an odd space" if len(found) == 1 else f"{len(found)} odd spaces"
    edits = tuple(edit for odd in group for edit in odd.edits)
    contents = {edit.content.strip("\u3000") for edit in edits}
    it = "it" if len(found) == 1 else "them"
    does = f"remove {it}" if contents == {""} else f"write ordinary spaces for {it}" if len(found) > 1 else ""
    does = does or "write an ordinary space for it"
    places = ", ".join(dict.fromkeys(odd.what for odd in group))
    message = (
        f"{number} ({', '.join(names[:SHOWN])}{more}) {places}: left by the layout of a web page or a word processor, "
        f"and to many tokenizers no white space; {does}"
    )
    return Finding(group[0].start, group[0].end, message, Fix(does, edits), occurrences=len(found))
