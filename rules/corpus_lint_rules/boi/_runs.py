"""Runs of furniture: listed words of menus and what stands between them.

A run begins and ends with a listed word. Between two such words it goes on over lines that may stand in a menu, as
long as their prices (`_forms`) come to no more than a limit; a paragraph ends it. Four neighbouring lines that stand
in the page a second time, a listed word among them, are a menu that the page has twice (for large screens and for
small ones): all lines of such a menu count as listed.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lint.named_tuple import NamedTuple

from . import _forms as forms
from . import _guards as guards
from . import _phrases as phrases
from ._titles import Titles, titles
from ._words import NONE, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpus_lint.document import Document

    from ._outline import Outline


LIMIT = 6.0
"""What a run pays at most to go on to the next listed word."""
OUTER_LIMIT = 15.0
"""The same before the first paragraph of a document and behind its last one, where a site has its head and its foot."""
WIDE_LIMIT = 40.0
"""The same where the document has so much text that its head and its foot cannot be it."""
TOGETHER = 4
"""Lines that stand together twice in a page and so are a menu."""
MOST_LINES = 400
"""Lines in front of and behind a word that a trigger has seen which are looked at."""
EDGE_LIMIT = 3.0
"""What the outermost run of a head or a foot pays at most to go on to the edge of the document."""
WIDE_MARGIN = 8.0
"""The same for the head of a document with much text."""
OFTEN = 3
"""Times that a line stands in the stretches of a document from which it is a part of a list's items, and cheap."""
CARDS = 5
"""Times that a word of sites stands in a stretch with other lines between, as the button of each of many cards does."""
LEGAL = r"(?i)©|copyright|rights reserved|[版著][权權作][所権]|ICP|公网安备|저작권|защищены"
"""What a line has that names the owner of a site; fields beside it are the site's address."""
FAR = 3
FAR_PRICE = 3.0
"""More lines than these, which cost more, from one listed line to the next make the inner edge of a run thin."""
BLANKS = 12
"""Blank lines that may follow one another."""


class Entry(NamedTuple):
    """A line of a run: its number, its listed words; ``form`` is None where it has some."""

    number: int
    words: Words | None
    form: forms.Form | None
    key: str

    is_signed: bool = False
    """Whether it is the date below a notice."""
    is_legal: bool = False
    """Whether it names the owner of the site, or the site's licence."""

    @property
    def is_field(self) -> bool:
        """Whether it is a field with a value, as a contract has them as well."""
        return self.words is not None and self.words.is_field

    @property
    def is_listed(self) -> bool:
        """Whether it consists of listed words."""
        return self.words is not None


def stretches(
    document: Document, seen: Sequence[int], words_of: Callable[[str], Words | None]
) -> Iterator[list[Entry]]:
    """The lines around those with the numbers ``seen``, in order, from paragraph to paragraph; blank lines apart."""
    known = titles(document)
    after = -1
    for number in seen:
        if number <= after:
            continue
        before = [*_entries(document, range(number - 1, max(after, number - MOST_LINES - 1), -1), words_of, known)]
        stretch = before[::-1]
        stretch += _entries(document, range(number, len(document.line_starts)), words_of, known)
        if stretch:
            after = stretch[-1].number
            yield stretch


def _entries(
    document: Document, numbers: range, words_of: Callable[[str], Words | None], known: Titles
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
        form = None if words else _form(number, text, known)
        if unlisted > MOST_LINES or (form is not None and form.price >= forms.END):
            return
        if words and document.markup.in_code(document.line_starts[number]):
            return
        is_legal = words is not None and phrases.compiled(LEGAL).search(text) is not None
        yield Entry(number, words, form, forms.bare(text), forms.is_signed_date(text), is_legal)


def _form(number: int, text: str, known: Titles) -> forms.Form:
    return forms.Form(forms.END) if known.has(number, forms.bare(text)) else _form_alone(text)


@lru_cache(1 << 13)
def _form_alone(text: str) -> forms.Form:
    """The form of a line, wherever it stands."""
    if phrases.compiled(phrases.MARKUP).search(text) or guards.compiled(guards.MARKDOWN).match(text):
        return forms.Form(forms.END)
    return forms.Form(forms.END) if forms.opens_contents(text) else forms.form_of(text)


class Repeats(NamedTuple):
    """What stands several times in a page: the numbers of the lines of menus, and what single lines say.

    ``signs`` are the numbers of lines that are the site's by their form (`signs`).
    """

    menus: frozenset[int]
    lines: frozenset[str]
    signs: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()
    """Those of them from which no run goes on: a list of products has a button at each."""
    spoken: frozenset[int] = frozenset()
    """Lines that the site says to its visitor; between paragraphs no run goes on from them, either."""
    imprints: frozenset[int] = frozenset()
    """Fields beside the line that names the owner of the site."""
    posts: tuple[int, int] = (0, 0)
    """The first line of the first post's stamp and the last line of the last one's."""

    def is_between_posts(self, number: int) -> bool:
        """Whether a line stands among the posts of a page: what has words there is a post."""
        return self.posts[0] < number < self.posts[1]

    def inside(self) -> Repeats:
        """The same for stretches that lie between paragraphs."""
        return self._replace(alone=self.alone | self.spoken)

    def with_signs(self, stamps: frozenset[int], others: Iterable[int], spoken: frozenset[int]) -> Repeats:
        """The same with the lines that are the site's by their form: stamps of posts, and others; and spoken ones."""
        posts = (min(stamps), max(stamps)) if stamps else (0, 0)
        alone = frozenset(others) - stamps
        return self._replace(signs=stamps | alone, alone=alone, spoken=spoken, posts=posts)


def repeats(stretches: Sequence[Sequence[Entry]]) -> Repeats:
    """What of the stretches of a page stands in it twice or more."""
    together = Counter(key for stretch in stretches for _, key in _groups(stretch))
    menus = {
        entry.number
        for stretch in stretches
        for start, key in _groups(stretch)
        if together[key] > 1
        for entry in stretch[start : start + TOGETHER]
    }
    single = Counter(entry.key for stretch in stretches for entry in stretch)
    return Repeats(frozenset(menus), frozenset(key for key, number in single.items() if number >= OFTEN and key))


def _buttons_of_cards(stretch: Sequence[Entry]) -> Iterator[int]:
    """The numbers of listed lines that come back in a stretch as often as the button of a list of products.

    What stands between two of them is the product. The items of a menu come back with the menu, and have their
    neighbours with them.
    """
    times = Counter(entry.key for entry in stretch if entry.is_listed)
    for before, entry, behind in zip([None, *stretch], stretch, [*stretch[1:], None], strict=False):
        if times[entry.key] >= CARDS and entry.is_listed:
            beside = [other for other in (before, behind) if other is not None]
            if sum(other.is_listed and other.key != entry.key for other in beside) < len(beside):
                yield entry.number


def _groups(stretch: Sequence[Entry]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where neighbouring lines of which one is listed begin, and what they say."""
    for start in range(len(stretch) - TOGETHER + 1):
        group = stretch[start : start + TOGETHER]
        if any(entry.is_listed for entry in group):
            yield start, tuple(entry.key for entry in group)


def runs(outline: Outline, stretch: Sequence[Entry], repeated: Repeats) -> Iterator[Sequence[Entry]]:
    """The runs of a stretch, each from a listed line (or one of a menu that stands twice) to another.

    Dates, numbers and counters directly in front of a run and behind it belong to it.
    """
    is_head, is_foot = outline.is_head(stretch), outline.is_foot(stretch)
    if is_head and is_foot:
        is_head = is_foot = False
    cards = frozenset(_buttons_of_cards(stretch)) - repeated.menus - repeated.signs
    if cards:
        repeated = repeated._replace(alone=repeated.alone | cards)
    repeated = repeated._replace(imprints=frozenset(_imprints(stretch)))
    limit = LIMIT
    if not (is_head or is_foot):
        repeated = repeated.inside()
    else:
        limit = WIDE_LIMIT if outline.has_much_text else OUTER_LIMIT
    margin = WIDE_MARGIN if is_head and outline.has_much_text else EDGE_LIMIT
    after = 0
    for first, last in _bounds(stretch, repeated, limit):
        if is_head or is_foot:
            first, last = _thinned(stretch, first, last, repeated, at_foot=is_foot)
        while first > after and _is_figure(stretch[first - 1]) and not (is_foot and stretch[first - 1].is_signed):
            first -= 1
        if is_head and not after and outline.begins(stretch) and _is_margin(stretch[:first], margin):
            first = 0
        while last < len(stretch) and _is_figure(stretch[last]):
            last += 1
        if (
            is_foot
            and outline.ends(stretch)
            and _is_margin(stretch[last:], EDGE_LIMIT)
            and not any(_opens(entry, repeated) for entry in stretch[last:])
        ):
            last = len(stretch)
        if last > after:
            yield from _single(stretch, after, first, repeated)
            yield stretch[max(first, after) : last]
            after = last
    yield from _single(stretch, after, len(stretch), repeated)


def _imprints(stretch: Sequence[Entry]) -> Iterator[int]:
    """The fields that stand beside a line that names the owner of the site, or beside another such field."""
    for order in (stretch, stretch[::-1]):
        is_beside = False
        for entry in order:
            is_beside = entry.is_legal or (is_beside and entry.is_field)
            if is_beside and entry.is_field:
                yield entry.number


def _thinned(stretch: Sequence[Entry], first: int, last: int, repeated: Repeats, *, at_foot: bool) -> tuple[int, int]:
    """The bounds of a run without lines on the side of the text that stand far from the rest of it.

    A word of channels, or what a site might say, may be the text's; a word that only sites use is not.
    """
    opening = [place for place in range(first, last) if _opens(stretch[place], repeated)]
    opening = opening if at_foot else opening[::-1]
    while len(opening) > 1 and not (stretch[opening[0]].words or NONE).site:
        between = range(min(opening[:2]) + 1, max(opening[:2]))
        if len(between) < FAR or sum(_price(stretch, place, repeated) for place in between) <= FAR_PRICE:
            break
        del opening[0]
    return (opening[0], last) if at_foot else (first, opening[0] + 1)


def around_title(run: Sequence[Entry], stretch: Sequence[Entry], repeated: Repeats) -> Iterator[Sequence[Entry]]:
    """The parts of a run on both sides of the page's title; the whole run where none is known.

    The first line of a text is its title. Where that is the site's (a trail, a notice on cookies), the title follows
    among the site's lines: it is the one line there that is as long as one.
    """
    titles = [entry for entry in stretch if entry.form is not None and entry.form.is_title]
    known = repeated.menus | repeated.signs
    if stretch[0].number or run[0] is not stretch[0] or len(titles) != 1 or titles[0].number in known:
        yield run
        return
    place = next((place for place, entry in enumerate(run) if entry is titles[0]), len(run))
    yield run[:place]
    yield run[place + 1 :]


def told(run: Sequence[Entry], repeated: Repeats) -> Iterator[Sequence[Entry]]:
    """The parts of a run in which every line is listed, or the site's by its form."""
    start = 0
    for place in range(len(run) + 1):
        if place == len(run) or not (run[place].is_listed or run[place].number in repeated.signs):
            if place > start:
                yield run[start:place]
            start = place + 1


def _single(stretch: Sequence[Entry], first: int, last: int, repeated: Repeats) -> Iterator[Sequence[Entry]]:
    """The buttons and links that stand between runs, neighbours together, and labels between two different ones."""
    start = first
    for place in range(first, last + 1):
        if place == last or (
            stretch[place].number not in repeated.alone
            and not (start < place < last - 1 and _joins(stretch[place - 1 : place + 2], repeated))
        ):
            if place > start and not _is_in_verse(stretch, start, place, repeated):
                yield stretch[_behind(stretch, first, start) : _before(stretch, place, last)]
            start = place + 1


def _behind(stretch: Sequence[Entry], first: int, place: int) -> int:
    """The place of a figure in front of a line, or of the line."""
    return place - 1 if place > first and _is_figure(stretch[place - 1]) else place


def _before(stretch: Sequence[Entry], place: int, last: int) -> int:
    """The place behind a figure that follows a line, or behind the line."""
    return (
        place + 1 if place < last - 1 and _is_figure(stretch[place]) and not _is_figure(stretch[place + 1]) else place
    )


def _is_in_verse(stretch: Sequence[Entry], first: int, last: int, repeated: Repeats) -> bool:
    """Whether words stand between short lines of a sentence's words, whose own they may be."""
    if first == 0 or last == len(stretch) or any(entry.key in repeated.lines for entry in stretch[first:last]):
        return False
    return all(form is not None and form.is_wordy for form in (stretch[first - 1].form, stretch[last].form))


def _joins(entries: Sequence[Entry], repeated: Repeats) -> bool:
    """Whether the middle one of three lines is a label or a figure between two different things that a site says."""
    before, entry, behind = entries
    return (
        entry.form is not None
        and entry.form.price <= forms.SECOND_LABEL
        and before.is_listed
        and behind.is_listed
        and before.key != behind.key
        and {before.number, behind.number} <= repeated.alone
    )


def _bounds(stretch: Sequence[Entry], repeated: Repeats, limit: float) -> Iterator[tuple[int, int]]:
    """Where runs begin and end, the end not included: what lies between listed lines costs ``limit`` at most."""
    first, last, paid = -1, 0, 0.0
    for place, entry in enumerate(stretch):
        if _opens(entry, repeated):
            first, last, paid = place if first < 0 else first, place + 1, 0.0
        elif first >= 0:
            paid += _price(stretch, place, repeated)
            if paid > limit:
                yield first, last
                first = -1
    if first >= 0:
        yield first, last


def _is_figure(entry: Entry) -> bool:
    return entry.form is not None and entry.form.price <= forms.FIGURE and not entry.form.is_label


def _opens(entry: Entry, repeated: Repeats) -> bool:
    if entry.number in repeated.menus:
        return True
    if entry.is_field and entry.number not in repeated.imprints:
        return False
    return (entry.is_listed or entry.number in repeated.signs) and entry.number not in repeated.alone


def _is_margin(entries: Sequence[Entry], limit: float) -> bool:
    """Whether lines between a run and the edge of the document belong to the run: labels and figures only."""
    forms_ = [entry.form for entry in entries if entry.form is not None]
    return sum(form.price for form in forms_) <= limit and all(form.price < forms.TITLE for form in forms_)


def edges(document: Document) -> tuple[int, ...]:
    """The numbers of the first line with text behind the title, and of the last."""
    lines = range(1, len(document.line_starts))
    first = next((number for number in lines if document.line_text(number).strip()), None)
    last = next((number for number in reversed(lines) if document.line_text(number).strip()), None)
    return () if first is None or last is None else (first, last)


def _price(stretch: Sequence[Entry], place: int, repeated: Repeats) -> float:
    """What going on over a line costs; one of the length of a title costs more without another beside it."""
    form = stretch[place].form
    if stretch[place].number in repeated.alone:
        return 0.0
    if form is not None and form.price < forms.LONG and stretch[place].key in repeated.lines:
        return min(form.price, forms.FORM)
    if (
        form is not None
        and (form.price >= forms.TITLE or form.is_label)
        and repeated.is_between_posts(stretch[place].number)
    ):
        return forms.END
    beside = (*stretch[max(place - 1, 0) : place], *stretch[place + 1 : place + 2])
    if form is None or not form.is_title:
        if form is not None and form.is_wordy and any(entry.form and entry.form.is_wordy for entry in beside):
            return forms.VERSE
        return 0.0 if form is None else form.price
    if any(entry.form is not None and entry.form.is_title for entry in beside):
        return form.price
    return max(form.price, forms.LONE if form.price < forms.WORDY else forms.SENTENCE)
