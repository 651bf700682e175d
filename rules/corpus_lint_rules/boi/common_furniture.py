"""BOI010: short lines that many documents have, and that are no content by their form."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Annotated

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, CommonLineRule, Good

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document
    from corpus_lint.duplication.common_lines import CommonLine

CONTENT = (
    r"[。！？!?；;：:，,、…—~～]\s*$|^[\s#>*+|\-–—=_`~.\d(（)\[\]【「『《〈“\"'{}<\\/@&$%]"
    r"|^(?:第\s*[一二三四五六七八九十百千零〇0-9]+\s*[章节節回卷篇部编編集条條课課讲講款项項单單])|^[一二三四五六七八九十]+\s*[、.．]"
    r"|^[（(]?[一二三四五六七八九十0-9]+[)）]|^其[一二三四五六七八九十]+$|^[A-Za-z]\s*[.、)]"
    r"|^[\w-]+\s*[=:：]\s*\S|[{}\\`=]|://.*\s|^\s*(?:[A-Z_]{3,}|[a-z_]+\(.*)$|^(?:import|from|public|private|return|end)\b"
    r"|^(?:chapter|section|part|article|book|act|scene|volume|appendix|figure|table|глава|часть|статья)\b"
    r"|^(?:作者|译者|譯者|作詞|作词|作曲|摘要|关键词|關鍵詞|参考文献|參考文獻|参考|目录|目錄|前言|序言?|后记"
    r"|附录|附錄|附则|总则|习题|练习|答案|解析|解答|注释|小结|总结"
    r"|abstract|references|introduction|conclusion|summary|exercises?|notes?|contents|examples?|description"
    r"|parameters|returns?|remarks|syntax|requirements|see also|参数|返回值|示例|说明|描述|用法|语法|备注|注意)\s*$"
)
"""Forms of lines that repeat in texts with right: headings, list items, code, verse, clauses, sentences."""
SITE_VOICE = (
    r"(?:本站|本网|网站|网址|客户端|公众号|官网|二维码|扫码|登录|登陆|注册|下载|点击|关注我|关注本|收藏|转载|版权|备案"
    r"|订阅|评论|回复|浏览|阅读全文|广告|赞助|www\.|https?://|\.com|\.net|\.cn|©|copyright|subscribe|newsletter|cookie"
    r"|log ?in|sign ?(?:in|up)|download|comments?|share|follow us|click|advertis"
    r"|ログイン|広告|コメント|로그인|구독|광고|무단|войти|подпис|реклам|коммент)"
)
"""Words by which a line that stands alone shows that the site speaks."""
TOLD = r"[。！？.!?]|[^\n]{30}"
"""What a document has that tells something: a sentence, or a long line."""
VERSE = 3
"""Lines of the same length, so many together, are verse."""


class CommonFurniture(CommonLineRule):
    """Lines that many documents have in the same company, as the menus and footers of a site are.

    Every site has words of its own in its menus, boxes and footers, which no list knows. But a corpus shows them: the
    same short lines stand together on page after page. In a document of a hundred lines eighty may be such lines.

    A line counts as common when at least 8 documents have it (parts of a file are one). A common line is reported when
    three or more such lines stand together that follow one another in as many documents, or when it stands alone but
    speaks as a site does (an address, 本站, 客户端, "subscribe"). What repeats with right is told by its form and left
    alone: headings, numbered and listed lines, documents in Markdown and about code, labels with a colon, sentences,
    verse (lines of one length), the chapters of laws and books, licences, lines of a document that has nothing else,
    as the choices of a question. A poet's name above a thousand poems has no company. Lines that `BOI001` to `BOI005`
    know by their words are theirs.

    One finding a document: it stands on the first such line and counts them all. Deleting them is unsafe; it is done
    when the other fixes have been made in all files, and so `--diff` does not show it.
    """

    code = "BOI010"
    name = "common-furniture"

    class Options:
        """What makes lines common furniture."""

        fewest_documents: Annotated[int, "fewest documents that have a common line"] = 8
        fewest_together: Annotated[int, "fewest common lines that stand together"] = 3

    options: Options
    examples = (
        Bad(
            tuple(
                f"⟦北方频道⟧\n城市生活圈\n老照片馆\n这是第{number}篇文章，写的是第{number}件事，它有自己的句子。"
                for number in range(8)
            ),
            tuple(f"这是第{number}篇文章，写的是第{number}件事，它有自己的句子。" for number in range(8)),
        ),
        Bad(
            tuple(
                f"The story number {number} goes on.\n⟦Gardening corner⟧\nThe wine club\nCrossword of the day\n"
                for number in range(8)
            ),
            tuple(f"The story number {number} goes on.\n" for number in range(8)),
        ),
        Good(tuple(f"静夜思之{number}\n李白\n床前明月光{number}" for number in range(9))),
        Good(
            tuple(f"第一章 总则\n第一条 {number}，为了规范。\n附则\n第二条 本法施行{number}。" for number in range(9))
        ),
        Good(tuple(f"红烧肉{number}\n\n## 必备原料\n- 盐\n- 糖\n- 油\n\n## 步骤\n- 洗净\n" for number in range(9))),
        Good(tuple(f"第{number}篇\n床前明月光\n疑是地上霜\n举头望明月\n低头思故乡" for number in range(9))),
        Good(tuple(f"首页\n登录\n注册\n第{number}篇文章的正文是一个句子。" for number in range(9))),
        Good(
            tuple(
                f"# {number}\nPermission is hereby granted\nfree of charge\nto any person\nobtaining a copy"
                for number in range(9)
            )
        ),
        Good(tuple(f"夏朝\n商朝\n西周\n东周{number}" for number in range(9))),
        Good(tuple(f"{number}\n  ]\n }}\n ]\n}}\nThe end of story number {number} is here." for number in range(9))),
        Good(("城市生活圈\n老照片馆\n北方频道\n",) * 5),
    )

    def accepts(self, text: str, documents: int, company: int) -> bool:
        """Whether the form of a line is no content's, and it stands in company or speaks as a site."""
        from . import _guards as guards
        from . import _phrases as phrases

        if re.search(CONTENT, text, re.IGNORECASE) or phrases.compiled(phrases.MARKUP).search(text):
            return False
        if company < self.options.fewest_together and not re.search(SITE_VOICE, text, re.IGNORECASE):
            return False
        return not _is_listed(text) and not any(word.casefold() in text.casefold() for word in guards.LICENCE_WORDS)

    def check_common(self, document: Document, lines: Sequence[CommonLine]) -> Iterable[Finding]:
        """One finding for all common lines, unless they are verse or a licence."""
        from .. import _markup as markup
        from . import _guards as guards

        if markup.is_markup(document) or any(word in document.text for word in guards.LICENCE_WORDS):
            return
        kept = [line for run in _runs(document, lines) if not _is_verse(run) for line in run]
        alone = [line for line in kept if line.company < self.options.fewest_together]
        together = len(kept) - len(alone)
        if not kept or (together < self.options.fewest_together and not alone):
            return
        edits = tuple(_deletion(document, line) for line in kept)
        if not re.search(TOLD, _without(document.text, edits)):
            return
        first = kept[0]
        most = max(line.documents for line in kept)
        order = "" if alone else " in the same order"
        more = f" and {len(kept) - 1} more lines" if len(kept) > 2 else " and another line" if len(kept) == 2 else ""
        yield Finding(
            first.start,
            first.end,
            f"“{first.text}”{more}, in up to {most:,} documents{order}: furniture of a site; delete it",
            Fix(f"delete {len(edits)} lines" if len(edits) > 1 else "delete the line", edits, Applicability.UNSAFE),
            occurrences=len(kept),
        )


def _runs(document: Document, lines: Sequence[CommonLine]) -> list[list[CommonLine]]:
    """The lines, those together that have only white space between them."""
    runs: list[list[CommonLine]] = []
    for line in lines:
        if runs and not document.text[runs[-1][-1].end : line.start].strip():
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _without(text: str, edits: Sequence[Edit]) -> str:
    """What is left of a text."""
    ends = (0, *(edit.end for edit in edits))
    return "".join(text[end : edit.start] for end, edit in zip(ends, edits, strict=False)) + text[ends[-1] :]


def _is_verse(run: Sequence[CommonLine]) -> bool:
    """Whether the lines are of one length, as those of a Chinese poem are: five characters or seven."""
    lengths = [len(line.text) for line in run]
    return len(run) >= VERSE and len(set(lengths)) == 1 and lengths[0] >= 4


def _deletion(document: Document, line: CommonLine) -> Edit:
    """The edit that deletes a line with its line end."""
    index = document.line_at(line.start)
    starts = document.line_starts
    return Edit(starts[index], starts[index + 1] if index + 1 < len(starts) else len(document.text), "")


@cache
def _is_listed(text: str) -> bool:
    """Whether another rule of the family knows the line by its words."""
    from . import _phrases as phrases
    from . import _words, legal_or_source_line, related_list, site_furniture

    folder = os.path.dirname(__file__)
    books = (site_furniture.FILES, legal_or_source_line.FILES, (related_list.PHRASES,), (_words.FILE,))
    return any(phrases.load(folder, *names).matches(text) for names in books)
