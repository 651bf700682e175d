"""MOJ006: readings that a converter wrote behind characters, 網(wǎng)絡(luò)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, DocumentRule, Good, expression

from ._injection import Judge
from ._readings import find_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document

    from ._readings import Reading

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
