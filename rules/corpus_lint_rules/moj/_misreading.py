"""Undoing what happens when UTF-8 is read in a code page of one byte a character, once or several times.

What is damaged is judged place by place: the characters must be, in one code page, the bytes of valid UTF-8, and
the text must look less odd (`_oddness`) when they are decoded, by a margin that is lower where the line is damaged
elsewhere. Reading the result in the code page again gives the damaged text by construction.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import count, repeat
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple, made

from ._oddness import LETTERS, look, oddness, prices, tension
from ._single_byte import LOST, Page, pages
from ._thai import without_thai

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from . import _single_byte

ENOUGH = 7.0
"""How much less odd (in nats) a repaired place must look to be taken for damaged on its own."""
ENOUGH_IN_PART = 6.0
"""The same where a byte is U+FFFD, which is no text of anybody's."""
LIKELY = 4.0
"""The same where three or more places of a line speak together."""
SUPPORTED = 2.0
"""The same for a place whose line is damaged beyond doubt elsewhere."""
SUPPORT = 8.0
"""How much less odd the other places of a line must look to be such support."""
CLEAR = 4.0
"""How much better than any other code page the right one must be for a safe fix."""
LAYERS = 6
"""How often a text is taken to have been misread, at most."""
JUDGED = 60
"""Sequences of a cluster that are judged; they are evidence enough for those behind them."""
DECIDED = 8
"""Sequences of a line from which one code page that explains them all is the right one."""
FUNCTION_WORDS = 2
"""Different small words of languages without í that a line must have for an apostrophe between letters."""
CLOSING = {"„": "“”", "‚": "‘’"}
"""Without which low quotation marks are letters of another code page."""
MOST_SIGNS = 8
"""A line with one C1 control in fewer characters is no text in which only signs were misread."""


class Cluster(NamedTuple):
    """Neighbouring sequences of one code page, and how much less odd their text looks when they are decoded.

    ``tension`` is how odd the characters look side by side, whatever they are: a word has none. ``seen`` is the text
    as it stands, ``around`` the characters before and behind it. Of many sequences the first few are judged.
    """

    sequences: tuple[_single_byte.Sequence, ...]
    gain: float
    tension: float
    seen: str
    around: str

    @property
    def start(self) -> int:
        """Where the first sequence begins."""
        return self.sequences[0].start

    @property
    def end(self) -> int:
        """Where the last sequence ends."""
        return self.sequences[-1].end

    @property
    def content(self) -> str:
        """The decoded text."""
        return "".join(sequence.content for sequence in self.sequences)


class Piece(NamedTuple):
    """A character of the text as repaired so far, and which part of the line it stands for.

    ``is_exact``: no byte was lost. ``is_clear``: no other code page makes as good a text of it.
    """

    character: str
    start: int
    end: int
    is_new: bool = False
    is_exact: bool = True
    is_clear: bool = True


class Repair(NamedTuple):
    """A text with every layer of misreading undone.

    ``pages`` names the code pages, the last misreading first; ``gains`` says how much less odd the text looks for
    each. ``has_signs`` is whether single signs of Windows-1252 were restored, ``is_disputed`` whether a single place
    was repaired and another code page explains it and all else in the line.
    """

    pieces: list[Piece]
    pages: list[str]
    gains: dict[str, float]
    has_signs: bool
    is_disputed: bool

    @property
    def text(self) -> str:
        """The repaired text."""
        return "".join(piece.character for piece in self.pieces)


def repair(text: str, known: Collection[str] = ()) -> Repair:
    """The text with what was read wrongly decoded rightly; ``known`` names code pages that damaged its document."""
    rest = repeat(False), repeat(True), repeat(True)
    pieces = list(made(Piece, zip(text, count(), count(1), *rest, strict=False)))
    gains: dict[str, float] = {}
    names: list[str] = []
    is_disputed = False
    for _ in range(LAYERS):
        candidates = _candidates(text)
        best = _best(text, candidates, known)
        if best is None:
            break
        page, clusters = best
        if not names and page.name not in known:
            is_disputed = _is_disputed(text, page, clusters, candidates)
        names.append(page.name)
        gains[page.name] = gains.get(page.name, 0.0) + sum(cluster.gain for cluster in clusters)
        scores = {each: _score(found, each) for each, found in candidates.items()}
        rebuilt: list[Piece] = []
        done = 0
        for cluster in clusters:
            clear = _is_clear(cluster, page, candidates, scores)
            for sequence in cluster.sequences:
                rebuilt += pieces[done : sequence.start]
                rebuilt += _decoded(sequence, pieces[sequence.start : sequence.end], clear)
                done = sequence.end
        pieces = rebuilt + pieces[done:]
        text = "".join(piece.character for piece in pieces)
    has_signs = _restore_signs(pieces, text)
    return Repair(pieces, names, gains, has_signs, is_disputed)


def _decoded(sequence: _single_byte.Sequence, old: list[Piece], clear: bool) -> Iterator[Piece]:
    """The pieces that a sequence becomes: one, or two of which the second stands for nothing of the line."""
    is_exact = sequence.is_exact and all(piece.is_exact for piece in old)
    is_clear = clear and all(piece.is_clear for piece in old)
    start, end = old[0].start, old[-1].end
    for character in sequence.content:
        yield Piece(character, start, end, is_new=True, is_exact=is_exact, is_clear=is_clear)
        start = end


def _candidates(text: str) -> dict[Page, list[Cluster]]:
    """What has the form of UTF-8 read in a code page, for each page in which anything has.

    Where one page makes a readable text of a whole long line, no other is looked at: by chance it does not happen.
    """
    candidates: dict[Page, list[Cluster]] = {}
    known: dict[tuple[int, int, str], tuple[float, float]] = {}
    characters = frozenset(text)
    for page in pages():
        # Most pages have nothing to do with a text, and a long line takes long to search.
        if page.leads.isdisjoint(characters):
            continue
        clusters = list(_clusters(text, page, known))
        if not clusters:
            continue
        candidates[page] = clusters
        number = sum(len(cluster.sequences) for cluster in clusters)
        gain = sum(cluster.gain for cluster in clusters)
        if number >= DECIDED and gain > DECIDED * ENOUGH and page.rarity <= 1 and _is_whole(text, clusters):
            return {page: clusters}
    return candidates


def _best(
    text: str, candidates: Mapping[Page, list[Cluster]], known: Collection[str]
) -> tuple[Page, list[Cluster]] | None:
    """The code page in which the text was most likely read, and what is damaged; None when nothing is."""
    found: tuple[Page, list[Cluster]] | None = None
    highest = 0.0
    for page, possible in candidates.items():
        clusters = _accepted(text, page, possible, page.name in known)
        score = sum(cluster.gain for cluster in clusters) - page.rarity
        score += CLEAR if page.name in known else 0.0
        if clusters and score > highest:
            found, highest = (page, clusters), score
    return found


def _accepted(text: str, page: Page, clusters: list[Cluster], is_known: bool) -> list[Cluster]:
    """The places of the text that were read in the page."""
    certain = [cluster for cluster in clusters if _is_enough(cluster, page)]
    support = sum(cluster.gain for cluster in certain)
    if support >= SUPPORT + page.rarity:
        if _is_whole(text, clusters):
            return clusters
        return [cluster for cluster in clusters if cluster.gain >= SUPPORTED]
    likely = [cluster for cluster in clusters if cluster.gain >= LIKELY and not _is_plain(cluster)]
    together = sum(cluster.gain for cluster in likely)
    if is_known or (len(likely) >= 3 and together >= 2 * ENOUGH + page.rarity):
        return likely
    return certain


def _is_whole(text: str, clusters: Sequence[Cluster]) -> bool:
    """Whether every character of the text beyond ASCII belongs to what was read wrongly: it was read as a whole."""
    outside = 0
    for cluster in clusters:
        if not text[outside : cluster.start].isascii():
            return False
        outside = cluster.end
    return text[outside:].isascii()


def _is_disputed(text: str, page: Page, clusters: Sequence[Cluster], candidates: Mapping[Page, list[Cluster]]) -> bool:
    """Whether a page explains a single place of a text, and another page that and all else: `– DrÃ¥ber`.

    The dash and the space behind it are a letter of UTF-8 in Mac OS Roman, as is Ã¥; in ISO-8859-1 only Ã¥ is one, and
    the dash would have been read rightly.
    """
    if len(clusters) > 1 or len(clusters[0].sequences) > 1 or _is_whole(text, clusters):
        return False
    return any(other is not page and _is_whole(text, found) for other, found in candidates.items())


def _is_enough(cluster: Cluster, page: Page) -> bool:
    """Whether a place alone is evidence."""
    needed = ENOUGH
    if not any(sequence.is_exact for sequence in cluster.sequences):
        needed = ENOUGH_IN_PART if cluster.content == LOST else ENOUGH + 3
    if cluster.gain < needed + page.rarity or _is_plain(cluster):
        return False
    if cluster.seen.isalpha() and len(cluster.content) == 1 and not cluster.around.strip():
        return False  # a word of two letters, as иІ of Adyghe, that would be one letter
    around = "".join(look(character).kind for character in cluster.around)
    if cluster.content == "\xa0" and around == "UU":
        return False  # a name in capitals with a no-break space in it
    # Two signs for one, with no letter around: a face, a drawing.
    kinds = around + "".join(look(character).kind for character in cluster.seen)
    return len(cluster.seen) > 2 or any(kind in LETTERS for kind in kinds)


def _is_plain(cluster: Cluster) -> bool:
    """Whether the text as it stands is a word like any other, or a drawing."""
    if cluster.tension > 0:
        return False
    kinds = {look(character).kind for character in cluster.seen}
    return kinds <= set(LETTERS) or (kinds == {"b"} and not (len(cluster.content) > 2 and cluster.content.isalpha()))


def _clusters(text: str, page: Page, known: dict[tuple[int, int, str], tuple[float, float]]) -> Iterator[Cluster]:
    """What has the form of UTF-8 read in the page, neighbours together; ``known`` are judgements already made."""
    together: list[_single_byte.Sequence] = []
    for sequence in page.sequences(without_thai(text) if page.codec == "cp874" else text):
        if together and together[-1].end != sequence.start:
            yield _cluster(text, together, known)
            together = []
        together.append(sequence)
    if together:
        yield _cluster(text, together, known)


def _cluster(
    text: str, sequences: Sequence[_single_byte.Sequence], known: dict[tuple[int, int, str], tuple[float, float]]
) -> Cluster:
    start, end = sequences[0].start, sequences[-1].end
    judged = sequences[:JUDGED]
    judged_end = judged[-1].end
    content = "".join(sequence.content for sequence in judged)
    key = start, judged_end, content
    if key not in known:
        before = text[max(0, start - 2) : start]
        decoded = before + content + text[judged_end : judged_end + 2]
        tight = tension(text, start, judged_end)
        gain = prices(text[start:judged_end]) + tight - oddness(decoded, len(before), len(before) + len(content))
        known[key] = gain * len(sequences) / len(judged), tight
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return Cluster(tuple(sequences), *known[key], text[start:judged_end], around)


def _is_clear(
    cluster: Cluster, page: Page, candidates: Mapping[Page, list[Cluster]], scores: Mapping[Page, float]
) -> bool:
    """Whether no other code page makes another text of the place, and of the line, that is nearly as good."""
    enough = cluster.gain - page.rarity - CLEAR
    for other, rivals in candidates.items():
        place = bisect_right(rivals, cluster.start, key=_start) - 1
        if other is page or place < 0 or scores[other] <= scores[page] - CLEAR:
            continue
        rival = rivals[place]
        if rival.end >= cluster.end and rival.gain - other.rarity > enough and rival.content != cluster.content:
            return False
    return True


def _score(clusters: Sequence[Cluster], page: Page) -> float:
    """How well a code page explains what is odd in a text."""
    return sum(cluster.gain for cluster in clusters if cluster.gain > 0) - page.rarity


def _start(cluster: Cluster) -> int:
    return cluster.start


def _restore_signs(pieces: list[Piece], text: str) -> bool:
    """Turn the C1 controls that are signs of Windows-1252 into them; whether there are any.

    They come about when Windows-1252 is read as ISO-8859-1: the letters are the same, “ ” – … are not. Only where
    the sign stands as such signs do: í of Mac OS is a C1 control as well.
    """
    places = [place for place, character in enumerate(text) if "\x80" <= character <= "\x9f"]
    if not places or len(places) * MOST_SIGNS > len(text):
        return False
    restored = text
    for place in places:
        sign = text[place].encode("latin-1").decode("cp1252", "ignore")
        if sign:
            restored = restored[:place] + sign + restored[place + 1 :]
    done = False
    for place in places:
        piece, sign = pieces[place], restored[place]
        if sign == text[place] or piece.is_new or not _is_sign(restored, place):
            continue
        pieces[place] = piece._replace(character=sign, is_new=True)
        done = True
    return done


def _is_sign(text: str, place: int) -> bool:
    """Whether a sign of Windows-1252 stands where an author would have put it."""
    kinds = [look(text[at]).kind if 0 <= at < len(text) else " " for at in (place - 1, place + 1)]
    before, behind = (kind in LETTERS or kind == "0" for kind in kinds)
    if any("\x7f" < c < "\xa0" for c in text[max(0, place - 1) : place + 2]):
        return False
    sign = text[place]
    if sign == "’":
        return before and (not behind or _has_elisions(text))
    if sign == "“" and before and not behind:
        return "„" in text[:place]
    if sign in "“‘„‚":
        is_closed = sign not in "„‚" or any(closing in text[place:] for closing in CLOSING[sign])
        return behind and not before and is_closed  # é of DOS is ‚
    if sign in "”…":
        if sign == "…" and place + 1 == len(text) and not any(c in "“”‘’" for c in text):
            return False  # U+0085 is a line break as well
        if sign == "…" and text[place - 1 : place] == "'" and text[max(0, place - 2) : place - 1].isalpha():
            return False  # jusqu'à of DOS
        return (before or kinds[0] in "peQq") and not behind
    if sign in "–—":
        return kinds[0] == kinds[1] and kinds[0] in " 0"
    return sign == "€" and "0" in (text[place - 1 : place] + text[place + 1 : place + 3]).translate(_DIGITS)


def _has_elisions(text: str) -> bool:
    """Whether a line is of a language that has apostrophes between letters and no í, which Mac OS has there."""
    return bool(_elision().search(text)) or len(set(_function_words().findall(text))) >= FUNCTION_WORDS


@cache
def _elision() -> re.Pattern[str]:
    """A word that is none with í in place of its apostrophe."""
    return re.compile(r"(?:n’t|’re|’ve|’ll|\bI’m|\b[Cc]’est|\b[Qq]u’(?:ils?|elles?|une?|on)|\b[Dd]’une?|d’hui)\b")


@cache
def _function_words() -> re.Pattern[str]:
    """Small words of English, French and Italian that no language with í has."""
    return re.compile(
        r"\b(?:the|of|and|is|was|that|with|for|it|les|des|est|et|une|dans|qui|pour|avec|du|aux|vous|nous|cette|ils"
        r"|che|gli|della|delle|nella|sono|degli|il|di)\b"
    )


_DIGITS = {ord(digit): "0" for digit in "123456789"}
