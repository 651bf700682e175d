"""Words of one script that hold letters of another which look the same."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.tables import CharacterClass

from .._places import places
from ._lookalikes import katakana, latin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f"
GREEK = "\u0370-\u03ff\u1f00-\u1fff"
OTHERS = "\u0531-\u0587\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf"
"""Armenian, Cherokee, Coptic and Lisu."""

WIDE = "Ａ-Ｚａ-ｚ"
MATHEMATICAL = "\U0001d400-\U0001d6a5"
FOREIGN = f"{CYRILLIC}{GREEK}{OTHERS}{WIDE}{MATHEMATICAL}"
WORD = f"[A-Za-z\u00c0-\u024f\u0300-\u036f{FOREIGN}]+"

SHORTEST = 3
"""Letters of the shortest word that is judged: shorter ones are variables, sizes and ranges (Zа-я)."""

SOME = 30
"""Letters of another script from which a text may decline Latin names in its own way."""

RARE = 10
"""Latin letters for each Cyrillic one in a text that is not about anything Russian."""

TO_CYRILLIC = dict(zip("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ", strict=True))
GREEK_TO_CYRILLIC = {"κ": "к", "τ": "т"}
"""Pairs of which UTS 39 says that they look alike, and that have no Latin letter between them."""
TO_GREEK = dict(zip("ovABEZHIKMNOPTYX", "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))

VARIABLES = frozenset("αγιρσυνϱϒ")
"""Greek letters that formulas have among Latin ones."""

FUNCTIONS = "sin|cos|tan|cot|log|exp|max|min|lim|arg|deg|det|mod"
INFLECTED = "[A-Z]{2,}[а-яё]{1,4}|[A-Za-z]{3,}[аеиоуыюя]|[A-Za-z]{2,}(?:ом|ов|ам|ах|ами|ой|ей|у|ы|и)"
"""A Latin name or abbreviation with the ending of a Russian case."""

SUBSCRIPT = "[A-Za-z][бвгджзклмнпрстфхцчшщ]{1,3}"
"""A quantity of physics with a Russian index: Rвн, Eк."""

LONGEST_INDEX = 5
"""Letters of a Greek variable with a Russian index, ρср, αнач, at most."""

RANKS = tuple("12345678")
CHESS = "(?:Кр|[КФЛС])x?[a-h]"
"""A move of chess in Russian, whose squares are Latin: Сxf5, Крxh8."""

ABOUT = (
    r"(?i)homoglyph|homograph|confusable|look-?alike|punycode|U\+0[34][0-9A-F]{2}|кирилли|латини[цч]|cyrillic|"
    r"同形|形近|西里尔|西里爾|混淆|仿冒|钓鱼|釣魚|[\[][^\]\n]*[A-Za-zА-я]-[A-Za-zА-я]"
)
"""Lines about scripts and lookalikes, and classes of characters in expressions."""


HAN = "\u3400-\u9fff"
MIDDLE_DOT = "\u30fb"
KANA_MARKS = "\u3099\u309a\u309b\u309c\u30a0"
"""What the census does not count as kana."""
ONE_OF = "[个個些次般定样樣直切种種位点點条條名]"
"""What stands behind 一 so often that ー before it is no dash."""


class Impostor(NamedTuple):
    """A word: where it is, what it should be, whether that is sure, and the name of the script that intruded."""

    start: int
    end: int
    content: str
    is_sure: bool
    script: str


def impostors(document: Document) -> list[Impostor]:
    """The words of a text in which letters of another script pretend to be of the word's own."""
    text, census = document.text, document.census
    found: list[Impostor] = []
    done = 0
    russian = census.other_script > SOME
    for at in _seams(document):
        if at < done:
            continue
        start, end = _word(text, at)
        done = end
        impostor = _judge(text, start, end, russian=russian)
        if impostor and not re.search(ABOUT, _line(text, start)):
            found.append(impostor)
    return found


def _seams(document: Document) -> Iterator[int]:
    """Where an ASCII letter touches one of another script; searched for by the rarer of the two."""
    text, census = document.text, document.census
    find = _expressions()
    if census.other_script + census.compatibility > census.letter:
        runs, touching = [match.span() for match in find.ascii.finditer(text)], find.foreign
    else:
        runs, touching = _foreign_runs(document), find.ascii
    for start, end in runs:
        if (start and touching.match(text, start - 1)) or touching.match(text, end):
            yield start


@lru_cache(1)
def _foreign_runs(document: Document) -> list[tuple[int, int]]:
    """The runs of letters of other scripts, with the marks that belong to them."""
    text, foreign = document.text, _expressions().foreign
    runs: list[tuple[int, int]] = []
    end = 0
    for at in sorted(
        place
        for number in (CharacterClass.OTHER_SCRIPT, CharacterClass.COMPATIBILITY)
        for place in places(document, number)
    ):
        match = foreign.match(text, at) if at >= end else None
        if match:
            while at > end and foreign.match(text, at - 1):
                at -= 1
            end = match.end()
            runs.append((at, end))
    return runs


def _word(text: str, at: int) -> tuple[int, int]:
    pattern = _expressions().word
    start = at
    while start > 0 and pattern.match(text, start - 1, start):
        start -= 1
    match = pattern.match(text, start)
    return start, match.end() if match else at + 1


class _Expressions(NamedTuple):
    foreign: re.Pattern[str]
    ascii: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    return _Expressions(
        foreign=re.compile(f"[{FOREIGN}]+"),
        ascii=re.compile("[A-Za-z]+"),
        word=re.compile(WORD),
    )


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def _judge(text: str, start: int, end: int, *, russian: bool) -> Impostor | None:
    word = text[start:end]
    if len(word) < SHORTEST or re.fullmatch(INFLECTED if russian else "", word) or re.fullmatch(SUBSCRIPT, word):
        return None
    if text[end : end + 1] in RANKS and re.fullmatch(CHESS, word):
        return None
    own = re.findall("[A-Za-z\u00c0-\u024f]", word)
    foreign = [c for c in word if re.match(f"[{FOREIGN}]", c)]
    styled = [c for c in foreign if re.match(f"[{WIDE}{MATHEMATICAL}]", c)]
    if styled:
        return _styled(start, word, foreign, styled)
    table = latin()
    is_latin = all(c in table for c in foreign)
    back = TO_GREEK if re.match(f"[{GREEK}]", foreign[0]) else TO_CYRILLIC
    same_script = all(re.match(f"[{GREEK if back is TO_GREEK else CYRILLIC}]", c) for c in foreign)
    is_foreign = same_script and all(c in back for c in own)
    if is_latin and is_foreign:
        is_latin = len(own) > len(foreign) or (len(own) == len(foreign) and not russian)
        is_foreign = not is_latin
    if is_latin and len(own) >= len(foreign):
        if _is_formula(word, foreign):
            return None
        content = "".join(table.get(c, c) for c in word)
        is_sure = not VARIABLES.intersection(foreign)
        return Impostor(start, end, content, is_sure, _name(foreign[0]))
    if is_foreign and len(foreign) > len(own):
        return Impostor(start, end, "".join(back.get(c, c) for c in word), True, "Latin")
    return None


def _styled(start: int, word: str, foreign: list[str], styled: list[str]) -> Impostor | None:
    """A word in plain letters with some of full width, or with mathematical ones inside it."""
    from unicodedata import normalize

    if len(styled) < len(foreign):
        return None
    kind = "full-width" if re.match(f"[{WIDE}]", styled[0]) else "mathematical"
    if kind == "mathematical" and not re.search(f"[a-z][{MATHEMATICAL}]+[a-z]", word):
        return None
    return Impostor(start, start + len(word), normalize("NFKC", word), True, kind)


def _is_formula(word: str, foreign: list[str]) -> bool:
    """Whether a Latin word with Greek letters may be a product of variables, or a name such as TNFα."""
    variables = VARIABLES.intersection(foreign)
    inside = re.search(f"[a-z]{{2}}[{''.join(VARIABLES)}][a-z]{{2}}", word)
    return bool(variables) and (not inside or bool(re.search(FUNCTIONS, word)))


def greek_among_cyrillic(document: Document) -> list[Impostor]:
    """Cyrillic words in which Greek letters stand for Cyrillic ones."""
    text = document.text
    table = {**GREEK_TO_CYRILLIC, **_greek_doubles()}
    found: list[Impostor] = []
    done = 0
    for at in sorted(place for letter in table for place in _all_of(letter, text)):
        if at < done:
            continue
        start, end = _word(text, at)
        done, word = end, text[start:end]
        greek = [place for place, letter in enumerate(word) if re.match(f"[{GREEK}]", letter)]
        if (
            len(word) < SHORTEST
            or 2 * len(greek) >= len(word)
            or not all(word[place] in table for place in greek)
            or not all(re.match(f"[{CYRILLIC}]", letter) for place, letter in enumerate(word) if place not in greek)
            or (greek == [0] and word[0] in VARIABLES and len(word) <= LONGEST_INDEX)
            or re.search(ABOUT, _line(text, start))
        ):
            continue
        found.append(Impostor(start, end, "".join(table.get(letter, letter) for letter in word), True, "Greek"))
    return found


@cache
def _greek_doubles() -> dict[str, str]:
    """Greek letters and the Cyrillic ones that look like the same Latin letter."""
    greek = (letter for letter in latin() if re.match(f"[{GREEK}]", letter))
    return {letter: TO_CYRILLIC[latin()[letter]] for letter in greek if latin()[letter] in TO_CYRILLIC}


def _all_of(letter: str, text: str) -> Iterator[int]:
    at = text.find(letter)
    while at >= 0:
        yield at
        at = text.find(letter, at + 1)


def _name(character: str) -> str:
    for name, members in (("Cyrillic", CYRILLIC), ("Greek", GREEK)):
        if re.match(f"[{members}]", character):
            return name
    from unicodedata import name as unicode_name

    return unicode_name(character).split()[0].capitalize()


def stray_katakana(document: Document) -> list[Impostor]:
    """Katakana that stand for Han in Chinese text: all its kana have a double among Han, and Han around them."""
    text = document.text
    kana = {text[at] for at in places(document, CharacterClass.KANA)} - {MIDDLE_DOT}
    kana.update(mark for mark in KANA_MARKS if mark in text)
    if document.census.compatibility:
        forms = (text[at] for at in places(document, CharacterClass.COMPATIBILITY))
        kana.update(form for form in forms if "\uff66" <= form <= "\uff9f")
    table = katakana()
    if not kana <= table.keys():
        return []
    found = []
    among_han = f"(?<=[{HAN}].)(?=[{HAN}])|(?<=エ)(?<![{HAN}].)(?=[作程业業厂廠人])"
    for match in re.finditer(f"[{''.join(kana)}](?:{among_han})", text):
        if match[0] != "ー" or re.compile(ONE_OF).match(text, match.end()):
            found.append(Impostor(*match.span(), table[match[0]], True, "Katakana"))
    return found


def disguised(document: Document) -> list[Impostor]:
    """Words that are Cyrillic to the last letter and read as Latin, in a text that has no other Cyrillic."""
    table, text = latin(), document.text
    words = []
    for start, end in _foreign_runs(document):
        cyrillic = re.findall(f"[{CYRILLIC}]", text[start:end])
        if not all(map(table.__contains__, cyrillic)):
            return []
        if len(cyrillic) == end - start:
            words.append((start, end))
    found = []
    for start, end in words:
        beside = text[max(0, start - 2) : start] + text[end : end + 2]
        word = text[start:end]
        if word.islower() and re.search("[A-Za-z] | [A-Za-z]", beside) and not _touches_word(text, start, end):
            content = "".join(table[c] for c in word)
            found.append(Impostor(start, end, content, False, "Cyrillic"))
    return [word for word in found if not re.search(ABOUT, _line(text, word.start))]


def _touches_word(text: str, start: int, end: int) -> bool:
    return bool(re.match(r"[A-Za-z\d]", text[start - 1 : start]) or re.match(r"[A-Za-z\d]", text[end : end + 1]))
