"""What the form of a line says about it: whether it may stand in a menu, whatever its words are.

Menus, boxes and footers of a site have labels of its own, which no list knows: product groups, places, titles of other
pages, names with dates. Their form is known: a few words that begin with a capital letter, a few Han characters without
a particle, a date, a counter, an address. So a run of furniture goes on over such lines for a price, which is low for a
label and high for a line that reads like text; a paragraph always ends it.

The prices are of one kind: how much rarer a form is among furniture than among text. They were set by a labelled
collection of 1,000 pages (WCXB, CC BY 4.0), in which lines of each form were counted inside and outside the text.
"""

from __future__ import annotations

from functools import cache, lru_cache

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

END = 99.0
"""The price of a line over which no run goes on: a paragraph, or code."""
SENTENCE = 8.0
"""A short sentence, which may be what a reader has written between two button bars."""
VERSE = 6.5
"""A short line with words of a sentence beside another one: they may be verses, steps or what somebody says."""
LONG = 3.0
"""A long line without a mark."""
WORDY = 1.2
"""A line of some length whose words are those of a sentence, or that introduces something."""
LONE = 2.4
"""A line of the length of a title, with short ones around it: it may be the title of the text. When it has words of a
sentence, it may be one, and its price is `SENTENCE`."""
TITLE = 0.6
"""One of several such lines, which are titles of other pages; a short line with words of a sentence."""
LABEL = 0.12
SECOND_LABEL = 0.3
"""A label of more words."""
LOOSE_LABEL = 0.45
FIGURE = 0.15
"""A number, or nothing but marks."""
FORM = 0.1
"""A date, an age, a counter, a telephone number, an address, a handle."""

CLAUSES_WIDTH = 24
"""Columns from which a sentence of several clauses, as 那天下午，我们去散步。 is one, is text and not between menus."""
SYLLABIC_ENDS = ("。", "！", "？", "。”", "！”", "？”", "。」")
PARAGRAPH_WIDTH = 40
"""Columns from which a line with a sentence mark is a paragraph; a Han character fills two."""
SHORTEST_TEXT = (PARAGRAPH_WIDTH + 1) // 2
"""Characters of a line of text in wide characters, at least."""
LONGEST_WIDTH = 140
"""Columns from which any line is one."""
LONG_WIDTH = 60
TITLE_WIDTH = 24
LABEL_WIDTH = 12
SECOND_LABEL_WIDTH = 20
SENTENCE_MARKS = "。！？!?｡؟"
TEXT_MARKS = frozenset("。！？?！，؟")
SENTENCE_ENDS = (".", ";", "；", "…", ",", "，", "、", "،")
FIRST_SYLLABIC = "\u2e80"
"""The alphabets are below this character."""
PARTICLES = frozenset("的了我你他她它是在不们们這这那有就也都和與与着過过把被吗嗎呢吧啊之其而を은는")
"""Characters that labels hardly have."""
SENTENCE_KANA = frozenset("をがは")
SENTENCE_HANGUL = r"[가-힣](?:다|요|네|며|[을를이가은는도의에서] [가-힣]+)$|[가-힣](?:에서|으로)도?$"
SENTENCE_WORDS = (
    "the a an i you he she it we they me my his her him them their was were is are had have did said not no to and but"
    " я ты он она мы вы они мне тебя меня его её не что как это был была и а но"
    " ich du er sie wir ihr der die das ein eine ist war und nicht je tu il elle nous vous le la les un une est et ne"
    " yo tú él ella nosotros el los las una es y eu ele ela o os as um uma e não io lui lei noi gli è"
)
"""Words of sentences, in a few languages."""
MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|enero|febrero|abril|mayo|junio|julio|agosto|janvier|février|avril|juin|juillet|août|januar|märz|mai|juni|juli"
    r"|okt|dez)[^\W\d_]*\.?"
)
DATE = (
    rf"(?:(?:19|20)\d\d[-/.年]\s?\d{{1,2}}(?:[-/.月]\s?\d{{1,2}}日?)?|\d{{1,2}}[-/.月]\d{{1,2}}(?:[-/.]\d{{2,4}}|日)?"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th|º)?[ .]{{0,2}}(?:de )?)?{MONTH} ?(?:\d{{1,2}}(?:st|nd|rd|th)?)?,?(?: de)? ?"
    r"(?:\d{4})?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? .{3,14}|(?:星期|週|周)[一二三四五六日天])"
)
MONTHLY = rf"{MONTH} (?:de )?(?:19|20)\d\d(?: ?\(\d+\))?|(?:19|20)\d\d ?[年년] ?\d{{1,2}} ?[月월](?: ?[(（]\d+[)）])?"
MONTHS = (
    r"(?:1?\d|十?[一二三四五六七八九十]) ?[月월]|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    r"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]"
    r"|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]"
)
TIME = r"[ ,，|@atвàumгг.·-]{0,6}\d{1,2}[:时時]\d\d(?:[:分]\d\d)?(?: ?[ap]\.?m\.?)?"
UNIT = (
    r"(?:s(?:ec(?:ond)?s?)?|min(?:ute)?s?|h(?:ou?)?rs?|days?|weeks?|mon?ths?|mos?|years?|yrs?|[dhwy]|秒|分[钟鐘]?|小[时時]"
    r"|時間|天|日|周|週|个?月|個月|年|분|시간|일|주|개월|년|мин\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|лет|год\w*)"
)
AGO = rf".{{0,24}}(?:\d+|an?|one) ?{UNIT}\.? ?(?:ago|read|前|전|назад)"
PAST = r"(?:ago|read|前|전|назад).{0,10}$"
"""What a line with `AGO` has near its end."""
FORMS = (
    rf"\W{{0,4}}{DATE}(?:{TIME})?\W{{0,3}}",
    r"\W{0,4}\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?\W{0,3}",
    r".{1,40}[(\[（【]\+?\d[\d,.]*[kKwW万萬]?[)\]）】]",
    r".{0,24}[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"[^\d]{0,12}[+(]?\d[\d ()\-‐–/.]{7,}",
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|cn|ru|jp|kr|de|fr|uk|edu|gov|tw|hk|es|vn)(?:/\S*)?",
    r"[@#][\w.-]+#?",
    r"\d[\d.,]*[kKmM]? ?(?:likes?|comments?|repl(?:y|ies)|views?|shares?|reads?|votes?|answers?|followers?|posts?"
    r"|reactions?)",
)
FIGURES = r"[\W_]*\d[\d.,]*\s?[kKmM万萬wW亿億千%+]*[\W_]*|[\W_\d]+"
SIGN = r"[\d@#.周週星]|^[\W_]+$"
"""What a line of these forms has."""
CODE = r"[{}=`\\]|</|/>|;$|\(\)|::|->"
LONGEST_HEADING = 45
CONTENTS = (
    r"(?:table of )?contents|in this (?:article|guide|post|story|review|section|chapter)"
    r"|目[录錄次]|本文目[录錄]|文章目[录錄]|もくじ|この記事の目次|목차|содержание|оглавление|inhalt(?:sverzeichnis)?"
    r"|sommaire|table des matières|índice|contenido|tabla de contenidos|indice"
)
"""Headings behind which the headings of the text are listed."""
FOREIGN_DAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|man|tirs|ons|tors|fre|lør|søn(?:dag)?|пн|вт|ср|чт|пт|сб|вс"
    r"|mo|di|mi|do|fr|sa|so|[月火水木金土日]曜?日?|[월화수목금토일]요?일?)"
)
WEEKDAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:[a-z]*day)?\.?"
ZONE = r"(?: ?(?:utc|gmt|[ecmp][sd]t|cet|msk|jst|bst|ist))?(?: ?[+-]\d{1,4})?"
FULL_DATE = (
    rf"(?:(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d"
    r"|(?:19|20)\d\d ?년 ?\d+ ?월 ?\d+ ?일"
    rf"|(?:{WEEKDAY},? )?{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|(?:{WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de )?{MONTH},?(?: de)? (?:19|20)\d\d(?: ?г\.?| года)?)"
)
PARTICULARS = (
    rf"\W{{0,4}}{FULL_DATE}(?:{TIME}{ZONE})?\W{{0,3}}",
    rf"\W{{0,4}}(?:(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|{DATE})\W{{0,3}}(?:星期.|周.|\(.\)|（.）)?{TIME}\W{{0,3}}",
    rf"(?:updated|published|posted|modified|created|last updated|date)(?: on| at)?:? {FULL_DATE}(?:{TIME}{ZONE})?"
    r"\W{0,3}",
    r"[（(]?\+?\d{1,4}[)）]?[-\s.]?[（(]?\d{2,4}[)）]?[-\s.]\d{3,4}[-\s.]?\d{0,4}(?:\s?(?:x|ext\.?)\s?\d+)?",
    r"(?:1[3-9]\d{9}|[48]00-?\d{3,4}-?\d{3,4}|0\d{2,3}-\d{7,8})",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|.{0,24}\[email.protected\].{0,12}",
    rf"{WEEKDAY}(?: ?(?:-|–|to|&|and|through) ?{WEEKDAY})?:? ?"
    rf"(?:closed|open|\d{{1,2}}(?::\d\d)? ?(?:[ap]\.?m\.?)?\W.{{0,20}})",
    r"[\w.#,' -]{1,48},? (?-i:[A-Z]{2})\.?,? \d{5}(?:-\d{4})?\W*",
    r"(?-i:[A-Z][\w.'’-]+ [\w.'’-]*[a-z](?=[A-Z]))" rf"{MONTH} ?\d{{1,2}}\W?.{{0,12}}",
    r"\d+(?:\.\d+)?[kKmM万]",
    r"(?:赞成|支持|反对|赞|顶|踩|喜欢|回复|评论)\W?\d+\W{0,5}(?:(?:赞成|支持|反对|赞|顶|踩|喜欢|回复|评论)\W?\d+\W?)+",
    rf"{FOREIGN_DAY}\.?(?: ?[-–~〜/～、] ?{FOREIGN_DAY}\.?)?[ .:：,]{{1,3}}\d{{1,2}}[:.h時시]\d\d.{{0,24}}",
    rf"{FULL_DATE}{TIME}\W[^.!?。！？]{{0,50}}",
    rf"\d{{1,2}}:\d\d,? (?:{FULL_DATE}|{DATE})(?:\W[^!?。！？]{{0,60}})?",
    r"\d+ ?/ ?\d+ ?(?:字|字符|文字)",
    r"(?:.{0,30}\W)?© ?.{0,50}\d.{0,40}",
    r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?(?:高清|超清|蓝光|hd))?",
    r"[^.!?。:：]{2,30}\((?:\d[\d,.]*[kK]? (?:reviews?|ratings?)|\d[\d,.]+[kK]?)\)",
    r"\(?(?:gmt|utc) ?[+-]?\d{1,2}:?\d\d\).{0,50}",
)
"""What a site sets beside a text or below it: moments, telephone numbers, addresses of mail, hours, towns."""
LONG_AGO = rf"\W{{0,4}}{AGO}\W{{0,3}}|.{{0,50}}\W{AGO}"
DATED = rf"[^.!?。，,:：;]{{3,40}}{FULL_DATE}\W{{0,3}}"
YEAR_BEFORE_END = r"(?:19|20)\d\d.{0,18}$"
"""What a line with a date at its end has near it."""
FEWEST_DOUBLED = 5
"""Spaces in a line that says three words twice."""
SIGNED = r"\W*\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\W*"
"""The date below a letter or a notice, which is its author's."""
BARE = r"[\W_]+"


class Form(NamedTuple):
    """What a line is: what a run pays to go on over it, and whether it has words, as many as a label or a title."""

    price: float
    is_title: bool = False
    is_label: bool = False
    is_wordy: bool = False
    """Whether it is short and has words of a sentence."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _forms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in FORMS), re.IGNORECASE)


def is_month(text: str) -> bool:
    """Whether a line is a month, with its year or without, as archives and forms list them."""
    return len(text) <= TITLE_WIDTH and _compiled(rf"\W*(?:{MONTHLY}|{MONTHS})").fullmatch(text) is not None


@lru_cache(1 << 13)
def is_particular(text: str) -> bool:
    """Whether a line is a moment, a telephone number or the like, as a page has them around its text."""
    if not 3 < len(text) <= 2 * LONG_WIDTH:
        return len(text) == 1 and "A" <= text <= "Z"
    if is_doubled(text):
        return True
    if len(text) > LONG_WIDTH or ("@" not in text and "protected" not in text and not _compiled(r"\d").search(text)):
        return False
    return _is_one_of(text, LONG_AGO, PAST) or _is_one_of(text, DATED, YEAR_BEFORE_END) or _is_plain_particular(text)


def is_day(text: str) -> bool:
    """Whether a line is a day without the time of it, as it stands below a letter as well."""
    return has_sign(text) and _compiled(rf"\W*(?:date:? )?(?:{FULL_DATE}|{DATE})\W*").fullmatch(text) is not None


def is_doubled(text: str) -> bool:
    """Whether a line says the same words twice, as a button does that has another face when it is pointed at."""
    middle = len(text) // 2
    return text[:middle] == text[middle + 1 :] and text[middle].isspace() and text.count(" ") >= FEWEST_DOUBLED


def is_signed_date(text: str) -> bool:
    """Whether a line is the date as it stands below a notice."""
    return len(text) <= TITLE_WIDTH and "年" in text and _compiled(SIGNED).fullmatch(text) is not None


def _is_one_of(text: str, forms: str, needed: str) -> bool:
    """Whether a line is of the forms, which try every place of it, when it has near its end what they need."""
    return _compiled(needed).search(text) is not None and _compiled(forms).fullmatch(text) is not None


def _is_plain_particular(text: str) -> bool:
    return _particulars().fullmatch(text) is not None


@cache
def _particulars() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in PARTICULARS), re.IGNORECASE)


def opens_contents(text: str) -> bool:
    """Whether a line is the heading of a table of contents, behind which the text's own headings stand."""
    return len(text) <= LONGEST_HEADING and _compiled(rf"\W*(?:{CONTENTS})\W*").fullmatch(text) is not None


def has_sign(text: str) -> bool:
    """Whether a line has what a number, a date, an address or a counter has."""
    return _compiled(SIGN).search(text) is not None


def has_syllabic(text: str) -> bool:
    """Whether a line has a character that stands for a syllable, or a word."""
    return not text.isascii() and _syllabic_character().search(text) is not None


@cache
def _syllabic_character() -> re.Pattern[str]:
    return re.compile(f"[{FIRST_SYLLABIC}-\U0010ffff]")


def is_text(text: str) -> bool:
    """Whether a line is long enough for a paragraph of text and has the mark of a sentence; a quick look."""
    if len(text) < PARAGRAPH_WIDTH and (len(text) < SHORTEST_TEXT or not has_syllabic(text)):
        return False
    return ". " in text or not TEXT_MARKS.isdisjoint(text) or text.rstrip().endswith(".")


@lru_cache(maxsize=8192)
def form_of(text: str) -> Form:
    """The form of a line that is no listed word; ``text`` has no white space around it and is not empty."""
    width = width_of(text)
    is_sentence = any(mark in text for mark in SENTENCE_MARKS) or ". " in text or text.endswith(SENTENCE_ENDS)
    longest = CLAUSES_WIDTH if "，" in text and text.endswith(SYLLABIC_ENDS) else PARAGRAPH_WIDTH
    if width >= LONGEST_WIDTH or (is_sentence and width >= longest) or _compiled(CODE).search(text):
        return Form(END)
    if width <= LONG_WIDTH and has_sign(text):
        if _compiled(FIGURES).fullmatch(text):
            return Form(FIGURE)
        if _is_one_of(text, rf"{AGO}.{{0,10}}", PAST) or _forms().fullmatch(text):
            return Form(FORM)
    if is_sentence:
        return Form(END if text.endswith(SYLLABIC_ENDS) else SENTENCE)
    if width > LONG_WIDTH:
        return Form(LONG, is_title=True)
    if text.endswith((":", "：")):
        return Form(WORDY)
    price = _syllabic(text, width) if has_syllabic(text) else _alphabetic(text)
    if width > TITLE_WIDTH:
        return Form(TITLE if price < TITLE else WORDY, is_title=True)
    return Form(price, is_label=True, is_wordy=_is_wordy(text))


def _is_wordy(text: str) -> bool:
    """Whether a short line has words that sentences have, and labels hardly."""
    if has_syllabic(text):
        return (
            not PARTICLES.isdisjoint(text) or not SENTENCE_KANA.isdisjoint(text) or _endings().search(text) is not None
        )
    words = text.casefold().split()
    return len(words) > 2 and not _sentence_words().isdisjoint(words)


@cache
def _sentence_words() -> frozenset[str]:
    return frozenset(SENTENCE_WORDS.split())


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(SENTENCE_HANGUL)


def _syllabic(text: str, width: int) -> float:
    """The price of a line in Han, kana or Hangul that is no longer than a title."""
    if "，" in text or "," in text or not PARTICLES.isdisjoint(text):
        return TITLE
    return LABEL if width <= LABEL_WIDTH else SECOND_LABEL if width <= SECOND_LABEL_WIDTH else LOOSE_LABEL


def _alphabetic(text: str) -> float:
    """The same in an alphabet."""
    words = text.split()
    if "," in text:
        return TITLE
    capitals = sum(1 for word in words if not word[0].islower())
    if len(words) <= 3 and 5 * capitals >= 3 * len(words):
        return LABEL
    if len(words) <= 5 and 2 * capitals >= len(words):
        return SECOND_LABEL
    return LOOSE_LABEL if len(words) <= 4 and not words[0][0].islower() else TITLE


def width_of(text: str) -> int:
    """Columns that a text fills, nearly: characters from the Han radicals on fill two."""
    return len(text) if text.isascii() else len(text) + sum(map(FIRST_SYLLABIC.__le__, text))


@lru_cache(1 << 13)
def bare(text: str) -> str:
    """A text without marks and spaces, in one case, by which lines that say the same are known."""
    return _compiled(BARE).sub("", text).casefold()
