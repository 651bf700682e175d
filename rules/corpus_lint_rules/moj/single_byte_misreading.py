"""MOJ001 single-byte-misreading."""

from __future__ import annotations

from collections import Counter
from itertools import compress, groupby
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._misreading import Piece, Repair

KNOWN = 20.0
"""How much less odd (in nats) the lines of a document look for a code page that is known to have damaged it."""

LONGEST = 40
"""Characters of the damaged text and of the repaired one that a message shows."""


class SingleByteMisreading(RegionRule):
    """UTF-8 was read in a code page of one byte a character: `cafÃ©`, `donâ€™t`, `ä¸­æ–‡`, `РџСЂРёРІРµС‚`.

    Every character beyond ASCII has become two to four others. Words are unreadable, no search finds them, and a
    tokenizer cuts them into scraps that a model then learns to write. Read wrongly twice or more often, one letter
    becomes eight: `nÃƒÂ©`.

    The rule knows the Windows code pages 1250 to 1258 and 874, ISO-8859-1, -2, -5, -7, -9 and -15, Mac OS Roman and
    Cyrillic, the code pages 437, 850, 852 and 866, KOI8-R and KOI8-U. It judges place by place, so a damaged word in
    a clean line is found and nothing else of the line is touched; several layers are undone together. The
    characters must be the bytes of valid UTF-8, and the text must look clearly less odd when they are decoded: a
    capital letter and a sign that stand where an author puts them (`MARQUÉ…`, `NESTLÉ®`, `5×£35`) are left alone.
    Once several lines of a document are known to be damaged, less evidence is asked of the others. Single signs of
    Windows-1252 that were read as ISO-8859-1, and so became control characters, are found as well. The places of a
    line that are equally certain are one finding with their number.

    The fix is safe where every byte is known, no letter may have lost its case since, and no other code page makes
    nearly as good a text: reading the result wrongly again gives exactly the damaged text. It is unsafe where chance
    may have made it UTF-8, as the characters are in nobody's code page or stand in text that stays odd; and where a
    byte was lost: as U+FFFD or a question mark, or as a no-break space that became a space (`voilÃ `). A character
    whose lost byte is not certain becomes U+FFFD. Where damaged text remains beside what could be decoded, there is no
    fix and the confidence is medium; so it is for damage that is shown on purpose, in a line about encodings, as
    `inline code` or beside the right word (`café becomes cafÃ©`), whose fix is unsafe, and for a single letter where
    another code page explains it and every other sign of the line (`– DrÃ¥ber`).

    Source: the code pages are those of Python's codecs; undefined bytes are control characters as in browsers (WHATWG
    Encoding Standard). Judged on the published test cases of ftfy.
    """

    code = "MOJ001"
    name = "single-byte-misreading"
    severity = Severity.ERROR
    explains = True
    whole_lines = True

    examples = (
        Bad("Le r⟦Ã©⟧gime Ã©quilibrÃ© de la forÃªt", "Le régime équilibré de la forêt"),
        Bad("It doesn⟦â€™⟧t matter â€“ does it?", "It doesn’t matter – does it?"),
        Bad("报名请到前台，联系人：Jos⟦Ã©⟧。", "报名请到前台，联系人：José。"),
        Bad("⟦ä¸\xadæ–‡è¯\xadè¨€⟧处理", "中文语言处理"),
        Bad("晚饭后少吃甜食、咖啡、⟦å·§å…‹åŠ›⟧和油腻的东西。", "晚饭后少吃甜食、咖啡、巧克力和油腻的东西。"),
        Bad("⟦РџСЂРёРІРµС‚⟧, мир!", "Привет, мир!"),
        Bad("⟦╨┐╤Ç╨░╨▓╨╕╨╗╤î╨╜╨╛⟧", "правильно"),
        Bad("un r⟦√©⟧gime", "un régime"),
        Bad("n⟦ÃƒÂ©⟧ en 1950", "né en 1950"),
        Bad("R⟦Ä«⟧ga", "Rīga"),
        Bad("⟦\x84⟧Handwerk\x93 bringt dich \xfcberall hin", "„Handwerk“ bringt dich überall hin"),
        Bad(
            "L⟦\x92⟧été dernier, c\x92était dans l\x92école et pour vous.",
            "L’été dernier, c’était dans l’école et pour vous.",
        ),
        Bad("Das ⟦\x84⟧Übermaß\x93 war groß.", "Das „Übermaß“ war groß."),
        Bad("It⟦\x92⟧s the end of a day, and we don\x92t mind.", "It’s the end of a day, and we don’t mind."),
        Bad("voil⟦Ã ⟧le travail", "voilà le travail"),
        Bad("Sloven⟦Ä\ufffd⟧ina", "Sloven\ufffdina"),
        Bad("写入的 é 变成了乱码 ⟦Ã©⟧", "写入的 é 变成了乱码 é"),
        Bad("If you see “⟦â€™⟧” in a page, nobody has typed it.", "If you see “’” in a page, nobody has typed it."),
        Bad("café 会变成 caf⟦Ã©⟧，所以要看声明。", "café 会变成 café，所以要看声明。"),
        Good("RETWEET SE VOCÊ… MARQUÉ… NESTLÉ®\nSELKÄ\xa0EDELLÄ\n5×£35\n(“×” curves)\nAHÅ™, 4288×…"),
        Good("SÃO PAULO, C O N C L U S Ã O, NICIODATĂ\xa0, TRANSFORMATORIŲ™, HÅØYA ER BLÅØYD, QUEM É¿"),
        Good("Хэтрэ цӏыфи фитыныгъэ иІ зы къэралым ицІыфэу щытынэу."),
        Good("L’épisode, «école», —él, !YO SÉ¡, ``prá lá´´, Āø, MÄ£ÄM ÌÑÌ, ВІКІ, ПоздравЂаво, Він був"),
        Good("(-1/2)! = √π\n∆°, 2012—∞\n`¬´    ):\n( o¬ô )\n├┤a┼┐a┼┐a\n├── src\n┬┐"),
        Good("CHÂN THÀNH CẢM ƠN, NHÂN DÂN, ĐẢNG CỘNG SẢN VIỆT NAM, TOÀN BỘ MÃ NGUỒN"),
        Good("Größe „so“, Übergröße – Ärger, à côté, forêt… Œuvre, cœur, l’œil; µm, 5 °C, §5, ½ l, m²"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """What the commonest characters of each script look like in each code page, and any Han in the commonest."""
        from ._signatures import triggers

        return triggers()

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding a line for what can be repaired for certain, one for what was lost in part."""
        from ._misreading import repair
        from ._one_case import is_one_case
        from ._signatures import has_signature
        from ._thai import without_thai

        suspects = [line for line in lines if has_signature(without_thai(line.text))]
        repairs = [repair(line.text) for line in suspects]
        known = _known(repairs)
        is_folded = is_one_case((line.text, repaired) for line, repaired in zip(suspects, repairs, strict=True))
        for line, repaired in zip(suspects, repairs, strict=True):
            is_left = known and (repaired.is_disputed or has_signature(repaired.text))
            yield from _findings(line, repair(line.text, known) if is_left else repaired, is_folded=is_folded)


def _known(repairs: Iterable[Repair]) -> set[str]:
    """The code pages that damaged several lines of a document beyond doubt."""
    lines: Counter[str] = Counter()
    gains: Counter[str] = Counter()
    for repaired in repairs:
        lines.update(repaired.gains.keys())
        gains.update(repaired.gains)
    return {name for name, number in lines.items() if number >= 2 and gains[name] >= KNOWN}


def _findings(line: Line, repaired: Repair, *, is_folded: bool) -> Iterator[Finding]:
    """What is wrong in a line; ``is_folded`` is whether letters of the document may have lost their case since."""
    if not (repaired.pages or repaired.has_signs):
        return
    from .double_byte_read_as_single_byte import double_byte_spans

    text = line.text
    runs = _runs(repaired.pieces)
    certainties = [_certainty(text, repaired.pieces, *run) for run in runs]
    if any(certainty != "safe" for certainty in certainties):
        spans = double_byte_spans(text)
        is_better = sum(end - start for start, end in spans) > _length(repaired.pieces)
        left = [not (is_better and _is_inside(spans, repaired.pieces, run)) for run in runs]
        runs = list(compress(runs, left))
        certainties = list(compress(certainties, left))
    certainties = _by_word(text, repaired.pieces, runs, certainties)
    groups: dict[str, list[list[Piece]]] = {}
    for (first, end), certainty in zip(runs, certainties, strict=True):
        # A line of which part is beyond repair, or odd, was damaged in more ways than the one that is undone.
        doubtful = certainty == "odd" or (certainty == "safe" and (is_folded or {"none", "odd"} & {*certainties}))
        groups.setdefault("unsafe" if doubtful else certainty, []).append(repaired.pieces[first:end])
    for certainty, group in groups.items():
        yield _finding(text, repaired, group, certainty).shifted(line.start)


def _runs(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """From which to which piece the repaired stretches go."""
    found: list[tuple[int, int]] = []
    end = 0
    for is_new, run in groupby(pieces, _is_new):
        start, end = end, end + sum(1 for _ in run)
        if is_new:
            found.append((start, end))
    return found


def _by_word(
    text: str, pieces: Sequence[Piece], runs: Sequence[tuple[int, int]], certainties: Sequence[str]
) -> list[str]:
    """The certainties of stretches, of which one in a word with an unsafe one is no safer: no word is half repaired."""
    found = list(certainties)
    first = 0
    for number in range(1, len(runs) + 1):
        if number < len(runs):
            between = text[pieces[runs[number - 1][1] - 1].end : pieces[runs[number][0]].start]
            if between and not any(map(str.isspace, between)):
                continue
        if "unsafe" in found[first:number]:
            found[first:number] = ["unsafe" if one == "safe" else one for one in found[first:number]]
        first = number
    return found


def _length(pieces: Iterable[Piece]) -> int:
    """How many characters of a line UTF-8 explains."""
    return sum(piece.end - piece.start for piece in pieces if piece.is_new)


def _is_inside(spans: Iterable[tuple[int, int]], pieces: Sequence[Piece], run: tuple[int, int]) -> bool:
    """Whether a repaired stretch is part of one that another encoding explains."""
    first, last = pieces[run[0]], pieces[run[1] - 1]
    return any(start < last.end and first.start < end for start, end in spans)


def _is_new(piece: Piece) -> bool:
    return piece.is_new


def _certainty(text: str, pieces: Sequence[Piece], first: int, end: int) -> str:
    """How much is certain of a repaired stretch: "safe", "unsafe", "odd" where it is out of place, or "none"."""
    from ._at_home import is_at_home
    from ._oddness import look

    run = pieces[first:end]
    # What was read as ISO-8859-1 keeps its letters: one beside a sign is right as it is.
    damaged = "x$mbc?*" if "\x80" <= text[run[0].start] <= "\x9f" and len(run) == 1 else "x$mbc?*LU"
    for character in (text[run[0].start - 1 : run[0].start], text[run[-1].end : run[-1].end + 1]):
        if character and not character.isascii() and look(character).kind in damaged:
            return "none"
    if not all(piece.is_exact and piece.is_clear for piece in run):
        return "unsafe"
    return "safe" if is_at_home(pieces, first, end) else "odd"


def _finding(text: str, repaired: Repair, runs: Sequence[Sequence[Piece]], certainty: str) -> Finding:
    from ._on_purpose import is_shown, word

    start, end = runs[0][0].start, runs[0][-1].end
    edits = tuple(Edit(run[0].start, run[-1].end, "".join(piece.character for piece in run)) for run in runs)
    before, behind = _word(text, start, end)
    shown = before + edits[0].content + behind
    how = "UTF-8 that was read as " + ", and that as ".join(reversed(repaired.pages))
    if "\x80" <= text[start:end] <= "\x9f":
        how = "Windows-1252 that was read as ISO-8859-1"
    message = f"“{_short(before + text[start:end] + behind)}” is {how}: “{_short(shown)}”"
    more = len(runs) - 1
    if more:
        message += f", here and in {more} more place{'s' if more > 1 else ''} of the line"
    it, places = ("them", f"the {more + 1} places") if more else ("it", "it")
    fix, confidence = None, None
    if certainty == "none":
        message += "; more is damaged beside it: decode the source again."
        confidence = Confidence.MEDIUM
    elif repaired.is_disputed:
        message += "; all of the line can be read in another way, so look before decoding it again."
        fix = Fix("decode what can be decoded", edits, Applicability.UNSAFE)
        confidence = Confidence.MEDIUM
    elif is_shown(text, start, end, word(text, edits[0].start, edits[0].end, edits[0].content)):
        message += f"; decode {it} again, if {'they are' if more else 'it is'} no example of such damage."
        fix = Fix(f"decode {places} as UTF-8", edits, Applicability.UNSAFE)
        confidence = Confidence.MEDIUM
    elif certainty == "unsafe":
        message += f"; not all of it is certain, so look before decoding {it} again."
        fix = Fix("decode what can be decoded", edits, Applicability.UNSAFE)
    else:
        message += f"; decode {it} again."
        fix = Fix(f"decode {places} as UTF-8", edits, Applicability.SAFE)
    return Finding(start, end, message, fix, occurrences=len(runs), confidence=confidence)


def _word(text: str, start: int, end: int) -> tuple[str, str]:
    """What of the word stands before and behind the place, a dozen characters at most."""
    before = text[max(0, start - 12) : start]
    behind = text[end : end + 12]
    return (before.split() or [""])[-1] if before[-1:].strip() else "", behind.split()[0] if behind[:1].strip() else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
