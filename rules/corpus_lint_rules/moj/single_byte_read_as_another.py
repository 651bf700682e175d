"""MOJ009: text in one code page of one byte a letter read in another: Ïðèâåò, рПЙЧЕФ, dŽchargent, pi¹tej."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._cyrillic_runs import Run
    from ._other_page import Misread

CLEAR = 10.0
"""Bits by which the answer must beat that of any other code page, or nothing is restored."""
SAFE_GAIN = 30.0
"""Bits by which a run must be likelier text for a safe fix."""
LONGEST_ACRONYM = 4
"""Capitals of a word that may be an acronym."""
PER_ACRONYM = 3
"""Small letters of Cyrillic, for each of its characters, that such words have around them."""
SHOWN = 40
"""Characters of a text that a message shows."""


class SingleByteReadAsAnother(RegionRule):
    """Text in one single-byte code page was read in another: `Ïðèâåò`, `рПЙЧЕФ`, `dŽchargent`, `pi¹tej`, `þaþýrdý`.

    Each letter became another letter, a sign or a piece of a box. Nothing is lost by it: read in the right code page,
    the bytes give the text back. Language filters take such text for Icelandic, or for Russian in capitals, and a
    model learns words that nobody writes.

    Words of Russian are judged by how likely their letters stand side by side, as they stand and in every Cyrillic code
    page (Windows-1251, KOI8-R, code page 866, ISO-8859-5). What was read as Latin-1, as Central European, in Mac Roman,
    in a code page of DOS or in another Cyrillic one must be far likelier Russian when it is undone. Text of other
    languages, lists of letters, capitals, frames and tables are left alone, and words of fewer than five letters.

    Lines of other languages are judged as a whole (Windows-1250, -1252, -1253, -1254, -1255, -1256, -1257 and -874,
    ISO-8859-2 and -7, Mac OS Roman, code pages 850 and 852): no language may write them as they stand, and in the right
    code page they must be far likelier text of a language that was written in it. Once a line is known to be damaged,
    less is asked of the others. What some language writes so is left alone, whatever the language is.

    The fix is safe: reading the result in the wrong code page gives exactly the text that was found, and no other
    code page makes nearly as good a text; otherwise it is unsafe or not offered.

    Source: pairs of letters from free Russian translations (`make_letter_pairs.py` names them).
    """

    code = "MOJ009"
    name = "single-byte-read-as-another"
    severity = Severity.ERROR
    explains = True

    examples = (
        Bad("⟦Ïðîäàâöû ðàñêëàäûâàþò ÿáëîêè⟧ - 5", "Продавцы раскладывают яблоки - 5"),
        Bad("⟦рТПДБЧГЩ ТБУЛМБДЩЧБАФ СВМПЛЙ⟧.", "Продавцы раскладывают яблоки."),
        Bad("⟦оПНДЮБЖШ ПЮЯЙКЮДШБЮЧР⟧ яблоки", "Продавцы раскладывают яблоки"),
        Bad("⟦╧ЁюфртЎ√ Ёрёъырф√тр■Є⟧", "Продавцы раскладывают"),
        Bad("⟦¯¿ ä³ä êîëèñü âîäèâ ñàìå öåé âàãîí⟧.", "Її дід колись водив саме цей вагон."),
        Bad("README: ⟦ïîñëåäíÿÿ âåðñèÿ ïðîãðàììû⟧ 2.0", "README: последняя версия программы 2.0"),
        Bad(
            "Les marins d⟦Žchargent les caisses, et les marchands r\x8fglent leurs prix ˆ c™tŽ du cafŽ⟧.",
            "Les marins déchargent les caisses, et les marchands règlent leurs prix à côté du café.",
        ),
        # What proves nothing alone is told where another line of the text was misread so.
        Bad(
            "⟦Ë cinq heures du matin, la premi\x8f⟧re barque.\nIls d⟦Žchargent les caisses et rŽp\x8ftent ˆ c™tŽ⟧.",
            "À cinq heures du matin, la première barque.\nIls déchargent les caisses et répètent à côté.",
        ),
        Bad(
            "W tym roku z⟦³owiono mniej œledzi ni¿ w zesz³ym i ceny bardzo wzros³⟧y.",
            "W tym roku złowiono mniej śledzi niż w zeszłym i ceny bardzo wzrosły.",
        ),
        Bad(
            "⟦Ïé øáñÜäåò êáôåâÜæïõí ôá êéâþôéá êáé öùíÜæïõí ôéò ôéìÝò⟧.",
            "Οι ψαράδες κατεβάζουν τα κιβώτια και φωνάζουν τις τιμές.",
        ),
        Bad("⟦ÂÑÅÎÁÙÀ ÄÅÊËÀÐÀÖÈß ÇÀ ÏÐÀÂÀÒÀ ÍÀ ×ÎÂÅÊÀ⟧", "ВСЕОБЩА ДЕКЛАРАЦИЯ ЗА ПРАВАТА НА ЧОВЕКА"),
        Good(
            "Smørrebrød, ångström, naïve, Zürich, façade, São Paulo; 12 m³ und 5 cm², „Größe“ – Ärger, à côté, forêt."
        ),
        Good("Stelpan þýðir ensku öðru hverju, og svo fór hún að sofa. ‚quote‘ “x” and ‘y’ — done… 5 µm, ±3°, §5, ½."),
        Good("Съешь же ещё этих мягких французских булок, да выпей чаю. СРОЧНО ПРОДАМ ГАРАЖ, МВД и ФСБ. ПРЕАМБЮЛ"),
        Good("Среди них были потомки киданей, чжурчжэней, корейцев и хань."),
        Good("Ї є ґ: українська мова, перевірка правопису. Ћирилица, Њујорк, љубав, ђак."),
        Good("Øll hava rætt til at eiga ogn, annaðhvørt einsamøll ella við onnur."),
        Good("Dhanhø bëne ceg bëëdø á ayïëy kí mïdhø ki jammi, ying gï mïdhe ga møge ket wala møge geki ji møøgø."),
        Good("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ àáâãäåæçèéêëìíîï, à é è ù, « où êtes-vous ? » Þýðing á íslensku: æði, öðru."),
        Good("Хэти зы хасэ хыхьэну ебгъэз хъунукъым. Гъэсэныгъэм цӏыфхэр ригъэгушӏун фае расэ пстэуми"),
        Good("Эдгээр эрх, эрх чөлөөг Нэгдсэн Үндэстний Байгууллагын зорилго. ХҮНИЙ ЭРХИЙН ТҮГЭЭМЭЛ ТУНХАГЛАЛ"),
        Good("Харин нарийн нандин юм гэхээр юу байж болох вэ? Би бол голдуу хээрээр гэр, хэцээр дэр хийж явдаг хүн."),
        Good("Рада ЛМО УРП звертається до республіканців і симпатиків партії."),
        Good("ja p˜ohivabaduste austamine, et inim˜oigusi kaitseks seaduse v˜oim, abin˜ouna ¨ules t˜ousma"),
        Good("╔══╦══╗ │ ├── └── ░▒▓ абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЕЁЖЗИЙКЛМН"),
        Good("calculated using the formula r = (Σxy - (Σx)(Σy)/n)/σxσy, where Σxy is the sum of the products"),
        Good("Οι πρόσφατες αλλαγές και τα κράσπεδα του δρόμου"),
        # Chinese, in UTF-8, of which the bytes that are controls in Latin-1 were taken out.
        Good("åæ¥åºé¢ç§ç»äºä¸å®¶å¥¶è¶åºï¼æ©±çªéçç§çå´ä¸ç´æ²¡ææã"),
        Good("Καλημέρα κόσμε, שלום עולם, Việt Nam, Đặng Tiểu Bình, ÖÐÎÄ"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """What the commonest pairs of letters become."""
        from . import _cyrillic_runs, _other_page

        return (*_cyrillic_runs.triggers(), *_other_page.triggers())

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each run of words of Russian, and for each line of another language."""
        from ._other_page import find

        others: dict[int, Misread] = {}
        russian: set[int] = set()
        for line in lines:
            if line.text.isascii():
                continue
            found = [finding.shifted(line.start) for finding in self._russian(line)]
            yield from found
            if found:
                russian.add(line.start)
            elif (misread := find(line.text)) is not None:
                others[line.start] = misread
        if not others:
            return
        first = next(iter(others.values()))
        for line in document.lines():
            if line.text.isascii() or line.start in russian:
                continue
            misread = others.get(line.start) or find(line.text, (first.right, first.wrong))
            if misread is not None:
                yield _line_finding(line.text, misread).shifted(line.start)

    @staticmethod
    def _russian(line: Line) -> Iterable[Finding]:
        from ._cyrillic_runs import find

        runs = list(find(line.text))
        if not runs:
            return
        from .double_byte_read_as_single_byte import double_byte_spans

        spans = double_byte_spans(line.text)
        for run in runs:
            if _is_part_of_word(line.text, run) or _is_amid_others(line.text, run) or _is_acronym(line.text, run):
                continue
            if not any(run.start < end and start < run.end for start, end in spans):
                yield _finding(line.text, run)


def _is_part_of_word(text: str, run: Run) -> bool:
    """Whether a run is no more than a part of a word: whole words are read wrongly, or none of their letters."""
    beside = text[run.start - 1 : run.start] + text[run.end : run.end + 1]
    return text[run.start : run.end].isalpha() and any(map(str.isalpha, beside))


def _is_amid_others(text: str, run: Run) -> bool:
    """Whether the line has Cyrillic letters that the code page, in which it would have been read, does not have."""
    from ._cyrillic_runs import RIGHTS

    if run.wrong not in RIGHTS:
        return False
    return any("\u0400" <= character < "\u0530" and not character.encode(run.wrong, "ignore") for character in text)


def _is_acronym(text: str, run: Run) -> bool:
    """Whether a run is a few short words in capitals in a line of other words in small letters: ФСБ РФ."""
    standing = text[run.start : run.end]
    if any(len(word) > LONGEST_ACRONYM or not word.isupper() for word in re.findall(r"\w+", standing)):
        return False
    others = re.findall(r"[а-яёіїєґў]", text[: run.start] + text[run.end :])
    return len(others) > PER_ACRONYM * len(standing)


def _finding(text: str, run: Run) -> Finding:
    from ._cyrillic_runs import RIGHTS, WRONGS
    from ._flaws import is_of_twin, is_text
    from ._letter_pairs import cost
    from ._on_purpose import is_shown

    start, end, restored = run.start, run.end, run.restored
    message = f"{RIGHTS[run.right]} bytes read as {WRONGS[run.wrong]}: `{_short(text[start:end])}`"
    if run.lead < CLEAR:
        message += f" may be {_short(restored)}; another reading of the bytes is nearly as likely"
        return Finding(start, end, message)
    words = list(re.finditer(r"[^\x00-\x7f]+", text[start:end]))
    every = [Edit(start + word.start(), start + word.end(), restored[slice(*word.span())]) for word in words]
    edits = tuple(edit for edit in every if any(map(str.isalpha, edit.content)))
    # What touches other letters, or is a word that was right before, may begin or end elsewhere.
    is_whole = (text[max(0, start - 1) : start] + text[end : end + 1]).isascii()
    # One without a letter was no word at all.
    told = [(word[0], edit.content) for word, edit in zip(words, every, strict=True) if re.search(r"\w", word[0])]
    is_whole &= all(cost(content) < cost(word) for word, content in told)
    is_whole &= not any(_is_split(*pair) for pair in (*told[:1], *told[-1:]))
    # The code page of another language, which differs in a few letters, leaves signs in their place: зм╕нити.
    is_whole &= is_text(restored) and not is_of_twin(text[start:end], run.right, run.wrong)
    # A single Cyrillic word in place of another may be some other language's.
    is_whole &= not (run.wrong in RIGHTS and restored.isalpha())
    is_example = is_shown(text, start, end, restored)
    is_safe = is_whole and run.gain >= SAFE_GAIN and not is_example
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    fix = Fix(f"read the bytes rightly: {_short(restored)}", edits, applicability)
    confidence = Confidence.MEDIUM if is_example else None
    return Finding(start, end, f"{message} is {_short(restored)}", fix, confidence=confidence)


def _line_finding(text: str, misread: Misread) -> Finding:
    from ._flaws import has_accents, is_likely, is_of_twin, is_text
    from ._on_purpose import is_shown
    from ._other_page import RARER, RIGHTS, WRONGS

    restored = misread.restored
    words = [match.span() for match in re.finditer(r"[^\x00-\x7f]+", text)]
    edits = tuple(Edit(*word, restored[slice(*word)]) for word in words if text[slice(*word)] != restored[slice(*word)])
    start, end = edits[0].start, edits[-1].end
    message = f"{(RIGHTS | RARER)[misread.right][0]} bytes read as {WRONGS[misread.wrong]}: `{_short(text[start:end])}`"
    if misread.lead < CLEAR:
        message += f" may be {_short(restored[start:end])}; another reading of the bytes is nearly as likely"
        return Finding(start, end, message)
    is_example = is_shown(text, start, end)
    is_safe = misread.gain >= SAFE_GAIN and not is_example and has_accents(restored) and is_text(restored)
    is_safe &= is_likely(restored) and not is_of_twin(text, misread.right, misread.wrong)
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    fix = Fix(f"read the bytes rightly: {_short(restored[start:end])}", edits, applicability)
    confidence = Confidence.MEDIUM if is_example else None
    return Finding(start, end, f"{message} is {_short(restored[start:end])}", fix, confidence=confidence)


def _is_split(standing: str, restored: str) -> bool:
    """Whether a word is likelier still when only its beginning, or only its end, was read wrongly."""
    from ._letter_pairs import cost

    both = ((standing[:at] + restored[at:], restored[:at] + standing[at:]) for at in range(1, len(restored)))
    return any(cost(mixed) < cost(restored) for pair in both for mixed in pair)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
