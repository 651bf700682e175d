"""BOI008: tags, scripts, style sheets and template code left in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line

MOST_LINES = 400
"""Lines of one block of code, at most."""
CALL_END = 4
"""Bytes of white space, at most, behind a call that is a line."""
TAGS = (
    "<br",
    "<p>",
    "<p ",
    "</p>",
    "<div",
    "</div",
    "<span",
    "</span",
    "<font",
    "</font",
    "<a href",
    "</a>",
    "<img ",
    "<strong>",
    "</strong>",
    "<table",
    "</td>",
    "</li>",
    "<script",
    "</script",
    "<style",
    "</style",
    "<iframe",
    "<h1",
    "<h2",
    "<h3",
    "</h",
    "<b>",
    "</b>",
    "<center",
    "<li>",
    "<em>",
    "<i class=",
    "<!--",
    "<![",
    "<?php",
    "</tr",
    "<input",
    "<o:p",
    "<ref",
    "<sup>",
    "<sub>",
    "</ref>",
)
EDITING = (
    *("[编辑", "[ 编辑", "[編輯", "[ 編輯", "[edit", "[ edit"),
    *("来源请求]", "來源請求]", "查证请求]", "查證請求]", "citation needed"),
)
WIKI = ("[[File:", "[[Image:", "[[Category:", "[[:Category:")
"""Of wikis in English; other languages have a colon behind another word in double brackets."""
ESCAPED = (
    "&lt;br",
    "&lt;p&gt;",
    "&lt;/",
    "&lt;p ",
    "&lt;strong",
    "&lt;span",
    "&lt;div",
    "&lt;img",
    "&lt;font",
    "&lt;a ",
)
HALVES = ("br>", "/p>", "/div>", "/span>", "/td>", "/tr>", "/font>")
FORUM = (
    "[/url]",
    "[/img]",
    "[/color]",
    "[/size]",
    "[/font]",
    "[/align]",
    "[/quote]",
    "[/b]",
    "[/i]",
    "[attach]",
    "[/hide]",
)
TEMPLATE = ("{/if}", "{/foreach}", "{/volist}", "{/loop}", "{$", "<!--{", "{volist ", "{foreach ", "{loop ")
SCRIPT = (
    "document.write",
    "document.get",
    "document.create",
    "window.",
    "_hmt",
    "_czc",
    "_gaq",
    "googletag",
    "adsbygoogle",
    "$(function",
    "$(document",
    "(function",
    "function(",
    "function (",
    "gtag(",
    "dataLayer",
    "jQuery",
    "BAIDU_CLB",
    "setTimeout",
    "addEventListener",
)
STYLE = ("@media", "@font-face", "@import", "@charset", "mso-", "/* Style Definitions", "MicrosoftInternetExplorer4")
DATA = ('"@context"', '"@type"', '"@graph"')


UNSAFE = ("half of a tag", "footnote of a wiki", "tags of a formula", "script")
"""Remnants whose removal takes or leaves more than the tags."""


class MarkupRemnant(RegionRule):
    """A tag, a script, a style sheet or code of the site's template stands in the text.

    An extractor that reads pages with regular expressions, or stops at half a tag, leaves `<br>`, `BR>`,
    `<span id="w6w9l">`, `[/color]`, `{/if}`, and whole lines of JavaScript, CSS and JSON. A model that learns them
    mixes prose and code.

    Found are complete tags of HTML (and of forums: `[url=…]`, only in pairs), tags without their first mark, comments
    of the page, footnotes, pictures and categories of a wiki (`[[File:…]]`), its links behind headings (`历史[编辑]`,
    two or more) and its requests for a source, code of the usual template engines, and blocks of lines that are
    script, style sheet or data of the page: one finding for a line's tags, and one for a block.

    Markdown, HTML and XML documents, source code, text with code blocks or code spans, and text that names HTML, CSS,
    XML, JSON and the like are left alone as a whole, for there the tags are the author's. So are `a<b>c` and addresses
    in angle brackets. Entities such as `&nbsp;` are `MOJ008`'s.

    A short text that is one element and nothing else (`<p>Hello</p>`) may be meant as HTML, as exercises and their
    answers are: that is reported with less confidence, and its fix is unsafe.

    Removing tags is safe: a tag that breaks a line becomes a line break, one between cells of a table a tab, those of a
    raised number make it one (10<sup>6</sup> is 10⁶), every other one becomes nothing. Completing half a tag, taking
    the tags from a formula that no characters can write, removing a footnote, a script or a style sheet amid a line
    and deleting blocks of code is unsafe.
    """

    code = "BOI008"
    name = "markup-remnant"
    examples = (
        Bad("他走进屋里。⟦<br>⟧天已经黑了。", "他走进屋里。\n天已经黑了。"),
        Bad('產品⟦<span id="w6w9l"></span>⟧質量很好。', "產品質量很好。"),
        Bad("一斤干茶要四五斤鲜叶，⟦&lt;br /&gt;⟧手快的人一天采十斤。", "一斤干茶要四五斤鲜叶，\n手快的人一天采十斤。"),
        Bad("这些设备的使用。⟦BR>⟧第二段从这里开始。", "这些设备的使用。\n第二段从这里开始。"),
        Bad('⟦<p><font color="red">重要</font>⟧通知：明天放假。\n⟦</p>⟧', "重要通知：明天放假。\n"),
        Bad("楼主说⟦[color=red]很好[/color]⟧。", "楼主说很好。"),
        Bad("正文。⟦[img]http://example.com/a.jpg[/img]⟧下文。", "正文。下文。"),
        Bad("正文。\n⟦[attach]20384[/attach]⟧\n下文。", "正文。\n\n下文。"),
        Bad(
            '正文。\n⟦var _hmt = _hmt || [];\n(function() {\n  document.createElement("script");\n})();⟧\n下段。',
            "正文。\n下段。",
        ),
        Bad(
            '这学期就要结束了，同学们都忙着写总结。\n⟦s("content_relate");⟧\n下学期再见。',
            "这学期就要结束了，同学们都忙着写总结。\n下学期再见。",
        ),
        Good('先用下面的函数打开串口，再写入数据，最后关闭它。\nopen_port("COM3");\nwrite(data, 8);\nclose();\n'),
        Bad("正文。\n⟦@media screen and (max-width:600px){.ad{display:none;}}⟧\n下一段。", "正文。\n下一段。"),
        Bad('⟦{"@context":"https://schema.org","@type":"NewsArticle"}⟧\n正文。', "正文。"),
        Bad("标题\n⟦<!--{if $a}-->正文{/if}⟧", "标题\n正文"),
        Bad("He left the room.⟦<br />⟧It was dark.", "He left the room.\nIt was dark."),
        Bad("浓度是 10⟦<sup>6</sup> 个每升，水是 H<sub>2</sub>⟧O。", "浓度是 10⁶ 个每升，水是 H₂O。"),
        Bad("⟦<正>⟧发热是儿科最常见的症状之一。", "发热是儿科最常见的症状之一。"),
        Bad("The ferry was sold.⟦]]>⟧", "The ferry was sold."),
        Bad("⟦[[File:Harbour.jpg|thumb|港口[[全景]]]]⟧\n海州港是一座渔港。\n⟦[[分类:渔港]]⟧", "\n海州港是一座渔港。\n"),
        Bad("海州港是一座渔港。⟦<ref name=a>《海州志》卷三</ref>⟧它很老。", "海州港是一座渔港。它很老。"),
        Bad(
            "历史⟦[编辑]⟧\n港口建于明代⟦[来源请求]⟧，后来荒废。\n地理⟦[编辑]⟧\n港湾朝南。",
            "历史\n港口建于明代，后来荒废。\n地理\n港湾朝南。",
        ),
        Bad("⟦<p>第一段。</p><p>第二段。</p>⟧", "第一段。\n\n第二段。"),
        Bad("⟦<p>第一段。</p>⟧", "第一段。"),
        Bad("⟦<b>Hello</b>⟧ and good morning to you.", "Hello and good morning to you."),
        Bad("面积约⟦<b>10<sup>6</sup></b>平方米，含CO<sub>2</sub>⟧。", "面积约10⁶平方米，含CO₂。"),
        Bad("⟦<b>the</b> 19<sup>th</sup>⟧ century", "the 19th century"),
        Bad("等于⟦<b>x<sup>y+1</sup></b>⟧的值", "等于xy+1的值"),
        Bad("联系方式如下：⟦<td>姓名</td><td>电话</td>⟧", "联系方式如下：\t姓名\t电话"),
        Bad("他说完就走了。⟦<style>p {color: red}</style>⟧第二天", "他说完就走了。第二天"),
        Good("点击菜单[编辑]\n选中要改的那一行，再按回车。"),
        Good("段落写在 <p> 标签里，换行写 <br>。\n<p>第一段</p>"),
        Good("if [[ -n $x: ]]，数组 a[[1]]，见[[海州港|渔港]]：很老。"),
        Good("换行用 `<br>` 写。"),
        Good("# 标题\n\n第一行<br>第二行"),
        Good("HTML 里的 <br> 表示换行，<p> 表示段落。"),
        Good("```html\n<p>段落</p>\n```"),
        Good("若 a<b 且 b>c，则 a<b>c 无定义。"),
        Good("写信给 <someone@example.com>，见 <https://example.com/>。"),
        Good('<?xml version="1.0"?>\n<doc><p>正文</p></doc>'),
        Good('<form>\n  <h2>Survey</h2>\n  <p>Please answer the questions.</p>\n  <input type="submit">\n</form>'),
        Good("<table>\n  <tr>\n    <td>Song</td>\n    <td>2017</td>\n  </tr>\n</table>\n"),
        Good('"git log" learned "--format=<style>" and "--notes=<ref>"; both take a <title>.'),
        Good("变量 x; y; z 是未知数；函数(function)是映射。"),
        Good("他读了《<史记>选》，又读 <红楼梦>。"),
    )

    triggers = (
        *literals((*TAGS, *ESCAPED, *HALVES, *FORUM, *EDITING, *WIKI), caseless=True),
        *literals((*TEMPLATE, *SCRIPT, *STYLE, *DATA, "]]>", "<正>")),
        *(Trigger(end, is_literal=True, tail=CALL_END) for end in (b'");', b"');", b"();")),
        expression(r"\[\[[^\]\n|]{0,20}[\x80-\xff][^\]\n|]{0,20}:", apart=True),
        expression(r"\[\[(?:Datei|Bild|Kategorie|Fichier|Archivo|Immagine|Categoria|Ficheiro|Bestand|Plik|Media):"),
        expression(r"\n[ \t]{0,8}(?:\x7b|\x5b\x7b)\x22"),
        expression(r"[a-z0-9\)]\{[a-z-]{3,24}: ?[^\n;]{1,60};"),
    )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Blocks of code, and the tags of every other line."""
        from .. import _markup as markup

        if markup.is_markup(document):
            return
        after = 0
        for line in lines:
            index = line.index
            if index < after:
                continue
            what = markup.code_kind(line.text)
            if what is None and markup.is_stray_call(line.text, document.text):
                what = "script"
            if what is not None:
                last = self._last_of_block(document, index)
                after = last + 1
                yield self._block(document, index, last, what)
            else:
                finding = self._tags(document, line)
                if finding is not None:
                    yield finding

    def _last_of_block(self, document: Document, first: int) -> int:
        """The last line of the block of code that begins on line ``first``."""
        from .. import _markup as markup

        last = first
        for index in range(first + 1, min(len(document.line_starts), first + MOST_LINES)):
            text = document.line_text(index)
            if markup.goes_on(text):
                last = index
            elif text.strip():
                break
        return last

    @staticmethod
    def _block(document: Document, first: int, last: int, what: str) -> Finding:
        from . import _deletion as deletion

        starts = document.line_starts
        begin = starts[first] + deletion.line_span(document.line_text(first))[0]
        end = starts[last] + deletion.line_span(document.line_text(last))[1]
        lines = last - first + 1
        size = "a line" if lines == 1 else f"{lines} lines"
        fix = deletion.delete_lines(
            document,
            first,
            last,
            message="delete the code" if lines > 1 else "delete the line",
            applicability=Applicability.UNSAFE,
        )
        # Data without a schema's name may as well be quoted by an author.
        quoted = what == "data of the page" and '"@' not in document.line_text(first)
        confidence = Confidence.MEDIUM if quoted else Confidence.HIGH
        message = f"{what} of {size} that the page left in the text; delete it"
        return Finding(begin, end, message, fix, confidence=confidence)

    @staticmethod
    def _tags(document: Document, line: Line) -> Finding | None:
        from .. import _markup as markup

        found = list(markup.remnants(line.text, document.text))
        if not found:
            return None
        start = line.start
        number = f"{len(found)} remnants of markup" if len(found) > 1 else f"{found[0].what} left in the text"
        shown = line.text[found[0].start : found[0].end]
        is_value = markup.is_element(document.text)
        safe = not is_value and all(remnant.what not in UNSAFE for remnant in found)
        return Finding(
            start + found[0].start,
            start + found[-1].end,
            f"{number} (`{shown[:40]}`): what made the page, no part of what it says; remove it",
            Fix(
                "remove the markup",
                tuple(Edit(start + r.start, start + r.end, r.content) for r in found),
                Applicability.SAFE if safe else Applicability.UNSAFE,
            ),
            occurrences=len(found),
            confidence=Confidence.HIGH if not is_value and all(r.sure for r in found) else Confidence.MEDIUM,
        )
