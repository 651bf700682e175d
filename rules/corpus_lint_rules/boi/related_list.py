"""BOI003: a list of other pages of the site."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Annotated

from corpus_lint.document import Line
from corpus_lint.finding import Confidence, Finding
from corpus_lint.folding import fold, reading_spans
from corpus_lint.rule import Bad, Good, RegionRule

from . import _deletion as deletion
from . import _guards as guards
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document
    from corpus_lint.rule import Trigger


PHRASES = "related_list.toml"
SHORTEST = 5
SENTENCE_ENDS = "。；;，,：:"


class RelatedList(RegionRule):
    """A heading like 相关阅读 or "Related posts", with the titles of other pages that follow it.

    Sites put lists of other pages under, beside and between the paragraphs of an article. The heading is told by its
    words; the titles below it look like any text and are told only by the heading, so both are one finding.

    The heading must be a whole line. The list is taken to go on through lines that are as short as titles and do not
    end like sentences, to the next blank line; a button or a counter behind the last title is no part of it. Headings
    of Markdown and lists of links in Markdown are the author's and are left alone, and so is 延伸阅读 or "Further
    reading", under which encyclopedias and textbooks list books.

    Deleting a heading without titles is safe; with titles it is unsafe, because where the list ends is a guess, and so
    it is beside a list in Markdown.
    """

    code = "BOI003"
    name = "related-list"

    class Options:
        """What belongs to a list."""

        longest_title: Annotated[int, "most characters of a line that may be a title"] = 60
        most_titles: Annotated[int, "most lines of one list"] = 30

    options: Options
    examples = (
        Bad(
            "正文在这里结束。\n\n⟦相关阅读：\n某地举行春季运动会\n专家谈怎样读书⟧\n\n下一段正文。",
            "正文在这里结束。\n\n下一段正文。",
        ),
        Bad(
            "Οι κάτοικοι έβαψαν την οθόνη.\n⟦Σχετικά άρθρα\nΦεστιβάλ στη Νάξο\nΤο παλιό λιμάνι της Σύρου⟧\n",
            "Οι κάτοικοι έβαψαν την οθόνη.\n",
        ),
        Bad(
            "正文。\n\n⟦猜你喜歡⟧\n\n這是下一篇文章的第一段，它很長，也有句號。",
            "正文。\n\n這是下一篇文章的第一段，它很長，也有句號。",
        ),
        Bad("Der Text endet.\n\n⟦Lesen Sie auch\nDer alte Hafen⟧\nNach oben\n", "Der Text endet.\n\nNach oben\n"),
        Bad("The end.\n\n⟦Related posts:\nTen ways to cook rice\nHow we built a shed⟧\n", "The end.\n"),
        Bad("本文は終わり。\n\n⟦関連記事⟧\n", "本文は終わり。\n"),
        Good("## 推荐阅读\n\n- [某书](https://example.com)\n"),
        Good("他看了一下最新文章的题目。"),
        Good("延伸阅读\n某某：《某书》，某出版社"),
        Good("We sort the list of related posts\nrelated posts\nby date."),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """One for each heading."""
        return self._book().triggers()

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Every heading that is a line, with its titles."""
        book = self._book()
        after = 0
        for line in lines:
            text = line.text
            if not text or len(text) > book.longest * 8 or reading_spans(text) or not book.matches(text):
                continue
            group = phrases.group_of(book, line)
            index = line.index
            if group is None or index < after:
                continue
            starts = document.line_starts
            last = self._last_title(document, index, book)
            after = last + 1
            head, _ = deletion.line_span(text)
            _, tail = deletion.line_span(document.line_text(last))
            confidence = guards.lowered(group.confidence, line)
            if last == index and _is_markdown(next(filter(str.strip, guards.neighbours(line, 0, 2)), "")):
                confidence = Confidence.MEDIUM
            fix = deletion.delete_lines(
                document,
                index,
                last,
                goes=book.matches,
                message="delete the list" if last > index else "delete the line",
                applicability=guards.safety(confidence, is_sure=last == index),
            )
            yield Finding(line.start + head, starts[last] + tail, group.message, fix, confidence=confidence)

    def _last_title(self, document: Document, heading: int, book: phrases.Book) -> int:
        """The number of the last line of the list, the heading's own when it has no title."""
        from ._words import lexicon

        lines = len(document.line_starts)
        last = heading
        for index in range(heading + 1, min(lines, heading + 1 + self.options.most_titles)):
            text = document.line_text(index)
            if len(text) > self.options.longest_title * 4 or phrases.compiled(phrases.MARKUP).search(text):
                break
            folded = fold(text).text
            if not SHORTEST <= len(folded) <= self.options.longest_title or folded[-1] in SENTENCE_ENDS:
                break
            if book.matches(text):
                break
            last = index
        while last > heading and lexicon().words_of(document.line_text(last).strip()) is not None:
            last -= 1
        return last

    @staticmethod
    @cache
    def _book() -> phrases.Book:

        return phrases.load(os.path.dirname(__file__), PHRASES)


def _is_markdown(text: str) -> bool:
    """Whether a line is an item of a list or has a link of Markdown: such a list may be the author's."""
    starts = (guards.MARKDOWN, r"\s*(?:\[?[0-9]+[.\])]|https?:)")
    return any(phrases.compiled(start).match(text) for start in starts) or bool(
        phrases.compiled(phrases.MARKUP).search(text)
    )
