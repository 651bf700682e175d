"""Masks: characters written in place of a name, a date or a number, and how sure that is.

One grammar for the rules of names (PLH001) and of dates and numbers (PLH002), so that no place is found twice.
It is matched on the folded line: simplified, half-width, lower case, without injected readings.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Severity
from corpus_lint.named_tuple import NamedTuple

from ._context import SUPPOSE, Context, context
from ._words import (
    ADMINISTRATIVE,
    CROSSES,
    DIRECT,
    FOLDED_CROSSES,
    HAN,
    LONE,
    ORGANISATION,
    PLAIN_HAN,
    STARRED_UNITS,
    TITLE,
    UNIT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Line

NAME, NUMBER = "name", "number"
SIGNS = frozenset(CROSSES + "*＊#＃□○◯〇某_＿")


class Mask(NamedTuple):
    """A masked place; ``start`` and ``end`` are offsets in the line."""

    kind: str
    start: int
    end: int
    confidence: Confidence
    severity: Severity


class _View(NamedTuple):
    """The folded line with its gaps: a single space is a space, any other gap a line feed, a reading nothing.

    ``emphasis``, ``topics`` and ``lost`` say that its asterisks, number signs and boxes are something other than
    masks; ``kana`` that it is Japanese.
    """

    text: str
    offsets: list[int]
    emphasis: bool
    topics: bool
    lost: bool
    kana: bool


class _Place(NamedTuple):
    """A masked place before it is graded: its kind, where in the line it is, and whether its shape is certain."""

    kind: str
    start: int
    end: int
    certain: bool
    match: re.Match[str]
    view: _View


X = f"[{FOLDED_CROSSES}]"
ALPHA_LEFT = r"(?<![a-z0-9_/\\@&=%+$~^√])(?<![a-z]\.)"
NUMERALS = "一二三四五六七八九十百千零○〇◯0123456789"
NOT_NUMERAL = rf"(?<![{NUMERALS}])"


@cache
def _grammar() -> re.Pattern[str]:
    number = rf"(?:{X}{{1,4}}|\*{{1,4}}|\*(?: \*)+|[○◯〇]{{1,2}})"
    year = (
        rf"(?:(?:1[89]|20)(?:{X}{{1,2}}|\*\*|\*(?= ?年)|##|[○◯]{{2}}|□□|\d{X}|\d\*)|[一二][九○〇零]{X}{{2}}"
        rf"|{X}{{1,4}}|\*{{2,4}}|\*(?: \*)+|[○◯]{{1,4}})"
    )
    month = r" ?月(?:份|底|初|末|[上中下]旬)?"
    day = rf" ?(?:{number}|[1-3]?\d) ?[日号]"
    till = rf"(?:[至到~-]+(?:(?:{number}|1?\d)月)?{day})?"
    date = (
        rf"(?:(?P<year>{year}|(?:19|20)\d\d) ?年(?:度(?!假)|底|初|末)?(?: ?(?P<month1>{number}"
        rf"|1?\d(?:[-~至]1?\d)?){month}(?P<day1>{day}{till})?)?"
        rf"|(?P<month2>{number}|1?\d){month}(?P<day2>{day}{till})?"
        rf"|(?P<day3>{X}{{1,4}})日(?![本常子志语记出]))"
    )
    short = rf"(?:19|20)(?:{X}{{2}}|\*\*|##)"
    label = (
        rf"(?P<label>{short}(?:[-~至—]+(?:{short}|20\d\d))?(?:学年度?|年级|[级届版](?![别])|(?=[、,和及]20)"
        rf"|(?<=[、,和及].{{4}})(?! ?年))"
        rf"|[【〔\[(](?:(?:19|20)(?:{X}{{1,2}}|\*{{1,2}}|\d[x×*])|{X}{{2,4}}|\*{{2,4}})[】〕\])](?:{HAN}|\d){{0,10}}?(?:\d|{X}|\*){{1,6}}号"
        rf"|[【〔\[(](?:19|20)\d\d[】〕\])](?:{HAN}|\d){{0,10}}?(?:{X}{{1,6}}|\*{{1,6}})号"
        rf"|{short}[-./]{number}[-./]{number})"
    )
    clock = rf"(?P<clock>(?<=[午晚早晨日]){X}{{1,2}}:(?:[0-5]\d|{X}{{2}})|{X}{{2}}[时点]{X}{{2}}分)"
    session = rf"(?P<session>{X}{{1,3}}届(?:{X}|\d|[一二三四五六七八九])[次中]|[一二三四五六七八九十]+届{X}次)"
    # The Games of the XX Olympiad are numbered in Roman numerals.
    ordinal = (
        rf"第(?P<ordinal>{X}{{1,4}}|\*{{1,3}})(?:届(?!(?:[夏冬]季)?奥(?:林匹克|运)|冬奥)|批|期|学期|季度"
        r"|次(?=会议|全|常|代表|党)|小学|中学)"
    )
    identity = (
        rf"(?:(?:电话|手机号?码?|传真|邮编|账号|身份证号码?):? ?|(?:致电|拨打|热线):? ?(?={X}{{3,4}}-))"
        rf"(?P<identity>{X}{{4,}}|{X}{{3,4}}-{X}{{6,8}})"
    )
    count = (
        rf"(?<!第)(?P<count>{X}{{1,6}}|\*{{1,4}})(?P<decimal>\.(?:{X}|\*){{1,2}})?(?P<over>[余多几](?=[个名人次份起件家户万千百场张幅条位]))?"
        rf"(?:(?P<scale>[百千万亿]+)(?:{UNIT})?|{UNIT})"
    )
    # 八〇〇円 and 一、〇〇〇人 are figures.
    circled = (
        rf"(?<![{NUMERALS}万亿億])(?<![{NUMERALS}][、,.・·])(?P<circled>[○◯〇]{{2,4}})"
        r"(?:[万亿億]?円|人|名(?!前)|[个個歳歲件]|年[间間]|%)"
    )
    crossed = rf"(?P<cross>{X}{{2,12}}) ?"
    name = (
        rf"(?:{crossed}(?:{ADMINISTRATIVE}[一二三四五六七八九十]中|{ADMINISTRATIVE}|{ORGANISATION}|{DIRECT}|{TITLE}"
        rf"|(?:{PLAIN_HAN}){{1,6}}?{ORGANISATION}|(?:{PLAIN_HAN}){{1,2}}?(?:[镇乡村县区]|街道|社区)(?![别间域分块隔静]))"
        rf"|{NOT_NUMERAL}(?P<circle>[○◯〇]{{2,6}}) ?(?:{ADMINISTRATIVE}|{ORGANISATION}|{TITLE}|[课殿])"
        rf"|(?P<box>□{{2,6}}) ?(?!先生|君|氏|[村州乡县郡府旗盟路街巷町屯])(?:{ADMINISTRATIVE}|{ORGANISATION}|{TITLE})"
        rf"|(?P<star>\*{{2,6}})(?:{ADMINISTRATIVE}|(?:{PLAIN_HAN}){{0,4}}?{ORGANISATION}|{DIRECT}|{TITLE})"
        rf"|(?P<lone>(?<!\*)\*)(?:{LONE})(?!\*)"
        rf"|(?P<hash>##+)(?:{PLAIN_HAN}){{0,3}}?(?:{ADMINISTRATIVE}|{ORGANISATION}|{TITLE})"
        rf"|(?P<indefinite>(?<![赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭郎鲁韦马方任袁柳唐罗薛雷贺汤殷郝安常傅卞齐康伍余元顾孟黄萧尹姚邵汪毛戴宋庞熊纪项祝董梁杜阮蓝闵季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万卢莫房解丁邓洪包石崔吉龚程裴陆曾沙丰关查游何叶刘龙史侯廖贺白])某{{2,4}})(?:{ADMINISTRATIVE}|{ORGANISATION}|{TITLE}"
        rf"|(?<=[省市县区]某某)(?:{PLAIN_HAN}){{2,8}}?(?:有限公司|公司|厂|维修站|经营部|门市部|商行|服务部))"
        rf"|(?P<single>{X})(?:[省市县镇乡村](?![场值价略])|区(?![别间域分块隔])|街道|集镇|(?<=[省市县区镇乡村校院局]{X})委(?=[、,书会政])))"
    )
    bare = (
        rf"(?:(?P<bare>{X}{{2,60}})(?=[\u3001-\u3011\u3400-\u9fff“”,;:!?()]|\.(?!\w)|(?<={X * 5}) {HAN}|$)"
        rf"(?!染色|[型级码症性线]|射线|综合)|(?P<repeat>##+{HAN})"
        rf"|(?P<gap>(?<=[。,、:“\u3400-\u9fff])(?<!\*)\*{{1,6}}(?=[\u3001-\u3011\u3400-\u9fff“”,;:!?)]|$)"
        r"|[○◯]{3,6}(?=\(以下)|[○◯]{2} [○◯]{2}))"
    )
    short_year = r"(?P<drawn>20_{1,2} ?年(?! ?_))"
    blank = rf"(?P<blank>_{{2,}})(?:{LONE})"
    return re.compile(
        rf"{identity}|{short_year}|{blank}|{label}|{clock}|{session}|{ordinal}|{ALPHA_LEFT}(?:{date}|{count}|{circled}|{name}|{bare})"
    )


@cache
def _small() -> dict[str, re.Pattern[str]]:
    return {
        "sign": re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS - {"某"})) + "|某某"),
        "unstarred": re.compile(rf"[#＃□○◯〇_＿]|某某|[{CROSSES}](?<![A-Za-z].)[{CROSSES}]*(?![A-Za-z])"),
        "han": re.compile(f"{HAN}|[○◯〇]"),
        "era": re.compile(rf"(?:民国|光绪|宣统|同治|道光|乾隆|康熙|昭和|大正|明治)[元{NUMERALS}]{{1,3}} ?年 ?$"),
        "crossed": re.compile(rf"\s*[{CROSSES}]{{2,}}\s*"),
        "asked": re.compile(
            "(?:[甲乙丙]方|姓名|地址|电话|日期|单位|名称|签名|签字|联系人|盖章\\)?|代表人?"
            "|[命出审制]题人|考试范围|考试时间|班级|学号|考号|学校|年级|科室|编制|审核|批准|制表人?|填表人|负责人|经办人|记录人"
            "|主持人|参加人员?|地点|职务|职称|部门|编号|作者|指导教师|专业):$"
        ),
        "sex": re.compile(r"染色体|基因型|\bxx[型、和与]|(?<![a-z])xy(?![a-z])"),
        "lost": re.compile(rf"□(?!□| ?(?:{ADMINISTRATIVE}|{ORGANISATION}|{TITLE}))"),
        "place": re.compile(r"[^一-龥](?:[省市县区镇乡村]|街道|社区|自治)|^#"),
        "cue": re.compile(
            r"(?:比如|例如|譬如|诸如|假设|假如|如果|所谓|好比|就像|什么|叫做?|某个?|一个|一家|这[种个]|那[种个]|[如像]|类似|名为|各种|每个?)说?[“\"'‘「『(:]*$"
        ),
        "example": re.compile(r"(?:比如|例如|譬如|诸如|假设|假如|比方)[^。!?;\n]*$"),
        "mention": re.compile(
            "格式|样式|形如|占位|代表|表示|命名|示例|范例|表述|写法|写成|填写|简称|名称为|字样|戳记|[载注]明|加注"
            "|[以用]“?[x×*○]{1,8}”?(?:[来代替标字号等之]|作为)"
        ),
        "algebra": re.compile(
            rf"{SUPPOSE}|[xy] ?[=+<>≥≤²^]|(?<!\d)\d{{1,2}}x(?!x)|x轴|方程|函数|未知数|解得|求x|坐标|不等式|正整数"
            rf"|自然数"
        ),
        "star": re.compile(r"\*+"),
        "slot": re.compile(
            rf"\*+(?:[年月日]|{ADMINISTRATIVE}|(?:{PLAIN_HAN}){{0,4}}?{ORGANISATION}|{DIRECT}|{TITLE}|[百千万亿余]|{UNIT})"
        ),
        "emphasised": re.compile(rf"(?:^|[\s(])\*{HAN}+\*(?:[\s).,]|$)"),
        "code": re.compile(r"`[^`]*`"),
        "kana": re.compile("[ぁ-ゖァ-ヺ]"),
    }


def masks(line: Line, kind: str) -> Iterator[Mask]:
    """The masks of a kind (`NAME` or `NUMBER`) in a line, in order."""
    for place in _places(line):
        if place.kind == kind:
            yield Mask(kind, place.start, place.end, *_grade(place.match, place.view, line, certain=place.certain))


def _places(line: Line) -> list[_Place]:
    """The masks in a line, of either kind; those of the last line are remembered, as two rules ask for them."""
    global _last
    if _last is None or _last[0] is not line:
        _last = (line, sorted(_find(line), key=_start))
    return _last[1]


def _start(place: _Place) -> int:
    return place.start


_last: tuple[Line, list[_Place]] | None = None


def _find(line: Line) -> Iterator[_Place]:
    small = _small()
    if not small["sign"].search(line.text):
        return
    if not small["han"].search(line.text) and not small["crossed"].fullmatch(line.text):
        return
    if not small["unstarred"].search(line.text) and context(line.document).markdown:
        return  # asterisks are emphasis, and it has no other sign
    view = _view(line)
    gaps: list[_Place] = []
    is_masked = False
    spans = [match.span() for match in small["code"].finditer(line.text)] if "`" in line.text else []
    for match in _grammar().finditer(view.text):
        found = _judge(match, view, line)
        if found is None:
            continue
        start, end = view.offsets[match.start()], view.offsets[match.end() - 1] + 1
        if any(begin < end and start < stop for begin, stop in spans) or line.document.markup.in_code(line.start):
            continue
        place = _Place(found[0], start, end, found[1], match, view)
        if match["gap"]:
            gaps.append(place)
            continue
        is_masked = True
        yield place
    # Signs with nothing behind them are masks only beside such as have something.
    if is_masked:
        yield from gaps


def _view(line: Line) -> _View:
    folded = line.folded
    text: list[str] = []
    offsets: list[int] = []
    last = -1
    for character, offset in zip(*folded, strict=True):
        if offset != last + 1 and line.text[last + 1] not in "(（":
            text.append(" " if offset == last + 2 and line.text[last + 1] == " " else "\n")
            offsets.append(last + 1)
        text.append(character)
        offsets.append(offset)
        last = offset
    whole = "".join(text)
    return _View(
        whole,
        offsets,
        emphasis="*" in whole and not _stars_are_masks(whole, context(line.document)),
        topics="#" in whole and bool(re.search(r"(?<!#)#(?!#)", whole)),
        lost="□" in whole and bool(_small()["lost"].search(whole)),
        kana=bool(_small()["kana"].search(whole)),
    )


def _judge(match: re.Match[str], view: _View, line: Line) -> tuple[str, bool] | None:
    """The kind of a match and whether its shape alone is certain; None when it is no mask."""
    found = {key: value for key, value in match.groupdict().items() if value}
    masked = [key for key in found if _has_sign(match, key, view, line)]
    if not masked:
        return None
    about = context(line.document)
    if ("*" in match[0] and view.emphasis) or ("#" in match[0] and not _hashes_are_masks(match, view, line)):
        return None
    if {"label", "clock", "session", "identity", "drawn"} & found.keys():
        return NUMBER, True
    if "blank" in found:
        return (NAME, True) if about.drawn else None
    if "ordinal" in found:
        return _weak(NUMBER, match, about, sure=len(found["ordinal"]) > 1)
    if "circled" in found:
        return (NUMBER, True) if view.kana else None
    if "count" in found:
        return _judge_count(match, view, about)
    if {"year", "month1", "month2", "day1", "day2", "day3"} & set(masked):
        return _judge_date(found, masked, match, about)
    if "single" in found:
        word = match[0].lstrip(FOLDED_CROSSES)
        known = about.singles or word in set("省市县镇乡") or word == "委"
        return _weak(NAME, match, about, sure=about.singles) if known else None
    if "bare" in found:
        return _judge_bare(match, view, line, about)
    if "lone" in found:
        return (NAME, True) if about.lone >= 2 and not _is_pair(match, view) else None
    if "gap" in found:
        return _judge_gap(match["gap"], about)
    if "box" in found and view.lost:
        return None
    sure = "indefinite" not in found and (
        bool(_small()["place"].search(match[0])) or about.masks >= 2 or about.bare > 2
    )
    return NAME, sure


def _judge_date(
    found: dict[str, str], masked: list[str], match: re.Match[str], about: Context
) -> tuple[str, bool] | None:
    year, month = found.get("year", ""), found.get("month1", found.get("month2", ""))
    day = found.get("day1", found.get("day2", ""))
    if _small()["era"].search(match.string, max(0, match.start() - 8), match.start()):
        return None  # a novelist veils the day of a letter; what mills copy has the years of today
    if match[0][0] in "○◯〇" and match.start() and match.string[match.start() - 1] in NUMERALS:
        return None
    if "year" in masked:
        if year[0] in "○◯" and not month:
            return None
        long = len(year) > 1
        return _weak(NUMBER, match, about, sure=long or bool(month))
    if month and day:
        return NUMBER, True
    value = month or found.get("day3", "")
    if value[0] in "*○◯〇":
        return None
    return _weak(NUMBER, match, about, sure=len(value) > 1)


def _judge_count(match: re.Match[str], view: _View, about: Context) -> tuple[str, bool] | None:
    value = match["count"]
    if value[0] == "*":
        before = view.text[match.start() - 1 : match.start()]
        rest = match[0][match[0].rindex("*") + 1 :]
        if (
            not (re.match(HAN, before) or (len(value) > 1 and before == " " and about.starred))
            or not rest.startswith(tuple(STARRED_UNITS.split("|")))
            or (len(value) == 1 and not about.template)
        ):
            return None
    if value[0] in "×╳" and len(value) == 1 and not about.template:
        return None
    return _weak(NUMBER, match, about, sure=bool(match["over"]) or (len(value) > 1 and about.masks > 0))


def _judge_bare(match: re.Match[str], view: _View, line: Line, about: Context) -> tuple[str, bool] | None:
    before = view.text[match.start() - 1 : match.start()] if match.start() else ""
    if len(match["bare"] or "") == 2 and _small()["sex"].search(view.text):
        return None
    long = len(match["bare"] or "") > 4
    if match["bare"] and view.text.strip() == match["bare"]:
        # A line of its own, as under a letter.
        return (NAME, True) if about.template and about.masks >= 2 and line.start else None
    if not re.match(rf"{HAN}|[、,。:“《()]", before):
        return None
    if not long and (about.bare > 2 or (before == ":" and _small()["asked"].search(view.text[: match.start()]))):
        return NAME, True
    if not long and about.masks < 2:
        # Three signs between words stand for one, but who wrote them may have meant them.
        after = view.text[match.end() : match.end() + 1]
        return (
            (NAME, False) if len(match["bare"] or "") > 2 and re.match(HAN, before) and re.match(HAN, after) else None
        )
    return NAME, long or about.masks > 2 or bool(re.match(HAN, before))


def _judge_gap(signs: str, about: Context) -> tuple[str, bool] | None:
    """Asterisks or circles between words, with no word behind them that takes a name."""
    if signs[0] == "*":
        return (NAME, True) if (about.lone > 1 if len(signs) == 1 else about.starred > 2) else None
    return (NAME, True) if about.template else None


def _is_pair(match: re.Match[str], view: _View) -> bool:
    """Whether one asterisk is emphasis: the next one closes it, or the one before opens it."""
    around = view.text[max(0, match.start() - 12) : match.end() + 12]
    return bool(_small()["emphasised"].search(around))


def _weak(kind: str, match: re.Match[str], about: Context, *, sure: bool) -> tuple[str, bool] | None:
    """A shape that is an unknown of algebra as likely as a mask: it needs other masks about it."""
    if sure:
        return kind, True
    near = match.string[max(0, match.start() - 150) : match.end() + 150]
    if _small()["algebra"].search(near) or about.algebra:
        return None
    return kind, about.template > 0 or about.masks >= 3


def _has_sign(match: re.Match[str], key: str, view: _View, line: Line) -> bool:
    """Whether a group has a masking sign; the Roman numeral ⅹ, which folds to x, is none."""
    start, end = match.span(key)
    signs = [line.text[view.offsets[at]] for at in range(start, end) if view.text[at] in FOLDED_CROSSES + "*#□○◯〇某_"]
    return bool(signs) and all(sign in SIGNS for sign in signs)


def _stars_are_masks(text: str, about: Context) -> bool:
    """Markdown emphasis comes in pairs of which at most the closing marks stand before a slot word."""
    if about.markdown:
        return False
    if about.lone >= 2:
        return True
    small = _small()
    text = text.replace("* *", "**").replace("* *", "**")
    return 2 * len(small["slot"].findall(text)) > len(small["star"].findall(text))


def _hashes_are_masks(match: re.Match[str], view: _View, line: Line) -> bool:
    """Not a heading, not #topics#; a repeated name counts where the document has it with its slot word."""
    if view.topics or not view.text[max(0, match.start() - 20) : match.start()].strip():
        return False
    return not match["repeat"] or line.text[view.offsets[match.end() - 1]] in context(line.document).hashed


def _grade(match: re.Match[str], view: _View, line: Line, *, certain: bool) -> tuple[Confidence, Severity]:
    about = context(line.document)
    small = _small()
    before, after = view.text[max(0, match.start() - 8) : match.start()], view.text[match.end() : match.end() + 3]
    doubtful = (
        not certain
        or about.literary
        or bool(small["cue"].search(before))
        or bool(small["example"].search(view.text[max(0, match.start() - 40) : match.start()]))
        or after.startswith(("之类", "等等", "什么的"))
        or (before[-1:] in "“\"'‘「" and after[:1] in "”\"'’」" and bool(before[-1:]) and bool(after))
        or bool(small["mention"].search(view.text[max(0, match.start() - 30) : match.end() + 30]))
        or (view.kana and not about.template)
    )
    return (Confidence.MEDIUM, Severity.NOTE) if doubtful else (Confidence.HIGH, Severity.WARNING)
