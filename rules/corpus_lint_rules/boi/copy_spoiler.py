"""BOI009: what a site strews into its text so that copies of it are spoilt."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.census import Census
    from corpus_lint.document import Document
    from corpus_lint.rule import Trigger

JAM = r"(?:(?<=\s)|^|(?<=[\u2e80-\uffff]))(?:[ -;] [?-~]){4,16}(?:[ -;](?: (?=\s|$))?)?(?=\s|$|[\u2e80-\uffff])"
"""Discuz makes its jam of pairs: a character of code 32 to 59, a space, one of code 63 to 126; 5 to 15 of them."""
JAM_INSIDE = " [?-~](?:[ -;] [?-~]){3}"
"""What every jam has in it; `re` looks for its space faster than for the whole."""
BOXED = r"(?:【[\u3400-\u9fff]】[，。、！？：；]?){4,}"
INJECTED_BEFORE = "，。、；！？,;!?"
FEWEST_INJECTED = 5

HEX = r"(?<=[\u2e80-\uffff])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{2}){8,60}(?=[\u2e80-\uffff])"
"""Hexadecimal digits that stand glued to the characters of a sentence."""
HEX_SIGNS = ("31333", "62616964757a686964616f", "e799bee5baa6", "e79fa5e98193")
"""What such digits have in them: `133`, which begins the number at their end, or the site's name."""


class CopySpoiler(DocumentRule):
    """A site strewed something into its text so that copies of it are worthless.

    Forums and novel sites mix hidden text into their pages, which an extractor makes visible: Discuz's jam of single
    letters and marks at line ends (`6 z7 W. N) I/ C`), every character of a paragraph in its own brackets
    (【春】【天】), rare characters in place of frequent ones that look like them (旳, 尛, 伱 for 的, 小, 你), words in
    the other script before every comma, the site's name in hexadecimal digits or strewn over the sentence in letters
    (铁bai的du温度zhi低), pieces of the title twice in a row (我的皮膚皮膚手臂), Hangul syllables in place of the most
    frequent characters (놖놅 for 我的).

    Each is known by its whole shape. Jam: at least four of the pairs that the program makes, with several different
    marks and with letters of both cases. Boxed characters: four in a row. Look-alikes: three or more, and not rarer
    than one in 600 characters; characters that classical texts, Cantonese, Japanese or chemistry use count only
    beside those that nobody uses. Injected words: a traditional text with five or more places where its only
    simplified characters stand directly before a punctuation mark. Digits: what they spell as UTF-8 is Chinese or the
    site's name, and a Chinese character follows. Parts of the name: three different ones between Chinese characters;
    others beside them count with them. Pieces of the title: in a traditional text, two to four characters twice in a
    row behind 的, 是 or a mark, at four places, two of them again elsewhere. Hangul: three syllables that Korean does
    not use, alone among Han characters. Control characters before punctuation are `ENC004`'s.

    Removing jam, brackets and digits is safe. Putting the frequent characters back and removing injected words or
    parts of a name or title is unsafe. What a Hangul syllable stood for is not known.
    The ways of the forum and answer sites are those that their pages show.
    """

    code = "BOI009"
    name = "copy-spoiler"
    wants_some_of = ("traditional", "hangul")
    examples = (
        Bad("这是第一段正文。⟦6 z7 W. N) I/ c0 Q⟧\n这是第二段。", "这是第一段正文。\n这是第二段。"),
        Bad("这是正文。\n⟦* a5 G: i! B' \\1 o⟧\n下一段。", "这是正文。\n\n下一段。"),
        Bad("⟦【春】【天】【来】【了】，【花】【开】【了】。⟧", "春天来了，花开了。"),
        Bad("他⟦旳⟧声音很尛，伱听不清。", "他的声音很小，你听不清。"),
        Bad(
            "會議⟦规定⟧，全體同學參加阳，並準備發言规。學習資料發給大家这样，請預習应。",
            "會議，全體同學參加，並準備發言。學習資料發給大家，請預習。",
        ),
        Bad(
            "人摸上去觉得凉，是⟦e799bee5baa6e79fa5e9819331333361313335⟧因为铁传热快。",
            "人摸上去觉得凉，是因为铁传热快。",
        ),
        Bad("铁⟦bai⟧栏杆du和木头zhi一样dao凉。\nzhuan手copy上的热走得快。", "铁栏杆和木头一样凉。\n手上的热走得快。"),
        Bad(
            "去年的梅雨季，我的⟦皮膚皮膚⟧手臂爬滿紅斑。醫院醫院門口排隊的人說，這是皮膚皮膚過敏，醫院醫院還得再看一位醫生。",
            "去年的梅雨季，我的手臂爬滿紅斑。門口排隊的人說，這是過敏，還得再看一位醫生。",
        ),
        Bad("我們到山上⟦놅⟧時候，太陽已經下去。놖想起自껧놅家，這裏看得見的，只놋很遠很遠的海和一條小船。"),
        Good(
            "碩鼠碩鼠，無食我黍。三歲貫女，莫我肯顧。碩鼠碩鼠，無食我麥。三歲貫女，莫我肯德。誰之永號，樂土樂土，爰得我所。"
        ),
        Good("韩语的“놔”和“뇌”读音不同，은、는、이、가是助词，在뷁这样的字里看不到规律。"),
        Good("大韓民國은 民主共和國이다. 大韓民國의 主權은 國民에게 있고, 모든 權力은 國民으로부터 나온다."),
        Good("白读bai的音，度读du的音，这是拼音。校验值为 e799bee5baa6e79fa5e98193，见表。"),
        Good("A. B. C. D. E. F."),
        Good("a, b, c, d, e, f, g"),
        Good("x + y = z, i = 0 ; i < n ; i ++"),
        Good("P ( A | B ) = P ( B | A ) P ( A ) / P ( B )"),
        Good("【注】【释】本书共三卷。"),
        Good("采采芣苢，薄言采之。菁菁者莪，在彼中阿。囷囷焉，蜂房水涡。"),
        Good("佢哋話冇問題，佢嘚閒。我個心跳到吥吥聲，卟咗喺枱度，冇晒力。"),
        Good("卟啉是一类大分子化合物，卟啉环含有四个吡咯。"),
        Good("會議規定，全體同學參加。他说：「学习资料发给大家，请预习。」這是引文。"),
        Good("1 2 3 4 5 6 7 8 9 10"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Boxed characters, the look-alikes that nobody uses, and the pairs of the jam."""
        from . import _swapped as swapped

        strange = (c for c in swapped.LOOK_ALIKES if c not in swapped.ALSO_WORDS)
        return (
            *literals(strange),
            *literals(HEX_SIGNS),
            expression(r"[\x80-\xbf](?:bai|zhi|dao)[\xe4-\xe9]"),
            expression(r"】【...】【"),
            expression(r"[ -;] [?-~][ -;] [?-~][ -;] [?-~][ -;] [?-~]"),
        )

    def wants(self, census: Census) -> bool:
        """A traditional text may have injected words or pieces of a title, and Chinese with Hangul swapped letters."""
        from . import _strewn as strewn
        from . import _swapped as swapped

        return strewn.may_have_doubled(census) or swapped.may_have_syllables(census) or _may_have_injected(census)

    def check(self, document: Document) -> Iterable[Finding]:
        """The marks of each kit."""
        from . import _strewn as strewn
        from . import _swapped as swapped

        text = document.text
        for match in _jams(text):
            if _is_jam(match[0]):
                yield self._removal(match.start(), match.end(), "jam of single letters and marks")
        for match in _compiled(BOXED).finditer(text) if "】【" in text else ():
            plain = match[0].translate({ord("【"): None, ord("】"): None})
            yield self._replacement(match, plain)
        for match in _compiled(HEX).finditer(text) if any(sign in text for sign in HEX_SIGNS) else ():
            if _spells_name(match[0]):
                yield self._removal(*match.span(), "the site's name in hexadecimal digits")
        yield from strewn.name_parts(text)
        yield from strewn.doubled_pieces(document)
        yield from swapped.look_alikes(document)
        yield from swapped.syllables(document)
        yield from _injected(document)

    @staticmethod
    def _removal(start: int, end: int, what: str) -> Finding:
        message = f"{what}: the site spoils copies of its text with it; remove it"
        return Finding(start, end, message, Fix("remove it", (Edit(start, end, ""),)))

    @staticmethod
    def _replacement(match: re.Match[str], plain: str) -> Finding:
        message = "every character in its own brackets: the site spoils copies of its text so; remove the brackets"
        return Finding(*match.span(), message, Fix("remove the brackets", (Edit(*match.span(), plain),)))


def _jams(text: str) -> Iterator[re.Match[str]]:
    """What has the form of jam, looked for in the lines that have what every jam has in it."""
    end = 0
    while inside := _compiled(JAM_INSIDE).search(text, end):
        start = text.rfind("\n", 0, inside.start()) + 1
        end = text.find("\n", inside.end())
        end = len(text) if end < 0 else end
        yield from _compiled(JAM).finditer(text, start, end)


def _is_jam(text: str) -> bool:
    firsts = {c for c in text[0::3] if not c.isalnum() and c != " "}
    seconds = "".join(text[2::3])
    digits = any(c.isdigit() for c in text[0::3])
    kinds = (
        any(c.isupper() for c in seconds) + any(c.islower() for c in seconds) + any(not c.isalnum() for c in seconds)
    )
    return len(firsts) + digits >= 3 and kinds >= 2 and len(set(seconds)) >= 4


def _spells_name(digits: str) -> bool:
    """Whether digits spell Chinese, or the site's name in letters."""
    try:
        spelt = bytes.fromhex(digits).decode("utf-8")
    except UnicodeDecodeError:
        return False
    if not spelt.isprintable():
        return False
    return sum("\u4e00" <= c <= "\u9fff" for c in spelt) > 1 or "zhidao" in spelt


def _may_have_injected(census: Census) -> bool:
    """Whether a text is traditional with a few simplified characters."""
    return FEWEST_INJECTED <= census.simplified <= census.traditional and 5 * census.simplified <= census.all_han


def _injected(document: Document) -> Iterator[Finding]:
    text = document.text
    total = document.census.simplified
    if not FEWEST_INJECTED <= total <= len(text) // 6:
        return
    marks = 0
    for mark in INJECTED_BEFORE:
        marks += text.count(mark)
        if 3 * total < marks:
            return  # there cannot be one of them in front of every third mark
    if _are_strewn(text, total):
        return
    places: dict[int, int] = {}
    inside = 0
    for match in _before_mark().finditer(text):
        places[match.end()] = match.start()
        inside += len(_simplified().findall(match[0]))
    if len(places) < FEWEST_INJECTED or 5 * inside < 4 * total:
        return
    if 3 * len(places) < marks:
        return
    edits = tuple(Edit(start, end, "") for end, start in sorted(places.items()))
    yield Finding(
        edits[0].start,
        edits[0].end,
        f"words of the other script before {len(edits)} punctuation marks: the site spoils copies of its text so; "
        "remove them",
        Fix("remove the words", edits, Applicability.UNSAFE),
        occurrences=len(edits),
        confidence=Confidence.MEDIUM,
    )


def _are_strewn(text: str, total: int) -> bool:
    """Whether more than a fifth of so many characters stand elsewhere than in front of a mark; seen early, mostly."""
    # No more of them are looked for than are needed.
    return sum(1 for _ in islice(_elsewhere().finditer(text), total // 5 + 1)) > total // 5


@cache
def _elsewhere() -> re.Pattern[str]:
    marks = INJECTED_BEFORE
    return re.compile(f"{_simplified().pattern}(?![^{marks}\\s]{{0,2}}[{marks}])")


@cache
def _simplified() -> re.Pattern[str]:
    """A character that only simplified text uses."""
    from corpus_lint.tables import CharacterClass, members

    return re.compile(f"[{members(CharacterClass.SIMPLIFIED)}]")


@cache
def _before_mark() -> re.Pattern[str]:
    """Such a character and at most two more, directly in front of a mark."""
    return re.compile(f"{_simplified().pattern}[^{INJECTED_BEFORE}\\s]{{0,2}}(?=[{INJECTED_BEFORE}])")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)
