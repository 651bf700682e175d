"""Russian in one single-byte code page that was read in another: which words of a line are likelier when undone.

Each character costs what it costs behind the one before it (`_letter_pairs`), as it stands and with its byte read in
a Cyrillic code page. The cheapest way to read a line has the misread stretches, with their exact ends.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from math import inf
from operator import add
from typing import TYPE_CHECKING

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import literals

from ._letter_pairs import LETTERS, OTHERS, SOURCES, cost, pairs, price

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus_lint.rule import Trigger

RIGHTS = {
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp866": "code page 866 (DOS)",
    "iso8859-5": "ISO-8859-5",
}
"""The code pages of Russian."""
WRONGS = {
    "cp1252": "Latin-1",
    "cp1250": "Windows-1250 (Central European)",
    "mac_roman": "Mac Roman",
    "cp437": "code page 437 (DOS)",
    "cp850": "code page 850 (DOS)",
    **RIGHTS,
}
"""The code pages in which it was read."""
SIGNS = 90
"""The commonest pairs of letters, of which nearly every stretch of eight letters has one."""
USUAL = 3e-5
"""Share of the pairs of Russian from which on what a pair has become is no sign, as Russian has it as well."""
CAPITALS = {"lower": 1.0, "upper": 0.02, "title": 0.1, "mixed": 0.0}
"""How often a pair of letters stands in this case, next to small letters."""
GAIN = 20.0
"""Bits by which words must be likelier when they are read rightly."""
GAIN_OVER_CYRILLIC = 30.0
"""The same where what stands there are Cyrillic letters as well."""
ENTER = 8.0
"""Bits of a change between text that stands rightly and text that does not."""
AMID = 3.0
"""Bits more where that happens between two characters beyond ASCII."""
AMID_CYRILLIC = 10.0
"""The same where what stands there are Cyrillic letters as well."""
DEAREST = 6.2
"""Bits a letter that words may cost at most to be Russian."""
FEWEST = 5
"""Different letters that are needed."""
REMEMBERED = 5_000
"""Pairs of characters of which the gain is kept, for each misreading."""
TRIED = 5
"""Misreadings that are tried in a line."""
UNLIKE = 10.0
"""Bits by which a single word in place of another one must beat that of any other code page."""
LONE = 3
"""Characters of a word in front of a run that is no word as it stands."""
MARKS = "«»„“”‘’…—–·•№©®™§°\u00a0"
"""What stands between words of Russian as well."""


class Run(NamedTuple):
    """What stands from ``start`` to ``end`` was read wrongly, and was ``restored``, which has as many characters.

    ``gain`` is by how many bits that is likelier than what stands there, ``lead`` than with another code page.
    """

    right: str
    wrong: str
    start: int
    end: int
    restored: str
    gain: float
    lead: float


_KNOWN = frozenset(LETTERS[1:] + OTHERS)


def triggers() -> Sequence[Trigger]:
    """What the commonest pairs of letters become."""
    return literals(sorted(_signs()))


@cache
def _signs() -> dict[str, tuple[tuple[str, str], ...]]:
    """What the commonest pairs of letters become, with the misreadings they speak for."""
    state = f"{sys.version}\0".encode() + kept.state([__file__, *SOURCES])
    found: dict[str, tuple[tuple[str, str], ...]] = kept.made("cyrillic-signs", state, _make_signs)
    return found


def _make_signs() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    shares = _shares()
    for right in RIGHTS:
        for wrong in WRONGS:
            if wrong == right:
                continue
            signs: list[str] = []
            for pair in sorted(shares, key=lambda pair: -shares[pair]):
                read = pair.encode(right).decode(wrong, "ignore")
                if len(read) == 2 and not read.isspace() and _usual(read) < USUAL:
                    signs.append(read)
                if len(signs) == SIGNS:
                    break
            for sign in signs:
                found[sign] = (*found.get(sign, ()), (right, wrong))
    return found


@cache
def _shares() -> dict[str, float]:
    """How often each pair of letters stands in Russian."""
    table = {pair: 2.0**-bits for pair, bits in pairs().items()}
    share = dict.fromkeys(LETTERS, 1 / len(LETTERS))
    for _ in range(30):
        share = {b: sum(share[a] * table[a + b] for a in LETTERS) for b in LETTERS}
    return {pair: share[pair[0]] * part for pair, part in table.items() if " " not in pair}


def _usual(pair: str) -> float:
    """How often Russian has a pair."""
    if pair.islower():
        case = "lower"
    elif pair.isupper():
        case = "upper"
    else:
        case = "title" if pair[0].isupper() and pair[1].islower() else "mixed"
    return _shares().get(pair.lower(), 0.0) * CAPITALS[case]


@cache
def _line() -> re.Pattern[str]:
    """The same thrice: part of a line of a table."""
    return re.compile(r"(\w)\1\1")


@cache
def _camel() -> re.Pattern[str]:
    """A capital behind a small letter, a small letter behind two capitals."""
    return re.compile("[а-яё][А-ЯЁ]|[А-ЯЁ]{2}[а-яё]")


@cache
def _greek() -> re.Pattern[str]:
    return re.compile("[\u0370-\u03ff\u1f00-\u1fff]")


@cache
def _in_table(right: str, wrong: str) -> re.Pattern[str]:
    """What may be undone: a longer stretch of characters that the wrong page has."""
    return re.compile(f"[{''.join(map(re.escape, _undone(right, wrong)))}]{{{FEWEST},}}")


def find(text: str) -> Iterator[Run]:
    """The misread words of a line, in order, neighbours together."""
    known = _signs()
    counts: Counter[tuple[str, str]] = Counter()
    for signs in filter(None, map(known.get, map(add, text, text[1:]))):
        counts.update(signs)
    runs: list[Run] = []
    for (right, wrong), _ in counts.most_common(TRIED):
        runs += _search(text, right, wrong)
    runs.sort(key=lambda run: -run.gain)
    chosen: list[Run] = []
    for run in runs:
        if all(run.end <= other.start or other.end <= run.start for other in chosen):
            chosen.append(run)
    yield from sorted(chosen, key=lambda run: run.start)


def _search(text: str, right: str, wrong: str) -> Iterator[Run]:
    """The stretches of a line that are likelier when they are undone: the cheapest of all ways to read it (Viterbi)."""
    table = _undone(right, wrong)
    stretches = _in_table(right, wrong).findall(text)
    if not any(
        len(_KNOWN.intersection(map(str.lower, map(table.__getitem__, set(one))))) >= FEWEST for one in stretches
    ):
        return  # the quotation marks and dashes of Chinese are a few letters, too, and so are some of Greek
    if not _may_gain(text, right, wrong):
        return
    undone = [table.get(character, "") for character in text]
    costs, befores = (0.0, ENTER), (" ", " ")
    came: list[tuple[bool, bool]] = []
    at_space = True
    amid = AMID_CYRILLIC if wrong in RIGHTS else AMID
    for standing, restored in zip(text, undone, strict=True):
        change = ENTER if standing.isascii() or at_space else ENTER + amid
        at_space = standing.isascii()
        now: list[tuple[float, bool]] = []
        for state, character in enumerate((standing, restored)):
            if not character:
                now.append((inf, False))
                continue
            ways = [
                (costs[last] + (change if last != state else 0.0) + price(befores[last], character), bool(last))
                for last in (0, 1)
            ]
            now.append(min(ways))
        costs, befores = (now[0][0], now[1][0]), (standing, restored)
        came.append((now[0][1], now[1][1]))
    ends = [costs[0] + price(befores[0], " "), costs[1] + price(befores[1] or " ", " ")]
    state = ends[1] < ends[0]
    states: list[bool] = []
    for way in reversed(came):
        states.append(state)
        state = way[state]
    states.reverse()
    kinds = "".join(" a"[state] if c.isascii() else " x"[state] for c, state in zip(text, states, strict=True))
    for match in re.finditer("x(?:[xa]*x)?", kinds):
        start, end = match.span()
        start = _begin(text, start, undone)
        if wrong in RIGHTS:
            start, end = _whole_words(text, start, end, table)
        run = _accepted(text, start, end, "".join(undone[start:end]), right, wrong)
        if run is not None:
            yield run


def _begin(text: str, start: int, undone: Sequence[str]) -> int:
    """Where a stretch begins, with a word of signs in front of it: a lone one is too short to pay for itself."""
    word = _lone_signs().search(text, max(0, start - LONE - 2), start)
    if word is None or not all(map(str.isalpha, undone[slice(*word.span(1))])):
        return start
    return word.start(1)


def _whole_words(text: str, start: int, end: int, table: dict[str, str]) -> tuple[int, int]:
    """The stretch with all of the words that it begins and ends in: a word is read in one code page throughout.

    Parts of words are what Kabardian or Mongolian have in common with misread Russian.
    """
    while start and _is_foreign(text[start - 1]) and text[start - 1] in table:
        start -= 1
    while end < len(text) and _is_foreign(text[end]) and text[end] in table:
        end += 1
    return start, end


def _is_foreign(character: str) -> bool:
    """Whether it is a letter beyond ASCII."""
    return character > "\x7f" and character.isalpha()


@cache
def _lone_signs() -> re.Pattern[str]:
    """A short word without a letter that ends where it is searched to; marks that text has anyway are none."""
    return re.compile(rf"(?:^|(?<=\s))([^\x00-\x7f\w{MARKS}]{{1,{LONE}}}) \Z")


def _may_gain(text: str, right: str, wrong: str) -> bool:
    """Whether any stretch of a line is likelier by enough when it is undone, whatever it costs to enter it."""
    gains = _gains(right, wrong)
    least = _least_gain(wrong) - 1e-6  # sums come out otherwise in another order
    best, before = -inf, " "
    for character in text:
        inside, first, last = gains[before + character]
        if best + last >= least:
            return True
        best += inside
        if first > best:
            best = first
        before = character
    return best + gains[before + " "][2] >= least


def _least_gain(wrong: str) -> float:
    return GAIN_OVER_CYRILLIC if wrong in RIGHTS else GAIN


@cache
def _gains(right: str, wrong: str) -> _Gains:
    return _Gains(_undone(right, wrong))


class _Gains(dict[str, tuple[float, float, float]]):
    """By how many bits a pair of characters is likelier when undone: within a stretch, at its beginning, at its end."""

    def __init__(self, undone: dict[str, str]) -> None:
        self._undone = undone

    def __missing__(self, pair: str) -> tuple[float, float, float]:
        before, character = pair[0], pair[1]
        standing, was_before, was = price(before, character), self._undone.get(before), self._undone.get(character)
        inside = standing - price(was_before, was) if was_before and was else -inf
        first = standing - price(before, was) if was else -inf
        last = standing - price(was_before, character) if was_before else -inf
        if len(self) >= REMEMBERED:
            self.clear()
        self[pair] = found = inside, first, last
        return found


def _accepted(text: str, start: int, end: int, restored: str, right: str, wrong: str) -> Run | None:
    letters = [character for character in restored if character.lower() in _KNOWN]
    if len({letter.lower() for letter in letters}) < FEWEST or _line().search(restored):
        return None
    before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if wrong in RIGHTS:
        if _is_foreign(before) or _is_foreign(behind):
            return None  # a letter that no code page of Russian has: the word was never read in one
        if len(_camel().findall(restored)) > len(_camel().findall(text[start:end])):
            return None
    # Code page 437 has thirteen letters of Greek: a word with another one was never read in it.
    table = _undone(right, wrong)
    if any(_greek().match(character) and character not in table for character in (before, behind)):
        return None
    bits = cost(restored, before, behind)
    gain = cost(text[start:end], before, behind) - bits
    if gain < _least_gain(wrong) or bits > DEAREST * len(letters):
        return None
    rivals = {
        "".join(_undone(one, other).get(c, c) for c in text[start:end])
        for one in RIGHTS
        for other in WRONGS
        if one != other
    }
    lead = min(cost(rival, before, behind) for rival in rivals - {restored}) - bits
    if wrong in RIGHTS and lead < UNLIKE and restored.isalpha():
        return None  # a single word, of which most readings are about as good
    return Run(right, wrong, start, end, restored, gain, lead)


@cache
def _undone(right: str, wrong: str) -> dict[str, str]:
    """What each character was before it was misread; those of ASCII are what they were."""
    data = bytes(range(0x80, 0x100))
    found = {chr(code): chr(code) for code in range(0x80)}
    if wrong == "cp1252":
        found |= dict(zip(data.decode("latin-1"), data.decode(right, "replace"), strict=True))
    for byte in data:
        # What Windows has no character for is the control of that number.
        character = bytes((byte,)).decode(wrong, "ignore") or (chr(byte) if wrong.startswith("cp125") else "")
        if character:
            found[character] = bytes((byte,)).decode(right, "replace")
    return found
