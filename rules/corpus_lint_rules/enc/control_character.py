"""ENC004 control-character."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, DocumentRule, Good
from corpus_lint.tables import CharacterClass

from ._mainframe import NEXT_LINE, ends_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.census import Census
    from corpus_lint.document import Document

MANY = 16
SHARE = 10
"""So many runs of unexplained controls, and one in so many characters: then it is no text."""

LISTED = 4
"""So many control characters in the order of their numbers are a list of them."""

SHOWN = 5
"""Code points that a message names."""

LIGATURES = {"\x0b": "ff", "\x0e": "ffi", "\x0f": "ffl"}
"""What TeX's fonts (OT1) have at these places; a PDF's text often keeps the place instead of the letters."""

NAMES = {"\0": "NUL", "\x07": "bell", "\x08": "backspace", "\x0b": "vertical tab", "\x1a": "end of file"} | {
    "\x1b": "escape",
    "\x7f": "delete",
}


TOKENS = r"""
    (?P<shift> \x1b (?: \$ [()]? [@-Z] | \( [BIJ] ) )
  | (?P<terminal> \x1b
      (?: \[[0-?]{1,24}[\x20-/]*[@-~] | \[[mKJ] | \][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\) | [()][AB012] ) )
  | (?P<overstrike>
      (?P<bold>[!-~\u00a1-\uffff]) (?: \x08 (?P=bold) )+
      | _\x08(?P<under>[!-~\u00a1-\uffff]) | (?P<over>[!-~\u00a1-\uffff])\x08_ )
  | (?P<field> \x13 [^\x13-\x15\r\n]* \x14 (?P<shown>[^\x13-\x15\r\n]*) \x15 )
  | (?P<ligature> (?<=[a-z]) [\x0b\x0e\x0f] (?=[a-z]) )
  | (?P<break> \x0b+ )
  | (?P<separator> [\x01\x07\x1c-\x1f]+ )
  | (?P<upper> \x7f* [\x80-\x9f] [\x7f-\x9f]* )
  | (?P<stray> [\x00\x02-\x06\x08\x0e-\x1b\x7f]+ )
"""

SPUN = "\x05\x06\x07\x08"
"""What spinners of web pages strew before punctuation, in runs of one to five."""


CONTROLS = r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"


@cache
def _tokens(*, spun: bool) -> re.Pattern[str]:
    return re.compile((r"(?P<spun> [\x05-\x08]+ ) |" if spun else "") + TOKENS, re.VERBOSE)


def _is_listed(match: re.Match[str]) -> bool:
    """Whether the characters stand in the order of their numbers, as a program prints them all."""
    codes = [ord(character) for character in match[0]]
    return len(codes) >= LISTED and codes == list(range(codes[0], codes[0] + len(codes)))


def _is_spun(text: str) -> bool:
    return sum(character in text for character in SPUN) >= 3 and len(re.findall(r"[\x05-\x08]{2}", text)) >= 3


class _Remedy(NamedTuple):
    """What a control character is and what becomes of it; ``content`` None: it stays."""

    why: str
    does: str
    content: str | None
    is_safe: bool


_TERMINAL = _Remedy("colour and cursor codes of a terminal", "remove the terminal codes", "", is_safe=True)
_STRAY = _Remedy(
    "left by a converter, a damaged file or an extractor", "remove the control characters", "", is_safe=True
)
_SPUN = _Remedy("strewn in by a spinner of web pages", "remove the control characters", "", is_safe=True)
_C1 = _Remedy("", "", None, is_safe=False)
_SHIFT = _Remedy("text in ISO-2022 that nobody has decoded", "decode it", None, is_safe=False)


class ControlCharacter(DocumentRule):
    """A control character in the text: NUL, backspace, escape sequences, and whatever else no reader can see.

    They split words for every tokenizer, end strings in C programs, and break JSON, XML and databases. Tab, line feed,
    carriage return and form feed are left alone.

    Safe fixes: terminal codes (`ESC[31m`) are removed, overstriking (`N^HN`, `_^Hx`) becomes its letter, and C0
    controls and U+007F are removed where nothing is joined by it but Han characters, punctuation or space.
    Unsafe: a control inside a word or number (a letter may be lost there; `e^Ncient` is read as efficient, the
    ligatures of TeX's fonts), a vertical tab becomes a line break, a separator (bell as end of a table cell, U+0001,
    several of U+001C to U+001F in a line) a tab, a field of a word processor what it shows. C1 controls (U+0080 to
    U+009F) stay: they are the bytes of a text that was decoded wrongly, and the way back to it.

    Scraped pages whose text was spun have runs of U+0005 to U+0008 before their punctuation: they are removed, safely.

    Escapes to another set of characters (ISO-2022: `ESC$B`) stay: without them the text behind them cannot be decoded.

    U+0085 in place of most line ends is a line end, and the matter of `mixed-line-ends`.

    When one character in 10 begins a run of controls, the text is really something else (UTF-16, a binary file,
    wrongly decoded text): that is one finding, and nothing is removed.
    """

    code = "ENC004"
    name = "control-character"
    wants_some_of = ("control",)
    examples = (
        Bad("有⟦\x02⟧限公司，法\x02人。", "有限公司，法人。"),
        Bad("第一行⟦\0\0⟧\n第二行⟦\x7f⟧", "第一行\n第二行"),
        Bad("- ⟦\x1b$B⟧%3%s%F%J\x1b(B: docker"),
        Bad("错误：⟦\x1b[1;31m⟧失败\x1b[0m，请重试", "错误：失败，请重试"),
        Bad("⟦N\x08N⟧A\x08AM\x08ME  _\x08l_\x08s", "NAME  ls"),
        Bad("an e⟦\x0e⟧cient and di\x0berent way", "an efficient and different way"),
        Bad("标题⟦\x0b⟧正文", "标题\n正文"),
        Bad("姓名⟦\x07⟧性别\x07年龄", "姓名\t性别\t年龄"),
        Bad('见⟦\x13 HYPERLINK "http://a.cn" \x14官网\x15⟧。', "见官网。"),
        Bad("wo⟦\x03⟧rd", "word"),
        Bad("He said ⟦\x93⟧yes\x94."),
        Bad("结束⟦\x1a⟧", "结束"),
        Bad("我们通常是⟦\x08⟧用这个，之后\x1d使用新名称。", "我们通常是用这个，之后使用新名称。"),
        Bad("甲⟦\x1f⟧乙\x1f丙", "甲\t乙\t丙"),
        Bad("花色齐全⟦\x06\x05\x07⟧，品种\x08多样\x07\x08。\n质量好⟦\x05\x06⟧。", "花色齐全，品种多样。\n质量好。"),
        Bad("{|}~⟦\x7f\x80\x81⟧"),
        Bad("⟦\x07⟧ 一 \x07\n二", " 一 \n二"),
        Bad("h⟦\0⟧e\0l\0l\0o\0 \0w\0o\0r\0l\0d\0,\0 \0y\0e\0s\0 \0y\0o\0u\0"),
        Bad("⟦\x80\x81⟧中文⟦\x7f\x02⟧", "\x80\x81中文"),
        Good("// {|}~\x7f\x80\x81\x82\x83\x84"),
        Good("制表\t换行\r\n换页\f回车\r结束"),
        Good("零宽\u200b连字\u200d软连字符\u00ad行分隔\u2028"),
        Good("字面的 \\x1b[0m 和 ^H 和 U+0000"),
        Good("不换行空格\u00a0和 é"),
    )

    def wants(self, census: Census) -> bool:
        """Whether there is any."""
        return census.control > 0

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each line and kind of remedy; one in all when it is no text."""
        text = document.text
        tokens = _tokens(spun=_is_spun(text))
        if document.census.control * SHARE >= len(text) and (finding := _no_text(text, tokens)):
            yield finding
            return
        is_mainframe = ends_lines(text)
        for start, end in _regions(document):
            matches: Iterable[re.Match[str]] = tokens.finditer(text, start, end)
            if is_mainframe:
                matches = [match for match in matches if match[0].strip(NEXT_LINE)]
            matches = [match for match in matches if not _is_listed(match)]
            for _, line in groupby(matches, key=lambda match: document.line_at(match.start())):
                yield from _findings(list(line))


def _regions(document: Document) -> Iterator[tuple[int, int]]:
    """From where to where the lines go that have a control character, neighbours together."""
    from .._places import places

    starts = document.line_starts
    first = last = -2
    for at in places(document, CharacterClass.CONTROL):
        line = document.line_at(at)
        if line > last + 1:
            if last >= 0:
                yield starts[first], starts[last + 1]
            first = line
        last = line
    if last >= 0:
        yield starts[first], starts[last + 1] if last + 1 < len(starts) else len(document.text)


def _remedy(match: re.Match[str], separators: int) -> _Remedy:
    """What becomes of the characters; ``separators`` is how many such the line has."""
    kind = match.lastgroup
    if kind == "shift" and "\x1b$" in match.string:
        return _SHIFT
    if kind in ("terminal", "shift"):
        return _TERMINAL
    if kind == "spun":
        return _SPUN
    if kind == "overstrike":
        letter = match["bold"] or match["under"] or match["over"]
        return _Remedy("bold or underlined by overstriking", "keep one letter of each overstrike", letter, is_safe=True)
    if kind == "field":
        return _Remedy("a field code of a word processor", "keep what the field shows", match["shown"], is_safe=False)
    if kind == "ligature":
        return _Remedy(
            "a ligature of a TeX font, lost in a PDF", "write the ligature", LIGATURES[match[0]], is_safe=False
        )
    if kind == "break":
        return _Remedy("mostly a line break of a word processor", "break the line", "\n", is_safe=False)
    if kind == "upper":
        return _C1
    before, after = _neighbours(match)
    if kind == "separator" and (separators > 1 or match[0][0] in "\x01\x07"):
        if before.isspace() or after.isspace() or not before or not after:
            return _STRAY
        return _Remedy("often a separator of cells or fields", "write a tab", "\t", is_safe=False)
    if _is_of_a_word(before) and _is_of_a_word(after):
        return _Remedy("a letter may be lost here", "remove the control characters", "", is_safe=False)
    return _STRAY


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    text = match.string
    return text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]


def _is_of_a_word(character: str) -> bool:
    """Whether a character belongs to a word or number as scripts with spaces write them."""
    return character.isalnum() and not ("\u2e80" <= character <= "\u9fff" or character >= "\U00020000")


def _findings(matches: list[re.Match[str]]) -> Iterator[Finding]:
    """The findings in a line: one for each kind of remedy."""
    separators = sum(match.lastgroup == "separator" for match in matches)
    groups: dict[tuple[str, bool], list[tuple[re.Match[str], _Remedy]]] = {}
    for match in matches:
        remedy = _remedy(match, separators)
        groups.setdefault((remedy.does, remedy.is_safe), []).append((match, remedy))
    for pairs in groups.values():
        first, remedy = pairs[0]
        fix = None
        if remedy.content is not None:
            edits = tuple(Edit(match.start(), match.end(), each.content or "") for match, each in pairs)
            fix = Fix(remedy.does, edits, Applicability.SAFE if remedy.is_safe else Applicability.UNSAFE)
        found = "".join(match[0] for match, _ in pairs)
        message = f"{_listed(found, len(pairs))}: {remedy.why or _of_c1(found)}"
        message += f"; {remedy.does}" if fix else "; find the bytes it came from and decode them anew"
        yield Finding(first.start(), first.end(), message, fix, occurrences=len(pairs))


def _listed(found: str, number: int) -> str:
    """The control characters by name."""
    different = list(dict.fromkeys(c for c in found if c < " " or "\x7f" <= c <= "\x9f"))
    names = [f"U+{ord(c):04X}" + (f" {NAMES[c]}" if c in NAMES else "") for c in different]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    plural = "control character" if number == len(different) == 1 else "control characters"
    what = plural if number == 1 else f"{number} {plural}"
    return f"{what} ({', '.join(names[:SHOWN])}{more})"


def _of_c1(found: str) -> str:
    """What C1 controls would be as bytes of Windows-1252, the usual way in which they come about."""
    meant = "".join(dict.fromkeys(found)).encode("latin-1", "ignore").decode("cp1252", "ignore")
    if found.strip("\x85") == "":
        return "a line break of a mainframe, or the byte of … in Windows-1252"
    return f"bytes of wrongly decoded text ({meant} in Windows-1252)" if meant else "bytes of wrongly decoded text"


def _no_text(text: str, tokens: re.Pattern[str]) -> Finding | None:
    """The finding about a text of which too much is controls that nothing explains; None when it is text."""
    from collections import Counter

    runs, start, found = 0, -1, Counter[str]()
    for match in tokens.finditer(text):
        if match.lastgroup in ("stray", "upper"):
            start = match.start() if start < 0 else start
            runs += 1
            found.update(match[0])
    number = found.total()
    # Padding at the end of a file is one run, however long.
    if runs < MANY or (runs * SHARE < len(text) and number * 3 < len(text)):
        return None
    if found["\0"] * 2 > number:
        guess = "UTF-16 or a binary file read as text"
    elif sum(count for character, count in found.items() if character >= "\x80") * 2 > number:
        guess = "bytes decoded with the wrong encoding"
    else:
        guess = "a binary file read as text"
    message = (
        f"{number:,} of {len(text):,} characters are control characters: probably {guess}; decode or drop the document"
    )
    return Finding(start, start + 1, message, occurrences=number, severity=Severity.ERROR)
