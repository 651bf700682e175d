"""Escapes left in text: what they look like, what they stand for, and where they are meant to stand."""

from __future__ import annotations

import html
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from re import Match, Pattern

    from corpus_lint.document import Document

BARE = "nbsp ldquo rdquo lsquo rsquo hellip mdash ndash middot"
"""Entities that are read without their semicolon or their first mark, too: no word and no parameter is called so."""


class Escape(NamedTuple):
    """An escaped stretch of text from ``start`` to ``end``, which stands for ``content``.

    ``kind`` is what a message calls it. ``is_exact`` is whether there is no doubt about the encoding of its bytes.
    """

    start: int
    end: int
    content: str
    kind: str
    is_exact: bool = True


ENTITY = "an HTML entity"
DOUBLED = "an HTML entity that was escaped twice"
UNICODE = r"a \u escape"
BYTES = r"bytes as \x escapes"
LETTER = r"a \x escape"
PERCENT = "percent-encoding"
QUOTED = "quoted-printable"
UTF7 = "UTF-7"
MAIL = "an encoded word of a mail header"
TOKENS = "bytes that a tokenizer wrote one by one"
QUOTE = "an escaped quotation mark"
CJK = "\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef\u201c\u201d\u2026\u2014"
"""Characters of Chinese, Japanese and Korean, with their marks, inside a class."""


def escapes(text: str) -> Iterator[Escape]:
    """Every escape in the text that stands for readable characters, in order, whatever stands around it."""
    end = 0
    for match in _token().finditer(text):
        if match.start() < end:
            continue
        decode = _DECODERS[match.lastgroup or ""]
        found = decode(match)
        if found is not None:
            yield found
            end = found.end


@cache
def _token() -> Pattern[str]:
    return re.compile(
        r"""
        (?P<entity> [&＆](?:amp;)*[ ]?(?:\#[0-9]{2,7}|\#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30})[ ]?[;；]
          | &(?:amp;)*(?:(?:"""
        + BARE.replace(" ", "|")
        + r""")(?![A-Za-z0-9=])|\#[0-9]{5}(?![0-9]))
          | (?<![&＆A-Za-z0-9#/_.$-])(?<![&＆][ ])(?:quot|"""
        + BARE.replace(" ", "|")
        + r""");
          | (?<![&＆;\[])\#[xX][0-9a-fA-F]{4}; )
      | (?P<unicode> (?:\\{1,2}u[0-9a-fA-F]{4} | %u[0-9a-fA-F]{4} )+
          | (?<![0-9A-Za-z\\%])(?:u[0-9a-f]{4}){2,}(?![0-9A-Za-z]) )
      | (?P<bytes> (?:\\x[0-9a-fA-F]{2}){2,} )
      | (?P<letter> (?<=[a-z])\\x[c-fC-F][0-9a-fA-F] | \\x[c-fC-F][0-9a-fA-F](?=[a-z]) )
      | (?P<percent> (?:%[0-9a-fA-F]{2}){2,} )
      | (?P<quoted> (?:=(?:[0-9A-F]{2}|\r?\n)){2,} )
      | (?P<mail> =\?[A-Za-z0-9_-]{3,20}\?[BbQq]\?[^?\s]{2,100}\?=
          (?:\s{0,3}=\?[A-Za-z0-9_-]{3,20}\?[BbQq]\?[^?\s]{2,100}\?=)* )
      | (?P<tokens> (?:<0x[0-9A-F]{2}>){2,} )
      | (?P<quote> (?:(?<=["""
        + CJK
        + r"""])|^)\\{1,3}"(?=["""
        + CJK
        + r"""]|$) )
      | (?P<utf7> (?<![A-Za-z0-9+/=])\+[M-Za-n][A-Za-z0-9+/]{4,}-? )
        """,
        re.VERBOSE,
    )


def _entity(match: Match[str]) -> Escape | None:
    seen = match[0]
    plain = seen.replace("＆", "&").replace("；", ";").replace(" ", "")
    plain = re.sub("&(?:amp;)+(?=.)", "&", plain)
    if not plain.startswith("&"):
        plain = "&" + plain  # a filter took the mark
    if " " in seen and "nbsp" not in seen:
        return None
    if not plain.endswith(";"):
        plain += ";"
    content = html.unescape(plain)
    if content == plain:
        content = html.unescape(plain.lower())
    if (
        content == plain.lower()
        or not content
        or any(c < " " or "\x7f" <= c <= "\x9f" or c == "\ufffd" for c in content)
    ):
        return None
    is_doubled = "amp;" in seen and seen != "&amp;"
    return Escape(match.start(), match.end(), content, DOUBLED if is_doubled else ENTITY)


def _unicode(match: Match[str]) -> Escape | None:
    units = [int(unit, 16) for unit in re.findall("u([0-9a-fA-F]{4})", match[0])]
    data = b"".join(unit.to_bytes(2, "big") for unit in units)
    return _escape(match, data, ("utf-16-be",), UNICODE)


def _of_bytes(match: Match[str]) -> Escape | None:
    data = bytes.fromhex(match[0].replace("\\x", ""))
    return _escape(match, data, ("utf-8",), BYTES)


def _letter(match: Match[str]) -> Escape | None:
    """A letter of Latin-1 in a word, where the line has another one: a single one may be a path's."""
    if len(re.findall(r"[a-z]\\x[c-fC-F][0-9a-fA-F]|\\x[c-fC-F][0-9a-fA-F][a-z]", match.string)) < 2:
        return None
    content = chr(int(match[0][2:], 16))
    return Escape(match.start(), match.end(), content, LETTER, is_exact=False) if content.isalpha() else None


def _percent(match: Match[str]) -> Escape | None:
    return _escape(match, bytes.fromhex(match[0].replace("%", "")), ("utf-8", "gb2312"), PERCENT)


def _quoted(match: Match[str]) -> Escape | None:
    codes = re.findall("=([0-9A-F]{2})", match[0])
    return _escape(match, bytes.fromhex("".join(codes)), ("utf-8", "gb2312"), QUOTED)


def single_codes(text: str, found: Sequence[Escape]) -> Iterator[Escape]:
    """The codes of ASCII characters and the broken line ends in a text that is known for quoted-printable."""
    for match in re.finditer("=(?:([2-7][0-9A-F])|\r?\n)", text):
        if not any(escape.start < match.end() and match.start() < escape.end for escape in found):
            content = chr(int(match[1], 16)) if match[1] else ""
            yield Escape(match.start(), match.end(), content, QUOTED)


def _mail(match: Match[str]) -> Escape | None:
    from email.errors import HeaderParseError
    from email.header import decode_header

    content = ""
    try:
        for data, codec in decode_header(match[0]):
            content += data.decode(codec or "ascii") if isinstance(data, bytes) else data
    except (HeaderParseError, UnicodeDecodeError, LookupError, ValueError):
        return None
    if content.isascii() or not content.isprintable():
        return None
    return Escape(match.start(), match.end(), content, MAIL)


def _tokens(match: Match[str]) -> Escape | None:
    return _escape(match, bytes.fromhex(match[0].replace("<0x", "").replace(">", "")), ("utf-8",), TOKENS)


def _quote(match: Match[str]) -> Escape | None:
    is_pair = match.string.count(match[0]) % 2 == 0 and match.string.count('"') == match.string.count('\\"')
    return Escape(match.start(), match.end(), '"', QUOTE) if is_pair else None


def _utf7(match: Match[str]) -> Escape | None:
    seen = match[0]
    closed = seen if seen.endswith("-") else seen + "-"
    try:
        content = closed.encode().decode("utf-7")
    except UnicodeDecodeError:
        return None
    if len(content) < 2 or content.encode("utf-7").rstrip(b"-") != closed.rstrip("-").encode():
        return None
    if not re.fullmatch("[\u3000-\u30ff\uff01-\uff5e\u4e00-\u9fff]+", content) or not _is_common(content):
        return None
    return Escape(match.start(), match.end(), content, UTF7)


def _escape(match: Match[str], data: bytes, codecs: tuple[str, ...], kind: str) -> Escape | None:
    for codec in codecs:
        try:
            content = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if content == "\ufffd":
            return None  # it is spoken of, or a character is lost either way
        if not content.isascii() and all(c.isprintable() or c in "\t\n\r\u3000\xa0" for c in content):
            is_exact = codec != "gb2312"
            if is_exact or (len(content) > 1 and _is_common(content)):
                return Escape(match.start(), match.end(), content, kind, is_exact)
    return None


def _is_common(text: str) -> bool:
    """Whether every Han character is one of the frequent ones of GB2312 or Big5, which chance hardly makes."""
    for character in text:
        if "\u4e00" <= character <= "\u9fff":
            simple, traditional = character.encode("gb2312", "ignore"), character.encode("big5", "ignore")
            if not (b"\xb0" <= simple[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"):
                return False
    return True


_DECODERS = {
    "entity": _entity,
    "unicode": _unicode,
    "bytes": _of_bytes,
    "letter": _letter,
    "percent": _percent,
    "quoted": _quoted,
    "utf7": _utf7,
    "mail": _mail,
    "tokens": _tokens,
    "quote": _quote,
}


class Surroundings:
    """What a document is, as far as escapes are concerned."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._name = document.source.name.lower() if document.source is not None and document.record is None else ""
        self._text = document.text

    @cached_property
    def _fences(self) -> list[tuple[int, int]]:
        """The fenced blocks of code."""
        return _fenced(self._text)

    @cached_property
    def is_markup(self) -> bool:
        """Whether it is HTML or XML."""
        return self._name.endswith((".html", ".htm", ".xhtml", ".xml", ".svg")) or _has_tags(self._text)

    def is_tagged(self, line: str) -> bool:
        """Whether a line has a tag that belongs there, and is no remnant itself."""
        from .. import _markup as markup

        tags = [match.start() for match in tag().finditer(line)]
        if not tags or markup.is_markup(self._document):
            return bool(tags)
        remnants = [*markup.remnants(line, self._text)]
        return not all(any(remnant.start <= at < remnant.end for remnant in remnants) for at in tags)

    @cached_property
    def is_markdown(self) -> bool:
        """Whether it is in one of the light markup languages."""
        markdown = (".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc")
        return self._name.endswith(markdown) or bool(_markdown().search(self._text))

    def is_code(self, offset: int) -> bool:
        """Whether the character at ``offset`` of the document stands in a fenced block of code."""
        return any(start <= offset < end for start, end in self._fences)


def _has_tags(text: str) -> bool:
    if text.lstrip()[:1] == "<" and tag().match(text.lstrip()):
        return True
    return sum(1 for _ in zip(range(5), re.compile(r"</[a-zA-Z]").finditer(text), strict=False)) == 5


@cache
def tag() -> Pattern[str]:
    """A tag of HTML or XML."""
    return re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?|!--|!DOCTYPE|\?xml)(?:>|$|(?<=--))")


@cache
def _markdown() -> Pattern[str]:
    return re.compile(r"(?m)\]\([^)\s]+\)|^#{1,6} \S|^(?:```|~~~)|^\|[ :-]+\||^[a-z]+::\S*\[|^={1,5} \S|^\[\[")


def _fenced(text: str) -> list[tuple[int, int]]:
    """From where to where fenced blocks of code go; one that is not closed goes on to the end."""
    if "```" not in text and "~~~" not in text:
        return []
    fences: list[tuple[int, int]] = []
    start, sign = -1, ""
    done = 0
    for first, stop in sorted((*_runs(text, "```"), *_runs(text, "~~~"))):
        at = text.rfind("\n", 0, first) + 1
        if at < done or not _before_fence().fullmatch(text, at, first):
            continue
        end = text.find("\n", stop)
        done = end = len(text) if end < 0 else end
        if start < 0:
            start, sign = at, text[first:stop]
        elif text.startswith(sign, first) and not text[stop:end].strip():
            fences.append((start, end))
            start = -1
    if start >= 0:
        fences.append((start, len(text)))
    return fences


def _runs(text: str, sign: str) -> Iterator[tuple[int, int]]:
    """From where to where the sign, which is one character repeated, stands, as long as it goes on."""
    stop = 0
    while (start := text.find(sign, stop)) >= 0:
        stop = start + len(sign)
        while text[stop : stop + 1] == sign[0]:
            stop += 1
        yield start, stop


@cache
def _before_fence() -> Pattern[str]:
    return re.compile(r"[ \t>]{0,12}(?:[-*+] |\d+\. )?")


@lru_cache(64)
def literal_spans(line: str) -> list[tuple[int, int]]:
    """The stretches of a line in which escapes are meant as they stand: URLs, inline code, quoted strings of code."""
    return [match.span() for match in _literal().finditer(line)]


@cache
def _literal() -> Pattern[str]:
    return re.compile(
        r"(`+)[^`].*?\1(?!`)"
        r"|(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.|mailto:|magnet:|data:)[^\s<>\"'“”‘’（）【】《》，。；、]+"
        r"|\]\([^)\s]*\)|(?<=href=)\S+|(?<=src=)\S+"
        r"|[A-Za-z0-9_./-]*[?&/][A-Za-z0-9_.%-]*=[^\s<>“”，。；、]*"
    )


@cache
def about() -> Pattern[str]:
    """Words of a line that is about escapes and encodings."""
    return re.compile(
        r"实体|實體|转义|轉義|编码|編碼|解码|解碼|字符串|字串|乱码|亂碼|正则|正則|"
        r"(?i:entit|escap|html|xml|encod|decod|unicode|utf-|ascii|charset|regex|codepoint|code point|json|payload|"
        r"javascript|python)"
    )


@cache
def written() -> Pattern[str]:
    """What stands before an escape that the sentence is about: 小于号写成 &lt;."""
    return re.compile(r"(?:写成|寫成|写作|寫作|写为|寫為)[ “\"「‘]?$")


@cache
def code() -> Pattern[str]:
    """A line that looks like a program's, or like data."""
    return re.compile(
        r"^(?:\t| {4,})\S*[\w)]+\s*[=(]|[{};]\s*$|=>|==|!=|&&|\|\||\w\(\s*[\"'/]|[\"']\s*[:,)\]}]\s*(?:[\"'\[{(]|$)|"
        r"^\s*(?:import|from|var|let|const|print|return|def|class|function|echo|#include|//|/\*|\$ |>>>|In \[)|"
        r"[\w.]+\s*[:+]?=\s*[\"'/u\\]"
    )
