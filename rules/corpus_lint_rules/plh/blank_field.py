"""PLH005 blank-field."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import Bad, Good, RegionRule, Trigger, expression, literals

from ._words import spellings, written

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line

OFFICERS = ("组长", "副组长", "成员", "组员", "总指挥", "副总指挥", "秘书长", "副秘书长", "常务副组长")
"""Who sits on a committee: an empty one means that the names were taken out."""

LABELS = (
    "姓名|性别|年龄|民族|籍贯|学号|班级|年级|专业|学院|工作单位|部门|职务|职称|电话|联系电话|手机|联系人|地址|联系地址|家庭住址|邮编|邮箱"
    "|身份证号|身份证号码|签名|签字|签章|盖章|甲方|乙方|丙方|法定代表人|委托代理人|开户行|开户银行|账号|出租方|承租方|转让方|受让方|借款人|出借人"
    "|签订日期|签约日期|签订地点|指导教师|填表人|填表日期|申请人|房产证号|出生年月|毕业院校"
    "|日期|委托人|受托人|被委托人|担保人|氏名|住所|電話番号|所属|生年月日|会社名|代表者|連絡先"
)
"""What a form asks for."""
KOREAN_LABELS = "성 ?명|주 ?소|연 ?락 ?처|전 ?화(?:번호)?|대 ?표 ?자|생년월일|주민등록번호|소 ?속|상 ?호"
LATIN_LABELS = (
    r"(?:name|date|signature|signed|address|title|by|phone|telephone|e-?mail|company|witness|client|tenant|landlord"
    r"|имя|фио|ф\.и\.о\.|дата|подпись|адрес|паспорт|телефон)"
)
CONTRACT = (
    "合同|协议|協議|契约|契約|甲方|乙方|申请人|申請人|签字|簽字|签名|盖章|蓋章|委托人|身份证|계약|договор|заявлени"
    "|[Aa]greement|[Cc]ontract|[Ss]ignature|[Ww]itness"
)
"""What says that a text is to be filled in and signed."""
SUMS = ("共计元", "合计元", "总计元", "大写元", "押金元", "租金元", "每月元")
"""Amounts of money of which the numbers were taken out."""

UNITS = "万元|亿元|万人|人次|公顷|公里|万亩|件|户|亩|%|篇|份|起"
DATES = ("年月日至", "于年月日", "於年月日", "自年月日", "截至年月日", "年月日起至")
"""Dates of which the numbers were taken out."""
NEAR = 6
"""Blanks at most so many lines apart belong to one form."""


ENOUGH = 3
"""Blanks that make a form beyond doubt."""
AROUND = 300
"""Characters around a form in which the words of a contract are looked for."""
LOST, LABEL, DATE, FIELD, GAP = "lost", "label", "date", "field", "gap"
OPEN = (
    "个|個|元|份|种|種|天|日|月|年|次|条|款|万|萬|亿|億|%|％|平方米|小时|小時|公司|部门|部門|职|職|岗位|崗位|市|区|區|小区|号|號|室"
    "|원|명|руб"
)
"""What may stand behind a line that was drawn for a number."""

SPACE = r"[ \t　\xa0]"
DRAWN = "(?:_{2,}|[＿▁﹍﹎]{2,})"
SIGNED = "[（(](?:盖章|蓋章|签字|簽字|签章|签名|簽名|公章)[）)]"
WRITING = r"\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
"""Kana, Han characters and Hangul."""


class _Blank(NamedTuple):
    """What has no value: figures and names that were taken out, a label, a date, a drawn line, a number left open."""

    start: int
    end: int
    kind: str


class BlankField(RegionRule):
    """A field without its value: the form was never filled in, or what stood there was taken out.

    `组长：` with nobody behind it, `姓名：　　学号：`, `____年__月__日`, `收缴基金 万元，接访 人次`. Where names and
    figures were taken out of a report the sentences are damaged; a blank form is text of little use to a model.
    What belongs there is not known, so there is no fix. A form is one finding with the number of its blanks.

    Committees without members and figures that are missing inside sentences are warnings. A form that a reader is
    meant to fill in (contracts, applications) is a note, of medium confidence where it has only one or two blanks, or
    lines that may belong to an exercise.
    Left alone: fill-in exercises, rules of underscores, a label whose value is on the next line, code.
    """

    code = "PLH005"
    name = "blank-field"
    examples = (
        Bad("成立领导小组：\n⟦组长：\n副组长：\n成员：⟧\n1、加强领导，明确责任。为确保工作顺利开展，学校成立了小组。"),
        Bad("    ⟦組長:\n    副組長:\n    成員:⟧\n    一、加強領導。"),
        Bad("⟦姓名：    学号：    年级：⟧\n我叫什么名字。"),
        Bad("出租方：⟦____________\n身份证号：____________\n承租方：____________⟧\n双方协商一致。"),
        Bad("甲方于⟦____年__月__日⟧交付房屋。"),
        Bad("签字：某某\n⟦年　　月　　日⟧"),
        Bad("收缴参合基金⟦ 万元，参合率达 %。全年共接待来访群众 人次⟧，接受信件 封。"),
        Bad("于⟦年月日签订，共计元，大写元⟧。"),
        Bad("甲方（盖章）：⟦____\n乙方：____\n共____个月，自____年__月__日⟧起。"),
        Bad("근로계약기간 : ⟦년 월 일⟧부터"),
        Bad("⟦성 명 : (서명)\n주 소 :⟧"),
        Bad("⟦«___» __________ 20__ г.\nПодпись: ____________⟧"),
        Bad("Signed this ⟦____ day of ______⟧ in the year."),
        Good("姓名：\n张三\n性别：\n男"),
        Bad("每月租金⟦___元，押金___元，通知的__天⟧之内交清，合同另定。"),
        Bad("出租方（甲方）▁▁▁▁\n该房屋坐落于⟦▁▁▁市▁▁▁区，建筑面积▁▁▁平方米⟧。\n签字"),
        Good("一年有____个月，一天有____小时。"),
        Bad("股东于⟦年月日至月日⟧期间增持股份，持股比例达到五分之一。"),
        Good("请填写出生年月日。精确到年月日的记录。自年月日的写法可知。"),
        Bad("Name: ⟦____________\nDate: ____________⟧"),
        Good("组长：\n张三\n副组长：\n李四、王五"),
        Good("成员：\n张三、李四、王五"),
        Good("1. 床前明月光，____。\n2. 李白字____，号____居士。"),
        Good("________________\n\n正文"),
        Good("姓名：张三  学号：2015001"),
        Good("要求如下：\n一、加强领导。"),
        Good("my___variable = foo____bar"),
        Good("2020年 5月 1日，今年 3 月 5 日"),
        Good("```\nName: ________\nDate: ________\n```"),
        Good("一 个人，两 件事，三 人次"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """What a blank looks like in bytes."""
        space = "(?: |\t|　|\u00a0)"
        officers, units = written(OFFICERS), written(UNITS.split("|"))
        return (
            expression(rf"{officers}{space}*(?::|：){space}*\n", apart=True),
            # One expression for each label: Hyperscan finds the beginnings of many faster than one that has all.
            *(
                expression(rf"{written([label])}{space}*(?::|：)(?:{space}*\n|{space}{space})", apart=True)
                for label in LABELS.split("|")
            ),
            *literals(before + line for before in (":", "：", " ", "\t", "　", "\u00a0") for line in ("___", "＿＿")),
            expression(rf"(?:__|＿){space}?(?:{OPEN})"),
            *literals(["▁▁", "﹍﹍", "﹎﹎"]),
            *literals(
                f"{word}{close}{colon}"
                for word in ("盖章", "蓋章", "签字", "簽字", "签章", "签名", "簽名", "公章")
                for close in ")）"
                for colon in ":："
            ),
            expression(rf"年{space}+月{space}+日"),
            *literals(("년 월", "년  ", "년\u00a0", "day of __", " 20__", "»_", "» _", '" __', *spellings(SUMS))),
            expression(rf"(?:{KOREAN_LABELS}) ?:(?: ?\n|  | ?\()"),
            expression(rf"[\xe4-\xe9].. {units}"),
            *literals(DATES),
        )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Each form of the document once."""
        blanks = sorted({blank for region in _regions(lines) for blank in _blanks(document.text, *region)})
        blanks = [blank for blank in blanks if not document.markup.in_code(blank.start)]
        form: list[_Blank] = []
        last = 0
        for blank in sorted({*blanks, *_more(document, blanks)}):
            line = document.line_at(blank.start)
            if form and (line > last + NEAR or (blank.kind == LOST) != (form[-1].kind == LOST)):
                yield from _findings(document.text, form)
                form = []
            form.append(blank)
            last = document.line_at(blank.end)
        yield from _findings(document.text, form)


def _findings(text: str, form: Sequence[_Blank]) -> Iterator[Finding]:
    """The finding of a form; numbers that are left open are an exercise's, but for those of a contract."""
    is_certain = _is_certain(text, form)
    if not is_certain and all(blank.kind == GAP for blank in form):
        return
    lost = form[0].kind == LOST
    number = "one blank" if len(form) == 1 else f"{len(form)} blanks"
    what = "what stood here was taken out" if lost else "a form that nobody filled in"
    yield Finding(
        form[0].start,
        max(blank.end for blank in form),
        f"{number}: {what}; fill it in or drop the passage",
        occurrences=len(form),
        severity=Severity.WARNING if lost else Severity.NOTE,
        confidence=Confidence.HIGH if lost or is_certain else Confidence.MEDIUM,
    )


def _is_certain(text: str, form: Sequence[_Blank]) -> bool:
    """Whether it is a form beyond doubt: several blanks, with labels that are known, or in a contract."""
    if len(form) < ENOUGH:
        return False
    if sum(blank.kind == LABEL for blank in form) >= ENOUGH:
        return True
    around = text[max(0, form[0].start - AROUND) : form[-1].end + AROUND]
    return bool(_contract().search(around))


def _more(document: Document, blanks: Iterable[_Blank]) -> Iterator[_Blank]:
    """What else is blank in the lines of blanks and beside them: labels with nothing behind them, numbers left open."""
    known = {
        number
        for blank in blanks
        if blank.kind != LOST
        for number in range(document.line_at(blank.start), document.line_at(blank.end) + 1)
    }
    for number in known:
        start, text = document.line_starts[number], document.line_text(number)
        if _any_drawn().search(text):
            for match in _line_drawn().finditer(text):
                if not any(blank.start < start + match.end() and start + match.start() < blank.end for blank in blanks):
                    yield _Blank(start + match.start(), start + match.end(), GAP)
        for step in (-1, 1):
            yield from _beside(document, number, step, known)


def _beside(document: Document, number: int, step: int, known: Container[int]) -> Iterator[_Blank]:
    """The blanks of the lines that follow, or come before, as long as each has one; a blank line may be between."""
    number += step
    skipped = False
    while 0 <= number < len(document.line_starts) and number not in known:
        text = document.line_text(number)
        if text.strip():
            start = document.line_starts[number]
            label = _empty_label().fullmatch(text)
            found = [label.span("label")] if label else [match.span() for match in _open_number().finditer(text)]
            if not found:
                return
            for span in found:
                yield _Blank(start + span[0], start + span[1], LABEL if label else GAP)
            skipped = False
        elif skipped:
            return
        else:
            skipped = True
        number += step


def _regions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """From where to where lines stand that may hold one form: neighbours, but for a blank line between them."""
    start = end = -1
    for line in lines:
        if start >= 0 and line.start > end + 4:
            yield start, end
            start = -1
        start = line.start if start < 0 else start
        end = line.start + len(line.text)
    if start >= 0:
        yield start, end


def _blanks(text: str, start: int, end: int) -> Iterator[_Blank]:
    # The words of a form in all their spellings are made only where some label has nothing behind it.
    if _open_colon().search(text, start, end):
        for match in _officers().finditer(text, start, end):
            if _is_empty(text, match.end()):
                yield _Blank(*match.span("label"), LOST)
        for match in _row().finditer(text, start, end):
            for label in _label().finditer(text, *match.span()):
                yield _Blank(*label.span(), LABEL)
    for match in _drawn().finditer(text, start, end):
        kind = match.lastgroup or ""
        is_named = kind == "field" and bool(_named().search(text, max(0, match.start() - 16), match.start()))
        yield _Blank(*match.span(kind), LABEL if is_named else FIELD if kind == "field" else DATE)
    if text.find("年月日", start, end) >= 0 and any(date in text for date in DATES):
        for match in _undated().finditer(text, start, end):
            yield _Blank(*match.span(), LOST)
    for match in _open_number().finditer(text, start, end):
        yield _Blank(*match.span(), GAP)
    for match in _sums().finditer(text, start, end):
        yield _Blank(*match.span(), LOST)
    gaps = list(_gaps().finditer(text, start, end))
    for number, match in enumerate(gaps):
        near = gaps[max(0, number - 1) : number + 2]
        if any(0 < abs(other.start() - match.start()) < 60 for other in near):
            yield _Blank(*match.span(), LOST)


def _is_empty(text: str, end: int) -> bool:
    """Whether what follows a label is not its list of names."""
    while end < len(text) and text[end].isspace():
        end += 1
    following = text[end : end + 60].partition("\n")[0].strip()
    return (
        not following
        or bool(_officers().match(following))
        or bool(re.match(r"[一二三四五六七八九十\d]+[、.．,，]|[(（][一二三四五六七八九十\d]", following))
        or len(following) > 40
    )


@cache
def _open_colon() -> re.Pattern[str]:
    return re.compile(r"[:：](?:[ \t　\xa0]{2}|[ \t　\xa0]?(?:[\r\n]|\Z)|[ \t　\xa0]?\((?:서명|인|印)\))")


@cache
def _officers() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\n)|\A){SPACE}*(?P<label>{written(OFFICERS)}{SPACE}*[:：]){SPACE}*(?=\r?\n|\r|\Z)")


@cache
def _row() -> re.Pattern[str]:
    """Two labels or more in a row or under each other, with only space behind each."""
    label = rf"{_names()}(?:{SPACE}*\((?:서명|인|印)\))?"
    return re.compile(
        rf"(?<![\u4e00-\u9fff\uac00-\ud7a3]){label}(?:(?:{SPACE}{{2,}}|{SPACE}*(?:\r?\n){{1,2}}{SPACE}*){label})+"
        rf"(?={SPACE}*(?:\r?\n|\r|\Z))"
    )


@cache
def _label() -> re.Pattern[str]:
    return re.compile(_names())


def _names() -> str:
    """A known label with its colon."""
    labels = rf"{written(LABELS.split('|'))}(?:{SIGNED})?|[\u4e00-\u9fff]{{2,6}}{SIGNED}|(?:{KOREAN_LABELS})"
    return rf"(?:{labels}){SPACE}*[:：]"


@cache
def _named() -> re.Pattern[str]:
    """What stands before the colon of a drawn line and is a known label."""
    label = rf"{written(LABELS.split('|'))}|{SIGNED}|{KOREAN_LABELS}|\b(?i:{LATIN_LABELS})"
    return re.compile(rf"(?:{label}){SPACE}*\Z")


@cache
def _empty_label() -> re.Pattern[str]:
    return re.compile(
        rf"{SPACE}*(?P<label>[{WRITING}][{WRITING}（）()/ ]{{1,9}}"
        rf"(?<![下列如是为說说道])[:：]){SPACE}*(?:\((?:서명|인|印)\))?\s*"
    )


@cache
def _drawn() -> re.Pattern[str]:
    line = DRAWN
    return re.compile(
        rf"(?P<date>{line}[ \t　]?年[ \t　]?{line}[ \t　]?月(?:[ \t　]?{line}[ \t　]?日)?)"
        rf"|(?<![答解案分号])(?<![Aa]nswer)[:：][ \t　]*(?P<field>_{{3,}}|[＿▁﹍﹎]{{2,}})(?![A-Za-z])"
        rf"|(?<![\d〇零一二三四五六七八九十元每])(?P<gap>年{SPACE}+月{SPACE}+日)"
        rf"|(?<!\d)(?<!\d )(?P<korean>년{SPACE}+월{SPACE}+일)"
        r"|(?P<russian>[«\"“]_+[»\"”] ?_{2,} ?(?:20)?[_\d]{0,4} ?г)"
        r"|(?P<english>_{2,} day of _{2,}|\b20_{2,}(?![\w]))"
    )


@cache
def _line_drawn() -> re.Pattern[str]:
    """A drawn line beside a word of Chinese, Japanese or Korean."""
    return re.compile(rf"(?<=[{WRITING}（(])(?:_{{2,}}|＿{{2,}})|(?:_{{2,}}|＿{{2,}})(?=[{WRITING}])")


@cache
def _any_drawn() -> re.Pattern[str]:
    return re.compile(DRAWN)


@cache
def _open_number() -> re.Pattern[str]:
    """A number that was left open, with its unit."""
    return re.compile(rf"{DRAWN} ?(?:{OPEN})")


@cache
def _contract() -> re.Pattern[str]:
    return re.compile(CONTRACT)


@cache
def _sums() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(written([text]) for text in SUMS)})(?=[，,。；;（(、整人])")


@cache
def _undated() -> re.Pattern[str]:
    """A span of time without its numbers; what the word 年月日 names has none on purpose."""
    return re.compile(
        r"(?<![出生用按写填])(?<=[于於自至从由])年月日(?:起?至(?:年?月)?日|(?![的、，,期至]))"
        r"|(?<=截至)年月日(?!的)|(?<![\u4e00-\u9fff])年月日至(?:年?月)?日"
    )


@cache
def _gaps() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\u4e00-\u9fff]) (?:{UNITS})(?=[，。、,；;]|$)", re.MULTILINE)
