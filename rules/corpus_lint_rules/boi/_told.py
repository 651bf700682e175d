"""Which lines of a page are the site's by their form, wherever they stand: stamps of posts, links, dates, columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _calls as calls
from . import _forms as forms
from . import _stamps as stamps
from ._words import NONE, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpus_lint.document import Document

LONGEST_BUTTON = 30
LONGEST_SINGLE = 120
"""Characters of a line that is told by itself by its form."""
RANK_LINES = 4
"""Lines from one number of a list of best ones to the next, at most."""
FEWEST_DAYS = 3
"""Lines with a day, as a list of pages has them; one may be the date of a letter."""
COLUMN = 6
"""Lines of numbers, dates or counters that are a column of a site's."""


def signs(
    document: Document, words_of: Callable[[str], Words | None], buttons: frozenset[str]
) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The numbers of the lines of a page that are the site's: stamps of posts, others by their form, spoken ones.

    The others are links, columns and ``buttons``, words that are one when they stand alone in such a page.
    """
    in_code = document.markup.in_code
    starts = document.line_starts
    texts = {number: text for number, line in enumerate(document.line_texts()) if number and (text := line.strip())}
    lines = [number for number in texts if not in_code(starts[number])]
    found = stamps.stamps(document, lines, lambda text: (words_of(text) or NONE).site > 0)
    said = ((number, words_of(texts[number]) or NONE) for number in lines)
    spoken = frozenset(number for number, words in said if words.is_spoken and not words.is_field)

    def is_listed(number: int) -> bool:
        words = words_of(texts[number])
        return words is not None and not words.is_field

    last = next((number for number in reversed(lines) if forms.is_text(texts[number])), len(starts))
    below = {number for number in lines if number > last and forms.is_day(texts[number])}
    if below and sum(map(forms.is_day, texts.values())) >= FEWEST_DAYS:
        below = set()
    singles = (
        number
        for place, number in enumerate(lines)
        if len(texts[number]) <= LONGEST_SINGLE
        and (
            calls.is_link(texts[number])
            or calls.is_lead(texts[number])
            or _is_button(texts[number], buttons)
            or forms.is_particular(texts[number])
        )
        and not (
            number in below  # the day below a letter
            and not any(map(is_listed, lines[max(place - 1, 0) : place]))
        )
    )
    others = (*singles, *_calls(texts, lines), *_columns(texts, lines), *_ranks(texts, lines))
    return found, frozenset(number for number in others if words_of(texts[number]) is None), spoken


def _calls(texts: Mapping[int, str], lines: Sequence[int]) -> Iterator[int]:
    """Calls to go somewhere that stand beside a paragraph: in a list of products each has one, and is no menu."""
    for place, number in enumerate(lines):
        if calls.is_call(texts[number]):
            beside = (*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2])
            if any(forms.is_text(texts[other]) for other in beside):
                yield number


def _ranks(texts: Mapping[int, str], lines: Sequence[int]) -> Iterator[int]:
    """Numbers that grow by one with as many short lines behind each: the places of a list of best ones, a calendar."""
    ranks: list[int] = []
    numbered = [place for place, number in enumerate(lines) if len(texts[number]) <= 3 and texts[number].isdecimal()]
    for before, place in zip([None, *numbered], numbered, strict=False):
        goes_on = (
            before is not None
            and int(texts[lines[place]]) == int(texts[lines[before]]) + 1
            and 1 < place - before <= RANK_LINES
            and (len(ranks) < 2 or place - before == ranks[-1] - ranks[-2])
            and not any(forms.is_text(texts[number]) for number in lines[before:place])
        )
        if not goes_on:
            if len(ranks) >= COLUMN:
                yield from (lines[rank] for rank in ranks)
            ranks = []
        ranks.append(place)
    if len(ranks) >= COLUMN:
        yield from (lines[rank] for rank in ranks)


def _is_button(text: str, buttons: frozenset[str]) -> bool:
    return len(text) <= LONGEST_BUTTON and forms.bare(text) in buttons


def _columns(texts: Mapping[int, str], lines: Sequence[int]) -> Iterator[int]:
    """Lines of months, or of whole numbers that grow or fall, of which many follow one another: an archive, a pager."""
    column: list[int] = []
    last, way = -1, 0
    for number in lines:
        text = texts[number]
        value = int(text) if len(text) <= 4 and text.isdecimal() else -1
        step = (value > last) - (value < last) if min(value, last) >= 0 else 0
        if (step and step == way) or (step and len(column) < 2) or forms.is_month(text):
            way = step
            column.append(number)
        else:
            if len(column) >= COLUMN:
                yield from column
            column = [number] if value >= 0 else []
        last = value
    if len(column) >= COLUMN:
        yield from column
