"""Which side a Chinese character stands on, and what a word looks like on the other side.

Everything comes from OpenCC's dictionaries (Apache-2.0, read from the installed opencc-python-reimplemented) and from
Python's codecs: Big5 and its Hong Kong supplement say what traditional text writes, GB 2312 what simplified text
writes, Shift JIS what Japanese text writes. All tables are made when first needed.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import product
from typing import TYPE_CHECKING, Any

from corpus_lint import cache as kept
from corpus_lint import expressions as re
from corpus_lint.census import class_of
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

DICTIONARIES = ("STCharacters", "STPhrases", "TSCharacters", "TWVariants", "HKVariants")

LONGEST = 8
"""Characters of the longest phrase that is looked up."""

GLYPH_VARIANTS = frozenset(
    "内没别册吕户温强恒吓麽琼祢迹毁抛脱税横况黄独冲撑携却够叠踪盗葱揾兹删刹禀咤秃厦烟叙脚担须卧丢呐荆宫咏碍厩疴剥弑悦"
    "禄弥耻决凉减凑冈凛厢厨厮叁园囱垴奥姹屉峥帮幂斋晋椁榅橱殁毡汹泪渊溆灾炉炽牦猪猫珐瑶疱盖眦矾碱秆稆窑笋籼糇"
    "糍脉胆腭腼莅蒀蕰蘖虬衅衮隽霡鞲韵鼹晓粤摇遥净匀缐藴静争换唤焕奂痪挣睁筝狰彦吴娱姗栅虚尝兑"
)
"""Simplified forms that printed and typed traditional text has had all along, as variants."""


IN_BIG5 = frozenset("与体网机构复怀触优惊岭忏怜扰听宁吨赶洁茧圣气")
"""Simplified forms that Big5 happens to have as rare characters of their own."""

PLAIN = frozenset("種術極據適製願鬥鬆範遊裡裏隻麵幾劃價萬蟲葉鬱捨捲廠黨樸蠟")
"""Traditional forms that simplified text never has, though their simplified forms stand in traditional text."""

NAMES = frozenset("兒吶甯埰噁嫋飈齧")
"""Traditional forms that simplified text keeps in names, terms and transcriptions: 兒宽, 二噁英."""


class Sides(NamedTuple):
    """Characters that speak for one side.

    Attributes:
        simplified: no traditional text has them, save in quotations.
        shared: those of them that Japanese text has too.
        traditional: no simplified text has them, save in quotations and names.
        simplified_side: all that show that a line is simplified.
        traditional_side: all that show that a line is traditional.
    """

    simplified: frozenset[str]
    shared: frozenset[str]
    traditional: frozenset[str]
    simplified_side: frozenset[str]
    traditional_side: frozenset[str]


class Hit(NamedTuple):
    """A phrase of the dictionary that covers a character: where it begins and ends, and the character in it."""

    start: int
    end: int
    character: str

    @property
    def length(self) -> int:
        """Characters of the phrase."""
        return self.end - self.start


@cache
def sides() -> Sides:
    """The characters of each side."""
    return Sides._make(map(frozenset, _kept("sides", lambda: tuple("".join(sorted(side)) for side in _sides()))))


def _sides() -> Sides:
    to_traditional, to_simplified = characters("STCharacters"), characters("TSCharacters")
    regional_forms = {
        form for name in ("TWVariants", "HKVariants") for forms in characters(name).values() for form in forms
    }
    simplified, traditional = set(IN_BIG5), set()
    for character, forms in to_traditional.items():
        if character in forms or character in GLYPH_VARIANTS or _writes("big5", character):
            continue
        if _writes("gb2312", character) and _writes("big5hkscs", forms[0]):
            simplified.add(character)
    for character, forms in to_simplified.items():
        usual = [form for form in forms if _writes("gb2312", form)]
        if len(usual) != 1 or character in NAMES or not _writes("big5hkscs", character) or _writes("gb2312", character):
            continue
        if usual[0] not in to_traditional.get(usual[0], forms) or character in PLAIN:
            traditional.add(character)
    simplified -= regional_forms
    return Sides(
        frozenset(simplified),
        frozenset(character for character in simplified if _writes("shift_jis", character)),
        frozenset(traditional),
        frozenset(c for c, forms in to_traditional.items() if c not in forms and not _writes("big5", c)),
        frozenset(c for c, forms in to_simplified.items() if c not in forms and not _writes("gb2312", c)),
    )


@cache
def characters(name: str) -> dict[str, list[str]]:
    """A character dictionary of OpenCC: the forms of each character, the usual one first."""
    return {key: forms.split(" ") for key, forms in _rows(name)}


@cache
def _phrases() -> dict[str, str]:
    """OpenCC's phrases by their first characters: simplified and traditional of equal length, one after the other."""
    found: dict[str, str] = _kept("phrases", _make_phrases)
    return found


def _make_phrases() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for key, forms in _rows("STPhrases"):
        found.setdefault(key[0], []).extend((key, forms.split(" ", 1)[0]))
    return {first: "\t".join(rows) for first, rows in found.items()}


@cache
def _phrases_from(first: str) -> dict[str, str]:
    """The phrases with this first character: a text asks for those of few."""
    words = _phrases().get(first, "").split("\t")
    return dict(zip(words[::2], words[1::2], strict=False))


@cache
def simplifying() -> dict[int, int]:
    """For ``str.translate``: every traditional character to its simplified form, one for one."""
    return str.maketrans(*_kept("simplifying", _make_simplifying))


def _make_simplifying() -> tuple[str, str]:
    pairs = [(key, forms[0]) for key, forms in characters("TSCharacters").items() if len(forms[0]) == 1]
    return "".join(key for key, _ in pairs), "".join(form for _, form in pairs)


def simplify(text: str) -> str:
    """The text in simplified characters, one for one."""
    return text.translate(simplifying())


def covering(simplified: str, at: int) -> list[Hit]:
    """The dictionary's phrases in a simplified text that cover the character at an offset, the longest first."""
    hits = []
    for start in range(max(0, at - LONGEST + 1), at + 1):
        known = _phrases_from(simplified[start])
        for end in range(max(at + 1, start + 2), min(len(simplified), start + LONGEST) + 1):
            form = known.get(simplified[start:end])
            if form is not None:
                hits.append(Hit(start, end, form[at - start]))
    hits.sort(key=lambda hit: -hit.length)
    return hits


@cache
def regional(standard: str) -> dict[str, str]:
    """From OpenCC's own standard to that of ``TW`` or ``HK``; nothing for any other name."""
    if standard not in ("TW", "HK"):
        return {}
    return {key: forms[0] for key, forms in characters(f"{standard}Variants").items()}


class Proofs(NamedTuple):
    """Words that no traditional text has, whatever it is about.

    Attributes:
        forms: simplified characters that traditional text has too, with their traditional forms.
        simplified: words in which such a character was left, as they stand in damaged text.
        misconverted: words in which a converter chose the wrong traditional form.
        characters: one character of each of these words.
        pairs: the two characters of each word of which that one is the first or the second.
    """

    forms: dict[str, frozenset[str]]
    simplified: frozenset[str]
    misconverted: frozenset[str]
    characters: frozenset[str]
    pairs: frozenset[str]


@cache
def proofs() -> Proofs:
    """The words of one_to_many.txt, with all else in them traditional, and those of misconverted.txt."""
    forms, *sets = _kept("proofs", lambda: _plain(_proofs()))
    return Proofs({key: frozenset(found) for key, found in forms.items()}, *map(frozenset, sets))


def _plain(found: Proofs) -> tuple[object, ...]:
    """The proofs as `marshal` writes them, the same each time."""
    return ({key: "".join(sorted(forms)) for key, forms in found.forms.items()}, *(tuple(sorted(s)) for s in found[1:]))


def _proofs() -> Proofs:
    back: dict[str, list[str]] = {}
    for character, simple in characters("TSCharacters").items():
        back.setdefault(simple[0], []).append(character)
    forms: dict[str, frozenset[str]] = {}
    left: set[str] = set()
    heads: set[str] = set()
    pairs: set[str] = set()
    for row in _lines("one_to_many.txt"):
        head, targets, *words = row.split(" ")
        forms[head] = frozenset(targets)
        for word in words:
            choices = [[c] if c == head else [c, *back.get(c, ())] for c in word]
            spellings = {"".join(spelling) for spelling in product(*choices)}
            left |= spellings
            heads.add(head)
            at = word.index(head)
            start = at - 1 if at else 0
            pairs |= {spelling[start : start + 2] for spelling in spellings}
    wrong = {word for row in _lines("misconverted.txt") for word in row.split(" ")}
    heads |= {word[0] for word in wrong}
    pairs |= {word[:2] for word in wrong}
    return Proofs(forms, frozenset(left), frozenset(wrong), frozenset(heads), frozenset(pairs))


@cache
def overconverted() -> dict[str, frozenset[str]]:
    """The words of overconverted.txt by the wrong form that each has."""
    found: dict[str, set[str]] = {}
    for row in _lines("overconverted.txt"):
        wrong, *words = row.split(" ")
        found.setdefault(wrong, set()).update(words)
    return {wrong: frozenset(words) for wrong, words in found.items()}


def find_overconverted(text: str) -> list[tuple[int, str]]:
    """Where the words of overconverted.txt stand in a text, and which."""
    words = overconverted()
    found = []
    for match in any_of(frozenset(words)).finditer(text):
        for start in (match.start() - 1, match.start()):
            if text[max(0, start) : start + 2] in words[match[0]]:
                found.append((start, text[start : start + 2]))
    return found


@lru_cache
def any_of(members: frozenset[str]) -> re.Pattern[str]:
    """An expression for any of the characters."""
    return re.compile(f"[{''.join(sorted(members))}]")


@lru_cache
def beyond_class(members: frozenset[str], number: int) -> frozenset[str]:
    """Those of the characters that are not of a class of the census."""
    return frozenset(member for member in members if class_of(ord(member)) != number)


@cache
def likely_pair() -> re.Pattern[str]:
    """An expression for the first character of what may be one of the pairs of the proofs."""
    known = proofs()
    by_first = [pair for pair in known.pairs if pair[0] in known.characters]
    by_second = [pair for pair in known.pairs if pair[0] not in known.characters]
    ways = []
    for pairs in (by_first, by_second):
        first, second = (any_of(frozenset(members)).pattern for members in zip(*pairs, strict=True))
        ways.append(f"(?<={first})(?={second})")
    return re.compile(f"{any_of(frozenset(pair[0] for pair in known.pairs)).pattern}(?:{'|'.join(ways)})")


@lru_cache(4096)
def is_common(character: str) -> bool:
    """Whether it is of the first level of Big5 or of GB 2312: a character of everyday text."""
    try:
        if character.encode("big5") < b"\xc9\x40":
            return True
    except UnicodeEncodeError:
        pass
    try:
        return character.encode("gb2312") < b"\xd8"
    except UnicodeEncodeError:
        return False


def _lines(name: str) -> list[str]:
    from pathlib import Path

    rows = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def _rows(name: str) -> list[tuple[str, str]]:
    with open(_dictionary(name), encoding="utf-8") as file:
        pairs = (line.split("\t") for line in file.read().splitlines() if "\t" in line)
        return [(pair[0], pair[1]) for pair in pairs]


@cache
def _dictionary(name: str) -> str:
    """Where OpenCC's dictionary is."""
    spec = find_spec("opencc")
    if spec is None or not spec.origin:
        raise ModuleNotFoundError("opencc-python-reimplemented is not installed")
    return os.path.join(os.path.dirname(spec.origin), "dictionary", f"{name}.txt")


def _kept(kind: str, make: Callable[[], object]) -> Any:
    """What is made of the dictionaries, from the cache folder where nothing has changed."""
    own = (os.path.join(os.path.dirname(__file__), name) for name in ("one_to_many.txt", "misconverted.txt"))
    return kept.made(f"script-{kind}", kept.state([*map(_dictionary, DICTIONARIES), __file__, *own]), make)


def _writes(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
