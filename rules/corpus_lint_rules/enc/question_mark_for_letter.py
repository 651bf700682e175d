"""ENC011: question marks where letters were lost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression, literals

from ._lost_han import lost_characters, lost_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

LETTERS = "A-Za-z\u00c0-\u024f"
TOKEN = r"[^\s\"“”«»„‘()\[\]<>|]+"
OPAQUE = r"[/\\=&@*^$#~_{}%+0-9`]|\?\?|\?\.|\.\w*\?"
"""What stands in addresses, patterns and code, and in no word."""
CONTRACTION = (
    r"(?i)(?:(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should|must|ai)n\?t|i\?(?:m|d|ll|ve)"
    r"|(?:you|we|they)\?(?:re|ve|ll|d)|(?:it|he|she|that|there|what|who|let|here)\?(?:s|ll))"
)
WORD = rf"[{LETTERS}'’-]*(?:[{LETTERS}'’]\?[a-z\u00e0-\u024f][{LETTERS}'’?-]*)"
END = rf"[{LETTERS}'’]+\?(?= [a-z\u00e0-\u024f])"
"""A word with a question mark behind it, though the sentence goes on."""
SHORT = 3
"""Letters of a piece of a word beside a lost one that is hardly a word before a question mark, or behind one."""
FEWEST = 3
"""Different words with a lost letter that a text must have before any of them counts."""
LOST_WORDS = r"(?<![?!\w])\?{2,}(?:[ ,.-]+\?+){2,}(?![?!])|(?<![?!\w])(?:\?{3,}[ ,]+\?+|\?+[ ,]+\?{3,})(?![?!])"
FEWEST_WORDS = 3
"""Lost words of a line; two rows of marks may be the end of a question."""
SMALL_WORDS = (
    " a i is it to in on of so no he we me my do go be or as at an am ok if by us up hi oh yes not the and but you who"
    " why how la le un de en et ou il tu je si oui non es el lo yo ja wo er du da das ist ich "
)


class QuestionMarkForLetter(RegionRule):
    """Question marks stand where letters were: `don?t`, `m?me`, `?????? ? ????????`, `朱?基`.

    A program wrote text in an encoding that has no such letter, and put a question mark for it: apostrophes first,
    then letters with accents, rare Chinese characters, at last whole words in another script. The letters are lost, the
    words are cut in two, and a splitter of sentences sees questions.

    A contraction of English with a question mark for its apostrophe is certain. Words with a question mark for a letter
    count where a text has several different ones, most of which have a piece that is no word; so does a question mark
    for the apostrophe of a genitive. Several groups of question marks in a row are words of which nothing is left; so
    are four and more before a comma of Chinese or behind one, where nothing is asked. In Chinese, marks amid full-width
    text count where what stands before asks nothing, in three places of a text, or in two of which one stands behind a
    comma or between the same characters again; not where its other marks are half-width, or where it asks with this
    mark.

    Left alone: a question without a space behind it (`why?because`), addresses, patterns and code, `???` alone, and
    lines of marks only, which `MOJ007` tells.

    The fix writes the apostrophe of a contraction again; it is unsafe. For lost letters there is none: decode the
    source anew.
    """

    code = "ENC011"
    name = "question-mark-for-letter"
    examples = (
        Bad("We don⟦?⟧t know whether the ferry runs.", "We don't know whether the ferry runs."),
        Bad("It⟦?⟧s late, and the owner’s dog is out.", "It’s late, and the owner’s dog is out."),
        Bad("Le caf? du coin, m⟦?⟧me en hiver, est tr⟦?⟧s calme : la fen⟦?⟧tre reste ouverte, et le gar⟦?⟧on rit."),
        Bad("Читателям раздали ⟦?????? ? ????????⟧, а потом пили чай."),
        Bad("They didn⟦?⟧t sell the boat⟦?⟧s engine.", "They didn't sell the boat's engine."),
        Bad("Le caf? du coin reste ouvert jusqu'? minuit, m⟦?⟧me en hiver."),
        Bad("老周把鱼筐搬上⟦?⟧头，镇上的⟦?⟧馆有三家。到了冬天，⟦?⟧船都拉上岸来修补。"),
        Bad("会上朱⟦?⟧基讲了话。他说，朱⟦?⟧基的意见很重要。"),
        Bad("在老盐仓可以看到⟦???????⟧，浪头撞上丁坝后折返。"),
        Bad("板块方面，煤炭、航运、⟦????⟧、油气等涨幅居前。"),
        Good("你说什么????，我没有听清楚。真的吗????????"),
        Good("你今年去不去?我还没有想好。他走了?我不信。老师说明天考试?那就好好复习，别紧张。"),
        Good("路径后可以带参数，之间使用?分隔。参数与路径之间使用?分隔，参数键与参数值用=相连。"),
        Good("他来了,我走了?也许吧,谁知道?天黑了?天亮了?下雨了?刮风了?都一样。"),
        Good("殷商卜辞：“癸卯卜，今日雨。其自西来雨?其自东来雨?其自北来雨?其自南来雨?”对此理解不正确的是"),
        Good("עצוב מאוד !! זה כמו חלום בלהות מה יהיה ? ????? יהי זכרו ברוך"),
        Good("Why?because I said so. Really?yes, it is so. What?nothing at all."),
        Good("See http://example.com/a?b=c and a?b:c, or the pattern colou?r in `grep -E colou?rs?`."),
        Good("What??? No way ??? He said ?? and left."),
        Good("Is it true?No! Are you there?I am. Who knows?not me. Do you?we do."),
    )
    triggers = (
        expression(r"[A-Za-z'\x80-\xbf]\?[a-z\xc3-\xc6\xe3-\xe9]", apart=True),
        expression(r"\?\?[ ,.-]+\?|\?[ ,]+\?\?", apart=True),
        *literals("????" + mark for mark in "，、"),
        *literals(mark + "????" for mark in "，、"),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """The question marks in words, and one finding for each row of lost words."""
        certain: list[tuple[Line, int]] = []
        likely: list[tuple[Line, int]] = []
        words: set[str] = set()
        ends: set[str] = set()
        for line in lines:
            if "??" in line.text:
                yield from self._lost_words(line)
                yield from (_words_finding(line, *span) for span in lost_words(line.text))
            if not _stands_in_word(line.text):
                continue
            count = len(words)
            for match in _expression(TOKEN).finditer(line.text):
                token = match[0].strip(".,;:!?…—’'")
                if "?" not in token or _expression(OPAQUE).search(token):
                    continue
                at = match.start() + match[0].index(token)
                if _expression(CONTRACTION).fullmatch(token):
                    certain.append((line, at + token.index("?")))
                elif _expression(WORD).fullmatch(token):
                    likely.extend((line, at + mark.start()) for mark in re.finditer(r"\?", token))
                    if _is_broken(token):
                        words.add(token.casefold())
            if len(words) > count:
                ends.update(match[0] for match in _expression(END).finditer(line.text))
        if len(words | ends) < FEWEST or 4 * len(words) <= len(likely):
            certain += [(line, at) for line, at in likely if line.text[at : at + 2] == "?s"]
            likely = []
        found = [_finding(document, line, at, is_apostrophe=True) for line, at in certain if not _is_code(line)]
        likely += lost_characters(lines)
        found += [_finding(document, line, at, is_apostrophe=False) for line, at in likely if not _is_code(line)]
        yield from sorted(found, key=_start)

    @staticmethod
    def _lost_words(line: Line) -> Iterable[Finding]:
        for match in _expression(LOST_WORDS).finditer(line.text):
            letters = sum(map(str.isalpha, line.text))
            groups = re.findall(r"\?+", match[0])
            lengths = set(map(len, groups))
            if len(groups) < FEWEST_WORDS and len(re.findall(r"\?{2,}", line.text)) < FEWEST_WORDS:
                continue  # marks of one question, which a tokenizer has parted
            if len(lengths) > 1 and letters > 3 and not _is_code(line):
                yield _words_finding(line, *match.span())


def _stands_in_word(text: str) -> bool:
    """Whether a question mark may have letters of an alphabet on both sides; soon known of Chinese."""
    at = text.find("?")
    while at >= 0:
        if text[at - 1 : at] < "\u2020" and "A" <= text[at + 1 : at + 2] < "\u0250":
            return True
        at = text.find("?", at + 1)
    return False


def _is_code(line: Line) -> bool:
    return line.document.markup.in_code(line.start)


def _start(finding: Finding) -> int:
    return finding.start


def _is_broken(token: str) -> bool:
    """Whether a piece of a word is no word: of a letter or two, and not one of those that are."""
    pieces = [piece for piece in re.split(r"[?'’-]", token) if piece]
    return (
        any(len(piece) <= SHORT and f" {piece.casefold()} " not in SMALL_WORDS for piece in pieces)
        or token.count("?") > 1
    )


def _words_finding(line: Line, start: int, end: int) -> Finding:
    return Finding(
        line.start + start,
        line.start + end,
        "question marks instead of words: the text was saved in an encoding without their letters; "
        "find the source, or drop the line",
    )


def _finding(document: Document, line: Line, at: int, *, is_apostrophe: bool) -> Finding:
    start = line.start + at
    if not is_apostrophe:
        return Finding(
            start,
            start + 1,
            "a question mark inside a word: a letter was lost when the text was saved; decode the source anew",
        )
    mark = "’" if "’" in document.text else "'"
    fix = Fix(f"write {mark}", (Edit(start, start + 1, mark),), Applicability.UNSAFE)
    return Finding(
        start,
        start + 1,
        f"a question mark for an apostrophe, which was lost when the text was saved; write {mark}",
        fix,
    )


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
