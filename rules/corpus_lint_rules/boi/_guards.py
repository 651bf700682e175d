"""Documents and places in which a line that looks like boilerplate is content.

A guard takes the line and says whether it speaks for leaving the line alone. Phrase groups name their guards.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence
from corpus_lint.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus_lint.document import Line

PAGER = r"[上下前后後]\s*一?\s*[篇页頁章节節条條则則个個]|返回|目[录錄]"
"""What a pager says, one link of which may lead nowhere."""
LONGEST_ENTRY = 16
"""Characters, folded, of a line that may be an example among others; a copyright line is longer."""
LICENCE_WORDS = (
    "Permission is hereby granted",
    "Redistribution and use in source",
    "Permission to use, copy",
    "Permission to copy, modify",
    "endorse or promote products",
    "WITHOUT WARRANTY OF ANY KIND",
    "Software Notice",
    "software license",
    "Open Font License",
    "Source License",
    "Licensed under the ",
    "GNU General Public License",
    "GNU Lesser General",
    "GNU Free Documentation License",
    "Apache License",
    "Mozilla Public License",
    "Creative Commons",
    "MIT License",
    "SPDX-License-Identifier",
    "THE SOFTWARE IS PROVIDED",
    'PROVIDED "AS IS"',
    "CC BY",
    "CC-BY",
    "知识共享",
    "創用CC",
    "木兰",
)
CODE_LINE = r"\s*(?:#|//|/\*|\*|;|--|<!--|%|'|\"|\.\.|REM\b|@)"
HEADING = r"\s*#{1,6}\s"
LICENCE_HEADING = (
    r"(?i)\s*licen[sc]e\b|\s*(?:#{1,6}|=+|\*\*)\s*"
    r"(?:licen[sc]e|copyright|许可|授权|版权|著作权|協議|协议|ライセンス|라이선스|лицензия)"
)
IMPRINT = (
    r"(?i)ISBN|ISSN|图书在版编目|圖書在版編目|CIP\s*数据|印\s*次|印\s*[張张]|[开開]\s*本"
    r"|定\s*[价價]|发\s*行\s*[者所]"
)
PAPER = (
    r"(?m)^\s*[【\[]?(摘\s*要|参考文献|參考文獻|关键词|關鍵詞|Abstract|ABSTRACT|References|中图分类号|致谢|文献标识码)"
)
NUMBER_OF_ARTICLE = r"第\s*[一二三四五六七八九十百零〇0-9]+\s*[条條]"
ARTICLE = rf"(?m)^[\s#*]*{NUMBER_OF_ARTICLE}"
MARKDOWN = r"\s*(?:[-*+>●○◦▪■◆]\s|\*\*)"
POLICY = (
    r"(?i)RGPD|GDPR|DSGVO|Datenschutz|personenbezogen|données (?:à caractère )?personnel|protection des données"
    r"|personal data|privacy policy|datos personales|dati personali|dados pessoais|persoonsgegevens"
    r"|персональны[хе] данны[хе]|個人情報|个人信息|個人資料|隐私政策|개인정보"
)
MANY_OF_POLICY = 6
"""So many of these make a text a privacy policy; the notice of a site and its footer have a few."""
SECTION_ON_COOKIES = (
    r"(?i)\s*(?:#{1,6}\s|\*\*|<h[1-6]|\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s|[a-z]\)\s|[IVX]+\.\s).*(?:cookie|куки|クッキー|쿠키)"
    r"|.*(?:cookie|куки|クッキー|쿠키).*[:：]\W*$"
)
MARKDOWN_LIST = r"\s*(?:[-*+>]\s|\d{1,3}[.)]\s|`|~~~|\[)"
REFERENCE = r"(?i)\babout\b.+\bat\s+<?https?://|\b(?:about|on) (?:it|them|that|these|those) (?:in|on|at|from|here)\b"
CLAUSE = r"(?i)\s*(?:\(?\d{1,2}\)?[.)、]|§|section|article|clause)\s*\S"
ORDER = r"(?i)(?:show|see|view|read|browse|load)(?: [\w'’“”\"/-]+,?){4,}\.\s*$"
SETTING = r"\s*[\w.-]+\s*="
UNDERLINE = r"\s*([-=~^\"*+#])\1{2,}\s*$"
EXCERPT = r"摘[编編]?自"
CITED = EXCERPT + r"[\s:：]*[^《》〈〉\s:：]{2,12}[《〈]"
FIELD_ITEM = r"\s*[-*+>●○◦▪■◆]\s+[^\s:：。；;，,]{1,12}\s?[:：][^。；;！？]{0,60}$"
FIELD_OF_SITE = (
    r"\s*\S\s+(?:文[档件章]|資源|资源|上[传傳]|下[载載]|[发發][布佈表]|更新|添加|[录錄]入|[来來]源|作者|[编編][辑輯者]|[责責][编編]|格式|[页頁][数數]|大小|人[气氣]|[阅閱][读讀]|[浏瀏][览覽]"
    r"|[点點][击擊]|[评評][论論]|收藏|[积積]分|金[币幣]|[时時][间間]|日期|[标標][签籤]|[栏欄]目|分[类類]|[关關][键鍵][词詞字])[^:：]{0,6}[:：]"
)
"""An item of a list that is a field, and one whose label is a word of sites."""
FEWEST_FIELDS = 3
FIELDS_NEAR = 8
NEAR = 12
"""Lines in front and behind within which an imprint is one."""
SMALL_WORD = r"\b[a-zà-ÿа-яё]{2,}"
SENTENCE = 4
"""Small words behind a copyright sign from which on a line goes on about something else."""
EVENT = (
    r"[\W\d]*(?:活动|会议|报告|讲座|比赛|演出|面试|考试|招聘|集合|开会)?[地场場][ \u3000]*[点點馆館][:：]"
    r"|\W*(?:主讲|主講|报告|報告|演讲|演講|主持)人[:：]"
)
"""How a line begins that says where something takes place, or who speaks there."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when first needed."""
    return re.compile(pattern)


def licence(line: Line) -> bool:
    """The document is, or has, the licence of a program; there a copyright line is content."""
    if compiled(CODE_LINE).match(line.text) or compiled(HEADING).match(line.text):
        return True
    if _has_licence(line.document.text):
        return True
    return any(compiled(LICENCE_HEADING).match(text) for text in neighbours(line, 4, 0))


def imprint(line: Line) -> bool:
    """A book's imprint stands around the line."""
    return any(compiled(IMPRINT).search(text) for text in (line.text, *neighbours(line, NEAR, NEAR)))


def code(line: Line) -> bool:
    """The line is a comment of source code or a heading of Markdown."""
    return bool(compiled(CODE_LINE).match(line.text))


def paper(line: Line) -> bool:
    """The document is a paper or a thesis."""
    return _is_paper(line.document.text)


def wrapped(line: Line) -> bool:
    """The line is the rest of a sentence that was broken to fit a page: it goes on in lower case."""
    first = next((c for c in line.text if c.isalnum()), "")
    return first.islower() and bool((line.neighbour(-1) or "").strip())


def statute(line: Line) -> bool:
    """The line is an article of a law, or stands in a text of such articles."""
    return bool(compiled(ARTICLE).match(line.text)) or _has_articles(line.document.text)


@lru_cache(1)
def _has_licence(text: str) -> bool:
    """Whether a document has words of a licence; asked for many of its lines, as those below."""
    return any(word in text for word in LICENCE_WORDS)


@lru_cache(1)
def _is_paper(text: str) -> bool:
    return len(set(compiled(PAPER).findall(text))) >= 2


@lru_cache(1)
def _has_articles(text: str) -> bool:
    found = 0
    for match in compiled(NUMBER_OF_ARTICLE).finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        found += not text[line : match.start()].replace("#", "").replace("*", "").strip()
        if found == 3:
            return True
    return False


def policy(line: Line) -> bool:
    """The line is of a privacy policy, which says at length what a site's notice says: in a section on cookies."""
    if line.text.rstrip().endswith((":", "：")):
        return True
    above = next((text for text in reversed(neighbours(line, 3, 0)) if text.strip()), "")
    return compiled(SECTION_ON_COOKIES).match(above) is not None or _is_policy(line.document.text)


@lru_cache(1)
def _is_policy(text: str) -> bool:
    return len(compiled(POLICY).findall(text)) >= MANY_OF_POLICY


def authored(line: Line) -> bool:
    """The line leads to a list, a quotation or code of Markdown, or goes on behind its colon in lower case.

    An address there is in lower case, too: a site has the title of its page.
    """
    _, colon, behind = line.text.replace("：", ":").partition(":")
    if colon and behind.strip():
        return behind.strip()[0].islower()
    below = next((text for text in neighbours(line, 0, 3) if text.strip()), "")
    return compiled(MARKDOWN_LIST).match(below) is not None


def leading(line: Line) -> bool:
    """The line ends with a colon and leads to a list of Markdown, as a writer's "further reading:" does."""
    return line.text.rstrip().endswith((":", "：")) and authored(line)


def reference(line: Line) -> bool:
    """The line is a sentence that says about what to read more, and where; a button has a link instead, and a title."""
    return compiled(REFERENCE).search(line.text) is not None


def answer(line: Line) -> bool:
    """No pager stands beside the line, which may be what somebody says: 没有了."""
    return not any(compiled(PAGER).search(text) for text in neighbours(line, 3, 3))


def clauses(line: Line) -> bool:
    """The line is the heading of numbered clauses, which they are themselves; a link to them stands elsewhere."""
    below = next((text for text in neighbours(line, 0, 3) if text.strip()), "")
    return compiled(CLAUSE).match(below) is not None


def order(line: Line) -> bool:
    """The line is a sentence that says what to do, with its full stop; a button has neither."""
    return compiled(ORDER).match(line.text.strip()) is not None


def listed(line: Line) -> bool:
    """The line is a word in a list of words."""
    from . import _word_list as word_list

    return len(line.text.split()) == 1 and word_list.is_word_list(line.document)


def enlisted(line: Line) -> bool:
    """The line says little, and stands in a list of sentences, comments or entries, as one of them may."""
    from . import _line_list as line_list

    return len(fold(line.text).text) <= LONGEST_ENTRY and line_list.is_line_list(line.document)


def section(line: Line) -> bool:
    """The line is the head of a section of a file of settings."""
    return any(compiled(SETTING).match(text) for text in neighbours(line, 0, 1))


def technical(line: Line) -> bool:
    """The document is in Markdown, is code, or is about code: what a form or a wiki says may be its subject."""
    from .. import _markup as markup

    return markup.is_markup(line.document)


def lowered(confidence: Confidence, line: Line) -> Confidence:
    """The confidence in a phrase, lower when the line is an item of a list, or a quotation of Markdown.

    A list of fields (文档编号：17, 页数：69, 格式：DOCX) is no author's: a page has its data sheet so.
    """
    return Confidence.MEDIUM if compiled(MARKDOWN).match(line.text) and not _is_data_sheet(line) else confidence


def _is_data_sheet(line: Line) -> bool:
    """Whether the line and those beside it are items that give a site's word and a value, and nothing else."""
    items = [line.text]
    for text in reversed(neighbours(line, FIELDS_NEAR, 0)):
        if not compiled(FIELD_ITEM).match(text):
            break
        items.append(text)
    for text in neighbours(line, 0, FIELDS_NEAR):
        if not compiled(FIELD_ITEM).match(text):
            break
        items.append(text)
    named = sum(compiled(FIELD_OF_SITE).match(text) is not None for text in items)
    return named >= FEWEST_FIELDS and 2 * named > len(items)


def amid(line: Line) -> bool:
    """The line is a sentence with a copyright sign in it: who owns the picture of which it speaks."""
    head, _, tail = line.text.partition("©")
    words = compiled(SMALL_WORD).findall(tail)
    return (
        len(words) >= SENTENCE and tail.rstrip().endswith((".", "!", "?")) and bool(compiled(SMALL_WORD).search(head))
    )


def safety(confidence: Confidence, *, is_sure: bool = True) -> Applicability:
    """How safely a line is deleted: what may be the author's own, as an item of a list may, is looked at first."""
    return Applicability.SAFE if is_sure and confidence is Confidence.HIGH else Applicability.UNSAFE


def alone(line: Line) -> bool:
    """There is no other line of text in the document."""
    return line.document.text.strip() == line.text.strip()


def cited(line: Line) -> bool:
    """The line names an author and a work, or the document cites several: a quotation's source, as exams have it."""
    return bool(compiled(CITED).search(line.text)) or len(compiled(EXCERPT).findall(line.document.text)) > 1


def placeholder(line: Line) -> bool:
    """The line stands in brackets, as what is to be filled in does: [Your Name]."""
    return line.text.strip().startswith(("[", "(", "<", "【", "（"))


def fenced(line: Line) -> bool:
    """The line stands in a block of code or in the front matter of a Markdown file."""
    return line.document.markup.in_code(line.start)


def underlined(line: Line) -> bool:
    """The line is a heading with a rule of marks below it (Markdown, reStructuredText)."""
    return any(compiled(UNDERLINE).match(text) for text in neighbours(line, 0, 1))


def event(line: Line) -> bool:
    """Whether a line beside it says where something takes place, or who speaks there: it is an invitation."""
    return any(compiled(EVENT).match(text) for text in neighbours(line, 3, 3))


def neighbours(line: Line, before: int, after: int) -> list[str]:
    """The texts of up to ``before`` lines in front of the line and ``after`` behind it."""
    found = _beside(line, before, after) if line.byte_start else None
    if found is not None:
        return found
    texts = (line.neighbour(step) for step in (*range(-before, 0), *range(1, after + 1)))
    return [text for text in texts if text is not None]


def _beside(line: Line, before: int, after: int) -> list[str] | None:
    """The same, cut out of the bytes: to number the lines of a long text takes long, and nobody else may need it.

    None where that is not certain: a carriage return may end a line or not.
    """
    data, errors = line.document.data, line.document.errors
    start = line.byte_start
    end = start + len(line.text.encode("utf-8", errors))
    ends = data[end : end + 2]
    if data[start - 1 : start] != b"\n" or (ends[:1] not in (b"\n", b"") and ends != b"\r\n"):
        return None
    end += ends.find(b"\n") if ends else 0
    found: list[bytes] = []
    while start > 0 and len(found) < before:
        begin = data.rfind(b"\n", 0, start - 1) + 1
        found.insert(0, data[begin : start - 1].removesuffix(b"\r"))
        start = begin
    while end < len(data) and after:
        begin, end = end + 1, data.find(b"\n", end + 1)
        end = end if end >= 0 else len(data)
        found.append(data[begin:end].removesuffix(b"\r") if end < len(data) else data[begin:])
        after -= 1
    return None if any(b"\r" in text for text in found) else [text.decode("utf-8", errors) for text in found]


@cache
def guard(name: str) -> Callable[[Line], bool]:
    """The guard that is called ``name``.

    Raises:
        ValueError: there is none.
    """
    known = {
        function.__name__: function
        for function in (
            *(licence, imprint, code, paper, statute, wrapped, policy, authored, leading),
            *(reference, section, technical, fenced, underlined, clauses, answer, order, placeholder, cited, event),
        )
    }
    if name not in known:
        raise ValueError(f"no guard is called {name!r}")
    return known[name]
