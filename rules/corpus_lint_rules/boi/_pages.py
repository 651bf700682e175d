"""Whether a document is a page of a site, with the furniture of the site around its text.

On such a page what says little alone is furniture: a button between paragraphs, a date, a prompt. A page shows itself
by a menu, by many words that only sites use, by posts with the moments of their writing, or by few such words together
with lines that are the site's wherever they stand (`BOI001`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Confidence

from . import _forms as forms
from . import _guards as guards
from . import _stamps as stamps
from . import _words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.document import Document, Line

    from ._runs import Entry

MANY_SITE_WORDS = 3
ENOUGH = 4
"""Evidence that makes a page: a word of sites counts one, another line that is the site's two."""
LINE_WEIGHT = 2
MOST_LINES = 300
"""Lines of a document for each word of sites in it; in a longer one such words are its text's."""
LONGEST = 200
"""Characters of such a line."""


def has_few_words(document: Document, seen: Sequence[Line]) -> bool:
    """Whether so few lines of a long document consist of words of sites that they may stand there by chance."""
    lines = document.text.count("\n")
    if lines < MOST_LINES:
        return False
    words_of = _words.lexicon().words_of
    return lines >= MOST_LINES * sum(words_of(line.text.strip()) is not None for line in seen)


def has_many_words(seen: Sequence[Line]) -> bool:
    """Whether lines with words that only sites use are enough to know their document as a page."""
    return len(seen) > 2 * MANY_SITE_WORDS and (
        len({forms.bare(line.text) for line in seen}) > 2 * MANY_SITE_WORDS and not guards.technical(seen[0])
    )


def is_page(document: Document, seen: Sequence[Line], runs: Sequence[Sequence[Entry]]) -> bool:
    """Whether there is no doubt that the document is a page.

    Args:
        document: the document.
        seen: its lines that consist of words that only sites use; at least one.
        runs: the runs of it that are menus for certain.
    """
    for run in runs:
        if len({entry.key for entry in run if entry.words is not None and entry.words.site}) >= MANY_SITE_WORDS:
            return True
    words = {forms.bare(line.text) for line in seen}
    if len(words) > MANY_SITE_WORDS and runs:
        return True
    if guards.technical(seen[0]):
        return False
    words_of = _words.lexicon().words_of
    return _speaks(document, len(words)) or (
        stamps.has_posts(document, lambda text: (words_of(text) or _words.NONE).site > 0)
    )


def _speaks(document: Document, words: int) -> bool:
    """Whether the site says enough besides ``words`` words of menus."""
    if document.text.count("\n") >= MOST_LINES * words or len(document.line_starts) > MOST_LINES * words:
        return False
    lines = _words.lines_of_sites()
    evidence = words
    told: set[str] = set()
    for text in document.line_texts()[1:]:
        if 1 < len(text) <= LONGEST and text not in told:
            group = lines.match(text)
            if group is not None and group.confidence is Confidence.HIGH:
                told.add(text)
                evidence += LINE_WEIGHT
                if evidence >= ENOUGH:
                    return True
    return False
