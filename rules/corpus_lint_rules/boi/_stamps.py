"""What stands at every post of a page: names, dates, numbers and counters, known by their form and by its return.

``Peter, 9 Oct 2025, 10:12``, ``#17``, ``Posts: 50`` or ``3 小时前`` may be text when it stands once. A forum, a comment
section or a list of news sets the same form again and again, with other digits each time. Two kinds are told apart:

* a moment with its clock time, or an age (``2 days ago``), that fills a line three times in a page is always the
  site's;
* dates, post numbers and counters are so where three of them, and half of all, have a line of another kind or a word of
  the site beside them: chapters, steps and years of a chronicle have not.

A line in front of such lines that nearly always is a label is the name of who wrote the post.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re

from . import _forms as forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus_lint.document import Document

FEWEST = 3
"""Times that a form stands in a page that has posts."""
NEAR = 3
"""Lines, blank ones apart, within which two stamps belong together."""
LONGEST = 80
"""Characters of a stamp."""
NAMES = ((-1, 0.75), (1, 0.9))
"""On which side of the stamps of a page a label stands, and with what share of them, so that it is a name."""
TEXT_SHARE = 4
"""In a page with posts, at least one gap in so many between its stamps has a line of text."""
ROUNDS = 2
"""How often what has been found may show more."""
CLOCK, AGE, NUMBER, DATE = "clock", "age", "number", "date"
SURE = (CLOCK, AGE)
DAY = (
    rf"(?:{forms.DATE}|today|yesterday|[今昨前]天|今日|昨日|сегодня|вчера|heute|gestern|hier|aujourd'hui|hoy|ayer|hoje"
    r"|ontem|oggi|ieri|오늘|어제)"
)
KINDS = (
    (CLOCK, rf"[^。！？!?]{{0,40}}?\b{DAY}{forms.TIME}[^。！？!?]{{0,16}}"),
    (
        AGE,
        rf"{forms.AGO}.{{0,10}}|{forms.DATE}\W{{0,3}}\d+ ?min(?:ute)?s?(?: read)?"
        r"|\W{0,3}\d{1,3} ?(?:mo|yr|[smhdwy])\W{0,3}",
    ),
    (NUMBER, r"\W{0,2}(?:[#№＃]|no\.) ?\d{1,6}\W{0,2}|第? ?\d{1,6} ?[楼樓#]|post:? ?#?\d{1,6}"),
    (DATE, rf"(?=.*(?:\d{{4}}|[^\W\d_]))\W{{0,4}}[^\W\d]{{0,16}}[:： ]{{0,3}}{forms.DATE}\W{{0,3}}"),
)
COUNTED = r"[^\W\d_]"
NO_COUNTER = r"[$€£¥￥₽%％。！？]|\d[.．、)）:：]\s*\D|^第"
"""Lines with digits that are prices, items of a list or chapters."""
DIGITS = r"\d[\d.,]*"


def stamps(document: Document, numbers: Sequence[int], is_listed: Callable[[str], bool]) -> frozenset[int]:
    """The numbers of the lines that stand at the posts of a page.

    Args:
        document: the page.
        numbers: the numbers of its lines that are not blank, in order.
        is_listed: whether a line consists of words of sites.
    """
    texts = {number: text for number in numbers if len(text := document.line_text(number).strip()) <= LONGEST}
    kinds = {number: kind for number, text in texts.items() if (kind := _kind(text)) is not None}
    members: dict[str, list[int]] = defaultdict(list)
    for number, kind in kinds.items():
        members[kind].append(number)
    members = {kind: found for kind, found in members.items() if len(found) >= FEWEST}
    if not members:
        return frozenset()
    place = {number: index for index, number in enumerate(numbers)}
    partners = members.keys() & {CLOCK, AGE, NUMBER, DATE}
    found = {number for kind in SURE for number in members.pop(kind, ())}

    def is_told(number: int, kind: str) -> bool:
        for other in _near(numbers, place[number]):
            if other in found or (kinds.get(other) in partners and kinds[other] != kind):
                return True
            if kind in partners and other in texts and is_listed(texts[other]):
                return True
        return False

    weak = {kind: lines for kind, lines in members.items() if not _is_ascending([texts[number] for number in lines])}
    for _ in range(ROUNDS):
        before = len(found)
        for kind, lines in weak.items():
            told = [number for number in lines if is_told(number, kind)]
            if len(told) >= FEWEST and 2 * len(told) >= len(lines):
                found.update(told)
        if _is_told_apart(found, document):
            found |= _names(found, numbers, place, texts)
            found |= _company(found, numbers, texts)
        if len(found) == before:
            break
    return frozenset(found)


def has_posts(document: Document, is_listed: Callable[[str], bool]) -> bool:
    """Whether the page has moments with a clock time, or ages, beside words of the site as often as posts have them."""
    numbers = [number for number in range(1, len(document.line_starts)) if document.line_text(number).strip()]
    posts = 0
    for place, number in enumerate(numbers):
        text = document.line_text(number).strip()
        if len(text) <= LONGEST and _kind(text) in SURE:
            near = (document.line_text(other).strip() for other in _near(numbers, place))
            posts += any(len(text) <= LONGEST and is_listed(text) for text in near)
    return posts >= FEWEST


def _is_told_apart(found: set[int], document: Document) -> bool:
    """Whether text stands between the stamps of a page: if not, they belong to a list of pages, jobs or products."""
    gaps = [(before, after) for before, after in pairwise(sorted(found)) if after - before > 1]
    with_text = sum(1 for gap in gaps if any(forms.is_text(document.line_text(number)) for number in range(*gap)))
    return with_text >= FEWEST - 1 and TEXT_SHARE * with_text >= len(gaps)


def _names(found: set[int], numbers: Sequence[int], place: dict[int, int], texts: dict[int, str]) -> set[int]:
    """The labels in front of the stamps of a page, or behind them, where nearly all have one."""
    named: set[int] = set()
    for step, share in NAMES:
        beside = [place[number] + step for number in found]
        others = [numbers[index] for index in beside if 0 <= index < len(numbers) and numbers[index] not in found]
        labels = {number for number in others if number in texts and forms.form_of(texts[number]).is_label}
        if len(labels) >= FEWEST and len(labels) >= share * len(others):
            named |= labels
    return named


def _company(found: set[int], numbers: Sequence[int], texts: dict[int, str]) -> set[int]:
    """Lines that say the same at several posts, from stamp to stamp: the parts of a card about who wrote them."""
    keys = {number: forms.bare(text) for number, text in texts.items() if forms.form_of(text).price < forms.SENTENCE}
    often = {key for key, times in Counter(keys.values()).items() if times >= FEWEST and key}
    added: set[int] = set()
    for order in (numbers, numbers[::-1]):
        since = NEAR + 1
        for number in order:
            if number in found or number in added:
                since = 0
                continue
            since += 1
            if since <= NEAR and keys.get(number) in often:
                added.add(number)
                since = 0
    return added


def _near(numbers: Sequence[int], index: int) -> Iterator[int]:
    yield from numbers[max(index - NEAR, 0) : index]
    yield from numbers[index + 1 : index + NEAR + 1]


def _kind(text: str) -> str | None:
    """The kind of a line that may be a stamp; counters that differ in their digits only are of one kind."""
    if not any(map(str.isdigit, text)):
        return None
    if forms.width_of(text) > forms.LONG_WIDTH + 20:
        return None
    for kind, expression in _kinds():
        if expression.fullmatch(text):
            return kind
    if (
        forms.width_of(text) > forms.LONG_WIDTH
        or not _compiled(COUNTED).search(text)
        or _compiled(NO_COUNTER).search(text)
    ):
        return None
    return _compiled(DIGITS).sub("0", text)


def _is_ascending(texts: Sequence[str]) -> bool:
    """Whether lines count: one, two, three, as chapters do."""
    counted = [int(digits[0]) for text in texts if (digits := re.findall(r"\d+", text)) and len(digits[0]) < 9]
    steps = Counter(after - before for before, after in pairwise(counted))
    return (
        bool(steps) and 3 * steps[1] >= 2 * sum(steps.values()) and not texts[0].lstrip().startswith(("#", "№", "＃"))
    )


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in KINDS)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
