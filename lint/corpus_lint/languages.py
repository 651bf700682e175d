"""What text of a language looks like: how many bits each of its characters outside ASCII is worth.

A `Language` gives each character a cost in bits, the negative binary logarithm of how often it stands among the
characters outside ASCII. Of two readings of the same bytes the one that costs fewer bits is the likelier text.

The lists are in descending order of frequency, from general knowledge of the languages; that costs follow rank
closely enough is all that is asked of them (Zipf's law for characters, a geometric series for alphabets). What is not
listed is told apart by the standards themselves: the first levels of GB 2312, Big5 and JIS X 0208 are the characters
in everyday use, KS X 1001 the syllables.
"""

from __future__ import annotations

from functools import cache
from math import log2

from . import expressions as re
from .named_tuple import NamedTuple
from .tables import CLASS_MASK, CLASS_SHIFT, FOLDED_MASK, CharacterClass, characters

WILD = 26.0
"""Bits of a character that text of a language has no use for."""
BROKEN = 32.0
"""Bits of a private-use character or a C1 control, which no text has."""


class Dense(NamedTuple):
    """How characters outside ASCII follow one another: bits for staying among them and for going back to ASCII."""

    stay: float
    leave: float


DENSE = Dense(0.15, 3.3)
SPARSE = Dense(1.0, 0.1)

CHINESE = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明"
    "性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位"
    "次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感"
    "建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色"
    "路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔受往求快支众青集育步单始象红落城花字令"
    "联号员历际持根研究首件组织六七八九百千元费银行户款案骗警察防范网络服节照份调查站需史阶称准满华群服越早布装远请收流近飞何转"
    "改技精造器精病团务轻影视母父亲孩房客朋友读写语言音乐诗歌爱喜笑哭吃饭茶酒车船店商买卖价钱贵低热冷春夏秋冬风雨云星火土木石田"
    "林草树鱼鸟牛羊猪狗虎龙凤王李张刘陈杨黄赵周吴徐孙朱州省县村镇街号楼室桌床门窗衣服鞋帽纸张画图片照案责任安排周围英语湖江河"
    "企业司投资金融市场经济增收税率股份险环境污染保护健康医疗药院病患者治疗学校教师课程考试题答案毕业招聘工资岗位职培训练习惯"
    "哪谁怎吗吧呢啊哦嗯您咱另每某且虽却既若即使由于仅甚尤其依据按照关键显示突破继续逐渐整个终于始终互相充虑虚假双哥弟姐妹叔嘴"
    "脸脚腿胸腰背皮肤血骨肉眉毛发丝线绳布料铁钢铜铝玻璃塑胶油漆颜绿蓝紫灰黑粉黄橙亮暗深浅厚薄宽窄粗细圆尖弯"
)
PUNCTUATION = "，。、“”：；（）？！《》·…—‘’　１２３０％「」【】－～．＂〈〉『』①②③④⑤●※★■"
JAPANESE_PUNCTUATION = "、。「」ー・（）　！？『』【】…～：／０１２３％＆〇々〜※“”●■◆○△×→☆★《》"
HIRAGANA = (
    "のいにたはをとしてるがでなんかっまこれらさもすりあきどくよだけつうそせやおえめわみちじろばげ"
    "ほごびむべふひずねぎぶぐぞゆぼへづょゃゅざぱぬぽぷぴぺぁぉぇぃ"
)
KATAKANA = (
    "ンスルトリアイラクロドレジシテフマタィカプメコサッュデビャキグオムチブニセハウバナパダエミョ"
    "ポケボァガツノソペモヤワェネゴピヒベホヨザズギユォゾヘヌゼゲヴゥ"
)
KANJI = (
    "日一人年大国本中出会分時間上事者行生自合見的同社月後前手部場地方全業学動対理体入実発定用作内目長法新当表立主通力性三二"
    "十家東京第名北高回子物代関開来今気小最言下多心文化水金連意度機不思外公道電車話現戦取教要持相都市民和信問使制政初食数"
    "活海結原書空近考明報知期種約界能員女男西口強組正受安必記品総区経変世無題語円点五四特保選成付重山屋料元加決天向予面所"
    "利運士調参応告建設情在平和進置音美番感映画校室館店町村県府郡州引続得残終始送直次各週朝夜半午火木土曜八七九六百千万億"
    "違何私僕彼君誰彼女好父母友花春夏秋冬赤青白黒色犬猫魚鳥歌声楽器写真笑泣走歩乗着買売読書聞"
)
HANGUL = (
    "이다는의에가을고하지로한사도은기서를시자어아일나대인리그있전제수정부들장해보상구만주성과라진공원신여요오동경관중국세스거으무"
    "소적면유조용계선안년연비생실화위까것명방회게라미우학문행바없었했통식최민당양호분영저러내년금물업데트간마제모치재입니습더때"
    "려두드단반등외여개불못합말려체강히발같음타월교남심된될됐던려속차크본역력작날후르산예직천운건육환표프길출토파처래석현감레"
    "집않와니네세할복권배판종임달술노각결팀투특광련법약점질형료증여격급론열태설담터초카론김박황림손살락품변편따막향피목름포너"
)

SYMBOLS = "’“”–—\xa0…«»°•©®·„‘€£§‚‹›½¼¾±²³×µ™¡¿´¨†"


class Language:
    """What text of one language looks like, outside ASCII."""

    def __init__(self, name: str, groups: tuple[tuple[float, str], ...], density: Dense = DENSE) -> None:
        """Each group is the share of the text that its characters make up, and the characters by frequency."""
        self.name = name
        self.density = density
        self.cjk = False
        self._bits: dict[str, float] = {}
        for share, text in groups:
            ranked = list(dict.fromkeys(text))
            many = len(ranked) > 100
            ratio = 50 ** (-1 / len(ranked))
            weights = [(rank + 3) ** -0.72 if many else ratio**rank for rank in range(len(ranked))]
            scale = share / sum(weights)
            for character, weight in zip(ranked, weights, strict=True):
                self._bits.setdefault(character, -log2(weight * scale))

    def bits(self, character: str) -> float:
        """The cost of a character in bits."""
        known = self._bits.get(character)
        if known is None:
            known = self._bits[character] = BROKEN if _is_broken(character) else self.unlisted(character)
        return known

    def unlisted(self, character: str) -> float:
        """The cost of a character that no list has."""
        return WILD - 6 if character.isalnum() and ord(character) < 0x2600 else WILD


class _Chinese(Language):
    def __init__(self, name: str, side: int, other_side: int, charset: str, level_end: int) -> None:
        super().__init__(name, ((0.62, CHINESE), (0.16, PUNCTUATION)))
        self.cjk = True
        self._side, self._other_side, self._charset, self._level_end = side, other_side, charset, level_end
        self._table = characters()
        if side == CharacterClass.TRADITIONAL:
            for character in CHINESE:
                if self._class(character) == other_side:
                    self._bits.pop(character, None)
            self._listed = Language(name, ((0.62, CHINESE),))._bits

    def _class(self, character: str) -> int:
        return self._table[ord(character)] >> CLASS_SHIFT & CLASS_MASK if ord(character) < 0x10000 else 1

    def unlisted(self, character: str) -> float:
        kind = self._class(character)
        if kind == CharacterClass.KANA:
            return 17.0
        if not CharacterClass.HAN <= kind <= CharacterClass.TRADITIONAL:
            return 16.0 if _lead(character, "gb2312") else WILD
        if kind == self._side == CharacterClass.TRADITIONAL:
            folded = chr(self._table[ord(character)] & FOLDED_MASK)
            if folded in self._listed:
                return self._listed[folded]
        lead = _lead(character, self._charset)
        bits = 13.5 if 0 < lead <= self._level_end else 17.0 if lead else 22.0
        return min(bits + 4, 23.0) if kind == self._other_side else bits


class _Japanese(Language):
    def __init__(self) -> None:
        groups = ((0.48, HIRAGANA), (0.12, KATAKANA), (0.13, KANJI), (0.11, JAPANESE_PUNCTUATION))
        super().__init__("Japanese", groups)
        self.cjk = True

    def unlisted(self, character: str) -> float:
        if "ｦ" <= character <= "ﾟ":
            return 12.0
        lead = _lead(character, "cp932")
        if not lead:
            return WILD
        return 16.0 if lead < 0x88 else 14.0 if lead < 0x98 else 17.0 if lead < 0xEB else 19.0


class _Korean(Language):
    def __init__(self) -> None:
        super().__init__("Korean", ((0.84, HANGUL), (0.02, PUNCTUATION)))
        self.cjk = True

    def unlisted(self, character: str) -> float:
        lead = _lead(character, "euc_kr")
        if "가" <= character <= "힣":
            return 14.0 if lead else 21.0
        return 17.0 if lead else WILD


class _Characters(Language):
    """A list of Han characters: none likelier than another."""

    def __init__(self) -> None:
        super().__init__("Han characters", ((0.1, PUNCTUATION),))
        self.cjk = True

    def unlisted(self, character: str) -> float:
        return 13.2 if "\u3400" <= character <= "\u9fff" else WILD


def _is_broken(character: str) -> bool:
    code = ord(character)
    return (
        0x80 <= code < 0xA0 or 0xE000 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000 or 0xD800 <= code < 0xE000
    )


def _lead(character: str, charset: str) -> int:
    """The first byte of the character in a charset, 0 when it has none of two bytes or more."""
    try:
        encoded = character.encode(charset)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) > 1 else 0


def _alphabet(name: str, letters: str, density: Dense = DENSE, symbols: float = 0.06) -> Language:
    upper = "".join(letter.upper() for letter in letters if len(letter.upper()) == 1 and letter.upper() != letter)
    if not upper:
        return Language(name, ((0.97 - symbols, letters), (symbols, SYMBOLS)), density)
    return Language(name, ((0.92 - symbols, letters), (0.05, upper), (symbols, SYMBOLS)), density)


ALPHABETS = {
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "Ukrainian": "оаниівтерслкудмпязьгбчйхцїжюєшфщґ",
    "Bulgarian": "аиоетнрсвлкдпмзяугбчъцжщхюшфйь",
    "Serbian": "аиоенстрјкдувмпзлгбчшцњхжћљђџф",
    "Greek": "αοιετσνηυρπκμλςωίήάόέθγδύχφβώξζψϊΐϋΰ",
    "Hebrew": "יוהלארתבשמםנחדפקכעטגזסןצךףץ",
    "Arabic": "اليمونرتبةعدسفهكقأحجشصطإىخضذثزءغئظآؤ،؟؛ـًَُِّْ",
    "Persian": "ایردنهموتبسشکزلفگخپعقجآحچصطضغظذثژئ،؟",
    "Thai": "านรอกเง่มย้วัลีดทสตะปบคหแจพิชขใไ็โผืถ์ุูำซศธภณษฟญๆฝฐฉ๑๒๐ฎฏฑฆ",
}
"""Alphabets in which nearly every letter is outside ASCII."""

LATIN = {
    "English": "éèñïöüç",
    "French": "éèàêçùîôûâœëïü",
    "German": "üäößé",
    "Spanish": "óíáéñúü¿¡ºª",
    "Portuguese": "ãçáéíóêõúâàôºª",
    "Italian": "èàòùìé",
    "Swedish": "äåöé",
    "Danish": "åøæé",
    "Icelandic": "íáðþöéóæúý",
    "Dutch": "ëéïöèü",
    "Catalan": "àéèóòíúç·ïü",
    "Polish": "łąęóżśćńź",
    "Czech": "íáéěřčšýžůúňťóď",
    "Slovak": "áíéčžýšúľťôňóäďŕĺ",
    "Hungarian": "áéöóőíüúű",
    "Romanian": "ăîâşţșț",
    "Croatian": "čšžćđ",
    "Turkish": "ışüğçöâîû",
    "Lithuanian": "ėųšžąįūčę",
    "Latvian": "āīēšūņķļžčģ",
    "Estonian": "äõüöšž",
    "Vietnamese": "đưàôáêâăơéèóòúùíìýãõ\u0301\u0323\u0309\u0300\u0303",
}
"""Letters outside ASCII in languages that are mostly written with ASCII letters."""


@cache
def language(name: str) -> Language:
    """The language of a name."""
    if name == "Chinese":
        return _Chinese("Chinese", CharacterClass.SIMPLIFIED, CharacterClass.TRADITIONAL, "gb2312", 0xD7)
    if name == "traditional Chinese":
        return _Chinese(name, CharacterClass.TRADITIONAL, CharacterClass.SIMPLIFIED, "big5", 0xC6)
    if name == "Japanese":
        return _Japanese()
    if name == "Korean":
        return _Korean()
    if name == "Han characters":
        return _Characters()
    if name in ALPHABETS:
        return _alphabet(name, ALPHABETS[name])
    return _alphabet(name, LATIN[name], SPARSE, 0.7 if name == "English" else 0.25)


RUN = re.compile(r"[^\x00-\x7f]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
BESIDE_LATIN = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
ALONE = re.compile(r"(?<![A-Za-zÀ-ɏ])[À-ɏ]+(?![A-Za-zÀ-ɏ])")
LETTERS = re.compile(r"[À-ɏ]+")
ADJACENT = re.compile(r"[À-ɏ](?=[À-ɏ])")
CASE_BREAK = re.compile(r"[а-яёіїєґα-ωά-ώ][А-ЯЁІЇЄҐΑ-Ω]")
VOWELS = "аеёиоуыэюяіїєαεηιουωάέήίόύώ"
CONSONANTS = "бвгджзйклмнпрстфхцчшщґβγδζθκλμνξπρστφχψς"
CLUSTER = re.compile(f"(?=[{CONSONANTS}]{{4}}|[{VOWELS}]{{3}})", re.IGNORECASE)

ASCII_BITS = 6.0
"""Bits of a character of ASCII, in any language."""
ENTER = 3.0
"""Bits of the first character outside ASCII after one of ASCII."""


class Shape:
    """A text, counted once, to be priced as many languages."""

    def __init__(self, text: str) -> None:
        from collections import Counter

        runs = RUN.findall(text)
        self.counts = Counter("".join(runs))
        self.outside = sum(self.counts.values())
        self.runs = len(runs)
        self._text = text
        self._found: dict[re.Pattern[str], int] = {}
        self._ascii = (len(text) - self.outside) * ASCII_BITS + 14 * len(CONTROL.findall(text))

    def bits(self, language: Language) -> float:
        """What the text costs as text of the language."""
        density = language.density
        total = self._ascii + self.runs * (ENTER + density.leave) + (self.outside - self.runs) * density.stay
        price = language.bits
        for character, number in self.counts.items():
            total += number * price(character)
        return total + self._joints(language)

    def _joints(self, language: Language) -> float:
        """The price of the ways in which the language's letters do not meet."""
        if language.cjk:
            return 1.5 * self._number(BESIDE_LATIN)
        if language.density is SPARSE:
            alone = self._number(ALONE)
            # À and é are words; what never stands in a word is no letter but a sign, such as † for a footnote.
            is_sign = alone >= 4 and alone * 10 >= self._number(LETTERS) * 9
            return (12.0 if is_sign else 2.5) * alone + 3.3 * self._number(ADJACENT)
        return 6.0 * self._number(BESIDE_LATIN) + 8.0 * self._number(CASE_BREAK) + 3.0 * self._number(CLUSTER)

    def _number(self, pattern: re.Pattern[str]) -> int:
        if pattern not in self._found:
            self._found[pattern] = len(pattern.findall(self._text))
        return self._found[pattern]
