"""Runs of furniture: listed words of menus and what stands between them.

A run begins and ends with a listed word. Between two such words it goes on over lines that may stand in a menu, as
long as their prices (`_forms`) come to no more than a limit; a paragraph ends it. Four neighbouring lines that stand
in the page a second time, a listed word among them, are a menu that the page has twice (for large screens and for
small ones): all lines of such a menu count as listed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from . import _forms as forms
from . import _guards as guards
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpus_lint.document import Document

LIMIT = 6.0
"""What a run pays at most to go on to the next listed word."""
TOGETHER = 4
"""Lines that stand together twice in a page and so are a menu."""
MOST_LINES = 400
"""Lines in front of and behind a word that a trigger has seen which are looked at."""
BLANKS = 12
"""Blank lines that may follow one another."""
SHORTEST_TITLE = 6
"""Letters and digits of a line that is known as the title of the page again."""


class Words(NamedTuple):
    """How many listed words a line consists of: words that only sites use, and words of channels."""

    site: int
    channel: int


class Entry(NamedTuple):
    """A line of a run: its number, its listed words; ``form`` is None where it has some."""

    number: int
    words: Words | None
    form: forms.Form | None
    key: str

    @property
    def is_listed(self) -> bool:
        """Whether it consists of listed words."""
        return self.words is not None


def stretches(
    document: Document, seen: Sequence[int], words_of: Callable[[str], Words | None]
) -> Iterator[list[Entry]]:
    """The lines around those with the numbers ``seen``, in order, from paragraph to paragraph; blank lines apart."""
    title = _title(document)
    after = -1
    for number in seen:
        if number <= after:
            continue
        before = [*_entries(document, range(number - 1, max(after, number - MOST_LINES) - 1, -1), words_of, title)]
        stretch = before[::-1]
        stretch += _entries(document, range(number, len(document.line_starts)), words_of, title)
        after = stretch[-1].number if stretch else number
        yield stretch


def _entries(
    document: Document, numbers: range, words_of: Callable[[str], Words | None], title: str
) -> Iterator[Entry]:
    """The lines with these numbers, up to one that ends every run or to too many without a listed word."""
    blanks = unlisted = 0
    for number in numbers:
        text = document.line_text(number).strip()
        if not text:
            blanks += 1
            if blanks > BLANKS:
                return
            continue
        blanks = 0
        words = words_of(text)
        unlisted = 0 if words else unlisted + 1
        form = None if words else _form(document, number, text, title)
        if unlisted > MOST_LINES or (form is not None and form.price >= forms.END):
            return
        if words and document.markup.in_code(document.line_starts[number]):
            return
        yield Entry(number, words, form, forms.bare(text))


def _form(document: Document, number: int, text: str, title: str) -> forms.Form:
    if phrases.compiled(phrases.MARKUP).search(text) or guards.compiled(guards.MARKDOWN).match(text):
        return forms.Form(forms.END)
    form = forms.form_of(text)
    key = forms.bare(text)
    if number == 0 or (len(key) >= SHORTEST_TITLE and key in title and 3 * len(key) >= len(title)):
        return forms.Form(forms.END)
    return form


def _title(document: Document) -> str:
    """The first line with text, which mostly is the title of the page; a line that says the same stays."""
    for number in range(min(len(document.line_starts), 8)):
        text = document.line_text(number)
        if text.strip():
            return forms.bare(text[:400])
    return ""


def twice(stretches: Iterable[Sequence[Entry]]) -> set[int]:
    """The numbers of the lines that are part of a menu that the page has twice."""
    several = [*stretches]
    together = Counter(key for stretch in several for _, key in _groups(stretch))
    return {
        entry.number
        for stretch in several
        for start, key in _groups(stretch)
        if together[key] > 1
        for entry in stretch[start : start + TOGETHER]
    }


def _groups(stretch: Sequence[Entry]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where neighbouring lines of which one is listed begin, and what they say."""
    for start in range(len(stretch) - TOGETHER + 1):
        group = stretch[start : start + TOGETHER]
        if any(entry.is_listed for entry in group):
            yield start, tuple(entry.key for entry in group)


def runs(stretch: Sequence[Entry], repeated: set[int]) -> Iterator[list[Entry]]:
    """The runs of a stretch, each from a listed line (or one of a menu that stands twice) to another."""
    run: list[Entry] = []
    length, paid = 0, 0.0
    for place, entry in enumerate(stretch):
        if entry.is_listed or entry.number in repeated:
            run.append(entry)
            length, paid = len(run), 0.0
        elif run:
            paid += _price(stretch, place)
            if paid > LIMIT:
                yield run[:length]
                run = []
            else:
                run.append(entry)
    if run:
        yield run[:length]


def _price(stretch: Sequence[Entry], place: int) -> float:
    """What going on over a line costs; one of the length of a title costs more without another beside it."""
    form = stretch[place].form
    if form is None or not form.is_title or form.price >= forms.LONE:
        return 0.0 if form is None else form.price
    beside = (*stretch[max(place - 1, 0) : place], *stretch[place + 1 : place + 2])
    return form.price if any(entry.form is not None and entry.form.is_title for entry in beside) else forms.LONE
