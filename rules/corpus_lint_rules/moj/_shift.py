"""GBK text whose bytes are out of step: how it comes about, read backwards and forwards.

A program that works on bytes puts a reading, or a half-width mark for a full-width one, into the middle of two
characters: the last byte of one and the first of the next looked like the character that it searched for. The first
half is left without its second and is read as ``?``; from there on every pair of bytes is read one byte late, until a
second byte that is also ASCII ends the run, or another byte is lost. The search reads this backwards, step by step,
keeping the readings of the bytes that are the likeliest text; `_cut_bytes` is the same forwards, and proves a result.
"""

from __future__ import annotations

from functools import cache
from heapq import merge
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._codepages import write_table
from ._cut_bytes import LOST, MARKS, canonical, misread
from ._lost_byte import beginning_with, character_of, ending_in, prices
from ._model import model
from ._readings import LETTERS, SPELLING, TONE, readings_table, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ._lost_byte import Family

BEAM = 120
"""How many readings of the bytes are followed at a time."""
HOPELESS = 40.0
"""Bits by which a reading may be dearer than the best and still be followed."""
REACH = 160
"""Characters after which a run that has not come back into step is given up."""


class Step(NamedTuple):
    """One step backwards: ``end`` characters of the damaged text are read, ``text`` is written.

    ``pending`` is the first byte of the character that comes next, or None in step. ``data`` is what the original
    bytes have here that the damage changed or left, in the form that `misread` takes.
    """

    cost: float
    end: int
    pending: int | None
    last: str
    text: str
    data: tuple[bytes | str, ...]
    parent: Step | None
    guessed: str


class Guess:
    """The steps that write a character of which a byte is lost: hundreds, made one by one, the cheapest first."""

    __slots__ = ("_behind", "_characters", "_costs", "_last", "_more", "_parent", "_pending", "end")

    def __init__(
        self,
        parent: Step,
        characters: Sequence[tuple[bytes, str]],
        costs: list[float],
        end: int,
        pending: int | None,
        behind: tuple[bytes | str, ...],
        more: str,
        last: str,
    ) -> None:
        """As `_guess` takes it, with what the step costs with each character, and the last character if not that."""
        self._parent = parent
        self._characters = characters
        self._costs = costs
        self.end = end
        self._pending = pending
        self._behind = behind
        self._more = more
        self._last = last

    def __iter__(self) -> Iterator[Step]:
        """The steps, the cheapest first; those without hope are left out."""
        costs, parent, guessed = self._costs, self._parent, self._parent.guessed
        order = sorted(range(len(costs)), key=costs.__getitem__)
        dearest = costs[order[0]] + HOPELESS
        for number in order:
            cost = costs[number]
            if cost > dearest:
                return
            lost, character = self._characters[number]
            data = (lost, *self._behind)
            last, text = self._last or character, character + self._more
            yield Step(cost, self.end, self._pending, last, text, data, parent, guessed + character)


class Repair(NamedTuple):
    """A stretch of damaged text and what it was.

    ``gain`` is by how many bits the repaired text is likelier, ``lead`` by how many it beats the next best repair;
    ``guesses`` counts bytes that only the text around them tells; ``is_one_sided``: behind a letter among them stands a
    mark or the end; ``proven``: damaging the result gives the text.
    """

    start: int
    end: int
    text: str
    gain: float
    lead: float
    guesses: int
    is_one_sided: bool
    proven: bool


@cache
def _reading() -> re.Pattern[str]:
    return re.compile(rf"[(（]?[ \t\u00a0]?([{LETTERS}]{{1,6}})[ \t\u00a0]?[)）]")


@cache
def _line_break() -> re.Pattern[str]:
    """A tag that begins a new line, without its first sign."""
    return re.compile(r"/?(?:br|p)\s?/?>", re.IGNORECASE)


@cache
def _readings_before() -> re.Pattern[str]:
    """The last character before readings that stand behind it."""
    return re.compile(rf"([\u3400-\u9fff])[(（][{LETTERS}]{{1,6}}[)）]$")


def owners(letters: str) -> str:
    """The characters that have a reading."""
    syllable = letters.translate(SPELLING)
    toned, plain = readings_table()
    bare = syllable.translate(TONE)
    return plain.get(bare, "") if bare == syllable.replace("ü", "v") else toned.get(syllable, "")


def repair(text: str, start: int, before: str = "") -> Repair | None:
    """The likeliest reading of the text from the ``?`` at ``start`` on; None when the text as it stands is likelier."""
    prices = model()
    match = _readings_before().search(text, max(0, start - 40), start)
    before = before or (match[1] if match else text[start - 1] if start else " ")
    limit = min(len(text), start + REACH)
    waiting: dict[int, list[Step | Guess]] = {start: [Step(0.0, start, None, before, "", (), None, "")]}
    plain = 0.0
    previous = text[start - 1] if start else " "
    finished: list[Step] = []
    for position in range(start, limit + 1):
        here = waiting.pop(position, [])
        if not here and not waiting:
            break
        alive: list[Step] = []
        seen: dict[tuple[int | None, str], list[str]] = {}
        best: float | None = None
        for step in _cheapest_first(here):
            if best is None:
                best = step.cost
            if step.cost > best + HOPELESS or len(alive) == BEAM:
                break
            # Of readings that go on alike the best is followed, and two more to tell how sure its guesses are.
            guesses = seen.setdefault((step.pending, step.last), [])
            if step.guessed not in guesses and len(guesses) < 3:
                guesses.append(step.guessed)
                alive.append(step)
        for step in alive:
            if step.pending is None and step.parent is not None:
                behind = text[position : position + 1] or " "
                total = step.cost + prices.bits(step.last, behind)
                unchanged = plain + prices.bits(previous, behind)
                finished.append(step._replace(cost=total - unchanged))
                if not _resumes(text, position, step):
                    continue
            if position < limit:
                for following in _steps(text, position, step):
                    waiting.setdefault(following.end, []).append(following)
        if position < len(text):
            plain += prices.bits(previous, text[position])
            previous = text[position]
    return _choose(text, start, finished)


def _cost(step: Step) -> float:
    return step.cost


def _cheapest_first(steps: Sequence[Step | Guess]) -> Iterable[Step]:
    """All steps in the order of their costs; of those that cost the same, in the order given."""
    if len(steps) == 1 and isinstance(steps[0], Guess):
        return steps[0]
    sources: list[Iterable[Step]] = []
    single: list[Step] = []
    for step in steps:
        if isinstance(step, Step):
            if not single:
                sources.append(single)
            single.append(step)
        else:
            sources.append(step)
            single = []
    for source in sources:
        if isinstance(source, list):
            source.sort(key=_cost)
    return sources[0] if len(sources) == 1 else merge(*sources, key=_cost)


def _resumes(text: str, position: int, step: Step) -> bool:
    """Whether the run goes on behind a place where it is in step: a reading to drop, another lost byte."""
    match = _reading().match(text, position)
    if match is not None and match[0][0] in "(（" and _fits(step.last, match[1]):
        return True
    return text.startswith("?", position) and _lost_reading(text, position) is not None


def _lost_reading(text: str, position: int) -> re.Match[str] | None:
    """A reading whose opening bracket went with the ``?`` before it."""
    match = _reading().match(text, position + 1)
    return match if match is not None and match[0][0] not in "(（" and owners(match[1]) else None


def _fits(character: str, letters: str) -> bool:
    known = owners(letters)
    return character in known or (character >= "\u3400" and simplified(character) in known)


def _steps(text: str, position: int, step: Step) -> list[Step | Guess]:
    """Everything that may come next."""
    character = text[position]
    data = _bytes(character)
    found: list[Step | Guess] = []
    match = _reading().match(text, position) if character in "(（" else None
    if match is not None:
        shown = step.last if step.pending is None else text[position - 1]
        if _fits(shown, match[1]):
            found.append(_next(step, match.end(), step.pending, "", ((match[0]),)))
    if step.pending is None:
        if character == "?":
            found += _begin(text, position, step)
        return found
    pending = step.pending
    if character == "?":
        found += _resynchronise(text, position, step)
    elif len(data) == 2:
        found += _write(step, pending, data[0], position + 1, data[1], data)
    elif 0x40 <= data[0] < 0x7F:
        found += _write(step, pending, data[0], position + 1, None, data)
    if len(data) == 1 and 0x21 <= data[0] < 0x7F and character != "?":
        # A full-width sign that was made half-width when all was over.
        found += _write(step, pending, 0xA3, position + 1, data[0] + 0x80, bytes((0xA3, data[0] + 0x80)))
    return found


def _begin(text: str, position: int, step: Step) -> list[Step | Guess]:
    """A byte was lost in step: of a pair that looked like a character with a reading, or before a sign."""
    found: list[Step | Guess] = []
    match = _lost_reading(text, position)
    if match is not None:
        trail = write_table("gbk").get(step.last, b"")[-1:]
        for data in _spellings(match[1]):
            if data[:1] == trail:
                lost = bytes((data[1],)), "(" + match[0]
                found.append(_next(step, match.end(), data[1], "", lost))
        return found
    if position + 1 >= len(text):
        return found
    sign = text[position + 1]
    data = _bytes(sign)
    if sign in MARKS:
        full = MARKS[sign]
        found = _guess(step, ending_in, full[0], position + 2, full[1], (sign,))
    elif len(data) == 2:
        found = _guess(step, ending_in, data[0], position + 2, data[1], (data,))
    return found


def _resynchronise(text: str, position: int, step: Step) -> list[Step | Guess]:
    """A byte was lost out of step: it was the second of its character, and the text is in step again."""
    pending = step.pending
    assert pending is not None
    match = _lost_reading(text, position)
    if match is not None:
        # The character and its reading stood in step, the bytes before them did not.
        found: list[Step | Guess] = []
        for data in _spellings(match[1]):
            if data[0] == pending:
                found += _write(step, pending, data[1], match.end(), None, (data[1:], "(" + match[0]))
        return found
    # A lone byte takes a sign of ASCII behind it along. What stands there now was kept from it by a sign that is gone.
    behind = text[position + 1 : position + 2]
    tag = _line_break().match(text, position + 1)
    end = tag.end() if tag else position + 1
    lost = ("<" + tag[0],) if tag else (LOST,) if behind.isascii() and behind not in ("", *MARKS) else ()
    more = "\n" if tag else LOST if lost else ""
    return _guess(step, beginning_with, pending, end, None, lost, more)


def _guess(
    step: Step,
    family: Family,
    known: int,
    end: int,
    pending: int | None,
    behind: tuple[bytes | str, ...],
    more: str = "",
) -> list[Step | Guess]:
    """The steps that write a character, of which a byte is lost, and ``more``.

    Args:
        step: the last one.
        family: gives the lost byte and the character that it makes, of all that are possible, by the known byte.
        known: that byte.
        end: where the damaged text goes on.
        pending: the first byte of the next character.
        behind: what stands behind the lost byte, as `Step.data`.
        more: what is written behind the character; a line break is a part of the text, a lost sign is none.
    """
    characters, before = family(known), step.cost
    costs = [before + price for price in prices(family, known, step.last)]
    is_text = more not in ("", LOST)
    if is_text:
        bits = model().bits
        costs = [cost + bits(character, more) for cost, (_, character) in zip(costs, characters, strict=True)]
    return [Guess(step, characters, costs, end, pending, behind, more, more if is_text else "")] if characters else []


def _write(
    step: Step, first: int, second: int, end: int, pending: int | None, data: bytes | tuple[bytes | str, ...]
) -> list[Step | Guess]:
    """The step that writes the character of two bytes, if there is one."""
    character = character_of(first, second)
    if not character:
        return []
    return [_next(step, end, pending, character, data if isinstance(data, tuple) else (data,))]


def _next(step: Step, end: int, pending: int | None, text: str, data: tuple[bytes | str, ...]) -> Step:
    cost = step.cost + (model().bits(step.last, text) if text else 0.0)
    return Step(cost, end, pending, text or step.last, text, data, step, step.guessed)


@cache
def _spellings(letters: str) -> tuple[bytes, ...]:
    """The GBK bytes of all characters with a reading."""
    table = write_table("gbk")
    return tuple(table[character] for character in owners(letters) if len(table.get(character, b"")) == 2)


@cache
def _bytes(character: str) -> bytes:
    """The bytes of a character of the damaged text; no bytes when GBK has none."""
    return character.encode() if character.isascii() else write_table("gbk").get(character, b"\0\0\0")


def _choose(text: str, start: int, finished: list[Step]) -> Repair | None:
    """The best of the readings that came back into step, beside the best that says something else."""
    if not finished:
        return None
    finished.sort(key=_cost)
    best = finished[0]
    path = _path(best)
    written = "".join(step.text for step in path)
    lead = 99.0
    for other in finished[1:]:
        said = "".join(step.text for step in _path(other))
        if other.end != best.end:
            shorter, longer = sorted((best.end, other.end))
            tail = text[shorter:longer]
            pair = (written + tail, said) if best.end < other.end else (written, said + tail)
        else:
            pair = (written, said)
        if pair[0] != pair[1]:
            lead = other.cost - best.cost
            break
    place = written.find(best.guessed[-1]) + 1 if best.guessed else 0
    is_one_sided = best.guessed[-1:].isalpha() and not written[place : place + 1].isalpha()
    shown = canonical(text[start : best.end])
    cut_open = [part for step in path for part in step.data]
    replaced = [
        "?" if step.guessed != step.parent.guessed and not place else part
        for step in path
        if step.parent
        for place, part in enumerate(step.data)
    ]
    proven = shown in (misread(cut_open), misread(replaced))
    return Repair(start, best.end, written, -best.cost, lead, len(best.guessed), is_one_sided, proven)


def _path(step: Step) -> list[Step]:
    found: list[Step] = []
    at: Step | None = step
    while at is not None and at.parent is not None:
        found.append(at)
        at = at.parent
    return found[::-1]
