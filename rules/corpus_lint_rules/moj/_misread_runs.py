"""What the rules for misread text have in common: from signs in a line to findings."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.named_tuple import NamedTuple

from ._blocks import UNKNOWN
from ._codepages import DOUBLE
from ._doubts import is_doubtful
from ._model import model
from ._on_purpose import is_shown
from ._pairs import Misreading, may_gain, search
from ._signs import Signs
from ._stretches import STRANGE, Stretch, stretches
from ._thai import without_thai

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._pairs import Found, Run
    from ._signs import Sign

AROUND = 40
"""Characters on both sides of a sign that are looked at first."""
NEAR = 8
"""Characters on both sides of a sign of which some must be misread, or nothing more is looked at."""
TRIED = 6
"""Misreadings that are tried around one sign: those with the most signs in the stretch."""
MOST_PLAIN = 4
"""Of so many signs one at least must stand in text that looks misread."""
BEGUN = 0.6
"""Share of the bits that a finding takes that must be found near one sign before the whole stretch is searched."""
STRANGE_THAI = 7.0
"""Bits from which Thai letters look misread: as they should be they cost 5 to 6."""
MANY = 6
"""Signs from which on the whole stretch is searched even if nothing is found near one of them."""
FOLLOWED = 2
"""Of these, how many are tried on the whole stretch."""
CONVERTED = 15.0
"""Bits by which it must be likelier that a text was made traditional after it was misread."""
SHOWN = 40
"""Characters of a text that a message shows."""
PRIVATE = 4.0
"""Bits of evidence that a private-use character is worth by itself."""
LEAST_EVIDENCE = 8.0
"""Bits of evidence that are needed all the same."""
BEYOND = 20.0
"""Bits by which text must be likelier for one bit of evidence less."""
STRAINED = 14.0
"""Bits a character, over two neighbours, from which restored text is too strange to be restored unseen."""
STRAINED_ONCE = 16.0
"""The same inside of a text for each byte of which something stands, or whose bytes show themselves, as in UTF-8."""
FEW = 6
"""Different characters, at most, of a text that says the same again and again."""
TOLD_AGAIN = 2
"""How often it says each, on average, at least."""
CLEAR = 6.0
"""Bits by which a safe repair must be likelier than any other answer: 64 times."""


class Standard(NamedTuple):
    """How many bits of evidence a finding takes, against the text as it stands and against chance."""

    gain: float
    evidence: float
    safe_evidence: float
    evidence_of_kana: float = 0.0


def judged(text: str, signs: Signs, standard: Standard) -> Iterator[tuple[Finding, Found]]:
    """A finding for every misread run of a line, and the answer that it comes from."""
    places = signs.find(without_thai(text))
    done = 0
    for start, end, inside in _windows(text, places):
        if start < done:
            start = done
        for found in _judge(text, start, end, inside, signs, standard):
            for stretch in stretches(text, found.runs):
                if stretch.start >= done:
                    done = stretch.end
                    yield _finding(text, stretch, found, standard), found


def of_answer(text: str, found: Found, standard: Standard) -> Iterator[Finding]:
    """The findings that an answer makes."""
    for stretch in stretches(text, found.runs):
        yield _finding(text, stretch, found, standard)


def _windows(text: str, places: Sequence[Sign]) -> Iterator[tuple[int, int, list[Sign]]]:
    """Stretches of the line around signs that are near each other."""
    group: list[Sign] = []
    for place in places:
        if group and place.offset - group[-1].offset > 2 * AROUND:
            yield max(0, group[0].offset - AROUND), min(len(text), group[-1].offset + AROUND), group
            group = []
        group.append(place)
    if group:
        yield max(0, group[0].offset - AROUND), min(len(text), group[-1].offset + AROUND), group


def _judge(
    text: str, start: int, end: int, inside: Sequence[Sign], signs: Signs, standard: Standard
) -> Iterator[Found]:
    """The likeliest answer for a stretch, if it is likely enough."""
    strange = [sign for sign in inside if _is_strange(text, sign.offset)]
    if len(strange) * MOST_PLAIN < len(inside):
        return
    counts = Counter(key for sign in inside for key in dict.fromkeys(sign.keys))
    likely: list[tuple[float, Misreading]] = []
    for key, number in counts.most_common(TRIED):
        misreading = signs.misreadings[key]
        places = [sign.offset for sign in inside if key in sign.keys]
        near = places[len(places) // 2]
        if not any(sign.offset == near for sign in strange):
            near = next((sign.offset for sign in strange if key in sign.keys), near)
        window = max(start, near - NEAR), min(end, near + 2 * NEAR)
        begun = standard.gain * BEGUN
        found = search(text, *window, misreading) if may_gain(text, *window, misreading, begun) else None
        if found is not None and found.gain >= begun:
            likely.append((found.gain, misreading))
        elif number > MANY:
            likely.append((0.0, misreading))
    likely.sort(key=lambda pair: (-round(pair[0]), pair[1].converted))
    followed = [misreading for _, misreading in likely[:FOLLOWED]]
    possible = [*followed, *(Misreading("utf-8", misreading.wrong) for misreading in followed)]
    if not any(may_gain(text, start, end, misreading, standard.gain) for misreading in possible):
        return
    tried = [search(text, start, end, misreading) for misreading in followed]
    answers = [found for found in tried if found is not None]
    wrongs = {answer.runs[0].misreading.wrong for answer in answers}
    answers += [other for wrong in sorted(wrongs) for other in _rivals(text, start, end, wrong, answers)]
    if not answers:
        return
    # An answer without a conversion needs fewer assumptions.
    answers.sort(key=lambda answer: CONVERTED * answer.runs[0].misreading.converted - answer.gain)
    best = answers[0]
    if not best.runs[0].misreading.converted:
        answers = [answer for answer in answers if not answer.runs[0].misreading.converted]
    if best.gain < standard.gain or best.evidence < _needed(text, best, standard):
        return
    restored = "".join(run.restored for run in best.runs)
    if best.runs[0].misreading.key not in signs.misreadings or _is_list(restored) or _is_repeated(restored):
        return
    if _is_chat("".join(text[run.start : run.end] for run in best.runs)):
        return
    said = [run.restored for run in best.runs]
    for other in answers[1:]:
        if [run.restored for run in other.runs] != said:
            best = best._replace(lead=min(best.lead, best.gain - other.gain))
            break
    yield best


def _needed(text: str, found: Found, standard: Standard) -> float:
    """The bits of evidence that an answer takes.

    Fewer where what stands there is beyond belief, or has private-use characters, which nobody types. More where it
    would be kana: rare characters in the order of a code page are kana in order when they are read as Shift-JIS.
    """
    restored = "".join(run.restored for run in found.runs)
    kana = sum("\u3040" <= c < "\u3100" for c in restored)
    if standard.evidence_of_kana and 2 * kana > sum(c > "\x7f" for c in restored):
        return standard.evidence_of_kana
    private = sum("\ue000" <= c < "\uf900" for run in found.runs for c in text[run.start : run.end])
    fewer = PRIVATE * private + (found.gain - standard.gain) / BEYOND
    return max(min(LEAST_EVIDENCE, standard.evidence), standard.evidence - fewer)


def _is_list(restored: str) -> bool:
    """Whether a text goes through an alphabet: so lists of characters do, whatever their bytes are read as."""
    places = [ord(character) for character in restored if character > "\x7f"]
    following = sum(0 < b - a <= 2 for a, b in pairwise(places))
    return following > 2 and following * 2 > len(places)


def _is_repeated(restored: str) -> bool:
    """Whether a text says few characters again and again, which is laughter and no evidence: ㅋㅋㅋ, ㅊㄹㅊㄹ."""
    characters = [character for character in restored if character > "\x7f"]
    return len(characters) > TOLD_AGAIN * len(set(characters)) and len(set(characters)) <= FEW


def _is_chat(standing: str) -> bool:
    """Whether most of a text are single letters of Korean, as chat has them: ㅋㅋㅋ, ㅅㄱㄴㄷ, ㅇㅏㄴㅕㅇ.

    What other code pages become in Korean is full of old letters, which nobody types: ん is ㆎ, and の is ㅎ.
    """
    letters = [character for character in standing if character > "\x7f"]
    today = sum("\u3131" <= character <= "\u3163" for character in letters)
    return 2 * today > len(letters) and not any("\u3164" < character < "\u318f" for character in letters)


def _is_strange(text: str, offset: int) -> bool:
    """Whether the characters before or behind a place are unlikely as they stand; ASCII and private use aside."""
    bits = model().bits
    for start in (max(0, offset - 6), max(0, offset - 1)):
        places = [i for i in range(start, min(len(text), start + 8)) if text[i] > "\x7f"]
        costs = [bits(text[i - 1] if i else " ", text[i]) for i in places if not "\ue000" <= text[i] < "\uf900"]
        is_thai = any("\u0e01" <= text[i] < "\u0e80" for i in places)
        if sum(costs) >= (STRANGE_THAI if is_thai else STRANGE) * len(costs) and (costs or places):
            return True
    return False


def _rivals(text: str, start: int, end: int, wrong: str, answers: Sequence[Found]) -> Iterator[Found]:
    """The answer that the same bytes are UTF-8, when nobody has given it yet."""
    if any(answer.runs[0].misreading == Misreading("utf-8", wrong) for answer in answers):
        return
    found = search(text, start, end, Misreading("utf-8", wrong))
    if found is not None:
        yield found


def _finding(text: str, stretch: Stretch, found: Found, standard: Standard) -> Finding:
    start, end, runs = stretch
    misreading = runs[0].misreading
    holes = stretch.holes(text)
    sure = found.lead >= CLEAR
    is_guessed = found.guess_lead >= CLEAR
    has_lost = bool(holes) or any(run.sure != run.restored if is_guessed else UNKNOWN in run.sure for run in runs)
    is_proven = not has_lost and all(misreading.proves(run.restored, text[run.start : run.end]) for run in runs)
    guess = _edited(text, stretch, stretch.edits(text, [run.restored for run in runs], "…"))
    is_known = sure and is_proven
    message = f"{misreading}: `{_short(text[start:end])}` {'is' if is_known else 'may be'} {_short(guess)}"
    is_example = is_shown(text, start, end)
    confidence = Confidence.MEDIUM if is_example else None
    if not sure and not holes:
        message += "; another reading of the bytes is nearly as likely"
        return Finding(start, end, message, confidence=confidence)
    if has_lost:
        message += "; bytes were lost, so that some characters can only be guessed"
    if not sure or not stretch.is_readable(holes):
        return Finding(start, end, message, confidence=confidence)
    edits = stretch.edits(text, [run.restored if is_guessed else run.sure for run in runs], UNKNOWN)
    is_safe = (
        is_proven
        and not is_example
        and found.evidence >= standard.safe_evidence
        and all(_is_safe(text, run) for run in runs)
    )
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    fix = Fix(f"read the bytes rightly: {_short(_edited(text, stretch, edits))}", tuple(edits), applicability)
    return Finding(start, end, message, fix, confidence=confidence)


def _edited(text: str, stretch: Stretch, edits: Sequence[Edit]) -> str:
    """The stretch with the edits made."""
    found: list[str] = []
    place = stretch.start
    for edit in edits:
        found += [text[place : edit.start], edit.content]
        place = edit.end
    return "".join((*found, text[place : stretch.end]))


def _is_safe(text: str, run: Run) -> bool:
    """Whether no byte may be lost in a run or beside it, nothing of it has two spellings, and its text flows."""
    if _has_lost(text, run) or is_doubtful(text, run) or run.misreading.is_ambiguous(text[run.start : run.end]):
        return False
    restored = run.restored
    around = text[max(0, run.start - 2) : run.start] + restored[:1], restored[-1:] + text[run.end : run.end + 2]
    # Of two double-byte sets, one may lack two neighbouring characters of the other; then two bytes are gone unseen.
    is_double = run.misreading.right != "utf-8" and run.misreading.wrong in DOUBLE
    inside = STRAINED if is_double else STRAINED_ONCE
    return _flows(restored, inside) and all(_flows(one, STRAINED) for one in around)


def _has_lost(text: str, run: Run) -> bool:
    """Whether a byte may be lost in the run or right beside it, after which double bytes are read out of step."""
    if run.misreading.right == "utf-8":
        return False
    around = text[max(0, run.start - 2) : run.end + 2]
    second_is_ascii = run.misreading.right in ("gbk", "big5", "cp932") and _lost_in_ascii().search(around)
    return UNKNOWN in around or bool(_lost_byte().search(around) or second_is_ascii)


@cache
def _lost_byte() -> re.Pattern[str]:
    """A question mark directly beside a character that is not ASCII."""
    return re.compile(r"[^\x00-\x7f]\?|\?[^\x00-\x7f]")


@cache
def _lost_in_ascii() -> re.Pattern[str]:
    """A question mark before what may be the second byte of a character."""
    return re.compile(r"\?[@-~]")


def _flows(text: str, strained: float) -> bool:
    """Whether no two characters in a row are so unlikely that a byte may be missing there."""
    bits = model().bits
    previous = 0.0
    for before, character in pairwise(text):
        price = bits(before, character) if min(before, character) >= "\x80" else 0.0
        if previous + price > 2 * strained and previous and price:
            return False
        previous = price
    return True


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


@cache
def signs_of(misreadings: tuple[Misreading, ...], private: tuple[str, ...] = (), lossy: tuple[str, ...] = ()) -> Signs:
    """The signs of some misreadings, read once."""
    return Signs(misreadings, private, lossy)
