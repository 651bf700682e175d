"""The title of a page, which stands among a site's lines and is none of them.

It is the first line of most texts. Where a trail of the site's sections (首页 > 新闻 > 正文) is in front, the title is
the line right above the byline: the one line with a date and where the text is from or who wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.named_tuple import NamedTuple

from . import _forms as forms
from . import _phrases as phrases

if TYPE_CHECKING:
    from corpus_lint.document import Document

SHORTEST_TITLE = 6
"""Letters and digits of a line that is known as the title of the page again."""
HEAD = 40
"""Lines of a document in which its byline is looked for."""
LONGEST_BYLINE = 160
BYLINE = (
    r"(?i)^(?=.*\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2})"
    r".*(?:来源|來源|作者|编辑|編輯|记者|記者|责编|責編|发布|發布|发表|發表|出处|出處"
    r"|source|author|written by|posted by)"
)
"""A date, and where the text is from or whose it is."""


class Titles(NamedTuple):
    """What is known of a page's title.

    Attributes:
        key: the first line of the document, bare; a line that says the same stays.
        number: the number of the line above the byline; -1 where there is none.
    """

    key: str
    number: int

    def has(self, number: int, key: str) -> bool:
        """Whether a line, by its number and its bare text, is the title or says it again."""
        if number in (0, self.number):
            return True
        return len(key) >= SHORTEST_TITLE and key in self.key and 3 * len(key) >= len(self.key)


def titles(document: Document) -> Titles:
    """What is known of the title of a page."""
    lines = [(number, document.line_text(number).strip()) for number in range(min(len(document.line_starts), HEAD))]
    filled = [(number, text) for number, text in lines if text]
    first = next((text for number, text in filled if number < 8), "")
    bylines = [
        place
        for place, (_, text) in enumerate(filled)
        if len(text) <= LONGEST_BYLINE and phrases.compiled(BYLINE).search(text)
    ]
    # Several are those of a list of other pages.
    above = filled[bylines[0] - 1] if len(bylines) == 1 and bylines[0] else (-1, "")
    return Titles(forms.bare(first[:400]), above[0] if any(map(str.isalpha, above[1])) else -1)
