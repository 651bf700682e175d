"""MOJ006: readings that a converter wrote behind characters, 網(wǎng)絡(luò)."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, DocumentRule, Good, expression

from ._readings import (
    clause_end,
    count_han,
    cut_short,
    everyday,
    find_readings,
    is_han,
    reading_before,
    simplified,
    spells,
    word_in_brackets,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document

    from ._readings import Reading

RAREST = 0.005
"""Readings for each Han character below which a text is not taken for damaged (damaged pages have 0.037 to 0.226)."""
MANY = 8
"""How many readings are evidence enough on characters that are not known to be annotated."""
LIST = 20
"""Fewer readings than this, each of another character and outside sentences, may be a list of words to learn."""
GAP = 400
"""Han characters without any reading after which a new stretch of text begins (a damaged page has one in 4 to 27)."""

NEAR = 3
"""Lines before the first reading and behind the last in which the converter may have broken something."""


class InjectedReading(DocumentRule):
    """A converter wrote the reading of characters behind them: `網(wǎng)絡(luò)`.

    Such pages were turned from simplified to traditional characters by a program that also put the reading of some
    characters in brackets behind every one of their occurrences; later the brackets may have been taken away. A model
    learns broken words from them, a search for 網絡 does not find them, and no other rule can read across the brackets.

    What counts is the text as a whole, for authors write readings too. A stretch of text is damaged when several
    different, common characters have each their own right reading behind them; when nearly all occurrences of these
    characters have it (an author explains a word once); when they are characters that such programs annotate, or
    such as only one of the two scripts has (an author's readings fall on all characters alike); and when it is
    running text, most of which has no reading. A word of two such characters, each with its reading directly behind
    it, is enough: an author gives the reading of a word behind the word. Readings without tone marks,
    烟(yan)台市(shi), are judged alike, or by their being scattered over the most frequent characters, which no reader
    needs explained.

    Left alone are textbooks and dialogues that gloss every word or give the reading of whole words, dictionaries
    and word lists, rare characters and names (饕(tāo)餮(tiè), 仉(zhǎng)姓), characters of two readings (長(zhǎng)大),
    and every bracket that holds no reading of the character before it, also inside damaged text. Readings that are
    fused with bytes out of step (`?shù)哪康?`) cannot be removed alone and are left to the rule for those.

    In such a text what the converter broke is found too: a reading without one of its brackets, the reading of a
    character that was lost (`不\ufffd\ufffdhuan)`), and, as an unsafe fix, the bracket of a number (`。?1）`).

    The fix removes brackets and readings and never a character of the text; it is safe.

    Source: the readings are those of pypinyin, the frequencies those of jieba (both MIT); the annotated characters
    were collected from damaged pages.
    """

    code = "MOJ006"
    name = "injected-reading"
    whole_lines = True
    severity = Severity.ERROR

    class Options:
        """How much evidence is asked for."""

        minimum: Annotated[int, "different characters that must have one (one less if repeated or in one word)"] = 3

    options: Options

    triggers = (
        # A Han character, a bracket, up to six letters of which one has a tone mark.
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf](?:\(|\xef\xbc\x88)(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?"
            r"(?:[a-z]|[\xc3-\xc9][\x80-\xbf]){0,5}[\xc3-\xc7][\x80-\xbf](?:[a-z]|[\xc3-\xc9][\x80-\xbf]){0,5}"
            r"(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?(?:\)|\xef\xbc\x89)",
            apart=True,
        ),
        # The same without brackets, and the text goes on.
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][a-z]{0,4}[\xc3-\xc7][\x80-\xbf](?:[a-z]|[\xc3-\xc9][\x80-\xbf]){0,4}"
            r"[\xe3-\xef]",
            apart=True,
        ),
        # In brackets and without tone marks: only what can be a syllable, of two letters at least.
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf](?:\(|\xef\xbc\x88)(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?"
            r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
            r"(?:[bpmfdtnlgkhjqxrzcsyw][aeiouv]|[aeo][iou]|an|en|ang|eng|er|ong|i[aeun]|ia[on]|iang|ing|iong|"
            r"u[aoine]|uai|uan|uang|ve|ao)[ng]{0,2}"
            r"(?:[ \t]|\xc2\xa0|\xe3\x80\x80)?(?:\)|\xef\xbc\x89)",
            apart=True,
        ),
    )

    examples = (
        Bad(
            "全面推⟦進(jìn)⟧校園網(wǎng)絡(luò)安全教育，切實(shí)增強(qiáng)學(xué)生的安全意識。",
            "全面推進校園網絡安全教育，切實增強學生的安全意識。",
        ),
        Bad(
            "⟦會(huì)⟧議要求，各鄉(xiāng)鎮(zhèn)負(fù)責(zé)人和專(兼)職人員要把項目(含在建)管好。\n"
            "⟦農(nóng)⟧業(yè)局要在[m]類項目和ip地址上多下功夫。\n\n做好結(案)工作。\n",
            "會議要求，各鄉鎮負責人和專(兼)職人員要把項目(含在建)管好。\n"
            "農業局要在[m]類項目和ip地址上多下功夫。\n\n做好結(案)工作。\n",
        ),
        Bad(
            "⟦計（jì）⟧算機（jī）已經（jīng）進(jìn )入人們的生活，網( wǎng)絡（luò ）購物很方便。",
            "計算機已經進入人們的生活，網絡購物很方便。",
        ),
        Bad(
            "⟦烟(yan)⟧台市(shi)某某机械厂位于山东(dong)省，主要(yao)生产各种(zhong)农机配件，质量好。",
            "烟台市某某机械厂位于山东省，主要生产各种农机配件，质量好。",
        ),
        Bad(
            "近年来我市加快推⟦进(jìn)⟧农(nóng)村电商发展，网(wǎng)络(luò)销售额逐年上升。",
            "近年来我市加快推进农村电商发展，网络销售额逐年上升。",
        ),
        Bad(
            "大家⟦說(shuō)⟧，這(zhè)位仉(zhǎng)先生時(shí)常過(guò)來(lái)講課，我們發(fā)現(xiàn)他很愛饕餮紋。",
            "大家說，這位仉(zhǎng)先生時常過來講課，我們發現他很愛饕餮紋。",
        ),
        Bad(
            "以此⟦達(dá)⟧到詐騙錢財(cái)?shù)哪康?。民警發(fā)現(xiàn)後及時制止。",
            "以此達到詐騙錢財?shù)哪康?。民警發現後及時制止。",
        ),
        Bad(
            "⟦網(wǎng)⟧站首頁(yè)\n⟦關(guān)⟧于我們\n⟦產(chǎn)⟧品展示\n行⟦業(yè)⟧動(dòng)態(tài)\n"
            "公司⟦動(dòng)⟧態(tài)\n⟦聯(lián)⟧系我們\n",
            "網站首頁\n關于我們\n產品展示\n行業動態\n公司動態\n聯系我們\n",
        ),
        Bad(
            "⟦會(huì)⟧議要求，各鄉(xiāng)鎮(zhèn)負(fù)責(zé)人要把項目管好。⟦?⟧1）加強領(lǐng)導(dǎo)。\n"
            "不\ufffd\ufffd⟦huan)⟧工作，聯⟦lián)⟧系由他人，職⟦(zhí⟧責由單位負責。",
            "會議要求，各鄉鎮負責人要把項目管好。（1）加強領導。\n不\ufffd\ufffd工作，聯系由他人，職責由單位負責。",
        ),
        Bad(
            "項目負責人說，⟦網(wǎng)⟧絡(luò)建設是第一步，接下來還要培訓人員。",
            "項目負責人說，網絡建設是第一步，接下來還要培訓人員。",
        ),
        Bad(
            "⟦網wǎng⟧絡luò安全教育進jìn校園，切實shí增強學生的意識。",
            "網絡安全教育進校園，切實增強學生的意識。",
        ),
        Good("我wǒ們men的de學xué校xiào很hěn大dà，有yǒu三sān個gè班bān。他重zhòng視，重chóng新開始。"),
        Good("港gǎng，湾wān，舢shān，三个字都是渔民常用的。拼音wǎng、luò、jìn要连读。"),
        Good("他在信裏寫道，駱(luò)駝(tuó)走得很慢，網絡(wǎng luò)也不好，學(xué)校離得遠。"),
        Good("網(wǎng)絡(luò)、學(xué)習(xí)"),
        Good("饕餮(tāo tiè)是傳說中的惡獸，饕(tāo)、餮(tiè)都是貪食的意思。姓仉(zhǎng)的人不多。"),
        Good(
            "我(wǒ)們(men)的(de)學(xué)校(xiào)很(hěn)大(dà)，有(yǒu)三(sān)個(gè)班(bān)進(jìn)行(xíng)比(bǐ)賽(sài)。"
        ),
        Good("A: 你(nǐ)希望(xīwàng)学(xué)什么(shénme)？\nB: 我(wǒ)希望(xīwàng)学(xué)汉语(Hànyǔ)。"),
        Good("生字：進(jìn)步、網(wǎng)絡(luò)、學(xué)校、時(shí)間、發(fā)現(xiàn)、機(jī)會(huì)"),
        Good(
            "春天来了，柳树发芽(yá)了。燕(yàn)子在屋檐(yán)下筑(zhù)巢(cháo)，孩子们脱(tuō)下厚厚的棉袄(ǎo)，"
            "看蜻(qīng)蜓(tíng)点水，蝴(hú)蝶(dié)飞舞(wǔ)。"
        ),
        Good(
            "小明看見(jiàn)一隻烏龜(guī)在沙灘(tān)上慢慢地爬。他問(wèn)媽媽：「烏龜為甚麼走得這麼慢(màn)？」"
            "媽媽說：「因為牠背着重重的殼(ké)。」"
        ),
        Good("图穷匕见(xiàn)\n强(qiǎng)词夺理\n间(jiàn)不容发\n应(yìng)接不暇\n处(chǔ)之泰然\n数(shuò)见不鲜\n"),
        Good("成長(zhǎng)、長(cháng)短；快樂(lè)、音樂(yuè)；調(diào)查、調(tiáo)整；轉(zhuǎn)彎、轉(zhuàn)動。"),
        Good("帝高陽之苗裔(yì)兮，朕(zhèn)皇考曰伯庸。攝提貞於孟陬(zōu)兮，惟庚寅吾以降(hóng)。皇覽揆(kuí)余初度兮。"),
        Good("白日依山尽(jin)，黄河入海流(liu)。欲穷千里目(mu)，更上一层楼(lou)。床前明月光(guang)。"),
        Good("“的(de)、地(de)、得(de)”的用法：了(le)、着(zhe)、过(guo)表示时态，吗(ma)、呢(ne)、吧(ba)是语气词。"),
        Good("小(xiao)麥(mai)輸(shu)入(ru)法(fa)，美(mei)好(hao)的(de)朝(zhao)陽(yang)"),
        Good("执行查询(join)时，均值(mu)、方差(var)和上限(sup)都要给出；目录(ls)、选项(an)和段落(p)见下表。"),
        Good("參加會議的有仉(zhǎng)先生、冼(xiǎn)女士、闞(kàn)教授、麴(qū)同學和覃(qín)律師。"),
    )

    @property
    def least_matches(self) -> int:
        """Fewer readings than those of a word, one less than the minimum, are no evidence."""
        return max(self.options.minimum - 1, 1)

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each line with readings, on the first of them, whose edits remove all of them."""
        readings = list(find_readings(document.text))
        if len({reading.character for reading in readings}) < self.options.minimum - 1:
            return
        removed = Judge(document, self.options.minimum).injected(readings)
        by_line: defaultdict[int, list[Reading]] = defaultdict(list)
        for reading in removed:
            by_line[document.line_at(reading.offset)].append(reading)
        for _, line in sorted(by_line.items()):
            number = len(line)
            example = document.text[line[0].offset : line[0].end]
            what = f"{number} readings" if number > 1 else "the reading"
            place = " in brackets" if example[-1] in ")）" else ""
            yield Finding(
                line[0].offset,
                line[0].end,
                f"{what[0].upper() + what[1:]}{place}, as in {example}, came from a converter and cut the words "
                f"apart; remove {'them' if number > 1 else 'it'}.",
                Fix(f"remove {what}", tuple(Edit(reading.start, reading.end, "") for reading in line)),
                occurrences=number,
            )
        yield from self.broken(document, removed)

    def broken(self, document: Document, removed: Sequence[Reading]) -> Iterator[Finding]:
        """What the converter broke itself, from a little before the first reading to a little behind the last."""
        from ._broken_readings import broken_readings

        if not removed:
            return
        first, last = document.line_at(removed[0].offset), document.line_at(removed[-1].offset)
        for index in range(max(0, first - NEAR), min(len(document.line_starts), last + NEAR + 1)):
            start = document.line_starts[index]
            for place in broken_readings(document.line_text(index)):
                safety = Applicability.SAFE if place.is_certain else Applicability.UNSAFE
                does = f"write {place.content} again" if place.content else "remove it"
                yield Finding(
                    start + place.start,
                    start + place.end,
                    f"The converter that wrote readings into this text left {place.what} here; {does}.",
                    Fix(does, (Edit(start + place.start, start + place.end, place.content),), safety),
                )


class Judge:
    """Tells the injected readings of a document from those of its author."""

    def __init__(self, document: Document, minimum: int) -> None:
        self.document = document
        self.text = document.text
        self.minimum = minimum

    def injected(self, readings: list[Reading]) -> list[Reading]:
        """The readings to remove, in order of their place."""
        removed: set[Reading] = set()
        known: set[tuple[str, str]] = set()
        left = readings
        while left:
            found = {reading for stretch in self.damaged(left) for reading in self.removable(stretch)}
            if not found:
                break
            removed |= found
            known |= {(reading.character, reading.syllable) for reading in found}
            left = [reading for reading in left if reading not in removed]
        if removed:
            for line in self.by_line(left):
                if all(r.is_listed or (r.character, r.syllable) in known for r in line) and self.is_consistent(line):
                    removed.update(line)
        return sorted(removed)

    def damaged(self, readings: list[Reading]) -> Iterator[list[Reading]]:
        """The stretches of text that are damaged, each as its readings; single lines where a whole stretch is not."""
        for lines in self.stretches(readings):
            stretch = [reading for line in lines for reading in line]
            if self.is_damaged(stretch):
                yield stretch
            elif len(lines) > 1:
                yield from filter(self.is_damaged, lines)

    def by_line(self, readings: list[Reading]) -> list[list[Reading]]:
        """The readings of each line that has any."""
        lines: defaultdict[int, list[Reading]] = defaultdict(list)
        for reading in readings:
            lines[self.document.line_at(reading.offset)].append(reading)
        return list(lines.values())

    def stretches(self, readings: list[Reading]) -> list[list[list[Reading]]]:
        """Lines with readings, as stretches in which no more than `GAP` Han characters are without a reading."""
        stretches: list[list[list[Reading]]] = []
        for line in self.by_line(readings):
            if stretches:
                between = stretches[-1][-1][-1].end, line[0].offset
                if between[1] - between[0] <= GAP or count_han(self.text[slice(*between)]) <= GAP:
                    stretches[-1].append(line)
                    continue
            stretches.append([line])
        return stretches

    def is_damaged(self, stretch: Sequence[Reading]) -> bool:
        """Whether a converter, not an author, wrote the readings of a stretch of text."""
        if len({reading.character for reading in stretch}) < self.minimum - 1:
            return False
        start, end = self.lines_of(stretch)
        text = self.text[start:end]
        share = len(stretch) / count_han(text)
        if share < RAREST:
            return False
        words = sum(1 for match in word_in_brackets().finditer(text) if spells(text, match))
        return self.is_converted(stretch, words, share) or (share <= 0.5 and self.is_scattered(stretch, words))

    def is_converted(self, stretch: Sequence[Reading], words: int, share: float) -> bool:
        """Whether the readings are those of a converter that annotates some characters wherever they stand.

        ``words`` is how many readings of whole words, an author's work, the stretch has; ``share`` is how many
        readings for each Han character.
        """
        evidence = [reading for reading in stretch if reading.is_evidence]
        number = len(evidence)
        if not number:
            return False
        wrong = sum(1 for reading in stretch if not reading.is_right and (reading.is_toned or reading.is_listed))
        others = words + sum(1 for reading in stretch if reading.is_explanation)
        if wrong > 0.05 * number or others > 0.15 * number or not self.is_consistent(evidence):
            return False
        distinct = len({reading.character for reading in evidence})
        repeats = number - distinct
        may_be_list = number < MANY or (number < LIST and repeats < 2)
        if may_be_list and self.in_sentences(evidence) < 0.3 * number:
            return False
        listed = [reading for reading in stretch if reading.is_listed]
        if sum(1 for reading in evidence if reading.is_listed) >= 0.6 * number and self.runs(listed) > 1:
            if distinct >= self.minimum - 1 and len({reading.character for reading in listed}) >= self.minimum:
                return True
            if distinct >= self.minimum - 1 and repeats >= 2:
                return True
        if share > 0.5:
            return False
        if number == len(stretch) and self.are_in_words(listed) and self.in_sentences(listed) == len(stretch):
            return distinct >= self.minimum - 1
        if distinct < self.minimum:
            return False
        return (number >= 5 and repeats >= max(3, 0.3 * number)) or (number >= MANY and distinct >= 5)

    def is_scattered(self, stretch: Sequence[Reading], words: int) -> bool:
        """Whether readings are strewn over the most frequent characters, 烟(yan)台市(shi), which nobody explains.

        With tone marks, as in teaching, the characters must also have their readings wherever they stand.
        """
        evidence = [reading for reading in stretch if reading.is_evidence or reading.is_plain]
        number = len(evidence)
        distinct = {reading.character for reading in evidence}
        others = words + sum(1 for reading in stretch if not reading.is_common)
        wrong = sum(1 for reading in stretch if not reading.is_right)
        frequent = sum(1 for reading in evidence if simplified(reading.character) in everyday()["common"])
        if (
            number < 5
            or len(distinct) < max(5, self.minimum)
            or wrong > 0.05 * number
            or others > 0.1 * number
            or frequent < 0.6 * number
            or self.inside_words(evidence) < 0.5 * number
        ):
            return False
        if not any(reading.is_toned for reading in evidence):
            return True
        return number >= 10 and number - len(distinct) >= 0.3 * number and self.is_consistent(evidence)

    def removable(self, stretch: Sequence[Reading]) -> Iterator[Reading]:
        """The readings of a damaged stretch without those that may be an author's own."""
        is_scattered = not any(reading.is_toned for reading in stretch)
        numbers = Counter(reading.character for reading in stretch)
        start, end = self.lines_of(stretch)
        text = self.text[start:end]
        for reading in stretch:
            if not reading.is_right:
                continue
            number = numbers[reading.character]
            is_whole = number >= 0.8 * text.count(reading.character)
            signs = reading.is_common + reading.is_one_sided + (number > 1)
            if reading.is_listed or is_scattered or (is_whole and signs >= 2):
                yield reading

    def lines_of(self, stretch: Sequence[Reading]) -> tuple[int, int]:
        """From the start of a stretch's first line to the end of its last."""
        starts = self.document.line_starts
        first, last = self.document.line_at(stretch[0].offset), self.document.line_at(stretch[-1].offset)
        return starts[first], starts[last + 1] if last + 1 < len(starts) else len(self.text)

    def is_consistent(self, readings: Sequence[Reading]) -> bool:
        """Whether at least nine in ten occurrences of the characters have their readings, in their lines' stretch."""
        start, end = self.lines_of(readings)
        characters = {reading.character for reading in readings}
        total = sum(self.text.count(character, start, end) for character in characters)
        cut = cut_short().search(self.text, max(start, end - 8), end)
        if cut and end == len(self.text) and cut[1] in characters:
            total -= 1
        return len(readings) >= 0.9 * total

    def inside_words(self, readings: Sequence[Reading]) -> int:
        """How many of the annotated characters have a Han character on both sides, readings aside."""
        return sum(1 for r in readings if self.is_han_before(r.offset) and is_han(self.text[r.end : r.end + 1]))

    def in_sentences(self, readings: Sequence[Reading]) -> int:
        """How many of the annotated characters stand in a clause, not in a list of words: among five or more."""
        number = 0
        for reading in readings:
            before = clause_end().split(self.text[max(0, reading.offset - 80) : reading.offset])[-1]
            behind = clause_end().split(self.text[reading.end : reading.end + 80], maxsplit=1)[0]
            number += count_han(before) + 1 + count_han(behind) >= 5
        return number

    def runs(self, readings: Sequence[Reading]) -> int:
        """In how many places the readings stand; those of neighbouring characters are one."""
        return 1 + sum(1 for one, other in pairwise(readings) if one.end != other.offset)

    def are_in_words(self, readings: Sequence[Reading]) -> bool:
        """Whether all the readings stand by twos or more: an author gives the reading of a word behind the word."""
        toned = [reading for reading in readings if reading.is_toned]
        beside = {r for one, other in pairwise(toned) if one.end == other.offset for r in (one, other)}
        return bool(toned) and len(beside) == len(readings)

    def is_han_before(self, offset: int) -> bool:
        """Whether a Han character stands before ``offset``, with or without its reading."""
        before = self.text[max(0, offset - 12) : offset]
        return is_han(before[-1:]) or reading_before().search(before) is not None
