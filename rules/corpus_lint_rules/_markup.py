"""What HTML, scripts, style sheets, forum code and site templates look like when they are left in a text.

Two things are told here: single tags inside prose, and whole lines of code. And when a document is itself markup or
speaks of it, so that nothing in it is a remnant.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

BLOCKS = (
    "p|div|br|hr|tr|td|th|table|tbody|thead|tfoot|ul|ol|li|dl|dt|dd|h[1-6]|center|section|article|header|footer|nav"
    "|blockquote|form|figure|figcaption|aside|main|address|fieldset|legend|iframe|noscript|title|option|select"
)
INLINES = (
    "a|b|i|u|s|em|strong|span|font|img|small|big|sub|sup|strike|del|ins|label|input|button|textarea|object|embed"
    "|param|video|audio|source|script|style|link|meta|base|body|html|head|nobr|wbr|cite|abbr|acronym|q|tt|marquee"
    "|area|map|col|colgroup|caption|svg|path|canvas|ref|nowiki|o:p|st1:[a-z]+|v:[a-z]+|ins"
)
ATTRIBUTE = r"""\s+[a-zA-Z_:@-][\w:.-]*(?:\s*=\s*(?:"[^"<>\n]*"|'[^'<>\n]*'|[^\s"'<>]+))?"""
TAG = rf"</?(?:{BLOCKS}|{INLINES})(?:{ATTRIBUTE})*\s*/?>"
NAME = r"</?\s*([a-zA-Z0-9:]+)"
ESCAPED = (
    r"&lt;/?(?:br|p|div|span|strong|font|img|table|tr|td|center|h[1-6]|b|a(?= ))\b(?:(?!&[lg]t;)[^<>\n]){0,200}&gt;"
)
"""A tag that was escaped before it was left."""
BREAKS = frozenset(("br", "p", "div", "tr", "li", "dt", "dd", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center"))
CELLS = ("td", "th")
"""Tags that begin a line, and tags that begin what a tab sets apart, as HTML says of a page's text (``innerText``)."""
LETTERS = "abiuspq"
"""Tags of one letter, which formulas have too: a<b>c."""
WORDS = frozenset(
    (
        *("address", "area", "base", "button", "caption", "col", "embed", "input", "label", "legend", "link"),
        *("map", "meta", "object", "option", "param", "path", "ref", "select", "source", "style", "textarea", "title"),
    )
)
"""Tags that a manual writes as well, for what its reader is to put there: --format=<style>."""
HALF = r"(?<![<a-zA-Z/&;])(?:br|BR|/p|/P|/div|/DIV|/span|/SPAN|/td|/tr|/font|/FONT)\s*/?>(?![=>])"
"""A tag whose opening mark was lost."""
FORUM = (
    r"\[(?P<medium>img|attach|attachimg|flash|media|swf)(?:=[^\[\]\n]{1,200})?\][!-Z^-~]{1,300}\[/(?P=medium)\]|"
    r"\[/?(?:url|img|color|size|font|align|quote|attach|flash|media|backcolor|indent|list|table|tr|td|hide|align"
    r"|b|i|u|s)(?:=[^\[\]\n]{1,200})?\]"
)
"""Codes of forums; what stands inside that of a picture or a file is its address or number."""
TEMPLATE = (
    r"<\?(?:php|=)[^\n]*?(?:\?>|$)|<!--#include\s[^\n>]*>|<!--\{[^\n{}]{1,80}\}-->|\{/(?:if|foreach|volist|loop|list|pc)\}"
    r"|\{(?:foreach|volist|loop|if) [^{}\n]{1,120}\}|\{\$[a-zA-Z_][\w.\[\]'\"|=-]{0,60}\}"
)
COMMENT = r"<!--(?:(?!-->)[^\n])*-->|<!\[CDATA\[|\]\]>|<!\[(?:if|endif)[^\]\n]*\]>|<!DOCTYPE[^>\n]*>"

ABSTRACT = r"<正>[~～]*"
"""How a Chinese database of papers begins an abstract that it took from the text itself."""
FOOTNOTE = r"<ref\b[^<>\n]*(?<!/)>[^<>\n]*</ref>"
"""A footnote of a wiki: without its tags, it would stand amid the sentence."""
WIKI = (
    r"\[\[\s*:?(?:File|Image|Media|Category|文件|檔案|图像|圖像|分类|分類|ファイル|画像|カテゴリ|파일|그림|분류|Datei|Bild|Kategorie"
    r"|Fichier|Catégorie|Archivo|Categoría|Immagine|Categoria|Ficheiro|Bestand|Categorie|Plik|Kategoria|Файл|Категория"
    r"|Tập tin|Thể loại|ملف|تصنيف)\s*:(?:[^\[\]\n]|\[\[[^\[\]\n]*\]\])*\]\]"
)
"""The picture or the category of a wiki's page."""
EDIT = r"(?<=[^\W_])\[\s?(?:编辑|編輯|编辑源代码|編輯原始碼|edit|edit source)(?: \| [^\[\]\n]{1,12})?\s?\](?=\s*$)"
"""The link behind a heading of a wiki, to edit what stands below it."""
REQUEST = r"\[\s?(?:来源请求|來源請求|查证请求|查證請求|citation needed)\s?\]|\[编辑本段\]"
"""What a wiki asks of those who edit it, amid the sentence that lacks a source."""
HEADING = 30
"""Characters of a line that may be a heading with its link."""
FEWEST_EDITS = 2
"""Headings with a link that make a page of a wiki; a manual may name one button."""

STATEMENT = (
    r"\b(?:document|window|location|navigator|jQuery|\$|_hmt|_gaq|_czc|googletag|dataLayer|wx|mw|BAIDU_CLB\w*)"
    r"\s*(?:\.\w+|\[[^\]\n]*\])*\s*(?:\(|=(?!=)|\|\|)"
    r"|\$\(\s*(?:function|document|[\"'.#])|\(function\s*\(|function\s+\w*\s*\([^)\n]*\)\s*\{"
    r"|^\s*(?:var|let|const)\s+[\w$]+\s*=[^=]|\badsbygoogle\b|\bgtag\s*\(|\bfbq\s*\(|\bga\s*\('"
    r"|\b(?:addEventListener|getElementById|createElement|appendChild|setTimeout|setInterval)\s*\("
)
"""JavaScript as pages have it: the objects of a browser, jQuery, counters and advertising scripts."""
STYLE_RULE = (
    r"(?:^|[}\s])(?:[.#]?[a-zA-Z][\w-]*+(?:[.:#][\w-]++)*+[\s,>+~]*+){1,8}+"
    r"\{\s*(?:[a-zA-Z-]+\s*:\s*[^;{}\n]{1,120};?\s*)+\}?"
)
STYLE = (
    r"@(?:media|import|charset|font-face|keyframes|-webkit-keyframes)\b[^\n]*|^\s*[a-z-]{3,30}\s*:\s*[^;{}\n]{1,80};\s*$"
    r"|mso-[a-z-]+:[^;\n]+|/\*\s*Style Definitions\s*\*/|\bMicrosoftInternetExplorer4\b"
)
DATA = r"^\s*[\[{]\s*\"[@\w:-]+\"\s*:.{20,}|^\s*\[\s*\{\s*\"\w+\"\s*:.{20,}|\"@(?:context|type|graph)\"\s*:"
CALL = r"^[ \t]*[a-zA-Z_$][\w$]*(?:\.\w+)*\((?:\s*(?:\"[^\"\n]*\"|'[^'\n]*'|\d+)\s*,?)*\s*\)\s*;[ \t]*\r?$"
"""A call of a function, with nothing but constants: the place of an advertisement, s("content_relate");"""
PROGRAMMING = r"代码|代碼|程式|程序|函数|函數|调用|編程|编程|脚本|腳本|接口|[{}]|^[^\u4e00-\u9fff\n]*[=(]"
"""What a text has that shows code to its readers."""
CHINESE = 20
"""Han characters, at least, beside which a call is no code of the author's."""
CODE = (
    ("script", "", STATEMENT),
    ("style sheet", "{", STYLE_RULE),
    ("style sheet", "", STYLE),
    ("data of the page", '"', DATA),
)
"""What code is, what it always has, and how it is known."""
CLOSING = r"^\s*[\[\](){};,]+\s*$|^\s*\}\s*(?:\)|else|,).*$|^\s*//.*$|^\s*/?\*.*$"

SUBJECTS = (
    *("HTML", "html标签", "CSS", "XML", "XHTML", "DOM", "JSON", "PHP", "JSP", "ASP.NET", "Vue", "UBB", "BBCode"),
    *("Markdown", "TypeScript", "SGML", "LaTeX", "jQuery", "Node.js", "MediaWiki"),
)
SUBJECT = r"(?<![\w./#\"'-])(?:" + "|".join(map(re.escape, SUBJECTS)) + r")(?![\w/.])"
"""What a text names that speaks of markup; page furniture does not (下载.html, HTML5 player)."""
STRUCTURE = (
    (("```", "~~~"), r"^[ \t>]*(?:```|~~~)"),
    (("# ",), r"^#{1,6} \S"),
    (("](",), r"\]\((?:https?:|/|\.|#)"),
    (("``",), "``"),
    ((".. ",), r"^\s*\.\. "),
    (("::",), r"::[ \t]*$"),
    ((">>> ",), r"^\s*>>> "),
    (("`",), r"`[^`\n]+`"),
    (("import", "#include", "def ", "package "), r"^\s*(?:import \w|from \w+ import|#include|def \w+\(|package \w)"),
    (("|",), r"^\|[ :-]+\|"),
    (("---",), r"^---[ \t]*\r?$"),
    (
        ("标签", "標籤", "元素", "标记", "標記", " tag", " element"),
        r"</?[A-Za-z][A-Za-z0-9]*(?: [^<>\n]{1,60})?>[”\"」]?\s?"
        r"(?:(?:结束|閉合|闭合)?(?:标签|標籤|元素|标记|標記)|(?:tag|element)s?\b)",
    ),
)
"""Markdown, reStructuredText, TeX and source code, in which tags are the author's, and a tag that is called
one: each behind texts of which it has one, which are looked for faster."""
WHOLE = r"\s*(?:\ufeff)?\s*<(?:\?xml|!DOCTYPE|html|(?!(?:" + BLOCKS + "|" + INLINES + r")\b)[A-Za-z][\w:.-]*[ >])"
"""The document is itself an HTML or XML document."""
LAID_OUT = r"\s*<\w[^\n]*>[ \t]*\r?\n(?:.*\n)?[ \t]+</?\w"
"""The document is a part of a page laid out for reading, as people and models write it; it ends with a tag then."""


ELEMENT = r"\s*<(\w+)(?: [^<>\n]*)?>(?:(?:(?!<\1\b)[^\n])*</\1>)?\s*"
"""A text that is an element, of which nothing says whether it is meant as one."""
MOST_OF_ELEMENT = 200
"""Characters of such a text, at most: longer ones are pages."""

RAISED = r"(?<=[^\W_]|\))<(?P<raised>sup|sub)>\s*(?P<number>[-+−]?\d{1,4}|n)\s*</(?P=raised)>"
"""A number above or below the line: of 10<sup>6</sup> nobody may make 106."""
SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
SUBSCRIPTS = str.maketrans("0123456789+-−n", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₙ")
FORMULA = r"(?<=[^\W_]|\))<su[bp]>\s*(?P<raised_term>[^<\seoa]|[^<]*\d[^<\]]*)\s*</su[bp]>"
"""A raised or lowered sign, or more with a number, that has no character of its own; 1<sup>er</sup> is a word."""

INLINE_CODE = r"<(?P<code>script|style)\b[^<>\n]*>.*?</(?P=code)\s*>"
"""A script or style sheet amid a line: without its tags, it would stand there as text."""

PARTS = (
    ("script", INLINE_CODE),
    ("raised_number", RAISED),
    ("formula", FORMULA),
    ("comment", COMMENT),
    ("template", TEMPLATE),
    ("footnote", FOOTNOTE),
    ("abstract", ABSTRACT),
    ("tag", TAG),
    ("escaped", ESCAPED),
    ("forum", FORUM),
    ("wiki", WIKI),
    ("edit", EDIT),
    ("request", REQUEST),
    ("half", HALF),
)
"""What is looked for in a line, each behind its name."""
WHAT = {
    "comment": "comment of the page",
    "script": "script",
    "template": "code of the site's template",
    "footnote": "footnote of a wiki",
    "abstract": "mark of a database of papers",
    "wiki": "picture or category of a wiki",
    "edit": "link of a wiki to edit the section",
    "request": "request of a wiki for a source",
}
"""What the message calls it."""


class Remnant(NamedTuple):
    """Markup left in a line; offsets count from the start of the line. ``content`` is what it becomes."""

    start: int
    end: int
    what: str
    content: str
    sure: bool


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when first needed."""
    return re.compile(pattern, flags)


def is_markup(document: Document) -> bool:
    """Whether the document is markup, code, or about either; the last one asked for is remembered."""
    global _last
    if _last is None or _last[0] is not document:
        text = document.text
        _last = (
            document,
            compiled(WHOLE).match(text) is not None
            or (text.rstrip().endswith(">") and compiled(LAID_OUT).match(text) is not None)
            or any(_has(text, signs, pattern) for signs, pattern in STRUCTURE)
            or _has(text, SUBJECTS, SUBJECT),
        )
    return _last[1]


_last: tuple[Document, bool] | None = None


def _has(text: str, signs: tuple[str, ...], pattern: str) -> bool:
    """Whether the pattern is in the text, which has one of the signs then."""
    return any(sign in text for sign in signs) and compiled(pattern, re.MULTILINE).search(text) is not None


def remnants(text: str, whole: str) -> Iterator[Remnant]:
    """The single remnants in a line, in order; ``whole`` is the text of its document."""
    pattern = "|".join(f"(?P<{name}>{part})" for name, part in PARTS)
    for match in compiled(pattern, re.IGNORECASE).finditer(text):
        kind = match.lastgroup or ""
        if kind == "tag":
            if (found := _tag(match, text, whole)) is not None:
                yield found
        elif kind == "raised_number":
            forms = SUPERSCRIPTS if match["raised"].lower() == "sup" else SUBSCRIPTS
            yield Remnant(*match.span(), "tag", match["number"].lower().translate(forms), sure=True)
        elif kind == "formula":
            yield Remnant(*match.span(), "tags of a formula", match["raised_term"], sure=True)
        elif kind == "forum":
            name = compiled(r"\w+").search(match[0])
            if name and (f"[/{name[0]}]".casefold() in whole.casefold()):
                yield Remnant(*match.span(), "forum code", "", sure=True)
        elif kind == "edit":
            if len(text) <= HEADING and _edits(whole) >= FEWEST_EDITS:
                yield Remnant(*match.span(), WHAT[kind], "", sure=True)
        elif kind == "half":
            before = text[match.start() - 1 : match.start()]
            is_break = match[0].lower().startswith("br")
            if not before or not before.isascii():
                yield Remnant(*match.span(), "half of a tag", "\n" if is_break else "", sure=not before.isspace())
        elif kind == "escaped":
            breaks = compiled(r"(?i)&lt;/?(?:br|p|div|tr|h[1-6])\b").match(match[0])
            inside = text[: match.start()].strip() and text[match.end() :].strip()
            yield Remnant(*match.span(), "escaped tag", "\n" if breaks and inside else "", sure=True)
        else:
            yield Remnant(*match.span(), WHAT[kind], "", sure=True)


@lru_cache(maxsize=1)
def _edits(whole: str) -> int:
    """How many headings of a text have a link to edit their section."""
    return len(compiled(rf"^.{{1,{HEADING - 8}}}{EDIT}", re.MULTILINE | re.IGNORECASE).findall(whole))


def _tag(match: re.Match[str], text: str, whole: str) -> Remnant | None:
    name_match = compiled(NAME).match(match[0])
    name = name_match[1].lower() if name_match else ""
    plain = "=" not in match[0]
    if len(name) == 1 and plain and name in LETTERS:
        before = text[match.start() - 1 : match.start()]
        other = f"</{name}>" if not match[0].startswith("</") else f"<{name}"
        if other not in whole.lower() or (before.isascii() and before.isalnum() and name not in "pab"):
            return None
    if plain and name in WORDS and f"</{name}" not in whole.lower():
        return None
    before, behind = text[: match.start()], text[match.end() :]
    content = ""
    if before.strip() and behind.strip():
        if name in BREAKS:
            content = "\n"
        elif name in CELLS and _is_between_cells(before, behind):
            content = "\t"
    return Remnant(*match.span(), "tag", content, sure=True)


def _is_between_cells(before: str, behind: str) -> bool:
    """Whether a tag comes behind the text of a cell and before another cell."""
    return before[-1] != ">" and not compiled(r"(?i)\s*</?(?:tr|t(?:able|head|body|foot))\b").match(behind)


def is_element(text: str) -> bool:
    """Whether a text is one short element from end to end, and nothing else."""
    return len(text) <= MOST_OF_ELEMENT and compiled(ELEMENT).fullmatch(text) is not None


def code_kind(text: str) -> str | None:
    """What code the line is: "script", "style sheet", "data of the page"; None when it is none."""
    if len(text) > 20_000:
        text = text[:20_000]
    if not _mostly_code(text):
        return None
    for what, sign, pattern in CODE:
        if sign in text and compiled(pattern).search(text) is not None:
            return what
    return None


def is_stray_call(text: str, whole: str) -> bool:
    """Whether a line is a call that a page makes for an advertisement, in a Chinese text that has no code."""
    if not compiled(CALL).match(text):
        return False
    rest = compiled(CALL, re.MULTILINE).sub("", whole)
    is_about_code = compiled(PROGRAMMING, re.MULTILINE).search(rest) is not None
    return not is_about_code and len(compiled(r"[\u4e00-\u9fff]").findall(rest)) >= CHINESE


def goes_on(text: str) -> bool:
    """Whether the line may be the rest of a block of code: closing brackets, statements, comments."""
    stripped = text.strip()
    if not stripped:
        return False
    return (
        compiled(CLOSING).match(text) is not None
        or code_kind(text) is not None
        or (stripped[-1] in "{};," and _mostly_code(stripped) and any(mark in stripped for mark in "(){}=:;"))
    )


def _mostly_code(text: str) -> bool:
    """Whether a line has more code than words of a language: few letters outside ASCII, marks of code."""
    sample = text[:2000]
    foreign = sum(1 for c in sample if c > "\u024f" and c.isalpha())
    marks = sum(sample.count(mark) for mark in "(){}[]=;:\"'$.<>|&")
    return 5 * foreign < len(sample) and 12 * marks >= len(sample)
