"""Paragraphs that a text says twice, word for word, and that are shorter than what the search for passages finds."""

from __future__ import annotations

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus_lint.document import Document
    from corpus_lint.repeats import Span

APART = 150
"""Weight from which a paragraph that stands twice with others between is no refrain and no formula."""
TOGETHER = 75
"""The same for one whose copy follows it."""
PASSAGE = 300
"""Weight of neighbouring paragraphs from which they are a passage, which the search for those finds."""
SHORTEST = 25
"""Characters of such a paragraph, at least."""
PAGE = 100_000
"""Characters of a text from which it is no page, whose template may show a paragraph in two boxes, but a book."""
FAR = 3000
"""Characters from one to the other from which a book or a law may have said it again on purpose."""
OF_MANUALS = ("\n#", "\n```", "\n.. ", "\n===")
"""Signs of Markdown and the like, in which manuals and laws are kept: they say things again where they hold again."""
CREDIT = (
    r"[（(][^（）()]{0,20}(?:[/／:：©摄攝图圖]|提供|(?i:photo|credit|getty|reuters))[^（）()]{0,20}[）)]"
    r"|[／/]\s?[^／/]{2,20}"
)
ENDS = rf"[。！？!?.…”」』]\s*(?:{CREDIT})?\s*$"
"""A paragraph ends so, a caption maybe with its credit behind; a heading, a row or an item of a list does not."""


class Copy(NamedTuple):
    """A paragraph that stands a second time: where, and where the first one is; ends exclusive."""

    start: int
    end: int
    first_start: int
    first_end: int


def copies(document: Document) -> Iterator[Copy]:
    """The second copies of paragraphs of prose that stand in a document twice, no more and no less."""
    text = document.text
    if len(text) > PAGE or (document.index and document.record is None):
        return  # a later part of a long file is no page, either
    lines = text.split("\n")
    if len({*lines}) + lines.count("") - 1 >= len(lines):
        return  # as of most pages, of which nothing more need be known: only blank lines stand twice
    from collections import Counter

    times = Counter([line for line in lines if len(line) >= SHORTEST])
    twice = [line for line, number in times.items() if number == 2 and re.search(ENDS, line)]
    if not twice:
        return
    from corpus_lint.repeats import Span

    from ._prose import is_law, is_prose, weight

    may_be_apart = not any(sign in text for sign in OF_MANUALS)
    for run in _runs(text, sorted(_copy(text, line) for line in twice)):
        if weight(document.piece(run[0].start, run[-1].end)) >= PASSAGE:
            continue
        for copy in run:
            span = Span(document, copy.start, copy.end)
            follows = not text[copy.first_end : copy.start].strip()
            is_near = follows or (may_be_apart and copy.start - copy.first_end < FAR)
            if is_near and is_prose(span, TOGETHER if follows else APART) and not is_law(span):
                yield copy


def is_of_template(earlier: Span, later: Span) -> bool:
    """Whether a passage and its copy are whole paragraphs of a page, so near that its template has shown them twice."""
    text = later.document.text
    if (
        len(text) > PAGE
        or earlier.document is not later.document
        or not re.search(ENDS, text[later.start : later.end][-60:])
    ):
        return False
    if not all(_fills_lines(text, span.start, span.end) for span in (earlier, later)):
        return False
    between = text[earlier.end : later.start]
    return not between.strip() or (len(between) < FAR and not any(sign in text for sign in OF_MANUALS))


def _fills_lines(text: str, start: int, end: int) -> bool:
    before = text[max(text.rfind("\n", 0, start), 0) : start]
    behind = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
    return not before.strip() and not behind.strip()


def _copy(text: str, line: str) -> Copy:
    """Where a line stands for the second time, and for the first."""
    said = line.strip()
    before = len(line) - len(line.lstrip())
    first, second = _places(text, line)
    return Copy(second + before, second + before + len(said), first + before, first + before + len(said))


def _places(text: str, line: str) -> Iterator[int]:
    """Where a line stands as a whole."""
    at = text.find(line)
    while at >= 0:
        end = at + len(line)
        if text[at - 1 : at] in ("", "\n") and text[end : end + 1] in ("", "\n"):
            yield at
        at = text.find(line, end)


def _runs(text: str, found: Sequence[Copy]) -> Iterator[list[Copy]]:
    """Copies in order, those together that have no other line between them."""
    run: list[Copy] = []
    for copy in found:
        if run and text[run[-1].end : copy.start].strip():
            yield run
            run = []
        run.append(copy)
    if run:
        yield run
